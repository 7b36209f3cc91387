"""Workflow steps in the admin: buttons, their page, and success messages."""

import logging

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.publications import before_withdrawal, display_name
from claims.desk.removals import open_request, open_requests
from claims.desk.reports import correction_asked_by
from claims.desk.steps import (
    STEPS,
    Step,
    is_author,
    is_in_force,
    steps_from,
    subject_of,
)
from claims.desk.wording import WordsUnchecked, has_been_confirmed, words_question
from claims.desk.workflow import take_step
from claims.exceptions import ChangedMeanwhile, NotPermitted, Refused
from claims.forms.steps import ASKED_FOR, WORDS_ASKED, StepForm
from claims.models import Claim, Verdict
from claims.models.choices import ClaimStatus, PublicationKind, Subject

logger = logging.getLogger("claims.desk.workflow")


class StepsMixin:
    """Adds step buttons and the step view to a ModelAdmin of claims or verdicts."""

    step_subject = ""
    # Steps that can follow a save in the same press of a button.
    steps_after_save: tuple[str, ...] = ()
    # Steps that have a page of their own, on which to look before deciding.
    steps_elsewhere: tuple[str, ...] = ()

    def get_urls(self):
        info = self.opts.app_label, self.opts.model_name
        return [
            path(
                "<path:object_id>/step/<slug:name>/",
                self.admin_site.admin_view(self.step_view),
                name="{}_{}_step".format(*info),
            ),
            *super().get_urls(),
        ]

    def step_view(self, request, object_id, name):
        """Show the form of a step (GET), or take it (POST)."""
        thing = self.get_object(request, unquote(object_id))
        step = STEPS.get(name)
        if thing is None or step is None or step.subject != self.step_subject:
            raise Http404
        if not self.has_view_permission(request, thing):
            raise PermissionDenied
        if request.method == "POST":
            return self.try_step(request, step, thing)
        form = StepForm(
            step=step,
            override=is_override(step, thing, request.user),
            initial={
                "version": thing.version,
                "comment": asked_reason(step, thing),
                "asked_by": who_asked(step, thing),
            },
        )
        return self.step_page(request, step, thing, form)

    def try_step(self, request, step, thing):
        """Take a step with what was typed, or show the form again and why not."""
        override = is_override(step, thing, request.user)
        form = StepForm(request.POST, step=step, override=override)
        if not form.is_valid():
            return self.step_page(request, step, thing, form, status=400)
        try:
            thing = take_step(
                step.name,
                thing,
                by=request.user,
                version=form.cleaned_data["version"],
                comment=form.cleaned_data["comment"],
                **form.details(),
            )
        except Refused as refusal:
            if isinstance(refusal, NotPermitted):
                logger.warning(
                    "%s refused to %s on %s %s: %s",
                    step.name,
                    request.user,
                    self.step_subject,
                    thing.pk,
                    refusal,
                )
            form = self.refused_form(request, step, thing, refusal)
            return self.step_page(request, step, thing, form, status=refusal.status)
        return self.after_step(request, step, thing)

    def step_page(self, request, step, thing, form, *, status=200):
        """Show what a step asks for."""
        possible = step in steps_from(thing, request.user)
        return self.desk_page(
            request,
            "step.html",
            {
                "title": step.label,
                "subtitle": str(thing),
                "thing": thing,
                "step": step,
                "form": form,
                "possible": possible or is_override(step, thing, request.user),
                "back": self.change_url(thing),
                "words_question": question_at(step, thing),
            },
            status=status,
        )

    def refused_form(self, request, step, thing, refusal):
        """Return the posted form with the refusal as its error, ready to post again."""
        data = request.POST.copy()
        if isinstance(refusal, ChangedMeanwhile):
            data["version"] = refusal.current.version
        override = is_override(step, thing, request.user)
        form = StepForm(data, step=step, override=override)
        form.is_valid()
        missing = getattr(refusal, "missing", {None: str(refusal)})
        shown = {bound.name for bound in form.visible_fields()}
        for field, sentence in missing.items():
            form.add_error(field if field in shown else None, str(sentence))
        return form

    def after_step(self, request, step, thing):
        self.message_user(request, success_message(step.name, thing), messages.SUCCESS)
        return HttpResponseRedirect(self.change_url(thing))

    def change_url(self, thing):
        return reverse(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change",
            args=[thing.pk],
        )

    def step_panel(self, request, thing) -> list[dict]:
        """Return the steps that the user may take now, each with its form."""
        steps = steps_from(thing, request.user)
        panel = []
        for step in STEPS.values():
            override = is_override(step, thing, request.user)
            if step.name in self.steps_elsewhere:
                continue
            if step not in steps and not override:
                continue
            form = StepForm(
                step=step,
                override=override,
                initial={
                    "version": thing.version,
                    "comment": asked_reason(step, thing),
                    "asked_by": who_asked(step, thing),
                },
            )
            panel.append(
                {
                    "step": step,
                    "form": form,
                    "override": override,
                    "asks": bool(step.needs_comment) or step.is_weighty or override,
                    # Pressed with words typed below, it must not leave them behind.
                    "saves": step.name in self.steps_after_save
                    and not _brings_back(step, thing)
                    and self.has_change_permission(request, thing),
                    "url": self.step_url(thing, step.name),
                }
            )
        return panel

    def step_url(self, thing, name):
        page = f"admin:claims_{self.opts.model_name}_step"
        return reverse(page, args=[thing.pk, name])

    def asked(self, request, thing) -> list[dict]:
        """Return what is asked to be taken off the site here, and who decides where."""
        claim = thing if isinstance(thing, Claim) else thing.claim
        rows = []
        for asked in open_requests(claim):
            step = STEPS[asked.kind]
            elsewhere = ""
            if step.subject != self.step_subject:
                other = claim if step.subject == Subject.CLAIM else claim.verdict
                model = other._meta.model_name
                elsewhere = reverse(f"admin:claims_{model}_change", args=[other.pk])
            rows.append(
                {
                    "request": asked,
                    "by": display_name(asked.asked_by),
                    "is_own": asked.asked_by_id == request.user.pk,
                    "may_decide": request.user.has_perm(f"claims.{step.permission}"),
                    "elsewhere": elsewhere,
                }
            )
        return rows

    def render_change_form(self, request, context, *args, **kwargs):
        thing = context["original"]
        if thing is not None:
            panel = self.step_panel(request, thing)
            context["steps"] = panel
            context["requests"] = self.asked(request, thing)
            context["steps_after_save"] = [
                each["step"] for each in panel if each["saves"]
            ]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        """Open what was added: its next step stands there."""
        others = {"_popup", "_addanother"}
        response = super().response_add(request, obj, post_url_continue)
        return (
            response
            if others & set(request.POST)
            else HttpResponseRedirect(self.change_url(obj))
        )

    def response_change(self, request, obj):
        """Take the step whose button also saved the form."""
        name = request.POST.get("_step", "")
        if name not in self.steps_after_save:
            return super().response_change(request, obj)
        details = {}
        if name in WORDS_ASKED:
            details["words_checked"] = request.POST.get("words_checked", "")
        try:
            obj = take_step(name, obj, by=request.user, version=obj.version, **details)
        except Refused as refusal:
            self.message_user(
                request,
                _("Saved. “%(step)s” has to wait: %(why)s")
                % {"step": STEPS[name].label, "why": refusal},
                messages.WARNING,
            )
            # A claim's form does not show what differs; the page of the step does.
            is_there = isinstance(refusal, WordsUnchecked) and isinstance(obj, Claim)
            at = self.step_url(obj, name) if is_there else self.change_url(obj)
            return HttpResponseRedirect(at)
        return self.after_step(request, STEPS[name], obj)


