"""Whether a claim's wording says what its printed words say: the question, the tick.

Where numbers, names or negations of both differ, a person confirms exactly these two
texts; what is edited, listed, submitted or published without that tick is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from claims.desk.publications import role_on
from claims.exceptions import Incomplete
from claims.models import Claim, WordingCheck
from claims.models.choices import SpanRole, WordingOccasion
from claims.text.canonical import Place
from claims.text.compared import Piece, in_pieces
from claims.text.language import detect_language
from claims.text.meaning import Difference, Known, departures
from claims.text.segments import sentences_with


@dataclass(frozen=True)
class WordsQuestion:
    """A wording and printed words that differ in meaning, and where."""

    wording: str
    quote: str
    differences: tuple[Difference, ...]

    @property
    def digest(self) -> str:
        """The digest of exactly these two texts, which a tick sends along."""
        return words_digest(self.wording, self.quote)

    @property
    def wording_pieces(self) -> list[Piece]:
        return in_pieces(
            self.wording, [(each.one, each.kind) for each in self.differences]
        )

    @property
    def quote_pieces(self) -> list[Piece]:
        return in_pieces(
            self.quote, [(each.other, each.kind) for each in self.differences]
        )


class WordsUnchecked(Incomplete):
    """Wording and words differ, and nobody has confirmed these; `question` has both."""

    status = 422

    def __init__(self, question: WordsQuestion):
        self.question = question
        super().__init__(
            {
                "words_checked": _(
                    "The wording says something else than the printed words. Change "
                    "it, or confirm that it is right."
                )
            }
        )


def words_digest(wording: str, quote: str) -> str:
    """Return the digest that binds a tick to a wording and printed words."""
    return hashlib.sha256(json.dumps([wording, quote]).encode()).hexdigest()[:32]


def words_question(claim: Claim, *, quote: str | None = None) -> WordsQuestion | None:
    """Return what differs between a claim's wording and its words, None for nothing.

    `quote` are other words than the stored ones, such as a corrected text's.
    """
    quote = claim.quote if quote is None else quote
    if not quote or claim.wording == quote:
        return None
    found = departures(
        claim.wording,
        quote,
        claim.article.language,
        _known(claim),
        # The desk may word in its own language what was printed in another one.
        wording_language=detect_language(claim.wording),
    )
    return WordsQuestion(claim.wording, quote, found) if found else None


def check_words(claim: Claim, ticked: str, *, by, occasion: WordingOccasion) -> None:
    """Store that somebody confirmed a wording; raise WordsUnchecked without a tick.

    Nothing happens where both say the same. `ticked` is the digest of the texts that
    the person saw: a tick for others does not count.
    """
    question = words_question(claim)
    if question is None:
        return
    if ticked != question.digest:
        raise WordsUnchecked(question)
    WordingCheck.objects.create(
        claim=claim,
        occasion=occasion,
        wording=question.wording,
        quote=question.quote,
        digest=question.digest,
        by=by,
    )


def check_listed_words(claim: Claim, ticked: str, *, by) -> None:
    """Ask as check_words() does, unless somebody confirmed these two texts before.

    An import, a suggestion or a corrected text can have put them side by side unasked.
    """
    if not has_been_confirmed(claim):
        check_words(claim, ticked, by=by, occasion=WordingOccasion.EDITED)


def has_been_confirmed(claim: Claim) -> bool:
    """Return whether somebody, at whatever occasion, confirmed exactly these texts."""
    digest = words_digest(claim.wording, claim.quote)
    return claim.wording_checks.filter(digest=digest).exists()


def was_confirmed(claim: Claim, *, by) -> bool:
    """Return whether the same person confirmed exactly these two texts in editing.

    What was undone is done again without asking anew; submitting and approving ask.
    """
    return claim.wording_checks.filter(
        digest=words_digest(claim.wording, claim.quote),
        by=by,
        occasion=WordingOccasion.EDITED,
    ).exists()


def _known(claim: Claim) -> Known:
    """Return what a claim's wording may say without standing in its words."""
    article = claim.article
    spans = list(claim.spans.select_related("text"))
    body = article.current_text.body if article.current_text else ""
    content = [span for span in spans if span.role == SpanRole.CONTENT]
    places: dict[str, list[Place]] = {}
    for span in content:
        places.setdefault(span.text.body, []).append((span.start, span.end))
    sentences = [
        text[start:end]
        for text, marked in places.items()
        for start, end in sentences_with(text, marked)
    ]
    days = (claim.stated_on, article.published_on)
    return Known(
        frozenset(filter(None, _names(claim, spans))),
        f"{body}\n{article.headline}",
        "\n".join(sentences),
        " ".join(span.exact for span in spans if span.role == SpanRole.CUE),
        frozenset(day.year + near for day in days if day for near in (-1, 0, 1)),
    )


def _names(claim: Claim, spans) -> Iterable[str]:
    """Yield the names of who says or relays a claim, and their offices."""
    speakers = [claim.speaker] if claim.speaker else []
    day = claim.stated_on or claim.article.published_on
    for speaker in [*speakers, *claim.other_speakers.all()]:
        yield speaker.name
        yield role_on(speaker, day)
        yield from speaker.aliases.values_list("name", flat=True)
    yield claim.printed_role
    yield claim.via.name if claim.via else ""
    yield claim.article.outlet.name if claim.article.outlet else ""
    for span in spans:
        if span.role == SpanRole.SPEAKER:
            yield span.exact
