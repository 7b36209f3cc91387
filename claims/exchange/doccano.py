"""doccano JSON Lines, written and read: an article a line, marks as entities.

A claim's first content is tied to its other words by relations. What doccano does not
know (speaker, wording, day) stands under `claims`, which it keeps as it is.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from claims.exchange.parsing import (
    dump_json,
    limited_list,
    parse_offset,
    parse_role,
    ref_to_text,
    words_at,
)
from claims.exchange.records import (
    ArticleRef,
    InvalidValue,
    MarkedArticle,
    MarkedClaim,
    Unreadable,
)
from claims.exchange.relations import CONTENT, Entity, claims_from_marks


def line(article: MarkedArticle) -> str:
    """Return an article with its claims as one line of JSON."""
    numbers: dict[tuple[str, int, int], int] = {}
    ties: dict[tuple[int, int, str], int] = {}
    for claim in article.claims:
        # doccano refuses two marks alike: claims may share one.
        own = [
            numbers.setdefault(words.place, len(numbers) + 1) for words in claim.words
        ]
        for words, number in zip(claim.words[1:], own[1:], strict=True):
            kind = "continues" if words.role == CONTENT else words.role
            if number != own[0]:
                ties.setdefault((own[0], number, kind), len(ties) + 1)
    row = {
        "id": article.ref.id,
        "text": article.body,
        "entities": [
            {"id": number, "label": role, "start_offset": start, "end_offset": end}
            for (role, start, end), number in numbers.items()
        ],
        "relations": [
            {"id": number, "from_id": head, "to_id": tail, "type": kind}
            for (head, tail, kind), number in ties.items()
        ],
        "article": article.ref.as_json(),
        "claims": [
            {**claim.details, "places": [words.place for words in claim.words]}
            for claim in article.claims
        ],
    }
    return dump_json(row) + "\n"


def is_doccano(row: Any) -> bool:
    """Return whether a JSON value is a doccano document with entities."""
    return isinstance(row, dict) and bool(row.keys() & {"entities", "label", "labels"})


def claims_in(row: Any, path, number: int, raw: Any = None) -> Iterator[MarkedClaim]:
    """Yield the claims in the JSON value of one line; raise Unreadable."""
    try:
        yield from _claims(row, path, number, raw)
    except InvalidValue as error:
        raise Unreadable(path, number, error) from error


def _claims(row, path, number, raw):
    if not is_doccano(row) or not isinstance(row.get("text"), str):
        raise InvalidValue(
            "This line is no article: “text” and “entities” are missing."
        )
    body, marks = _with_single_line_ends(row["text"], list(_marks(row)))
    ties = [
        (str(relation.get("from_id")), str(relation.get("to_id")))
        for relation in _objects(row, "relations")
    ]
    known = [(details, "") for details in _objects(row, "claims")]
    about = row.get("article")
    ref = ArticleRef.of(about) if isinstance(about, dict) else ref_to_text(body)
    found = claims_from_marks(
        marks,
        ties,
        known,
        as_written=lambda places: [(role, ((s, e),)) for role, s, e in places],
        places=lambda mark: [(mark.role, *stretch) for stretch in mark.fragments],
    )
    for bundle in found:
        words = tuple(words_at(body, *place) for place in bundle.places)
        yield MarkedClaim(ref, words, bundle.details, number, str(path), raw)


def _with_single_line_ends(body, marks):
    """Return a text with one kind of line end, and its marks with places in it.

    Programs count such a line end as one character or as two: the way of counting is
    the one that cuts fewer words apart.
    """
    ends = [match.start() for match in re.finditer("\r\n", body)]
    if not ends:
        return body, marks
    single = body.replace("\r\n", "\n")

    def moved(mark):
        places = (
            tuple(offset - bisect_left(ends, offset) for offset in stretch)
            for stretch in mark.fragments
        )
        return Entity(mark.id, mark.role, tuple(places))

    as_two = [moved(mark) for mark in marks]
    return single, min(as_two, marks, key=lambda each: _words_cut(single, each))


def _words_cut(body, marks):
    """Return how many edges of marks lie within a word or outside the text."""
    return sum(
        offset > len(body)
        or (body[offset - 1 : offset].isalnum() and body[offset : offset + 1].isalnum())
        for mark in marks
        for stretch in mark.fragments
        for offset in stretch
        if offset
    )


def _marks(row):
    for entity in _objects(row, "entities"):
        yield Entity(
            str(entity.get("id")),
            parse_role(entity.get("label")),
            (
                (
                    parse_offset(entity.get("start_offset")),
                    parse_offset(entity.get("end_offset")),
                ),
            ),
        )
    for name in ("label", "labels"):
        for number, entry in enumerate(limited_list(row.get(name), name)):
            if not isinstance(entry, list) or len(entry) != 3:
                raise InvalidValue(
                    f"Each of “{name}” must be a start, an end and a role."
                )
            start, end, role = entry
            yield Entity(
                f"{name} {number}",
                parse_role(role),
                ((parse_offset(start), parse_offset(end)),),
            )


def _objects(row, name):
    values = limited_list(row.get(name), name)
    if not all(isinstance(value, dict) for value in values):
        raise InvalidValue(f"“{name}” must be a list of objects.")
    return values
