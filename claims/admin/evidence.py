"""Evidence in the admin: kept copies of a row, and the list of what will not last."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.cache import patch_cache_control
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from claims.admin.base import ReadOnlyAdmin
from claims.desk.evidence_health import HEALTH, lasting, problems_of
from claims.desk.file_redaction import TakenOff, is_redacted
from claims.http.files import send_apart
from claims.models import Evidence
from claims.reading.evidence_files import read_file


class KeptCopyMixin:
    """Adds the kept copy to the rows of evidence in a verdict's form."""

    # Laid out as the fields of a row; what shows the copy, and what changes it.
    copy_shown = ("copy",)
    copy_changed = (("upload", "file_name"), ("file_is_public", "remove_copy"), "kept")
    readonly_fields = copy_shown

    def get_fieldsets(self, request, obj=None):
        """Return a row's fields, and apart the kept copy: folded where none is kept."""
        fields = self.copy_shown
        if self.has_change_permission(request, obj):
            fields += self.copy_changed
        has_copy = obj is not None and obj.evidence.exclude(file=None).exists()
        kept = {"classes": () if has_copy else ("collapse",), "fields": fields}
        return [(None, {"fields": self.fields}), (_("Copy kept by the desk"), kept)]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        # Made for this request; whoever uploads is named with the file.
        formset.form.by = request.user
        return formset

    @admin.display(description=_("kept copy"))
    def copy(self, row):
        return copy_in_words(row)


def copy_in_words(row: Evidence):
    """Return what a row's kept copy is, with its digest and a link to it."""
    if not row.file_id:
        return "–"
    if is_redacted(row.file):
        gone = _("Taken off the site for good.")
        return format_html("{}<br>SHA-256 <code>{}</code>", gone, row.file.sha256)
    who = _("readers see it") if row.file_is_public else _("for the desk alone")
    return format_html(
        '<a href="{}">{}</a> ({}, {}; {})<br>SHA-256 <code>{}</code>',
        reverse("admin:claims_evidence_file", args=[row.pk]),
        row.file_name,
        row.file.get_kind_display(),
        filesizeformat(row.file.size),
        who,
        row.file.sha256,
    )


class HealthFilter(admin.SimpleListFilter):
    title = _("what is wrong")
    parameter_name = "health"

    def lookups(self, request, model_admin):
        return [(name, each.title) for name, each in HEALTH.items()]

    def queryset(self, request, queryset):
        each = HEALTH.get(self.value())
        return queryset.filter(each.condition()) if each else queryset


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    """The evidence of published verdicts, and what of it may be gone one day."""

    list_display = ("source", "verdict_on", "wrong", "checked")
    list_filter = (HealthFilter, "stance", "is_primary")
    list_select_related = ("verdict__claim", "file")
    search_fields = ("title",)
    # By an index of published verdicts: the newest evidence is of those under way.
    ordering = ("-verdict__updated_at", "-verdict__id", "-pk")
    nothing_yet = _("No published verdict rests on evidence of this kind.")

    def get_queryset(self, request):
        return lasting(super().get_queryset(request))

    def get_search_results(self, request, queryset, search_term):
        words = search_term.split()
        for word in words:
            queryset = queryset.filter(title__icontains=word)
        return queryset, False

    def get_urls(self):
        return [
            path(
                "<path:object_id>/file/",
                self.admin_site.admin_view(self.file_view),
                name="claims_evidence_file",
            ),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead to the verdict, where its evidence is changed."""
        row = Evidence.objects.filter(pk=_number(object_id)).first()
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return HttpResponseRedirect(
            reverse("admin:claims_verdict_change", args=[row.verdict_id])
        )

    def history_view(self, request, object_id, extra_context=None):
        return self.change_view(request, object_id)

    def file_view(self, request, object_id):
        """Return the kept copy of a row, published or not, to the desk."""
        row = Evidence.objects.filter(pk=_number(object_id)).first()
        if row is None or row.file is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if is_redacted(row.file):
            raise TakenOff
        try:
            response = FileResponse(read_file(row.file))
        except FileNotFoundError:
            raise Http404 from None
        send_apart(response, row.file, row.file_name)
        patch_cache_control(response, private=True, no_store=True)
        return response

    @admin.display(description=_("evidence"), ordering="title")
    def source(self, row):
        return format_html(
            '{}<br><a href="{}" rel="noreferrer">{}</a>', row.title, row.url, row.url
        )

    @admin.display(description=_("verdict"))
    def verdict_on(self, row):
        return row.verdict.claim

    @admin.display(description=_("what is wrong"))
    def wrong(self, row):
        return format_html_join("", "{}<br>", ((each,) for each in problems_of(row)))

    @admin.display(description=_("address last asked for"))
    def checked(self, row):
        return row.checked_on or "–"


def _number(object_id):
    number = unquote(object_id)
    return int(number) if number.isascii() and number.isdecimal() else 0
