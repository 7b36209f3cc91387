"""Opening a file to import: standard input, gzip, our own ZIP, other encodings.

What a reader of a format is given is always a file in UTF-8 on the disk, under a name
whose ending tells the format.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import json
import shutil
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from claims.exchange.records import Unreadable

STDIN = Path("-")
# Of what a small file may unpack to.
LARGEST_UNPACKED = 2_000_000_000
BLOCK = 1 << 20
MEMBERS = ("claims.jsonl", "claims.csv")  # of our ZIP, the fuller one first
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@contextmanager
def opened(path: Path, encoding: str = "") -> Iterator[Path]:
    """Yield the path of a file's contents in UTF-8, unpacked; raise Unreadable.

    `-` is standard input. An encoding is needed only where the file is neither UTF-8
    nor begins with the mark of UTF-16.
    """
    with TemporaryDirectory() as folder:
        given = _from_stdin(folder) if path == STDIN else path
        ending = given.suffix.lower()
        if ending == ".gz":
            given = _gunzipped(given, path, folder)
        elif ending == ".zip":
            given = _unzipped(given, path, folder)
        yield _in_utf8(given, path, encoding, folder)


def known_encoding(words: str) -> str:
    """Return the name of an encoding of text; raise ValueError."""
    try:
        str(b"a", words, "ignore")
    except LookupError:
        raise ValueError(f"“{words[:40]}” is no encoding.") from None
    return words


def display_name(path: Path) -> str:
    """Return what messages call a file to import."""
    return "standard input" if path == STDIN else str(path)


def _from_stdin(folder) -> Path:
    stream = sys.stdin.buffer
    start = stream.read(BLOCK)
    if start.startswith(b"\x1f\x8b"):
        ending = ".jsonl.gz" if _gunzips_to_json(start) else ".csv.gz"
    elif start.startswith(b"PK\x03\x04"):
        ending = ".zip"
    else:
        ending = ".jsonl" if _begins_as_json(start) else ".csv"
    target = Path(folder) / f"input{ending}"
    with target.open("wb") as out:
        out.write(start)
        shutil.copyfileobj(stream, out)
    return target


def _begins_as_json(start: bytes) -> bool:
    for bom, _encoding in BOMS:
        start = start.removeprefix(bom)
    return start.replace(b"\0", b"").lstrip()[:1] == b"{"


def _gunzips_to_json(start):
    try:
        return _begins_as_json(zlib.decompressobj(31).decompress(start, 100))
    except zlib.error:
        return False  # said with its reason when it is unpacked


def _gunzipped(given, path, folder) -> Path:
    target = Path(folder) / given.stem
    if not target.suffix:
        target = target.with_suffix(".csv")
    try:
        with gzip.open(given, "rb") as packed:
            _copy(packed, target, path)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Unreadable(
            display_name(path), 1, "the .gz file is damaged or cut short."
        ) from error
    return target


def _unzipped(given, path, folder) -> Path:
    """Unpack the claims of our ZIP and hold them against its manifest."""
    name = display_name(path)
    try:
        with zipfile.ZipFile(given) as archive:
            names = set(archive.namelist())
            member = next((each for each in MEMBERS if each in names), None)
            if member is None:
                raise Unreadable(
                    name, 1, f"the ZIP holds neither {' nor '.join(MEMBERS)}."
                )
            target = Path(folder) / member
            with archive.open(member) as packed:
                digest = _copy(packed, target, path)
            manifest = _manifest(archive, names)
    except RuntimeError as error:
        # What zipfile says of a password, and of a way of packing that it cannot read.
        raise Unreadable(
            name, 1, "the ZIP has a password, or is packed in an unknown way."
        ) from error
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise Unreadable(name, 1, "the ZIP is damaged or cut short.") from error
    files = manifest.get("files") or [manifest]
    sums = {each.get("file"): each.get("sha256") for each in files}
    if sums.get(member, digest) != digest:
        raise Unreadable(
            name, 1, f"{member} is not what the ZIP's manifest says; load it anew."
        )
    return target


def _manifest(archive, names) -> dict[str, Any]:
    if "manifest.json" not in names:
        return {}
    with archive.open("manifest.json") as packed:
        try:
            manifest = json.loads(packed.read(BLOCK))
        except ValueError:
            return {}
    return manifest if isinstance(manifest, dict) else {}


def _copy(packed, target: Path, path) -> str:
    """Write what is unpacked to a file and return its SHA-256; raise Unreadable."""
    size, digest = 0, hashlib.sha256()
    with target.open("wb") as out:
        while block := packed.read(BLOCK):
            size += len(block)
            if size > LARGEST_UNPACKED:
                raise Unreadable(
                    display_name(path),
                    1,
                    f"it unpacks to over {LARGEST_UNPACKED:,} bytes; divide it.",
                )
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


def _in_utf8(given: Path, path: Path, encoding: str, folder) -> Path:
    """Return the file itself if it can be UTF-8, else a copy of it in UTF-8."""
    with given.open("rb") as file:
        marked = _marked_encoding(file)
        encoding = marked or encoding
        if not encoding or codecs.lookup(encoding).name == "utf-8":
            return given
        file.seek(0)
        (Path(folder) / "utf-8").mkdir()
        target = Path(folder) / "utf-8" / given.name
        _recode(file, target, path, encoding)
        return target


def _marked_encoding(file: BinaryIO) -> str:
    """Return the encoding other than UTF-8 that a file's first bytes tell, or ""."""
    start = file.read(4)
    for bom, encoding in BOMS:
        if start.startswith(bom):
            return "" if encoding == "utf-8-sig" else encoding
    # Plain letters in two bytes each, without the mark.
    if len(start) == 4 and start[1] == start[3] == 0 and start[0] and start[2]:
        return "utf-16-le"
    return ""


def _recode(file, target, path, encoding):
    """Copy a file into UTF-8; raise Unreadable with the line that cannot be read."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    with target.open("wb") as out:
        while True:
            block = file.read(BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                before = error.object[: error.start]
                line += before.decode(encoding, errors="ignore").count("\n")
                raise Unreadable(
                    display_name(path), line, f"this is not {encoding}: {error.reason}."
                ) from error
            line += text.count("\n")
            out.write(text.encode(errors="surrogatepass"))
            if not block:
                return
