"""The program of the version before this one, out of the history of its files."""

import subprocess
import tarfile
from io import BytesIO

import pytest
from django.conf import settings

FIRST_MIGRATION_AFTER_IT = "claims/migrations/0015_public_record.py"


def git(*arguments):
    """Return what git says, or nothing where there is no git or no history."""
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=settings.BASE_DIR,
            capture_output=True,
            check=True,
        )
    except (FileNotFoundError, subprocess.CalledProcessError):
        return b""
    return done.stdout


def former_program(folder):
    """Put the program of that version into a folder, and return it."""
    added = ("log", "-1", "--format=%H", "--diff-filter=A", "--")
    commit = git(*added, FIRST_MIGRATION_AFTER_IT).decode().strip()
    archive = git("archive", f"{commit}^") if commit else b""
    if not archive:
        pytest.skip("no history here that holds the former version: fetch all of it")
    with tarfile.open(fileobj=BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    return folder
