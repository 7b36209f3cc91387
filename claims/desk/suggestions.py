"""Suggested claims: extraction stored as suggestions.

`claims.attribution` reads the text and knows nothing of the desk; this module gives
it the desk's speakers and stores what it finds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Q

from claims.attribution import SpeakerIndex, StoredSpeaker, propose
from claims.desk.annotation import Mark, mark_claim
from claims.desk.languages import rules_language
from claims.desk.suggestion_weights import Weights
from claims.models import Article, Claim, Outlet, Span, Speaker
from claims.models.choices import ClaimStatus, DatePrecision, Origin, SpanRole

NAMESPACE = UUID("5a0c1c6e-6a8f-4d0e-9a53-0c1b5f3f9a41")
MOST = 500  # characters of a wording
SAME = 0.5  # two stretches that share half of their words are one claim


@dataclass(frozen=True)
class Suggested:
    """The result for one article: new suggestions, and the number known already.

    `left_out` are what rules found that are too seldom right on this desk.
    """

    new: list[Claim]
    known: int
    left_out: int = 0

    @property
    def ready(self) -> int:
        """How many of the new ones leave nothing open."""
        return sum(not claim.proposed["doubts"] for claim in self.new)


def desk_speakers() -> SpeakerIndex:
    """Return a directory of all speakers and aliases, for many look-ups."""
    rows = (
        Speaker.objects.unmerged()
        .annotate(other_names=ArrayAgg("aliases__name", filter=~Q(aliases__name=None)))
        .values_list("pk", "name", "other_names", "kind")
    )
    return SpeakerIndex(
        StoredSpeaker(key, name, tuple(names or ()), kind)
        for key, name, names, kind in rows.iterator()
    )


def suggest_claims(
    article: Article,
    *,
    by=None,
    speakers: SpeakerIndex | None = None,
    weights: Weights | None = None,
) -> Suggested:
    """Extract attributed claims from an article's text and store them as suggestions.

    What is there already, in whatever state, is left alone: a second run adds
    nothing, and what was rejected stays rejected.
    """
    text = article.current_text
    if text is None:
        return Suggested([], 0)
    if speakers is None:
        speakers = desk_speakers()
    if weights is None:
        weights = Weights.of_desk()
    proposals = propose(text.body, article.published_on, speakers, article.language)
    outlets = {outlet.name.casefold(): outlet for outlet in Outlet.objects.all()}
    new, known, left_out = [], 0, 0
    with transaction.atomic():
        # Two runs at once: the second one waits, and then sees the first one's.
        Article.objects.select_for_update().get(pk=article.pk)
        places, quotes = _marked_already(article, text)
        for proposal in proposals:
            spans = proposal.attribution.content
            quote = " [...] ".join(span.of(text.body) for span in spans)
            if quote in quotes or any(_share(spans, there) >= SAME for there in places):
                known += 1
                continue
            via = outlets.get((proposal.via_name or "").casefold())
            record = _record(article, text, proposal, quote, via)
            found = proposal.attribution
            score = weights.weigh(found.rule[:60], found.score, record)
            if score is None:
                left_out += 1
                continue
            new.append(_store(article, text, proposal, record, via, score, by))
            places.append([(span.start, span.end) for span in spans])
            quotes.add(quote)
    return Suggested(new, known, left_out)


def was_suggested(article: Article) -> bool:
    """Return whether any claim of an article was once suggested."""
    return article.claims.filter(origin=Origin.RULES).exists()


def _marked_already(article, text) -> tuple[list[list[tuple[int, int]]], set[str]]:
    """Return the content spans of each claim on this text, and all quotes."""
    places: dict[int, list[tuple[int, int]]] = {}
    spans = Span.objects.filter(claim__article=article, role=SpanRole.CONTENT)
    for claim, number, start, end in spans.values_list(
        "claim_id", "text_id", "start", "end"
    ):
        if number == text.pk:
            places.setdefault(claim, []).append((start, end))
    quotes = set(article.claims.values_list("quote", flat=True))
    return list(places.values()), quotes


def _share(spans, there: Iterable[tuple[int, int]]) -> float:
    """Return the overlap of two sets of spans, 0 to 1."""
    here = [(span.start, span.end) for span in spans]
    common = sum(
        max(0, min(end, other_end) - max(start, other_start))
        for start, end in here
        for other_start, other_end in there
    )
    both = sum(end - start for start, end in [*here, *there]) - common
    return common / both if both else 0.0


def _record(article, text, proposal, quote, via):
    """Return what is proposed and why, to be kept beside what an editor makes of it."""
    found, stated = proposal.attribution, proposal.stated
    return {
        "language": rules_language(article.language),
        "quote": quote,
        "cue": found.cue.of(text.body) if found.cue else "",
        # A joint statement is nobody's alone: all its speakers, or none.
        "speaker": None if None in proposal.other_keys else proposal.speaker_key,
        "speaker_name": proposal.speaker_name,
        "other_names": proposal.other_names,
        "speaker_kind": proposal.speaker_kind,
        "speaker_reason": proposal.speaker_reason,
        "is_sure": proposal.is_sure,
        "attribution": found.kind,
        "via": via and via.pk,
        "via_name": proposal.via_name,
        "wording": proposal.wording[:MOST],
        "stated_on": stated.day and stated.day.isoformat(),
        "stated_precision": stated.precision if stated.day else DatePrecision.UNKNOWN,
        "checkability": proposal.checkability,
        "open_words": proposal.open_words,
        "open_reason": proposal.open_reason,
        "references": proposal.references,
        "doubts": _doubts(proposal),
    }


def _doubts(proposal):
    """Return what a proposal leaves open: of itself, and as it is stored here."""
    found = dict.fromkeys(proposal.doubts)
    if proposal.other_names and None in (proposal.speaker_key, *proposal.other_keys):
        # It would be accepted as said by some of those who said it together.
        found["speaker"] = None
    if len(proposal.wording) > MOST:
        found["extent"] = None
    return tuple(found)


def _store(article, text, proposal, record, via, score, by):
    found, stated = proposal.attribution, proposal.stated
    claim, _is_new = mark_claim(
        article,
        _marks(text.body, found),
        by=by,
        text=text,
        client_id=uuid5(NAMESPACE, f"{text.pk} {found.content}"),
        status=ClaimStatus.SUGGESTED,
        origin=Origin.RULES,
        rule=found.rule[:60],
        score=score,
        proposed=record,
        speaker_id=record["speaker"],
        other_speakers=proposal.other_keys if record["speaker"] else (),
        via=via,
        wording=record["wording"],
        attribution=found.kind,
        stated_on=stated.day,
        stated_precision=record["stated_precision"],
        stated_basis=stated.basis,
        checkability=proposal.checkability,
    )
    return claim


def _marks(body, found):
    marks = [
        Mark(SpanRole.CONTENT, span.start, span.end, span.of(body), ordinal)
        for ordinal, span in enumerate(found.content)
    ]
    for role, span in ((SpanRole.CUE, found.cue), (SpanRole.SPEAKER, found.speaker)):
        if span is not None:
            marks.append(Mark(role, span.start, span.end, span.of(body)))
    return marks
