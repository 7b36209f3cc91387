"""Parse the words of a speaker: name, kind, titles, gender, by a language's tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.attribution.folding import fold
from claims.attribution.proposals import Gender, SpeakerKind

from .tables import ELISION, Language

WORD = re.compile(r"\w+(?:[-'’.&]\w+)*\.?")
ELIDED_WORD = re.compile(rf"{ELISION}|{WORD.pattern}", re.IGNORECASE)
# Endings of German nouns for persons.
OFFICE_ENDS = (
    *(
        "er",
        "erin",
        "ist",
        "istin",
        "ent",
        "entin",
        "ant",
        "antin",
        "oge",
        "ogin",
        "ege",
    ),
    *("egin", "egen", "chef", "chefin", "rat", "rätin", "in", "frau", "mann", "wart"),
    *("wirt", "vize", "vorstand", "legende"),
)


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
    pattern = ELIDED_WORD if language.tables.elision else WORD
    tokens = [match.group() for match in pattern.finditer(words)]
    if not tokens:
        return Name("", "unnamed")
    low = [language.lower(token.rstrip(".")) for token in tokens]
    if language.has("articles", low[0]) and tokens[1:]:
        tokens[0] = low[0]
    state = language.states.get(" ".join(low))
    if state:
        return Name(state, "government")
    base = language.tables.title_base
    titles = tuple(base(word) for word in low if is_title(word, language))
    if any(language.has("documents", word) for word in low[:3]):
        return Name("", "unnamed")
    if not titles and _has_body(low, language):
        return _organisation(tokens, low, language)
    return _person(tokens, low, language, titles)


def _has_body(low: list[str], language: Language) -> bool:
    """Return whether a body is named before the first "of": not in "chef du parti"."""
    for at, word in enumerate(low):
        if at and language.has("inner_prepositions", word):
            return False
        if is_organisation(word, language):
            return True
    return False


def _person(
    tokens: list[str], low: list[str], language: Language, titles: tuple[str, ...]
) -> Name:
    """Return the person in words, or what little they tell."""
    base = language.tables.title_base
    gender = gender_of(titles, language)
    run, begin = _last_capitals(tokens, low, language)
    article = begin > 0 and language.has("articles", low[begin - 1])
    run = _without_body(run, language)
    after_office = begin > (language.tables.nouns_have_capitals and not titles)
    if (
        run
        and after_office
        and _belongs_to_office(low[begin - 1], language, bool(titles))
    ):
        # "Abgeordneter Ubbo Harms vom Heimatbund": the name stands before "vom".
        shorter = " ".join(tokens[: begin - 1])
        return _parse(shorter, language) if shorter else Name("", "unnamed")
    if run and language.tables.nouns_have_capitals:
        whole = len(run) == len(tokens)
        run, noun = _german_name(run, language, titles, article=article, whole=whole)
        if noun:
            titles, article = (*titles, base(noun)), False
            gender = gender or ("she" if noun.endswith("in") else "")
        gender = gender or ("she" if low[0] == "die" else "")
    elif run and article and not titles and len(run) > 2 and run[1][0].islower():
        # "el Cabildo de Isla Sargaza"
        return Name(_clean(run, language), "organisation")
    elif run and article and not titles and len(run) > 2:
        # "le Norlandais Jens Askeland"
        run, article = run[1:], False
    if run and (titles or (len(run) > 1 and not article)):
        name = _clean(run, language)
        return Name(name, "person", titles, gender or _gender_of_name(run, language))
    if titles:
        return Name("", "unnamed", titles, gender)
    if run and len(tokens) == 1:
        # A surname, or a body: the text tells, or it does not.
        return Name(_clean(run, language), "unnamed")
    return Name("", "unnamed")


def _organisation(tokens: list[str], low: list[str], language: Language) -> Name:
    """Return the name of a body; none where no word has a capital: "la policía"."""
    bare = tokens[1:] if language.has("articles", low[0]) else tokens
    generic = len(bare) == 1 < len(tokens) and language.has("organisations", low[-1])
    if generic or not any(token[0].isupper() for token in tokens):
        # "das Unternehmen", "la policía": a body without a name
        return Name("", "organisation")
    first = next(
        n
        for n, token in enumerate(tokens)
        if token[0].isupper() or language.has("organisations", low[n])
    )
    if tokens[first][0].islower() and tokens[first + 1 : first + 2]:
        # "l'institut Statival", but "le ministère de la Culture"
        first += tokens[first + 1][0].isupper()
    return Name(_clean(tokens[first:], language), "organisation")


def is_title(word: str, language: Language) -> bool:
    """Return whether a word in small letters is a title, also at its end."""
    return language.has("titles", word) or word.endswith(language.title_ends)


def is_particle(word: str, before: str, language: Language) -> bool:
    """Return whether a word joins the parts of a name; an article only after another.

    "von der Aa" is a name, "Holt der Zeitung" is none.
    """
    if not language.has("particles", word):
        return False
    return not language.has("articles", word) or language.has("particles", before)


def is_organisation(word: str, language: Language) -> bool:
    """Return whether a word in small letters belongs to the names of bodies.

    In German it may end with such a word: "Fischereiverband".
    """
    if language.has("organisations", word) or language.has("outlets", word):
        return True
    return language.tables.nouns_have_capitals and any(
        len(body) > 3 and word.endswith(body)
        for name in ("organisations", "outlets")
        for body in language.sets[name]
    )


def _last_capitals(
    tokens: list[str], low: list[str], language: Language
) -> tuple[list[str], int]:
    """Return the last words with capitals that may be a name, and where they begin."""
    last = len(tokens)
    while last and (
        not tokens[last - 1][0].isupper()
        or (
            is_title(low[last - 1], language)
            and not _has_given(tokens[:last], language)
        )
    ):
        last -= 1
    first = last
    while first and (
        (
            tokens[first - 1][0].isupper()
            and (first == last or not is_title(low[first - 1], language))
        )
        or (
            first < last
            and is_particle(
                low[first - 1], low[first - 2] if first > 1 else "", language
            )
        )
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


def _without_body(run: list[str], language: Language) -> list[str]:
    """Return a name without the body after it: "Holt von der Hochschule Lauben"."""
    for at, word in enumerate(run):
        if at > 1 and is_organisation(language.lower(word), language):
            while at > 1 and not run[at - 1][0].isupper():
                at -= 1
            return run[:at]
    return run


def _german_name(
    run: list[str],
    language: Language,
    titles: tuple[str, ...],
    *,
    article: bool,
    whole: bool,
) -> tuple[list[str], str]:
    """Return a German name without the noun before it, and the noun.

    Without a title, a noun or a known given name there is none, but words that are
    nothing else.
    """
    run, noun = _without_noun(run, language, article=article)
    if noun or titles or (whole and not article):
        return run, noun
    return (run if _gender_of_name(run, language) and not article else []), ""


def _without_noun(
    run: list[str], language: Language, *, article: bool
) -> tuple[list[str], str]:
    """Return a name without the German noun before it, and that noun.

    "Kämmerer Hasso Brinkhorst": every noun has a capital, and not all are known.
    """
    first = language.lower(run[0])
    if len(run) < 3 or language.has("particles", language.lower(run[1])):
        return run, ""
    if _gender_of_name(run, language) or "." in run[0]:
        return run, ""
    if article or first.endswith(OFFICE_ENDS) or _gender_of_name(run[1:], language):
        return run[1:], first
    return run, ""


def _has_given(tokens: list[str], language: Language) -> bool:
    """Return whether a given name stands before the last word: "Anna Richter"."""
    return len(tokens) > 1 and bool(_gender_of_name(tokens[-2:], language))


def _belongs_to_office(word: str, language: Language, titled: bool) -> bool:
    """Return whether a name after a word is a place or body: "le maire de Dalby"."""
    if is_organisation(word, language):
        return True
    return language.has("inner_prepositions", word) or (
        titled
        and (language.has("articles", word) or language.has("prepositions", word))
    )


def gender_of(titles: tuple[str, ...], language: Language) -> Gender:
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
    # "N.T." and "Cemal T." keep the full stop of their initials.
    initials = all(len(part) < 2 for part in run[-1].split("."))
    last = run[-1] if initials else run[-1].rstrip(".")
    name = " ".join([*run[:-1], language.tables.bare(last)])
    return name.replace("' ", "'").replace("’ ", "’")
