"""Autocomplete for readers: speakers, topics and outlets by the start of a name."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.models import Outlet, Speaker, Topic
from claims.models.fulltext import WORD

MOST = 8


@dataclass(frozen=True)
class Suggestion:
    """One suggestion: kind, name, slug, URL and a note."""

    kind: str
    name: str
    value: str
    url: str
    note: str = ""


def speakers_starting(words: str, most: int = MOST) -> list[Speaker]:
    """Return public speakers with a name or alias that begins like the words.

    First those whose name itself does, which an index gives in their order; of others,
    with such words behind their first, there may be thousands.
    """
    if not WORD.search(words):
        return []
    rows = Speaker.objects.public().with_current_role().only("name", "slug", "kind")
    first = list(rows.beginning(words)[:most])
    if len(first) < most:
        others = rows.starting(words).exclude(pk__in=[row.pk for row in first])
        first += others.order_by("name", "id")[: most - len(first)]
    return first


def speaker_named(words: str) -> Speaker | None:
    """Return the only public speaker with exactly this name or alias, or None."""
    return Speaker.objects.public().one_named(words)


def suggestions(words: str) -> list[Suggestion]:
    """Return public speakers, topics and outlets whose name starts like the words."""
    words = words.strip()
    if not words:
        return []
    found = [
        Suggestion(
            "speaker",
            row.name,
            row.slug,
            row.get_absolute_url(),
            row.current_role,  # type: ignore[attr-defined]
        )
        for row in speakers_starting(words)
    ]
    for kind, note, public in [
        ("topic", _("Topic"), Topic.objects.public()),
        ("outlet", _("Outlet"), Outlet.objects.public()),
    ]:
        rows = public.filter(name__istartswith=words).order_by("name")
        found += [
            Suggestion(kind, row.name, row.slug, row.get_absolute_url(), note)
            for row in rows[: MOST // 2]
        ]
    return found