def _brings_back(step, thing):
    """Return whether a step lists a published claim again, which needs a reason."""
    return step.name == "list" and thing.current_id is not None


def asked_reason(step: Step, thing) -> str:
    """Return the reason that somebody gave who asked for this step."""
    if step.name not in {"withdraw", "retract"}:
        return ""
    request = open_request(_claim_of(thing), step.name)
    return request.reason if request else ""


def who_asked(step: Step, thing) -> str:
    """Return who probably asked for a correction, for the form to begin with."""
    return correction_asked_by(_claim_of(thing)) if step.name in ASKED_FOR else ""


def question_at(step: Step, thing):
    """Return how the wording departs from the words, where the step needs a tick."""
    # Submitting and approving ask each person anew.
    is_new = isinstance(thing, Verdict) or not has_been_confirmed(thing)
    asks = step.name in WORDS_ASKED and is_new
    return words_question(_claim_of(thing)) if asks else None


def _claim_of(thing):
    return thing if isinstance(thing, Claim) else thing.claim


def is_override(step: Step, thing, user) -> bool:
    """Return whether only an override with a reason would let this person do it."""
    if (
        step.subject != subject_of(thing)
        or thing.status not in step.sources
        or not user.has_perm(f"claims.{step.permission}")
    ):
        return False
    if step.name == "publish":
        return is_author(thing, user)
    if step.name == "retract":
        return is_in_force(thing.claim) and not step.when(thing, user)
    if step.name == "withdraw":
        return not step.when(thing, user)
    if step.name == "list" and thing.status == ClaimStatus.WITHDRAWN:
        before = before_withdrawal(thing)
        may = user.has_perm("claims.publish_verdict")
        verdict = getattr(thing, "verdict", None)
        return (before is not None and may) and (
            before.author_id == user.pk or bool(verdict and is_author(verdict, user))
        )
    return False


