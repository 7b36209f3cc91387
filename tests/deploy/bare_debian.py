"""A bare Debian of the machine's own mirror, in a folder, with a network of its own."""

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.deploy.proxies import program

HERE = Path(__file__).parent
SOURCES = Path("/etc/apt/sources.list.d/debian.sources")
# Who asks a mirror or an index, and how this machine reaches it.
MACHINE = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf")
PASSED = re.compile(r"PIP_\w+|https?_proxy|no_proxy|SSL_CERT_FILE", re.IGNORECASE)
AUTHORITIES = "/root/authorities.crt"
NEEDED = ("debootstrap", "unshare", "nsenter", "curl", "git")


def missing():
    """Return what this machine lacks, or ""."""
    lacking = [name for name in NEEDED if not program(name)]
    if os.geteuid() != 0:
        lacking.append("root")
    if not SOURCES.exists():
        lacking.append(str(SOURCES))
    return ", ".join(lacking)


class Machine:
    """A running Debian: what is told to it runs as root."""

    def __init__(self, root, number):
        self.root, self.number = root, number
        self.folder = "/"

    def run(self, command, *, online=False):
        """Run a line of a shell and return what it said; `cd` is kept.

        Ports are the machine's own. Only what fetches from a mirror sees the network
        of the machine around it.
        """
        spaces = ["-p", "-m"] if online else ["-p", "-m", "-n"]
        passed = {k: v for k, v in os.environ.items() if PASSED.fullmatch(k)}
        # Whatever is started here goes on after the line.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [
                    *("nsenter", "-t", str(self.number), *spaces),
                    *("chroot", self.root, "/bin/sh", "-c"),
                    f"cd {self.folder} && {command} && pwd >/root/folder",
                ],
                env={
                    "PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "DEBIAN_FRONTEND": "noninteractive",
                    "HOME": "/root",
                    "LANG": "C.UTF-8",
                    **passed,
                    "PIP_CERT": AUTHORITIES,
                },
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
            )
            said.seek(0)
            words = said.read()
        assert done.returncode == 0, f"{command}\n{words}\n{self.logs()}"
        self.folder = (self.root / "root/folder").read_text().strip()
        return words

    def logs(self):
        files = sorted((self.root / "var/log/stand-in").glob("*"))
        return "\n".join(f"{f.name}: {f.read_text()[-3000:]}" for f in files)

    def ask(self, host, path, *options):
        """Return what a browser is given over TLS, trusting Caddy's own CA alone."""
        authority = "var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt"
        done = subprocess.run(
            [
                *("nsenter", "-t", str(self.number), "-n", "curl", "--silent"),
                *("--show-error", "--include", "--max-time", "60", "--http1.1"),
                *("--retry", "20", "--retry-all-errors", "--retry-delay", "1"),
                *("--fail-with-body", "--noproxy", "*", *options),
                *("--cacert", self.root / authority),
                *("--resolve", f"{host}:443:127.0.0.1", f"https://{host}{path}"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{done.stderr}{done.stdout[:2000]}{self.logs()}"
        return done.stdout


@contextmanager
def bare_debian(folder):
    """Yield a machine that has just been set up; nothing of it is left afterwards."""
    root = folder / "debian"
    if made_before := os.environ.get("BARE_DEBIAN"):
        subprocess.run(["cp", "-a", made_before, root], check=True)
    else:
        words = SOURCES.read_text()
        mirror = re.search(r"^URIs: (\S+)", words, re.M)[1]
        suite = re.search(r"^Suites: (\S+)", words, re.M)[1]
        subprocess.run(
            [program("debootstrap"), "--variant=minbase", suite, root, mirror],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    for path in MACHINE:
        if Path(path).exists():
            shutil.copy(path, root / path[1:])
    # A machine behind a proxy of its house trusts more than Debian does.
    shutil.copy("/etc/ssl/certs/ca-certificates.crt", root / AUTHORITIES[1:])
    options = "etc/apt/apt.conf.d"
    shutil.copytree(f"/{options}", root / options, dirs_exist_ok=True)
    (root / "etc/apt/sources.list").unlink(missing_ok=True)
    shutil.copy(SOURCES, root / "etc/apt/sources.list.d")
    # Services are started in a network of their own, by the stand-in.
    (root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    shutil.copy(HERE / "systemctl.py", root / "usr/local/bin/systemctl")
    (root / "usr/local/bin/systemctl").chmod(0o755)
    try:
        with init(root) as number:
            yield Machine(root, number)
    finally:
        shutil.rmtree(root)


@contextmanager
def init(root):
    """Run a first process with spaces of its own; all others end with it."""
    prepare = (
        "ip link set lo up 2>/dev/null || ifconfig lo up; "
        f"mount --rbind /dev {root}/dev; mount -t proc proc {root}/proc; "
        f"mount -t tmpfs tmpfs {root}/run; mkdir -p -m 1777 {root}/run/postgresql; "
        "echo ready; exec sleep infinity"
    )
    around = subprocess.Popen(
        ["unshare", "-m", "-n", "-p", "-f", "--kill-child", "sh", "-c", prepare],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert around.stdout.readline() == "ready\n"
        children = Path(f"/proc/{around.pid}/task/{around.pid}/children").read_text()
        yield int(children.split()[0])
    finally:
        around.kill()
        around.wait()
        around.stdout.close()
