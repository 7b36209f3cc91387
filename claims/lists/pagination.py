"""Keyset pagination with cursors: orders, cursors, pages.

A cursor is written `2026-05-04~123`: the value that the list is sorted by
and the claim's number. A row's number alone would do, but would tell visitors where
a claim stands that they may not see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class InvalidCursor(ValueError):
    """The text is not a cursor of this list."""


@dataclass(frozen=True)
class Order:
    """A sort order that keyset pagination can continue from any row.

    Where the sorting value may be missing, `unknown` names the column that is then
    NULL; those rows come last, whichever way the rest goes. `known` says of the other
    rows that they have it, in words for which an index exists.
    """

    name: str
    label: str | Promise
    field: str
    is_descending: bool
    read: Callable[[str], object]
    unknown: str = ""
    known: Q | None = None

    @property
    def parts(self) -> list[tuple[Q, list[tuple[str, bool]]]]:
        """Return the parts of the list: a Q for the rows, and their sort keys."""
        keys = [(self.field, self.is_descending), ("id", self.is_descending)]
        if not self.unknown:
            return [(Q(), keys)]
        missing = Q(**{f"{self.unknown}__isnull": True})
        return [(self.known or Q(), keys), (missing, [("id", self.is_descending)])]

    @property
    def order_by(self) -> list[str | OrderBy]:
        """Return the arguments of order_by() for the whole list."""
        sign = "-" if self.is_descending else ""
        keys: list[str | OrderBy] = [f"{sign}{self.field}", f"{sign}id"]
        if self.unknown:
            # False sorts before true.
            missing = Q(**{f"{self.unknown}__isnull": True})
            keys.insert(0, ExpressionWrapper(missing, BooleanField()).asc())
        return keys

    def key(self, row) -> str:
        """Return the cursor of a row."""
        value = row
        for step in self.field.split("__"):
            value = value and getattr(value, step)
        if self.unknown and getattr(row, self.unknown) is None:
            value = None
        return f"{_encoded(value)}~{row.pk}"


def _encoded(value):
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return str(value)


def parse_moment(text: str) -> datetime:
    """Parse the datetime in a cursor."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


@dataclass(frozen=True)
class Cursor:
    """A position in a list: after a row, or (backwards) before it."""

    values: tuple
    backwards: bool = False

    @classmethod
    def read(cls, text: str, order: Order, *, backwards=False) -> Cursor:
        """Parse a cursor; raise InvalidCursor.

        >>> from datetime import date
        >>> newest = Order("newest", "Newest", "day", True, date.fromisoformat)
        >>> Cursor.read("2026-05-04~12", newest).values
        (datetime.date(2026, 5, 4), 12)
        """
        key, separator, pk = text.rpartition("~")
        try:
            if not (separator and pk.isascii() and pk.isdecimal() and int(pk) < 2**63):
                raise ValueError
            if "\0" in key or (not key and not order.unknown):
                raise ValueError
            values = (order.read(key), int(pk)) if key else (int(pk),)
        except ValueError:
            raise InvalidCursor(
                _("This is no place in the list. Start from its first page.")
            ) from None
        return cls(values, backwards)


@dataclass(frozen=True)
class Page:
    """The rows of one page, with the cursors of the previous and next page."""

    rows: list
    previous: str
    next: str
    # The same as query strings, for links.
    previous_query: str = ""
    next_query: str = ""


def rows_after(queryset: QuerySet, order: Order, cursor: Cursor | None) -> QuerySet:
    """Return the ordered rows after (or before) the cursor."""
    condition = Q()
    if cursor is not None:
        condition = Q(pk__in=[])
        for rows, keys in parts_beyond(order, cursor):
            condition |= rows & beyond(keys, cursor)
    return queryset.filter(condition).order_by(*order.order_by)


def get_page(
    queryset: QuerySet, order: Order, cursor: Cursor | None, size: int
) -> Page:
    """Return a page of at most `size` rows, by index scans only."""
    backwards = cursor is not None and cursor.backwards
    rows: list[Any] = []
    for condition, keys in parts_beyond(order, cursor):
        if cursor is not None:
            condition &= beyond(keys, cursor)
        sort = [f"{'-' if down != backwards else ''}{name}" for name, down in keys]
        rows += queryset.filter(condition).order_by(*sort)[: size + 1 - len(rows)]
        if len(rows) > size:
            break
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    has_previous = more if backwards else cursor is not None
    has_next = True if backwards else more
    return Page(
        rows,
        order.key(rows[0]) if rows and has_previous else "",
        order.key(rows[-1]) if rows and has_next else "",
    )


def parts_beyond(order, cursor):
    """Return the parts of the list beyond the cursor, nearest first."""
    parts = order.parts
    if cursor is None:
        return parts
    at = 0 if len(cursor.values) == 2 else 1
    return reversed(parts[: at + 1]) if cursor.backwards else parts[at:]


def beyond(keys, cursor) -> Q:
    """Return the Q that a row of this part lies beyond the cursor."""
    if len(keys) != len(cursor.values):
        return Q()  # another part of the list: all of it
    *first, (last, down) = keys
    condition = _past(last, down, cursor, cursor.values[-1])
    for (name, way), value in zip(first, cursor.values, strict=False):
        level = f"{name}__{'lte' if way != cursor.backwards else 'gte'}"
        # The first half lets an index find the place.
        condition = Q(**{level: value}) & (
            _past(name, way, cursor, value) | Q(**{name: value}) & condition
        )
    return condition


def _past(name, is_descending, cursor, value):
    less = is_descending != cursor.backwards
    return Q(**{f"{name}__{'lt' if less else 'gt'}": value})
