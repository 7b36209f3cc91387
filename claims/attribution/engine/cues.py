"""Find the cues of a sentence: verbs of saying, "according to" and the like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .phrases import Words
from .tables import Cue, Form, Language
from .text import Sentence

# How many words back the auxiliary of a participle may stand.
AUXILIARY_BACK = 12


@dataclass(frozen=True, slots=True)
class Match:
    """A cue at its words in a sentence; `verb` is where the finite verb stands."""

    cue: Cue
    words: Words
    verb: int


def cues_in(s: Sentence, language: Language) -> Iterator[Match]:
    """Yield the verbs of saying of a sentence in order."""
    for first, last, form in _forms_in(s, language.forms):
        if not form.participle:
            yield Match(form.cue, (first, last), first)
            continue
        auxiliary = _auxiliary_before(s, first, language)
        if auxiliary is not None:
            near = all(
                language.has("adverbs", w) or language.has("auxiliaries", w)
                for w in s.words[auxiliary:first]
            )
            yield Match(form.cue, (auxiliary if near else first, last), auxiliary)


def according_in(s: Sentence, language: Language) -> Iterator[Match]:
    """Yield the phrases of a sentence that mean "according to"."""
    for first, last, form in _forms_in(s, language.phrases):
        yield Match(form.cue, (first, last), first)


def _forms_in(
    s: Sentence, forms: Mapping[str, tuple[Form, ...]]
) -> Iterator[tuple[int, int, Form]]:
    """Yield each form with its place."""
    at = 0
    while at < len(s.words):
        for form in forms.get(s.words[at], ()):
            last = at + len(form.words)
            if s.words[at:last] == form.words:
                yield at, last, form
                at = last - 1
                break
        at += 1


def _auxiliary_before(s: Sentence, at: int, language: Language) -> int | None:
    """Return where the auxiliary of a participle stands, in the same clause."""
    for back in range(at - 1, max(-1, at - AUXILIARY_BACK), -1):
        word = s.words[back]
        if language.has("auxiliaries", word):
            return back
        if word in ';:.?!"':
            return None
    return None
