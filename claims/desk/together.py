"""One step on many claims at once: each row in a transaction of its own, or refused.

A row that is so already counts as done, so a form sent twice does nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from claims.desk.annotation import change_claim
from claims.desk.doubts import refuse_in_bulk
from claims.desk.planning import hand_over, owner_of
from claims.desk.steps import STEPS
from claims.desk.workflow import take_step
from claims.exceptions import Refused
from claims.models import Claim
from claims.models.choices import ClaimStatus

# A step is taken row by row, while somebody waits for the answer.
MOST = 200


class Seen(NamedTuple):
    """A row as somebody saw it: the claim's key and version, the key of who had it."""

    key: int
    version: int
    owner: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one row: done, so before, or refused and why."""

    claim: Claim
    is_new: bool = False
    refusal: str = ""


@dataclass(frozen=True)
class Together:
    """One step for many claims: what it asks for, who may, and how a row takes it.

    `take` and `is_so` get the claim and the answer to the step's one question.
    """

    name: str
    label: str | Promise
    permission: str
    key: str
    take: Callable[..., object]
    is_so: Callable[[Claim, object], bool]
    # "": nothing is asked; else comment, person, topic or checkability.
    asks: str = ""
    is_weighty: bool = False


def _step(name, claim, answer, *, by, seen):
    refuse_in_bulk(name, claim)
    take_step(name, claim, by=by, version=seen.version, comment=answer or "")


def _in_status(*statuses):
    return lambda claim, _answer: claim.status in statuses


def _assign(claim, person, *, by, seen):
    hand_over(claim, person, by=by, seen=seen.owner)


def _has_it(claim, person):
    return owner_of(claim) == person


def _file_under(claim, topic, *, by, seen):
    topics = {*claim.topics.all(), topic}
    change_claim(claim, by=by, version=seen.version, topics=topics)


def _set_checkability(claim, checkability, *, by, seen):
    change_claim(claim, by=by, version=seen.version, checkability=checkability)


def _of_workflow(name, key, *so, asks=""):
    step = STEPS[name]
    return Together(
        name,
        step.label,
        step.permission,
        key,
        partial(_step, name),
        _in_status(*so),
        asks,
        step.is_weighty,
    )


TOGETHER = {
    step.name: step
    for step in (
        _of_workflow("accept", "y", ClaimStatus.DRAFT, ClaimStatus.LISTED),
        _of_workflow("list", "l", ClaimStatus.LISTED),
        _of_workflow("reject", "r", ClaimStatus.REJECTED, asks="comment"),
        Together(
            "assign",
            gettext_lazy("Assign"),
            "change_claim",
            "o",
            _assign,
            _has_it,
            "person",
        ),
        Together(
            "topic",
            gettext_lazy("File under a topic"),
            "change_claim",
            "t",
            _file_under,
            lambda claim, topic: claim.topics.filter(pk=topic.pk).exists(),
            "topic",
        ),
        Together(
            "checkability",
            gettext_lazy("Set checkability"),
            "change_claim",
            "c",
            _set_checkability,
            lambda claim, value: claim.checkability == value,
            "checkability",
        ),
        _of_workflow("withdraw", "w", ClaimStatus.WITHDRAWN, asks="reason"),
    )
}


def steps_for(user) -> list[Together]:
    """Return the steps that somebody may take on many claims at once."""
    return [
        step for step in TOGETHER.values() if user.has_perm(f"claims.{step.permission}")
    ]


def take_together(step: Together, rows: Iterable[Seen], answer, *, by) -> list[Outcome]:
    """Take a step on the claims of some rows; return what became of each.

    Each is done or refused on its own. A claim that is not there is left out.
    """
    rows = list(rows)[:MOST]
    claims = (
        Claim.objects.filter(pk__in=[row.key for row in rows])
        .select_related(
            "article", "work__person", "verdict__assignee", "verdict__author"
        )
        .defer("search")
        .in_bulk()
    )
    return [
        _take_one(step, claims[row.key], answer, row, by)
        for row in rows
        if row.key in claims
    ]


def _take_one(step, claim, answer, seen, by):
    if step.is_so(claim, answer):
        return Outcome(claim)
    try:
        step.take(claim, answer, by=by, seen=seen)
    except Refused as refusal:
        # Sent twice at once, the second finds it done.
        now = Claim.objects.get(pk=claim.pk)
        return Outcome(now, refusal="" if step.is_so(now, answer) else str(refusal))
    return Outcome(claim, is_new=True)
