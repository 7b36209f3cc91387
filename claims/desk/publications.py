"""What a publication holds: everything that readers see, frozen on its day."""

import hashlib
import json

from claims.models import Evidence, PublishedVerdict, Verdict
from claims.models.choices import PublicationKind


def publication_of(
    verdict: Verdict, *, approver, override_reason: str = "", at=None
) -> PublishedVerdict:
    """Return everything a reader is going to see, as it is now, not yet stored."""
    claim, rating = verdict.claim, verdict.rating
    last = claim.current.number if claim.current_id else 0
    return PublishedVerdict(
        claim=claim,
        number=last + 1,
        kind=verdict.correction_kind or PublicationKind.FIRST,
        rating=rating,
        rating_label=rating.label,
        rating_slug=rating.slug,
        rating_value=rating.value,
        rating_bucket=rating.bucket,
        rating_definition=rating.definition,
        rating_sign=rating.sign,
        finding=verdict.finding,
        claim_reviewed=claim.wording,
        quote=claim.quote,
        speaker_name=claim.speaker.name if claim.speaker else "",
        summary=verdict.summary,
        explanation=verdict.explanation,
        how_verified=verdict.how_verified,
        as_of=verdict.as_of,
        evidence=[evidence_as_shown(row) for row in verdict.evidence.all()],
        author=verdict.author,
        author_name=display_name(verdict.author),
        approver=approver,
        approver_name=display_name(approver),
        note=verdict.correction_note,
        override_reason=override_reason,
        published_at=at,
    )


def retraction_of(
    verdict: Verdict, *, approver, note: str, override_reason: str = "", at=None
) -> PublishedVerdict:
    """Return the last publication once more, marked as retracted, not yet stored."""
    last = verdict.claim.current
    again = {
        field.attname: getattr(last, field.attname)
        for field in PublishedVerdict._meta.concrete_fields
        if field.name not in {"id", "digest", "search"}
    }
    again.update(
        number=last.number + 1,
        kind=PublicationKind.RETRACTED,
        note=note,
        author_id=verdict.author_id,
        approver_id=approver.pk,
        approver_name=display_name(approver),
        override_reason=override_reason,
        published_at=at,
    )
    return PublishedVerdict(**again)


def content_digest(publication: PublishedVerdict) -> str:
    """Return a digest of what readers would see, but for who approves it and when."""
    row = {
        field.attname: getattr(publication, field.attname)
        for field in PublishedVerdict._meta.concrete_fields
        if field.name not in NOT_IN_CONTENT_DIGEST
    }
    text = json.dumps(row, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


NOT_IN_CONTENT_DIGEST = {
    "id",
    "digest",
    "search",
    "published_at",
    "approver",
    "approver_name",
    "override_reason",
}


def approval_digest(verdict: Verdict) -> str:
    """Return the digest of what publishing would show now; empty without a rating."""
    if verdict.rating is None:
        return ""
    return content_digest(publication_of(verdict, approver=verdict.author))


def evidence_as_shown(row: Evidence) -> dict:
    """Return a piece of evidence as readers see it and as a snapshot keeps it."""
    return {
        "url": row.url,
        "title": row.title,
        "publisher": row.publisher,
        "published_on": row.published_on and row.published_on.isoformat(),
        "accessed_on": row.accessed_on and row.accessed_on.isoformat(),
        "archived_url": row.archived_url,
        "excerpt": row.excerpt,
        "stance": row.stance,
        "is_primary": row.is_primary,
    }


def display_name(user) -> str:
    """Return the name that stands under a verdict: full name, else login."""
    return user.get_full_name() or user.get_username()
