"""French and Spanish verbs of saying: clitics, auxiliary, inversion."""

from __future__ import annotations

from claims.attribution.engine.tables import Cue, Form, Language
from claims.attribution.engine.text import Sentence

from .hits import Hit, forms_in
from .romance_nouns import (
    HEADS,
    PARTICIPIAL,
    noun_phrase_end,
    skip_adverbials,
    with_apposition,
)
from .romance_subjects import CLITICS, JOINTS, speaker_after, speaker_before

__all__ = [
    "HEADS",
    "JOINTS",
    "PARTICIPIAL",
    "hits_in",
    "noun_phrase_end",
    "skip_adverbials",
    "speaker_after",
    "speaker_before",
    "with_apposition",
]


REFLEXIVES = frozenset(["s'", "s’", "se"])
ALLEGED = frozenset(["aurait", "auraient", "habría", "habrían"])
BEING = frozenset(["est", "sont", "était", "étaient"])
HYPHENS = frozenset(["-", "-t-", "-t'", "-t’"])
SUCH = (("tal", "y"),)
AS = frozenset(["según", "como", "comme"])
LINKS = frozenset(",-–—")
NO_VERBS = [
    "prepositions",
    "inner_prepositions",
    "conjunctions",
    "complementizers",
    "questions",
    "adverbs",
    "articles",
    "negations",
    "finite",
    "auxiliaries",
    "he",
    "she",
    "it",
    "they",
    "titles",
    "open_words",
]
NEUTRAL = frozenset(["lo", "les", "le", "nos", "deux", "dos"])


def hits_in(text: str, s: Sentence, language: Language) -> list[Hit]:
    """Return the reporting verbs of a sentence in order."""
    found: list[Hit] = _infinitives(s, language)
    for first, last, forms in forms_in(s, language):
        for form in sorted(forms, key=lambda form: not form.participle):
            hit = _hit(text, s, first, last, form, language)
            if hit:
                found.append(hit)
                break
    taken = {hit.words[1] for hit in found}
    found += [
        hit for hit in after_quotations(text, s, language) if hit.words[1] not in taken
    ]
    found.sort(key=lambda hit: hit.words)
    return found


def _infinitives(s: Sentence, language: Language) -> list[Hit]:
    """Return the verbs of "et le maire d'ajouter", "avant de préciser que"."""
    found = []
    for at in range(2, len(s.words)):
        cue = language.lemmas.get(s.words[at])
        if cue is None or s.words[at - 1] not in ("de", "d'", "d’"):
            continue
        joins = s.words[at - 2] in ("avant", "antes", "après")
        if joins or s.words[0] in ("et", "y"):
            lead = at - 2 if joins else at - 1
            # "Et d'ajouter": the speaker is the one of the sentence before.
            joins = joins or lead == 1
            found.append(Hit(cue, (at, at + 1), lead, lead, at + 1, joins=joins))
    return found


def after_quotations(text: str, s: Sentence, language: Language) -> list[Hit]:
    """Return unknown verbs between a quotation and a name: « ... », sourit Holt."""
    found = []
    for quotation in s.quotations:
        at = quotation + 1
        while at < len(s.words) and s.words[at] in LINKS:
            at += 1
        lead = at
        while at < len(s.words) and s.words[at] in CLITICS:
            at += 1
        begin = at
        enclitic = None
        if at + 2 < len(s.words) and s.words[at + 1] in HYPHENS:
            if language.has("auxiliaries", s.words[at]):
                # "a-t-il répété"
                enclitic, at = (at + 2, at + 3), at + 3
            else:
                enclitic = (at + 2, at + 3)
        while (
            enclitic is None
            and at + 1 < len(s.words)
            and (
                (at == begin and language.has("auxiliaries", s.words[at]))
                or (at > begin and language.has("adverbs", s.words[at]))
            )
        ):
            at += 1
        if at >= len(s.words) - (enclitic is None) or lead == quotation + 1:
            continue
        if enclitic or _is_verb(text, s, at, language):
            if not s.words[at].isalpha():
                continue
            cue = Cue(s.words[at], (s.words[at],), "fq", "")
            tail = max(at + 1, enclitic[1] if enclitic else 0)
            words = (at if enclitic else begin, at + 1)
            found.append(Hit(cue, words, begin, lead, tail, enclitic=enclitic))
    return found


