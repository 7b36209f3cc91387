"""Resolve speakers: "sie" by the number of its verb, no subject, parts of names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from claims.attribution.engine.names import Name
from claims.attribution.engine.records import Record
from claims.attribution.engine.speakers import PERSONS_BACK, Mention, Resolver
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence
from claims.attribution.folding import fold
from claims.attribution.proposals import Gender, Resolution
from claims.attribution.spans import Span

from .according import POSSESSIVES

INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){2,3}")
PARENTHESES = re.compile(r"\s*\([^)]*\)")
AND = re.compile(r"\b(?:und|et|y|e)\b")
PLURAL = re.compile(r"(?:ont|han|haben|hatten|avaient|habían)\b|\w*n(?:t)?\Z")


class ReportedResolver(Resolver):
    """Resolves the words for each speaker, as German, French and Spanish need it."""

    def __init__(
        self, text: str, sentences: list[Sentence], language: Language
    ) -> None:
        super().__init__(text, sentences, language)
        self.paragraphs = [s.paragraph for s in sentences]
        self.quoted = [s.is_quotations_only() for s in sentences]
        # A sentence that goes on has the speaker's words of the one before.
        self.resolved: dict[Span, Resolution] = {}
        self.initials: dict[str, set[str]] | None = None

    def resolve(self, record: Record) -> Resolution:
        """Return who is meant by the words for the speaker of an attribution."""
        span = record.attribution.speaker
        if span is not None:
            if span in self.resolved:
                return self.resolved[span]
            words = span.of(self.text)
            low = self.language.lower(words)
            cue = record.attribution.cue
            if AND.search(low) and cue and PLURAL.match(cue.of(self.text)):
                return Resolution(None, "group", f"“{words}” are several")
            if low in POSSESSIVES:
                return Resolution(None, "unnamed", f"“{words}” may be somebody else's")
            if low == self.language.tables.she_with_singular:
                return self._she_or_they(words, span.start, record)
        resolution = super().resolve(record)
        if span is not None:
            self.resolved[span] = resolution
        name = resolution.name
        if name and resolution.kind == "person" and " " in name:
            self.full.setdefault(Name(name, "person").surname, {}).setdefault(
                name, self.known(name)
            )
        return resolution

    def _she_or_they(self, words: str, at: int, record: Record) -> Resolution:
        """Return whom German "sie" means: one person after "sagte", else left open."""
        cue = record.attribution.cue
        verb = cue.of(self.text).split()[0] if cue else "n"
        if verb.endswith("n"):
            return Resolution(None, "unnamed", f"“{words}” may be several")
        self.meet(at)
        found = self._pronoun(words, "she", at)
        if found.name:
            self.speaker = Mention(at, self.known(found.name), spoke=True)
        if record.attribution.speaker:
            self.resolved[record.attribution.speaker] = found
        return found

    def named(self, words: str) -> Resolution:
        """Return whom words mean that are no pronoun: also "De la Mora"."""
        if INITIALS.fullmatch(words):
            return self._by_initials(words)
        found = super().named(PARENTHESES.sub("", words))
        name = found.name
        if name and found.kind == "person" and " " in name:
            bearers = self.full.get(Name(name, "person").surname, {})
            longer = [full for full in bearers if fold(full).endswith(f" {fold(name)}")]
            if len(longer) == 1:
                reason = f"“{name}” is {longer[0]} elsewhere in the text"
                return Resolution(longer[0], "person", reason)
        return found

    def _by_initials(self, words: str) -> Resolution:
        """Return the one person of the text with some initials: "P. A."."""
        if self.initials is None:
            self.initials = {}
            for names in self.full.values():
                for name in names:
                    key = "".join(part[0] for part in name.split() if part[0].isupper())
                    self.initials.setdefault(key, set()).add(name)
        wanted = "".join(letter for letter in words if letter.isalpha())
        found = self.initials.get(wanted, set())
        if len(found) != 1:
            return Resolution(None, "person", f"“{words}” are initials")
        name = next(iter(found))
        return Resolution(name, "person", f"“{words}” are the initials of {name}")

    def _pronoun(self, words: str, gender: Gender, at: int) -> Resolution:
        """Return whom "il", "ella", "er" means: somebody of the paragraph, if one."""
        number = bisect_right(self.starts, at) - 1
        first = bisect_left(self.paragraphs, self.paragraphs[number])
        if first == number > 0:
            # The first sentence of a paragraph may go on with the one before.
            first = bisect_left(self.paragraphs, self.paragraphs[number - 1])
        before = number - 1
        while before > first and self.quoted[before]:
            before -= 1
        since = self.starts[max(first, before)]
        near = [
            m
            for m in self.met[-PERSONS_BACK:]
            if self.starts[first] <= m.at < at and m.name.gender in (gender, "")
        ]
        names = {m.name.name for m in near}
        last = self.speaker
        if len(names) > 1 and last and last.at >= since:
            after = {m.name.name for m in near if m.at >= last.at}
            if after == {last.name.name}:
                names = after
        if len(names) != 1:
            return Resolution(None, "person", f"“{words}” may be more than one person")
        name = names.pop()
        close = [m for m in near if m.name.name == name and m.at >= since]
        named = self.known(name)
        if not close or not (
            named.gender or named.titles or any(m.spoke for m in close)
        ):
            return Resolution(None, "person", f"“{words}” may be somebody else")
        self.speaker = Mention(at, self.known(name), spoke=True)
        return Resolution(
            name, "person", f"“{words}” read as {name}, the person named before"
        )

    def without_words(self, record: Record) -> Resolution:
        """Return who goes on speaking where a sentence has no subject."""
        cue = record.attribution.cue
        last = self.speaker
        if not (self.language.tables.drops_subjects and cue and last):
            return super().without_words(record)
        number = bisect_right(self.starts, cue.start) - 1
        before = max(0, number - 1)
        near = last.at >= self.starts[before] and number >= 0
        self.meet(cue.start)
        others = any(
            last.at < m.at and m.name.name != last.name.name
            for m in self.met[-PERSONS_BACK:]
        )
        if not near or others:
            return super().without_words(record)
        name = last.name.name
        self.speaker = Mention(cue.start, last.name, spoke=True)
        return Resolution(name, "person", f"no subject: {name} goes on speaking")
