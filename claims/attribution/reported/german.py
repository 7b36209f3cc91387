"""German word order: the verb second, its particle or participle at the end."""

from __future__ import annotations

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.tables import Cue, Form, Language
from claims.attribution.engine.text import Sentence

from .german_nouns import NO_NOUNS, noun_phrase_end, skip_adverbials, with_apposition
from .hits import APART, CLOSING, STOPS, Hit, forms_in, is_negation_near

__all__ = [
    "clause_start",
    "hits_in",
    "noun_phrase_end",
    "skip_adverbials",
    "speaker_after",
    "speaker_before",
    "with_apposition",
]


MODALS = frozenset(
    ["musste", "mussten", "konnte", "konnten", "wollte", "wollten", "mochte", "mochten"]
)
PASSIVES = frozenset(
    [
        "wird",
        "werden",
        "wurde",
        "wurden",
        "worden",
        "ist",
        "sind",
        "war",
        "waren",
        "sei",
        "seien",
        "werde",
    ]
)
AFTER_VERB = frozenset(["und", "oder", "dass", "ob"])
NO_SUBJECTS = frozenset(["den", "dem", "des", "einen", "einem", "eines"])
NO_VERBS = (
    *NO_NOUNS,
    *("articles", "negations", "finite", "auxiliaries", "he", "it", "they"),
    "open_words",
)
RELATIVES = frozenset(["der", "die", "das", "dessen", "deren"])


def hits_in(text: str, s: Sentence, language: Language) -> list[Hit]:
    """Return the reporting verbs of a sentence in order."""
    found: list[Hit] = []
    for first, last, forms in forms_in(s, language):
        hit = _hit(text, s, first, last, forms, language)
        if hit:
            found.append(hit)
    found += _perfect_claims(s)
    taken = {hit.words[0] for hit in found}
    found += [
        hit for hit in after_quotations(text, s, language) if hit.words[0] not in taken
    ]
    found.sort(key=lambda hit: hit.words)
    return found


def _perfect_claims(s: Sentence) -> list[Hit]:
    """Return "wollen ... gesehen haben": what somebody says to have done."""
    found = []
    for at, word in enumerate(s.words):
        if word not in ("will", "wollen"):
            continue
        for end in range(at + 2, min(len(s.words), at + 30)):
            if s.words[end] in ("haben", "sein") and _ends_clause(s, end + 1):
                if s.words[end - 1][-1] in "nt" and len(s.words[end - 1]) > 4:
                    cue = Cue("wollen", (word,), "n", "")
                    found.append(Hit(cue, (at, at + 1), at, at, at + 1))
                break
            if s.words[end] in ".;:?!":
                break
    return found


def after_quotations(text: str, s: Sentence, language: Language) -> list[Hit]:
    """Return unknown verbs between a quotation and a name: „...“, grummelte Holt."""
    found = []
    for quotation in s.quotations:
        at = quotation + 2
        if at + 1 >= len(s.words) or s.words[at - 1] != ",":
            continue
        word, following = s.words[at], s.words[at + 1]
        if not word.isalpha() or text[s.starts[at]].isupper() or word[-1] not in "ten":
            continue
        if any(language.has(name, word) for name in NO_VERBS):
            continue
        if (
            text[s.starts[at + 1]].isupper()
            or following in ("er", "sie", "sich", "der", "die", "ein", "eine")
        ) and not _ends_clause(s, at + 1):
            cue = Cue(word, (word,), "fq", "")
            found.append(Hit(cue, (at, at + 1), at, at, at + 1))
    return found


def _hit(
    text: str, s: Sentence, first: int, last: int, forms: list[Form], language: Language
) -> Hit | None:
    """Return a form at a place as a verb, or None."""
    if text[s.starts[first]].isupper() and first:
        return None
    for form in forms:
        if form.participle and _ends_clause(s, last):
            auxiliary = _before(s, first, language.sets["auxiliaries"] | MODALS)
            if auxiliary is not None:
                if form.cue.lemma == "bestätigen" and s.words[auxiliary] in MODALS:
                    return None
                return _compound(s, form, first, last, auxiliary, language)
    if (
        any(form.participle for form in forms)
        and _ends_clause(s, last)
        and _before(s, first, PASSIVES) is not None
    ):
        return None
    for form in forms:
        if form.participle:
            continue
        if form.particle:
            particle = _particle(s, last, form.particle)
            if particle is not None:
                hit = Hit(form.cue, (first, last), first, first, last, particle)
                hit.negated = is_negation_near(s, last, particle, language)
                return hit
    for form in forms:
        if form.participle or form.particle:
            continue
        return _simple(text, s, form, first, last, language)
    return None


def _compound(
    s: Sentence, form: Form, first: int, last: int, auxiliary: int, language: Language
) -> Hit:
    """Return "hat ... gesagt" as a verb."""
    near = _only_small(s, auxiliary + 1, first, language)
    begin = auxiliary if near else first
    hit = Hit(form.cue, (begin, last), auxiliary, auxiliary, auxiliary + 1, first)
    hit.negated = is_negation_near(s, auxiliary, first, language)
    if near:
        hit.tail = last
    return hit


def _only_small(s: Sentence, first: int, last: int, language: Language) -> bool:
    """Return whether only adverbs and negations stand between two places."""
    return all(
        language.has("adverbs", word) or language.has("negations", word)
        for word in s.words[first:last]
    )


