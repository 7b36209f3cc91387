"""Site search over public claims, speakers, articles and verdicts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F, TextField, Value
from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.lists.matching import similar_keys
from claims.lists.query import NO_WORD, InvalidQuery
from claims.lists.search_by_name import MOST, SpeakerSearch, search_by_name
from claims.lists.spelling import meant_search
from claims.models import Article, PublicClaim, PublishedVerdict, Speaker
from claims.models.fulltext import (
    MOST_CHARACTERS,
    Asked,
    excerpt,
    matching_words,
    ranked,
)
from claims.models.listed_claims import LISTED_CLAIMS

EXCERPT = 240
# Fewer results than these are little: perhaps a word was mistyped.
LITTLE = 3
# What asks for a phrase, for one of several words, or for none of one.
OPERATORS = re.compile(r"\"|(?:^|\s)-\w|\bOR\b")


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
    named = search_by_name(words)
    asked_for, speakers, articles = named.asked, named.speakers, named.articles
    keys, explained, rows = _with_words(asked_for)
    like = similar_keys(words) if widely and _is_plain(words, keys) else []
    keys.sort(key=lambda key: like.index(key) if key in like else len(like))
    others = [key for key in like if key not in keys][: MOST - len(keys)]
    rows |= LISTED_CLAIMS.in_bulk(others)
    claims, alike, verdicts = (
        [rows[key] for key in chosen if key in rows]
        for chosen in (keys, others, explained)
    )
    if not asked_for and not speakers:
        raise InvalidQuery({"q": str(NO_WORD)})
    texts = list(_texts([*claims, *alike], verdicts, speakers, articles))
    texts += [(settings.LANGUAGE_CODE, told) for told in explained.values()]
    marked = matching_words(asked_for, texts)
    for claim in verdicts:
        claim.excerpt = excerpt(explained[claim.pk], EXCERPT, marked)
    found = SearchResults(
        words,
        claims,
        verdicts,
        speakers,
        articles,
        named.narrower,
        marked,
        alike,
    )
    is_little = len([*claims, *verdicts, *speakers, *articles]) < LITTLE
    if widely and is_little and not found.narrower:
        return replace(found, meant=meant_search(words, known=marked))
    return found


def _with_words(asked: Asked) -> tuple[list[int], dict[int, str], dict]:
    """Return the keys of the best claims with the words, and the newest verdicts.

    Of these by the key of the claim what they explain. With all these claims by their
    keys, as a list shows them.
    """
    best = ranked(PublicClaim.objects.with_words(), asked, newest="-words__sort_date")
    # The newest first, and only then which of them are in force: joined the other way
    # round, a frequent word would have every claim looked up.
    verdicts = PublishedVerdict.objects.in_force().with_words(asked.words)
    verdicts = verdicts.newest_first().annotate(key=F("claim_id"))
    verdicts = verdicts.values_list("key", "explanation")
    best = best.annotate(key=F("pk")).values_list("key", Value(None, TextField()))
    found, rows = LISTED_CLAIMS.found_by(
        best[:MOST].union(verdicts[:MOST], all=True).order_by()
    )
    keys = [key for key, explanation in found if explanation is None]
    return keys, {key: told for key, told in found if told is not None}, rows


def _is_plain(words, keys):
    """Return whether claims like the words are wanted besides those that have all."""
    return len(keys) < MOST and not OPERATORS.search(words)


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


def _texts(claims, verdicts, speakers, articles):
    for claim in claims:
        yield claim.language, claim.wording
        yield claim.language, claim.quote
    for claim in [*claims, *verdicts]:
        if claim.is_in_force:
            yield settings.LANGUAGE_CODE, claim.current.summary
    for claim in verdicts:
        yield claim.language, claim.wording
    for speaker in speakers:
        yield "", speaker.name
    for article in articles:
        yield article.language, article.headline
