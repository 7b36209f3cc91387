"""Claims, texts and speakers as dicts for the annotation desk's JSON."""

from __future__ import annotations

import hashlib

from django.db.models import Prefetch

from claims.admin.revisions import revision_label, revision_url
from claims.desk.doubts import doubts_of, why_unclear
from claims.desk.publications import display_name
from claims.desk.revisions import lock_of
from claims.desk.suggestion_weights import weight_note
from claims.desk.wording import words_question
from claims.models import (
    AnchorCandidate,
    Article,
    ArticleText,
    Change,
    Claim,
    ClaimRelation,
    RemovalRequest,
    Span,
    Speaker,
)
from claims.models.choices import Anchor, ClaimStatus, Origin, RemovalKind, SpanRole


def claims_for_desk(article: Article):
    """Return an article's claims with everything serialized, in few queries."""
    candidates = AnchorCandidate.objects.order_by("-score", "start")
    spans = Span.objects.order_by("role", "ordinal").prefetch_related(
        Prefetch("candidates", candidates)
    )
    speakers = Speaker.objects.with_current_role()
    requests = RemovalRequest.objects.undecided().filter(kind=RemovalKind.WITHDRAW)
    asked = Prefetch(
        "removal_requests", requests.select_related("asked_by"), to_attr="asked"
    )
    repeated = ClaimRelation.objects.repeats().confirmed().select_related("to")
    return (
        Claim.objects.filter(article=article)
        .select_related("via", "rating", "verdict")
        .defer("search")
        .prefetch_related(
            Prefetch("spans", spans),
            Prefetch("speaker", speakers),
            Prefetch("other_speakers", speakers),
            Prefetch("relations", repeated, to_attr="repeated"),
            "topics",
            asked,
        )
        .order_by("pk")
    )


def claims_json(article: Article) -> list[dict]:
    """Return all claims of an article as dicts."""
    text = article.current_text
    return [
        _with_marks(claim, text, article.language) for claim in claims_for_desk(article)
    ]


def desk_claim_json(claim: Claim) -> dict:
    """Return one claim as a dict, read anew from the database."""
    article = Article.objects.select_related("current_text").get(pk=claim.article_id)
    claim = claims_for_desk(article).get(pk=claim.pk)
    return _with_marks(claim, article.current_text, article.language)


def text_json(text: ArticleText) -> dict:
    """Return a text as a dict, with its body."""
    return {"id": text.pk, "number": text.number, "body": text.body}


def etag_of(article: Article, people: list[str]) -> str:
    """Return an ETag that changes with anything serialized of an article's claims."""
    rows = (
        Claim.objects.filter(article=article)
        .order_by("pk")
        .values_list(
            "pk",
            "version",
            "speaker__name",
            "verdict__version",
            "current_id",
            "repeats_id",
        )
    )
    said = repr([article.current_text_id, people, list(rows)])
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def last_editor(claim: Claim) -> str:
    """Return the name of the user who changed a claim last."""
    change = (
        Change.objects.filter(table="claim", row=claim.pk)
        .select_related("actor")
        .first()
    )
    return display_name(change.actor) if change and change.actor else ""


def speaker_json(speaker, matched="", fit="") -> dict:
    return {
        "id": speaker.pk,
        "name": speaker.name,
        "kind": speaker.kind,
        "note": speaker.current_role or speaker.get_kind_display(),
        "matched": matched,
        "fit": fit,
    }


def proposed_speaker(claim: Claim) -> str:
    """Return the speaker's name that the program proposed, while none is chosen.

    None is proposed where several said it together: it is not one person's alone.
    """
    if claim.origin != Origin.RULES or claim.speaker_id or not claim.proposed:
        return ""
    if claim.proposed.get("other_names"):
        return ""
    return claim.proposed.get("speaker_name") or ""


def _with_marks(claim, text, language):
    verdict = getattr(claim, "verdict", None)
    return {
        "id": claim.pk,
        "version": claim.version,
        "client_id": str(claim.client_id),
        "status": claim.status,
        "origin": claim.origin,
        "by": claim.created_by_id,
        "rule": claim.rule,
        "score": claim.score,
        "weighed": weight_note(claim) if claim.status == ClaimStatus.SUGGESTED else "",
        "proposed_speaker": proposed_speaker(claim),
        "doubts": [
            {"label": each.label, "sentence": each.sentence}
            for each in doubts_of(claim, language)
        ],
        "unclear": why_unclear(claim, language),
        "quote": claim.quote,
        "wording": claim.wording,
        "speaker": claim.speaker and speaker_json(claim.speaker),
        "other_speakers": [speaker_json(each) for each in claim.other_speakers.all()],
        "printed_role": claim.printed_role,
        "via": claim.via and {"id": claim.via_id, "name": claim.via.name},
        "attribution": claim.attribution,
        "stated_on": claim.stated_on and claim.stated_on.isoformat(),
        "stated_precision": claim.stated_precision,
        "stated_basis": claim.stated_basis,
        "checkability": claim.checkability,
        "topics": [{"id": t.pk, "name": t.name} for t in claim.topics.all()],
        "verdict": verdict
        and {"status": verdict.status, "label": verdict.get_status_display()},
        "rating": claim.rating
        and {"label": claim.rating.label, "sign": claim.rating.sign},
        "marks": [_mark_json(span, text) for span in claim.spans.all()],
        "published": claim.current_id is not None,
        "revision": revision_json(claim, lock_of(claim, verdict)),
        "words": words_json(_question_in_doubt(claim, text)),
        "asked": next(map(_request_json, claim.asked), None),
        "repeats": next(map(_repeated_json, claim.repeated), None),
    }


def revision_json(claim: Claim, why: str) -> dict | None:
    """Return why a published claim is locked and where its revision begins, or None."""
    if not why:
        return None
    return {"why": why, "url": revision_url(claim), "label": revision_label(claim)}


def words_json(question) -> dict | None:
    """Return how a wording departs from printed words, in pieces, with its digest."""
    if question is None:
        return None
    return {
        "digest": question.digest,
        "wording": [[each.text, each.kind] for each in question.wording_pieces],
        "quote": [[each.text, each.kind] for each in question.quote_pieces],
    }


def _question_in_doubt(claim, text):
    """Return how the wording departs from the words offered in a corrected text."""
    content = [span for span in claim.spans.all() if span.role == SpanRole.CONTENT]
    if all(span.anchor not in {Anchor.REVIEW, Anchor.LOST} for span in content):
        return None
    words = []
    for span in content:
        offered = [each for each in span.candidates.all() if each.text_id == text.pk]
        best = offered[0] if offered else None
        words.append(text.body[best.start : best.end] if best else span.exact)
    return words_question(claim, quote=" [...] ".join(words))


def _request_json(request):
    return {
        "by": request.asked_by_id,
        "name": display_name(request.asked_by),
        "reason": request.reason,
    }


def _repeated_json(relation):
    return {"id": relation.to_id, "words": [[relation.to.wording, ""]]}


def _mark_json(span, text):
    return {
        "role": span.role,
        "start": span.start,
        "end": span.end,
        "exact": span.exact,
        "anchor": span.anchor,
        "text": span.text_id,
        "settled": span.confirmed_by_id is not None,
        "candidates": [
            {
                "start": each.start,
                "end": each.end,
                "exact": text.body[each.start : each.end],
                "how": each.how,
                "score": each.score,
            }
            for each in span.candidates.all()
            if each.text_id == text.pk
        ],
    }
