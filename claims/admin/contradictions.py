"""Possible contradictions of a speaker in the admin: confirmed, or refused."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from claims.desk.contradictions import (
    decide_on_contradiction,
    possible_contradictions,
)
from claims.exceptions import Refused
from claims.models import Claim


class NoPair(Refused):
    """What was sent names no two claims of the speaker, or no decision on them."""

    status = 400


class ContradictionsMixin:
    """Adds to the admin of speakers the list of what may contradict itself."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.contradictions_view)
        name = "claims_speaker_contradictions"
        return [
            path("<path:object_id>/contradictions/", view, name=name),
            *super().get_urls(),
        ]

    def contradictions_view(self, request, object_id):
        """Show pairs of claims that may contradict each other, or decide on one."""
        speaker = self.get_object(request, unquote(object_id))
        if speaker is None:
            raise Http404
        if not self.has_view_permission(request, speaker):
            raise PermissionDenied
        may_decide = request.user.has_perm("claims.change_claim")
        status, refusal = 200, ""
        if request.method == "POST":
            if not may_decide:
                raise PermissionDenied
            try:
                said = self.decide(request, speaker)
            except Refused as error:
                status, refusal = error.status, str(error)
            else:
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(request.path)
        return self.desk_page(
            request,
            "contradictions.html",
            {
                "title": _("Possible contradictions of “%(name)s”") % {"name": speaker},
                "speaker": speaker,
                "possible": possible_contradictions(speaker),
                "may_decide": may_decide,
                "refusal": refusal,
                "public_page": reverse("claims:contradictions", args=[speaker.slug]),
            },
            status=status,
        )

    def decide(self, request, speaker):
        """Decide on the pair that was sent; return what is said of it."""
        keys = [request.POST.get(name, "") for name in ("earlier", "later")]
        decision = request.POST.get("decision")
        if decision not in {"yes", "no"} or not all(map(_is_key, keys)):
            raise NoPair(_("Choose a pair and say whether it is a contradiction."))
        said = Claim.objects.by(speaker).defer("search").in_bulk(map(int, keys))
        if len(said) != 2:
            raise NoPair(_("These are not two claims of this speaker."))
        earlier, later = (said[int(key)] for key in keys)
        is_one = decision == "yes"
        decide_on_contradiction(later, earlier, is_one=is_one, by=request.user)
        if is_one:
            return _("Readers now see both claims side by side.")
        return _("Noted: no contradiction. This pair is not offered again.")


def _is_key(value):
    return value.isascii() and value.isdigit() and len(value) < 19
