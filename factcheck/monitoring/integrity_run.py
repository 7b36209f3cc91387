"""When check_integrity last ended and how much was wrong: a file beside the metrics."""

import json
import time
from pathlib import Path

from django.conf import settings


def record_run(problems: int) -> None:
    """Write down that a check ended now, where FACTCHECK_METRICS names a folder."""
    if settings.METRICS:
        text = json.dumps({"at": time.time(), "problems": problems})
        unfinished = _file().with_suffix(".new")
        unfinished.write_text(text)
        unfinished.replace(_file())


def last_run() -> dict[str, float] | None:
    """Return time and number of problems of the last check, or None."""
    try:
        found: dict[str, float] = json.loads(_file().read_text())
    except (OSError, ValueError):
        return None
    return found


def _file():
    return Path(settings.METRICS) / "integrity.json"
