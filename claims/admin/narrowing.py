"""Filters of the desk's lists: article, speaker, topic, person, day, age, language."""

from datetime import date, timedelta
from urllib.parse import parse_qsl

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.admin.widgets import RowSelect
from claims.desk.doubts import leaves_something_open
from claims.desk.languages import language_name
from claims.desk.planning import UNDER_WAY
from claims.desk.publications import display_name
from claims.exceptions import Refused
from claims.forms.verdicts import verdict_writers
from claims.models import Article, Claim, Verdict, WorkItem

# Before it sorts only what has no day.
FIRST = date(1, 1, 2)
AGES = (1, 7, 30, 90)
# More people than this choose somebody by the list of the person's own work.
MOST_PEOPLE = 60


class BadFilter(Refused):
    """The address holds a value that a filter does not have (400)."""

    status = 400


class NarrowedMixin:
    """A ModelAdmin whose list brings what the fields of its filters need."""

    def changelist_view(self, request, extra_context=None):
        field = Claim._meta.get_field("speaker")
        media = self.media + RowSelect(field, self.admin_site).media
        return super().changelist_view(
            request, {"media": media} | (extra_context or {})
        )


class FormFilter(admin.ListFilter):
    """A filter with fields of its own; the other filters go along with them."""

    template = "admin/claims/filter_form.html"
    names: tuple[str, ...] = ()

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        for name in self.names:
            if name in params:
                value = params.pop(name)[-1]
                if value:
                    self.used_parameters[name] = value
        self.site = model_admin.admin_site
        self.form = self.make_form(self.used_parameters or None)
        if self.used_parameters and not self.form.is_valid():
            raise BadFilter(_("This filter has no such value."))

    def expected_parameters(self):
        return list(self.names)

    def has_output(self):
        return True

    def choices(self, changelist):
        others = changelist.get_query_string(remove=[*self.names, "p"])
        yield {
            "form": self.form,
            "others": parse_qsl(others.removeprefix("?")),
            "without": others,
            "selected": bool(self.used_parameters),
        }


class RowFilter(FormFilter):
    """A filter by one row of another table, found by typing a part of its name."""

    field_name = ""
    # From the rows listed to their claims: "" or "claim__".
    prefix = ""

    def make_form(self, data):
        field = Claim._meta.get_field(self.field_name)
        chosen = forms.ModelChoiceField(
            field.related_model._default_manager.all(),
            label="",
            required=False,
            widget=RowSelect(field, self.site, attrs={"data-width": "100%"}),
        )
        made = type("RowForm", (forms.Form,), {self.names[0]: chosen})
        return made(data, auto_id=f"filter_{self.names[0]}")

    def queryset(self, request, queryset):
        if not self.used_parameters:
            return queryset
        row = self.form.cleaned_data[self.names[0]]
        return queryset.filter(**{f"{self.prefix}{self.field_name}": row})


class ArticleFilter(RowFilter):
    title, names, field_name = _("article"), ("article",), "article"


class SpeakerFilter(RowFilter):
    title, names, field_name = _("speaker"), ("speaker",), "speaker"


class TopicFilter(RowFilter):
    title, names, field_name = _("topic"), ("topic",), "topics"


class ArticleOfVerdict(ArticleFilter):
    prefix = "claim__"


class SpeakerOfVerdict(SpeakerFilter):
    prefix = "claim__"


class TopicOfVerdict(TopicFilter):
    prefix = "claim__"


