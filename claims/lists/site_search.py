"""Site search over public claims, speakers, articles and verdicts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.db import connections, router
from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.lists.matching import similar_keys
from claims.lists.query import NO_WORD, InvalidQuery
from claims.lists.spelling import meant_search
from claims.models import Article, PublicClaim, PublishedVerdict, Speaker
from claims.models.facets import SPEAKER
from claims.models.fulltext import (
    MOST_CHARACTERS,
    PRESENT,
    WORD,
    ask,
    excerpt,
    matching_words,
    ranked,
)
from claims.models.public import LISTED_CLAIMS

MOST = 8
EXCERPT = 240
# Fewer results than these are little: perhaps a word was mistyped.
LITTLE = 3
# Claims of a speaker with the other words of a search are counted up to so many.
MOST_NARROWER = 100
# What asks for a phrase, for one of several words, or for none of one.
OPERATORS = re.compile(r"\"|(?:^|\s)-\w|\bOR\b")


# Of each speaker named in a search the words beside the name, and how many claims of
# that speaker have them; none where there are no such words or claims.
NARROWER = rf"""
WITH {PRESENT}, named AS MATERIALIZED (
    SELECT asked.*, present.names, regexp_replace(
        nullif(querytree(claim_query(present.names, asked.name)), 'T'),
        '<[-0-9]+>|&', '|', 'g'
    )::tsquery AS wanted
    FROM present, unnest(%(keys)s::bigint[], %(names)s::text[]) WITH ORDINALITY
        asked (speaker, name, place)
), beside AS MATERIALIZED (
    SELECT named.speaker, named.place, rest.words,
           claim_query(named.names, rest.words) AS query
    FROM named, LATERAL (
        SELECT string_agg(typed.term, ' ' ORDER BY typed.place) AS words
        FROM unnest(%(terms)s::text[]) WITH ORDINALITY typed (term, place)
        WHERE NOT EXISTS (
            SELECT FROM unnest(named.names) configuration
            WHERE claim_lexemes(configuration, typed.term) @@ named.wanted)
    ) rest
    WHERE rest.words IS NOT NULL
)
SELECT beside.speaker, beside.words, found.number
FROM beside, LATERAL (
    SELECT count(*) AS number FROM (
        SELECT FROM claims_publicwords
        WHERE state = 'listed' AND vector @@ beside.query
            AND facets @> ARRAY[(%(first)s + beside.speaker)::int]
        LIMIT %(most)s
    ) matching
) found
WHERE found.number > 0 ORDER BY beside.place
"""  # noqa: S608


@dataclass(frozen=True)
class SpeakerSearch:
    """The search narrowed to a speaker named in it, with the remaining words."""

    speaker: Speaker
    words: str
    count: int

    @property
    def query(self) -> str:
        return urlencode({"q": self.words, "speaker": self.speaker.slug})


@dataclass(frozen=True)
class SearchResults:
    """The best matches of each kind, public rows only.

    The claims have all words; those in `alike` are like them and have some. `meant` is
    the search with words of the archive in place of mistyped ones.
    """

    words: str
    claims: list[PublicClaim]
    verdicts: list[PublicClaim]
    speakers: list[Speaker]
    articles: list[Article]
    narrower: list[SpeakerSearch]
    hits: frozenset[str]
    alike: list[PublicClaim] = field(default_factory=list)
    meant: str = ""

    @property
    def is_empty(self) -> bool:
        return not (
            self.claims
            or self.verdicts
            or self.speakers
            or self.articles
            or self.narrower
            or self.alike
        )

    @property
    def query(self) -> str:
        return urlencode({"q": self.words})


def search_everything(asked: QueryDict, *, widely: bool = False) -> SearchResults:
    """Search for the parameter `q`; raise InvalidQuery.

    `widely` where few claims have all words: with claims that are like them, by the
    score of `matching`, and with what may have been meant.
    """
    words = _words(asked)
    if not words:
        return SearchResults("", [], [], [], [], [], frozenset())
    asked_for = ask(words)
    best = ranked(
        PublicClaim.objects.with_words(), asked_for, newest="-words__sort_date"
    )
    keys = list(best.values_list("pk", flat=True)[:MOST])
    like = similar_keys(words) if widely and _is_plain(words, keys) else []
    keys.sort(key=lambda key: like.index(key) if key in like else len(like))
    # The newest first, and only then which of them are in force: joined the other way
    # round, a frequent word would have every claim looked up.
    explained = dict(
        PublishedVerdict.objects.in_force()
        .with_words(words)
        .newest_first()
        .values_list("claim_id", "explanation")[:MOST]
    )
    others = [key for key in like if key not in keys][: MOST - len(keys)]
    claims, alike, verdicts = _in_order(keys, others, explained)
    speakers, articles = _speakers(words), _articles(asked_for)
    if not asked_for and not speakers:
        raise InvalidQuery({"q": str(NO_WORD)})
    marked = matching_words(
        asked_for,
        [*_texts([*claims, *alike], verdicts, speakers, articles), *explained.values()],
    )
    for claim in verdicts:
        claim.excerpt = excerpt(explained[claim.pk], EXCERPT, marked)
    found = SearchResults(
        words,
        claims,
        verdicts,
        speakers,
        articles,
        _speaker_search(words),
        marked,
        alike,
    )
    is_little = len([*claims, *verdicts, *speakers, *articles]) < LITTLE
    if widely and is_little and not found.narrower:
        return replace(found, meant=meant_search(words, known=marked))
    return found


def _speakers(words):
    speakers = Speaker.objects.public().starting(words).with_current_role()
    return list(speakers.only("name", "slug").order_by("name")[:MOST])


def _articles(asked_for):
    articles = Article.objects.public().with_words(asked_for).for_listing()
    return list(articles.order_by("-published_on", "-id")[:MOST])


def _is_plain(words, keys):
    """Return whether claims like the words are wanted besides those that have all."""
    return len(keys) < MOST and not OPERATORS.search(words)


def _in_order(*lists):
    """Return the claims of each list of keys, in its order, with what a list shows."""
    rows = LISTED_CLAIMS.in_bulk({key for keys in lists for key in keys})
    return [[rows[key] for key in keys if key in rows] for keys in lists]


def _words(asked):
    problems = {
        name: str(_("There is no such filter.")) for name in asked if name != "q"
    }
    words = asked.get("q", "").strip()
    if len(asked.getlist("q")) > 1:
        problems["q"] = str(_("Only one value is possible here."))
    elif "\0" in words:
        problems["q"] = str(_("Null characters are not allowed."))
    elif len(words) > MOST_CHARACTERS:
        problems["q"] = str(
            _("At most %(most)s characters can be searched for.")
            % {"most": MOST_CHARACTERS}
        )
    if problems:
        raise InvalidQuery(problems)
    return words


def _speaker_search(words):
    """Return a SpeakerSearch for each of the first speakers that the words name.

    A claim's own words seldom name its speaker, so `Falk bridge` would find little.
    """
    terms = WORD.findall(words)
    if not 2 <= len(terms) <= 8:
        return []
    speakers = (
        Speaker.objects.public()
        .mentioned(terms)
        .only("name", "slug")
        .order_by("name")[:3]
    )
    named = {speaker.pk: speaker for speaker in speakers}
    if not named:
        return []
    values: dict[str, Any] = {
        "keys": list(named),
        "names": [speaker.name for speaker in named.values()],
        "terms": terms,
        "first": SPEAKER,
        "most": MOST_NARROWER,
    }
    with connections[router.db_for_read(PublicClaim)].cursor() as cursor:
        cursor.execute(NARROWER, values)
        return [SpeakerSearch(named[key], *row) for key, *row in cursor.fetchall()]


def _texts(claims, verdicts, speakers, articles):
    for claim in claims:
        yield claim.wording
        yield claim.quote
    for claim in [*claims, *verdicts]:
        if claim.is_in_force:
            yield claim.current.summary
    for claim in verdicts:
        yield claim.wording
    for row in [*speakers, *articles]:
        yield str(row)
