"""Running a reader of files in a process of its own, with limits of time and memory.

PDF and web pages are read by native and by slow code, which a bad file may kill or
keep busy for minutes: then that process ends, not the one that serves the site.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext, gettext_noop

SECONDS = 20  # of processor time
LONGEST_WAIT = 25  # seconds in all, within the patience of a web server
MEMORY = 1_500_000_000
PROJECT = Path(__file__).parent.parent.parent
INSTALL = gettext_noop(
    "to read this kind of file, install: pip install -e '.[documents]'"
)


def answer(module: str, data: bytes, *arguments: str) -> dict[str, str]:
    """Return what a module that calls serve() tells of a file; raise ValueError."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=PROJECT,
            input=data,
            capture_output=True,
            timeout=LONGEST_WAIT,
            check=True,
        )
        told: dict[str, str] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise ValueError(
            gettext(
                "the file could not be read within the limits of time and memory. Save "
                "the article alone in a file of its own, or copy its words."
            )
        ) from error
    if "error" in told:
        raise ValueError(gettext(told["error"]))
    return told


def serve(read: Callable[..., dict[str, str]]) -> None:
    """Read standard input within the limits and print what `read` tells, as JSON.

    A ValueError, or a library that is not installed, is told as `error`, in English:
    answer() translates it.
    """
    try:
        import resource
    except ImportError:  # Windows
        pass
    else:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        told = read(sys.stdin.buffer.read(), *sys.argv[1:])
    except ImportError:
        told = {"error": INSTALL}
    except ValueError as error:
        told = {"error": str(error)}
    json.dump(told, sys.stdout)
