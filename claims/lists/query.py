"""ListQuery: parses and validates the query string of a list, and builds new ones.

Every list of the site reads its query string this way; the lists themselves are in
filters.py.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import DateFilter, Filter, FilterSet

from claims.exceptions import Refused
from claims.lists.pagination import (
    Cursor,
    InvalidCursor,
    Order,
    Page,
    get_page,
    rows_after,
)
from claims.models.fulltext import MOST_CHARACTERS, Asked, ask

MOST_VALUES = 20
# What shows a part of a list, or its order, but chooses no rows.
POSITION = ("order", "after", "before")


class InvalidQuery(Refused):
    """Parameters of the query string are unknown or invalid (400).

    `problems` maps each parameter to a sentence.
    """

    status = 400

    def __init__(self, problems: dict[str, str]):
        self.problems = problems
        super().__init__(" ".join(f"{name}: {text}" for name, text in problems.items()))


# --- Fields: values become rows, or a sentence ----------------------------------


class SlugField(forms.CharField):
    """A form field that turns the slug of a public row into the row."""

    def __init__(self, rows, unknown, **kwargs):
        super().__init__(max_length=200, **kwargs)
        self.rows, self.unknown = rows, unknown

    def to_python(self, value):
        slug = super().to_python(value)
        return self.find([slug])[0] if slug else None

    def run_validators(self, value):
        """Skip CharField's validators: the value is a row by now."""

    def find(self, slugs):
        for slug in slugs:
            forms.CharField(max_length=200).clean(slug)  # no NUL, no novel
        found = self.rows(slugs)
        for slug in slugs:
            if slug not in found:
                raise ValidationError(self.unknown, params={"value": slug})
        return [found[slug] for slug in slugs]


class SlugsField(SlugField):
    """A form field of several slugs, from a repeated parameter."""

    widget = forms.SelectMultiple

    def to_python(self, value):
        slugs = [slug for slug in value or [] if slug.strip()]
        if len(slugs) > MOST_VALUES:
            raise ValidationError(
                _("At most %(most)s values are possible here."),
                params={"most": MOST_VALUES},
            )
        return self.find(slugs) if slugs else []


NO_WORD = _(
    "No word in this can be searched for: there are only signs in it, or words that "
    "stand in every text."
)


class WordsField(forms.CharField):
    """A form field that turns words into what they ask for."""

    def __init__(self, **kwargs):
        super().__init__(max_length=MOST_CHARACTERS, **kwargs)

    def clean(self, value):
        words = super().clean(value)
        if not words:
            return None
        asked = ask(words)
        if not asked:
            raise ValidationError(NO_WORD)
        return asked


class IsoDateField(forms.DateField):
    """A date as YYYY-MM-DD only."""

    def __init__(self, **kwargs):
        super().__init__(
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": _("Write the day as 2026-05-04.")},
            **kwargs,
        )


class DayFilter(DateFilter):
    field_class = IsoDateField


class WordsFilter(Filter):
    field_class = WordsField


class RowFilter(Filter):
    """A filter by slug; `many` if the parameter may be repeated."""

    def __init__(self, rows, unknown, *, many=False, **kwargs):
        self.field_class = SlugsField if many else SlugField
        super().__init__(rows=rows, unknown=unknown, **kwargs)


class Filters(dict[str, Filter]):
    """The filters of a list, of which each request takes its own.

    A FilterSet copies all that is in them, fields and sentences too; what differs from
    request to request stands in the filter alone.
    """

    def __deepcopy__(self, memo):
        return {name: self._own(each) for name, each in self.items()}

    def _own(self, shared):
        own = copy(shared)
        # Whose method it calls, it knows by itself.
        own.method = shared.method
        return own


class ListFilters(FilterSet):
    """A FilterSet of a list: as Django's, but that it is made sooner."""

    @classmethod
    def get_filters(cls):
        return Filters(super().get_filters())


# --- The query string itself ------------------------------------------------------