def _is_verb(text: str, s: Sentence, at: int, language: Language) -> bool:
    """Return whether an unknown word before a name or pronoun may be a verb."""
    word, following = s.words[at], s.words[at + 1]
    if len(word) < 3 or not word.isalpha() or text[s.starts[at]].isupper():
        return False
    if any(language.has(name, word) for name in NO_VERBS) or word in language.weekdays:
        return False
    if following in HYPHENS:
        return True
    if language.has("prepositions", following) or following in language.weekdays:
        return False
    return (
        language.has("articles", following)
        or language.has("titles", following)
        or text[s.starts[at + 1]].isupper()
        or any(language.has(name, following) for name in ("he", "she", "they"))
    )


def _hit(
    text: str, s: Sentence, first: int, last: int, form: Form, language: Language
) -> Hit | None:
    """Return a form at a place as a verb, or None."""
    if form.participle:
        return _participle(s, first, last, form, language)
    if text[s.starts[first]].isupper() and first > 1:
        return None
    gerund = form.words[0].endswith(("ant", "ndo"))
    before = s.words[first - 1] if first else ""
    noun = language.has("articles", before) and not (
        language.tables.drops_subjects and before in NEUTRAL
    )
    if before in AS:
        noun = False
    elif language.has("prepositions", before) or before in ("de", "d'", "d’"):
        return None
    if noun:
        return None
    lead = _lead(s, first, language)
    hit = Hit(form.cue, (lead, last), first, lead, last, joins=gerund)
    if gerund:
        hit.words = (first, last)
        return hit if before in (",", "y", "e", "et", "en", '"') else None
    if last + 1 < len(s.words) and s.words[last] in HYPHENS:
        hit.enclitic = (last + 1, last + 2)
        hit.tail = last + 2
    if form.cue.lemma in ("negar", "limitar") and "se" in s.words[lead:first]:
        return None
    hit.words = (first, last)
    hit.clause = _clause_of(s, lead)
    hit.negated = _negated(s, lead, last, language)
    if hit.negated:
        hit.words = (lead, last)
    if last < len(s.words) and language.has("negations", s.words[last]):
        hit.tail = last + 1
        hit.words = (lead, last + 1)
    return hit


def _participle(
    s: Sentence, first: int, last: int, form: Form, language: Language
) -> Hit | None:
    """Return "a déclaré", "a-t-il ajouté", "ha dicho" as a verb, or None."""
    at = first - 1
    while at > 0 and (
        language.has("adverbs", s.words[at])
        or language.has("negations", s.words[at])
        or s.words[at].endswith("ment")
    ):
        at -= 1
    enclitic = None
    if at > 1 and s.words[at - 1] in HYPHENS:
        enclitic = (at, at + 1)
        at -= 2
    if at < 0 or not language.has("auxiliaries", s.words[at]):
        return None
    before = s.words[at - 1] if at else ""
    if s.words[at] in BEING and before not in REFLEXIVES:
        return None
    lead = _lead(s, at, language)
    begin = first if enclitic else at
    hit = Hit(form.cue, (begin, last), at, lead, last, enclitic=enclitic)
    hit.clause = _clause_of(s, lead)
    hit.negated = _negated(s, lead, last, language)
    hit.alleged = s.words[at] in ALLEGED
    if hit.negated and not enclitic:
        hit.words = (lead, last)
    return hit


def _clause_of(s: Sentence, lead: int) -> int | None:
    """Return where "según explicó Holt", "comme l'a dit Holt" begins, or None."""
    for at in range(lead - 1, max(-1, lead - 14), -1):
        if s.words[at] in AS and s.words[max(0, at - 2) : at] in SUCH:
            return at - len(s.words[max(0, at - 2) : at])
        if s.words[at - 1 : at] == ("tal",) and s.words[at] in AS:
            return at - 1
        if s.words[at] in AS and (at == 0 or not s.words[at - 1][0].isalnum()):
            return at if at == lead - 1 or s.words[at] != "como" else None
        if not s.words[at][0].isalnum():
            return None
    return None


def _lead(s: Sentence, at: int, language: Language) -> int:
    """Return where the clitics and negations before a verb begin."""
    while at > 0 and (
        s.words[at - 1] in CLITICS or language.has("negations", s.words[at - 1])
    ):
        if s.words[at - 1] == "y" and language.tables.drops_subjects:
            # Spanish "and", French "there".
            break
        at -= 1
    return at


def _negated(s: Sentence, lead: int, last: int, language: Language) -> bool:
    """Return whether a verb group is denied."""
    return any(language.has("negations", word) for word in s.words[lead:last]) or (
        lead > 0 and s.words[lead - 1] in ("sin", "sans", "nunca", "jamás")
    )
