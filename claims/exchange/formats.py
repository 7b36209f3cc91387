"""Choosing the format of a file by its name, and atomic writing of files."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from claims.exchange import brat, csv_claims, doccano, w3c
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
    for endings in ({".ann"}, {".jsonld"}, {".csv", ".jsonl", ".json"}):
        found = sorted(file for file in path.iterdir() if file.suffix in endings)
        if found:
            return found
    return []


def read(path: Path) -> Iterator[MarkedClaim]:
    """Return the claims of a file in any known format; raise Unreadable."""
    ending = path.suffix.lower()
    if ending == ".ann":
        return brat.read(path)
    if ending in (".jsonld", ".json"):
        return w3c.read(path)
    if ending == ".csv":
        return csv_claims.read_csv(path)
    if ending in (".jsonl", ".ndjson"):
        is_marked = doccano.is_doccano(_first_row(path))
        return doccano.read(path) if is_marked else csv_claims.read_jsonl(path)
    raise Unreadable(
        path,
        1,
        "the name must end in .csv, .jsonl, .ann (with the .txt beside it) or .jsonld.",
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
                return parse_json(text, path, number)
    return None
