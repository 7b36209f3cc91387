"""Publications: the snapshot of a verdict that readers see, and its digest."""

import hashlib
import json

from claims.models import Evidence, PublishedVerdict, Verdict
from claims.models.choices import PublicationKind


def build_publication(
    verdict: Verdict, *, approver, override_reason: str = "", at=None
) -> PublishedVerdict:
    """Return an unsaved PublishedVerdict of the verdict as it is now."""
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
        evidence=[evidence_snapshot(row) for row in verdict.evidence.all()],
        author=verdict.author,
        author_name=display_name(verdict.author),
        approver=approver,
        approver_name=display_name(approver),
        note=verdict.correction_note,
        override_reason=override_reason,
        published_at=at,
    )


def build_retraction(
    verdict: Verdict, *, approver, note: str, override_reason: str = "", at=None
) -> PublishedVerdict:
    """Return an unsaved copy of the last PublishedVerdict, marked as retracted."""
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
    """Return a digest of what readers would see, without approver and time."""
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
    """Return the digest of what publishing would show now, "" without a rating."""
    if verdict.rating is None:
        return ""
    return content_digest(build_publication(verdict, approver=verdict.author))


def evidence_snapshot(row: Evidence) -> dict:
    """Return a row of evidence as the dict kept in a publication."""
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
    """Return a user's byline: the full name, else the login."""
    return user.get_full_name() or user.get_username()
