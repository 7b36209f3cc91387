"""Looking up the articles, speakers, outlets and topics that a file names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from claims.desk.naming import speaker_named
from claims.exchange.record_claims import inner
from claims.exchange.record_speakers import add_speaker
from claims.exchange.records import ArticleRef, Details, InvalidValue, text_value
from claims.models import Article, Outlet, Speaker, Topic
from claims.models.choices import SpeakerKind
from claims.models.fields import slugify_name, unique_slug

PAGE = re.compile(r"/articles/([0-9]{1,18})(?:-[^/]*)?/?$")


@dataclass(frozen=True)
class KnownArticle:
    """An article here, by what a file can name it."""

    pk: int
    headline: str
    published_on: date
    outlet: str
    sha256: str


class ArticleLookup:
    """Finds the articles of many references in at most three queries."""

    def __init__(self, refs: Iterable[ArticleRef]):
        refs = set(refs)
        self._named = self._by(
            Article.objects.filter(
                published_on__in={day for ref in refs if (day := _day(ref))},
                headline__in={ref.headline for ref in refs},
            ),
            lambda found: (found.headline, found.published_on),
        )
        unnamed = [ref for ref in refs if not self._is_named(ref)]
        self._digests = self._by(
            Article.objects.filter(
                current_text__sha256__in={ref.sha256 for ref in unnamed} - {""}
            ),
            lambda found: found.sha256,
        )
        self._numbers = self._by(
            Article.objects.filter(
                pk__in={number for ref in unnamed if (number := _number(ref))}
            ),
            lambda found: found.pk,
        )

    def article_id(self, ref: ArticleRef) -> int:
        """Return the id of the article; raise InvalidValue."""
        found = self._is_named(ref)
        if not found and ref.sha256:
            found = self._digests.get(ref.sha256, [])
        # A number alone says which article; where a headline was given, it does not:
        # on another desk the same number is another article's.
        if not found and not ref.headline:
            found = self._numbers.get(_number(ref), [])
        for is_it in (
            lambda each: each.sha256 == ref.sha256,
            lambda each: each.pk == _number(ref),
        ):
            if len(found) > 1:
                found = [each for each in found if is_it(each)] or found
        if len(found) == 1:
            return found[0].pk
        if found:
            raise InvalidValue(
                f"More than one article here may be meant by “{_name_of(ref)}” "
                f"({', '.join(str(each.pk) for each in found[:5])}): say which one "
                "with --article.",
                "article_headline",
            )
        raise InvalidValue(_what_is_missing(ref), "article_headline")

    def _is_named(self, ref):
        return [
            each
            for each in self._named.get((ref.headline, _day(ref)), [])
            if ref.outlet is None or each.outlet == ref.outlet
        ]

    @staticmethod
    def _by(articles: QuerySet, key: Callable) -> dict:
        rows = articles.exclude(current_text=None).values_list(
            "pk", "headline", "published_on", "outlet__name", "current_text__sha256"
        )
        found = defaultdict(list)
        for pk, headline, day, outlet, sha256 in rows:
            each = KnownArticle(pk, headline, day, outlet or "", sha256)
            found[key(each)].append(each)
        return found


def _what_is_missing(ref: ArticleRef) -> str:
    """Return what to do about a reference that leads to no article here."""
    if ref.headline and not ref.published_on and not (ref.sha256 or _number(ref)):
        return (
            f"The headline “{ref.headline}” alone names no article; give its day too, "
            "as article_published_on, or say which article is meant with --article."
        )
    if name := _name_of(ref):
        return (
            f"There is no article “{name}” here. Take it in first, with "
            "import_articles, or say which one is meant with --article."
        )
    return (
        "The row names no article; give article_headline and article_published_on, "
        "or say with --article which one all rows are from."
    )


def _name_of(ref: ArticleRef) -> str:
    if ref.headline or ref.url:
        return ref.headline or ref.url
    if ref.id:
        return str(ref.id)
    return f"with the text {ref.sha256[:12]}" if ref.sha256 else ""


class NameLookup:
    """Finds the speakers, outlets and topics of many claims; missing ones are added
    where that is wished."""

    def __init__(
        self,
        claims: Iterable[Details],
        *,
        by,
        add_missing: bool,
        spoken_for: dict[int, str],
    ):
        claims = list(claims)
        self.by, self.add_missing, self.spoken_for = by, add_missing, spoken_for
        slugs = {slug for claim in claims for slug in claim.other_speakers}
        slugs |= {claim.speaker for claim in claims}
        speakers = Speaker.objects.by_slug(slugs)
        self._speakers = {(slug, ""): each for slug, each in speakers.items()}
        self._records = {
            record["slug"]: record
            for claim in claims
            for record in claim.speakers
            if isinstance(record.get("slug"), str)
        }
        self._outlets = _named(Outlet, {claim.via for claim in claims})
        self._topics = _named(
            Topic, {topic for claim in claims for topic in claim.topics}
        )

    def speaker(self, claim: Details) -> Speaker | None:
        """Return the speaker of a claim, by slug, else by name; raise InvalidValue."""
        if not claim.speaker and not claim.speaker_name:
            return None
        return self._speaker(claim.speaker, claim.speaker_name, claim.speaker_kind)

    def other_speakers(self, claim: Details) -> list[Speaker]:
        """Return who else made a joint statement; raise InvalidValue."""
        others = (
            self._speaker(slug, "", SpeakerKind.PERSON) for slug in claim.other_speakers
        )
        return list({other.pk: other for other in others}.values())

    def _speaker(self, slug, name, kind):
        key = (slug, "" if slug else name)
        name = name or slug.replace("-", " ")
        if key not in self._speakers:
            speaker = speaker_named(name)
            if speaker is None:
                column = "speaker" if slug else "speaker_name"
                self._may_add("speaker", name, column)
                own = slug if slugify_name(slug) == slug else ""
                own = own or unique_slug(Speaker, name)
                if record := self._records.get(slug):
                    speaker = add_speaker(record, own)
                    if other := text_value(inner(record, "speaks_for"), "slug", 80):
                        self.spoken_for[speaker.pk] = other
                else:
                    speaker = Speaker.objects.create(name=name, slug=own, kind=kind)
            self._speakers[key] = speaker
        return self._speakers[key]

    def outlet(self, claim: Details) -> Outlet | None:
        """Return the outlet that relays a claim; raise InvalidValue."""
        if not claim.via:
            return None
        homepage = claim.via_homepage
        return self._named(
            Outlet, self._outlets, claim.via, claim.by_slug, homepage=homepage
        )

    def topics(self, claim: Details) -> list[Topic]:
        """Return the topics of a claim; raise InvalidValue."""
        topics = (
            self._named(Topic, self._topics, name, claim.by_slug)
            for name in claim.topics
        )
        return list({topic.pk: topic for topic in topics}.values())

    def _named(self, model, known, name, by_slug, **more):
        row = known.get(name) or known.get(_plain(name))
        if row is None:
            column = "topics" if model is Topic else "via"
            self._may_add(model._meta.verbose_name, name, column)
            row = model.objects.create(
                name=_name_of_slug(name) if by_slug else name,
                slug=unique_slug(model, name),
                **more,
            )
            known[_plain(name)] = row
        known[name] = row
        return row

    def _may_add(self, noun, name, column):
        if not self.add_missing:
            raise InvalidValue(
                f"There is no {noun} “{name}” here. Add it at the desk first, or have "
                "it added with --add-missing.",
                column,
            )
        if self.by is not None and not self.by.has_perm(f"claims.add_{noun}"):
            raise InvalidValue(
                f"There is no {noun} “{name}” here, and you may not add it.", column
            )


def roles_on(asked: Sequence[tuple[int | None, date]]) -> list[str]:
    """Return the office of each speaker on a day, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT claims_role_on(speaker, day)"
            " FROM unnest(%s::bigint[], %s::date[]) WITH ORDINALITY"
            " AS asked(speaker, day, at) ORDER BY at",
            [[speaker for speaker, _day in asked], [day for _speaker, day in asked]],
        )
        return [role for (role,) in cursor.fetchall()]


def _named(model, names):
    """Return the rows that these names or slugs mean, by name, slug and plain form."""
    slugs = {slugify_name(name) for name in names} | set(names)
    rows = list(model.objects.filter(Q(name__in=names) | Q(slug__in=slugs)))
    return (
        {_plain(each): row for row in rows for each in (row.slug, row.name)}
        | {row.slug: row for row in rows}
        | {row.name: row for row in rows}
    )


def _plain(name: str) -> str:
    """Return what a name and the slug made of it have in common.

    >>> _plain("Public works") == _plain("public-works"), _plain("C++") == _plain("c")
    (True, False)
    """
    return " ".join(name.casefold().replace("-", " ").split())


def _name_of_slug(name: str) -> str:
    """Return the name of a row that a file gives by name or by slug alone.

    >>> _name_of_slug("public-works"), _name_of_slug("Public works")
    ('Public works', 'Public works')
    """
    if name != slugify_name(name):
        return name
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]


def _day(ref):
    try:
        return date.fromisoformat(ref.published_on) if ref.published_on else None
    except ValueError:
        return None


def _number(ref):
    if ref.id:
        return ref.id
    match = PAGE.search(ref.url)
    return int(match[1]) if match else None
