"""The JSON endpoint of the panel "Said before": earlier claims like one being made."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.annotate.json_api import JsonBody, get_claim
from claims.desk.blind import unseen_by
from claims.desk.precedents import Earlier, earlier_claims
from claims.models import Claim, Speaker


def earlier(request, article):
    """Return the claims most like a wording: who, when, how rated, what differs.

    `claim` is the stored claim that it is the wording of, if it is one's.
    """
    sent = JsonBody(request)
    number, key = sent.whole("speaker", 0), sent.whole("claim", 0)
    claim = get_claim(article, key) if key else None
    speaker = Speaker.objects.filter(pk=number).first() if number else None
    found = earlier_claims(
        sent.words("wording")[:500],
        speaker,
        language=article.language,
        but={claim.pk} if claim else (),
    )
    rated = not _is_rated_blind(request.user, claim)
    return {"found": [earlier_json(each, rated=rated) for each in found]}


def _is_rated_blind(user, claim: Claim | None) -> bool:
    """Return whether a claim's verdict is one that the user has yet to rate blind.

    How its like was rated would tell.
    """
    return claim is not None and unseen_by(user).filter(claim=claim).exists()


def earlier_json(each: Earlier, *, rated: bool = True) -> dict:
    """Return an earlier claim as a dict, without its rating where it is not told."""
    claim, told = each.claim, each.compared
    state = claim.verdict_state
    rating = {"sign": state.sign, "label": str(state.label), "tone": state.tone}
    if not rated:
        rating = {"sign": "", "label": _("not before you have rated"), "tone": "none"}
    return {
        "id": claim.pk,
        "url": reverse("admin:claims_claim_change", args=[claim.pk]),
        "speaker": ", ".join(claim.speaker_names),
        "stated_on": claim.stated_on and claim.stated_on.isoformat(),
        "rating": rating,
        "is_very_close": each.is_very_close,
        "words": [[piece.text, piece.kind] for piece in told.pieces_before],
        "own": [[piece.text, piece.kind] for piece in told.pieces_now],
        "changes": [[one.kind, one.before, one.now] for one in told.changes],
    }
