"""Requests for reply and outcomes in the admin: a page of each verdict."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk import replies
from claims.exceptions import Refused
from claims.forms.replies import AskForm, EnterAnswerForm, OutcomeForm, StrikeForm
from claims.models.choices import VerdictStatus


class RepliesMixin:
    """Adds to VerdictAdmin the page on which people are asked and answers entered."""

    def get_urls(self):
        view = self.read_with_care(self.replies_view)
        return [
            path(
                "<path:object_id>/replies/",
                self.admin_site.admin_view(view),
                name="claims_verdict_replies",
            ),
            *super().get_urls(),
        ]

    @staticmethod
    def replies_url(verdict):
        return reverse("admin:claims_verdict_replies", args=[verdict.pk])

    def who_was_asked(self, verdict):
        return render_to_string(
            "admin/claims/_asked.html",
            {
                "requests": verdict.reply_requests.all(),
                "outcomes": verdict.outcomes.all(),
                "url": self.replies_url(verdict),
            },
        )

    who_was_asked.short_description = gettext_lazy("asked")

    def replies_view(self, request, object_id):
        """Show whom a verdict's desk asked (GET), or do one thing there (POST)."""
        verdict = self.verdict_or_404(request, object_id)
        if request.method != "POST":
            return self.replies_page(request, verdict)
        if not request.user.has_perm("claims.change_verdict"):
            raise PermissionDenied
        act = {
            "ask": self.ask,
            "link": self.make_link,
            "answer": self.enter_answer,
            "strike": self.strike_out,
            "outcome": self.note_outcome,
            "remove": self.remove_outcome,
        }.get(request.POST.get("do"))
        if act is None:
            return self.replies_page(request, verdict, status=400)
        return act(request, verdict)

    def ask(self, request, verdict):
        form = AskForm(request.POST, prefix="ask")
        return self.try_form(
            request,
            verdict,
            {"ask_form": form},
            form,
            lambda: replies.ask(verdict, by=request.user, **form.cleaned_data),
        )

    def make_link(self, request, verdict):
        asked = self.asked_request(request, verdict)
        try:
            token = replies.make_link(asked, by=request.user)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return self.replies_page(request, verdict, status=refusal.status)
        address = request.build_absolute_uri(reverse("claims:reply", args=[token]))
        # The one time that it is shown: of the token the database has a hash alone.
        return self.replies_page(request, verdict, link=address, link_of=asked)

    def enter_answer(self, request, verdict):
        asked = self.asked_request(request, verdict)
        form = EnterAnswerForm(request.POST, prefix=f"answer-{asked.pk}")
        return self.try_form(
            request,
            verdict,
            {"bound": {asked.pk: {"answer_form": form}}},
            form,
            lambda: replies.enter_answer(asked, by=request.user, **form.cleaned_data),
        )

    def strike_out(self, request, verdict):
        asked = self.asked_request(request, verdict)
        form = StrikeForm(request.POST, prefix=f"strike-{asked.pk}")
        return self.try_form(
            request,
            verdict,
            {"bound": {asked.pk: {"strike_form": form}}},
            form,
            lambda: replies.strike_out(asked, by=request.user, **form.cleaned_data),
        )

    def note_outcome(self, request, verdict):
        form = OutcomeForm(request.POST, prefix="outcome")
        return self.try_form(
            request,
            verdict,
            {"outcome_form": form},
            form,
            lambda: replies.note_outcome(verdict, by=request.user, **form.cleaned_data),
        )

    def remove_outcome(self, request, verdict):
        key = request.POST.get("outcome", "")
        if not key.isdecimal() or len(key) > 18:
            raise Http404
        try:
            replies.remove_outcome(verdict, int(key), by=request.user)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return self.replies_page(request, verdict, status=refusal.status)
        return HttpResponseRedirect(self.replies_url(verdict))

    def try_form(self, request, verdict, forms, form, act):
        """Do what a form asks for, or show the page again with the form as sent."""
        if not form.is_valid():
            return self.replies_page(request, verdict, status=400, **forms)
        try:
            act()
        except Refused as refusal:
            missing = getattr(refusal, "missing", {None: str(refusal)})
            for field, sentence in missing.items():
                form.add_error(field if field in form.fields else None, str(sentence))
            return self.replies_page(request, verdict, status=refusal.status, **forms)
        self.message_user(request, _("Noted."), messages.SUCCESS)
        return HttpResponseRedirect(self.replies_url(verdict))

    def asked_request(self, request, verdict):
        """Return the request that a form is about, or raise Http404."""
        key = request.POST.get("request", "")
        if not key.isdecimal() or len(key) > 18:
            raise Http404
        asked = verdict.reply_requests.filter(pk=int(key)).first()
        if asked is None:
            raise Http404
        return asked

    def replies_page(
        self,
        request,
        verdict,
        *,
        status=200,
        ask_form=None,
        outcome_form=None,
        bound=None,
        **context,
    ):
        rows = [
            {
                "request": asked,
                "answer_form": EnterAnswerForm(prefix=f"answer-{asked.pk}"),
                "strike_form": StrikeForm(prefix=f"strike-{asked.pk}"),
            }
            | (bound or {}).get(asked.pk, {})
            for asked in verdict.reply_requests.select_related(
                "asked_by", "entered_by", "struck_by"
            )
        ]
        return self.desk_page(
            request,
            "replies.html",
            {
                "title": _("Replies and outcomes"),
                "subtitle": str(verdict.claim),
                "thing": verdict,
                "back": self.change_url(verdict),
                "rows": rows,
                "may_ask": request.user.has_perm("claims.change_verdict"),
                "ask_form": ask_form or AskForm(prefix="ask"),
                "outcomes": verdict.outcomes.all(),
                "is_draft": verdict.status == VerdictStatus.DRAFT,
                "outcome_form": outcome_form or OutcomeForm(prefix="outcome"),
            }
            | context,
            status=status,
        )
