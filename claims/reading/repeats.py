"""What readers are told of a claim that repeats a checked one, or relates to others."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.models import PublicClaim
from claims.models.listed_claims import LISTED_CLAIMS


@dataclass(frozen=True)
class Related:
    """A listed claim that another one contradicts, supports or is part of.

    `way` is "to" where the other one does so, "from" where this one does.
    """

    kind: str
    way: str
    claim: PublicClaim


def claims_in_relation(claim: PublicClaim) -> list[Related]:
    """Return the claims that relate to one besides repeats, in two queries at most."""
    told = claim.words.relations
    others = LISTED_CLAIMS.in_bulk([row["claim"] for row in told])
    return [
        Related(row["kind"], row["way"], others[row["claim"]])
        for row in told
        if row["claim"] in others
    ]


def repeat_told(claim: PublicClaim) -> str:
    """Return the sentence on the verdict of the claim that one repeats, "" without."""
    shown = claim.first_verdict
    if shown is None or claim.is_withdrawn:
        return ""
    said = {
        "day": date_format(shown.published_at.date(), "DATE_FORMAT"),
        "rating": shown.rating_label,
        "publisher": shown.publisher,
    }
    if not claim.repeats_a_verdict:
        return _("This repeats a claim whose verdict was retracted on %(day)s.") % said
    if shown.is_elsewhere:
        return _("This repeats a claim that %(publisher)s checked: %(rating)s.") % said
    if shown.is_correction:
        return (
            _("This repeats a claim whose verdict was changed on %(day)s: %(rating)s.")
            % said
        )
    return _("This repeats a claim that was checked on %(day)s: %(rating)s.") % said
