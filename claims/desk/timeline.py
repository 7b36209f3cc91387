"""The timeline of a claim: workflow steps, comments and changes of fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import F, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.publications import display_name
from claims.desk.steps import STEPS
from claims.desk.workflow import past_tense
from claims.models import (
    Change,
    Claim,
    Comment,
    Outlet,
    Rating,
    Speaker,
    Topic,
)
from claims.models.choices import (
    Anchor,
    AttributionKind,
    Checkability,
    DateBasis,
    DatePrecision,
    Finding,
    RelationKind,
    RelationState,
    SpanRole,
    Stance,
    Subject,
)

MOST_CHANGES = 500

# Moved by steps, by the database or by the clock: the steps say it better.
UNSAID = {
    "id",
    "claim_id",
    "verdict_id",
    "article_id",
    "text_id",
    "status",
    "version",
    "listed_at",
    "current_id",
    "client_id",
    "created_at",
    "created_by_id",
    "updated_at",
    "correction_kind",
    "correction_note",
    "correction_asked_by",
    "quote",
    "start",
    "end",
    "ordinal",
    "prefix",
    "suffix",
    "order",
    "since",
    "rule",
    "score",
    "origin",
    "link_hash",
    "link_until",
    "words",
    "answered_at",
}
NAMED = {
    "speaker_id": Speaker,
    "via_id": Outlet,
    "topic_id": Topic,
    "rating_id": Rating,
    "repeats_id": Claim,
    "to_id": Claim,
    "suggested_by_id": get_user_model(),
    "decided_by_id": get_user_model(),
    "author_id": get_user_model(),
    "assignee_id": get_user_model(),
    "person_id": get_user_model(),
    "confirmed_by_id": get_user_model(),
    "asked_by_id": get_user_model(),
    "entered_by_id": get_user_model(),
    "struck_by_id": get_user_model(),
}
CHOICES = {
    "anchor": Anchor,
    "attribution": AttributionKind,
    "checkability": Checkability,
    "finding": Finding,
    "role": SpanRole,
    "stance": Stance,
    "kind": RelationKind,
    "state": RelationState,
    "stated_basis": DateBasis,
    "stated_precision": DatePrecision,
}
# Columns whose own names no editor would use.
WORDS = {
    "exact": gettext_lazy("words"),
    "role": gettext_lazy("marked as"),
    "finding": gettext_lazy("did they say it?"),
    "rating_id": gettext_lazy("is it true?"),
    "how_verified": gettext_lazy("how it was verified"),
    "is_primary": gettext_lazy("primary source"),
    "as_of": gettext_lazy("facts known up to"),
    "recheck_on": gettext_lazy("check again on"),
    "assignee_id": gettext_lazy("assigned to"),
    "person_id": gettext_lazy("assigned to"),
    "due_on": gettext_lazy("to be done by"),
    "harm_reason": gettext_lazy("why so harmful"),
    "reach_reason": gettext_lazy("why so far"),
    "place": gettext_lazy("place in the desk's order"),
    "author_id": gettext_lazy("written by"),
    "url": gettext_lazy("web address"),
    "archived_url": gettext_lazy("archived copy"),
    "file_id": gettext_lazy("kept copy"),
    "file_name": gettext_lazy("name of the copy"),
    "file_is_public": gettext_lazy("readers may see the copy"),
}
TABLES = {
    "claim": gettext_lazy("Claim"),
    "span": gettext_lazy("Marked words"),
    "claim_topics": gettext_lazy("Topics"),
    "verdict": gettext_lazy("Verdict"),
    "workitem": gettext_lazy("Planning"),
    "evidence": gettext_lazy("Evidence"),
    "outcome": gettext_lazy("What came of it"),
    "replyrequest": gettext_lazy("Request for reply"),
    "claimrelation": gettext_lazy("Relation to another claim"),
}
OPERATIONS = {
    "insert": gettext_lazy("added"),
    "update": gettext_lazy("changed"),
    "delete": gettext_lazy("removed"),
}


@dataclass(frozen=True)
class Event:
    """One entry: when, by whom, what, comment."""

    at: datetime
    by: str
    what: str
    words: str = ""
    kind: str = "change"
    fields: tuple[tuple[str, str, str], ...] = ()


def timeline_of(claim: Claim, *, with_verdict: bool = True) -> list[Event]:
    """Return the events of a claim and its verdict, newest first.

    `with_verdict=False` leaves out what tells how the claim is rated.
    """
    verdict = getattr(claim, "verdict", None) if with_verdict else None
    events = [*_steps(claim, with_verdict), *_changes(claim, verdict)]
    events += _wording_checks(claim)
    if with_verdict:
        events += _comments(claim)
    if verdict is not None:
        events += _second_ratings(verdict)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _steps(claim: Claim, with_verdict: bool) -> Iterator[Event]:
    for step in claim.transitions.select_related("by"):
        if step.step in STEPS and STEPS[step.step].subject != step.subject:
            continue  # the verdict went along with its claim
        told = with_verdict or step.subject != Subject.VERDICT
        comment = step.comment if told else ""
        yield Event(step.at, _name(step.by), past_tense(step), comment, kind="step")


def _wording_checks(claim: Claim) -> Iterator[Event]:
    for row in claim.wording_checks.select_related("by"):
        words = _("“%(wording)s”, printed: “%(quote)s”") % {
            "wording": row.wording,
            "quote": row.quote,
        }
        what = _("Wording confirmed although the words differ")
        yield Event(row.at, _name(row.by), what, words, kind="comment")


def _comments(claim) -> Iterator[Event]:
    for row in Comment.objects.filter(thread__claim=claim).select_related("by"):
        what = _("Comment") if row.edits_id is None else _("Comment in other words")
        yield Event(row.at, _name(row.by), what, row.text, kind="comment")


def _second_ratings(verdict) -> Iterator[Event]:
    for row in verdict.second_ratings.select_related("by", "rating", "first_rating"):
        words = _("%(second)s, the first rating was %(first)s") % {
            "second": row.rating,
            "first": row.first_rating,
        }
        yield Event(row.at, _name(row.by), _("Rated blind"), words, kind="comment")


def _changes(claim, verdict) -> Iterator[Event]:
    row = Coalesce("after", "before")
    own = Q(table="claim", row=claim.pk)
    own |= Q(
        table__in=["span", "claim_topics", "claimrelation"], of_claim=str(claim.pk)
    )
    work = getattr(claim, "work", None)
    if work is not None:
        own |= Q(table="workitem", row=work.pk)
    if verdict is not None:
        own |= Q(table="verdict", row=verdict.pk)
        of_it = ("evidence", "outcome", "replyrequest")
        own |= Q(table__in=of_it, of_verdict=str(verdict.pk))
    changes = (
        Change.objects.alias(
            of_claim=KeyTextTransform("claim_id", row),
            of_verdict=KeyTextTransform("verdict_id", row),
        )
        .filter(own)
        .select_related("actor")
        .order_by(F("id").desc())[:MOST_CHANGES]
    )
    changes = list(changes)
    names = _names(changes)
    for change in changes:
        fields = _fields(change, names)
        if fields:
            what = f"{TABLES[change.table]} {OPERATIONS[change.operation]}"
            yield Event(change.at, _name(change.actor), what, fields=fields)


def _fields(change, names) -> tuple[tuple[str, str, str], ...]:
    before, after = change.before or {}, change.after or {}
    unsaid = UNSAID | {"rating_id"} if change.table == "claim" else UNSAID
    if change.operation == "insert":
        unsaid = unsaid | {"anchor"}
    rows = []
    for name in sorted({*before, *after} - unsaid):
        old = _word(name, before.get(name), names)
        new = _word(name, after.get(name), names)
        if old != new:
            word = WORDS.get(name) or _(name.removesuffix("_id").replace("_", " "))
            rows.append((str(word), old, new))
    return tuple(rows)


def _names(changes) -> dict[tuple[str, int], str]:
    """Return the names of the rows that changes refer to by primary key."""
    numbers: dict[str, set] = {}
    for change in changes:
        for row in (change.before, change.after):
            for field in NAMED.keys() & (row or {}).keys():
                numbers.setdefault(field, set()).add(row[field])
    return {
        (field, row.pk): display_name(row)
        if isinstance(row, get_user_model())
        else str(row)
        for field, wanted in numbers.items()
        for row in NAMED[field]._default_manager.filter(pk__in=wanted - {None})
    }


def _word(field, value, names) -> str:
    if value in (None, "", [], {}):
        return ""
    if field in CHOICES:
        return str(dict(CHOICES[field].choices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return names.get((field, value), str(value))


def _name(user) -> str:
    return display_name(user) if user is not None else ""
