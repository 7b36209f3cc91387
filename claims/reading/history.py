"""The public history of a claim: when it was listed and published, what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import PublicChange, PublicClaim, PublishedVerdict
from claims.models.choices import DatePrecision, PublicChangeKind
from claims.reading.differences import (
    FIELDS,
    FieldChange,
    changed_fields,
    word_changes,
)

CHANGES_IN_A_HISTORY = 200
# What PublicChange.differences calls the fields of a publication.
NAMES = {
    "wording": "claim_reviewed",
    "quote": "quote",
    "speaker": "speaker_name",
    "stated_on": "stated_on",
    "stated_precision": "stated_precision",
}
# In a publication the others of a joint statement stand apart.
OF_THE_STATEMENT = {*NAMES.values(), "speakers"}
# The rest a version of the verdict tells, once there is one.
TOLD_ALWAYS = {
    PublicChangeKind.EDITED,
    PublicChangeKind.TEXT_CORRECTED,
    PublicChangeKind.MERGED,
    PublicChangeKind.REDACTED,
}
TOLD_OF_THE_UNREVIEWED = {PublicChangeKind.WITHDRAWN, PublicChangeKind.RELISTED}
# Of no interest unless the statement itself differs.
TOLD_WITH_DIFFERENCES = {PublicChangeKind.EDITED, PublicChangeKind.MERGED}


@dataclass(frozen=True)
class Event:
    """One moment in the history of a claim: the version or the change, and the diff."""

    at: datetime
    label: str | Promise
    version: PublishedVerdict | None = None
    changes: tuple[FieldChange, ...] = ()


def public_changes(claim: int) -> list[PublicChange]:
    """Return the changes that a claim's history tells, newest first."""
    kinds = TOLD_ALWAYS | TOLD_OF_THE_UNREVIEWED
    changes = PublicChange.objects.filter(claim_id=claim, kind__in=kinds)
    return list(changes.order_by("-number")[:CHANGES_IN_A_HISTORY])


def claim_history(
    claim: PublicClaim,
    versions: list[PublishedVerdict],
    changes: Iterable[PublicChange],
) -> list[Event]:
    """Return all events of a claim, newest first; `versions` come newest first."""
    first_published = versions[-1].published_at if versions else None
    events = [
        Event(change.at, change.get_kind_display(), changes=_differences(change))
        for change in changes
        if _is_told(change, first_published)
    ]
    for version, before in pairwise([*versions, None]):
        alike = before and not version.is_elsewhere and not before.is_elsewhere
        changed = changed_fields(before, version, OF_THE_STATEMENT) if alike else ()
        # A preview at the desk has no day yet.
        at = version.published_at or timezone.now()
        events.append(Event(at, version.get_kind_display(), version, changed))
    if claim.listed_at:
        events.append(Event(claim.listed_at, _("Listed for readers")))
    return sorted(events, key=lambda event: event.at, reverse=True)


def _is_told(change, first_published):
    if change.kind in TOLD_WITH_DIFFERENCES:
        return bool(change.differences)
    # From the first publication on, withdrawals and returns are publications too.
    return change.kind in TOLD_ALWAYS or not (
        first_published and first_published <= change.at
    )


def _differences(change):
    """Return the diff of what readers saw before a change and see since."""
    return tuple(
        FieldChange(
            NAMES[name],
            FIELDS[NAMES[name]],
            word_changes(_shown(name, was), _shown(name, now)),
        )
        for name, (was, now) in (change.differences or {}).items()
        if name in NAMES
    )


def _shown(name, value):
    if value is None:
        return ""
    if name == "stated_on":
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    return str(DatePrecision(value).label) if name == "stated_precision" else value