def _simple(
    text: str, s: Sentence, form: Form, first: int, last: int, language: Language
) -> Hit | None:
    """Return a finite verb that stands alone, or one at the end of a "wie" clause."""
    separable = any("+" in other for other in form.cue.forms)
    begin = clause_start(s, first)
    opener = s.words[begin] if begin < first else ""
    ends = _ends_clause(s, last)
    if opener == "wie" and ends:
        return Hit(form.cue, (first, last), first, begin, last, clause=begin)
    modal = _before(s, first, MODALS) if ends else None
    if modal is not None and form.cue.lemma in ("bestätigen", "kommentieren"):
        return None
    if modal is not None and form.words[0].endswith("n"):
        return _compound(s, form, first, last, modal, language)
    if separable:
        return None
    if ends and begin < first and _is_subordinate(s, begin, language):
        return None
    if _is_attribute(text, s, first, last, language):
        return None
    hit = Hit(form.cue, (first, last), first, first, last)
    near = last
    while near < min(len(s.words), last + 4) and s.words[near] not in ',:"':
        near += 1
    hit.negated = is_negation_near(s, last, near, language)
    return hit


def _is_subordinate(s: Sentence, begin: int, language: Language) -> bool:
    """Return whether a clause with its verb at the end begins with a subordinator."""
    word = s.words[begin]
    if begin and word in RELATIVES:
        return True
    return (
        language.has("complementizers", word)
        or language.has("questions", word)
        or (language.has("conjunctions", word) and word not in ("und", "aber", "doch"))
    )


def _is_attribute(
    text: str, s: Sentence, first: int, last: int, language: Language
) -> bool:
    """Return whether a form is an adjective: "das erklärte Ziel"."""
    if last >= len(s.words) or not first:
        return False
    return (
        s.words[first][-1] in "en"
        and language.has("articles", s.words[first - 1])
        and text[s.starts[last]].isupper()
        and s.words[first - 1] != "das"
    )


def _ends_clause(s: Sentence, last: int) -> bool:
    """Return whether a clause ends before a word."""
    return (
        last >= len(s.words) or s.words[last] in CLOSING or s.words[last] in AFTER_VERB
    )


def _before(s: Sentence, at: int, wanted: frozenset[str]) -> int | None:
    """Return where one of some words stands before a place, in the same clause."""
    for back in range(at - 1, max(-1, at - APART), -1):
        word = s.words[back]
        if word in wanted:
            return back
        if word in ".?!…;:":
            return None
        if word == "," and s.words[back + 1 : back + 2] in (("dass",), ("ob",)):
            return None
    return None


def _particle(s: Sentence, last: int, particle: str) -> int | None:
    """Return where the particle of a verb stands after it, or None."""
    for at in range(last, min(len(s.words), last + APART)):
        word = s.words[at]
        if word == particle and _ends_clause(s, at + 1):
            return at
        if word in STOPS and word != '"':
            return None
        if word == "," and s.words[at + 1 : at + 2] in (("dass",), ("ob",)):
            return None
    return None


def clause_start(s: Sentence, at: int, floor: int = 0) -> int:
    """Return where the clause begins that a word stands in."""
    while at > floor and s.words[at - 1] not in ',;:"–—':
        at -= 1
    return at


def speaker_before(
    text: str, s: Sentence, hit: Hit, language: Language, floor: int
) -> Words | None:
    """Return the subject in front of a verb in second place, or None."""
    verb = hit.verb
    start = floor
    while start < verb and (
        not s.words[start][0].isalnum()
        or s.words[start] in ("und", "aber", "doch", "denn", "auch")
    ):
        start += 1
    for begin in (start, _after_joint(s, verb, start)):
        if begin >= verb or s.words[begin] in NO_SUBJECTS:
            continue
        end = noun_phrase_end(text, s, begin, language)
        if end == begin or end > verb:
            continue
        whole = with_apposition(text, s, end, language, verb)
        if whole > end and s.words[whole] == "," and whole + 1 == verb:
            return begin, whole
        if (
            s.words[end] == s.words[verb - 1] == ","
            and end + 2 < verb
            and s.words[end + 1] in RELATIVES
        ):
            return begin, end
        if _only_adverbials(text, s, end, verb, language):
            return begin, end
    return None


def _after_joint(s: Sentence, verb: int, start: int) -> int:
    """Return where the last clause before a verb begins, its conjunction left out."""
    begin = clause_start(s, verb, start)
    while begin < verb and s.words[begin] in ("und", "aber", "doch", "denn", "auch"):
        begin += 1
    return begin


def _only_adverbials(
    text: str, s: Sentence, at: int, last: int, language: Language
) -> bool:
    """Return whether only adverbs and prepositional phrases fill a stretch."""
    return skip_adverbials(text, s, at, language) >= last if at < last else at == last


def speaker_after(text: str, s: Sentence, hit: Hit, language: Language) -> Words | None:
    """Return the subject after a verb, or None."""
    first = skip_adverbials(text, s, hit.tail, language)
    end = noun_phrase_end(text, s, first, language)
    if end == first or any(
        s.words[at] in language.weekdays for at in range(first, end)
    ):
        return None
    return first, with_apposition(text, s, end, language)
