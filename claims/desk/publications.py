"""Publications: the statement and the verdict that readers see, frozen on their day."""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import UTC, date

from django.db.models import F, Max, Q
from django.utils import timezone

from claims.models import (
    Claim,
    Evidence,
    Outcome,
    PublishedVerdict,
    ReplyRequest,
    Speaker,
    Verdict,
)
from claims.models.choices import (
    NOT_IN_FORCE,
    AskedBy,
    PublicationKind,
    ReplyState,
    SpanRole,
)
from claims.reading.commonmark import Picture, render


def build_publication(
    verdict: Verdict, *, approver, override_reason: str = "", at=None
) -> PublishedVerdict:
    """Return an unsaved PublishedVerdict of the verdict as it is now."""
    claim, rating = verdict.claim, verdict.rating
    rows = list(verdict.evidence.select_related("file"))
    pictures = pictures_of(rows)
    return PublishedVerdict(
        claim=claim,
        number=next_number(claim),
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
        **statement_of(claim),
        summary=verdict.summary,
        explanation=verdict.explanation,
        explanation_html=render(verdict.explanation, pictures),
        how_verified=verdict.how_verified,
        how_verified_html=render(verdict.how_verified, pictures),
        as_of=verdict.as_of,
        evidence=[evidence_snapshot(row) for row in rows],
        replies=[
            reply_snapshot(row, (at or timezone.now()).astimezone(UTC).date())
            for row in verdict.reply_requests.filter(struck_by=None)
        ],
        not_asked_reason=verdict.not_asked_reason,
        outcomes=[outcome_snapshot(row) for row in verdict.outcomes.all()],
        author=verdict.author,
        author_name=display_name(verdict.author),
        approver=approver,
        approver_name=display_name(approver),
        note=verdict.correction_note,
        note_html=render(verdict.correction_note, pictures),
        asked_by=verdict.correction_asked_by,
        override_reason=override_reason,
        published_at=at,
    )


def removal_of(
    claim: Claim,
    kind: str,
    *,
    author,
    approver,
    note: str,
    asked_by: str = AskedBy.DESK,
    override_reason: str = "",
    at=None,
) -> PublishedVerdict:
    """Return the last publication once more as retracted or withdrawn, not yet stored.

    Its author is who asked for that; what readers saw of the statement stays.
    """
    return _again(
        claim.current,
        next_number(claim),
        kind=kind,
        note=note,
        asked_by=asked_by,
        author_id=author.pk,
        author_name=display_name(author),
        approver_id=approver.pk,
        approver_name=display_name(approver),
        override_reason=override_reason,
        published_at=at,
    )


def before_withdrawal(claim: Claim) -> PublishedVerdict | None:
    """Return what was last published on a claim, withdrawals left aside."""
    published = claim.publications.exclude(kind=PublicationKind.WITHDRAWN)
    own = published.exclude(kind=PublicationKind.ARCHIVE).order_by("-number").first()
    return own or published.order_by("-published_at", "-number").first()


def next_number(claim: Claim) -> int:
    """Return the number of a claim's next publication; checks elsewhere count too."""
    return (claim.publications.aggregate(last=Max("number"))["last"] or 0) + 1


def relisting_of(
    claim: Claim, *, approver, note: str, override_reason: str = "", at=None
) -> PublishedVerdict:
    """Return what was published before a withdrawal once more, not yet stored."""
    before = before_withdrawal(claim)
    kind = PublicationKind.RELISTED
    if before.kind in NOT_IN_FORCE:
        kind = before.kind
    return _again(
        before,
        next_number(claim),
        kind=kind,
        note=note,
        asked_by=AskedBy.DESK,
        approver_id=approver.pk,
        approver_name=display_name(approver),
        override_reason=override_reason,
        published_at=at,
    )


def _again(last, number, **changes):
    again = {
        field.attname: getattr(last, field.attname)
        for field in PublishedVerdict._meta.concrete_fields
        if field.name not in {"id", "digest", "search"}
    }
    # A former digest is the one of its own row alone.
    again |= {"number": number, "former_digest": ""}
    again["note_html"] = render(changes["note"])
    return PublishedVerdict(**{**again, **changes})


