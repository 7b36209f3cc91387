"""Requests for reply: asking, one-time links, answers, and what came of a verdict.

Somebody is asked on a day, through a channel, until a day. Under a link whoever was
asked answers without an account. Nothing is published from here: the next publication
of the verdict takes along what was asked and answered by then.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk.notices import notify
from claims.exceptions import Incomplete, NotPermitted, Refused
from claims.models import (
    Claim,
    Outcome,
    PublishedVerdict,
    ReplyRequest,
    Verdict,
    acting,
)
from claims.models.choices import NoticeKind, VerdictStatus
from claims.models.constraints import refuse_as
from claims.text.canonical import visible_text

# How long after the last day in time a link still takes an answer.
GRACE = timedelta(days=14)
LONGEST_WAIT = timedelta(days=366)


class LinkClosed(Refused):
    """No open link has this token: never made, used, replaced, or over."""

    status = 404


def ask(
    verdict: Verdict,
    *,
    by,
    kind: str,
    person: str,
    channel: str,
    question: str,
    asked_on: date,
    until: date,
    role: str = "",
    client_id: UUID | None = None,
) -> ReplyRequest:
    """Note that somebody was asked, and return the request; sent twice, it is one."""
    _check_right(by)
    missing = {}
    if not visible_text(person):
        missing["person"] = _("Say who was asked.")
    if not visible_text(question):
        missing["question"] = _("Write down what was asked.")
    if asked_on > timezone.localdate():
        missing["asked_on"] = _("That day is still to come.")
    if not asked_on <= until <= asked_on + LONGEST_WAIT:
        missing["until"] = _("A day after the one of asking, within a year.")
    if missing:
        raise Incomplete(missing)
    fields = {"client_id": client_id} if client_id else {}
    try:
        with transaction.atomic(), acting(by):
            Claim.objects.select_for_update().get(pk=verdict.claim_id)
            known = ReplyRequest.objects.filter(**fields).first() if fields else None
            if known is not None:
                return known
            return ReplyRequest.objects.create(
                verdict=verdict,
                kind=kind,
                person=visible_text(person),
                role=visible_text(role),
                channel=channel,
                question=question.strip(),
                words=verdict.claim.quote or verdict.claim.wording,
                asked_on=asked_on,
                until=until,
                asked_by=by,
                **fields,
            )
    except IntegrityError as error:
        refuse_as(Refused, error)


def make_link(request: ReplyRequest, *, by) -> str:
    """Return the token of a new one-time link; one made before is closed by it."""
    _check_right(by)
    token = secrets.token_urlsafe(32)
    with transaction.atomic(), acting(by):
        request = _locked(request.pk)
        _refuse_settled(request)
        last_day = max(request.until, timezone.localdate()) + GRACE
        request.link_hash = hash_of(token)
        request.link_until = datetime.combine(last_day, time.max, tzinfo=UTC)
        request.save(update_fields=["link_hash", "link_until"])
    return token


def answer_by_link(token: str, answer: str) -> None:
    """Store the answer given under a link, once; raise LinkClosed or Incomplete.

    The very same answer sent again is taken as what it is.
    """
    if not visible_text(answer):
        raise Incomplete({"answer": _("Write your answer.")})
    answer = _as_sent(answer)
    closed = LinkClosed(_("This link takes no answer."))
    rows = ReplyRequest.objects.using(DEFAULT_DB_ALIAS).exclude(link_hash="")
    found = rows.filter(link_hash=hash_of(token)).first()
    if found is None:
        raise closed
    with transaction.atomic():
        request = _locked(found.pk)
        if request.link_hash != found.link_hash or request.struck_reason:
            raise closed
        if request.answer:
            if request.entered_by_id is None and request.answer == answer:
                return
            raise closed
        now = timezone.now()
        if request.link_until < now:
            raise closed
        _store_answer(request, answer, on=now.date(), at=now, by=None)


def enter_answer(
    request: ReplyRequest, *, by, answer: str, answered_on: date
) -> ReplyRequest:
    """Store an answer that came another way than by link, and return the request."""
    _check_right(by)
    missing = {}
    if not visible_text(answer):
        missing["answer"] = _("Write down the answer, word for word.")
    if not request.asked_on <= answered_on <= timezone.localdate():
        missing["answered_on"] = _("A day since the one of asking, not after today.")
    if missing:
        raise Incomplete(missing)
    answer = _as_sent(answer)
    with transaction.atomic(), acting(by):
        request = _locked(request.pk)
        if (request.answer, request.entered_by_id) == (answer, by.pk):
            return request
        _refuse_settled(request)
        _store_answer(request, answer, on=answered_on, at=timezone.now(), by=by)
    return request


def strike_out(request: ReplyRequest, *, by, reason: str) -> ReplyRequest:
    """Strike out a request noted by mistake: it stays at the desk, unpublished."""
    _check_right(by)
    reason = visible_text(reason)
    if not reason:
        raise Incomplete({"reason": _("Say what was wrong with it.")})
    with transaction.atomic(), acting(by):
        request = _locked(request.pk)
        if (request.struck_reason, request.struck_by_id) == (reason, by.pk):
            return request
        _refuse_settled(request)
        published = request.verdict.claim.publications.filter(
            replies__contains=[{"id": request.pk}]
        )
        if published.exists():
            raise Refused(_("Readers have seen this request, so it stays."))
        request.struck_reason, request.struck_by = reason, by
        request.save(update_fields=["struck_reason", "struck_by"])
    return request


def note_outcome(verdict: Verdict, *, by, client_id: UUID, **fields) -> Outcome:
    """Note in a draft that a statement was put right; sent twice, it is one."""
    _check_right(by)
    if fields["happened_on"] > timezone.localdate():
        raise Incomplete({"happened_on": _("That day is still to come.")})
    try:
        with transaction.atomic(), acting(by):
            Claim.objects.select_for_update().get(pk=verdict.claim_id)
            return Outcome.objects.get_or_create(
                client_id=client_id, defaults=fields | {"verdict": verdict}
            )[0]
    except IntegrityError as error:
        refuse_as(Refused, error)


def remove_outcome(verdict: Verdict, key: int, *, by) -> None:
    """Remove an outcome from a draft."""
    _check_right(by)
    try:
        with transaction.atomic(), acting(by):
            verdict.outcomes.filter(pk=key).delete()
    except IntegrityError as error:
        refuse_as(Refused, error)


def hash_of(token: str) -> str:
    """Return the hash under which a token of a link is looked up."""
    return hashlib.sha256(token.encode()).hexdigest()


# --- What waits -----------------------------------------------------------------------


def awaited() -> QuerySet[ReplyRequest]:
    """Return the requests that nobody has answered, those due first."""
    return (
        ReplyRequest.objects.filter(answer="", struck_by=None)
        .select_related("verdict__claim", "verdict__assignee", "verdict__author")
        .order_by("until", "pk")
    )


def answered_since_publication() -> QuerySet[Verdict]:
    """Return published verdicts of which readers do not see an answer that came since.

    An answer is never published by itself: somebody revises the verdict.
    """
    shown = PublishedVerdict.objects.filter(
        pk=OuterRef("verdict__claim__current"),
        replies__contains=_as_published(OuterRef("pk"), OuterRef("answer")),
    )
    late = ReplyRequest.objects.filter(verdict=OuterRef("pk")).exclude(answer="")
    return Verdict.objects.filter(
        Exists(late.exclude(Exists(shown))), status=VerdictStatus.PUBLISHED
    )


def overdue() -> QuerySet[Verdict]:
    """Return verdicts under way for which an answer did not come in time."""
    late = awaited().filter(verdict=OuterRef("pk"), until__lt=timezone.localdate())
    return Verdict.objects.filter(
        Exists(late.order_by()),
        status__in=[VerdictStatus.DRAFT, VerdictStatus.IN_REVIEW],
    )


def _as_published(key, answer):
    """Return the expression of an array with what a publication keeps of an answer."""
    one = models.Func(
        models.Value("id"),
        key,
        models.Value("answer"),
        answer,
        function="jsonb_build_object",
    )
    return models.Func(
        one, function="jsonb_build_array", output_field=models.JSONField()
    )


def _check_right(by):
    if not by.has_perm("claims.change_verdict"):
        raise NotPermitted(_("You may not write verdicts."))


def _locked(key):
    """Return a request as it is now; its claim is locked first, as publishing does.

    So an answer is either in a publication or younger than it.
    """
    rows = ReplyRequest.objects.using(DEFAULT_DB_ALIAS)
    claim = rows.values_list("verdict__claim", flat=True).get(pk=key)
    Claim.objects.using(DEFAULT_DB_ALIAS).select_for_update().get(pk=claim)
    return rows.select_for_update().get(pk=key)


def _refuse_settled(request):
    if request.answer or request.struck_reason:
        raise Refused(_("This request is answered or struck out already."))


def _store_answer(request, answer, *, on, at, by):
    request.answer, request.answered_on, request.answered_at = answer, on, at
    request.entered_by = by
    try:
        request.save(
            update_fields=["answer", "answered_on", "answered_at", "entered_by"]
        )
    except IntegrityError as error:
        refuse_as(Refused, error)
    verdict = request.verdict
    owner = verdict.assignee_id or verdict.author_id
    notify(NoticeKind.ANSWER, verdict, to=[owner], by=by)


def _as_sent(answer):
    """Return an answer word for word: line ends as everywhere, no blanks around it."""
    return answer.replace("\r\n", "\n").strip()
