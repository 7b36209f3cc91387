"""Lighthouse's four scores for the main pages, served as in production.

    .venv/bin/python -m tests.pages.lighthouse            # a phone on a slow line
    .venv/bin/python -m tests.pages.lighthouse --desktop

Needs node, Chromium, the extras `demo` and `prod`, and `npm install --no-save
lighthouse`. Ends with 1 when accessibility, best practices or search engine
optimisation score under 95; the speed of a shared machine fails nobody.
"""

import argparse
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
LIGHTHOUSE = ROOT / "node_modules" / ".bin" / "lighthouse"
LEAST = 95
CATEGORIES = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "SEO",
}
ONLY_PRINTED = {"performance"}
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60
# Chromium's first trace on a fresh or busy machine may come back empty
# (Lighthouse's NO_NAVSTART): such a run has measured nothing and is tried again.
ATTEMPTS = 4


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--desktop", action="store_true", help="instead of a phone")
    parser.add_argument("--keep", metavar="FOLDER", help="keep the full reports there")
    options = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not LIGHTHOUSE.exists():
        sys.exit("lighthouse is not here: npm install --no-save lighthouse")
    if not chromium:
        sys.exit("no Chromium here: install it, or set CHROMIUM to its path")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # The embedded server may run under an account of its own.
        Path(folder).chmod(0o755)
        reports = Path(options.keep or folder)
        reports.mkdir(parents=True, exist_ok=True)
        with served(Path(folder)) as site:
            pages = main_pages(site)
            print(f"{'':9}" + "".join(f"{name:>16}" for name in CATEGORIES.values()))
            faults = []
            for name, path in pages.items():
                report = measure(
                    site + path, reports / f"{name}.json", chromium, options.desktop
                )
                faults += judge(name, report)
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


@contextmanager
def served(folder):
    """Serve the samples as a desk does: DEBUG off, gunicorn, collected files."""
    port = free_port()
    env = os.environ | {
        "FACTCHECK_PGDATA": str(folder / "pg"),
        "FACTCHECK_STATIC": str(folder / "static"),
        "FACTCHECK_EMBEDDED": "1",
        "FACTCHECK_HTTPS": "0",
        "FACTCHECK_HOSTS": "127.0.0.1",
        "FACTCHECK_SECRET_KEY": secrets.token_urlsafe(64),
    }
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_PUBLIC_URL"):
        env.pop(name, None)
    prepare = [sys.executable, "manage.py"]
    quietly = {"cwd": ROOT, "check": True, "stdout": subprocess.DEVNULL}
    debug, plain = env | {"FACTCHECK_DEBUG": "1"}, env | {"FACTCHECK_DEBUG": "0"}
    subprocess.run([*prepare, "demo", "--no-serve"], env=debug, **quietly)
    subprocess.run([*prepare, "collectstatic", "--noinput"], env=plain, **quietly)
    gunicorn = [sys.executable, "-m", "gunicorn", "--log-level=warning", "--workers=2"]
    server = subprocess.Popen(
        [*gunicorn, f"--bind=127.0.0.1:{port}", "factcheck.wsgi"],
        cwd=ROOT,
        env=plain,
    )
    try:
        site = f"http://127.0.0.1:{port}"
        wait_for(f"{site}/healthz", server)
        yield site
    finally:
        server.terminate()
        server.wait(PATIENCE)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, server):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(url, timeout=5):  # noqa: S310
                return
        except OSError:  # a first answer may take longer than that
            time.sleep(0.2)
    sys.exit("the server did not start")


def main_pages(site):
    """Return the pages to measure; the claim is one with a verdict."""
    query = "speaker=ilka-dvorsin&rating=mostly-false"
    with urlopen(f"{site}/claims.jsonl?{query}") as answer:  # noqa: S310
        claim = json.loads(answer.readline())
    return {
        "home": "/",
        "list": "/claims/",
        "claim": urlsplit(claim["url"]).path,
        "speaker": f"/speakers/{claim['speaker']['slug']}/",
        "article": urlsplit(claim["article"]["url"]).path,
    }


def measure(url, file, chromium, desktop, categories=CATEGORIES):
    command = [str(LIGHTHOUSE), url, "--quiet", "--output=json"]
    command += [f"--output-path={file}", f"--only-categories={','.join(categories)}"]
    command += [f"--chrome-flags={' '.join(CHROMIUM_FLAGS)}"]
    if desktop:
        command += ["--preset=desktop"]
    env = os.environ | {"CHROME_PATH": chromium}
    for attempt in range(1, ATTEMPTS + 1):
        if attempt > 1:
            print(f"{url}: attempt {attempt} of {ATTEMPTS}", flush=True)
            time.sleep(attempt)
        run = subprocess.run(command, check=False, env=env, cwd=ROOT)
        if run.returncode == 0:
            report = json.loads(file.read_text(encoding="utf-8"))
            if "runtimeError" not in report:
                return report
    sys.exit(f"{url} could not be measured")


def judge(name, report):
    """Print the scores of a page; return a line for each that is too low."""
    scores = {
        category: round(100 * (report["categories"][category]["score"] or 0))
        for category in CATEGORIES
    }
    print(f"{name:9}" + "".join(f"{score:16}" for score in scores.values()), flush=True)
    return [
        f"{name}: {CATEGORIES[category]} {score}, less than {LEAST}: "
        + "; ".join(failed(report, category))
        for category, score in scores.items()
        if score < LEAST and category not in ONLY_PRINTED
    ]


def failed(report, category):
    for one in report["categories"][category]["auditRefs"]:
        audit = report["audits"][one["id"]]
        if one["weight"] and audit["score"] is not None and audit["score"] < 1:
            yield audit["title"]


if __name__ == "__main__":
    main()
