"""Verdicts in the admin: the working copy with its evidence rows."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Case, Exists, F, OuterRef, When
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin, LimitedInlineMixin
from claims.admin.changelist import two_line_cell
from claims.admin.conflicts import conflicting_fields, last_change
from claims.admin.inline_rows import renew_rows, typed_rows
from claims.admin.queues import (
    QueueChangeList,
    QueueMixin,
    VerdictQueue,
    requested_queue,
)
from claims.admin.review import ReviewMixin
from claims.admin.search import search_condition
from claims.admin.steps import StepsMixin
from claims.admin.verdict_begin import (
    begin_as_typed,
    claim_begun,
    first_verdict_form,
)
from claims.desk.blind import unseen_by
from claims.desk.completeness import missing_for_review
from claims.desk.passages import passage_of
from claims.desk.publications import display_name
from claims.desk.workflow import begin_verdict
from claims.forms.base import ConstraintFormSet
from claims.forms.verdicts import EvidenceForm, NewVerdictForm, VerdictForm
from claims.models import Claim, Evidence, Verdict
from claims.models.choices import Subject, VerdictStatus

# What the list can be narrowed by without telling how a verdict is rated.
TELLING_NOTHING = {
    "queue",
    "id",
    "pk",
    "claim",
    "status",
    "author",
    "assignee",
    "recheck_on",
    "updated_at",
}


class EvidenceInline(LimitedInlineMixin, admin.StackedInline):
    model = Evidence
    form = EvidenceForm
    formset = ConstraintFormSet
    extra = 1
    fields = (
        ("stance", "is_primary", "order"),
        ("title", "publisher"),
        ("url", "archived_url"),
        ("published_on", "accessed_on"),
        "excerpt",
    )

    def has_add_permission(self, request, obj=None):
        return _is_editable(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return _is_editable(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return _is_editable(obj) and super().has_delete_permission(request, obj)


class RatingFilter(admin.RelatedFieldListFilter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_value_display = _("Not rated yet")


class VerdictChangeList(QueueChangeList):
    """A list whose filters find no verdict by what the user may still rate blind."""

    def get_queryset(self, request, *args, **kwargs):
        rows = super().get_queryset(request, *args, **kwargs)
        asked = {name.split("__")[0] for name in self.get_filters_params()}
        return rows if asked <= TELLING_NOTHING else rows.filter(is_unseen=False)


@admin.register(Verdict)
class VerdictAdmin(QueueMixin, ReviewMixin, StepsMixin, DeskAdmin):
    form = VerdictForm
    inlines = (EvidenceInline,)
    step_subject = Subject.VERDICT
    steps_after_save = ("submit",)
    steps_elsewhere = ("publish", "return")
    list_display = ("claim", "rating_told", "status", "people", "updated_at")
    list_select_related = ("claim", "rating", "author", "assignee")
    list_filter = (VerdictQueue, "status", ("rating", RatingFilter), "finding")
    search_fields = ("claim__wording",)
    autocomplete_fields = ("claim",)
    change_form_template = "admin/claims/verdict_form.html"
    fieldsets = (
        (None, {"fields": ("the_claim", "status", "author", "correction")}),
        (_("Did they say it?"), {"fields": ("finding",)}),
        (
            _("Is it true?"),
            {"fields": ("rating", "summary", "explanation", "how_verified", "as_of")},
        ),
        (_("For the desk"), {"fields": ("assignee", "recheck_on")}),
    )
    readonly_fields = ("the_claim", "status", "author", "correction")

    def get_list_display(self, request):
        queue = requested_queue(request, Verdict)
        if queue is not None and queue.name == "blind":
            return ("claim", "updated_at")
        return super().get_list_display(request)

    def get_queryset(self, request):
        """Return verdicts with `is_unseen`, and with `told` to order ratings by."""
        unseen = Exists(unseen_by(request.user).filter(pk=OuterRef("pk")))
        told = Case(When(unseen, then=None), default=F("rating__order"))
        return super().get_queryset(request).annotate(is_unseen=unseen, told=told)

    def get_changelist(self, request, **kwargs):
        return VerdictChangeList

    @admin.display(description=_("is it true?"), ordering="told")
    def rating_told(self, verdict):
        return _("not before you have rated") if verdict.is_unseen else verdict.rating

    @admin.display(description=_("written by"), ordering="author")
    def people(self, verdict):
        if verdict.assignee is None or verdict.assignee == verdict.author:
            return display_name(verdict.author)
        assigned = _("assigned to %(name)s") % {"name": display_name(verdict.assignee)}
        return two_line_cell(display_name(verdict.author), assigned)

    def get_fieldsets(self, request, obj=None):
        is_whole = obj or claim_begun(request)
        return self.fieldsets if is_whole else [(None, {"fields": ("claim",)})]

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj or claim_begun(request) else ()

    def get_inlines(self, request, obj):
        return self.inlines if obj or claim_begun(request) else ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        claim = None if obj else claim_begun(request)
        new = first_verdict_form(claim) if claim else NewVerdictForm
        kwargs["form"] = VerdictForm if obj else new
        return super().get_form(request, obj, change, **kwargs)

    def has_change_permission(self, request, obj=None):
        return _is_editable(obj) and super().has_change_permission(request, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None:
            claim = claim_begun(request)
            begun = claim and Verdict.objects.filter(claim=claim).first()
            if begun and request.method != "POST":
                return HttpResponseRedirect(self.change_url(begun))
            return super().changeform_view(request, None, form_url, extra_context)
        if self.get_object(request, unquote(object_id)) is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        change = self.read_with_care(self.change_verdict_view)
        return change(request, object_id, form_url, extra_context)

    def change_verdict_view(self, request, object_id, form_url, extra_context):
        if request.method == "POST":
            verdict = self.get_object(request, unquote(object_id))
            may = request.user.has_perm("claims.change_verdict")
            if verdict is not None and may and not _is_editable(verdict):
                return self.locked_meanwhile(request, verdict)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def locked_meanwhile(self, request, verdict):
        """Return what was typed, with 409, when the verdict is no longer a draft."""
        form = VerdictForm(request.POST, instance=verdict)
        rows = typed_rows(request.POST, "evidence")
        return self.desk_page(
            request,
            "verdict_locked.html",
            {
                "title": _("Not saved: the verdict is locked"),
                "subtitle": str(verdict.claim),
                "thing": verdict,
                "back": self.change_url(verdict),
                "fields": conflicting_fields(form),
                "last": last_change(Verdict, verdict),
                "rows": [row for row in rows if row.get("title") or row.get("url")],
            },
            status=409,
        )

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        claims = Claim.objects.filter(search_condition(search_term))
        return queryset.filter(claim__in=claims.values("pk")), False

    @admin.display(description=_("claim"))
    def the_claim(self, verdict):
        return render_to_string(
            "admin/claims/_passage.html",
            {
                "claim": verdict.claim,
                "passages": passage_of(verdict.claim),
                "with_wording": True,
            },
        )

    @admin.display(description=_("correction"))
    def correction(self, verdict):
        if not verdict.correction_kind:
            return "–"
        return format_html(
            "{}: {}", verdict.get_correction_kind_display(), verdict.correction_note
        )

    def save_model(self, request, obj, form, change):
        if change:
            obj.version += 1
            obj.save()
            return
        if claim_begun(request):
            names = form.cleaned_data.keys() - {"seen"}
            verdict, request.desk_is_new = begin_as_typed(obj, names, by=request.user)
        else:
            verdict = begin_verdict(form.cleaned_data["claim"], by=request.user)
        obj.pk = verdict.pk
        obj._state.adding = False
        obj.refresh_from_db()

    def save_related(self, request, form, formsets, change):
        # Sent twice, the evidence is stored once too.
        if getattr(request, "desk_is_new", True):
            super().save_related(request, form, formsets, change)
            return
        for formset in formsets:
            formset.new_objects = formset.changed_objects = []
            formset.deleted_objects = []

    def response_add(self, request, obj, post_url_continue=None):
        if claim_begun(request):
            words = _("The verdict is stored, as a draft.")
            self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(self.change_url(obj))

    def render_change_form(self, request, context, *args, **kwargs):
        verdict = context["original"]
        context["show_save_and_add_another"] = False
        if verdict is not None:
            context["can_preview"] = True
            context |= self.review_context(request, verdict)
            context["doubtful_words_url"] = _doubtful_words_url(verdict.claim)
            if verdict.status == VerdictStatus.DRAFT:
                context["missing"] = missing_for_review(verdict)
        return super().render_change_form(request, context, *args, **kwargs)

    def renew_rows(self, request, current):
        known = {str(pk) for pk in current.evidence.values_list("pk", flat=True)}
        renew_rows(request.POST, "evidence", known)

    def view_on_site(self, verdict):
        claim = verdict.claim
        return claim.get_absolute_url() if claim.is_listed else None


def _doubtful_words_url(claim):
    """Return where a claim's words are looked at, if a corrected text calls for it."""
    if not Claim.objects.with_doubtful_words().filter(pk=claim.pk).exists():
        return ""
    desk = reverse("admin:claims_article_annotate", args=[claim.article_id])
    return f"{desk}#claim-{claim.pk}"


def _is_editable(verdict):
    """Return whether a verdict may be edited: only a draft may."""
    return verdict is None or verdict.status == VerdictStatus.DRAFT
