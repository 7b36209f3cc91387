"""FilterSets and queries of all lists: the parameters of claims, speakers, articles.

`ClaimQuery(request.GET)` reads it once, or refuses it naming the parameter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, partial

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from claims.lists.pagination import Order, Page, parse_moment
from claims.lists.query import DayFilter, ListQuery, RowFilter
from claims.lists.selection import Selection, codes_in_use, select
from claims.models import Article, Outlet, PublicClaim, Rating, Speaker, Topic
from claims.models.choices import (
    AttributionKind,
    Checkability,
    Finding,
    PublicState,
    SpeakerKind,
)
from claims.models.facets import (
    ATTRIBUTION,
    CHECKABILITY,
    FINDING,
    OUTLET,
    SPEAKER,
    TOPIC,
    month_code,
    rating_code,
    value_code,
    year_code,
)
from claims.models.fulltext import MOST_CHARACTERS, containing
from claims.models.verdict_state import (
    NOT_REVIEWED,
    NOT_REVIEWED_KEY,
    RETRACTED,
    RETRACTED_KEY,
)

ENDS = ("after", "before")

# --- Rows that a slug can name: public ones only ---------------------------------


def _by_slug(rows: Iterable) -> dict:
    return {row.slug: row for row in rows}


def _speakers(slugs):
    """Return public speakers by slug; a merged speaker's slug means its successor."""
    found = Speaker.objects.by_slug(slugs)
    public = set(
        Speaker.objects.public()
        .filter(pk__in=[row.pk for row in found.values()])
        .values_list("pk", flat=True)
    )
    return {slug: row for slug, row in found.items() if row.pk in public}


def _outlets(slugs):
    return _by_slug(Outlet.objects.public().filter(slug__in=slugs))


def _topics(slugs):
    return _by_slug(Topic.objects.public().filter(slug__in=slugs))


def _ratings(slugs):
    ratings = Rating.objects.filter(slug__in=slugs)
    return _by_slug([*ratings, NOT_REVIEWED, RETRACTED])


# --- Claims -------------------------------------------------------------------------


class ClaimFilter(FilterSet):
    """The filter parameters of lists of claims."""

    q = CharFilter(
        method="matching_words",
        max_length=MOST_CHARACTERS,
        label=_("Words"),
        help_text=_(
            "Words of the claim or of the printed text; a phrase in quotation marks; "
            "a minus before what must not occur."
        ),
    )
    speaker = RowFilter(
        _speakers,
        _("No speaker here is called “%(value)s”."),
        many=True,
        method="of_speakers",
        label=_("Speaker"),
        help_text=_("A speaker's slug. May be repeated: any of them."),
    )
    outlet = RowFilter(
        _outlets,
        _("No outlet here is called “%(value)s”."),
        method="printed_by",
        label=_("Outlet"),
        help_text=_("The slug of the outlet that printed the article."),
    )
    topic = RowFilter(
        _topics,
        _("No topic here is called “%(value)s”."),
        method="on_topic",
        label=_("Topic"),
        help_text=_("A topic's slug."),
    )
    rating = RowFilter(
        _ratings,
        _("There is no rating “%(value)s”."),
        many=True,
        method="rated",
        label=_("Rating"),
        help_text=_(
            "A rating's slug; `none`: not yet reviewed; `retracted`: the verdict was "
            "withdrawn. May be repeated: any of them."
        ),
    )
    finding = ChoiceFilter(
        choices=Finding,
        method="found",
        label=_("Did they say it?"),
        empty_label=_("Any answer"),
    )
    attribution = ChoiceFilter(
        choices=AttributionKind,
        method="given_as",
        label=_("Given as"),
        empty_label=_("Any form"),
        help_text=_("How the article gives the words."),
    )
    checkability = ChoiceFilter(
        choices=Checkability,
        method="of_kind",
        label=_("Kind of claim"),
        empty_label=_("Any kind"),
        help_text=_("Whether the claim can be checked."),
    )
    stated_after = DayFilter(
        method="stated_from",
        label=_("Said from"),
    )
    stated_before = DayFilter(
        method="stated_until",
        label=_("Said until"),
    )
    published_after = DayFilter(
        method="published_from",
        label=_("Verdict from"),
        help_text=_("By its newest version; days end at midnight UTC."),
    )
    published_before = DayFilter(
        method="published_until",
        label=_("Verdict until"),
    )

    class Meta:
        model = PublicClaim
        fields = []

    def matching_words(self, queryset, name, words):
        return containing(queryset, words, field="words__vector").filter(
            words__state=PublicState.LISTED
        )

    def of_speakers(self, queryset, name, speakers):
        return _with_any(queryset, [SPEAKER + speaker.pk for speaker in speakers])

    def printed_by(self, queryset, name, outlet):
        return queryset.with_codes(OUTLET + outlet.pk)

    def on_topic(self, queryset, name, topic):
        return queryset.with_codes(TOPIC + topic.pk)

    def rated(self, queryset, name, ratings):
        return _with_any(queryset, [_rating_code(rating) for rating in ratings])

    def found(self, queryset, name, finding):
        # What a retracted verdict found no longer holds, and has no code.
        return queryset.with_codes(value_code(FINDING, finding))

    def given_as(self, queryset, name, kind):
        return queryset.with_codes(value_code(ATTRIBUTION, kind))

    def of_kind(self, queryset, name, kind):
        return queryset.with_codes(value_code(CHECKABILITY, kind))

    # The lists are sorted, and indexed, by sort_date, which is never NULL.
    def stated_from(self, queryset, name, day):
        return queryset.filter(stated_on__isnull=False, sort_date__gte=day)

    def stated_until(self, queryset, name, day):
        return queryset.filter(stated_on__isnull=False, sort_date__lte=day)

    def published_from(self, queryset, name, day):
        return queryset.filter(published_at__gte=_midnight(day))

    def published_until(self, queryset, name, day):
        if day == date.max:
            return queryset.filter(published_at__isnull=False)
        return queryset.filter(published_at__lt=_midnight(day + timedelta(days=1)))