class DayFilter(FormFilter):
    """A filter from one day to another, both of them included."""

    day = ""

    def make_form(self, data):
        fields = {
            name: forms.DateField(
                label=label,
                required=False,
                input_formats=["%Y-%m-%d"],
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
            for name, label in zip(self.names, (_("from"), _("until")), strict=True)
        }
        return type("DayForm", (forms.Form,), fields)(data, auto_id="filter_%s")

    def queryset(self, request, queryset):
        if not self.used_parameters:
            return queryset
        first, last = (self.form.cleaned_data[name] for name in self.names)
        return queryset.filter(
            **{f"{self.day}__range": (first or FIRST, last or date.max)}
        )


class SaidFilter(DayFilter):
    title, names, day = _("day it was said"), ("said_from", "said_until"), "sort_date"


class PrintedFilter(DayFilter):
    title, names = _("day of the article"), ("printed_from", "printed_until")
    day = "published_on"


class AgeFilter(admin.SimpleListFilter):
    """A filter by how long rows have been there, or not been touched."""

    title, parameter_name = _("older than"), "age"
    since = "created_at"

    def lookups(self, request, model_admin):
        return [
            (
                str(days),
                ngettext("%(days)d day", "%(days)d days", days) % {"days": days},
            )
            for days in AGES
        ]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        if self.value() not in map(str, AGES):
            raise BadFilter(_("This filter has no such value."))
        limit = timezone.now() - timedelta(days=int(self.value()))
        return queryset.filter(**{f"{self.since}__lt": limit})


class UntouchedFilter(AgeFilter):
    title, since = _("untouched for"), "updated_at"


class LanguageFilter(admin.SimpleListFilter):
    """A filter by `?language=`, with the names of the languages that are there."""

    title, parameter_name = _("language"), "language"
    path = "language"

    def lookups(self, request, model_admin):
        codes = Article.objects.order_by().values_list("language", flat=True)
        return sorted(
            ((code, language_name(code)) for code in codes.distinct()),
            key=lambda pair: pair[1].casefold(),
        )

    def queryset(self, request, queryset):
        asked = self.value()
        return queryset.filter(**{self.path: asked}) if asked else queryset


class LanguageOfClaim(LanguageFilter):
    path = "article__language"


class ReadyFilter(admin.SimpleListFilter):
    """A filter of suggestions by whether they leave something open."""

    title, parameter_name = _("suggestions"), "ready"

    def lookups(self, request, model_admin):
        return [("yes", _("ready")), ("no", _("leave something open"))]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        if self.value() not in {"yes", "no"}:
            raise BadFilter(_("This filter has no such value."))
        is_open = self.value() == "no"
        return (
            queryset.suggested()
            .alias(is_open=leaves_something_open())
            .filter(is_open=is_open)
        )


class PersonFilter(admin.SimpleListFilter):
    """A filter by who has the claim: me, nobody, or one of the desk."""

    title, parameter_name = _("who has it"), "person"
    key = "pk"

    def lookups(self, request, model_admin):
        people = [
            (str(user.pk), display_name(user))
            for user in verdict_writers()[:MOST_PEOPLE]
            if user.pk != request.user.pk
        ]
        return [("me", _("I")), ("nobody", _("nobody")), *people]

    def queryset(self, request, queryset):
        asked = self.value()
        if not asked:
            return queryset
        if asked == "nobody":
            return queryset.exclude(**{f"{self.key}__in": _owned(Q(), Q())})
        if asked == "me":
            asked = request.user.pk
        elif not (asked.isascii() and asked.isdigit() and len(asked) < 10):
            raise BadFilter(_("This filter has no such value."))
        user = get_user_model()(pk=int(asked))
        return queryset.filter(
            **{f"{self.key}__in": _owned(Q(person=user), Q(assignee=user), user)}
        )


class PersonOfVerdict(PersonFilter):
    key = "claim_id"


def _owned(work, verdict, author=None):
    """Return the keys of claims that somebody has, or one person has."""
    begun = Q(assignee__isnull=True, status__in=UNDER_WAY)
    if author is not None:
        begun &= Q(author=author)
    assigned = verdict & Q(assignee__isnull=False)
    return (
        WorkItem.objects.filter(work, person__isnull=False)
        .order_by()
        .values("claim")
        .union(Verdict.objects.filter(assigned | begun).order_by().values("claim"))
    )
