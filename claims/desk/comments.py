"""Comments of the desk in threads: who says what, who is named, who may read it.

Each writer of a thread locks it first, so that what two people do to it at once is done
one after the other. A comment is never changed: other words for it are a new row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk.blind import UNDER_WAY, WRITTEN, note_look, unseen_by
from claims.desk.notices import may_see, notify, people_with, rights_to, thing_of
from claims.exceptions import ChangedMeanwhile, NotPermitted, Refused
from claims.models import Article, Claim, Comment, Thread, Verdict, acting
from claims.models.choices import NoticeKind, ThreadSubject
from claims.models.constraints import refuse_as

# As logins may be spelt; an address of mail names nobody.
NAMED = re.compile(r"(?<![\w.@+-])@([\w.@+-]+)")


class CommentRefused(Refused):
    """The database refused a comment; the message says why."""


@dataclass
class Said:
    """A comment as it reads now, with the words it had before."""

    first: Comment
    last: Comment
    former: list[Comment] = field(default_factory=list)


@dataclass
class Talk:
    """A thread with what was said in it."""

    thread: Thread
    said: list[Said]


# --- Writing --------------------------------------------------------------------------


def add_comment(thing: Article | Claim | Verdict, text: str, *, by) -> Comment:
    """Begin a thread on an article, a claim or a verdict; return its first comment."""
    subject = ThreadSubject(thing._meta.model_name)
    article, claim = _place(thing)
    with _writing(by):
        thread = Thread(about=subject, article=article, claim=claim)
        _check(thread, by)
        thread.save(force_insert=True)
        return _say(thread, text, by=by)


def reply(thread: Thread, text: str, *, by) -> Comment:
    """Add a comment to a thread, which is then open, and return it."""
    with _writing(by):
        thread = _locked(thread)
        _check(thread, by)
        if thread.resolved_at is not None:
            _set_resolved(thread, None)
        return _say(thread, text, by=by)


def edit(comment: Comment, text: str, *, by, seen: int) -> Comment:
    """Give one's own comment other words, and return these.

    `seen` is the number of the words that were before one. Raises NotPermitted or
    ChangedMeanwhile.
    """
    with _writing(by):
        thread = _locked(comment.thread)
        _check(thread, by)
        if comment.by_id != by.pk:
            raise NotPermitted(_("Only whoever wrote a comment changes its words."))
        first = comment.edits or comment
        newest = first.edited_as.order_by("id").last() or first
        if newest.pk != seen:
            raise ChangedMeanwhile(
                _("The comment was changed meanwhile. Look at it, then try again."),
                newest,
            )
        if text.strip() == newest.text:
            return newest
        return _say(thread, text, by=by, edits=first)


def resolve(thread: Thread, *, by, is_resolved: bool = True) -> Thread:
    """Note that a thread is resolved, or open again, and return it."""
    with _writing(by):
        thread = _locked(thread)
        _check(thread, by)
        if (thread.resolved_at is not None) != is_resolved:
            _set_resolved(thread, by if is_resolved else None)
    return thread


@contextmanager
def _writing(by):
    """A transaction in which somebody acts; what the database refuses is a sentence."""
    try:
        with transaction.atomic(), acting(by):
            yield
    except IntegrityError as error:
        refuse_as(CommentRefused, error)


def _place(thing):
    claim = thing.claim if isinstance(thing, Verdict) else thing
    return (thing, None) if isinstance(thing, Article) else (claim.article, claim)


def _locked(thread):
    return Thread.objects.select_for_update().get(pk=thread.pk)


def _check(thread, by):
    """Raise NotPermitted unless somebody may speak in a thread."""
    if not by.has_perm("claims.add_comment") or not may_see(by, thread):
        raise NotPermitted(_("You may not comment on this."))
    if Thread.objects.filter(pk=thread.pk).filter(closed_to(by)).exists():
        raise NotPermitted(
            _("This stays closed to you while you may rate the verdict blind.")
        )


def _set_resolved(thread, by):
    thread.resolved_at, thread.resolved_by = by and timezone.now(), by
    thread.save(update_fields=["resolved_at", "resolved_by"])


def _say(thread, text, *, by, edits=None):
    """Store a comment and tell those whom it names, and those who spoke before."""
    thing = thing_of(thread)
    comment = Comment.objects.create(
        thread=thread,
        text=text.strip(),
        about_version=_version(thing),
        by=by,
        edits=edits,
    )
    named = list(people_named(comment.text, thread))
    comment.mentions.set(named)
    told = set()
    if edits is not None:
        earlier = Q(edits=edits) | Q(pk=edits.pk)
        before = Comment.objects.filter(earlier).exclude(pk=comment.pk)
        told = set(before.values_list("mentions", flat=True))
    notify(NoticeKind.MENTION, thread, to={user.pk for user in named} - told, by=by)
    if edits is None:
        others = _interested(thread, thing) - {user.pk for user in named}
        notify(NoticeKind.REPLY, thread, to=others, by=by)
    return comment


def _version(thing):
    if isinstance(thing, Article):
        return thing.current_text.number if thing.current_text_id else 0
    return thing.version


def _interested(thread, thing):
    """Return who spoke or was named in a thread, and who writes its verdict."""
    spoken = thread.comments.values_list("by", "mentions")
    people = {number for pair in spoken for number in pair if number}
    if isinstance(thing, Verdict):
        people |= {thing.author_id, thing.assignee_id}
    return people


# --- Who is named ---------------------------------------------------------------------


def _logins(text: str) -> dict[str, set[str]]:
    """Return the names after @ in a text, each with the logins it may stand for."""
    found = {}
    for name in NAMED.findall(text):
        # A full stop may end the sentence, or belong to the login.
        found[name] = {name.lower(), name.rstrip(".-+@_").lower()} - {""}
    return found


def people_named(text: str, thing) -> QuerySet:
    """Return the people whom a text names and who may see the thing it is about."""
    names = set().union(*_logins(text).values())
    people = people_with(*rights_to(thing)).alias(login=Lower("username"))
    return people.filter(login__in=names) if names else people.none()


def names_of_nobody(comment: Comment) -> list[str]:
    """Return the names after @ in a comment of which nobody was told."""
    told = {user.username.lower() for user in comment.mentions.all()}
    return [name for name, logins in _logins(comment.text).items() if not logins & told]


def people_to_name(thing) -> QuerySet:
    """Return whom a comment on a thing can name, by login."""
    return people_with(*rights_to(thing)).order_by("username")


# --- Reading --------------------------------------------------------------------------


def closed_to(user) -> Q:
    """Return the condition that a thread may betray what somebody may rate blind.

    Those on the verdict and its claim, and those on an article of which it is, but
    for what they said there alone.
    """
    unseen = unseen_by(user).filter(WRITTEN).order_by().values("pk")
    others = Comment.objects.filter(thread=OuterRef("pk")).exclude(by=user)

    def any_of(**condition):
        # A value and no EXISTS: that would be hashed, all open verdicts for a thread.
        return Q(IsNull(Subquery(unseen.filter(**condition)[:1]), False))

    return Exists(others) & (
        any_of(claim=OuterRef("claim"))
        | Q(about=ThreadSubject.ARTICLE) & any_of(claim__article=OuterRef("article"))
    )


def threads_for(user) -> QuerySet[Thread]:
    """Return the threads that somebody may read now."""
    if not user.has_perm("claims.view_comment"):
        return Thread.objects.none()
    about = [s for s in ThreadSubject if user.has_perm(f"claims.view_{s}")]
    return Thread.objects.filter(about__in=about).exclude(closed_to(user))


def open_threads(user) -> QuerySet[Thread]:
    """Return the threads that nobody has resolved."""
    return threads_for(user).filter(resolved_at=None)


def threads_naming(user) -> QuerySet[Thread]:
    """Return the open threads in which somebody is named."""
    named = Comment.objects.filter(thread=OuterRef("pk"), mentions=user)
    return open_threads(user).filter(Exists(named))


def with_activity(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Annotate threads with the number of comments and the time of the last words."""
    return threads.annotate(
        comment_count=Count("comments", filter=Q(comments__edits=None)),
        last_at=Max("comments__at"),
    )


