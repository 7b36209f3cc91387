"""Planning a claim in the admin: taken, handed over, made urgent, put in order."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from claims.desk.planning import (
    hand_over,
    may_hand_over,
    owner_of,
    put_in_order,
    set_urgency,
)
from claims.desk.priority import priorities_of
from claims.desk.publications import display_name
from claims.exceptions import Incomplete, Refused
from claims.forms.planning import HandOverForm, PlaceForm, UrgencyForm
from claims.models import Claim

PLANNED = ("due_on", "reach", "reach_reason", "harm", "harm_reason", "version")


class PlanningMixin:
    """Adds to the admin of claims the page on which a claim is planned."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.planning_view)
        return [
            path("<path:object_id>/planning/", view, name="claims_claim_planning"),
            *super().get_urls(),
        ]

    def planning_view(self, request, object_id):
        """Show who has a claim and how urgent it is (GET), or change that (POST)."""
        claim = self.get_object(request, unquote(object_id))
        if claim is None:
            raise Http404
        if not self.has_view_permission(request, claim):
            raise PermissionDenied
        if request.method != "POST":
            return self.planning_page(request, claim)
        what = next((name for name in FORMS if name in request.POST), "owner")
        form = FORMS[what](request.POST, auto_id=f"{what}_%s")
        if not form.is_valid():
            return self.planning_page(request, claim, {what: form}, status=400)
        try:
            said = CHANGES[what](claim, form.cleaned_data, request.user)
        except Refused as refusal:
            missing = getattr(refusal, "missing", {None: str(refusal)})
            for field, sentence in missing.items():
                form.add_error(field if field in form.fields else None, str(sentence))
            return self.planning_page(
                request,
                claim,
                # What was typed stays, unless it was about what is not so any more.
                {what: form} if isinstance(refusal, Incomplete) else {},
                refusal=refusal,
                status=refusal.status,
            )
        self.message_user(request, said, messages.SUCCESS)
        back = request.POST.get("back", "")
        if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, None)):
            back = self.change_url(claim)
        return HttpResponseRedirect(back)

    def planning_page(self, request, claim, forms=None, *, refusal=None, status=200):
        claim = Claim.objects.get(pk=claim.pk)
        return self.desk_page(
            request,
            "planning.html",
            planning_context(claim, request.user)
            | {
                "title": _("Who has it, how urgent it is"),
                "subtitle": str(claim),
                "thing": claim,
                "back": self.change_url(claim),
                "refusal": refusal,
                **planning_forms(claim, request.user, forms or {}),
            },
            status=status,
        )


def planning_context(claim, user):
    """Return who has a claim, since when and by when, and what somebody may do."""
    owner = owner_of(claim)
    work = getattr(claim, "work", None)
    return {
        "owner": owner,
        "owner_name": display_name(owner) if owner else "",
        "work": work,
        "priority": priorities_of([claim])[claim.pk],
        "can_take": owner != user and may_hand_over(claim, user, to=user),
        "planning_url": reverse("admin:claims_claim_planning", args=[claim.pk]),
    }


def planning_forms(claim, user, bound):
    """Return the forms that somebody may use, those sent in place of new ones."""
    owner = owner_of(claim)
    work = getattr(claim, "work", None)
    initial = {name: getattr(work, name) for name in PLANNED} if work else {}
    forms = {}
    if may_hand_over(claim, user):
        first = {"person": owner, "seen": owner.pk if owner else 0}
        forms["owner"] = HandOverForm(initial=first, auto_id="owner_%s")
    if user.has_perm("claims.change_workitem"):
        first = initial or {"version": 0}
        forms["urgency"] = UrgencyForm(initial=first, auto_id="urgency_%s")
    if user.has_perm("claims.assign_workitem"):
        first = {"place": work.place if work else None}
        forms["order"] = PlaceForm(initial=first, auto_id="order_%s")
    return {"forms": forms | {name: bound[name] for name in bound if name in forms}}


def _change_owner(claim, given, user):
    person = given["person"]
    hand_over(claim, person, by=user, seen=given["seen"] or None)
    if person is None:
        return _("Nobody has the claim now.")
    return _("%(name)s has the claim now.") % {"name": display_name(person)}


def _change_urgency(claim, given, user):
    set_urgency(claim, by=user, **{name: given[name] for name in PLANNED})
    return _("Noted how urgent the claim is.")


def _change_place(claim, given, user):
    work = put_in_order(claim, given["place"], by=user)
    if work.place is None:
        return _("The claim has no place in the desk's order.")
    return _("The claim is number %(place)d of the desk's order.") % {
        "place": work.place
    }


# By the name of the button that sends them.
FORMS = {"owner": HandOverForm, "urgency": UrgencyForm, "order": PlaceForm}
CHANGES = {"owner": _change_owner, "urgency": _change_urgency, "order": _change_place}
