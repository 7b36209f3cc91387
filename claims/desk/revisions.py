"""Revisions of what is published: whether a claim needs one, and given up again.

Outside a revision nothing that readers see of a published claim changes; whoever
gives one up finds everything as readers see it.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from claims.desk.publications import role_on
from claims.exceptions import RevisionNeeded
from claims.models import (
    ArticleText,
    Claim,
    Evidence,
    EvidenceFile,
    Outcome,
    PublicWords,
    PublishedVerdict,
    Span,
    Speaker,
    Verdict,
)
from claims.models.choices import NOT_IN_FORCE, Anchor, VerdictStatus
from claims.models.constraints import SENTENCES
from claims.text.canonical import context

STATEMENT = (
    "via_id",
    "attribution",
    "stated_on",
    "stated_precision",
    "stated_basis",
    "checkability",
)
VERDICT = (
    "rating_id",
    "finding",
    "summary",
    "explanation",
    "how_verified",
    "as_of",
    "not_asked_reason",
)


def needs_a_revision(claim: Claim) -> bool:
    """Return whether a claim's statement changes only once a revision is begun."""
    return bool(why_locked(claim))


def why_locked(claim: Claim) -> str:
    """Return why a claim's statement cannot change now; empty where it can."""
    if claim.current_id is None:
        return ""
    return lock_of(claim, Verdict.objects.filter(claim=claim).first())


def lock_of(claim: Claim, working: Verdict | None) -> str:
    """Return why a claim's statement cannot change while its working copy is as given.

    What was published elsewhere has none.
    """
    if claim.current_id is None:
        return ""
    if working is None:
        return str(
            _(
                "This claim comes from a check that was published elsewhere. Begin a "
                "verdict of the desk's own to change it."
            )
        )
    if working.status == VerdictStatus.DRAFT:
        return ""
    in_review = working.status == VerdictStatus.IN_REVIEW
    rule = "claim_is_locked_in_review" if in_review else "claim_changes_in_a_revision"
    return str(SENTENCES[rule][1])


def refuse_outside_revision(claim: Claim) -> None:
    """Raise RevisionNeeded where a claim's statement cannot change now."""
    why = why_locked(claim)
    if why:
        raise RevisionNeeded(why, claim)


def give_up(verdict: Verdict, status: str) -> None:
    """End a revision: claim and verdict say again what was last published.

    `verdict` is locked; `status` is the one that it had then.
    """
    stored = Verdict.objects.get(pk=verdict.pk)
    verdict.status, verdict.version = stored.status, stored.version
    claim, published = verdict.claim, verdict.claim.current
    if restore_statement(claim, published):
        claim.version += 1
        claim.save()
    restore_verdict(verdict, published)
    close_revision(verdict, status)


def close_revision(verdict: Verdict, status: str) -> None:
    """Store a working copy that says again what was published, and who wrote that."""
    verdict.status = status
    verdict.version += 1
    verdict.save()
    # Those who took part in what was given up wrote no part of what stands.
    verdict.contributors.clear()
    published = verdict.claim.publications.exclude(kind__in=NOT_IN_FORCE)
    verdict.author = published.order_by("-number")[0].author
    verdict.version += 1
    verdict.save()


def restore_verdict(verdict: Verdict, published: PublishedVerdict) -> None:
    """Give a working copy the words and evidence of a publication; save is left to
    the caller, together with the state that follows."""
    if verdict.status == VerdictStatus.IN_REVIEW:
        # Nothing changes in review: it goes back to the desk first.
        verdict.status = VerdictStatus.DRAFT
        verdict.version += 1
        verdict.save(update_fields=["status", "version", "updated_at"])
    for name in VERDICT:
        setattr(verdict, name, getattr(published, name))
    verdict.correction_kind = verdict.correction_note = ""
    verdict.correction_asked_by = ""
    restore_evidence(verdict, published)
    verdict.outcomes.all().delete()
    for row in published.outcomes:
        day = date.fromisoformat(row["happened_on"])
        Outcome.objects.create(verdict=verdict, **row | {"happened_on": day})


def restore_statement(claim: Claim, published: PublishedVerdict) -> bool:
    """Give a claim the statement of a publication and return whether that changed it.

    Marks and joint speakers are stored at once, the claim itself by the caller.
    """
    words = PublicWords.objects.filter(pk=claim.pk).first()
    marks = published.marks
    if words is not None and words.text_id:
        # The same words, moved along with a corrected text.
        marks = words.marks
    speaker = _standing(published.speaker or claim.speaker)
    before = _state(claim)
    for name in STATEMENT:
        setattr(claim, name, getattr(published, name))
    claim.wording = published.claim_reviewed
    claim.speaker = speaker
    day = claim.stated_on or claim.article.published_on
    is_by_date = speaker and role_on(speaker, day) == published.speaker_role
    claim.printed_role = "" if is_by_date else published.speaker_role
    if marks and _marks(marks) != _marks(claim.spans.values(*MARK)):
        claim.spans.all().delete()
        _write_spans(claim, marks)
        # The database has made it of the marks.
        claim.refresh_from_db(fields=["quote"])
    joint = Speaker.objects.filter(pk__in=[row["id"] for row in published.speakers])
    others = {_standing(one) for one in joint} - {speaker}
    if others != set(claim.other_speakers.all()):
        claim.other_speakers.set(others)
    return _state(claim) != before


def restore_evidence(verdict: Verdict, published: PublishedVerdict) -> None:
    """Give a draft the evidence of a publication.

    Copies that only the desk sees stay with what they are copies of.
    """
    private = {
        (row.url, row.title): (row.file_id, row.file_name)
        for row in verdict.evidence.all()
        if row.file_id and not row.file_is_public
    }
    verdict.evidence.all().delete()
    days = ("published_on", "accessed_on")
    for order, row in enumerate(published.evidence):
        values = {**row, **{day: _day(row[day]) for day in days}}
        copy = values.pop("file", None)
        if copy:
            values["file"] = EvidenceFile.objects.get(sha256=copy["sha256"])
            values |= {"file_name": copy["name"], "file_is_public": True}
        elif kept := private.pop((row["url"], row["title"]), None):
            values["file_id"], values["file_name"] = kept
        Evidence.objects.create(verdict=verdict, order=order, **values)


def _day(stamp):
    return date.fromisoformat(stamp) if stamp else None


def _state(claim):
    names = (*STATEMENT, "wording", "quote", "speaker_id", "printed_role")
    return [getattr(claim, name) for name in names]


MARK = ("role", "ordinal", "text", "start", "end")


def _marks(rows):
    return {tuple(row[name] for name in MARK) for row in rows}


def _standing(speaker):
    """Return the speaker that a merged one is by now."""
    return speaker and (speaker.merged_into or speaker)


def _write_spans(claim, marks):
    texts = ArticleText.objects.in_bulk({mark["text"] for mark in marks})
    for mark in marks:
        text = texts[mark["text"]]
        is_behind = text.pk != claim.article.current_text_id
        prefix, suffix = context(text.body, mark["start"], mark["end"])
        Span.objects.create(
            claim=claim,
            role=mark["role"],
            ordinal=mark["ordinal"],
            text=text,
            start=mark["start"],
            end=mark["end"],
            exact=mark["exact"],
            prefix=prefix,
            suffix=suffix,
            anchor=Anchor.REVIEW if is_behind else Anchor.EXACT,
        )
