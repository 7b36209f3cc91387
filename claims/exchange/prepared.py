"""Files of all claims made beforehand: dated, never changed, with their checksums.

They are in the storage of kept copies, in a folder of their own. A set of them is one
state of the public record in each format; its manifest is stored last, so that a set
is there whole or not at all.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from claims.exchange.copying import one_snapshot
from claims.exchange.export import FORMATS, Counted, HashedFile
from claims.lists.filters import ClaimQuery
from claims.models import ChangeCounter

FOLDER = "downloads"
# How many sets are kept.
KEPT = 7
MANIFEST = re.compile(r"claims-(\d{4}-\d\d-\d\d)-(\d{1,19})\.json")


@dataclass(frozen=True)
class PreparedFile:
    """One file of a set: its name, size in bytes, number of claims and SHA-256."""

    name: str
    size: int
    rows: int
    sha256: str

    @property
    def media_type(self) -> str:
        return FORMATS[self.name.rsplit(".", 1)[-1]].content_type


@dataclass(frozen=True)
class PreparedSet:
    """The files of one state: the day, and the number of its newest public change."""

    day: date
    number: int
    files: tuple[PreparedFile, ...]


def prepare() -> tuple[PreparedSet, bool]:
    """Make the files of now; return them, and whether there was anything to make.

    A state that was made before is not made again. Of the sets the newest KEPT stay;
    what a run that was killed has left goes.
    """
    query = ClaimQuery("")
    with one_snapshot(query.rows()):
        number = ChangeCounter.objects.get().number
        known = next((each for each in prepared() if each.number == number), None)
        if known is not None:
            return known, False
        stem = f"claims-{datetime.now(UTC):%Y-%m-%d}-{number}"
        files = [_made(f"{stem}.{ending}", query, ending) for ending in FORMATS]
    text = json.dumps([asdict(file) for file in files], indent=1)
    default_storage.save(f"{FOLDER}/{stem}.json", ContentFile(f"{text}\n".encode()))
    _forget({each.number for each in prepared()[:KEPT]})
    return prepared()[0], True


def _made(name, query, ending):
    path = f"{FOLDER}/{name}"
    # Left by a run that was killed.
    default_storage.delete(path)
    counted, file = Counted(), HashedFile.spool()
    for piece in FORMATS[ending].write(query, counted, site=settings.FACTCHECK["URL"]):
        file.write(piece)
    file.file.seek(0)
    default_storage.save(path, File(file.file))
    return PreparedFile(name, file.size, counted.rows, file.digest.hexdigest())


def prepared() -> list[PreparedSet]:
    """Return the sets that are whole, the newest first."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    sets = [_read(*match.groups()) for name in names if (match := _manifest(name))]
    return sorted(sets, key=lambda each: each.number, reverse=True)


def prepared_file(name: str) -> PreparedFile | None:
    """Return the file of this name, or None."""
    return next(
        (file for each in prepared() for file in each.files if file.name == name), None
    )


def open_prepared(file: PreparedFile) -> File:
    """Return the bytes of a file; raise FileNotFoundError where they went meanwhile."""
    return default_storage.open(f"{FOLDER}/{file.name}")


def forget_prepared() -> int:
    """Delete all sets, since words in them must leave the site; return how many."""
    sets = len(prepared())
    _forget(set())
    return sets


def _manifest(name):
    return MANIFEST.fullmatch(name)


# A set never changes.
@lru_cache(maxsize=4 * KEPT)
def _read(day, number):
    with default_storage.open(f"{FOLDER}/claims-{day}-{number}.json") as file:
        files = json.load(file)
    return PreparedSet(
        date.fromisoformat(day),
        int(number),
        tuple(PreparedFile(**each) for each in files),
    )


def _forget(numbers):
    """Delete what belongs to none of these sets: the manifests first."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for name in sorted(names, key=lambda each: not each.endswith(".json")):
        number = name.rsplit(".", 1)[0].rpartition("-")[2]
        if not (number.isdecimal() and int(number) in numbers):
            default_storage.delete(f"{FOLDER}/{name}")
