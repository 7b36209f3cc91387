"""Review of a verdict in the admin: preview, approval, planning, blind rating."""

import logging
from functools import wraps

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from claims.admin.commonmark import with_desk_files
from claims.admin.precedents import precedents_context
from claims.desk.blind import has_looked, is_closed_to, note_look
from claims.desk.passages import passage_of
from claims.desk.publications import content_digest
from claims.desk.review import (
    changes_if_published,
    dossier_as_published,
    last_return,
    own_second_rating,
    plan_verdict,
    preview_publication,
    rate_blind,
    said_before,
)
from claims.desk.steps import STEPS, is_author
from claims.desk.wording import words_question
from claims.exceptions import ChangedMeanwhile, NotPermitted, Refused
from claims.forms.review import BlindForm, PlanForm
from claims.forms.steps import StepForm
from claims.models.choices import VerdictStatus
from claims.models.constraints import SENTENCES
from claims.reading.differences import statement_shown

logger = logging.getLogger("claims.desk.workflow")


class ReviewMixin:
    """Adds the review views to VerdictAdmin."""

    def get_urls(self):
        pages = {
            "preview": self.read_with_care(self.preview_view),
            "approve": self.read_with_care(self.approve_view),
            "plan": self.plan_view,
            "blind": self.blind_view,
        }
        return [
            *(
                path(
                    f"<path:object_id>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"claims_verdict_{name}",
                )
                for name, view in pages.items()
            ),
            *super().get_urls(),
        ]

    def verdict_or_404(self, request, object_id):
        verdict = self.get_object(request, unquote(object_id))
        if verdict is None:
            raise Http404
        if not self.has_view_permission(request, verdict):
            raise PermissionDenied
        return verdict

    def read_with_care(self, view):
        """Return a verdict's view that is closed to blind raters and notes others."""

        @wraps(view)
        def opened(request, object_id, *args, **kwargs):
            verdict = self.verdict_or_404(request, object_id)
            if is_closed_to(verdict, request.user):
                return self.closed_page(request, verdict)
            note_look(verdict, by=request.user)
            return view(request, object_id, *args, **kwargs)

        return opened

    def closed_page(self, request, verdict):
        """Refuse with 403 and a link to the page on which to rate the verdict first."""
        return self.admin_site.refusal_page(
            request,
            NotPermitted(
                _(
                    "You may rate this verdict a second time, so it stays closed to "
                    "you until you have."
                )
            ),
            blind_url=reverse("admin:claims_verdict_blind", args=[verdict.pk]),
        )

    def history_view(self, request, object_id, extra_context=None):
        verdict = self.verdict_or_404(request, object_id)
        return HttpResponseRedirect(
            reverse("admin:claims_claim_history", args=[verdict.claim_id])
        )

    def response_change(self, request, obj):
        if "_preview" in request.POST:
            return HttpResponseRedirect(
                reverse("admin:claims_verdict_preview", args=[obj.pk])
            )
        return super().response_change(request, obj)

    # --- Preview and approval ------------------------------------------------------

    def preview_view(self, request, object_id):
        """Show the claim's public page as it would be after publishing now."""
        verdict = self.verdict_or_404(request, object_id)
        dossier = dossier_as_published(verdict, approver=request.user)
        if dossier.verdict is not None and dossier.verdict.pk is None:
            with_desk_files(dossier.verdict, verdict)
        return self.desk_page(
            request,
            "preview.html",
            {
                "dossier": dossier,
                "claim": dossier.claim,
                "verdict": dossier.verdict,
                "working_copy": verdict,
                "back": self.change_url(verdict),
                "url": "",
            },
        )

    def approve_view(self, request, object_id):
        """Show what would be published, and its differences from what is public now."""
        verdict = self.verdict_or_404(request, object_id)
        if not request.user.has_perm("claims.publish_verdict"):
            raise PermissionDenied
        if verdict.status != VerdictStatus.IN_REVIEW:
            self.message_user(
                request,
                _("There is nothing to approve: the verdict is “%(status)s”.")
                % {"status": verdict.get_status_display()},
                messages.WARNING,
            )
            return HttpResponseRedirect(self.change_url(verdict))
        return self.approve_page(request, verdict)

    def step_page(self, request, step, thing, form, *, status=200):
        """Show what is decided together with all that the decision is about."""
        is_here = step.name in self.steps_elsewhere
        if not is_here or thing.status != VerdictStatus.IN_REVIEW:
            return super().step_page(request, step, thing, form, status=status)
        if not request.user.has_perm("claims.publish_verdict"):
            return super().step_page(request, step, thing, form, status=status)
        if not form.is_bound:
            return HttpResponseRedirect(
                reverse("admin:claims_verdict_approve", args=[thing.pk])
            )
        thing.refresh_from_db()
        return self.approve_page(request, thing, form, status=status)

    def approve_page(self, request, verdict, refused_form=None, *, status=200):
        override = is_author(verdict, request.user)
        preview = preview_publication(verdict, approver=request.user)
        # Made of the very words on this page: what changes after them is noticed.
        initial = {
            "version": verdict.version,
            "seen": preview and content_digest(preview),
        }
        if preview is not None:
            with_desk_files(preview, verdict)
        forms = {
            name: StepForm(step=STEPS[name], override=override, initial=initial)
            for name in ("publish", "return")
        }
        if refused_form is not None:
            refused_form.data = refused_form.data.copy()
            refused_form.data.update(initial)
            forms[refused_form.step.name] = refused_form
        return self.desk_page(
            request,
            "approve.html",
            {
                "title": _("Approve and publish?"),
                "subtitle": str(verdict.claim),
                "thing": verdict,
                "verdict": verdict,
                "back": self.change_url(verdict),
                "passages": passage_of(verdict.claim),
                "current": verdict.claim.current,
                "current_statement": _statement(verdict.claim.current),
                "preview": preview,
                "preview_statement": _statement(preview),
                "changes": changes_if_published(verdict, approver=request.user),
                **precedents_context(
                    self.precedents_of(request, verdict.claim), verdict
                ),
                "said_before": said_before(verdict.claim),
                "second_ratings": verdict.second_ratings.select_related("rating", "by"),
                **self.comments_context(request, verdict),
                "can_comment": False,
                "returned": last_return(verdict),
                "override": override,
                "words_question": words_question(verdict.claim),
                "forms": forms,
                "refused_form": refused_form,
            },
            status=status,
        )

    # --- Planning ---------------------------------------------------------------

    def plan_view(self, request, object_id):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        verdict = self.verdict_or_404(request, object_id)
        form = PlanForm(request.POST)
        status = 400
        if form.is_valid():
            try:
                plan_verdict(verdict, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                status = refusal.status
                data = request.POST.copy()
                if isinstance(refusal, ChangedMeanwhile):
                    data["version"] = refusal.current.version
                form = PlanForm(data)
                form.is_valid()
                form.add_error(None, str(refusal))
            else:
                self.message_user(request, _("Noted."), messages.SUCCESS)
                return HttpResponseRedirect(self.change_url(verdict))
        return self.form_page(request, verdict, form, _("Assign"), status)

    # --- Blind second rating ---------------------------------------------------------

    def blind_view(self, request, object_id):
        verdict = self.verdict_or_404(request, object_id)
        if not request.user.has_perm("claims.add_secondrating"):
            raise PermissionDenied
        mine, status = own_second_rating(verdict, request.user), 200
        form = BlindForm(request.POST or None)
        refusal = ""
        if mine is None and is_author(verdict, request.user):
            refusal = _("You wrote a part of this verdict; somebody else rates it.")
        elif mine is None and verdict.status != VerdictStatus.IN_REVIEW:
            refusal = _("A second rating is given while the verdict is in review.")
        elif mine is None and has_looked(verdict, request.user):
            refusal = str(SENTENCES["second_rating_is_blind"][1])
        if request.method == "POST":
            status = 409 if refusal or mine else 400
            if not refusal and mine is None and form.is_valid():
                try:
                    mine = rate_blind(verdict, by=request.user, **form.cleaned_data)
                except Refused as error:
                    status, refusal = error.status, str(error)
                    if isinstance(error, NotPermitted):
                        logger.warning("%s may not rate blind", request.user)
                else:
                    return HttpResponseRedirect(request.path)
        return self.desk_page(
            request,
            "blind.html",
            {
                "title": _("Rate a second time, blind"),
                "thing": verdict.claim,
                "back": reverse("admin:claims_claim_change", args=[verdict.claim_id]),
                "verdict": verdict,
                "claim": verdict.claim,
                "passages": passage_of(verdict.claim),
                "evidence": verdict.evidence.all(),
                "form": form,
                "mine": mine,
                "refusal": refusal,
            },
            status=status,
        )

    def review_context(self, request, verdict):
        """Return the template context of a verdict's change page besides its form."""
        plan_form = PlanForm(
            initial={
                "version": verdict.version,
                "assignee": verdict.assignee_id,
                "recheck_on": verdict.recheck_on,
            },
            auto_id="plan_%s",
        )
        return {
            "said_before": said_before(verdict.claim),
            "returned": last_return(verdict),
            "plan_form": plan_form,
            "can_plan": request.user.has_perm("claims.change_verdict"),
            "can_approve": verdict.status == VerdictStatus.IN_REVIEW
            and request.user.has_perm("claims.publish_verdict"),
        }


def _statement(publication):
    return publication and statement_shown(publication)
