"""Relations of a claim in the admin: its page, on which a person decides on each."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from claims.admin.widgets import RowSelect
from claims.desk import relations
from claims.exceptions import Refused
from claims.forms.relations import RelationForm
from claims.models import ClaimRelation

# By the name of the button.
DECISIONS = {
    "confirm": (relations.confirm, _("Confirmed.")),
    "reject": (relations.reject, _("Rejected. It will not be suggested again.")),
    "undo": (relations.undo, _("Taken back: it is a suggestion again.")),
}


class RelationsMixin:
    """Adds to the admin of claims the page on which relations are decided."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.relations_view)
        return [
            path("<path:object_id>/relations/", view, name="claims_claim_relations"),
            *super().get_urls(),
        ]

    def relations_view(self, request, object_id):
        """Show how a claim relates to others (GET), or decide on one (POST)."""
        claim = self.get_object(request, unquote(object_id))
        if claim is None:
            raise Http404
        if not self.has_view_permission(request, claim):
            raise PermissionDenied
        if request.method != "POST":
            return self.relations_page(request, claim)
        if not request.user.has_perm("claims.change_claim"):
            raise PermissionDenied
        form = self.relation_form(request.POST) if "add" in request.POST else None
        if form is not None and not form.is_valid():
            return self.relations_page(request, claim, form, status=400)
        try:
            said = _decide(request, claim, form)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return self.relations_page(request, claim, form, status=refusal.status)
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(_onward(request, claim))

    def relations_page(self, request, claim, form=None, *, status=200):
        form = form or self.relation_form()
        following = relations.next_to_decide(claim)
        return self.desk_page(
            request,
            "relations.html",
            {
                "title": _("How it relates to other claims"),
                "subtitle": str(claim),
                "thing": claim,
                "rows": relations.relations_of(claim),
                "form": form,
                "media": self.media + form.media,
                "may_decide": request.user.has_perm("claims.change_claim"),
                "following": following and relations_url(following),
                "back": self.change_url(claim),
            },
            status=status,
        )

    def relation_form(self, data=None):
        form = RelationForm(data, auto_id="relation_%s")
        field = ClaimRelation._meta.get_field("to")
        form.fields["to"].widget = RowSelect(field, self.admin_site)
        form.fields["to"].widget.choices = form.fields["to"].choices
        return form


def relations_url(claim):
    """Return the URL of the page on which a claim's relations are decided."""
    return reverse("admin:claims_claim_relations", args=[claim.pk])


def _decide(request, claim, form):
    """Do what was asked and return the sentence that says so."""
    if form is not None:
        kind, to = form.cleaned_data["kind"], form.cleaned_data["to"]
        if kind == relations.REPEATS:
            relations.confirm_repeat(claim, to, by=request.user)
        else:
            made = relations.suggest(kind, claim, to, by=request.user)
            relations.confirm(made, by=request.user)
        return DECISIONS["confirm"][1]
    number = request.POST.get("relation", "")
    known = number.isascii() and number.isdigit() and len(number) < 19
    row = ClaimRelation.objects.touching(claim).filter(pk=number if known else None)
    decision = DECISIONS.get(request.POST.get("do"))
    if decision is None or not row.exists():
        raise Http404
    decide, said = decision
    decide(row.get(), by=request.user)
    return said


def _onward(request, claim):
    """Return where to go on: to the next claim once nothing waits here any more."""
    waits = ClaimRelation.objects.undecided().touching(claim).exists()
    if request.POST.get("do") in {"confirm", "reject"} and not waits:
        following = relations.next_to_decide(claim)
        if following is not None:
            return relations_url(following)
    return relations_url(claim)
