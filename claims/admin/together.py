"""Ticked rows of a list: one step on the claims of all of them, with one question."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy, ngettext

from claims.desk.doubts import doubts_in_bulk
from claims.desk.planning import owner_of
from claims.desk.together import MOST, TOGETHER, steps_for, take_together
from claims.forms.together import TogetherForm
from claims.models import Claim


class TogetherMixin:
    """A ModelAdmin whose list has tick boxes and a button for each step.

    `steps_together` limits the steps, `claims_of_rows` says which claims a row means.
    """

    steps_together = tuple(TOGETHER)

    def claims_of_rows(self, rows):
        """Return the claims of ticked rows."""
        return rows

    def get_actions(self, request):
        if "_popup" in request.GET or not request.user.has_perm("claims.view_claim"):
            return {}
        return {
            f"together_{step.name}": (_asker(step), f"together_{step.name}", step.label)
            for step in steps_for(request.user)
            if step.name in self.steps_together
        }

    def changelist_view(self, request, extra_context=None):
        steps = [
            step for step in steps_for(request.user) if step.name in self.steps_together
        ]
        shown = {"steps_together": steps, "most_together": MOST}
        return super().changelist_view(request, shown | (extra_context or {}))


def _asker(step):
    """Return the admin action that asks a step's question about the rows ticked."""

    def ask(model_admin, request, rows):
        claims = Claim.objects.filter(
            pk__in=model_admin.claims_of_rows(rows).order_by().values("pk")
        )
        return together_page(
            model_admin, request, step, claims, back=request.get_full_path()
        )

    ask.__name__ = f"together_{step.name}"
    return ask


class TogetherPageMixin:
    """Adds to the admin of claims the page that takes a step on many of them."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.together_view)
        return [
            path("together/<slug:name>/", view, name="claims_claim_together"),
            *super().get_urls(),
        ]

    def together_view(self, request, name):
        """Take a step on the rows sent (POST); a GET leads back to the list."""
        step = TOGETHER.get(name)
        back = reverse("admin:claims_claim_changelist")
        if request.method != "POST":
            return HttpResponseRedirect(back)
        if step is None:
            raise Http404
        if step not in steps_for(request.user) or not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.POST.get("back", "")
        if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None):
            back = asked
        form = TogetherForm(request.POST, step=step)
        if not form.is_valid():
            keys = [row.key for row in getattr(form, "rows", [])][:MOST]
            claims = Claim.objects.filter(pk__in=keys)
            return together_page(
                self, request, step, claims, back=back, form=form, status=400
            )
        outcomes = take_together(
            step, form.rows, form.cleaned_data.get("answer"), by=request.user
        )
        return self.after_together(request, step, outcomes, back)

    def after_together(self, request, step, outcomes, back):
        """Say what was done and lead back; with refusals, name each and why."""
        done = sum(outcome.is_new for outcome in outcomes)
        refused = [outcome for outcome in outcomes if outcome.refusal]
        before = len(outcomes) - done - len(refused)
        said = [
            ngettext("%(count)d claim done", "%(count)d claims done", done)
            % {"count": done}
        ]
        if before:
            said.append(
                ngettext(
                    "%(count)d was so already", "%(count)d were so already", before
                )
                % {"count": before}
            )
        if refused:
            said.append(
                ngettext("%(count)d refused", "%(count)d refused", len(refused))
                % {"count": len(refused)}
            )
        summary = f"{step.label}: {', '.join(said)}."
        if not refused:
            self.message_user(request, summary, messages.SUCCESS)
            return HttpResponseRedirect(back)
        return self.desk_page(
            request,
            "together_refused.html",
            {
                "title": step.label,
                "summary": summary,
                "refused": refused,
                "back": back,
            },
            status=200 if done or before else 409,
        )


def together_page(model_admin, request, step, claims, *, back, form=None, status=200):
    """Return the page that shows the claims of a step and asks its one question."""
    found = list(
        claims.select_related(
            "speaker", "article", "work__person", "verdict__assignee", "verdict__author"
        )
        .defer("search")
        .order_by("article", "pk")[: MOST + 1]
    )
    claims = found[:MOST]
    left = doubts_in_bulk(step.name, claims)
    for claim in claims:
        claim.owner = owner_of(claim)
        claim.doubts = left.get(claim.pk, [])
    return model_admin.desk_page(
        request,
        "together.html",
        {
            "title": step.label,
            "step": step,
            "claims": claims,
            "ready": len(claims) - len(left),
            "open": len(left),
            "too_many": len(found) > MOST,
            "most": MOST,
            "form": form or TogetherForm(step=step),
            "back": back,
            "nothing": NOTHING,
        },
        status=status,
    )


NOTHING = gettext_lazy("There is no claim in the rows ticked.")
