"""Names typed at the desk: autocomplete of speakers, outlets, topics; new speakers."""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction
from django.db.models import Case, Func, Q, QuerySet, TextField, Value, When
from django.utils.translation import gettext_lazy as _

from claims.exceptions import Incomplete, NotPermitted, Refused
from claims.models import (
    Outlet,
    PublishedVerdict,
    Speaker,
    SpeakerAlias,
    Topic,
    acting,
)
from claims.models.choices import SpeakerKind
from claims.models.constraints import refuse_as
from claims.models.fields import unique_slug
from claims.models.fulltext import FOLD, fold

MOST = 8


class NameRefused(Refused):
    """The database refused the name; the message says why."""


def matching_speakers(typed: str, most: int = MOST) -> list[Speaker]:
    """Return speakers whose name or alias contains the letters typed, best match first.

    Each has `matched`: the alias that was found, where it was not the name.
    """
    typed = typed.strip()
    if not typed:
        return []
    folded = fold(typed)
    found = (
        Speaker.objects.unmerged()
        .containing(typed)
        .with_current_role()
        .annotate(
            nearness=_nearness(folded),
            has_own_name=Q(folded__contains=folded),
        )
        .order_by("nearness", "name", "pk")[:most]
    )
    speakers = list(found)
    aliases = SpeakerAlias.objects.filter(folded__contains=folded, speaker__in=speakers)
    names = {}
    for alias in aliases.order_by("name"):
        names.setdefault(alias.speaker_id, alias.name)
    for speaker in speakers:
        speaker.matched = "" if speaker.has_own_name else names.get(speaker.pk, "")
    return speakers


def speaker_named(name: str) -> Speaker | None:
    """Return the only speaker with exactly this name or alias, or None."""
    return Speaker.objects.unmerged().with_current_role().one_named(name)


def readers_know(speaker: Speaker) -> bool:
    """Return whether readers have seen a speaker, or a publication names it."""
    named = PublishedVerdict.objects.filter(speakers__contains=[{"id": speaker.pk}])
    return speaker.was_public or named.exists()


def get_or_add_speaker(
    name: str, *, by, kind: str = SpeakerKind.PERSON, another: bool = False
) -> tuple[Speaker, bool]:
    """Return the speaker of a name, created if there is none, and whether it is new.

    `another` makes a second one of the same name.
    """
    if not by.has_perm("claims.add_speaker"):
        raise NotPermitted(_("You may not add speakers."))
    name = " ".join(name.split())
    if not name:
        raise Incomplete({"name": _("Type the speaker's name.")})
    if len(name) > 200:
        raise Incomplete({"name": _("A name has at most 200 characters.")})
    if kind not in SpeakerKind.values:
        raise Incomplete({"kind": _("There is no such kind of speaker.")})
    try:
        with transaction.atomic(), acting(by):
            # Two people who add one name at once make one speaker.
            _wait_for_name(name)
            rows = Speaker.objects.with_current_role().filter(folded=fold(name))
            known = rows.unmerged().order_by("pk").first()
            if known is not None and not another:
                return known, False
            slug = unique_slug(Speaker, name)
            key = Speaker.objects.create(name=name, kind=kind, slug=slug).pk
    except IntegrityError as error:
        refuse_as(NameRefused, error)
    return Speaker.objects.with_current_role().get(pk=key), True


def matching_outlets(typed: str, most: int = MOST) -> QuerySet[Outlet]:
    """Return outlets whose name contains the letters typed."""
    return Outlet.objects.filter(name__icontains=typed.strip()).order_by("name")[:most]


def matching_topics(typed: str, most: int = MOST) -> QuerySet[Topic]:
    """Return topics whose name contains the letters typed."""
    return Topic.objects.filter(name__icontains=typed.strip()).order_by("name")[:most]


def _nearness(folded):
    """Return a sort key: 0 if the name begins so, 1 if a word does, else 2."""
    aliases = SpeakerAlias.objects.filter(folded__startswith=folded)
    begins = aliases.values("speaker_id")
    space = Func(Value(" "), folded, function="concat", output_field=TextField())
    return Case(
        When(Q(folded=folded), then=Value(-1)),
        When(Q(folded__startswith=folded) | Q(pk__in=begins), then=Value(0)),
        When(folded__contains=space, then=Value(1)),
        default=Value(2),
    )


def _wait_for_name(name):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pg_advisory_xact_lock(hashtext('speaker ' || {FOLD}(%s)))",
            [name],
        )
