"""PostgreSQL's programs from the wheel, and the system account that runs them.

Only the wheel's binaries are used. Its Python code is not even imported: it changes
the modes of parent folders, and fails on paths with a space.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from factcheck.database.programs import wheel_folders

# Where root keeps what the unprivileged account must reach, and only if it cannot
# reach the project or the virtual environment.
SHARED = Path("/var/lib/factcheck-pg")


@dataclass(frozen=True)
class Account:
    """A system account that runs programs; root hands over to an ordinary one."""

    name: str
    uid: int
    gid: int

    def options(self) -> dict:
        """Return the subprocess options for running as this account.

        The environment is a fresh one: the server has no business with the secrets
        in Django's, and PGPORT or a locale must not leak in.
        """
        env = {
            name: os.environ[name]
            for name in ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
            if name in os.environ
        }
        options = {"env": env | {"LC_ALL": "C", "TZ": "UTC"}, "umask": 0o077}
        if os.geteuid() != self.uid:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def run(
        self, *command, folder="/", text="", keep=()
    ) -> subprocess.CompletedProcess:
        """Run a program in `folder` and return its CompletedProcess, failed or not.

        A file descriptor in `keep` stays open in the program, so that a lock outlives
        this process if it is killed while the program still works.
        """
        return subprocess.run(
            [str(word) for word in command],
            cwd=folder,
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=keep,
            check=False,
            **self.options(),
        )

    def can_enter(self, folder: Path) -> bool:
        return self.run("sh", "-c", 'cd -- "$0"', folder).returncode == 0

    def can_run(self, program: Path) -> bool:
        try:
            return self.run(program, "--version").returncode == 0
        except OSError:
            return False


def account_for(data: Path) -> Account:
    """Return the account that owns, or will own, the data folder."""
    try:
        owner = data.stat().st_uid
    except FileNotFoundError:
        owner = None
    except PermissionError:
        raise ImproperlyConfigured(
            f"The database folder {data} cannot be reached by this account."
        ) from None
    me = os.geteuid()
    if me:
        if owner not in (None, me):
            raise ImproperlyConfigured(
                f"The database in {data} belongs to another account: run this as "
                "that account (or as root), or set FACTCHECK_PGDATA to a folder of "
                "your own."
            )
        return _account(me)
    # PostgreSQL refuses to run as root.
    if owner:
        return _account(owner)
    for name in ("postgres", "nobody"):
        try:
            return _account(pwd.getpwnam(name).pw_uid)
        except KeyError:
            continue
    raise ImproperlyConfigured(
        "PostgreSQL does not run as root, and this machine has neither an account "
        "'postgres' nor 'nobody': run this as an ordinary account, or set DATABASE_URL."
    )


def _account(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise ImproperlyConfigured(
            f"PostgreSQL needs an account with a name, and number {uid} has none on "
            "this machine: run this as another account, or set DATABASE_URL."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


@dataclass(frozen=True)
class Programs:
    """The folder of PostgreSQL's programs, with their major version."""

    folder: Path
    version: int

    def __getitem__(self, name: str) -> Path:
        return self.folder / "bin" / name


def programs_for(account: Account) -> Programs:
    """Return the wheel's newest PostgreSQL, in a place that `account` can reach."""
    found = wheel_folders()
    if not found:
        raise ImproperlyConfigured(
            "No PostgreSQL to use: install the embedded one with "
            "pip install -e '.[demo]', or set DATABASE_URL to a server."
        )
    version = max(found)
    folder = found[version].parent
    if not account.can_run(folder / "bin" / "postgres"):
        folder = _shared_copy(folder)
    return Programs(folder, version)


def _shared_copy(folder: Path) -> Path:
    """Copy the programs, once, to a folder that any account can read; return it."""
    package = folder.parent
    mark = f"{folder}\0{(folder / 'bin' / 'postgres').stat().st_mtime_ns}"
    goal = SHARED / f"programs-{hashlib.sha256(mark.encode()).hexdigest()[:16]}"
    copy = goal / package.name / folder.name
    if goal.exists():
        return copy
    public_folder(SHARED)
    new = SHARED / f"{goal.name}.{os.getpid()}"
    shutil.copytree(
        folder,
        new / package.name / folder.name,
        symlinks=True,
        ignore=shutil.ignore_patterns("include", "pkgconfig", "*.a"),
    )
    # The programs look for their libraries beside the package, or inside it.
    for libraries in (f"{package.name}.libs", f"{package.name}/.dylibs"):
        if (package.parent / libraries).is_dir():
            shutil.copytree(package.parent / libraries, new / libraries, symlinks=True)
    for path in (new, *new.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    try:
        new.rename(goal)
    except OSError:
        # Another process was quicker.
        shutil.rmtree(new)
    return copy


def public_folder(folder: Path) -> None:
    """Create a folder that others may enter; leave an existing one as it is."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
