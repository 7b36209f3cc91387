"""Names typed at the desk: autocomplete of speakers, outlets, topics; new speakers."""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction
from django.db.models import (
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, Least
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
MOST_ALIKE = 3
# Where typed letters stand in a name: it is they, begins with a word of theirs, begins
# so, holds such a word, a word that begins so, or has them inside a word.
FITS = ("exact", "word", "start", "word", "start", "inside")
NOWHERE = len(FITS)
SIGNS = "-‐‑‒–—―−'’ʼ`.,/&()\"“”„«»"
# With a space for each sign in them, and around them.
BLANKS = f"'{SIGNS.replace(chr(39), 2 * chr(39))}', '{' ' * len(SIGNS)}'"
SPACED, ASKED = f"translate({{name}}, {BLANKS})", f"translate({{asked}}, {BLANKS})"
PLACE = f"""CASE
WHEN {{name}} = {{asked}} THEN 0
WHEN starts_with(' ' || {SPACED} || ' ', ' ' || btrim({ASKED}) || ' ') THEN 1
WHEN starts_with({{name}}, {{asked}}) THEN 2
WHEN strpos(' ' || {SPACED} || ' ', ' ' || btrim({ASKED}) || ' ') > 0 THEN 3
WHEN strpos(' ' || {SPACED} || ' ', ' ' || btrim({ASKED})) > 0 THEN 4
WHEN strpos({{name}}, {{asked}}) > 0 THEN 5
ELSE {NOWHERE} END"""


class NameRefused(Refused):
    """The database refused the name; the message says why."""


class LooksAlike(NameRefused):
    """A new name looks like that of a known speaker, so somebody is asked first."""

    def __init__(self, speakers):
        self.speakers = speakers
        said = ", ".join(f"“{each}”" for each in speakers)
        super().__init__(
            _("That looks like %(names)s: take that speaker, or create another.")
            % {"names": said}
        )


class Place(Func):
    """Where folded letters stand in a folded name: the place in FITS, or NOWHERE.

    In plain SQL: Django builds it for each use, which took longer than the search.
    """

    output_field = IntegerField()

    def as_sql(self, compiler, _connection, **_options):
        name, asked = self.get_source_expressions()
        (name, _none), (asked, typed) = compiler.compile(name), compiler.compile(asked)
        sql = PLACE.format(name=name, asked=asked)
        return sql, [*typed] * PLACE.count("{asked}")


def matching_speakers(typed: str, most: int = MOST) -> list[Speaker]:
    """Return speakers whose name or alias contains the letters typed, best match first.

    Each has `fit`: "exact", "word" where they are whole words, "start" where they
    begin one, "inside"; and `matched`: the alias that was found, where it was not the
    name.
    """
    typed = typed.strip()
    if not typed:
        return []
    found = by_nearness(Speaker.objects.unmerged().containing(typed), typed)
    speakers = list(found.with_current_role().order_by("nearness", "name", "pk")[:most])
    for speaker in speakers:
        # What was found by its words in another order has them inside.
        speaker.fit = (*FITS, "inside")[speaker.nearness]
        speaker.matched = (speaker.alias or "") if speaker.own == NOWHERE else ""
    return speakers


def with_words_beginning(speakers, typed: str):
    """Return speakers of whom a word of a name begins with the letters, by nearness."""

    def begins(rows):
        placed = rows.alias(place=Place("folded", fold(typed)))
        return placed.filter(place__lt=FITS.index("inside"))

    return by_nearness(speakers.containing(typed, begins), typed)


def by_nearness(speakers, typed: str):
    """Return speakers with `nearness`: how well the letters typed fit, 0 the best.

    `own` is that of the name, `alias` the alias that fits best.
    """
    aliases = SpeakerAlias.objects.filter(folded__contains=fold(typed)).annotate(
        place=Place("folded", fold(typed))
    )
    best = aliases.filter(speaker=OuterRef("pk")).order_by("place", "name")
    return speakers.annotate(
        own=Place("folded", fold(typed)),
        alias=Subquery(best.values("name")[:1]),
        of_alias=Coalesce(Subquery(best.values("place")[:1]), NOWHERE),
        nearness=Least("own", "of_alias"),
    )


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

    A name that looks like a known one is refused with LooksAlike. `another` makes a
    second one of the same name, or of one that looks so.
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
            alike = Speaker.objects.unmerged().with_current_role().resembling(name)
            if not another and (speakers := list(alike.order_by("pk")[:MOST_ALIKE])):
                raise LooksAlike(speakers)
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


def _wait_for_name(name):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pg_advisory_xact_lock(hashtext('speaker ' || {FOLD}(%s)))",
            [name],
        )
