"""The desk's work queues: the rows of each, their order and who sees them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.desk import replies
from claims.desk.blind import unseen_by
from claims.desk.comments import open_threads, threads_naming
from claims.desk.evidence_health import dead_evidence
from claims.desk.priority import BY_URGENCY
from claims.models import (
    ArticleText,
    Claim,
    ClaimRelation,
    DeskPage,
    Evidence,
    Message,
    PublicWords,
    ReaderReport,
    RemovalRequest,
    Transition,
    Verdict,
    WorkItem,
)
from claims.models.choices import (
    Checkability,
    ClaimStatus,
    MessageState,
    ReportStatus,
    Subject,
    VerdictStatus,
)

# Nobody plans a day by the difference between a hundred and a million.
MOST = 99
# Only what is cut keeps its order within IN, so that a page stops where it is full.
EVERY_KEY = 2**31 - 1

PRIORITY = _(
    "First the desk’s own order, then by harm, reach, readers who asked and how often "
    "it was said, then the newest."
)


@dataclass(frozen=True)
class Queue:
    """One queue: its rows for a user, its title, model, permission and order."""

    name: str
    title: str | Promise
    model: str
    rows: Callable[..., QuerySet]
    note: str | Promise = ""
    permission: str = ""
    order: tuple[str, ...] = ()
    # The keys of its rows, where some of them are found sooner than by the rows.
    keys: Callable[[], QuerySet] | None = None


@dataclass(frozen=True)
class Waiting:
    """A queue with the number of its rows for a user."""

    queue: Queue
    count: int

    @property
    def shown(self) -> str:
        return f"{MOST:,}+" if self.count > MOST else str(self.count)


def suggestions(_user) -> QuerySet[Claim]:
    """Return suggested claims on which nobody has decided."""
    return Claim.objects.suggested()


def unlisted(_user) -> QuerySet[Claim]:
    """Return accepted claims that readers do not see yet."""
    return Claim.objects.drafts()


def unchecked(_user) -> QuerySet[Claim]:
    """Return listed claims that can be checked and have no verdict.

    Opinions, promises and the like wait for nobody.
    """
    return (
        Claim.objects.listed()
        .unreviewed()
        .filter(checkability=Checkability.CHECKABLE)
        .filter(~Exists(Verdict.objects.filter(claim=OuterRef("pk"))))
        # A repeat needs no second verdict where the first claim has one.
        .filter(Q(repeats__isnull=True) | Q(repeats__rating__isnull=True))
    )


def maybe_related(_user) -> QuerySet[Claim]:
    """Return claims of which somebody has yet to say whether they repeat another."""
    return Claim.objects.filter(pk__in=waiting_keys()[:EVERY_KEY])


def waiting_keys() -> QuerySet:
    """Return the keys of those claims, which an index gives one after another."""
    waiting = ClaimRelation.objects.undecided().order_by("claim")
    return waiting.values("claim").distinct()


def assigned(user) -> QuerySet[Claim]:
    """Return the claims that the user has and has begun no verdict on."""
    return Claim.objects.undecided().filter(work__person=user)


def unassigned(user) -> QuerySet[Claim]:
    """Return the claims that await a verdict and that nobody has."""
    return unchecked(user).filter(
        ~Exists(WorkItem.objects.filter(claim=OuterRef("pk"), person__isnull=False))
    )


def overdue(_user) -> QuerySet[Claim]:
    """Return the claims that should have a verdict by now, and have none in force."""
    return (
        Claim.objects.in_status(
            [ClaimStatus.SUGGESTED, ClaimStatus.DRAFT, ClaimStatus.LISTED]
        )
        .unreviewed()
        .filter(work__due_on__lt=timezone.localdate())
    )


def with_doubtful_words(_user) -> QuerySet[Claim]:
    """Return claims whose words are uncertain or lost after a text correction."""
    return Claim.objects.undecided().with_doubtful_words()


def text_corrected(_user) -> QuerySet[Verdict]:
    """Return verdicts whose printed words a correction of the text put in doubt.

    In force or under way; a revision of one in force waits here until it is decided.
    """
    under_way = Q(status__in=[VerdictStatus.DRAFT, VerdictStatus.IN_REVIEW])
    in_force = Q(claim__rating__isnull=False)
    doubtful = Claim.objects.undecided().with_doubtful_words()
    in_doubt = Verdict.objects.filter(under_way | in_force, claim__in=doubtful)
    elsewhere = PublicWords.objects.filter(
        claim=OuterRef("claim"), text__isnull=False
    ).exclude(text=OuterRef("claim__article__current_text"))
    corrected = ArticleText.objects.filter(number__gt=1)
    behind = Verdict.objects.filter(
        under_way,
        in_force,
        Exists(elsewhere),
        # Few articles have more than one text: the others are not looked at.
        claim__article__in=corrected.order_by().values("article"),
    )
    # Joined by OR in one condition, both would be looked for in every row.
    both = in_doubt.order_by().values("pk").union(behind.order_by().values("pk"))
    return Verdict.objects.filter(pk__in=both)


def drafts_of(user) -> QuerySet[Verdict]:
    """Return drafts that the user is to write: assigned, or begun and not handed on."""
    drafts = Verdict.objects.drafts()
    return drafts.filter(assignee=user) | drafts.filter(
        assignee__isnull=True, author=user
    )


def own_drafts(user) -> QuerySet[Verdict]:
    """Return the user's drafts but those returned, which wait under that name."""
    return drafts_of(user).filter(~_was_returned())


