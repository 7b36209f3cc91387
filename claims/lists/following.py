"""Lists that readers follow by mail: which lists can be, and which claims are theirs.

A list is followed by its query string. A claim whose verdict is retracted, or that is
withdrawn, stands in no list any more, and one that is corrected may have left it: who
follows a list is told all the same. What it asks of verdicts is therefore asked of
every published version, and the rest of the claim, listed or not.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from claims.lists.filters import ClaimFilter, ClaimQuery
from claims.lists.query import InvalidQuery, RowFilter
from claims.models import Outlet, PublicClaim, PublishedVerdict, Speaker, Topic
from claims.models.fulltext import containing
from claims.models.verdict_state import ELSEWHERE, NOT_REVIEWED, REPEATED

LONGEST = 1000
# Days of verdicts: what is followed is yet to be published.
PAST = ("published_after", "published_before")
OF_VERDICTS = ("rating", "finding")


def list_to_follow(query: str) -> str:
    """Return the query string of a list as it is stored; raise InvalidQuery.

    Without its order and the days of its verdicts, the filters by name.
    """
    return followed(ClaimQuery(query))


def followed(asked: ClaimQuery) -> str:
    """Return the same of a list that is open; raise InvalidQuery."""
    for rating in asked.chosen["rating"] or []:
        if rating.slug in {NOT_REVIEWED.slug, REPEATED.slug, ELSEWHERE.slug}:
            sentence = _(
                "Mails tell of verdicts of this desk: follow a list without this "
                "filter."
            )
            raise InvalidQuery({"rating": sentence})
    string = asked.string(**asked.fixed, **dict.fromkeys((*PAST, "order")))
    if len(string) > LONGEST:
        raise InvalidQuery({"list": _("This list has too many filters to follow.")})
    return string


def name_of_list(query: str) -> str:
    """Return what a followed list holds, in words: its filters, or all claims."""
    try:
        chips = FollowedQuery(query).chips()
    except InvalidQuery:
        # What it named is here no more.
        return query
    told = "; ".join(f"{chip.label}: {chip.value}" for chip in chips)
    return told or _("All claims")


def claims_of_list(query: str, keys: Iterable[int]) -> set[int]:
    """Return which of some claims are told to those who follow a list."""
    try:
        asked = FollowedQuery(query)
    except InvalidQuery:
        return set()
    rows = asked.ignoring(*OF_VERDICTS).filter(pk__in=[*keys])
    found = set(rows.values_list("pk", flat=True))
    slugs = {rating.slug for rating in asked.chosen["rating"] or []}
    finding = asked.chosen["finding"]
    if not slugs and not finding:
        return found
    return {
        version.claim_id
        for version in PublishedVerdict.objects.filter(claim__in=found)
        if (not slugs or version.verdict_state.slug in slugs)
        and (not finding or version.finding == finding)
    }


def _by_slug(rows, slugs):
    return {row.slug: row for row in rows.filter(slug__in=slugs)}


class FollowedFilter(ClaimFilter):
    """The parameters of a followed list, of claims that are listed or were."""

    # They were public when the list was followed; their last claim may be withdrawn.
    speaker = RowFilter(
        lambda slugs: Speaker.objects.by_slug(slugs),
        ClaimFilter.base_filters["speaker"].extra["unknown"],
        many=True,
        method="chosen",
        label=ClaimFilter.base_filters["speaker"].label,
    )
    outlet = RowFilter(
        lambda slugs: _by_slug(Outlet.objects, slugs),
        ClaimFilter.base_filters["outlet"].extra["unknown"],
        method="chosen",
        label=ClaimFilter.base_filters["outlet"].label,
    )
    topic = RowFilter(
        lambda slugs: _by_slug(Topic.objects, slugs),
        ClaimFilter.base_filters["topic"].extra["unknown"],
        method="chosen",
        label=ClaimFilter.base_filters["topic"].label,
    )

    def matching_words(self, queryset, _name, asked):
        return containing(queryset, asked)


class FollowedQuery(ClaimQuery):
    """The query string of a followed list."""

    filterset_class = FollowedFilter

    def everything(self):
        return PublicClaim.objects.all()
