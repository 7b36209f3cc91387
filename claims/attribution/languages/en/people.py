"""Persons that a text names: their genders, full names for surnames, and rivals."""

from __future__ import annotations

import re
from bisect import bisect_left

from claims.attribution.folding import fold
from claims.attribution.proposals import Gender

from .gazetteer import GENERATIONS, NO_GIVEN_NAMES
from .mentions import Directory, Mention
from .name_words import is_given
from .sentences import CLASSES, Sentence

CAPITAL_WORD = re.compile(r"\b[^\W\d_a-zß-ÿ][\w’'-]*")
POSSESSIVE = re.compile(r"['’]s?\Z")
PARTICLE_BEFORE = re.compile(r"\b(?:van|von|de[lr]?|da|la|di|du) \Z", re.I)
NEXT_WORD = re.compile(r" ([^\W\d_]+)")
QUOTATION = re.compile(r"[“\"„«][^“”\"„«»]*[”\"»“]|''.+?''|(?<!\w)‘[^‘’]+’(?!\w)")
MARKS = frozenset("“\"„«‘'")
BEFORE_NAME = re.compile(
    r"(?:-|\b(?:the|a|an|this|that|pro|anti|former|young|old|every|no|another) )\Z",
    re.IGNORECASE,
)


class People:
    """The persons and bodies of a text, in the order in which it names them.

    `genders` holds that of each person by folded full name and by surname, "" where
    nothing tells it or two bearers of a surname differ.
    """

    def __init__(self, mentions: list[Mention], directory: Directory) -> None:
        self.mentions = mentions
        self.places = [mention.at for mention in mentions]
        self.genders: dict[str, Gender] = {}
        for surname, bearers in directory.full.items():
            found = {bearer.name.gender for bearer in bearers}
            self.genders[surname] = found.pop() if len(found) == 1 else ""
            for bearer in bearers:
                self.genders[fold(bearer.name.name)] = bearer.name.gender
        self.full_names = self._sure_full_names(directory)

    def _sure_full_names(self, directory: Directory) -> dict[str, tuple[str, int]]:
        """Return by surname the one full name, and where it stands first.

        A surname that is printed alone before any full name belongs to somebody whom
        readers know, who need not be the one named in full later.
        """
        alone: dict[str, int] = {}
        full: dict[str, int] = {}
        for mention in self.mentions:
            if mention.name.kind == "person":
                seen = full if " " in mention.name.name else alone
                seen.setdefault(mention.name.surname, mention.at)
        sure = {}
        for surname, bearers in directory.full.items():
            name = bearers[0].name
            first = full.get(surname)
            if len(bearers) > 1 or first is None or alone.get(surname, first) < first:
                continue
            words = name.name.split()
            if words[0].isupper() and not words[-1].isupper() and len(words[0]) > 2:
                # "CORE Bakers": a union, and not all bakers
                continue
            if fold(words[-1]) in GENERATIONS:
                continue
            if len(words) > 2 and not is_given(words[0]) and is_given(words[1]):
                # "Liar of the Year Ida Holt"
                continue
            if _is_given_name(words[0]) or name.titles:
                sure[name.name.split()[-1]] = (name.name, first)
        return sure

    def gender_of(self, name: str) -> Gender:
        """Return the gender of a person named in the text, or nothing."""
        return self.genders.get(fold(name), "")

    def with_full_names(self, body: str, place: int, but: str = "") -> str:
        """Return words with the full name for each surname where it stands first.

        `place` is where they stand in the text, `but` a name that they have already.
        """
        if not any(surname in body for surname in self.full_names):
            return body
        seen: set[str] = set()
        quoted = []
        if not MARKS.isdisjoint(body):
            quoted = [match.span() for match in QUOTATION.finditer(body)]
        out = []
        last = 0
        previous_end = -3
        for match in CAPITAL_WORD.finditer(body):
            word = match.group()
            stem = POSSESSIVE.sub("", word)
            name, first = self.full_names.get(stem, ("", 0))
            joined = match.start() - previous_end <= 2
            previous_end = match.end()
            if not name or name in seen:
                continue
            if any(start < match.start() < end for start, end in quoted):
                # Nobody has said more of a name than is printed.
                continue
            seen.add(name)
            if first >= place or name in body or name == but or joined:
                continue
            if word == stem and not _ends_name(body[match.end() :]):
                continue
            if PARTICLE_BEFORE.search(body[: match.start()]):
                # "de Vega" already holds a part of the name
                continue
            if BEFORE_NAME.search(body[: match.start()]):
                continue
            out.append(body[last : match.start()])
            out.append(name + word[len(stem) :])
            last = match.end()
        out.append(body[last:])
        return "".join(out)

    def between(self, start: int, end: int) -> list[Mention]:
        """Return who and what is named between two places."""
        return self.mentions[
            bisect_left(self.places, start) : bisect_left(self.places, end)
        ]

    def others_between(self, start: int, end: int, name: str) -> bool:
        """Return whether another body or state than one is named between two places."""
        return any(
            mention.name.kind != "person" and fold(mention.name.name) != fold(name)
            for mention in self.between(start, end)
        )

    def rivals(self, s: Sentence, end: int, name: str, gender: Gender) -> bool:
        """Return whether a pronoun before `end` may mean somebody else than `name`.

        Others count that are named in its sentence, or shortly before it.
        """
        surname = (fold(name).split() or [""])[-1]
        return any(
            mention.name.kind == "person"
            and mention.name.surname != surname
            and self.genders.get(mention.name.surname, mention.name.gender)
            in ("", gender)
            for mention in self.between(s.starts[0] - 250, end)
        )


def _ends_name(after: str) -> bool:
    """Return whether a surname stands alone before some words.

    It does in "Holt said", and not in "the Holt campaign" or "Holt Tower".
    """
    match = NEXT_WORD.match(after)
    if not match:
        return after[:1] != "-"
    word = match.group(1)
    return word.islower() and CLASSES.get(word, "N") in tuple("vVBHMdcbPaRtnTwse")


def _is_given_name(word: str) -> bool:
    """Return whether a word may be somebody's given name, and is no other word."""
    key = fold(word)
    if is_given(word):
        return True
    return key not in NO_GIVEN_NAMES and CLASSES.get(key, "") in ("", "X")
