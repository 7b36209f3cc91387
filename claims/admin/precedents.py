"""Precedents on a verdict's form: claims much alike, and a rating unlike theirs."""

from django.contrib import messages
from django.utils.translation import ngettext

from claims.admin.new_verdicts import asked_claim
from claims.desk.precedents import Precedents, precedents_of


class PrecedentsMixin:
    """Adds to the admin of verdicts what was found on claims like the one at hand."""

    def precedents_of(self, request, claim) -> Precedents:
        """Return a claim's precedents; a request looks for them once."""
        known = request.__dict__.setdefault("desk_precedents", {})
        if claim.pk not in known:
            known[claim.pk] = precedents_of(claim)
        return known[claim.pk]

    def asks_why(self, request, claim, verdict):
        """Return whether a form has room to say why a rating is unlike earlier ones."""
        if verdict is not None and verdict.differs_reason:
            return True
        return bool(self.precedents_of(request, claim).rated)

    def response_add(self, request, obj, post_url_continue=None):
        # What is submitted by the same button is answered as a change.
        if "_step" not in request.POST:
            self.warn(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        self.warn(request, obj)
        return super().response_change(request, obj)

    def warn(self, request, verdict):
        """Say that a rating is unlike earlier ones while nobody has said why."""
        unlike = self.precedents_of(request, verdict.claim).unlike(verdict.rating)
        if unlike and not verdict.differs_reason.strip():
            self.message_user(request, unlike_words(len(unlike)), messages.WARNING)

    def render_change_form(self, request, context, *args, **kwargs):
        verdict = context["original"]
        claim = verdict.claim if verdict else asked_claim(request)
        if claim is not None:
            found = self.precedents_of(request, claim)
            context |= precedents_context(found, verdict)
        return super().render_change_form(request, context, *args, **kwargs)


def precedents_context(found: Precedents, verdict) -> dict:
    """Return what a page shows of precedents, and which are rated unlike a verdict."""
    return {
        "precedents": found,
        "unlike": found.unlike(verdict.rating) if verdict else (),
    }


def unlike_words(count: int) -> str:
    return ngettext(
        "A claim very close to this one is rated otherwise. Say why this one differs.",
        "%(count)s claims very close to this one are rated otherwise. Say why this one "
        "differs.",
        count,
    ) % {"count": count}
