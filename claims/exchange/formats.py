"""Choosing the format of a file by its name, and atomic writing of files."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, runtime_checkable
from uuid import uuid4

from claims.exchange import brat, doccano, w3c
from claims.exchange.csv_claims import CsvClaims, JsonLinesClaims, claims_in_row
from claims.exchange.parsing import dump_json, parse_json, read_lines
from claims.exchange.records import MarkedArticle, MarkedClaim, Unreadable

FORMATS = ("jsonl", "brat", "w3c")


class TargetExists(Exception):
    """The file or folder to write exists already; the message names it."""


def files_in(path: Path) -> list[Path]:
    """Return the files to import: the path itself, or those of a folder.

    Of a folder that brat uses, the .ann files; of any other, what can hold claims.
    """
    if not path.is_dir():
        return [path]
    for endings in ({".ann"}, {".jsonld"}, {".csv", ".tsv", ".jsonl", ".json"}):
        found = sorted(file for file in path.iterdir() if file.suffix in endings)
        if found:
            return found
    return []


class ClaimsFile(Protocol):
    """The claims of a file row by row; a row that cannot be read is an Unreadable.

    `not_read` names the columns that say something and are not read.
    """

    not_read: dict[str, None]

    def __iter__(self) -> Iterator[MarkedClaim | Unreadable]: ...


@runtime_checkable
class RowFile(ClaimsFile, Protocol):
    """A file of rows, of which refused ones can be written in the same format."""

    def rejects_head(self) -> str: ...
    def rejected(self, raw: Any, problems: list[Unreadable]) -> str: ...


class _Annotations:
    """The claims of a format that is not made of rows."""

    def __init__(self, claims: Iterator[MarkedClaim]):
        self.claims = claims
        self.not_read: dict[str, None] = {}

    def __iter__(self):
        return self.claims


def read(path: Path) -> ClaimsFile:
    """Return the claims of a file in any known format; raise Unreadable."""
    ending = path.suffix.lower()
    if ending == ".ann":
        return _Annotations(brat.read(path))
    if ending in (".jsonld", ".json"):
        return _Annotations(w3c.read(path))
    if ending in (".csv", ".tsv", ".tab"):
        return CsvClaims(path)
    if ending in (".jsonl", ".ndjson"):
        is_marked = doccano.is_doccano(_first_row(path))
        return JsonLinesClaims(path, doccano.claims_in if is_marked else claims_in_row)
    raise Unreadable(
        path,
        1,
        "the name must end in .csv, .tsv, .jsonl, .ann (with the .txt beside it), "
        ".jsonld or .zip, or in one of these and .gz.",
    )


def write(articles: Iterable[MarkedArticle], form: str, target: Path) -> None:
    """Write articles to a new file (jsonl) or folder (brat, w3c).

    What is written appears under its name only when it is complete.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise TargetExists(target)
    with atomic_write(target) as unfinished:
        if form == "jsonl":
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                for article in articles:
                    file.write(doccano.line(article))
            return
        unfinished.mkdir()
        if form == "brat":
            _write(unfinished / "annotation.conf", brat.CONFIGURATION)
        for article in articles:
            stem = unfinished / f"article-{article.ref.id}"
            if form == "brat":
                _write(stem.with_suffix(".txt"), article.body)
                _write(stem.with_suffix(".ann"), brat.ann_file(article))
                about = dump_json(article.ref.as_json(), indent=1)
                _write(stem.with_suffix(".json"), about + "\n")
            else:
                _write(stem.with_suffix(".jsonld"), w3c.annotation_collection(article))


@contextmanager
def atomic_write(target: Path) -> Iterator[Path]:
    """Yield a temporary path that is renamed to the target when the block succeeds.

    A file there is replaced; for a folder, raises TargetExists.
    """
    unfinished = target.with_name(f".{target.name}.{uuid4().hex[:8]}.unfinished")
    try:
        yield unfinished
        if target.is_dir() and unfinished.is_file():
            raise TargetExists(target)
        unfinished.rename(target)
    finally:
        if unfinished.is_dir():
            for file in unfinished.iterdir():
                file.unlink()
            unfinished.rmdir()
        unfinished.unlink(missing_ok=True)


def _write(path, text):
    # No translation of line ends: every offset counts characters of this very text.
    path.write_bytes(text.encode())


def _first_row(path):
    with path.open("rb") as file:
        for number, text in read_lines(file, path):
            if text.strip():
                try:
                    return parse_json(text, path, number)
                except Unreadable:
                    return None  # said again, with the line, when it is read
    return None
