"""Reader reports in the admin: the list, answers, and claims made of reports."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin
from claims.admin.changelist import two_line_cell
from claims.admin.narrowing import AgeFilter
from claims.admin.queues import QueueMixin, ReportQueue
from claims.admin.together import TogetherMixin
from claims.desk.reports import answer_report
from claims.exceptions import Refused
from claims.exchange.reported_claims import claim_from_report
from claims.forms.reports import AnswerForm, KnownForm, TakeUpForm
from claims.models import Claim, ReaderReport, ReporterContact
from claims.models.choices import ReportStatus


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
        (
            _("Answer"),
            {"fields": ("status", "answer", "correction", "led_to", "answered_by")},
        ),
    )
    change_form_template = "admin/claims/report_form.html"
    readonly_fields = (
        "kind",
        "about",
        "message",
        "url",
        "contact_of",
        "created_at",
        "led_to",
        "answered_by",
    )

    def claims_of_rows(self, rows):
        reported = rows.filter(claim__isnull=False)
        return Claim.objects.filter(pk__in=reported.order_by().values("claim"))

    def has_add_permission(self, request):
        return False

    def get_urls(self):
        return [
            *(
                path(
                    f"<path:object_id>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"claims_readerreport_{name.replace('-', '_')}",
                )
                for name, view in (
                    ("take-up", self.take_up_view),
                    ("known", self.known_view),
                )
            ),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request, obj=None):
        """Return the fields, with whom it is from for those alone who need to know."""
        if request.user.has_perm("claims.view_reportercontact"):
            return self.fieldsets
        first, *others = self.fieldsets
        kept = tuple(name for name in first[1]["fields"] if name != "contact_of")
        return [(first[0], {"fields": kept}), *others]

    def render_change_form(self, request, context, *args, **kwargs):
        report = context["original"]
        if report is not None and report.status == ReportStatus.OPEN:
            may = request.user.has_perm("claims.change_readerreport")
            context["take_up_form"] = may and TakeUpForm(initial=proposal(report))
            context["known_form"] = may and KnownForm(auto_id="known_%s")
        return super().render_change_form(request, context, *args, **kwargs)

    def take_up_view(self, request, object_id):
        """Make a claim of a report, or show what was typed and why not."""
        report = self.open_report(request, object_id)
        form = TakeUpForm(request.POST)
        return self.try_form(
            request,
            report,
            form,
            _("Take up as a claim"),
            lambda: claim_from_report(report, by=request.user, **form.cleaned_data),
        )

    def known_view(self, request, object_id):
        """Name the claim that says the same as a report."""
        report = self.open_report(request, object_id)
        form = KnownForm(request.POST)

        def name_claim():
            claim = form.cleaned_data["claim"]
            answer_report(
                report,
                by=request.user,
                status=ReportStatus.KNOWN,
                answer="",
                led_to=claim,
            )
            return claim

        return self.try_form(
            request, report, form, _("Known as a claim already"), name_claim
        )

    def open_report(self, request, object_id):
        report = self.get_object(request, unquote(object_id))
        if report is None:
            raise Http404
        if not self.has_change_permission(request, report):
            raise PermissionDenied
        return report

    def try_form(self, request, report, form, title, act):
        """Do what a form asks for and go to the claim, or show the form again."""
        status, back = (
            400,
            reverse("admin:claims_readerreport_change", args=[report.pk]),
        )
        if request.method != "POST":
            return HttpResponseRedirect(back)
        if report.led_to_id:
            # Pressed twice: it was done.
            return HttpResponseRedirect(claim_url(report.led_to_id))
        if form.is_valid():
            try:
                claim = act()
            except Refused as refusal:
                status = refusal.status
                missing = getattr(refusal, "missing", {None: str(refusal)})
                for field, sentence in missing.items():
                    form.add_error(field if field in form.fields else None, sentence)
            else:
                self.message_user(request, _("Noted."), messages.SUCCESS)
                return HttpResponseRedirect(claim_url(claim.pk))
        return self.desk_page(
            request,
            "small_form.html",
            {
                "title": title,
                "subtitle": str(report),
                "thing": report,
                "form": form,
                "back": back,
            },
            status=status,
        )

    @admin.display(description=_("message"))
    def message_start(self, report):
        return two_line_cell(Truncator(report.message).chars(160), report.claim or "")

    @admin.display(description=_("from"))
    def contact_of(self, report):
        contact = ReporterContact.objects.filter(pk=report.pk).first()
        if contact is None:
            return _("No address is kept.")
        link = format_html('<a href="mailto:{0}">{0}</a>', contact.address)
        if contact.told_at:
            return format_html("{} ({})", link, _("was told"))
        if contact.wants_notice:
            return format_html("{} ({})", link, _("asked to be told"))
        return link

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
            led_to=stored.led_to,
        )
        obj.__dict__.update(answered.__dict__)


def claim_url(key):
    return reverse("admin:claims_claim_change", args=[key])


def proposal(report):
    """Return what a report tells of a new claim, as the fields of the form have it."""
    return {
        "words": report.message,
        "headline": Truncator(report.message).chars(80),
        "published_on": report.created_at.date(),
        "url": report.url,
    }
