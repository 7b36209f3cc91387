"""Tables of words that describe a language: verbs of saying, titles, days and more.

A table is a text. `verbs` has one line for each verb: base form, its forms in the third
person, letters, an example that a test runs.

    sagen | sagt sagte sagten gesagt* | ftqc | Holt sagte: „Die Brücke ist sicher.“

A form of several words is joined with `_`. A star marks a participle, which needs an
auxiliary before it ("hat ... gesagt"). The letters say where the content may stand:

    q  after it, in quotation marks or after a colon
    f  before it: „...“, sagte Holt
    t  after it, with a complementizer: sagte, dass ...
    c  after it and a comma, with none: sagte, die Brücke sei sicher
    w  after it, with a question word: fragte, ob ...
    i  after it, with an infinitive: versprach, die Brücke zu sperren
    n  after it, as a noun phrase: kritisierte den Plan

Further letters say what the verb means: `p` a promise, `e` a forecast, `o` an opinion,
`x` a denial. A form with a plus has a particle that stands apart: `teilte+mit` is
"teilte ... mit". A line that begins with two blanks goes on with the one before.

`according` has lines of the same kind, whose letter is `a` where the speaker comes
after the words ("laut Holt") and `b` where it comes before them ("Holt zufolge").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from types import ModuleType
from typing import Any

from claims.attribution.proposals import Gender
from claims.attribution.quotes import Quotation, find_quotations

LETTERS = frozenset("qftcwinpoex")
SIDES = frozenset("abspohg")


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set.

    >>> sorted(word_set("ein zwei"))
    ['ein', 'zwei']
    """
    return frozenset(words.split())


class TableError(ValueError):
    """A line of a table that is not as it must be."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb or phrase that attributes: its forms, letters and example."""

    lemma: str
    forms: tuple[str, ...]
    letters: str
    example: str


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a cue as a sequence of words; a participle needs an auxiliary."""

    words: tuple[str, ...]
    cue: Cue
    participle: bool = False
    particle: str = ""


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The words of a language; only `code` and `verbs` are needed.

    `articles` begin a speaker ("die", "la"), `prepositions` end one that follows its
    cue ("sagte Holt in Berlin"), `adverbs` may stand between speaker and cue. `titles`
    stand before or after a person's name, `organisations` are words in names of bodies.
    `he`, `she`, `it` and `they` are subject pronouns, `open_words` all pronouns and
    other words that point to who speaks, to when or to what was said before.
    `weekdays` begin with Monday, a slash between forms of one day; so for `months`.
    `days` has lines "gestern 1": the days to count back. `states` has lines
    "Berlin = Deutschland" for seats that speak for a government.
    """

    code: str
    verbs: str
    according: str = ""
    complementizers: str = ""
    questions: str = ""
    subjunctive: str = ""
    auxiliaries: str = ""
    negations: str = ""
    articles: str = ""
    prepositions: str = ""
    inner_prepositions: str = ""
    conjunctions: str = ""
    adverbs: str = ""
    finite: str = ""
    titles: str = ""
    male_titles: str = ""
    female_titles: str = ""
    male_names: str = ""
    female_names: str = ""
    organisations: str = ""
    documents: str = ""
    outlets: str = ""
    particles: str = ""
    he: str = ""
    she: str = ""
    it: str = ""
    they: str = ""
    open_words: str = ""
    future: str = ""
    ought: str = ""
    judgements: str = ""
    weekdays: str = ""
    months: str = ""
    days: str = ""
    last: str = ""
    states: str = ""
    abbreviations: str = ""
    # Whether the verb is the second part of a sentence: "Am Montag sagte Holt".
    verb_second: bool = False
    # Whether every noun has a capital, so that a capital makes no name.
    nouns_have_capitals: bool = False
    # How many letters a title has that may end a longer word: "Bauministerin".
    compound_title: int = 6
    # Whether a number with a full stop is an ordinal: "am 12. Mai".
    ordinal_stop: bool = False
    # Whether "l'", "qu'" and the like are words of their own.
    elision: bool = False
    # Whether "he" and "she" are left out where the verb or the text tells them.
    drops_subjects: bool = False
    # Whether the clause after a complementizer is a sentence without it.
    clause_stands: bool = False
    # The word for "she" and "they" that the number of its verb tells apart: "sie".
    she_with_singular: str = ""
    quotations: Callable[[str, int, int, bool], list[Quotation]] = find_quotations
    lower: Callable[[str], str] = str.lower
    # The bare word of a word of a name: "Holt" for "Holt'un".
    bare: Callable[[str], str] = str
    # The base form of a title: "bakan" for "bakanı".
    title_base: Callable[[str], str] = str
    # Whether a form of a word points to who speaks, where no list can tell.
    points_elsewhere: Callable[[str], bool] | None = None


