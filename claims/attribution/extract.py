"""Extract attributions from a text by the rules of its language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .languages import rules_for
from .proposals import Proposal
from .spans import Attribution
from .stored import SpeakerIndex, StoredSpeaker


def find_attributions(text: str, language: str = "en") -> list[Attribution]:
    """Return every attribution of a text, in the order of the text.

    In a language without rules nothing is found.

    >>> text = "The mayor said the bridge was safe."
    >>> found = find_attributions(text)[0]
    >>> found.speaker.of(text), found.cue.of(text), found.words(text)
    ('The mayor', 'said', 'the bridge was safe')
    >>> find_attributions(text, language="fi")
    []
    """
    rules = rules_for(language)
    return rules.find_attributions(text) if rules else []


def propose(
    text: str,
    published_on: date | None = None,
    speakers: Iterable[StoredSpeaker] | SpeakerIndex = (),
    language: str = "en",
) -> list[Proposal]:
    """Return a proposal for every attribution of a text, in the order of the text.

    For many texts, give the desk's speakers as one SpeakerIndex.

    >>> text = "Mayor Ida Holt met the press. She said on Friday rents had risen by 4%."
    >>> found = propose(text, date(2024, 5, 6), [StoredSpeaker(3, "Ida Holt")])[0]
    >>> found.speaker_words, found.speaker_name, found.speaker_key
    ('She', 'Ida Holt', 3)
    """
    rules = rules_for(language)
    if rules is None:
        return []
    index = speakers if isinstance(speakers, SpeakerIndex) else SpeakerIndex(speakers)
    return rules.propose(text, published_on, index)


def open_words(wording: str, language: str = "en") -> tuple[str, ...]:
    """Return the pronouns of a wording that its own words leave open.

    >>> open_words("It has cost too much."), open_words("The bridge has cost too much.")
    (('It',), ())
    """
    rules = rules_for(language)
    return rules.open_words(wording) if rules and rules.open_words else ()


def is_sentence(wording: str, language: str = "en") -> bool:
    """Return whether a wording is a whole sentence: whether it has a finite verb.

    >>> is_sentence("Rents fell."), is_sentence("A shameful step.")
    (True, False)
    """
    rules = rules_for(language)
    return rules.is_sentence(wording) if rules and rules.is_sentence else True
