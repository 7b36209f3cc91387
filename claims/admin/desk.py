"""What all desk pages share: lists that stay fast, saves that nobody loses."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.paginator import Paginator
from django.db import IntegrityError, models, transaction
from django.db.models import F, Func, Q
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst

from claims.desk.publications import name_of
from claims.exceptions import ChangedMeanwhile, Incomplete, Refused
from claims.forms.desk import DeskForm, seen_of
from claims.models import Change
from claims.models.constraints import Refusal, refusal_of
from claims.models.fulltext import fold

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


class CappedPaginator(Paginator):
    """Pages of a list that is counted up to a limit only."""

    LIMIT = 10_000

    @cached_property
    def count(self):
        return self.object_list.order_by()[: self.LIMIT + 1].count()


class PrefixQuery(Func):
    """What somebody typed as a search of folded words, the last one maybe half."""

    template = (
        "(SELECT CASE WHEN words ~ '''$' THEN (words || ':*')::tsquery"
        " ELSE words::tsquery END FROM (SELECT websearch_to_tsquery("
        "'%(configuration)s'::regconfig, %(expressions)s)::text"
        " AS words) typed)"
    )
    output_field = models.BooleanField()

    def __init__(self, typed, configuration):
        super().__init__(fold(typed), configuration=configuration)


class Matches(Func):
    """Whether a search column holds what was typed."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = models.BooleanField()


class NumbersOnly:
    """Shows again what was typed, unless it never was the number of a row."""

    def optgroups(self, name, value, attrs=None):
        numbers = [
            each
            for each in map(str, value)
            if not each or (each.isascii() and each.isdigit() and len(each) < 19)
        ]
        return super().optgroups(name, numbers, attrs)


class Lookup(NumbersOnly, AutocompleteSelect):
    pass


class LookupMany(NumbersOnly, AutocompleteSelectMultiple):
    pass


def search_condition(typed, configuration="english", *, parts=None):
    """Return the condition that a row's words, or its number, are what was typed.

    `parts` divides a table that has an index for each of its two parts.
    """
    typed = typed.strip()
    found = Q(Matches(F("search"), PrefixQuery(typed, configuration)))
    if parts is not None:
        found = (parts & found) | (~parts & found)
    number = typed.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 19:
        found |= Q(pk=int(number))
    return found