# --- Success messages ------------------------------------------------------------


def success_message(name: str, thing: Claim | Verdict) -> str:
    """Return the message shown after a step; `thing` is as it is after the step."""
    message = SUCCESS_MESSAGES[name]
    return message(thing) if callable(message) else str(message)


def _listed(claim):
    if claim.current_id:
        return _("Readers see the claim again, with what was published on it.")
    return _(
        "Readers see the claim now, as “not yet reviewed”. Next comes its verdict."
    )


def _returned(verdict):
    return _(
        "The verdict is a draft again. %(name)s finds it under “Returned to me”, with "
        "your comment."
    ) % {"name": display_name(verdict.author)}


def _published(verdict):
    claim = verdict.claim
    if claim.status != ClaimStatus.LISTED:
        return _("The verdict is published. Readers see it once its claim is listed.")
    if not claim.current.is_correction:
        return _("The verdict is published: readers see it now.")
    return _(
        "Version %(number)d is published, with its correction notice. Readers can "
        "still look up what stood there before."
    ) % {"number": claim.current.number}


def _revised(verdict):
    if verdict.claim.current.kind == PublicationKind.RETRACTED:
        return _(
            "Write the new verdict and submit it. Until it is approved, readers see "
            "that the last one was retracted."
        )
    return _(
        "Write the correction and submit it. Until it is approved, readers keep "
        "seeing version %(number)d."
    ) % {"number": verdict.claim.current.number}


DECLINED = gettext_lazy("The request is declined; nothing changes for readers.")
SUCCESS_MESSAGES = {
    "accept": gettext_lazy("The claim is accepted. Readers see it once it is listed."),
    "reject": gettext_lazy(
        "The claim is rejected and will not be suggested again. “Restore” takes "
        "that back."
    ),
    "restore": gettext_lazy(
        "The claim is a draft again. Readers see it once it is listed."
    ),
    "unaccept": gettext_lazy(
        "The claim is a suggestion again, for somebody to decide."
    ),
    "list": _listed,
    "ask_withdraw": gettext_lazy(
        "The withdrawal is asked for: readers see the claim until another editor "
        "decides."
    ),
    "decline_withdraw": DECLINED,
    "withdraw": gettext_lazy(
        "The claim is withdrawn: it leaves all lists, and its page says when and why. "
        "“List for readers” brings it back."
    ),
    "submit": gettext_lazy(
        "The verdict is submitted, and nothing in it changes now. Next, somebody who "
        "wrote no part of it approves or returns it."
    ),
    "recall": gettext_lazy(
        "The verdict is a draft again. Submit it anew when it is ready."
    ),
    "return": _returned,
    "publish": _published,
    "revise": _revised,
    "end_revision": gettext_lazy(
        "The revision is given up: the claim and its verdict say again what readers "
        "see."
    ),
    "ask_retract": gettext_lazy(
        "The retraction is asked for: readers see the verdict until another editor "
        "decides."
    ),
    "decline_retract": DECLINED,
    "retract": gettext_lazy(
        "The verdict is retracted. Its page stays, marked as retracted, with your "
        "reason."
    ),
}
