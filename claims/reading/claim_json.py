"""The JSON of one claim: every field of /claims/<id>.json, in its order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

from claims.models import PublicClaim
from claims.models.choices import SpanRole
from claims.reading.claims import ClaimDossier


def claim_json(dossier: ClaimDossier, *, at: Callable[[str], str]) -> dict[str, Any]:
    """Return a claim with its verdict in force and its versions, by key.

    `at` turns a path of this site into an absolute address.
    """
    claim, article = dossier.claim, dossier.claim.article
    return {
        "id": claim.pk,
        "url": at(claim.get_absolute_url()),
        "claim": claim.wording,
        "quote": claim.quote,
        "attribution": claim.attribution,
        "checkability": claim.checkability,
        "stated_on": claim.stated_on,
        "stated_precision": claim.stated_precision,
        "stated_basis": claim.stated_basis,
        "topics": [topic.slug for topic in dossier.topics],
        "speaker": _speaker_json(
            claim.speaker_name,
            claim.speaker.slug,
            claim.speaker_kind,
            claim.speaker_role,
            at,
        ),
        "other_speakers": [
            _speaker_json(
                other["name"], other["slug"], other["kind"], other["role"], at
            )
            for other in claim.speakers
        ],
        "via": claim.via_name or None,
        "article": {
            "id": article.pk,
            "headline": claim.headline,
            "outlet": claim.outlet_name or None,
            "published_on": claim.article_published_on,
            "language": article.language,
            "printed_at": claim.article_url,
            "url": at(article.get_absolute_url()),
        },
        # Unicode code points of the article's text, half-open.
        "spans": [
            {"part": mark.part, "start": mark.start, "end": mark.end}
            for mark in dossier.marks
            if mark.role == SpanRole.CONTENT
        ],
        "repeats": [
            at(other.get_absolute_url())
            for other in dossier.retellings
            if other.pk != claim.pk
        ],
        "review": dossier.verdict and _verdict_json(dossier.verdict),
        "versions": [_version_json(version, at) for version in dossier.versions],
        "licence": settings.FACTCHECK["DATA_LICENCE_URL"],
    }


def withdrawal_json(claim: PublicClaim, *, at: Callable[[str], str]) -> dict[str, Any]:
    """Return what stays for programs of a withdrawn claim: why and when."""
    return {
        "id": claim.pk,
        "url": at(claim.get_absolute_url()),
        "state": claim.state,
        "withdrawn_at": claim.withdrawn_at,
        "reason": claim.words.withdrawal_reason,
    }


def _speaker_json(name, slug, kind, role, at):
    return {
        "name": name,
        "slug": slug,
        "kind": kind,
        "role": role or None,
        "url": at(reverse("claims:speaker", args=[slug])),
    }


def _version_json(version, at):
    return {
        "number": version.number,
        "kind": version.kind,
        "rating": version.rating_slug,
        "published_at": version.published_at,
        "published_elsewhere_by": version.publisher or None,
        "note": version.note,
        "url": at(version.get_absolute_url()),
    }


def _verdict_json(verdict):
    return {
        "number": verdict.number,
        "kind": verdict.kind,
        "is_retracted": verdict.is_retraction,
        "rating": verdict.rating_slug,
        "rating_label": verdict.rating_label,
        "rating_value": verdict.rating_value,
        "rating_bucket": verdict.rating_bucket,
        "rating_definition": verdict.rating_definition,
        "finding": verdict.finding,
        "claim_reviewed": verdict.claim_reviewed,
        "summary": verdict.summary,
        "explanation": verdict.explanation,
        "how_verified": verdict.how_verified,
        "as_of": verdict.as_of,
        "evidence": verdict.evidence,
        "author": verdict.author_name,
        "approver": verdict.approver_name,
        "override_reason": verdict.override_reason,
        "published_at": verdict.published_at,
        "note": verdict.note,
        "digest": verdict.digest,
        "published_elsewhere": _elsewhere_json(verdict),
    }


def _elsewhere_json(verdict):
    """Return who published a check elsewhere, and where; None of the desk's own."""
    if not verdict.is_elsewhere:
        return None
    return {
        "publisher": verdict.publisher,
        "url": verdict.review_url,
        "title": verdict.review_title or None,
        "kind": verdict.source_kind or None,
        "published_precision": verdict.published_precision or None,
    }
