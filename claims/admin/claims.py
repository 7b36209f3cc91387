"""Claims in the admin: the form, the list, history, and the button to a verdict."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin
from claims.admin.changelist import two_line_cell
from claims.admin.comments import CommentsMixin
from claims.admin.narrowing import (
    AgeFilter,
    ArticleFilter,
    LanguageOfClaim,
    NarrowedMixin,
    PersonFilter,
    ReadyFilter,
    SaidFilter,
    SpeakerFilter,
    TopicFilter,
)
from claims.admin.planning import PlanningMixin, planning_context
from claims.admin.queues import ClaimQueue, QueueMixin
from claims.admin.relations import RelationsMixin, relations_url
from claims.admin.revisions import revision_notice
from claims.admin.search import TERMS, search_condition
from claims.admin.steps import StepsMixin
from claims.admin.together import TogetherMixin, TogetherPageMixin
from claims.desk.annotation import change_claim, mark_claim
from claims.desk.blind import is_closed_to, note_look
from claims.desk.passages import passage_of
from claims.desk.relations import relations_of
from claims.desk.revisions import needs_a_revision
from claims.desk.timeline import timeline_of
from claims.desk.workflow import begin_verdict
from claims.forms.claims import ClaimForm
from claims.models import Claim
from claims.models.choices import ACCEPTED, ClaimStatus, Subject

WORDS = (
    "quote",
    "quote_places",
    "cue",
    "cue_places",
    "speaker_words",
    "speaker_places",
)
STATEMENT = (
    "wording",
    "speaker",
    "other_speakers",
    "printed_role",
    "via",
    "attribution",
    "checkability",
    "topics",
)
# Where a claim is filed is no part of what was said: it can be changed at any time.
FILED = {"topics"}
WHEN = (("stated_on", "stated_precision", "stated_basis"),)


@admin.register(Claim)
class ClaimAdmin(
    NarrowedMixin,
    TogetherMixin,
    TogetherPageMixin,
    PlanningMixin,
    RelationsMixin,
    QueueMixin,
    CommentsMixin,
    StepsMixin,
    DeskAdmin,
):
    form = ClaimForm
    step_subject = Subject.CLAIM
    steps_after_save = ("accept", "list")
    # Marking locks the article first, then the claim.
    locks_row = False
    list_display = ("in_article", "speaker", "status", "said_on", "rating")
    list_select_related = ("speaker", "rating", "article")
    list_filter = (
        ClaimQueue,
        ReadyFilter,
        ArticleFilter,
        SpeakerFilter,
        TopicFilter,
        PersonFilter,
        SaidFilter,
        AgeFilter,
        LanguageOfClaim,
        "status",
        "rating",
        "checkability",
        "attribution",
        "origin",
    )
    search_fields = ("wording",)
    autocomplete_fields = (
        "article",
        "speaker",
        "other_speakers",
        "via",
        "topics",
    )
    change_form_template = "admin/claims/claim_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search")

    def get_sortable_by(self, request):
        """Return the columns to sort by: by words or names within one article alone."""
        # Of the whole archive each such page would sort every claim.
        is_short = request.GET.get("article") or request.GET.get("article__id__exact")
        return self.list_display if is_short else ("status", "said_on")

    def get_search_results(self, request, queryset, search_term):
        """Search listed claims and the others apart: each part has a partial index."""
        if not search_term.strip():
            return queryset, False
        number = search_term.strip()
        if number.isascii() and number.isdigit() and len(number) < 19:
            return queryset.filter(pk=number), False
        listed = Q(status=ClaimStatus.LISTED)
        found = search_condition(search_term, parts=listed, fields=TERMS)
        return queryset.filter(found), False

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [
                (None, {"fields": ("article", *WORDS)}),
                (_("What is claimed, and by whom"), {"fields": STATEMENT}),
                (_("When it was said"), {"fields": WHEN}),
            ]
        may = self.has_change_permission(request, obj)
        words = WORDS if may and not _is_locked(request, obj) else ()
        return [
            (None, {"fields": ("in_print", ("rating", "origin"))}),
            (_("What is claimed, and by whom"), {"fields": STATEMENT}),
            (_("When it was said"), {"fields": WHEN}),
            *([(_("Its words in the article"), {"fields": words})] if words else []),
        ]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return ()
        locked = ()
        if _is_locked(request, obj):
            fields = (*STATEMENT, *WHEN[0])
            locked = [name for name in fields if name not in FILED]
        return ("in_print", "status", "rating", "origin", *locked)

    def get_form(self, request, obj=None, change=False, **kwargs):
        # The fields of places are the form's own, not the model's.
        fields = kwargs.get("fields") or flatten_fieldsets(
            self.get_fieldsets(request, obj)
        )
        kwargs["fields"] = [name for name in fields if name not in WORDS]
        return super().get_form(request, obj, change, **kwargs)

    @admin.display(description=_("wording"), ordering="wording")
    def in_article(self, claim):
        # One column for both: a narrow one for headlines makes each row a tower.
        return two_line_cell(claim.wording, claim.article)

    @admin.display(description=_("stated on"), ordering="sort_date")
    def said_on(self, claim):
        return claim.stated_on

    @admin.display(description=_("in print"))
    def in_print(self, claim):
        return render_to_string(
            "admin/claims/_passage.html",
            {"claim": claim, "passages": passage_of(claim)},
        )

    def save_model(self, request, obj, form, change):
        fields = form.for_annotation()
        fields["words_checked"] = request.POST.get("words_checked", "")
        if change:
            claim = change_claim(
                obj,
                by=request.user,
                version=int(form.cleaned_data["seen"]),
                marks=form.marks,
                text=form.marked_text if form.marks is not None else None,
                **fields,
            )
        else:
            claim, _is_new = mark_claim(
                form.cleaned_data["article"],
                form.marks,
                by=request.user,
                text=form.marked_text,
                **fields,
            )
        obj.pk = claim.pk
        obj._state.adding = False
        obj.refresh_from_db()

    def save_related(self, request, form, formsets, change):
        """Do nothing: `save_model` has stored the topics too."""

    def history_view(self, request, object_id, extra_context=None):
        """Show the timeline of the claim and its verdict."""
        claim = self.get_object(request, unquote(object_id))
        if claim is None:
            raise Http404
        if not self.has_view_permission(request, claim):
            raise PermissionDenied
        verdict = getattr(claim, "verdict", None)
        closed = verdict is not None and is_closed_to(verdict, request.user)
        if verdict is not None and not closed:
            note_look(verdict, by=request.user)
        return self.desk_page(
            request,
            "timeline.html",
            {
                "title": _("History"),
                "subtitle": str(claim),
                "thing": claim,
                "back": self.change_url(claim),
                "events": timeline_of(claim, with_verdict=not closed),
                "unseen": verdict if closed else None,
            },
        )

    def view_on_site(self, claim):
        return claim.get_absolute_url() if claim.is_listed else None

    def render_change_form(self, request, context, *args, **kwargs):
        claim = context["original"]
        context["words_question"] = getattr(request, "words_question", None)
        if claim is not None:
            context["verdict"] = getattr(claim, "verdict", None)
            context["revision"] = revision_notice(claim)
            context |= planning_context(claim, request.user)
            context["relation_rows"] = relations_of(claim)
            context["relations_url"] = relations_url(claim)
            may = request.user.has_perm("claims.add_verdict")
            context["can_write_verdict"] = may and claim.status in ACCEPTED
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self):
        verdict = self.admin_site.admin_view(self.verdict_view)
        return [
            path("<path:object_id>/verdict/", verdict, name="claims_claim_verdict"),
            *super().get_urls(),
        ]

    def verdict_view(self, request, object_id):
        """Redirect to the claim's verdict, creating it if there is none."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        claim = self.get_object(request, unquote(object_id))
        if claim is None:
            raise Http404
        if not self.has_view_permission(request, claim):
            raise PermissionDenied
        verdict = begin_verdict(claim, by=request.user)
        return HttpResponseRedirect(
            reverse("admin:claims_verdict_change", args=[verdict.pk])
        )


def _is_locked(request, claim):
    """Return whether the form shows a claim's statement without fields to change it.

    What was typed before it was locked is refused as it is saved, and not lost.
    """
    return "wording" not in request.POST and needs_a_revision(claim)
