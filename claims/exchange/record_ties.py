"""What ties the records of a file: which claims repeat or contradict one another, and
for whom a speaker speaks.

A record names the others by numbers of the desk that wrote it, so that ties are made
once all are in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from claims.desk import relations
from claims.exchange.record_claims import inner, items
from claims.exchange.records import InvalidValue
from claims.models import Claim, Speaker
from claims.models.choices import RelationKind

RELATIONS = {RelationKind.CONTRADICTS, RelationKind.SUPPORTS, RelationKind.PART_OF}

Tie = tuple[str, int, int]  # kind, and the two claims by their numbers elsewhere


class Ties:
    """The ties that the records of one file tell of, until all of them are in."""

    def __init__(self) -> None:
        self._here: dict[int, int] = {}  # claims here by their numbers elsewhere
        self._ties: dict[Tie, None] = {}
        self.spoken_for: dict[int, str] = {}  # slugs, by the keys of added speakers

    def read(self, record: Mapping[str, Any]) -> None:
        """Keep in mind what a record says of other claims; raise InvalidValue."""
        number = record.get("id")
        if isinstance(number, int):
            self._ties |= dict.fromkeys(_ties_of(record, number))

    def find(self, record: Mapping[str, Any], pk: int) -> None:
        """Keep in mind which claim here a record is."""
        if isinstance(record.get("id"), int):
            self._here[record["id"]] = pk

    def tie(self, *, by) -> int:
        """Store the ties between what is here now; return how many claims are tied."""
        tie_speakers(self.spoken_for)
        found = [
            (kind, self._here[one], self._here[other])
            for kind, one, other in self._ties
            if one in self._here and other in self._here
        ]
        claims = Claim.objects.defer("search").in_bulk(
            {pk for _kind, *both in found for pk in both}
        )
        return sum(
            relations.take_in(kind, claims[one], claims[other], by=by)
            for kind, one, other in found
            if one != other
        )


def _ties_of(record: Mapping[str, Any], number: int) -> Iterator[Tie]:
    """Yield the ties of a claim to others, each as it goes; raise InvalidValue."""
    earlier = inner(record, "repeats").get("id")
    if isinstance(earlier, int):
        yield RelationKind.REPEATS, number, earlier
    for row in items(record, "relations"):
        kind, way, other = row.get("kind"), row.get("way"), inner(row, "claim")
        if kind not in RELATIONS or way not in ("to", "from"):
            raise InvalidValue(f"“{kind}”, “{way}” is no relation.", "relations")
        key = other.get("id")
        if isinstance(key, int):
            yield kind, *((number, key) if way == "to" else (key, number))


def tie_speakers(spoken_for: Mapping[int, str]) -> None:
    """Let speakers, by their keys, speak for others, by slug, that are here by now."""
    others = Speaker.objects.by_slug(set(spoken_for.values()))
    for pk, slug in spoken_for.items():
        other = others.get(slug)
        if other is not None and other.pk != pk:
            Speaker.objects.filter(pk=pk).update(speaks_for=other)
