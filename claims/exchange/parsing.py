"""Parsing of files and JSON with limits on size and depth, errors with line numbers.

A file may come from anywhere: no line, number or nesting of it may exhaust memory.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from claims.exchange.records import ROLES, ArticleRef, InvalidValue, Unreadable, Words
from claims.text.canonical import TextRefused, canonical, context, digest

# An article of two million characters, each of them escaped twice.
LONGEST_LINE = 32_000_000
LARGEST_FILE = 64_000_000  # bytes of a file that is read as a whole
MOST_ITEMS = 20_000  # marks of one article
# Never steps back, and takes a text without an end as one: its time grows with the
# length alone, and its memory not at all.
TOKEN = re.compile(r'"(?:[^"\\\n]++|\\.)*+"?|[{}\n]')
BOM = b"\xef\xbb\xbf"


def read_lines(file: BinaryIO, name) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, the line end kept."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise Unreadable(
                name, number, f"the line has over {LONGEST_LINE:,} bytes; is this text?"
            )
        if number == 1:
            line = line.removeprefix(BOM)
        yield number, decode(line, name, number)


def read_text(path: Path, name="", largest: int = LARGEST_FILE) -> str:
    """Return the whole text of a file; raise Unreadable if it is too large.

    `name` is what messages call it, where that is another than its path.
    """
    size = path.stat().st_size
    if size > largest:
        raise Unreadable(
            name or path, 1, f"the file has {size:,} bytes; at most {largest:,} fit."
        )
    return decode(path.read_bytes().removeprefix(BOM), name or path, 1)


def decode(data: bytes, name, line: int) -> str:
    """Decode UTF-8; raise Unreadable with the line that is not."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line += data[: error.start].count(b"\n")
        raise Unreadable(
            name,
            line,
            "this is not UTF-8. Save the file as UTF-8, or name what it is with "
            "--encoding, as windows-1252.",
        ) from error


def parse_json(text: str, name, line: int, **options) -> Any:
    """Return the value of a JSON text; raise Unreadable."""
    try:
        return json.loads(text, parse_constant=_reject_constant, **options)
    except json.JSONDecodeError as error:
        raise Unreadable(
            name,
            line + error.lineno - 1,
            f"this is not JSON: {error.msg} at column {error.colno}.",
        ) from error
    except RecursionError as error:
        raise Unreadable(name, line, "the JSON is nested too deeply.") from error
    except ValueError as error:
        raise Unreadable(name, line, "there is a number that is none.") from error


class LineDict(dict):
    """A JSON object with the number of the line it begins on."""

    line = 1


def parse_json_with_lines(text: str, name) -> Any:
    """Return the value of a JSON text, its objects as LineDict.

    The lines of the objects are gathered in the order in which the objects end,
    which is the order in which the parser hands them over.
    """
    number, begun, lines = 1, [], []
    for token in TOKEN.finditer(text):
        sign = token.group()
        if sign == "\n":
            number += 1
        elif sign == "{":
            begun.append(number)
        elif sign == "}" and begun:
            lines.append(begun.pop())
    known = iter(lines)

    def with_line(pairs):
        node = LineDict(pairs)
        node.line = next(known, 1)
        return node

    return parse_json(text, name, 1, object_pairs_hook=with_line)


def parse_offset(value: Any) -> int:
    """Return the value if it is an offset, or raise InvalidValue."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidValue(f"“{str(value)[:40]}” is not an offset.")
    if not 0 <= value <= 2**31:
        raise InvalidValue(
            f"The offset {value if value < 0 else 'given'} is too far out."
        )
    return value


def words_at(body: str, role: str, start: int, end: int) -> Words:
    """Return the words at a span of the file's own text, with prefix and suffix."""
    if not start < end:
        raise InvalidValue(f"A mark from {start} to {end} covers nothing.")
    if end > len(body):
        raise InvalidValue(
            f"A mark ends at {end:,}, but the text has {len(body):,} characters."
        )
    prefix, suffix = context(body, start, end)
    return Words(role, body[start:end], start, end, prefix, suffix)


def ref_to_text(body: str) -> ArticleRef:
    """Return the reference to an article by the digest of its text."""
    try:
        return ArticleRef(sha256=digest(canonical(body)))
    except TextRefused as refusal:
        raise InvalidValue(str(refusal)) from refusal


def parse_role(label: Any) -> str:
    """Return the role of a label in any letter case; raise InvalidValue."""
    role = label.lower() if isinstance(label, str) else ""
    if role not in ROLES:
        raise InvalidValue(
            f"The label “{str(label)[:40]}” is unknown; use {', '.join(ROLES)}."
        )
    return role


def limited_list(values: Any, what: str) -> list:
    """Return the list, or raise InvalidValue if it is none or too long."""
    if values is None:
        return []
    if not isinstance(values, list):
        raise InvalidValue(f"“{what}” must be a list.")
    if len(values) > MOST_ITEMS:
        raise InvalidValue(
            f"“{what}” has {len(values):,} items; at most {MOST_ITEMS:,}."
        )
    return values


def dump_json(value: Any, **options) -> str:
    """Return a value as JSON, not ASCII-escaped; NaN is an error."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, **options)


def _reject_constant(name):
    raise ValueError(name)