class ListQuery:
    """A validated query string, and the queryset it selects.

    Raises InvalidQuery. `fixed` are filters that the page itself sets, as the page
    of a topic does; they stand in no link.
    """

    filterset_class: type[FilterSet]
    orders: dict[str, Order]
    default_order: str
    repeatable: frozenset[str] = frozenset()

    def __init__(self, query: QueryDict | str, **fixed):
        if isinstance(query, str):
            query = QueryDict(query)
        self.fixed = fixed
        self.values = {
            name: kept
            for name, values in query.lists()
            # A value given twice is one filter, with one chip to take it off.
            if (kept := list(dict.fromkeys(v.strip() for v in values if v.strip())))
        }
        data = QueryDict(mutable=True)
        for name, values in (self.values | fixed).items():
            data.setlist(name, _listed(values))
        self.filterset = self.filterset_class(data, queryset=self.everything())
        problems = self._misplaced(query)
        for name, errors in self.filterset.form.errors.items():
            problems.setdefault(name, " ".join(errors))
        self.chosen = self.filterset.form.cleaned_data
        problems = self._contradictions() | problems
        name = self.one("order") or self.default_order
        self.order = self.orders.get(name, self.orders[self.default_order])
        self.cursor: Cursor | None = None
        if name not in self.orders:
            problems["order"] = str(
                _("The order is one of: %(orders)s.")
                % {"orders": ", ".join(self.orders)}
            )
        else:
            problems = self._find_place() | problems
        if problems:
            raise InvalidQuery(problems)

    def everything(self) -> QuerySet:
        """Return the queryset of a query string without filters."""
        raise NotImplementedError

    def shown(self, queryset: QuerySet) -> QuerySet:
        """Return the queryset with the relations and columns that a page shows."""
        return queryset

    @property
    def names(self) -> tuple[str, ...]:
        """Return the parameter names of all filters, in the order used in links."""
        return tuple(self.filterset_class.base_filters)

    def _misplaced(self, query):
        problems = {}
        for name, values in query.lists():
            if name not in self.names + POSITION or name in self.fixed:
                problems[name] = str(_("There is no such filter."))
            elif name not in self.repeatable and len([v for v in values if v]) > 1:
                problems[name] = str(_("Only one value is possible here."))
        if "after" in self.values and "before" in self.values:
            problems["before"] = str(_("A list goes on after or before, not both."))
        return problems

    def _contradictions(self):
        problems = {}
        for name in self.names:
            if not name.endswith("_after"):
                continue
            until = name.removesuffix("_after") + "_before"
            first, last = self.chosen.get(name), self.chosen.get(until)
            if first and last and first > last:
                problems[until] = str(_("The last day lies before the first one."))
        return problems

    def _find_place(self):
        for name in ("after", "before"):
            if not self.one(name):
                continue
            try:
                self.cursor = Cursor.read(
                    self.one(name), self.order, backwards=name == "before"
                )
            except InvalidCursor as refusal:
                return {name: str(refusal)}
        return {}

    def one(self, name: str) -> str:
        """Return the value of a parameter as a string, or ""."""
        return (self.values.get(name) or [""])[0]

    @property
    def words(self) -> str:
        """Return the search terms (`q`)."""
        return self.one("q")

    @property
    def asked(self) -> Asked:
        """Return what the search terms ask for; false without any."""
        asked = self.chosen.get("q")
        return asked if isinstance(asked, Asked) else ask(self.words)

    @property
    def is_narrowed(self) -> bool:
        """Return whether any filter is set."""
        return any(name in self.values for name in self.names)

    @cached_property
    def matching(self) -> QuerySet:
        """The filtered queryset, unordered."""
        return self.filterset.qs

    def ignoring(self, *names: str) -> QuerySet:
        """Return the queryset without some of the filters."""
        queryset = self.everything()
        for other, value in self.chosen.items():
            if other not in names:
                queryset = self.filterset.filters[other].filter(queryset, value)
        return queryset

    def rows(self) -> QuerySet:
        """Return the filtered, ordered queryset from the cursor on."""
        return rows_after(self.matching, self.order, self.cursor)

    def page(self, size: int) -> Page:
        """Return one page of rows, with the query strings of its neighbours."""
        page = get_page(self.shown(self.matching), self.order, self.cursor, size)
        return replace(
            page,
            previous_query=self.string(before=page.previous) if page.previous else "",
            next_query=self.string(after=page.next) if page.next else "",
        )

    def string(self, **changes) -> str:
        """Return the query string with parameters replaced, or removed by None.

        What it does not name stays; the cursor does not, since another
        list has other places.
        """
        values = {name: v for name, v in self.values.items() if name in self.names}
        if "order" in self.values:
            values["order"] = self.values["order"]
        values |= changes
        return urlencode(
            [
                (name, value)
                for name in self.names + POSITION
                for value in _listed(values.get(name))
            ]
        )


def _listed(value):
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
