"""Query strings of the lists of speakers, articles, topics and outlets."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter

from claims.lists.filters import public_outlets
from claims.lists.pagination import Order
from claims.lists.query import DayFilter, ListFilters, ListQuery, RowFilter, WordsFilter
from claims.models import Article, Outlet, Speaker, Topic
from claims.models.choices import SpeakerKind
from claims.models.fulltext import (
    MOST_CHARACTERS,
    NAME_WORDS,
    WORD,
    Matches,
    letters,
    names_query,
)


class SpeakerFilter(ListFilters):
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
        shown = ("name", "slug", "kind", "folded", "picture__sha256")
        return (
            queryset.with_current_role()
            .select_related("picture")
            .only(*shown, "picture__alternative_text")
        )


class ArticleFilter(ListFilters):
    """The filter parameters of the list of articles."""

    q = WordsFilter(method="matching_words", label=_("Words"))
    outlet = RowFilter(
        public_outlets,
        _("No outlet here is called “%(value)s”."),
        label=_("Outlet"),
    )
    published_after = DayFilter(
        field_name="published_on", lookup_expr="gte", label=_("Printed from")
    )
    published_before = DayFilter(
        field_name="published_on", lookup_expr="lte", label=_("Printed until")
    )

    class Meta:
        model = Article
        fields: list[str] = []

    def matching_words(self, queryset, name, asked):
        return queryset.with_words(asked)


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


class NameFilter(ListFilters):
    """The filter parameter of the lists of topics and of outlets."""

    q = CharFilter(method="named", max_length=MOST_CHARACTERS, label=_("Name"))

    def named(self, queryset, name, words):
        """Those with these letters in the name, or with words that begin so."""
        found = Q(letters__contains=letters(Value(words)))
        if WORD.search(words):
            found |= Q(Matches(NAME_WORDS, names_query(words)))
        return queryset.annotate(letters=letters("name")).filter(found)


class TopicQuery(ListQuery):
    """The query string of the list of topics."""

    filterset_class = NameFilter
    orders = {"name": Order("name", _("By name"), "name", False, str)}
    default_order = "name"

    def everything(self):
        return Topic.objects.public()


class OutletQuery(TopicQuery):
    """The query string of the list of outlets."""

    def everything(self):
        return Outlet.objects.public()
