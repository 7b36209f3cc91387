"""Replies and outcomes as a publication has them, and the question under a link."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections, router
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.models import PublicClaim, PublishedVerdict
from claims.models.choices import OutcomeKind, ReplyChannel, ReplyKind, ReplyState


@dataclass(frozen=True)
class Reply:
    """Who was asked what, when, by when to answer, and what stood there on a day."""

    kind: str
    person: str
    role: str
    channel: str
    question: str
    asked_on: date
    until: date
    answer: str
    answered_on: date | None
    # Answered; no reply, once the day to answer by had passed; awaited before that.
    state: str

    @property
    def heading(self) -> str:
        return str(ReplyKind(self.kind).label)

    @property
    def sentence(self) -> str:
        """Return what became of the question, in a sentence that stays true."""
        told = {
            "asked": _written(self.asked_on),
            "channel": str(ReplyChannel(self.channel).label),
            "until": _written(self.until),
            "answered": _written(self.answered_on),
        }
        asked = _("Asked on %(asked)s (%(channel)s).")
        became = {
            ReplyState.ANSWERED: _("Answered on %(answered)s:"),
            ReplyState.NO_REPLY: _("No reply by %(until)s."),
            ReplyState.AWAITED: _(
                "When this was published, an answer was awaited until %(until)s."
            ),
        }[ReplyState(self.state)]
        return f"{asked} {became}" % told


@dataclass(frozen=True)
class Question:
    """What somebody sees under a link: the words, what is asked, by when."""

    words: str
    question: str
    until: date


def replies_of(version: PublishedVerdict) -> list[Reply]:
    """Return whom the desk had asked by then, and what it had been answered."""
    return [reply_of(row) for row in version.replies]


def reply_of(row: dict[str, Any]) -> Reply:
    """Return a request for reply as a publication keeps it."""
    days = {name: row[name] for name in ("asked_on", "until", "answered_on")}
    words = {
        name: row[name]
        for name in ("kind", "person", "role", "channel", "question", "answer", "state")
    }
    return Reply(
        **words,
        **{name: value and date.fromisoformat(value) for name, value in days.items()},
    )


def outcomes_of(version: PublishedVerdict) -> list[dict[str, Any]]:
    """Return what had come of the verdict by then, each with its kind in words."""
    return [
        row
        | {
            "label": OutcomeKind(row["kind"]).label,
            "happened_on": date.fromisoformat(row["happened_on"]),
        }
        for row in version.outcomes
    ]


def replies_in_words(version: PublishedVerdict) -> str:
    """Return the replies of a version as plain text, for a comparison."""
    return "\n".join(
        "\n".join(
            filter(None, [f"{one.heading}: {_named(one)}", one.question, one.sentence])
        )
        + (f"\n{one.answer}" if one.answer else "")
        for one in replies_of(version)
    )


def outcomes_in_words(version: PublishedVerdict) -> str:
    """Return the outcomes of a version as plain text, for a comparison."""
    return "\n".join(
        " · ".join(
            filter(
                None,
                [
                    f"{row['label']}, {_written(row['happened_on'])}",
                    row["note"],
                    row["url"],
                ],
            )
        )
        for row in outcomes_of(version)
    )


def question_under(token: str) -> Question | None:
    """Return what is asked under the token of an open link, None for any other.

    The database hands out these three columns to whoever has the token, and no others.
    """
    hashed = hashlib.sha256(token.encode()).hexdigest()
    with connections[router.db_for_read(PublicClaim)].cursor() as cursor:
        cursor.execute("SELECT * FROM claims_question_under(%s)", [hashed])
        row = cursor.fetchone()
    return row and Question(*row)


def _named(one):
    return f"{one.person}, {one.role}" if one.role else one.person


def _written(day):
    return date_format(day, "DATE_FORMAT") if day else ""
