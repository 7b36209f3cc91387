"""Extract attributions from a text: who said what, with which words."""

from .find import find_attributions
from .propose import Proposal, propose
from .spans import Attribution, Span
from .speakers import Resolution
from .stored import SpeakerIndex, StoredSpeaker

__all__ = [
    "Attribution",
    "Proposal",
    "Resolution",
    "Span",
    "SpeakerIndex",
    "StoredSpeaker",
    "find_attributions",
    "propose",
]
