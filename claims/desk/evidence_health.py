"""Evidence that may not last: no copy, secondary alone, read long ago, a dead link."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.models import Evidence, LinkCheck
from claims.models.choices import LinkState, VerdictStatus

# A site may be down for a day; twice in a row, some days apart, it may be gone.
FAILURES = 2
DAYS_A_MONTH = 30


@dataclass(frozen=True)
class Health:
    """One thing that may be wrong with evidence: its title, and which rows have it."""

    title: str | Promise
    condition: Callable[[], Q]


def lasting(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Return the evidence of published verdicts, with what is known of each row."""
    checks = LinkCheck.objects.filter(
        key=Func(OuterRef("url"), function="claims_digest", output_field=TextField())
    )
    primary = Evidence.objects.filter(verdict=OuterRef("verdict"), is_primary=True)
    rows = rows.filter(verdict__status=VerdictStatus.PUBLISHED)
    # A value and no EXISTS where it is shown: that reads all evidence for one page.
    return rows.alias(has_primary=Exists(primary)).annotate(
        primary=Subquery(primary.values("pk")[:1]),
        checked_on=Subquery(checks.values("checked_on")),
        link_state=Subquery(checks.values("state")),
        link_problem=Subquery(checks.values("problem")),
        link_failures=Coalesce(Subquery(checks.values("failures")), 0),
        failing_since=Subquery(checks.values("failing_since")),
    )


def dead_evidence() -> QuerySet[Evidence]:
    """Return the evidence with a dead link, found from the addresses checked."""
    dead = LinkCheck.objects.filter(
        Q(state=LinkState.GONE) | Q(state=LinkState.UNCLEAR, failures__gte=FAILURES)
    )
    # By an index: made anew, the digests of all addresses take longer than a page.
    key = Func("url", function="claims_digest", output_field=TextField())
    return Evidence.objects.alias(key=key).filter(key__in=dead.values("key"))


def _no_copy() -> Q:
    return Q(archived_url="", file=None)


def _secondary() -> Q:
    return Q(has_primary=False)


def _old() -> Q:
    return Q(accessed_on__lt=read_before()) | Q(accessed_on=None)


def _dead() -> Q:
    return Q(link_state=LinkState.GONE) | Q(
        link_state=LinkState.UNCLEAR, link_failures__gte=FAILURES
    )


def is_dead(check: LinkCheck) -> bool:
    """Return whether an address is dead, as the list of evidence says it is."""
    is_failing = check.state == LinkState.UNCLEAR and check.failures >= FAILURES
    return check.state == LinkState.GONE or is_failing


HEALTH = {
    "copy": Health(gettext_lazy("No copy"), _no_copy),
    "secondary": Health(gettext_lazy("Secondary sources alone"), _secondary),
    "old": Health(gettext_lazy("Read long ago"), _old),
    "dead": Health(gettext_lazy("Dead link"), _dead),
}


def read_before() -> date:
    """Return the day before which evidence was read long ago."""
    days = settings.EVIDENCE_MONTHS * DAYS_A_MONTH
    return timezone.localdate() - timedelta(days=days)


def problems_of(row: Evidence) -> list[str]:
    """Return sentences on what is wrong with a row of `lasting()`."""
    said = []
    if not row.archived_url and row.file_id is None:
        said.append(_("No copy is kept, here or elsewhere."))
    if row.primary is None:
        said.append(_("The verdict rests on secondary sources alone."))
    if row.accessed_on is None:
        said.append(_("Nobody noted when it was read."))
    elif row.accessed_on < read_before():
        months = (timezone.localdate() - row.accessed_on).days // DAYS_A_MONTH
        sentence = ngettext(
            "It was read %(count)d month ago.",
            "It was read %(count)d months ago.",
            months,
        )
        said.append(sentence % {"count": months})
    if row.link_state == LinkState.GONE:
        sentence = _("The address is gone. %(why)s")
        said.append(sentence % {"why": row.link_problem})
    elif row.link_state == LinkState.UNCLEAR and row.link_failures >= FAILURES:
        since = {"day": row.failing_since, "why": row.link_problem}
        said.append(_("No good answer since %(day)s. %(why)s") % since)
    return said


def key_of(url: str) -> str:
    """Return the key under which the check of an address is stored."""
    return hashlib.sha256(url.encode()).hexdigest()
