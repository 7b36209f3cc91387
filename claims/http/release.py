"""What this program is made of, as one digest: another one after each deployment."""

import hashlib
import platform
from functools import cache
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
# What the words, the looks and the headers of a page come from.
FOLDERS = ("claims", "factcheck", "templates")


@cache
def release() -> str:
    """Return the digest of this program, read once by each process."""
    return digest_of(ROOT)


def digest_of(root: Path) -> str:
    """Return a digest of a program's files.

    The same on every machine that runs the same files, whenever they were copied.
    """
    digest = hashlib.sha256(f"{platform.python_version()} {django.VERSION}".encode())
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(root)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
