"""The panel "Said before" in JSON: earlier claims like one, and decisions on them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.annotate.json_api import (
    BadRequest,
    JsonBody,
    get_claim,
    invalid_value,
)
from claims.desk.blind import unseen_by
from claims.desk.precedents import earlier_claims
from claims.desk.relations import confirm_repeat, dismiss, undo
from claims.lists.matching import Match
from claims.models import Claim, ClaimRelation, Speaker

MOST_DECISIONS = 20


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
        but=_decided(claim) if claim else (),
    )
    rated = not _is_rated_blind(request.user, claim)
    return {"found": [earlier_json(each, rated=rated) for each in found]}


def _decided(claim: Claim) -> set[int]:
    """Return the keys of a claim, and of those that somebody has compared with it."""
    rows = ClaimRelation.objects.repeats().decided().touching(claim)
    pairs = rows.values_list("claim", "to")
    return {claim.pk, *(key for pair in pairs for key in pair)}


def _is_rated_blind(user, claim: Claim | None) -> bool:
    """Return whether a claim's verdict is one that the user has yet to rate blind.

    How its like was rated would tell.
    """
    return claim is not None and unseen_by(user).filter(claim=claim).exists()


def earlier_json(each: Match, *, rated: bool = True) -> dict:
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


# --- Decided ----------------------------------------------------------------------


def sent_decisions(sent: JsonBody) -> list[tuple[str, int]]:
    """Return (decision, key of the earlier claim) of each row of "earlier", if any."""
    if "earlier" not in sent:
        return []
    rows = sent.rows("earlier", MOST_DECISIONS)
    found = [(row.words("is"), row.whole("of")) for row in rows]
    if any(decision not in DECISIONS for decision, _key in found):
        raise invalid_value("earlier")
    return found


def decide_on_earlier(claim: Claim, decisions: list[tuple[str, int]], *, by) -> None:
    """Say of earlier claims that a claim repeats them, or does not, or neither."""
    if not decisions:
        return
    known = Claim.objects.defer("search").in_bulk([key for _is, key in decisions])
    for decision, key in decisions:
        if key not in known:
            raise BadRequest(_("That earlier claim is not there."))
        DECISIONS[decision](claim, known[key], by=by)


def _undecide(claim, of, *, by):
    for relation in (
        ClaimRelation.objects.repeats().decided().filter(claim=claim, to=of)
    ):
        undo(relation, by=by)


DECISIONS = {"repeat": confirm_repeat, "dismiss": dismiss, "offer": _undecide}
