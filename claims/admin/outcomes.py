"""What the desk says after a step: what has happened, and what comes next."""

from django.utils.translation import gettext as _

from claims.desk.publications import name_of
from claims.models import Claim, Verdict
from claims.models.choices import ClaimStatus, PublicationKind


def outcome_of(name: str, thing: Claim | Verdict) -> str:
    """Return the sentence that follows a step, of the thing as it is after it."""
    return OUTCOMES[name](thing)


def _accepted(claim):
    return _("The claim is accepted. Readers see it once it is listed.")


def _rejected(claim):
    return _(
        "The claim is rejected and will not be suggested again. “Restore” takes "
        "that back."
    )


def _restored(claim):
    return _("The claim is a draft again. Readers see it once it is listed.")


def _unaccepted(claim):
    return _("The claim is a suggestion again, for somebody to decide.")


def _listed(claim):
    if claim.current_id:
        return _("Readers see the claim again, with what was published on it.")
    return _(
        "Readers see the claim now, as “not yet reviewed”. Next comes its verdict."
    )


def _withdrawn(claim):
    return _(
        "The claim is withdrawn: readers do not find it any more. “List for readers” "
        "brings it back."
    )


def _submitted(verdict):
    return _(
        "The verdict is submitted, and nothing in it changes now. Next, somebody who "
        "wrote no part of it approves or returns it."
    )


def _recalled(verdict):
    return _("The verdict is a draft again. Submit it anew when it is ready.")


def _returned(verdict):
    return _(
        "The verdict is a draft again. %(name)s finds it under “Returned to me”, with "
        "your comment."
    ) % {"name": name_of(verdict.author)}


def _published(verdict):
    claim = verdict.claim
    if claim.status != ClaimStatus.LISTED:
        return _("The verdict is published. Readers see it once its claim is listed.")
    if claim.current.number == 1:
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


def _retracted(verdict):
    return _(
        "The verdict is retracted. Its page stays, marked as retracted, with your "
        "reason."
    )


OUTCOMES = {
    "accept": _accepted,
    "reject": _rejected,
    "restore": _restored,
    "unaccept": _unaccepted,
    "list": _listed,
    "withdraw": _withdrawn,
    "submit": _submitted,
    "recall": _recalled,
    "return": _returned,
    "publish": _published,
    "revise": _revised,
    "retract": _retracted,
}
