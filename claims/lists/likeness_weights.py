"""Weights of likeness that are in force: those of the desk's own pairs, or the shipped.

`manage.py train_matching` writes the file that FACTCHECK_LIKENESS_WEIGHTS names.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from claims.text.likeness import BIAS, SIGNS, WEIGHTS

logger = logging.getLogger(__name__)
FORMAT = "likeness-weights-1"


def weights_in_force() -> Mapping[str, float]:
    """Return the weights of the file that is set; the shipped ones without a sound one.

    Earlier claims are found all the same.
    """
    name = settings.FACTCHECK["LIKENESS_WEIGHTS"]
    if not name:
        return WEIGHTS
    path = Path(name)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("The weights of likeness %s cannot be read: %s", path, error)
        return WEIGHTS


@lru_cache(maxsize=2)
def _read(path: Path, _modified: int) -> dict[str, float]:
    content = json.loads(path.read_text(encoding="utf-8"))
    if content["format"] != FORMAT:
        raise ValueError("it is of another version; train it anew")
    table = {name: float(each) for name, each in content["weights"].items()}
    if table.keys() != {*SIGNS, BIAS}:
        raise ValueError("it weighs other signs; train it anew")
    return table


def write_weights(path: Path, weights: Mapping[str, float]) -> None:
    """Write weights to a file."""
    content = {"format": FORMAT, "weights": dict(weights)}
    path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
