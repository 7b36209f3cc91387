"""Base classes of the admin: DeskAdmin, ReadOnlyAdmin, and a mixin for inlines."""

from django.contrib import admin
from django.db import models
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from claims.admin.changelist import CappedPaginator, as_code
from claims.admin.deletion import NamedDeletionMixin
from claims.admin.saving import CheckedSaveMixin
from claims.admin.search import search_condition
from claims.admin.widgets import RowSelect, RowSelectMultiple
from claims.forms.base import DeskForm
from claims.forms.days import DayInput, day_field

# Lookups that let an address run a pattern of its own on a whole table, or that
# need an extension which the database does not have.
DENIED_LOOKUPS = {
    "regex",
    "iregex",
    "search",
    "contained_by",
    "unaccent",
    "trigram_similar",
    "trigram_word_similar",
    "trigram_strict_word_similar",
}


class DeskAdmin(NamedDeletionMixin, CheckedSaveMixin, admin.ModelAdmin):
    """A ModelAdmin with full-text search, checked saves and no deletion."""

    form = DeskForm
    change_form_template = "admin/claims/change_form.html"
    change_list_template = "admin/claims/change_list.html"
    # What an empty list says to somebody who wonders how rows get into it.
    nothing_yet = ""
    paginator = CappedPaginator
    show_full_result_count = False
    # Counting each filter's rows costs more than the list itself.
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 200
    actions = None
    search_configuration = "english"

    def has_delete_permission(self, request, obj=None):
        return False

    def lookup_allowed(self, lookup, value, request=None):
        if DENIED_LOOKUPS & set(lookup.split("__")):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request, queryset, search_term):
        if not (self.search_fields and search_term.strip()):
            return queryset, False
        found = search_condition(search_term, self.search_configuration)
        return queryset.filter(found), False

    def changelist_view(self, request, extra_context=None):
        named = {
            "title": capfirst(self.opts.verbose_name_plural),
            "nothing_yet": self.nothing_yet,
        }
        return super().changelist_view(request, named | (extra_context or {}))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        if is_day(db_field):
            return day_field(db_field, widget=DayInput)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RowSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RowSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def desk_page(self, request, template, context, *, status=200):
        """Return a TemplateResponse of an admin template with the site's context."""
        return TemplateResponse(
            request,
            f"admin/claims/{template}",
            self.admin_site.each_context(request) | {"opts": self.opts} | context,
            status=status,
        )


def is_day(db_field):
    """Return whether a model's field holds a day, and no time of it."""
    day, moment = models.DateField, models.DateTimeField
    return isinstance(db_field, day) and not isinstance(db_field, moment)


class LimitedInlineMixin:
    """Inline rows: a limit, a forged TOTAL_FORMS included, and days in words."""

    max_num = 100

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if is_day(db_field):
            return day_field(db_field, widget=DayInput)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_formset(self, request, obj=None, **kwargs):
        kwargs["absolute_max"] = self.max_num + 20
        return super().get_formset(request, obj, **kwargs)


class ReadOnlyAdmin(DeskAdmin):
    """A ModelAdmin for rows that nobody adds or changes by hand."""

    # Nothing is saved, and a lock takes the right to write.
    locks_row = False

    def get_fields(self, request, obj=None):
        """Return the fields; what is no single value is shown as code, as stored."""
        known = {field.name for field in self.model._meta.get_fields()}
        return [
            as_code(self.model._meta.get_field(name)) if name in known else name
            for name in super().get_fields(request, obj)
            if name != "seen"
        ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
