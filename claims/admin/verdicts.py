"""Verdicts in the admin: the working copy with its evidence rows."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Case, Exists, F, OuterRef, Subquery, When
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin, LimitedInlineMixin
from claims.admin.changelist import two_line_cell
from claims.admin.comments import CommentsMixin
from claims.admin.commonmark import CommonMarkMixin
from claims.admin.conflicts import conflicting_fields, last_change
from claims.admin.evidence import KeptCopyMixin
from claims.admin.inline_rows import renew_rows, typed_rows
from claims.admin.narrowing import (
    ArticleOfVerdict,
    NarrowedMixin,
    PersonOfVerdict,
    SpeakerOfVerdict,
    TopicOfVerdict,
    UntouchedFilter,
)
from claims.admin.new_verdicts import NewVerdictMixin, asked_claim
from claims.admin.precedents import PrecedentsMixin
from claims.admin.queues import (
    QueueChangeList,
    QueueMixin,
    VerdictQueue,
    requested_queue,
)
from claims.admin.rating_order import TOLD, page_by_rating
from claims.admin.replies import RepliesMixin
from claims.admin.review import ReviewMixin
from claims.admin.search import TERMS, search_condition
from claims.admin.steps import StepsMixin
from claims.admin.together import TogetherMixin
from claims.desk.blind import unseen_by
from claims.desk.completeness import missing_for_review
from claims.desk.notices import notify
from claims.desk.passages import passage_of
from claims.desk.publications import display_name
from claims.desk.wording import words_question
from claims.desk.workflow import begin_verdict
from claims.forms.base import ConstraintFormSet
from claims.forms.verdicts import EvidenceForm, VerdictForm
from claims.models import Claim, Evidence, Verdict
from claims.models.choices import NoticeKind, Subject, VerdictStatus

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
    "article",
    "speaker",
    "topic",
    "person",
    "age",
}


class EvidenceInline(KeptCopyMixin, LimitedInlineMixin, admin.StackedInline):
    model = Evidence
    form = EvidenceForm
    formset = ConstraintFormSet
    fields = (
        ("stance", "title", "publisher", "published_on"),
        ("url", "archived_url", "accessed_on"),
        ("excerpt", "is_primary", "order"),
    )

    def get_extra(self, request, obj=None, **kwargs):
        """Return 1, an empty row, until there is a source; "Add another" opens more."""
        return 0 if obj and obj.evidence.exists() else 1

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
    """A list that tells neither by its filters nor its order what is rated blind."""

    def get_queryset(self, request, *args, **kwargs):
        rows = super().get_queryset(request, *args, **kwargs)
        asked = {name.split("__")[0] for name in self.get_filters_params()}
        return rows if asked <= TELLING_NOTHING else rows.filter(is_unseen=False)

    def get_results(self, request):
        super().get_results(request)
        ordering = self.queryset.query.order_by
        if ordering and ordering[0].removeprefix("-") == TOLD:
            is_whole = self.show_all and self.can_show_all
            most = self.list_max_show_all if is_whole else self.list_per_page
            skipped = 0 if is_whole else (self.page_num - 1) * most
            self.result_list = page_by_rating(self.queryset, ordering, most, skipped)


@admin.register(Verdict)
class VerdictAdmin(
    CommonMarkMixin,
    NarrowedMixin,
    TogetherMixin,
    PrecedentsMixin,
    NewVerdictMixin,
    QueueMixin,
    RepliesMixin,
    ReviewMixin,
    CommentsMixin,
    StepsMixin,
    DeskAdmin,
):
    form = VerdictForm
    inlines = (EvidenceInline,)
    step_subject = Subject.VERDICT
    steps_after_save = ("submit",)
    steps_elsewhere = ("publish", "return")
    steps_together = ("assign", "topic")
    list_display = ("claim", "rating_told", "status", "people", "updated_at")
    list_select_related = ("claim", "rating", "author", "assignee")
    list_filter = (
        VerdictQueue,
        ArticleOfVerdict,
        SpeakerOfVerdict,
        TopicOfVerdict,
        PersonOfVerdict,
        UntouchedFilter,
        "status",
        ("rating", RatingFilter),
        "finding",
    )
    search_fields = ("claim__wording",)
    autocomplete_fields = ("claim",)
    change_form_template = "admin/claims/verdict_form.html"
    fieldsets = (
        (None, {"fields": ("the_claim", "correction")}),
        (_("Did they say it?"), {"fields": ("finding",)}),
        (
            _("Is it true?"),
            {
                "fields": (
                    "rating",
                    "differs_reason",
                    "summary",
                    "as_of",
                    "explanation",
                    "how_verified",
                )
            },
        ),
        (_("Who was asked"), {"fields": ("who_was_asked", "not_asked_reason")}),
        (
            _("For the desk"),
            {
                "classes": ("collapse",),
                "fields": ("author", ("assignee", "recheck_on")),
            },
        ),
    )
    readonly_fields = ("the_claim", "status", "author", "correction", "who_was_asked")

    def get_list_display(self, request):
        queue = requested_queue(request, Verdict)
        if queue is not None and queue.name == "blind":
            return ("claim", "updated_at")
        return super().get_list_display(request)

    def get_queryset(self, request):
        """Return verdicts with `unseen`, None where the user is told the rating.

        All can be ordered by `told`, and filtered by `is_unseen`.
        """
        unseen = unseen_by(request.user).filter(pk=OuterRef("pk"))
        told = Case(When(Exists(unseen), then=None), default=F("rating__order"))
        rows = super().get_queryset(request).alias(is_unseen=Exists(unseen), told=told)
        # A value and no EXISTS: that would be hashed, all open verdicts for one page.
        return rows.annotate(unseen=Subquery(unseen.values("pk")[:1]))

    def get_changelist(self, request, **kwargs):
        return VerdictChangeList

    def claims_of_rows(self, rows):
        return Claim.objects.filter(pk__in=rows.order_by().values("claim"))

    @admin.display(description=_("is it true?"), ordering="told")
    def rating_told(self, verdict):
        if verdict.unseen is not None:
            return _("not before you have rated")
        return verdict.rating

    @admin.display(description=_("written by"), ordering="author")
    def people(self, verdict):
        if verdict.assignee is None or verdict.assignee == verdict.author:
            return display_name(verdict.author)
        assigned = _("assigned to %(name)s") % {"name": display_name(verdict.assignee)}
        return two_line_cell(display_name(verdict.author), assigned)

    def get_fieldsets(self, request, obj=None):
        claim = obj.claim if obj else asked_claim(request)
        if claim is None:
            return [(None, {"fields": ("claim",)})]
        # What is only shown is of a verdict that is stored.
        left_out = set() if obj else set(self.readonly_fields)
        left_out.discard("the_claim")
        if not self.asks_why(request, claim, obj):
            left_out.add("differs_reason")
        if obj and not obj.correction_kind:
            left_out.add("correction")
        return [
            (title, each | {"fields": [f for f in each["fields"] if f not in left_out]})
            for title, each in self.fieldsets
        ]

    def get_readonly_fields(self, request, obj=None):
        if obj:
            return self.readonly_fields
        return ("the_claim",) if asked_claim(request) else ()

    def get_inlines(self, request, obj):
        return self.inlines if obj or asked_claim(request) else ()

    def has_change_permission(self, request, obj=None):
        return _is_editable(obj) and super().has_change_permission(request, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None:
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

    def locked_meanwhile(self, request, verdict, *, title=""):
        """Return what was typed, with 409, when the verdict is no longer a draft."""
        form = VerdictForm(request.POST, instance=verdict)
        rows = typed_rows(request.POST, "evidence")
        return self.desk_page(
            request,
            "verdict_locked.html",
            {
                "title": title or _("Not saved: the verdict is locked"),
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
        claims = Claim.objects.filter(search_condition(search_term, fields=TERMS))
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
            if "assignee" in form.changed_data:
                to = [obj.assignee_id]
                notify(NoticeKind.ASSIGNED, obj, to=to, by=request.user)
            return
        if asked_claim(request):
            self.begin(request, obj)
            return
        verdict = begin_verdict(form.cleaned_data["claim"], by=request.user)
        obj.pk = verdict.pk
        obj._state.adding = False
        obj.refresh_from_db()

    def render_change_form(self, request, context, *args, **kwargs):
        verdict = context["original"]
        context["show_save_and_add_another"] = False
        if verdict is not None:
            context["can_preview"] = True
            context |= self.review_context(request, verdict)
            context["doubtful_words_url"] = _doubtful_words_url(verdict.claim)
            if verdict.status == VerdictStatus.DRAFT:
                context["missing"] = missing_for_review(verdict)
                context["words_question"] = words_question(verdict.claim)
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