def _with_any(queryset, codes):
    return queryset.with_codes(*codes) if len(codes) == 1 else queryset.with_any(codes)


def _rating_code(rating):
    if isinstance(rating, Rating):
        return rating_code(rating.pk)
    return rating_code(NOT_REVIEWED_KEY if rating == NOT_REVIEWED else RETRACTED_KEY)


# The facet code of a filter's value.
FACETS = {
    "speaker": lambda speaker: SPEAKER + speaker.pk,
    "outlet": lambda outlet: OUTLET + outlet.pk,
    "topic": lambda topic: TOPIC + topic.pk,
    "rating": _rating_code,
    "finding": partial(value_code, FINDING),
    "attribution": partial(value_code, ATTRIBUTION),
    "checkability": partial(value_code, CHECKABILITY),
}

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

    def everything(self):
        return PublicClaim.objects.listed()

    def shown(self, queryset):
        return queryset.for_listing()

    @property
    def codes(self) -> list[int]:
        """Return facet codes that all rows have: of each filter with one value."""
        codes = list(self.required)
        for name, code_of in FACETS.items():
            value = self.chosen.get(name)
            if isinstance(value, list):
                value = value[0] if len(value) == 1 else None
            if value:
                codes.append(code_of(value))
        return codes

    # Codes that the list itself demands, whatever the query string says.
    required: list[int] = []

    @cached_property
    def matching(self) -> QuerySet[PublicClaim]:
        """The claims that match, in no order."""
        rows = self._helped_by_codes(self.filterset.qs)
        if self.words and self.codes:
            # Words and codes lie in one index.
            rows = rows.filter(words__facets__contains=self.codes)
        return rows

    def _helped_by_codes(self, rows):
        """Let the index on the codes serve days, by the years and months in use."""
        for name, code_of in (("stated", year_code), ("published", month_code)):
            first, last = (self.chosen.get(f"{name}_{end}") for end in ENDS)
            if first or last:
                codes = codes_in_use(
                    code_of(first or date.min), code_of(last or date.max)
                )
                rows = rows.with_any(codes)
        return rows

    @cached_property
    def selection(self) -> Selection:
        """The keys of the page, the count and the facets, gathered together."""
        return select(
            self.matching,
            self.order,
            self.cursor,
            self.size,
            codes=self.codes,
            is_narrowed=self.is_narrowed or bool(self.fixed) or bool(self.required),
            has_words=bool(self.words),
        )

    def page(self, size: int) -> Page:
        """Return one page of the claims, and where the list goes on."""
        self.size = size
        keys = self.selection.keys
        backwards = self.cursor is not None and self.cursor.backwards
        more = len(keys) > size
        if more:
            keys = keys[1:] if backwards else keys[:size]
        rows = self.shown(PublicClaim.objects.filter(pk__in=keys)).in_bulk()
        shown = [rows[key] for key in keys if key in rows]
        has_previous = more if backwards else self.cursor is not None
        has_next = True if backwards else more
        before = self.order.key(shown[0]) if shown and has_previous else ""
        after = self.order.key(shown[-1]) if shown and has_next else ""
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

    def everything(self):
        return super().everything().in_force()


def _value_label(name, thing):
    if isinstance(thing, date):
        return date_format(thing, "j F Y")
    choices = {
        "finding": Finding,
        "attribution": AttributionKind,
        "checkability": Checkability,
    }
    return choices[name](thing).label if name in choices else str(thing)


def _midnight(day):
    return datetime.combine(day, time.min, UTC)


# --- Speakers and articles ----------------------------------------------------------


class SpeakerFilter(FilterSet):
    """The filter parameters of the list of speakers."""

    q = CharFilter(method="starting", max_length=MOST_CHARACTERS, label=_("Name"))
    kind = ChoiceFilter(choices=SpeakerKind, label=_("Kind"), empty_label=_("Any kind"))

    class Meta:
        model = Speaker
        fields: list[str] = []

    def starting(self, queryset, name, words):
        return queryset.starting(words)


class SpeakerQuery(ListQuery):
    """The query string of the list of speakers."""

    filterset_class = SpeakerFilter
    orders = {"name": Order("name", _("By name"), "folded", False, str)}
    default_order = "name"

    def everything(self):
        return Speaker.objects.public()

    def shown(self, queryset):
        return queryset.with_current_role().only("name", "slug", "kind", "folded")


class ArticleFilter(FilterSet):
    """The filter parameters of the list of articles."""

    q = CharFilter(method="matching_words", max_length=MOST_CHARACTERS)
    outlet = RowFilter(_outlets, _("No outlet here is called “%(value)s”."))
    published_after = DayFilter(field_name="published_on", lookup_expr="gte")
    published_before = DayFilter(field_name="published_on", lookup_expr="lte")

    class Meta:
        model = Article
        fields: list[str] = []

    def matching_words(self, queryset, name, words):
        return containing(queryset, words)


class ArticleQuery(ListQuery):
    """The query string of the list of articles."""

    filterset_class = ArticleFilter
    orders = {
        "newest": Order("newest", _("Newest"), "published_on", True, date.fromisoformat)
    }
    default_order = "newest"

    def everything(self):
        return Article.objects.public()

    def shown(self, queryset):
        return queryset.for_listing()
