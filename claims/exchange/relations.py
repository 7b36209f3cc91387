"""Grouping marks and relations of annotation programs (brat, doccano) into claims.

Such a program has marks with a label and ties between two marks. Beside them a file
written here says of each claim where its words stand (`places`). While the marks are
as they were written, the places decide; what a person has changed since, added or
tied, counts as it stands among the marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from claims.exchange.parsing import limited_list, parse_offset
from claims.exchange.records import ROLES, InvalidValue
from claims.models.choices import SpanRole

Place = tuple[str, int, int]  # role, start, end
Fragments = tuple[tuple[int, int], ...]
CONTENT = SpanRole.CONTENT.value


@dataclass(frozen=True)
class Entity:
    """One mark of the other program: a role and one or more spans of the text."""

    id: str
    role: str
    fragments: Fragments

    @property
    def as_written(self) -> tuple[str, Fragments]:
        return self.role, self.fragments


@dataclass
class ClaimMarks:
    """The spans of one claim, and the details that came with it."""

    places: list[Place]
    details: Mapping[str, Any]
    head: str  # the id of its first mark


def claims_from_marks(
    marks: Iterable[Entity],
    ties: Iterable[tuple[str, str]],
    known: Iterable[tuple[Mapping[str, Any], str]],
    *,
    as_written: Callable[[list[Place]], list[tuple[str, Fragments]]],
    places: Callable[[Entity], list[Place]],
) -> list[ClaimMarks]:
    """Return the claims that marks, relations and details make; raise InvalidValue.

    `known` are details with the id of the mark they are attached to, if any;
    `as_written` turns a claim's places into marks as written, `places` one mark back.
    """
    by_id = {mark.id: mark for mark in marks}
    tied = _checked_ties(by_id, ties)
    alike = defaultdict(list)
    for mark in by_id.values():
        alike[mark.as_written].append(mark.id)
    found: list[ClaimMarks] = []
    owners: dict[str, list[ClaimMarks]] = defaultdict(list)  # of each mark
    changed = []
    for details, anchor in known:
        written = _places(details)
        picked: list[str | None] = []
        for each in as_written(written):
            picked.append(_pick_alike(alike[each], owners, picked))
        needed = [mark_id for mark_id in picked if mark_id is not None]
        is_whole = needed and len(needed) == len(picked)
        if not is_whole or not _are_still_tied(needed, tied):
            changed.append((details, anchor, written))
            continue
        found.append(ClaimMarks(written, details, needed[0]))
        for mark_id in needed:
            owners[mark_id].append(found[-1])
    tails = {
        tail for head in tied for tail in tied[head] if by_id[tail].role == CONTENT
    }
    for mark in by_id.values():
        if mark.role == CONTENT and not owners[mark.id] and mark.id not in tails:
            found.append(ClaimMarks(places(mark), _details_for(mark, changed), mark.id))
            owners[mark.id].append(found[-1])
    _add_tied(by_id, tied, owners, places)
    for mark in by_id.values():
        if owners[mark.id]:
            continue
        if len(found) > 1 or not found:
            raise InvalidValue(
                f"The {mark.role} marked at {mark.fragments[0][0]:,} belongs to no "
                "claim: tie it to the content of one, or delete the mark."
            )
        found[0].places.extend(places(mark))
    for bundle in found:
        bundle.places.sort(key=lambda place: ROLES.index(place[0]))
    return found


def _checked_ties(marks, ties):
    """Return for each content mark the marks tied to it; raise InvalidValue."""
    tied = defaultdict(list)
    for head, tail in ties:
        for end in (head, tail):
            if end not in marks:
                raise InvalidValue(
                    f"A relation names the mark “{end}”, which is missing."
                )
        if marks[head].role != CONTENT:
            head, tail = tail, head
        if marks[head].role != CONTENT:
            raise InvalidValue(
                "A relation must begin or end at the content of a claim."
            )
        if head != tail:
            tied[head].append(tail)
    return tied


def _pick_alike(alike, owners, taken):
    """Return one of some equal marks, preferably one without an owner, or None."""
    free = (each for each in alike if not owners[each] and each not in taken)
    return next(free, (alike or [None])[0])


def _are_still_tied(needed, ties):
    """Return whether the marks of a claim are still tied to its content."""
    reached = {needed[0]}
    for mark_id in needed[1:]:
        is_tied = any(mark_id in ties.get(each, ()) for each in reached)
        if mark_id not in reached and not is_tied:
            return False
        reached.add(mark_id)
    return True


def _details_for(mark, changed):
    """Return the details of a claim of which somebody has changed the marks."""
    ends = {point for stretch in mark.fragments for point in stretch}
    for number, (details, anchor, written) in enumerate(changed):
        near = {p for role, *stretch in written if role == CONTENT for p in stretch}
        if anchor == mark.id or (not anchor and ends & near):
            del changed[number]
            return details
    return {}


def _add_tied(marks, ties, owners, places):
    """Add to each claim the marks tied to it that its places lack."""
    waiting = [mark_id for mark_id in marks if owners[mark_id]]
    while waiting:
        head = waiting.pop()
        bundle = owners[head][0]
        for tail in ties.get(head, ()):
            # Of a mark that two claims share nobody can say which of them is meant.
            if owners[tail] and (len(owners[head]) > 1 or bundle in owners[tail]):
                continue
            fresh = [p for p in places(marks[tail]) if p not in bundle.places]
            bundle.places.extend(fresh)
            if not owners[tail]:
                waiting.append(tail)
            owners[tail].append(bundle)


def _places(details):
    written = []
    for place in limited_list(details.get("places"), "places"):
        if not isinstance(place, list) or len(place) != 3 or place[0] not in ROLES:
            raise InvalidValue("Each of “places” must be a role, a start and an end.")
        written.append((place[0], parse_offset(place[1]), parse_offset(place[2])))
    return written
