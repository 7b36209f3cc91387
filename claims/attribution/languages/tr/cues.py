"""The Turkish cues of a sentence, by the forms of the verbs in the table."""

from __future__ import annotations

from dataclasses import dataclass

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.text import Sentence

from .cue_verbs import PARTICLES, PHRASES, VERBS, VIEWS
from .suffixes import FormKind, verb_forms


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that attributes: its stem, letters and example."""

    stem: str
    letters: str
    example: str


@dataclass(frozen=True, slots=True)
class Match:
    """A cue at its words in a sentence, and which form of the verb it is."""

    cue: Cue
    words: Words
    kind: FormKind


def _cues() -> tuple[Cue, ...]:
    """Return the cues of the table, one for each line."""
    return tuple(Cue(*line.split(" ", 2)) for line in VERBS.strip().splitlines())


CUES = _cues()
PHRASE_CUES = tuple(
    Cue(stem.strip(), "qcp", "")
    for stem in PHRASES.replace("\n", "|").split("|")
    if stem.strip()
)
PASSIVE = frozenset(cue.stem for cue in CUES if cue.letters == "s")
_PARTICLE = Cue("sözleriyle", "q", "")
_VIEW = Cue("görüşünde", "p", "")


def _forms() -> dict[str, list[tuple[tuple[str, ...], Cue, FormKind]]]:
    """Return all forms by their last word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Cue, FormKind]]] = {}
    for cue in (*CUES, *PHRASE_CUES):
        *before, stem = cue.stem.split("_")
        for form, kind in verb_forms(stem):
            words = (*before, form)
            found.setdefault(form, []).append((words, cue, kind))
    for word in PARTICLES.split():
        found.setdefault(word, []).append(((word,), _PARTICLE, "converb"))
    for word in VIEWS.split():
        found.setdefault(word, []).append(((word,), _VIEW, "finite"))
    for forms in found.values():
        forms.sort(key=lambda form: -len(form[0]))
    return found


FORMS = _forms()
# Within so many words after "diye" the verb of saying stands, if there is one.
TO_VERB = 5
LIGHT = frozenset(["da", "de", "bir", "kez", "daha"])


def cues_in(s: Sentence) -> list[Match]:
    """Return the cues of a sentence in the order of their verbs."""
    found = []
    for at, word in enumerate(s.words):
        for words, cue, kind in FORMS.get(word, ()):
            first = _place(s, at, words)
            if first is not None:
                found.append(Match(cue, (first, at + 1), kind))
                break
    if s.quotations and "diye" in s.words:
        found += _without_verb(s, found)
        found.sort(key=lambda match: match.words[1])
    return found


def _without_verb(s: Sentence, found: list[Match]) -> list[Match]:
    """Return each "diye" after a quotation that no verb of saying follows."""
    ends = {match.words[1] for match in found}
    return [
        Match(_PARTICLE, (at, at + 1), "converb")
        for at in range(1, len(s.words))
        if s.words[at] == "diye"
        and at - 1 in s.quotations
        and ends.isdisjoint(range(at + 1, at + 2 + TO_VERB))
    ]


def _place(s: Sentence, at: int, words: tuple[str, ...]) -> int | None:
    """Return where the words of a form begin that ends at a place, or None.

    Between the noun and the verb "de" or "bir kez daha" may stand.
    """
    here = at
    for wanted in reversed(words[:-1]):
        here -= 1
        for _ in range(3):
            if here > 0 and s.words[here] in LIGHT and s.words[here] != wanted:
                here -= 1
        if here < 0 or s.words[here] != wanted:
            return None
    return here
