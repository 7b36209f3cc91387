"""Paths of the embedded server: the data folder, a short path to its socket."""

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from . import tools

# The kernel takes about 104 bytes, and the socket's own name needs 15 of them.
LONGEST = 80


def cluster_folder(wanted: Path) -> Path:
    """Return the data folder: the wanted one, or for root one that others can enter.

    For root it may not be: the account that runs the server cannot enter a folder
    inside root's own home, and loosening that home is no answer.
    """
    wanted = Path(os.path.realpath(wanted))
    if os.geteuid() or _is_cluster(wanted):
        return wanted
    mark = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:16]
    aside = tools.SHARED / mark / "pg"
    if _is_cluster(aside):
        return aside
    wanted.parent.mkdir(parents=True, exist_ok=True)
    if tools.account_for(wanted).can_enter(wanted.parent):
        return wanted
    tools.public_folder(tools.SHARED)
    tools.public_folder(aside.parent)
    return aside


def _is_cluster(folder: Path) -> bool:
    return (folder / "PG_VERSION").is_file()


def socket_folder(data: Path) -> str:
    """Return a path to `data` that fits a Unix socket: short, without comma.

    The driver splits its host at commas. Where the real path will not do, a symbolic
    link stands for it. Only a link of this very account is trusted, in a folder where
    nobody else can replace it.
    """
    path = str(data)
    if len(os.fsencode(path)) <= LONGEST and "," not in path:
        return path
    link = _link(data)
    with contextlib.suppress(FileExistsError):
        link.symlink_to(data)
    folder = os.stat(link.parent)
    safe = folder.st_mode & stat.S_ISVTX or not folder.st_mode & 0o022
    mine = os.lstat(link).st_uid == os.geteuid()
    if not (safe and mine and link.is_symlink() and os.readlink(link) == path):
        raise ImproperlyConfigured(
            f"{link} should be this account's own link to {data} and is not: remove "
            "it, or set FACTCHECK_PGDATA to a shorter path without a comma."
        )
    return str(link)


def remove_link(data: Path) -> None:
    """Remove the link that socket_folder() made."""
    link = _link(data)
    try:
        if os.readlink(link) == str(data) and os.lstat(link).st_uid == os.geteuid():
            link.unlink()
    except OSError:
        # There was none, or it is somebody else's.
        return


def _link(data: Path) -> Path:
    mark = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    folder = tempfile.gettempdir()
    if len(os.fsencode(folder)) > LONGEST - 50 or "," in folder:
        folder = "/tmp"  # noqa: S108, the link in it is checked
    return Path(folder) / f"factcheck-pg-{os.geteuid()}-{mark}"
