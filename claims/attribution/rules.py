"""Rules: what each language gives, one function to find and one to propose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .proposals import Proposal
from .spans import Attribution
from .stored import SpeakerIndex

Find = Callable[[str], list[Attribution]]
WhatIsOpen = Callable[[str], tuple[str, ...]]
IsSentence = Callable[[str], bool]
Propose = Callable[[str, date | None, SpeakerIndex], list[Proposal]]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one language: its finder of attributions, its proposals.

    `open_words` gives the pronouns that a wording leaves open, `is_sentence` whether
    it has a verb; a language without them has nothing to say of wordings.
    """

    find_attributions: Find
    propose: Propose
    open_words: WhatIsOpen | None = None
    is_sentence: IsSentence | None = None