class DeskAdmin(admin.ModelAdmin):
    """A page that refuses with a sentence, keeps what was typed and never deletes."""

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
    # Steps lock in an order of their own; see the pages that switch this off.
    locks_row = True

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

    def get_object(self, request, object_id, from_field=None):
        if request.method != "POST" or not self.locks_row:
            return super().get_object(request, object_id, from_field)
        thing = super().get_object(request, object_id, from_field)
        if thing is None or not transaction.get_connection().in_atomic_block:
            return thing
        # Until the save is done, nobody changes the row between look and write.
        return self.model._default_manager.select_for_update(of=("self",)).get(
            pk=thing.pk
        )

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusals = _refusals(request, self.get_inlines(request, obj))
        return form

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        for formset in formsets:
            formset.refusals = _row_refusals(request, formset.model)
        return formsets, inlines

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ChangedMeanwhile as refusal:
            return self.stale_save(request, object_id, form_url, extra_context, refusal)
        except IntegrityError as error:
            found = refusal_of(error)
            if found is None:
                raise
            if found.rule.endswith("_version_counts_up"):
                stale = ChangedMeanwhile(found.sentence, None)
                return self.stale_save(
                    request, object_id, form_url, extra_context, stale
                )
            request.desk_refusals, request.desk_status = [found], 409
        except Incomplete as refusal:
            request.desk_status = refusal.status
            request.desk_refusals = [
                Refusal("", field, str(sentence))
                for field, sentence in refusal.missing.items()
            ]
        except Refused as refusal:
            cause = refusal.__cause__
            found = refusal_of(cause) if isinstance(cause, IntegrityError) else None
            request.desk_refusals = [found or Refusal("", None, str(refusal))]
            request.desk_status = refusal.status
        # The same form again, with the refusal in it and all that was typed.
        return super().changeform_view(request, object_id, form_url, extra_context)

    def stale_save(self, request, object_id, form_url, extra_context, refusal):
        """Show the stored text beside the typed one; a second save is deliberate."""
        request.desk_refusals = [Refusal("", None, str(refusal))]
        request.desk_status = 409
        request.desk_conflict = True
        current = self.get_queryset(request).filter(pk=object_id).first()
        if current is None:
            raise refusal
        request.POST = request.POST.copy()
        request.POST["seen"] = seen_of(current)
        self.renew_rows(request, current)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def renew_rows(self, request, current):
        """Make typed rows new ones where somebody has deleted them meanwhile."""

    def render_change_form(self, request, context, *args, **kwargs):
        if getattr(request, "desk_conflict", False):
            form = context["adminform"].form
            context["conflict"] = {
                "fields": differences(form),
                "last": last_change(self.model, context["original"]),
            }
        response = super().render_change_form(request, context, *args, **kwargs)
        if request.method == "POST":
            response.status_code = getattr(request, "desk_status", 400)
        return response

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Lookup(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = LookupMany(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def tell(self, request, sentence, level=messages.SUCCESS):
        self.message_user(request, sentence, level)

    def desk_page(self, request, template, context, *, status=200):
        """Return a page of the desk with the admin's frame around it."""
        return TemplateResponse(
            request,
            f"admin/claims/{template}",
            self.admin_site.each_context(request) | {"opts": self.opts} | context,
            status=status,
        )


class FewRows:
    """An inline that shows a forged number of rows no more patience than it needs."""

    max_num = 100

    def get_formset(self, request, obj=None, **kwargs):
        kwargs["absolute_max"] = self.max_num + 20
        return super().get_formset(request, obj, **kwargs)


class ReadOnlyAdmin(DeskAdmin):
    """A list that only ever grows, or that the database fills: look, do not touch."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


def under(words, note):
    """Return a cell of a list with a second, quieter line in it."""
    if not note:
        return words
    return format_html('{} <span class="desk-under">{}</span>', words, note)


def differences(form) -> list[dict]:
    """Return each field whose stored value is not the one typed."""
    rows = []
    for bound in form.visible_fields():
        stored = _shown(
            bound.field, form.get_initial_for_field(bound.field, bound.name)
        )
        typed = _shown(bound.field, bound.value())
        if stored != typed:
            rows.append({"label": bound.label, "stored": stored, "typed": typed})
    return rows


def last_change(model, thing) -> dict | None:
    """Return by whom and when a row was last changed."""
    if thing is None:
        return None
    change = (
        Change.objects.filter(table=model._meta.model_name, row=thing.pk)
        .select_related("actor")
        .first()
    )
    if change is None:
        return None
    return {"by": name_of(change.actor) if change.actor else "", "at": change.at}


def _shown(field, value):
    """Return a form value, stored or typed, as the words that stand for it."""
    if value in (None, ""):
        return ""
    if isinstance(value, list | tuple | models.QuerySet):
        return ", ".join(sorted(_shown(field, each) for each in value))
    if hasattr(field, "queryset"):
        key = str(getattr(value, "pk", value))
        found = field.queryset.filter(pk=key).first() if key.isdecimal() else None
        return str(found or value)
    if hasattr(field, "choices"):
        return str(dict(_flat(field.choices)).get(value, value))
    return str(value).replace("\r\n", "\n")


def _flat(choices):
    return [(key, label) for key, label in choices if not isinstance(label, list)]


def _refusals(request, inlines):
    """Return the refusals that a page's own form has to show."""
    rows = {name for inline in inlines for name in _rules(inline.model)}
    found = getattr(request, "desk_refusals", [])
    return tuple(each for each in found if each.rule not in rows)


def _row_refusals(request, model):
    """Return the refusals that are about the rows of an inline."""
    found = getattr(request, "desk_refusals", [])
    return tuple(each for each in found if each.rule in _rules(model))


def _rules(model):
    return {constraint.name for constraint in model._meta.constraints}
