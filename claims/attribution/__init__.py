"""Extract attributions from a text: who said what, with which words."""

from .extract import find_attributions, is_sentence, open_words, propose
from .languages import LANGUAGES, has_rules
from .proposals import Proposal, Resolution
from .spans import Attribution, Span
from .stored import SpeakerIndex, StoredSpeaker

__all__ = [
    "LANGUAGES",
    "Attribution",
    "Proposal",
    "Resolution",
    "Span",
    "SpeakerIndex",
    "StoredSpeaker",
    "find_attributions",
    "has_rules",
    "is_sentence",
    "open_words",
    "propose",
]
