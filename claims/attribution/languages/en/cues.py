"""Look-up tables of cues: every inflected form of a verb, the nouns, the adjectives.

The words themselves stand in `cue_verbs` and `cue_nouns`.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import cue_nouns, cue_verbs
from .words import verb_forms, word_set


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that attributes words to somebody, and what it may take.

    >>> next(cue for cue in CUES if cue.words == "call").prepositions
    ('for', 'on')
    """

    words: str
    frames: str
    prepositions: tuple[str, ...]
    example: str

    @property
    def lemma(self) -> str:
        """The verb itself, without "out" in "point out"."""
        return self.words.split()[0]

    @property
    def rest(self) -> tuple[str, ...]:
        """The words that must follow the verb."""
        return tuple(self.words.split()[1:])


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a cue: "base", "third", "past", "participle", "both" or "ing".

    "both" is a past that is also the participle, as most are.
    """

    form: str
    cue: Cue
    lemma: str
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NounCue:
    """A noun or adjective that attributes words, and what may follow it."""

    words: str
    follows: frozenset[str]
    example: str


def read_verbs(table: str) -> list[Cue]:
    """Return the cues of a table with one verb a line.

    >>> read_verbs("call_for n+in They called for a vote.")[0].words
    'call for'
    """
    cues = []
    for line in table.strip().splitlines():
        lemma, frames, example = line.split(" ", 2)
        letters, *prepositions = frames.split("+")
        cues.append(Cue(lemma.replace("_", " "), letters, tuple(prepositions), example))
    return cues


def read_nouns(table: str) -> dict[str, NounCue]:
    """Return the nouns or adjectives of a table by their word."""
    cues = {}
    for line in table.strip().splitlines():
        word, follows, example = line.split(" ", 2)
        cues[word] = NounCue(word, frozenset(follows.split("+")), example)
    return cues


def plural(noun: str) -> str:
    """Return the plural of a noun.

    >>> plural("worry"), plural("claim"), plural("stance")
    ('worries', 'claims', 'stances')
    """
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch")) else "s")


def _forms_by_word(cues: list[Cue]) -> dict[str, list[Form]]:
    """Return the cue forms that each inflected word may be, longest phrase first."""
    found: dict[str, list[Form]] = {}
    for cue in cues:
        third, past, participle, ing = verb_forms(cue.lemma)
        # "set" and "forecast" are their own past.
        readings = {cue.lemma: "both" if past == cue.lemma else "base"}
        for word, form in (
            (past, "both" if past == participle else "past"),
            (participle, "participle"),
            (third, "third"),
            (ing, "ing"),
        ):
            readings.setdefault(word, form)
        for word, form in readings.items():
            found.setdefault(word, []).append(Form(form, cue, cue.lemma, cue.rest))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry.rest))
    return found


CUES = read_verbs(cue_verbs.VERBS)
# word -> its readings, longest phrase first
FORMS = _forms_by_word(CUES)
NOUNS = read_nouns(cue_nouns.NOUNS)
NOUNS |= {plural(word): cue for word, cue in NOUNS.items()}
ADJECTIVES = read_nouns(cue_nouns.ADJECTIVES)
CLASS_OF_FORM = {
    "base": "Z",
    "participle": "E",
    "past": "V",
    "both": "V",
    "third": "V",
    "ing": "G",
}
CUE_CLASSES = {
    word: CLASS_OF_FORM[entry.form]
    for word, entries in FORMS.items()
    for entry in entries
}

# Verb forms in -s that are as often plural nouns.
NOUN_FORMS = word_set(
    """
    addresses aims answers appeals attacks backs calls campaigns challenges claims
    comments complaints credits debates demands details documents doubts estimates
    fears focuses forecasts guesses hopes laughs lists mocks names needs notes
    offers orders plans points posts projects promises promotes pushes questions quotes
    reports requests signals states supports talks thanks threats tweets values views
    votes wishes charges cries faults floats objects pledges protests quips reasons
    rebukes regrets remarks rules salutes shouts sides stresses suspects targets urges
    vows worries
    """
)
# Base forms of cues that are never nouns.
PURE_VERBS = word_set(
    """
    accuse acknowledge add admit advise advocate affirm agree allege announce
    anticipate apologize applaud appreciate argue ask assert assure attest believe
    bemoan celebrate cite clarify complain concede conclude condemn confirm
    congratulate consider contend convey convince criticise criticize decide declare
    decline decry defend denounce deny deride describe determine disagree disclose
    discuss dismiss embrace emphasise emphasize encourage endorse expect explain
    express feel find imagine imply indicate inform insist intend know lament learn
    maintain oppose persuade portray predict prefer proclaim propose recall
    recommend refer refuse refute reiterate reject remember respond reveal say see
    seek speculate suggest suspect tell testify think underline underscore
    understand urge want warn write
    """
)
# A past that follows a noun often is no past: "a website called X".
NAMING = word_set("call name dub label title")