def returned(user) -> QuerySet[Verdict]:
    """Return the user's drafts that a reviewer returned with a comment."""
    return drafts_of(user).filter(_was_returned())


def _was_returned():
    """Return the condition that the last step of a verdict was its return."""
    steps = Transition.objects.filter(
        claim=OuterRef("claim"), subject=Subject.VERDICT
    ).order_by()
    # Of few drafts there is such a step: which came after it is asked of these alone.
    later = steps.filter(pk__gt=OuterRef("pk"))
    return Exists(steps.filter(~Exists(later), step="return"))


def to_approve(user) -> QuerySet[Verdict]:
    """Return verdicts in review that the user wrote no part of, longest wait first."""
    return Verdict.objects.in_review().written_without(user)


def to_rate_blind(user) -> QuerySet[Verdict]:
    """Return verdicts in review that the user can still rate blind."""
    return unseen_by(user).filter(status=VerdictStatus.IN_REVIEW)


def recheck_due(_user) -> QuerySet[Verdict]:
    """Return published verdicts whose recheck date has come."""
    return Verdict.objects.filter(
        status=VerdictStatus.PUBLISHED, recheck_on__lte=timezone.localdate()
    )


def answered_since_publication(_user) -> QuerySet[Verdict]:
    """Return published verdicts to which an answer came that readers do not see."""
    return replies.answered_since_publication()


def unanswered(_user) -> QuerySet[Verdict]:
    """Return verdicts under way to which no answer came in time."""
    return replies.overdue()


def unarchived(_user) -> QuerySet[Verdict]:
    """Return published verdicts with evidence of which no copy is kept anywhere."""
    bare = Evidence.objects.filter(verdict=OuterRef("pk"), archived_url="", file=None)
    return Verdict.objects.filter(Exists(bare), status=VerdictStatus.PUBLISHED)


def dead_links(_user) -> QuerySet[Verdict]:
    """Return published verdicts with evidence whose address does not answer."""
    return Verdict.objects.filter(
        pk__in=dead_evidence().values("verdict"), status=VerdictStatus.PUBLISHED
    )


def removals_asked(_user) -> QuerySet[Claim]:
    """Return published claims that somebody asks to take off the site."""
    asked = RemovalRequest.objects.undecided()
    return Claim.objects.filter(pk__in=asked.values("claim"))


def reports(_user) -> QuerySet[ReaderReport]:
    """Return reader reports that nobody has answered."""
    return ReaderReport.objects.filter(status=ReportStatus.OPEN)


def pages_to_approve(user) -> QuerySet[DeskPage]:
    """Return pages about the desk in review of which a user wrote no part."""
    return DeskPage.objects.in_review().exclude(writers__contains=[user.pk])


def undelivered(_user) -> QuerySet[Message]:
    """Return messages to subscriptions that were given up."""
    return Message.objects.in_state(MessageState.DEAD)