def statement_of(claim: Claim) -> dict:
    """Return what a publication keeps of a claim's statement, besides its words."""
    article = claim.article
    day = claim.stated_on or article.published_on
    spans = list(claim.spans.order_by("role", "ordinal"))
    content = [span for span in spans if span.role == SpanRole.CONTENT]
    return {
        "speaker_name": claim.speaker.name if claim.speaker else "",
        "speaker": claim.speaker,
        "speaker_kind": claim.speaker.kind if claim.speaker else "",
        "speaker_role": claim.printed_role
        or (claim.speaker and role_on(claim.speaker, day))
        or "",
        "speakers": [
            {
                "id": other.pk,
                "slug": other.slug,
                "name": other.name,
                "kind": other.kind,
                "role": role_on(other, day),
            }
            for other in claim.other_speakers.order_by("name", "pk")
        ],
        "via": claim.via,
        "via_name": claim.via.name if claim.via else "",
        "attribution": claim.attribution,
        "stated_on": claim.stated_on,
        "stated_precision": claim.stated_precision,
        "stated_basis": claim.stated_basis,
        "checkability": claim.checkability,
        "cue": _printed(spans, SpanRole.CUE),
        "speaker_words": _printed(spans, SpanRole.SPEAKER),
        "marks": [
            {
                "role": span.role,
                "ordinal": span.ordinal,
                "text": span.text_id,
                "start": span.start,
                "end": span.end,
                "exact": span.exact,
            }
            for span in spans
        ],
        "text_id": content[0].text_id if content else None,
        "headline": article.headline,
        "outlet_name": article.outlet.name if article.outlet else "",
        "article_url": article.url,
        "article_published_on": article.published_on,
    }


def role_on(speaker: Speaker, day: date) -> str:
    """Return a speaker's office and organisation on a day, as readers see them."""
    role = (
        speaker.roles.filter(
            Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day)
        )
        .order_by(F("since").desc(nulls_last=True), "-pk")
        .first()
    )
    return str(role) if role else ""


def _printed(spans, role):
    return " … ".join(span.exact for span in spans if span.role == role)


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
    """Return a row of evidence as the dict kept in a publication.

    A copy that readers may not see is not in it.
    """
    snapshot = {
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
    if row.file_is_public:
        snapshot["file"] = {
            "name": row.file_name,
            "sha256": row.file.sha256,
            "kind": row.file.kind,
            "size": row.file.size,
            "width": row.file.width,
            "height": row.file.height,
        }
    return snapshot


def pictures_of(
    rows: Iterable[Evidence], address: Callable[[Evidence], str] | None = None
) -> dict[str, Picture]:
    """Return the pictures that a verdict's texts may show, by their name.

    `address` gives where each is seen, the public address if nothing else.
    """
    return {
        row.file_name: Picture(
            address(row) if address else row.file.get_absolute_url(),
            row.file.width,
            row.file.height,
            row.title,
        )
        for row in rows
        if row.file_is_public and row.file.is_picture
    }


def reply_snapshot(row: ReplyRequest, day: date) -> dict:
    """Return a request for reply, answered or not, as a publication of a day keeps it.

    What is taken back or listed again later says the same again, of the same day.
    """
    state = ReplyState.NO_REPLY if row.until < day else ReplyState.AWAITED
    return {
        "id": row.pk,
        "kind": row.kind,
        "person": row.person,
        "role": row.role,
        "channel": row.channel,
        "question": row.question,
        "asked_on": row.asked_on.isoformat(),
        "until": row.until.isoformat(),
        "answer": row.answer,
        "answered_on": row.answered_on and row.answered_on.isoformat(),
        "state": (ReplyState.ANSWERED if row.answer else state).value,
    }


def outcome_snapshot(row: Outcome) -> dict:
    """Return what came of a verdict as the dict kept in a publication."""
    return {
        "kind": row.kind,
        "happened_on": row.happened_on.isoformat(),
        "url": row.url,
        "note": row.note,
    }


def display_name(user) -> str:
    """Return a user's byline: the full name, else the login."""
    return user.get_full_name() or user.get_username()
