"""What stands on the social card of a claim, and the key that names its picture."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.text import capfirst

from claims.models import PublicClaim
from claims.reading.days import checked_on, said_on

# Part of every key: a change of the design gives every card a new address.
DESIGN = 1


@dataclass(frozen=True)
class SocialCard:
    """The words of a social card, all of them from the public record."""

    speaker: str
    words: str
    sign: str
    label: str
    tone: str
    is_in_force: bool
    days: str
    desk: str

    @property
    def key(self) -> str:
        """Return a digest of all that is drawn: another picture has another one."""
        drawn = json.dumps([DESIGN, asdict(self), settings.FACTCHECK["COLOURS"]])
        return hashlib.sha256(drawn.encode()).hexdigest()[:20]


def social_card(claim: PublicClaim) -> SocialCard:
    """Return what a claim's card says, in the desk's language."""
    with translation.override(settings.LANGUAGE_CODE):
        state = claim.verdict_state
        days = filter(None, [capfirst(said_on(claim)), checked_on(claim)])
        return SocialCard(
            speaker=_speaker(claim),
            words=claim.wording,
            sign=state.sign,
            label=str(state.label),
            tone=state.tone,
            is_in_force=state.is_in_force,
            days=strip_tags(" · ".join(days)),
            desk=settings.FACTCHECK["NAME"],
        )


def _speaker(claim: PublicClaim) -> str:
    names = "; ".join(claim.speaker_names)
    alone = claim.speaker_role and not claim.speakers
    return f"{names}, {claim.speaker_role}" if alone else names
