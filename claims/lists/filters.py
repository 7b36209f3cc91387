"""FilterSets and queries of all lists: the parameters of claims, speakers, articles.

`ClaimQuery(request.GET)` reads it once, or refuses it naming the parameter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from claims.lists.conditions import COLUMNS, FACETS, condition_of
from claims.lists.pagination import Order, Page, parse_moment
from claims.lists.query import DayFilter, ListFilters, ListQuery, RowFilter, WordsFilter
from claims.lists.selection import (
    Conditions,
    Selection,
    codes_in_use,
    listed_between,
    select,
)
from claims.lists.with_words import search_of, select_with_words
from claims.models import Outlet, PublicClaim, Rating, Speaker, Topic
from claims.models.choices import AttributionKind, Checkability, Finding, PublicState
from claims.models.fulltext import containing
from claims.models.listed_claims import LISTED_CLAIMS
from claims.models.verdict_state import (
    ELSEWHERE,
    NOT_REVIEWED,
    REPEATED,
    RETRACTED,
)

# --- Rows that a slug can name: public ones only ---------------------------------


def _by_slug(rows: Iterable) -> dict:
    return {row.slug: row for row in rows}


def public_speakers(slugs):
    """Return public speakers by slug; a merged speaker's slug means its successor."""
    found = Speaker.objects.by_slug(slugs)
    public = set(
        Speaker.objects.public()
        .filter(pk__in=[row.pk for row in found.values()])
        .values_list("pk", flat=True)
    )
    return {slug: row for slug, row in found.items() if row.pk in public}


def public_outlets(slugs):
    return _by_slug(Outlet.objects.public().filter(slug__in=slugs))


def _topics(slugs):
    return _by_slug(Topic.objects.public().filter(slug__in=slugs))


def _ratings(slugs):
    ratings = Rating.objects.filter(slug__in=slugs)
    return _by_slug([*ratings, NOT_REVIEWED, RETRACTED, ELSEWHERE, REPEATED])


# --- Claims -------------------------------------------------------------------------


class ClaimFilter(ListFilters):
    """The filter parameters of lists of claims."""

    q = WordsFilter(
        method="matching_words",
        label=_("Words"),
        help_text=_(
            "Words of the claim or of the printed text; a phrase in quotation marks; "
            "a minus before what must not occur."
        ),
    )
    speaker = RowFilter(
        public_speakers,
        _("No speaker here is called “%(value)s”."),
        many=True,
        method="chosen",
        label=_("Speaker"),
        help_text=_("A speaker's slug. May be repeated: any of them."),
    )
    outlet = RowFilter(
        public_outlets,
        _("No outlet here is called “%(value)s”."),
        method="chosen",
        label=_("Outlet"),
        help_text=_("The slug of the outlet that printed the article."),
    )
    topic = RowFilter(
        _topics,
        _("No topic here is called “%(value)s”."),
        method="chosen",
        label=_("Topic"),
        help_text=_("A topic's slug."),
    )
    rating = RowFilter(
        _ratings,
        _("There is no rating “%(value)s”."),
        many=True,
        method="chosen",
        label=_("Rating"),
        help_text=_(
            "A rating's slug; `none`: not yet reviewed; `retracted`: the verdict was "
            "withdrawn. May be repeated: any of them."
        ),
    )
    finding = ChoiceFilter(
        choices=Finding,
        method="chosen",
        label=_("Did they say it?"),
        empty_label=_("Any answer"),
    )
    attribution = ChoiceFilter(
        choices=AttributionKind,
        method="chosen",
        label=_("Given as"),
        empty_label=_("Any form"),
        help_text=_("How the article gives the words."),
    )
    checkability = ChoiceFilter(
        choices=Checkability,
        method="chosen",
        label=_("Kind of claim"),
        empty_label=_("Any kind"),
        help_text=_("Whether the claim can be checked."),
    )
    stated_after = DayFilter(
        method="chosen",
        label=_("Said from"),
    )
    stated_before = DayFilter(
        method="chosen",
        label=_("Said until"),
    )
    published_after = DayFilter(
        method="chosen",
        label=_("Verdict from"),
        help_text=_("By its newest version; days end at midnight UTC."),
    )
    published_before = DayFilter(
        method="chosen",
        label=_("Verdict until"),
    )

    class Meta:
        model = PublicClaim
        fields: list[str] = []

    def matching_words(self, queryset, name, asked):
        return containing(queryset, asked).filter(words__state=PublicState.LISTED)

    def chosen(self, queryset, name, value):
        return queryset.filter(condition_of(name, value))


