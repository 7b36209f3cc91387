"""Parse the words of a speaker: name, kind, titles, gender, by a language's tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.attribution.folding import fold
from claims.attribution.proposals import Gender, SpeakerKind

from .tables import Language

WORD = re.compile(r"\w+(?:[-'’.&]\w+)*\.?")


@dataclass(frozen=True, slots=True)
class Name:
    """What the words of a speaker say: a name, its kind, and the titles around it."""

    name: str
    kind: SpeakerKind
    titles: tuple[str, ...] = ()
    gender: Gender = ""

    @property
    def surname(self) -> str:
        """The last word of the name, folded."""
        return fold(self.name.split()[-1]) if self.name else ""


def parse_name(words: str, language: Language) -> Name:
    """Return the name in the words of a speaker, or its kind where there is none."""
    head, _, rest = words.partition(",")
    found = _parse(head, language)
    if found.name or not rest:
        return found
    apposition = _parse(rest.split(",")[0], language)
    if apposition.kind == "person" and apposition.name:
        titles = found.titles + apposition.titles
        gender = found.gender or apposition.gender
        return Name(apposition.name, "person", titles, gender)
    return found


def _parse(words: str, language: Language) -> Name:
    """Return the name in words without a comma."""
    tokens = [match.group() for match in WORD.finditer(words)]
    if not tokens:
        return Name("", "unnamed")
    low = [language.lower(token.rstrip(".")) for token in tokens]
    state = language.states.get(" ".join(low))
    if state:
        return Name(state, "government")
    base = language.tables.title_base
    titles = tuple(base(word) for word in low if is_title(word, language))
    gender = _gender(titles, language)
    if any(is_organisation(word, language) for word in low) and not titles:
        first = next((n for n, t in enumerate(tokens) if t[0].isupper()), 0)
        return Name(_clean(tokens[first:], language), "organisation")
    run, begin = _last_capitals(tokens, low, language)
    article = begin > 0 and language.has("articles", low[begin - 1])
    if run and (titles or (len(run) > 1 and not article)):
        name = _clean(run, language)
        return Name(name, "person", titles, gender or _gender_of_name(run, language))
    if titles:
        return Name("", "unnamed", titles, gender)
    if run and len(tokens) == 1 and not language.tables.nouns_have_capitals:
        # A surname, or a body: the text tells, or it does not.
        return Name(_clean(run, language), "unnamed")
    return Name("", "unnamed")


def is_title(word: str, language: Language) -> bool:
    """Return whether a word in small letters is a title, also at its end."""
    return language.has("titles", word) or word.endswith(language.title_ends)


def is_organisation(word: str, language: Language) -> bool:
    """Return whether a word in small letters belongs to the names of bodies."""
    return language.has("organisations", word) or language.has("outlets", word)


def _last_capitals(
    tokens: list[str], low: list[str], language: Language
) -> tuple[list[str], int]:
    """Return the last words with capitals that may be a name, and where they begin."""
    last = len(tokens)
    while last and (
        not tokens[last - 1][0].isupper() or is_title(low[last - 1], language)
    ):
        last -= 1
    first = last
    while first and (
        (tokens[first - 1][0].isupper() and not is_title(low[first - 1], language))
        or (language.has("particles", low[first - 1]) and first < last)
    ):
        first -= 1
    while first < last and not tokens[first][0].isupper():
        first += 1
    if last - first > 5 or last < len(tokens):
        return [], first
    if any(
        word in language.months or word in language.weekdays for word in low[first:last]
    ):
        return [], first
    return tokens[first:last], first


def _gender(titles: tuple[str, ...], language: Language) -> Gender:
    """Return the pronoun that titles tell, or nothing."""
    found = {language.gender_of_title(title) for title in titles} - {""}
    return found.pop() if len(found) == 1 else ""


def _gender_of_name(run: list[str], language: Language) -> Gender:
    """Return the pronoun that a given name tells, or nothing."""
    first = language.lower(run[0])
    if language.has("male_names", first):
        return "he"
    return "she" if language.has("female_names", first) else ""


def _clean(run: list[str], language: Language) -> str:
    """Return the words of a name as one, the last one without an ending."""
    if not run:
        return ""
    return " ".join([*run[:-1], language.tables.bare(run[-1].rstrip("."))])
