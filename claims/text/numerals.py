"""Numbers in a text as values: figures, number words, fractions, per cent, ordinals.

"38,000", "38.000" in German and "thirty-eight thousand" have one value, "a fifth" and
"20 per cent" another. What a figure may mean in two ways has both values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from claims.attribution.folding import fold
from claims.text.figures import figure_values
from claims.text.numeral_words import LANGUAGES, NumeralWords

TOKEN = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.,]*\d)(?:[.,]\d+)?"
    r"|\d+(?:[.,'’]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]"
)
# Letters and figures that are one name: S-400, COVID-19.
NAMED = re.compile(r"\b[A-Z][A-Za-z]{0,5}[-‐‑–]?$")
SUFFIX = re.compile(r"(?:st|nd|rd|th)(?!\w)")
YEARS = range(1900, 2101)
# How far "a third" lies from 33 or 33.3 per cent.
ROUGH = 0.005
MOST_OF_RATIO = 1_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure or sign with its folded form and its place."""

    word: str
    start: int
    end: int
    raw: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number at a place, with each value that it may have.

    `is_loose` tells of words that are often none, such as "one"; `is_rough` of a
    fraction that figures round.
    """

    start: int
    end: int
    values: tuple[float, ...]
    is_ordinal: bool = False
    is_loose: bool = False
    is_rough: bool = False
    is_year: bool = False

    def equals(self, other: Number) -> bool:
        """Return whether two numbers may have the same value."""
        if self.is_ordinal != other.is_ordinal:
            return False
        rough = ROUGH if self.is_rough or other.is_rough else 0.0
        return any(
            abs(one - two) <= max(rough, 1e-9 * abs(one))
            for one in self.values
            for two in other.values
        )


def tokens_of(text: str) -> list[Token]:
    """Return the words, figures and signs of a text."""
    return [
        Token(
            fold(re.split("['’]", found[0])[0]) or found[0],
            found.start(),
            found.end(),
            found[0],
        )
        for found in TOKEN.finditer(text)
    ]


def numbers_in(text: str, language: str = "en") -> list[Number]:
    """Return the numbers of a text, in order.

    >>> [n.values for n in numbers_in("a fifth, 20 percent and 1,500 or 1.5 thousand")]
    [(0.2,), (0.2,), (1500.0,), (1500.0,)]
    """
    return _Reading(text, language).numbers()


class _Reading:
    """Reads the numbers of one text from its tokens, left to right."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language
        self.words = LANGUAGES.get(language) or LANGUAGES["en"]
        self.tokens = tokens_of(text)

    def numbers(self) -> list[Number]:
        found: list[Number] = []
        at = 0
        while at < len(self.tokens):
            read = self._at(at)
            if read is None:
                at += 1
                continue
            number, at = read
            found += number
        return self._with_ratios(self._with_shared_units(found))

    def _word(self, at: int) -> str:
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def _at(self, at: int) -> tuple[list[Number], int] | None:
        """Return the number that begins at a token, and where to go on."""
        token = self.tokens[at]
        if token.raw[0].isdigit():
            return self._figure(at)
        before = self._word(at - 1)
        if token.raw[0].isupper() and before.isalnum():
            return None  # a name: "the Seven Harbours League"
        return (
            self._fraction(at)
            or self._in_words(at)
            or self._ordinal(at)
            or self._multiple(at)
        )

    # --- Figures ---------------------------------------------------------------------

    def _figure(self, at: int) -> tuple[list[Number], int]:
        token = self.tokens[at]
        if NAMED.search(self.text, 0, token.start):
            return [], at + 1
        suffix = SUFFIX.match(self.text, token.end)
        if suffix and self.language == "en" and re.search(r"\d", token.raw):
            place = float(re.sub(r"\D", "", token.raw))
            return [Number(token.start, suffix.end(), (place,), is_ordinal=True)], (
                at + 2
            )
        values = figure_values(token.raw, self.language)
        if not values:
            # A day such as 6.5.2024: its parts count.
            parts = re.finditer(r"\d+", token.raw)
            return [
                Number(
                    token.start + part.start(),
                    token.start + part.end(),
                    (float(part[0]),),
                    is_year=int(part[0]) in YEARS,
                )
                for part in parts
            ], at + 1
        is_year = re.fullmatch(r"\d{4}", token.raw) is not None
        is_year = is_year and int(token.raw) in YEARS
        number, following = self._with_unit(at, at + 1, values)
        if following > at + 1 or number.start < token.start:
            is_year = False
        return [Number(number.start, number.end, number.values, is_year=is_year)], (
            following
        )

    def _with_unit(
        self, first: int, after: int, values: tuple[float, ...]
    ) -> tuple[Number, int]:
        """Return a number together with the magnitude and the per cent around it."""
        start, end = self.tokens[first].start, self.tokens[after - 1].end
        half = self.words.and_a_half
        if half and self._phrase(after, half):
            values = tuple(value + 0.5 for value in values)
            after += len(half)
        while magnitude := self._magnitude(after, end):
            values = tuple(value * magnitude for value in values)
            end = self.tokens[after].end
            after += 1
        before = self._word(first - 1)
        if before == "%" or before in self.words.percent_before:
            start = self.tokens[first - 1].start
            return Number(start, end, _divided(values)), after
        length = self._percent(after)
        if length:
            end = self.tokens[after + length - 1].end
            return Number(start, end, _divided(values)), after + length
        return Number(start, end, values), after

    def _magnitude(self, at: int, end: int) -> float:
        """Return what "million" at a token multiplies by, 0 where there is none."""
        word = self._word(at)
        if self.tokens[at - 1].raw[0].isdigit() and at < len(self.tokens):
            short = self.words.short_magnitudes.get(self.tokens[at].raw)
            if short and (len(word) > 1 or self.tokens[at].start == end):
                return short
        return _magnitude_of(word, self.words)

    def _percent(self, at: int) -> int:
        """Return how many tokens from one on say "per cent", 0 for none."""
        for phrase in self.words.percent:
            if self._phrase(at, phrase):
                return len(phrase)
        return 0

    def _phrase(self, at: int, phrase: tuple[str, ...]) -> bool:
        return all(self._word(at + n) == word for n, word in enumerate(phrase))

    def _with_shared_units(self, found: list[Number]) -> list[Number]:
        """Give "20" of "20 to 30 per cent" the value in per cent, too."""
        for at in range(len(found) - 2, -1, -1):
            one, two = found[at], found[at + 1]
            between = self.text[one.end : two.start].strip().casefold()
            if between not in self.words.between or one.is_ordinal or two.is_ordinal:
                continue
            if not re.fullmatch(r"[\d.,]+", self.text[one.start : one.end]):
                continue
            last = self.text[two.start : two.end]
            plain = re.match(r"[\d.,]+", last)
            bare = figure_values(plain[0].strip(".,"), self.language) if plain else ()
            if not bare or not two.values or bare[0] == two.values[0] or not bare[0]:
                continue
            factor = two.values[0] / bare[0]
            if factor > 1 and one.values[0] >= factor:
                continue
            shared = tuple(value * factor for value in one.values)
            found[at] = Number(one.start, one.end, (*one.values, *shared))
        return found

    def _with_ratios(self, found: list[Number]) -> list[Number]:
        """Join "one in five" and "nine out of ten"; not "one in five years"."""
        joined: list[Number] = []
        for number in found:
            last = joined[-1] if joined else number
            between = " ".join(self.text[last.end : number.start].lower().split())
            some, whole = (max(each.values, default=0) for each in (last, number))
            follows = self.text[number.end : number.end + 12].strip().lower()
            if (
                between in self.words.ratios
                and 1 <= some < whole <= MOST_OF_RATIO
                and not (last.is_ordinal or number.is_ordinal or number.is_year)
                and not follows.startswith(self.words.ratio_ends)
            ):
                joined[-1] = Number(
                    last.start, number.end, (some / whole,), is_rough=True
                )
            else:
                joined.append(number)
        return joined

    # --- Words -----------------------------------------------------------------------

    def _fraction(self, at: int) -> tuple[list[Number], int] | None:
        """Return a fraction in words: "two thirds", "a fifth", "half of"."""
        words = self.words
        if self._word(at) in words.fraction_before:  # Turkish: "beşte bir"
            part = self._word(at + 1)
            count = next(
                (v for w, v in words.counts.items() if part.startswith(w)), None
            )
            if count is not None:
                value = count / words.fraction_before[self._word(at)]
                return [self._rough(at, at + 1, value)], at + 2
        if self._word(at) in words.halves:
            if _magnitude_of(self._word(at + 2), words):  # "half a million"
                value = 0.5 * _magnitude_of(self._word(at + 2), words)
                return [self._spanned(at, at + 2, value)], at + 3
            return [self._rough(at, at, 0.5)], at + 1
        word = self._word(at)
        count = words.counts.get(word) or (1 if word in words.articles else 0)
        dash = int(self._word(at + 1) in {"-", "‑", "‐"})
        share = words.fractions.get(self._word(at + 1 + dash))
        if not count or share is None:
            return None
        end = at + 1 + dash
        needs = words.fraction_needs.get(self._word(end))
        following = self._word(end + 1)
        if count == 1 and needs and following.isalnum() and following not in needs:
            return None
        return [self._rough(at, end, count * share)], end + 1

    def _in_words(self, at: int) -> tuple[list[Number], int] | None:
        """Return a number in words: "thirty-eight thousand", "a hundred and five"."""
        words = self.words
        total = current = 0.0
        place, used = at, at
        first = self._word(at)
        if first in words.articles and _scale(self._word(at + 1), words):
            current, place = 1.0, at + 1
        while place < len(self.tokens):
            word = self._word(place)
            if used > at and word in words.glue and self._is_part(place + 1):
                place += 1
                continue
            small = words.value(word)
            if small is not None and _fits(current, small, self.language):
                current = _joined(current, small, self.language)
            elif word in words.hundreds and current < 100 and current == int(current):
                current = max(1.0, current) * 100
            elif (whole := words.compound(word)) and not total + current:
                total = whole
            elif magnitude := _magnitude_of(word, words):
                if magnitude > total > 0 and current == 0:
                    total *= magnitude
                else:
                    total += max(1.0, current) * magnitude
                current = 0.0
            else:
                break
            place += 1
            used = place
        if used == at:
            return None
        number, after = self._with_unit(at, used, (total + current,))
        has_unit = after > used or number.start < self.tokens[at].start
        is_lone = used == at + 1 and not has_unit
        if is_lone and (first in words.articles or first in words.magnitudes):
            return None
        loose = is_lone and first in words.loose
        return [Number(number.start, number.end, number.values, is_loose=loose)], after

    def _is_part(self, at: int) -> bool:
        word = self._word(at)
        return self.words.value(word) is not None or word in self.words.hundreds

    def _ordinal(self, at: int) -> tuple[list[Number], int] | None:
        value = self.words.ordinals.get(self._word(at))
        if value is None:
            return None
        token = self.tokens[at]
        following = self._word(at + 1)
        is_part = not following.startswith(self.words.ratio_ends or ("-",))
        if self._word(at - 1) in self.words.every and is_part:  # "every third bus"
            return [self._rough(at - 1, at, 1 / value)], at + 1
        # "The second largest" is another one than "the largest".
        is_loose = not (self.language == "en" and following.endswith(("est", "most")))
        number = Number(
            token.start, token.end, (float(value),), is_ordinal=True, is_loose=is_loose
        )
        return [number], at + 1

    def _multiple(self, at: int) -> tuple[list[Number], int] | None:
        """Return what a word such as "doubled" multiplies by."""
        token = self.tokens[at]
        for begin, value in self.words.multiples.items():
            if token.word.startswith(begin):
                return [Number(token.start, token.end, (value,), is_loose=True)], at + 1
        return None

    def _rough(self, first: int, last: int, value: float) -> Number:
        start, end = self.tokens[first].start, self.tokens[last].end
        return Number(start, end, (value,), is_rough=True)

    def _spanned(self, first: int, last: int, value: float) -> Number:
        return Number(self.tokens[first].start, self.tokens[last].end, (value,))


def _divided(values: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(value / 100 for value in values)


def _scale(word: str, words: NumeralWords) -> bool:
    return word in words.hundreds or bool(_magnitude_of(word, words))


@cache
def _magnitude_of(word: str, words: NumeralWords) -> float:
    """Return what a word such as "million" multiplies by, 0 for another word."""
    if word in words.magnitudes:
        return words.magnitudes[word]
    if words.has_suffixes and len(word) > 5:
        for stem, value in words.magnitudes.items():
            if len(stem) > 4 and word.startswith(stem):
                return value
    return 0.0


def _fits(current: float, small: int, language: str) -> bool:
    """Return whether a small number goes on with another: "twenty" with "one"."""
    rest = current % 100
    if rest == 0:
        return True
    if language == "fr" and (rest in {60, 80} and 10 <= small < 20):
        return True
    if language == "fr" and rest == 4 and small == 20:
        return True
    return rest % 10 == 0 and rest >= (10 if language == "tr" else 20) and small < 10


def _joined(current: float, small: int, language: str) -> float:
    if language == "fr" and current % 100 == 4 and small == 20:
        return current + 76
    return current + small
