"""Reader reports in the admin: the list, and the form of the desk's answer."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin
from claims.admin.changelist import two_line_cell
from claims.admin.narrowing import AgeFilter
from claims.admin.queues import QueueMixin, ReportQueue
from claims.admin.together import TogetherMixin
from claims.desk.reports import answer_report
from claims.forms.reports import AnswerForm
from claims.models import Claim, ReaderReport


@admin.register(ReaderReport)
class ReaderReportAdmin(TogetherMixin, QueueMixin, DeskAdmin):
    form = AnswerForm
    steps_together = ("assign", "topic")
    list_display = ("message_start", "kind", "status", "created_at")
    nothing_yet = _(
        "No reader has written yet. What they send from a claim’s page, or from "
        "“Report an error”, arrives here."
    )
    list_select_related = ("claim",)
    list_filter = (ReportQueue, AgeFilter, "status", "kind")
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

    def claims_of_rows(self, rows):
        reported = rows.filter(claim__isnull=False)
        return Claim.objects.filter(pk__in=reported.order_by().values("claim"))

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("message"))
    def message_start(self, report):
        return two_line_cell(Truncator(report.message).chars(160), report.claim or "")

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