def threads_on(thing: Article | Claim | Verdict) -> QuerySet[Thread]:
    """Return the threads on an article, a claim or a verdict."""
    subject = ThreadSubject(thing._meta.model_name)
    if isinstance(thing, Article):
        return thing.threads.filter(about=subject)
    claim = thing.claim if isinstance(thing, Verdict) else thing
    return claim.threads.filter(about=subject)


def closing_verdicts(threads: QuerySet[Thread], user) -> QuerySet[Verdict]:
    """Return the verdicts for whose sake some threads are closed to somebody."""
    closed = threads.filter(closed_to(user))
    return unseen_by(user).filter(WRITTEN, claim__in=_claims_of(closed))


def _claims_of(threads):
    """Return the claims that a few threads are on, or stand in an article they are on.

    Their keys are looked up first: joined to the verdicts under way by an OR, all of
    these would be read.
    """
    places = {(thread.claim_id, thread.article_id) for thread in threads}
    claims = {claim for claim, _article in places if claim is not None}
    articles = {article for claim, article in places if claim is None}
    found = Claim.objects.filter(Q(pk__in=claims) | Q(article__in=articles))
    return list(found.order_by().values_list("pk", flat=True))


def note_reading(threads: Iterable[Thread], *, by) -> None:
    """Record that somebody read threads that may tell how a claim is rated.

    Of those who may rate, these are closed to whoever has not looked at the verdict.
    """
    if not threads or by.has_perm("claims.add_secondrating"):
        return
    of_them = Verdict.objects.filter(WRITTEN, claim__in=_claims_of(threads))
    for verdict in of_them.filter(status__in=UNDER_WAY):
        note_look(verdict, by=by)


def talks(threads: Iterable[Thread]) -> list[Talk]:
    """Return threads with what was said in each: open ones first, then by their age."""
    threads = list(threads)
    said: dict[int, dict[int, Said]] = {thread.pk: {} for thread in threads}
    comments = Comment.objects.filter(thread__in=threads).select_related("by")
    for comment in comments.order_by("id"):
        rows = said[comment.thread_id]
        if comment.edits_id is None:
            rows[comment.pk] = Said(comment, comment)
        else:
            row = rows[comment.edits_id]
            row.former.append(row.last)
            row.last = comment
    threads.sort(key=lambda thread: (thread.resolved_at is not None, thread.pk))
    return [Talk(thread, list(said[thread.pk].values())) for thread in threads]
