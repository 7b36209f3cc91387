"""Autocomplete for readers: speakers, topics and outlets by the start of a name."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from claims.models import Outlet, Speaker, Topic
from claims.models.fulltext import fold

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
    """Return public speakers with a name or alias that begins like the words."""
    rows = Speaker.objects.public().starting(words).with_current_role()
    return list(
        rows.annotate(is_near=Q(folded__startswith=fold(words.strip())))
        .only("name", "slug", "kind")
        .order_by("-is_near", "name", "id")[:most]
    )


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
