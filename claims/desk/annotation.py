"""Annotation: creating claims from marked words, changing claims and their marks.

Everything comes as places in one text *and* the words there; words that are not the
text's words are refused before the database has to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from claims.desk import public_record
from claims.desk.revisions import refuse_outside_revision
from claims.desk.wording import check_words, was_confirmed
from claims.exceptions import ChangedMeanwhile, Incomplete, NotPermitted, Refused
from claims.models import Article, ArticleText, Claim, Span, acting
from claims.models.choices import (
    ClaimStatus,
    Origin,
    PublicChangeKind,
    SpanRole,
    WordingOccasion,
)
from claims.models.constraints import refuse_as
from claims.text.canonical import context, occurrences
from claims.text.visible import visible


class WordsDiffer(Refused):
    """The words sent do not stand at the offsets sent."""

    status = 422


class MarkRefused(Refused):
    """The database refused the claim; the message says why."""


@dataclass(frozen=True)
class Mark:
    """Marked words: role, half-open offsets in code points, and the exact words."""

    role: str
    start: int
    end: int
    exact: str
    ordinal: int = 0


FIELDS = (
    "speaker",
    "printed_role",
    "via",
    "wording",
    "attribution",
    "stated_on",
    "stated_precision",
    "stated_basis",
    "checkability",
)

# The fields that hold several rows.
MANY = ("topics", "other_speakers")


def find_mark(
    text: ArticleText, words: str, *, role: str, occurrence: int = 1, ordinal: int = 0
) -> Mark:
    """Return the mark of the n-th occurrence of words in a text.

    Raises Incomplete, at the field named like the role, when they do not stand there
    that often.
    """
    field = "quote" if role == SpanRole.CONTENT else role
    places = occurrences(text.body, words)
    if not places:
        raise Incomplete(
            {field: _("These words do not stand in the article: “%s”") % words[:80]}
        )
    if not 1 <= occurrence <= len(places):
        raise Incomplete(
            {
                field: _("These words stand in the article %d time(s), not that often.")
                % len(places)
            }
        )
    start, end = places[occurrence - 1]
    return Mark(role, start, end, text.body[start:end], ordinal)


def mark_claim(
    article: Article,
    marks: Iterable[Mark],
    *,
    by,
    text: ArticleText | None = None,
    client_id: UUID | None = None,
    topics=(),
    other_speakers=(),
    status: str = ClaimStatus.DRAFT,
    origin: str = Origin.EDITOR,
    rule: str = "",
    score: float | None = None,
    proposed: dict | None = None,
    words_checked: str | None = None,
    **fields,
) -> tuple[Claim, bool]:
    """Create a claim from marked words; return it and whether it is new.

    The same client_id again returns the claim that is already there. Raises
    WordsDiffer, Incomplete, NotPermitted or ChangedMeanwhile (the text was corrected
    since it was read), and then nothing is stored. `words_checked` asks for a tick
    where the wording departs from the words, None does not.
    """
    if by is not None and not by.has_perm("claims.add_claim"):
        raise NotPermitted(_("You may not add claims."))
    client_id = client_id or uuid4()
    marks = list(marks)
    try:
        with transaction.atomic(), acting(by):
            # One writer at a time in an article: a correction of its text waits too.
            article = Article.objects.select_for_update().get(pk=article.pk)
            known = Claim.objects.filter(client_id=client_id).first()
            if known is not None:
                return known, False
            text = _current_text(article, text)
            _check_words(text, marks)
            wording = fields.pop("wording", "") or default_wording(marks)
            claim = Claim(
                article=article,
                wording=wording,
                client_id=client_id,
                status=status,
                origin=origin,
                rule=rule,
                score=score,
                proposed=proposed,
                created_by=by,
                **fields,
            )
            claim.save(force_insert=True)
            _write_spans(claim, text, marks)
            claim.topics.set(topics)
            claim.other_speakers.set(set(other_speakers) - {claim.speaker})
            _ask(claim, words_checked, by)
    except IntegrityError as error:
        refuse_as(MarkRefused, error)
    claim.refresh_from_db()
    return claim, True


def change_claim(
    claim: Claim,
    *,
    by,
    version: int,
    marks: Iterable[Mark] | None = None,
    roles: Iterable[str] | None = None,
    text: ArticleText | None = None,
    topics=None,
    other_speakers=None,
    words_checked: str | None = None,
    **fields,
) -> Claim:
    """Change a claim's fields, and its marks where given; return the claim.

    `words_checked` is as in mark_claim(). `roles` limits which marks the given ones
    replace; None replaces all. Raises ChangedMeanwhile when somebody else changed it
    since `version` was read, RevisionNeeded where what is published would have to
    change with it, and WordsDiffer, Incomplete or NotPermitted as mark_claim() does.
    """
    if not by.has_perm("claims.change_claim"):
        raise NotPermitted(_("You may not change claims."))
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"no such field of a claim: {', '.join(sorted(unknown))}")
    try:
        with transaction.atomic(), acting(by):
            article = Article.objects.select_for_update().get(pk=claim.article_id)
            claim = Claim.objects.select_for_update().get(pk=claim.pk)
            if claim.version != version:
                raise ChangedMeanwhile(_("Somebody changed this claim first."), claim)
            if marks is not None:
                marks = list(marks)
                roles = set(SpanRole.values if roles is None else roles)
                text = _current_text(article, text)
                _check_marks(text, marks, roles)
            if (
                _fields_differ(claim, fields)
                or _marks_differ(claim, marks, roles, text)
                or _speakers_differ(claim, other_speakers)
            ):
                refuse_outside_revision(claim)
            before = claim.wording, claim.quote
            for name, value in fields.items():
                setattr(claim, name, value)
            claim.version += 1
            claim.save()
            if marks is not None:
                claim.spans.filter(role__in=roles).delete()
                _write_spans(claim, text, marks)
            if topics is not None:
                claim.topics.set(topics)
            _set_other_speakers(claim, other_speakers)
            _ask(claim, words_checked, by, before)
            public_record.write([claim.pk], PublicChangeKind.EDITED)
    except IntegrityError as error:
        refuse_as(MarkRefused, error)
    claim.refresh_from_db()
    return claim


def _ask(claim, words_checked, by, before=None):
    """Refuse wording and words that are new together and differ, without a tick."""
    if words_checked is None:
        return
    # The database makes the quote of the marks.
    claim.refresh_from_db(fields=["quote"])
    is_new = (claim.wording, claim.quote) != before
    if is_new and not was_confirmed(claim, by=by):
        check_words(claim, words_checked, by=by, occasion=WordingOccasion.EDITED)


def _fields_differ(claim, fields):
    return any(getattr(claim, name) != fields[name] for name in fields)


def _marks_differ(claim, marks, roles, text):
    if marks is None:
        return False
    stored = claim.spans.filter(role__in=roles)
    return {(text.pk, m.role, m.ordinal, m.start, m.end) for m in marks} != set(
        stored.values_list("text", "role", "ordinal", "start", "end")
    )


def _speakers_differ(claim, speakers):
    if speakers is None:
        return False
    return set(speakers) - {claim.speaker} != set(claim.other_speakers.all())


def _set_other_speakers(claim, speakers):
    """Store who made a statement together with its speaker, who is none of them."""
    if speakers is not None:
        claim.other_speakers.set(set(speakers) - {claim.speaker})
    elif claim.speaker:
        claim.other_speakers.remove(claim.speaker)


def _check_marks(text, marks, roles):
    if {mark.role for mark in marks} - roles:
        raise TypeError("marks of a role that is not to be replaced")
    _check_words(text, marks, needs_content=SpanRole.CONTENT in roles)


def _current_text(article, seen):
    current = article.current_text
    if current is None:
        raise Incomplete({"article": _("The article has no text yet.")})
    if seen is not None and seen.pk != current.pk:
        raise ChangedMeanwhile(
            _("The article's text was corrected meanwhile."), current=current
        )
    return current


def _check_words(text, marks, *, needs_content=True):
    if needs_content and not any(mark.role == SpanRole.CONTENT for mark in marks):
        raise Incomplete({"quote": _("Mark the words of the claim.")})
    for mark in marks:
        if not 0 <= mark.start < mark.end <= len(text.body):
            raise WordsDiffer(_("That place lies outside the article."))
        printed = text.body[mark.start : mark.end]
        if printed != mark.exact:
            raise WordsDiffer(
                _("The article says “%(printed)s” there, not “%(sent)s”.")
                % {"printed": printed[:80], "sent": mark.exact[:80]}
            )


def _write_spans(claim, text, marks):
    for mark in marks:
        prefix, suffix = context(text.body, mark.start, mark.end)
        Span.objects.create(
            claim=claim,
            role=mark.role,
            ordinal=mark.ordinal,
            text=text,
            start=mark.start,
            end=mark.end,
            exact=mark.exact,
            prefix=prefix,
            suffix=suffix,
        )


def default_wording(marks) -> str:
    """Return a wording made of the marked words, for the editor to complete."""
    words = " ".join(m.exact for m in marks if m.role == SpanRole.CONTENT)
    words = " ".join(visible(words).split())
    return words if len(words) <= 500 else words[:499] + "…"
