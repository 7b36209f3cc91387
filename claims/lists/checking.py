"""What was checked of a pasted text: for each sentence the listed claims like it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.lists.matching import Match, similar_to_each
from claims.lists.query import InvalidQuery
from claims.models import Speaker
from claims.models.fulltext import WORD
from claims.text.canonical import Place, canonical
from claims.text.language import detect_language
from claims.text.sentences import sentences

# Characters and sentences of one text, and claims for a sentence.
LONGEST, MOST_SENTENCES, MATCHES = 12_000, 60, 3
# "Thank you." is like many a claim, and says nothing.
FEWEST_WORDS = 3
# Beside a claim that is far more alike others say nothing.
NEAR = 0.5


@dataclass(frozen=True)
class CheckedSentence:
    """A sentence at its place in the text, and the listed claims that are like it.

    `is_short` says that it has too few words to be looked for.
    """

    text: str
    place: Place
    found: tuple[Match, ...] = ()
    is_short: bool = False


def check_text(
    text: str, speaker: Speaker | None = None, most: int = MOST_SENTENCES
) -> list[CheckedSentence]:
    """Return the sentences of a text with the claims like each; raise InvalidQuery.

    Nothing of the text is kept. One query is made for each sentence that has words
    enough, and one for all claims found.
    """
    text = readable(text)
    places = [place for place in sentences(text) if WORD.search(text[slice(*place)])]
    if len(places) > most:
        raise InvalidQuery(
            {
                "text": _(
                    "This text has %(count)d sentences; at most %(most)d are looked "
                    "for at once. Give it in parts."
                )
                % {"count": len(places), "most": most}
            }
        )
    words = {place: text[slice(*place)] for place in places}
    asked = list(dict.fromkeys(filter(_is_long_enough, words.values())))
    language = detect_language(text) or "en"
    answers = similar_to_each(asked, speaker, MATCHES, language=language)
    found = dict(zip(asked, answers, strict=True))
    return [
        CheckedSentence(
            each,
            place,
            tuple(_near(found.get(each, []))),
            is_short=each not in found,
        )
        for place, each in words.items()
    ]


def readable(text: str) -> str:
    """Return a text as it is read, in one form; raise InvalidQuery where it cannot."""
    problem = ""
    if not text.strip():
        problem = _("Paste a sentence or a paragraph.")
    elif len(text) > LONGEST:
        problem = _(
            "This text has %(count)d characters; at most %(most)d are read at once. "
            "Give it in parts."
        ) % {"count": len(text), "most": LONGEST}
    elif "\0" in text:
        problem = _("Null characters are not allowed.")
    elif any("\ud800" <= character <= "\udfff" for character in text):
        problem = _("The text has half a character in it, which no text has.")
    elif not WORD.search(text):
        problem = _("There is no word in this text.")
    if problem:
        raise InvalidQuery({"text": problem})
    return canonical(text)


def _is_long_enough(sentence: str) -> bool:
    return len(WORD.findall(sentence)) >= FEWEST_WORDS


def _near(matches: list[Match]) -> list[Match]:
    """Return the matches that are alike, and not far less so than the best one."""
    best = matches[0].share if matches else 0.0
    return [each for each in matches if each.tier and each.share >= NEAR * best]