def tables_in(module: ModuleType) -> dict[str, Any]:
    """Return the tables of a module by the fields of `Tables`: TITLES is `titles`.

    Raises TableError for one in capitals that is no field.
    """
    tables = {
        name.lower(): table for name, table in vars(module).items() if name.isupper()
    }
    if strays := tables.keys() - {each.name for each in fields(Tables)}:
        raise TableError(f"{module.__name__}: no table is called {sorted(strays)}")
    return tables


# The tables that are no plain lists of words.
STRUCTURED = {"code", "verbs", "according", "weekdays", "months", "days", "states"}
POINTING = ("open_words", "he", "she", "it", "they")
SETS = {f.name for f in fields(Tables) if f.type == "str"} - STRUCTURED


def cues_of(table: str, letters: frozenset[str]) -> tuple[Cue, ...]:
    """Return the cues of a table, one for each line.

    >>> cues_of("say | says said | ftq | Holt said: “No.”", LETTERS)[0].forms
    ('says', 'said')
    """
    cues = []
    for line in table.strip().replace("\n  ", " ").splitlines():
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 4 or not all(parts) or not set(parts[2]) <= letters:
            raise TableError(f"not “base | forms | letters | example”: {line}")
        cues.append(Cue(parts[0], tuple(parts[1].split()), parts[2], parts[3]))
    return tuple(cues)


def _pairs(table: str, mark: str | None) -> dict[str, str]:
    """Return the lines of a table as a dictionary, cut at the last mark."""
    lines = [line.rsplit(mark, 1) for line in table.strip().splitlines()]
    return {key.strip(): value.strip() for key, value in lines}


def _numbered(table: str) -> dict[str, int]:
    """Return the place of each word of a list, forms of one word joined with "/".

    >>> _numbered("mo/monday tu")
    {'mo': 0, 'monday': 0, 'tu': 1}
    """
    return {
        form: number
        for number, forms in enumerate(table.split())
        for form in forms.split("/")
    }


WORD = re.compile(r"\w+(?:[-'’.&/]\w+|,\d+)*|--+|\.\.\.+|[^\w\s]")
# "l'", "qu'" and the like, in front of a word.
ELISION = (
    r"\b(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|un|all|dall|dell|nell|sull)['’](?=\w)"
)
# "a-t-il" are three words, "dit-elle" are two and their hyphen.
INVERTED = r"\w+(?=-(?:t-)?(?:ils?|elles?|on)\b)|-t-(?=(?:ils?|elles?|on)\b)"
ELIDED = re.compile(f"{ELISION}|{INVERTED}|{WORD.pattern}", re.IGNORECASE)


@dataclass(frozen=True)
class Language:
    """The tables of a language, made ready for looking words up."""

    tables: Tables
    cues: tuple[Cue, ...]
    according: tuple[Cue, ...]
    forms: Mapping[str, tuple[Form, ...]]
    phrases: Mapping[str, tuple[Form, ...]]
    sets: Mapping[str, frozenset[str]]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    days: Mapping[str, int]
    states: Mapping[str, str]
    title_ends: tuple[str, ...]
    pointing: frozenset[str]
    word: re.Pattern[str] = field(default=WORD)

    @classmethod
    def of(cls, tables: Tables) -> Language:
        """Return a language made from its tables."""
        cues = cues_of(tables.verbs, LETTERS)
        according = cues_of(tables.according, SIDES)
        return cls(
            tables,
            cues,
            according,
            _by_first_word(cues),
            _by_first_word(according),
            {name: word_set(getattr(tables, name)) for name in SETS},
            _numbered(tables.weekdays),
            _numbered(tables.months),
            {k: int(v) for k, v in _pairs(tables.days, None).items()},
            _pairs(tables.states, "="),
            tuple(t for t in tables.titles.split() if len(t) >= tables.compound_title),
            word_set(" ".join(getattr(tables, name) for name in POINTING)),
            ELIDED if tables.elision else WORD,
        )

    @cached_property
    def lemmas(self) -> Mapping[str, Cue]:
        """The cues by their base form."""
        return {cue.lemma: cue for cue in self.cues}

    def has(self, name: str, word: str) -> bool:
        """Return whether a word stands in one of the lists of words."""
        return word in self.sets[name]

    def lower(self, word: str) -> str:
        """Return a word in small letters, as this language makes them."""
        return self.tables.lower(word)

    def gender_of_title(self, title: str) -> Gender:
        """Return the pronoun that a title tells, or nothing."""
        if self.has("male_titles", title):
            return "he"
        return "she" if self.has("female_titles", title) else ""


def _by_first_word(cues: tuple[Cue, ...]) -> dict[str, tuple[Form, ...]]:
    """Return the forms of cues by their first word, the longest first."""
    found: dict[str, list[Form]] = {}
    for cue in cues:
        for form in cue.forms:
            plain, _, particle = form.rstrip("*").partition("+")
            words = tuple(plain.split("_"))
            found.setdefault(words[0], []).append(
                Form(words, cue, form[-1] == "*", particle)
            )
    return {
        word: tuple(sorted(forms, key=lambda f: -len(f.words)))
        for word, forms in found.items()
    }
