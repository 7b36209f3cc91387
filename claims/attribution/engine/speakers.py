"""Resolve speakers to names: surnames, titles and pronouns, with the reason.

Where the text leaves it open the name is None.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from claims.attribution.proposals import Gender, Resolution

from .names import Name, gender_of, is_particle, is_title, parse_name
from .records import Record
from .tables import Language
from .text import Sentence

# How many sentences back a pronoun may mean somebody.
SENTENCES_BACK = 4
# How many of the names met last are looked through.
PERSONS_BACK = 40


@dataclass(slots=True)
class Mention:
    """A person named at a place of the text."""

    at: int
    name: Name
    spoke: bool = False


class Resolver:
    """Resolves the words for each speaker of a text, in the order of the text."""

    def __init__(
        self, text: str, sentences: list[Sentence], language: Language
    ) -> None:
        self.text = text
        self.language = language
        self.starts = [s.starts[0] for s in sentences]
        self.mentions = [
            mention for s in sentences for mention in persons_in(text, s, language)
        ]
        self.full: dict[str, dict[str, Name]] = {}
        for mention in self.mentions:
            name = mention.name
            self.full.setdefault(name.surname, {}).setdefault(name.name, name)
        self.met: list[Mention] = []
        self.speaker: Mention | None = None
        self._next = 0

    def resolve(self, record: Record) -> Resolution:
        """Return who is meant by the words for the speaker of an attribution."""
        span = record.attribution.speaker
        if span is None:
            return self.without_words(record)
        self.meet(span.start)
        words = span.of(self.text)
        low = self.language.lower(words.strip(" ,"))
        for gender in ("he", "she"):
            if self.language.has(gender, low):
                return self._pronoun(words, gender, span.start)
        if self.language.has("it", low) or self.language.has("they", low):
            return Resolution(None, "unnamed", f"“{words}” may be several")
        found = self.named(words)
        if record.attribution.rule.startswith("carried"):
            reason = f"no subject: read as {found.name or words}, who spoke last"
            return Resolution(found.name, found.kind, reason)
        if found.name and found.kind == "person":
            name = self.known(found.name)
            self.speaker = Mention(span.start, name, spoke=True)
            self.met.append(self.speaker)
        return found

    def without_words(self, _record: Record) -> Resolution:
        """Return who speaks where the text has no words for it."""
        return Resolution(None, "unnamed", "the text names no speaker")

    def meet(self, until: int) -> None:
        """Take in the persons named before a place."""
        while self._next < len(self.mentions) and self.mentions[self._next].at < until:
            self.met.append(self.mentions[self._next])
            self._next += 1

    def known(self, name: str) -> Name:
        """Return a name with the gender and titles that the text gives it elsewhere."""
        plain = Name(name, "person")
        return self.full.get(plain.surname, {}).get(name, plain)

    def named(self, words: str) -> Resolution:
        """Return whom words mean that are no pronoun."""
        name = parse_name(words, self.language)
        if name.kind == "government":
            return Resolution(name.name, name.kind, f"“{words}” stands for {name.name}")
        if name.kind == "organisation":
            return Resolution(name.name or None, name.kind, "named in the text")
        if not name.name:
            return self._titled(words, name)
        if " " in name.name:
            return Resolution(name.name, "person", "named in the text")
        bearers = self.full.get(name.surname, {})
        if len(bearers) == 1:
            full = next(iter(bearers))
            reason = f"“{name.name}” is {full} elsewhere in the text"
            return Resolution(full, "person", reason)
        if bearers:
            reason = f"more than one person called {name.name} in the text"
            return Resolution(None, "person", reason)
        return Resolution(name.name, name.kind, "named in the text")

    def _titled(self, words: str, name: Name) -> Resolution:
        """Return the one person to whom the text has given a title so far."""
        titles = set(name.titles)
        found = {
            mention.name.name
            for mention in self.met[-PERSONS_BACK:]
            if titles & set(mention.name.titles)
        }
        if len(found) == 1 and len(words.split()) <= 3:
            full = found.pop()
            return Resolution(
                full, "person", f"“{words}” read as {full}, so titled before"
            )
        return Resolution(None, "unnamed", "the text gives no name")

    def _pronoun(self, words: str, gender: Gender, at: int) -> Resolution:
        """Return whom a pronoun means: the one person near whose gender agrees."""
        number = bisect_right(self.starts, at) - 1
        since = self.starts[max(0, number - SENTENCES_BACK)]
        near = [m for m in self.met[-PERSONS_BACK:] if since <= m.at < at]
        persons = {m.name.name: m for m in near if m.name.gender in (gender, "")}
        spoke = {m.name.name for m in persons.values() if m.spoke}
        names = set(persons) if len(persons) == 1 else spoke
        if len(names) == 1:
            name = names.pop()
            reason = f"“{words}” read as {name}, the person named before"
            return Resolution(name, "person", reason)
        return Resolution(None, "person", f"“{words}” may be more than one person")


def persons_in(text: str, s: Sentence, language: Language) -> list[Mention]:
    """Return the persons with full names in a sentence, with titles before them."""
    found = []
    at = 0
    while at < len(s.words):
        if at in s.quotations or not text[s.starts[at]].isupper():
            at += 1
            continue
        first = at
        while at < len(s.words) and (
            (at not in s.quotations and text[s.starts[at]].isupper())
            or is_particle(s.words[at], s.words[at - 1], language)
        ):
            at += 1
        last = at
        while last > first and not text[s.starts[last - 1]].isupper():
            last -= 1
        if first == 0 and _opens(s.words[0], language):
            first = 1
        while first and is_title(s.words[first - 1], language):
            first -= 1
        if last - first < 2:
            continue
        with_article = (
            last - first > 2 and first and language.has("articles", s.words[first - 1])
        )
        begin = s.starts[first - 1 if with_article else first]
        name = parse_name(text[begin : s.ends[last - 1]], language)
        titles = _titles_beside(s, first, last, language)
        if titles and name.kind == "person":
            gender = name.gender or gender_of(titles, language)
            name = Name(name.name, "person", name.titles + titles, gender)
        if name.kind == "person" and " " in name.name:
            found.append(Mention(s.starts[first], name))
    return found


def _opens(word: str, language: Language) -> bool:
    """Return whether a word with a capital only opens its sentence."""
    return any(
        language.has(name, word)
        for name in ("prepositions", "conjunctions", "adverbs", "articles")
    )


def _titles_beside(
    s: Sentence, first: int, last: int, language: Language
) -> tuple[str, ...]:
    """Return the titles in "la maire de Dalby, Ida Holt," and "Ida Holt, la maire,"."""
    if s.words[first - 1 : first] == (",",) and first > 1:
        begin = first - 1
        while begin and first - begin < 10 and s.words[begin - 1][0].isalnum():
            begin -= 1
        found = _titles_in(s, begin, first - 1, language)
        if found:
            return found
    if s.words[last : last + 1] == (",",):
        return _titles_in(s, last + 1, min(last + 3, len(s.words)), language)
    return ()


def _titles_in(
    s: Sentence, first: int, last: int, language: Language
) -> tuple[str, ...]:
    """Return the titles in a stretch of words."""
    base = language.tables.title_base
    return tuple(base(word) for word in s.words[first:last] if is_title(word, language))