CLAIM_ORDERS = {
    order.name: order
    for order in (
        Order(
            "stated", _("Newest statements"), "sort_date", True, date.fromisoformat
        ),
        Order(
            "oldest", _("Oldest statements"), "sort_date", False, date.fromisoformat,
            unknown="stated_on", known=Q(sort_date__gt=date.min),
        ),
        Order(
            "published", _("Newest verdicts"), "published_at", True, parse_moment,
            unknown="published_at", known=Q(published_at__isnull=False),
        ),
        Order("listed", _("Newly listed"), "listed_at", True, parse_moment),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Chip:
    """One active filter: label, value, and the query string without it."""

    label: str
    value: str
    query: str
    is_the_desks: bool


class ClaimQuery(ListQuery):
    """The query string of a list of claims."""

    filterset_class = ClaimFilter
    orders = CLAIM_ORDERS
    default_order = "stated"
    repeatable = frozenset({"speaker", "rating"})
    # Whether claims are chosen by more than the filters.
    has_conditions = False

    def everything(self):
        return PublicClaim.objects.listed()

    def by_key(self, keys: list[int]) -> dict[int, PublicClaim]:
        """Return what a page shows of some claims, by their keys."""
        return LISTED_CLAIMS.in_bulk(keys)

    @property
    def codes(self) -> list[int]:
        """Return facet codes that all rows have: of each filter with one value."""
        codes = []
        for name, code_of in FACETS.items():
            value = self.chosen.get(name)
            if isinstance(value, list):
                value = value[0] if len(value) == 1 else None
            if value:
                codes.append(code_of(value))
        return codes

    @cached_property
    def matching(self) -> QuerySet[PublicClaim]:
        """The claims that match, in no order."""
        rows = self.filterset.qs.filter(self.times())
        if self.words and self.codes:
            # Words and codes lie in one index.
            rows = rows.filter(words__facets__contains=self.codes)
        return rows

    def times(self, *ignored: str) -> Q:
        """Return days as codes of years and months, for the index on the codes."""
        asked = Q()
        for name, (_column, code_of) in COLUMNS.items():
            first, last = self._ends(name)
            if (first or last) and f"{name}_after" not in ignored:
                codes = codes_in_use(
                    code_of(first or date.min), code_of(last or date.max)
                )
                asked &= Q(facets__overlap=codes)
        return asked

    def least_in(self, filters: set[str]) -> int:
        """Return how many claims some filters choose at least, if they ask for days.

        In the whole years or months that lie within; 0 where anything else is asked.
        """
        if self.fixed or not filters:
            return 0
        for name, (_column, code_of) in COLUMNS.items():
            if filters <= {f"{name}_after", f"{name}_before"}:
                first, last = self._ends(name)
                return listed_between(
                    code_of(first) if first else code_of(date.min) - 1,
                    code_of(last) if last else code_of(date.max) + 1,
                )
        return 0

    def _ends(self, name):
        return self.chosen.get(f"{name}_after"), self.chosen.get(f"{name}_before")

    @cached_property
    def selection(self) -> Selection:
        """The keys of the page, the count and the facets, gathered together."""
        if self.words:
            found = search_of(self)
            return select_with_words(found, self.order, self.cursor, self.size)
        return select(
            self.matching,
            Conditions(
                codes=self.codes,
                any_of=self._any_of(),
                facets=self.all_of(FACETS) & self.times(),
                days={
                    column: self.all_of([f"{name}_after", f"{name}_before"])
                    for name, (column, _code_of) in COLUMNS.items()
                    if any(self._ends(name))
                },
                is_narrowed=self.is_narrowed or bool(self.fixed),
            ),
            self.order,
            self.cursor,
            self.size,
        )

    def _any_of(self) -> list[range | list[int]]:
        """Return for each filter but words the codes of which a claim must have one."""
        any_of: list[range | list[int]] = []
        for name, code_of in FACETS.items():
            value = self.chosen.get(name)
            if value:
                values = value if isinstance(value, list) else [value]
                any_of.append([code_of(each) for each in values])
        for name, (_column, code_of) in COLUMNS.items():
            first, last = self._ends(name)
            if first or last:
                ends = code_of(first or date.min), code_of(last or date.max)
                any_of.append(range(ends[0], ends[1] + 1))
        return any_of

    def all_of(self, names) -> Q:
        """Return the condition that some of the filters make together."""
        asked = Q()
        for name in names:
            if self.chosen.get(name):
                asked &= condition_of(name, self.chosen[name])
        return asked

    def page(self, size: int) -> Page:
        """Return one page of the claims, and where the list goes on."""
        self.size = size
        keys = self.selection.keys
        backwards = self.cursor is not None and self.cursor.backwards
        more = len(keys) > size
        if more:
            keys = keys[1:] if backwards else keys[:size]
        rows = self.by_key(keys)
        shown = [rows[key] for key in keys if key in rows]
        has_previous = more if backwards else self.cursor is not None
        has_next = True if backwards else more
        before = self.order.key(shown[0]) if shown and has_previous else ""
        after = self.order.key(shown[-1]) if shown and has_next else ""
        if place := self.selection.onward or self.selection.end:
            # Between this place and the page there is nothing.
            if backwards or (self.cursor is not None and not shown):
                before = place
            if self.selection.onward and not (backwards and shown):
                after = place
        return Page(
            shown,
            before,
            after,
            previous_query=self.string(before=before) if before else "",
            next_query=self.string(after=after) if after else "",
        )

    # Rows of the page that the selection is made for.
    size = 50

    @property
    def count(self) -> int | None:
        """How many claims match, or None where that is more than MOST_COUNTED."""
        return self.selection.total

    def chips(self) -> list[Chip]:
        """Return the active filters, each with the query string that removes it."""
        made = []
        for name in self.names:
            values = self.values.get(name, [])
            chosen = self.chosen.get(name)
            for number, value in enumerate(values):
                thing = chosen[number] if isinstance(chosen, list) else chosen
                rest = [one for one in values if one != value]
                made.append(
                    Chip(
                        self.filterset.filters[name].label,
                        _value_label(name, thing),
                        self.string(**{name: rest}),
                        isinstance(thing, Rating | Topic),
                    )
                )
        return made

    def kept(self) -> list[tuple[str, str]]:
        """Return the active filters for hidden inputs: those without a form field."""
        return [
            (name, value)
            for name in ("speaker", "rating", "topic", "outlet")
            for value in self.values.get(name, [])
        ]


class ReviewQuery(ClaimQuery):
    """The query string of a list of claims with a verdict in force."""

    # Each of them has a verdict: none comes last for want of one.
    orders = CLAIM_ORDERS | {
        "published": replace(CLAIM_ORDERS["published"], unknown="", known=None)
    }
    default_order = "published"
    has_conditions = True

    def everything(self):
        return super().everything().in_force()


def _value_label(name, thing):
    if isinstance(thing, date):
        return date_format(thing, "DATE_FORMAT")
    choices = {
        "finding": Finding,
        "attribution": AttributionKind,
        "checkability": Checkability,
    }
    return choices[name](thing).label if name in choices else str(thing)