QUEUES = {
    queue.name: queue
    for queue in (
        Queue("suggestions", _("Suggestions to decide"), "claim", suggestions),
        Queue("unlisted", _("Claims not yet listed"), "claim", unlisted),
        Queue(
            "assigned", _("My claims"), "claim", assigned, "", "claims.change_claim",
            ("work__due_on", "work__since", "id"),
        ),
        Queue(
            "unchecked", _("Claims awaiting a verdict"), "claim", unchecked, PRIORITY,
            order=BY_URGENCY,
        ),
        Queue(
            "unassigned", _("Claims that nobody has"), "claim", unassigned, "",
            "claims.change_claim", BY_URGENCY,
        ),
        Queue(
            "relations", _("Claims that may repeat others"), "claim", maybe_related,
            "", "claims.change_claim", ("id",), waiting_keys,
        ),
        Queue(
            "overdue", _("Overdue"), "claim", overdue, "", "claims.change_claim",
            ("work__due_on", "id"),
        ),
        Queue(
            "mine", _("My drafts"), "verdict", own_drafts, "", "claims.change_verdict"
        ),
        Queue(
            "returned", _("Returned to me"), "verdict", returned, "",
            "claims.change_verdict",
        ),
        Queue(
            "second_eyes", _("Waiting for a second pair of eyes"), "verdict",
            to_approve, "", "claims.publish_verdict", ("updated_at", "id"),
        ),
        Queue(
            "blind", _("To rate a second time, blind"), "verdict", to_rate_blind,
            _("Rate before you open the verdict."), "claims.add_secondrating",
            ("updated_at", "id"),
        ),
        Queue(
            "mentions", _("Threads that name me"), "thread", threads_naming,
            order=("-last_at", "-id"),
        ),
        Queue(
            "threads", _("Open threads"), "thread", open_threads,
            order=("-last_at", "-id"),
        ),
        Queue("eye", _("Words that need an eye"), "claim", with_doubtful_words),
        Queue(
            "corrected", _("Text corrected under a verdict"), "verdict",
            text_corrected, _("Readers see what was published until somebody decides."),
            order=("updated_at", "id"),
        ),
        Queue(
            "removal", _("Asked to be taken off"), "claim", removals_asked,
            _("One person asks, another one decides."), "claims.withdraw_claim",
        ),
        Queue(
            "replied", _("Answered since publication"), "verdict",
            answered_since_publication,
            _("Readers do not see the answer: revise the verdict."),
        ),
        Queue(
            "unanswered", _("Nobody answered in time"), "verdict", unanswered,
            _("It is published with “no reply by” and that day."),
        ),
        Queue(
            "recheck", _("Re-check due"), "verdict", recheck_due,
            order=("recheck_on", "id"),
        ),
        Queue(
            "reports", _("Reader reports"), "readerreport", reports,
            order=("created_at", "id"),
        ),
        Queue(
            "pages", _("Pages about the desk to approve"), "deskpage",
            pages_to_approve, "", "claims.publish_deskpage", ("updated_at", "id"),
        ),
        Queue(
            "unarchived", _("Evidence without an archived copy"), "verdict",
            unarchived,
            _("The list of evidence also names dead links and what was read long ago."),
        ),
        Queue(
            "dead_links", _("Evidence with dead links"), "verdict", dead_links,
            _("As manage.py check_links found them, where it is switched on."),
        ),
        Queue(
            "undelivered", _("Messages given up"), "message", undelivered, "",
            "claims.change_message", ("-dead_at", "-id"),
        ),
    )
}  # fmt: skip


def waiting_for(user) -> list[Waiting]:
    """Return the queues that a user may see, each with its count."""
    seen = [
        queue
        for queue in QUEUES.values()
        if user.has_perm(f"claims.view_{queue.model}")
        and (not queue.permission or user.has_perm(queue.permission))
    ]
    names, statement, values = _counting(seen, user)
    counts = dict.fromkeys((queue.name for queue in seen), 0)
    if names:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            counts |= zip(names, cursor.fetchone(), strict=True)
    return [Waiting(queue, counts[queue.name]) for queue in seen]


# By who asks, and on which day: to build it takes longer than to count them all.
_STATEMENTS: dict[tuple, tuple[list[str], str, list]] = {}
MOST_KEPT = 500


def _counting(seen: list[Queue], user) -> tuple[list[str], str, list]:
    """Return the names of queues, and one statement that counts each of them."""
    key = (user.pk, frozenset(user.get_all_permissions()), timezone.localdate())
    kept = _STATEMENTS.get(key)
    if kept is None:
        parts, values, names = [], [], []
        for queue in seen:
            rows = queue.rows(user).order_by().values("pk")
            keys = queue.keys() if queue.keys else rows
            # What holds nothing for this user has no SQL.
            with suppress(EmptyResultSet):
                sql, params = keys[: MOST + 1].query.sql_with_params()
                parts.append(f"(SELECT count(*) FROM ({sql}) q)")  # noqa: S608
                values += params
                names.append(queue.name)
        kept = names, f"SELECT {', '.join(parts)}", values
        if len(_STATEMENTS) >= MOST_KEPT:
            # Another thread may do so, too: what is returned is not looked up again.
            _STATEMENTS.clear()
        _STATEMENTS[key] = kept
    return kept
