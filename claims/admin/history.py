"""What happened, at the desk: steps, changed rows, reports from readers."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.admin.desk import DeskAdmin, ReadOnlyAdmin
from claims.admin.queues import QueueMixin, ReportQueue
from claims.desk.reports import answer_report
from claims.forms.reports import AnswerForm
from claims.models import Change, ReaderReport, Transition


@admin.register(Transition)
class TransitionAdmin(ReadOnlyAdmin):
    list_display = ("at", "claim", "subject", "step", "to_status", "by", "comment")
    list_select_related = ("claim", "by")
    list_filter = ("subject", "step")
    ordering = ("-at", "-pk")


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("at", "table", "row", "operation", "actor", "changed_fields")
    list_select_related = ("actor",)
    list_filter = ("table", "operation")

    @admin.display(description=_("what changed"))
    def changed_fields(self, change):
        before, after = change.before or {}, change.after or {}
        if not (before and after):
            return ""
        names = [name for name in after if before.get(name) != after[name]]
        return ", ".join(sorted(name.removesuffix("_id") for name in names))


@admin.register(ReaderReport)
class ReaderReportAdmin(QueueMixin, DeskAdmin):
    form = AnswerForm
    list_display = ("created_at", "kind", "status", "claim", "message_start")
    list_select_related = ("claim",)
    list_filter = (ReportQueue, "status", "kind")
    fieldsets = (
        (
            None,
            {"fields": ("kind", "about", "message", "url", "contact", "created_at")},
        ),
        (_("Answer"), {"fields": ("status", "answer", "correction", "answered_by")}),
    )
    readonly_fields = (
        "kind",
        "about",
        "message",
        "url",
        "contact",
        "created_at",
        "answered_by",
    )

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("message"))
    def message_start(self, report):
        return report.message[:120]

    @admin.display(description=_("about"))
    def about(self, report):
        if report.claim is None:
            return "–"
        address = reverse("admin:claims_claim_change", args=[report.claim_id])
        return format_html('<a href="{}">{}</a>', address, report.claim)

    def save_model(self, request, obj, form, change):
        stored = ReaderReport.objects.get(pk=obj.pk)
        answered = answer_report(
            stored,
            by=request.user,
            status=form.cleaned_data["status"],
            answer=form.cleaned_data["answer"],
            correction=form.cleaned_data["correction"],
        )
        obj.__dict__.update(answered.__dict__)
