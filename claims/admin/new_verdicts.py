"""A verdict's form before there is a verdict, and dropping a draft left empty.

Nothing is stored until the form is saved: who only looks leaves no draft behind.
"""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from claims.desk.empty_drafts import can_be_dropped, drop_empty_draft
from claims.desk.steps import STEPS
from claims.desk.workflow import begin_verdict
from claims.exceptions import ChangedMeanwhile
from claims.forms.verdicts import NewVerdictForm, VerdictForm
from claims.models import Claim, Verdict
from claims.models.choices import ACCEPTED, within_sentence

BEGUN = (
    "finding",
    "rating_id",
    "summary",
    "explanation",
    "how_verified",
    "as_of",
    "recheck_on",
)


class NewVerdictMixin:
    """Adds to the admin of verdicts the form of one that is not there yet."""

    def get_urls(self):
        drop = self.admin_site.admin_view(self.drop_view)
        return [
            path("<path:object_id>/drop/", drop, name="claims_verdict_drop"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Show or save the form of a verdict on the claim named in the address."""
        claim = asked_claim(request)
        if claim is None or not self.has_add_permission(request):
            return super().add_view(request, form_url, extra_context)
        begun = Verdict.objects.filter(claim=claim).first()
        if begun is not None:
            if request.method == "POST":
                return self.begun_meanwhile(request, begun)
            return HttpResponseRedirect(self.change_url(begun))
        if claim.status not in ACCEPTED:
            said = _("A verdict needs an accepted claim; this one is %(status)s.") % {
                "status": within_sentence(claim.get_status_display())
            }
            self.message_user(request, said, messages.WARNING)
            back = reverse("admin:claims_claim_change", args=[claim.pk])
            return HttpResponseRedirect(back)
        try:
            return super().add_view(request, form_url, extra_context)
        except ChangedMeanwhile as refusal:
            return self.begun_meanwhile(request, refusal.current)

    def begun_meanwhile(self, request, verdict):
        """Lead to what a form sent twice has begun, or keep what was typed."""
        form = VerdictForm(request.POST, instance=Verdict(claim=verdict.claim))
        form.is_valid()
        typed = [getattr(form.instance, name) for name in BEGUN]
        is_the_same = typed == [getattr(verdict, name) for name in BEGUN]
        if is_the_same and verdict.author_id == request.user.pk:
            return HttpResponseRedirect(self.change_url(verdict))
        return self.locked_meanwhile(
            request,
            verdict,
            title=_("Not saved: somebody has just begun this verdict"),
        )

    def get_form(self, request, obj=None, change=False, **kwargs):
        claim = None if obj else asked_claim(request)
        form = VerdictForm if obj or claim else NewVerdictForm
        if claim is not None:
            form = type("NewVerdictForm", (FormOnClaim, VerdictForm), {"claim": claim})
        kwargs["form"] = form
        return super().get_form(request, obj, change, **kwargs)

    def begin(self, request, obj):
        """Store a new verdict with what was typed."""
        with transaction.atomic():
            Claim.objects.select_for_update().get(pk=obj.claim_id)
            begun = Verdict.objects.filter(claim=obj.claim_id).first()
            if begun is not None:
                raise ChangedMeanwhile(
                    _("Somebody has just begun this verdict."), begun
                )
            begun = begin_verdict(obj.claim, by=request.user)
            obj.pk, obj.author = begun.pk, begun.author
            obj.assignee = obj.assignee or begun.assignee
            obj.version = begun.version + 1
            obj._state.adding = False
            obj.save()

    def response_add(self, request, obj, post_url_continue=None):
        if "_step" in request.POST:
            return self.response_change(request, obj)
        self.message_user(request, _("The draft is saved."), messages.SUCCESS)
        return HttpResponseRedirect(self.change_url(obj))

    def drop_view(self, request, object_id):
        """Drop an empty draft (POST) and lead back to its claim."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        verdict = self.verdict_or_404(request, unquote(object_id))
        claim = drop_empty_draft(verdict, by=request.user)
        self.message_user(request, _("The empty draft is dropped."), messages.SUCCESS)
        return HttpResponseRedirect(
            reverse("admin:claims_claim_change", args=[claim.pk])
        )

    def render_change_form(self, request, context, *args, **kwargs):
        verdict = context["original"]
        context["can_drop"] = verdict is not None and can_be_dropped(
            verdict, request.user
        )
        claim = verdict.claim if verdict else asked_claim(request)
        if verdict is None and claim and request.user.has_perm("claims.submit_verdict"):
            context["steps_after_save"] = [STEPS["submit"]]
        context["verdict_of"] = claim.pk if claim else ""
        return super().render_change_form(request, context, *args, **kwargs)


class FormOnClaim:
    """Makes a form of verdicts one of a verdict on a certain claim."""

    claim = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.claim = self.claim


def asked_claim(request):
    """Return the claim that the address of a new verdict names, or None."""
    number = request.GET.get("claim", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return Claim.objects.defer("search").filter(pk=int(number)).first()
