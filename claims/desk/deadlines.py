"""Deadlines of the desk: days on which an answer from outside is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.desk.blind import unseen_by
from claims.desk.replies import awaited


@dataclass(frozen=True)
class Deadline:
    """A day, what is due then, the page of the desk where it stands, whose it is."""

    day: date
    title: str
    address: str
    owner: Any  # a user


def deadlines(user) -> list[Deadline]:
    """Return the days by which people were asked to answer, the next one first.

    None of a verdict that the user may still rate blind.
    """
    return [
        Deadline(
            day=each.until,
            title=_("Answer of %(person)s: %(claim)s")
            % {"person": each.person, "claim": each.verdict.claim},
            address=reverse("admin:claims_verdict_replies", args=[each.verdict_id]),
            owner=each.verdict.assignee or each.verdict.author,
        )
        for each in awaited().exclude(verdict__in=unseen_by(user))
    ]
