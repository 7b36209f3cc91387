"""What a verdict lacks before it is reviewed, and a claim before readers see it."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Verdict
from claims.models.choices import ReplyKind, SpanRole
from claims.reading.commonmark import LONGEST, too_long
from claims.text.canonical import visible_text


def missing_for_review(verdict: Verdict) -> dict[str, str]:
    """Return the missing fields of a verdict to be submitted, with messages."""
    missing = {}
    # Readers would see the verdict under whoever is named later.
    if verdict.claim.speaker_id is None:
        missing["speaker"] = _("Name the speaker.")
    if verdict.rating_id is None:
        missing["rating"] = _("Choose a rating.")
    if not visible_text(verdict.summary):
        missing["summary"] = _("Write the summary.")
    if not visible_text(verdict.how_verified):
        missing["how_verified"] = _("Say how it was verified.")
    for name in ("explanation", "how_verified"):
        if len(getattr(verdict, name)) > LONGEST:
            missing[name] = too_long(getattr(verdict, name))
    if not verdict.evidence.exists():
        missing["evidence"] = _("Give at least one piece of evidence.")
    if not _is_reply_settled(verdict):
        missing["not_asked_reason"] = _(
            "Ask the speaker for a reply, or say why that was not done."
        )
    return missing


def _is_reply_settled(verdict: Verdict) -> bool:
    """Return whether the speaker was asked, or needs not to be asked."""
    if not settings.REPLY_NEEDED or visible_text(verdict.not_asked_reason):
        return True
    asked = verdict.reply_requests.filter(kind=ReplyKind.REPLY, struck_by=None)
    # What was published without being asked for this may be corrected without it.
    published = verdict.claim.publications.filter(publisher="")
    return asked.exists() or published.exists()


def missing_for_listing(claim: Claim) -> dict[str, str]:
    """Return the missing fields of a claim to be listed, with messages."""
    missing = {}
    if claim.speaker_id is None:
        missing["speaker"] = _("Name the speaker.")
    elif claim.current_id and claim.current.speaker_id is None:
        missing["speaker"] = _(
            "The published verdict names no speaker: publish its revision first."
        )
    has_words = claim.spans.filter(role=SpanRole.CONTENT).exists()
    # Checked elsewhere, a claim may stand here without printed words.
    if not has_words and not (claim.current_id and claim.current.is_elsewhere):
        missing["quote"] = _("Mark the words in the article.")
    return missing
