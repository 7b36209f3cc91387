"""axe, the W3C's checker and Lighthouse on every kind of page, in every language.

    .venv/bin/python -m tests.pages.matrix FOLDER                  # all three
    .venv/bin/python -m tests.pages.matrix FOLDER --only axe nu    # in minutes
    .venv/bin/python -m tests.pages.matrix FOLDER --not performance  # on a busy machine

Each result is a file in the folder: a run that is broken off goes on where it stood,
one that left out a category of Lighthouse is completed by the next, and what is to be
measured again is deleted first. Kinds of pages are found by following links from the
home page. Needs what `tests.pages.lighthouse` needs, and for the W3C's
checker Java and `npm install --no-save vnu-jar axe-core`. Ends with 1 where one of them
finds fault: Lighthouse where a score is under its floor.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.pages.lighthouse import CATEGORIES, ROOT, measure, served
from tests.pages.looking import LOOKS, complaints_of_axe

FLOORS = dict.fromkeys(CATEGORIES, 100) | {"performance": 98}
LANGUAGES = {"en": "", "tr": "/tr", "de": "/de"}
WINDOWS = {
    "wide": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "narrow": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
}
# Not linked from any page, and yet a page.
BESIDE = ("/check/", "/accessibility/", "/search/?q=unemployment", "/never-there/")
HIDDEN = '<meta name="robots" content="noindex'
LINK = re.compile(r'href="(/[^"#]*)')


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where results are kept")
    tools = {"axe": axe_of, "nu": nu_of, "lighthouse": lighthouse_of}
    parser.add_argument("--only", nargs="+", choices=tools, default=list(tools))
    parser.add_argument("--not", dest="without", choices=CATEGORIES)
    parser.add_argument("--site", help="a site that is running, instead of the samples")
    options = parser.parse_args()
    wanted = [name for name in CATEGORIES if name != options.without]
    tools["lighthouse"] = partial(lighthouse_of, categories=wanted)
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # The embedded server may run under an account of its own.
        Path(folder).chmod(0o755)
        running = nullcontext(options.site) if options.site else served(Path(folder))
        with running as site:
            pages = {
                f"{name}.{language}": site + before + path
                for name, path in kinds_of_pages(site).items()
                for language, before in LANGUAGES.items()
            }
            for tool in options.only:
                tools[tool](options.folder, pages)
    faults = [line for tool in options.only for line in told(options.folder, tool)]
    print("\n".join([f"{len(pages)} pages, {len(faults)} faults", *faults]))
    sys.exit(1 if faults else 0)


def kinds_of_pages(site):
    """Return the first address of each kind of page, by the name of its route."""
    import django
    from django.urls import Resolver404, resolve

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    found, waiting, others = {}, ["/", *BESIDE], set()
    while waiting:
        path = waiting.pop(0)
        try:
            route = resolve(path.partition("?")[0]).url_name or "api"
        except Resolver404:
            route = "not-there"
        kind = f"{route}-narrowed" if "?" in path else route
        is_elsewhere = path.startswith(("/tr/", "/de/", "/admin", "/static"))
        if is_elsewhere or kind in found or kind in others:
            continue
        try:
            with urlopen(site + path) as answer:  # noqa: S310
                is_page = answer.headers["Content-Type"].startswith("text/html")
                page = answer.read().decode() if is_page else ""
        except HTTPError as error:
            is_page, page = error.code == 404, ""
        if not is_page:
            others.add(kind)
        else:
            found[kind] = path
            waiting += [link.replace("&amp;", "&") for link in LINK.findall(page)]
    return found


def missing(folder, tool, pages):
    """Yield name, address and file of each page that a tool has no result of."""
    for name, address in pages.items():
        file = folder / f"{name}.{tool}.json"
        if not file.exists():
            yield name, address, file


def axe_of(folder, pages):
    """Write what axe says of each page, wide and light, narrow and dark."""
    from playwright.sync_api import sync_playwright

    script = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        for size, window in WINDOWS.items():
            page = browser.new_context(**window, reduced_motion="reduce").new_page()
            for _name, address, file in missing(folder, f"{size}.axe", pages):
                page.goto(address)
                rules = LOOKS if size == "narrow" else None
                said = complaints_of_axe(page, script, *([rules] if rules else []))
                file.write_text(json.dumps(said), encoding="utf-8")
        browser.close()


def nu_of(folder, pages):
    """Write what the W3C's checker says of each page."""
    jar = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
    with tempfile.TemporaryDirectory() as copies:
        files = {}
        for name, address, file in missing(folder, "nu", pages):
            try:
                with urlopen(address) as answer:  # noqa: S310
                    content = answer.read()
            except HTTPError as error:
                content = error.read()
            copy = Path(copies) / f"{name}.html"
            copy.write_bytes(content)
            files[copy.name] = file
        if not files:
            return
        java = ["java", "-Xss8m", "-jar", str(jar), "--format", "json"]
        run = subprocess.run(
            [*java, "--exit-zero-always", copies], capture_output=True, check=True
        )
    said = {name: [] for name in files}
    for one in json.loads(run.stderr)["messages"]:
        # Claims are in the language in which they were printed.
        if "appears to be written in" not in one["message"]:
            said[Path(one["url"]).name].append(one["message"])
    for name, file in files.items():
        file.write_text(json.dumps(said[name]), encoding="utf-8")


def lighthouse_of(folder, pages, categories=CATEGORIES):
    """Write Lighthouse's scores of each page, as a phone on a slow line has it."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    for name, address in pages.items():
        file = folder / f"{name}.lighthouse.json"
        scores = json.loads(file.read_text("utf-8")) if file.exists() else {}
        try:
            with urlopen(address) as answer:  # noqa: S310
                page = answer.read().decode()
        except HTTPError:
            continue  # Lighthouse measures no page that is answered with an error
        # Whoever asks search engines not to look is not measured by how they find it;
        # robots.txt asks so of whatever has a query.
        is_hidden = "?" in address or HIDDEN in page
        left = [
            category
            for category in categories
            if category not in scores and not (is_hidden and category == "seo")
        ]
        if not left:
            continue
        half = file.with_suffix(".part")
        report = measure(address, half, chromium, False, left)
        scores |= {
            category: round(100 * (each["score"] or 0))
            for category, each in report["categories"].items()
        }
        file.write_text(json.dumps(scores), encoding="utf-8")
        half.unlink()
        print(f"{name:32}", *scores.values(), flush=True)


def told(folder, tool):
    """Yield a line for each fault in the results of a tool."""
    for file in sorted(folder.glob(f"*.{tool}.json")):
        said = json.loads(file.read_text(encoding="utf-8"))
        if tool == "lighthouse":
            said = [
                f"{CATEGORIES[name]} {score}, less than {FLOORS[name]}"
                for name, score in said.items()
                if score < FLOORS[name]
            ]
        for each in said:
            yield f"{file.name}: {each}"


if __name__ == "__main__":
    main()
