"""The front page's short lists: my work, what waits for me, overdue, unassigned.

Each row says who has it and since when; nothing is counted whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.desk import queues
from claims.desk.planning import owner_of
from claims.desk.priority import BY_URGENCY, Priority, priorities_of
from claims.models import Claim, Verdict

SHOWN = 8


@dataclass
class Row:
    """One claim on the front page: what is to be done, who has it, since when."""

    claim: Claim
    what: str | Promise
    since: datetime
    # Where the work is done, and of what: a page of the claim, or of its verdict.
    page: str = "claim_change"
    row: int | None = None
    due_on: date | None = None
    priority: Priority = field(default_factory=Priority)

    @property
    def key(self) -> int:
        return self.row or self.claim.pk

    @property
    def owner(self):
        return owner_of(self.claim)

    @property
    def days(self) -> int:
        """Return for how many days it has been waiting."""
        return max((timezone.now() - self.since).days, 0)

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()


@dataclass
class Section:
    """One list of the front page, with the queues that show all of it."""

    name: str
    title: str | Promise
    rows: list[Row]
    queues: tuple[str, ...] = ()

    @property
    def has_more(self) -> bool:
        return len(self.rows) > SHOWN

    @property
    def shown(self) -> list[Row]:
        return self.rows[:SHOWN]


def board_of(user) -> list[Section]:
    """Return the lists of the front page for somebody who may see claims."""
    if not user.has_perm("claims.view_claim"):
        return []
    sections = [
        Section("mine", _("Mine"), _each_once(_mine(user)), ("assigned", "mine")),
        Section(
            "waiting",
            _("Waiting for me"),
            _each_once(_waiting(user)),
            ("returned", "second_eyes", "blind"),
        ),
        Section("overdue", _("Overdue"), _each_once(_overdue()), ("overdue",)),
        Section("unassigned", _("Nobody has"), _unassigned(user), ("unassigned",)),
    ]
    rows = [row for section in sections for row in section.rows]
    urgent = priorities_of(row.claim for row in rows)
    for row in rows:
        row.priority = urgent[row.claim.pk]
    return sections


def _each_once(rows: Iterator[Row]) -> list[Row]:
    """Return the rows, a claim only where it stands first, those due first."""
    first: dict[int, Row] = {}
    for row in rows:
        first.setdefault(row.claim.pk, row)
    return sorted(
        first.values(), key=lambda row: (row.due_on is None, row.due_on or date.max)
    )


def _mine(user) -> Iterator[Row]:
    begun = queues.assigned(user).order_by("work__due_on", "work__since", "id")
    for claim in _claims(begun):
        yield Row(
            claim, _("begin its verdict"), claim.work.since, due_on=claim.work.due_on
        )
    for verdict in _verdicts(queues.own_drafts(user).order_by("updated_at", "id")):
        yield _of_verdict(verdict, _("finish its draft"))


def _waiting(user) -> Iterator[Row]:
    if user.has_perm("claims.change_verdict"):
        for verdict in _verdicts(queues.returned(user).order_by("updated_at", "id")):
            yield _of_verdict(verdict, _("returned to you"))
    if user.has_perm("claims.publish_verdict"):
        for verdict in _verdicts(queues.to_approve(user).order_by("updated_at", "id")):
            yield _of_verdict(verdict, _("approve or return"), "verdict_approve")
    elif user.has_perm("claims.add_secondrating"):
        waits = queues.to_rate_blind(user).order_by("updated_at", "id")
        for verdict in _verdicts(waits):
            yield _of_verdict(verdict, _("rate it blind"), "verdict_blind")


def _overdue() -> Iterator[Row]:
    for claim in _claims(queues.overdue(None).order_by("work__due_on", "id")):
        yield Row(claim, _("no verdict yet"), _begun(claim), due_on=claim.work.due_on)
    for verdict in _verdicts(queues.recheck_due(None).order_by("recheck_on", "id")):
        row = _of_verdict(verdict, _("check it again"))
        row.due_on = verdict.recheck_on
        yield row


def _unassigned(user) -> list[Row]:
    return [
        Row(claim, _("take it"), _begun(claim), due_on=_due(claim))
        for claim in _claims(queues.unassigned(user).order_by(*BY_URGENCY))
    ]


def _of_verdict(verdict: Verdict, what, page: str = "verdict_change") -> Row:
    claim = verdict.claim
    return Row(claim, what, verdict.updated_at, page, verdict.pk, _due(claim))


def _begun(claim):
    return claim.listed_at or claim.created_at


def _due(claim):
    work = getattr(claim, "work", None)
    return work.due_on if work else None


def _related(claims):
    return claims.select_related(
        "work__person", "verdict__assignee", "verdict__author"
    ).defer("search")


def _claims(claims):
    return _related(claims)[: SHOWN + 1]


def _verdicts(verdicts):
    found = verdicts.select_related("claim__work__person", "assignee", "author")
    rows = list(found.defer("claim__search", "explanation")[: SHOWN + 1])
    for verdict in rows:
        # As it is known already: no query for whoever has it.
        verdict.claim.verdict = verdict
    return rows
