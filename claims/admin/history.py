"""What happened, at the desk: steps, changed rows, reports from readers."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from claims.admin.desk import DeskAdmin, ReadOnlyAdmin, under
from claims.admin.queues import QueueMixin, ReportQueue
from claims.desk.publications import name_of
from claims.desk.reports import answer_report
from claims.desk.workflow import STEPS, done_by
from claims.forms.reports import AnswerForm
from claims.models import Change, ReaderReport, Transition


class StepFilter(admin.SimpleListFilter):
    title = _("step")
    parameter_name = "step"

    def lookups(self, request, model_admin):
        return [(step.name, step.done) for step in STEPS.values()]

    def queryset(self, request, queryset):
        return queryset.filter(step=self.value()) if self.value() else queryset


@admin.register(Transition)
class TransitionAdmin(ReadOnlyAdmin):
    list_display = ("which", "what", "who", "at")
    list_select_related = ("claim", "by")
    list_filter = ("subject", StepFilter)
    ordering = ("-at", "-pk")

    @admin.display(description=_("claim"))
    def which(self, row):
        return under(row.claim, Truncator(row.comment).chars(200))

    @admin.display(description=_("step"), ordering="step")
    def what(self, row):
        return done_by(row)

    @admin.display(description=_("by"), ordering="by")
    def who(self, row):
        return name_of(row.by) if row.by else _("the program")


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
    list_display = ("message_start", "kind", "status", "created_at")
    nothing_yet = _(
        "No reader has written yet. What they send from a claim’s page, or from "
        "“Report an error”, arrives here."
    )
    list_select_related = ("claim",)
    list_filter = (ReportQueue, "status", "kind")
    fieldsets = (
        (
            None,
            {"fields": ("kind", "about", "message", "url", "contact_of", "created_at")},
        ),
        (_("Answer"), {"fields": ("status", "answer", "correction", "answered_by")}),
    )
    readonly_fields = (
        "kind",
        "about",
        "message",
        "url",
        "contact_of",
        "created_at",
        "answered_by",
    )

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("message"))
    def message_start(self, report):
        return under(Truncator(report.message).chars(160), report.claim or "")

    @admin.display(description=_("from"))
    def contact_of(self, report):
        if not report.contact:
            return _("No address was left.")
        return format_html('<a href="mailto:{0}">{0}</a>', report.contact)

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
