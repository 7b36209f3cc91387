"""Differences of meaning between two texts: numbers, names and negations, in place.

4.5 and 5.4 per cent differ, "will" and "will not"; Erdoğan and Erdogan, "a fifth" and
"20 percent" do not. `departures()` compares a claim's wording with its printed words,
where leaving something out and naming who "he" is are no differences.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Literal, TypeVar

from claims.attribution.folding import fold
from claims.text.canonical import Place
from claims.text.diff import matches
from claims.text.meaning_words import PRONOUNS, YEARS, months
from claims.text.names import Name, names_in, same_name
from claims.text.negations import Negation, is_negation_word, negations_in
from claims.text.news_words import meanings_of
from claims.text.numerals import Number, Token, numbers_in, tokens_of
from claims.text.opposites import designations_in, opposites_in
from claims.text.stems import akin

Kind = Literal["number", "name", "negation"]
Sign = Number | Name | Negation
S = TypeVar("S", Number, Name, Negation)
LONGEST = 12_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A number, name or negation that differs, and its place in each text, if any."""

    kind: Kind
    one: Place | None
    other: Place | None


@dataclass(frozen=True)
class Known:
    """What surrounds a claim: names that its wording may use, its article, its cue.

    `sentences` are those that its words are taken from, `years` those that a wording
    may add to "last May".
    """

    names: frozenset[str] = frozenset()
    article: str = ""
    sentences: str = ""
    cue: str = ""
    years: frozenset[int] = frozenset()

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of the known names."""
        return frozenset(word for name in self.names for word in fold(name).split())

    @cached_property
    def printed(self) -> frozenset[str]:
        """The folded words of the article."""
        return frozenset(token.word for token in tokens_of(self.article))

    @cached_property
    def runs(self) -> str:
        """The folded words of the sentences, in order, with blanks around each."""
        return _run(tokens_of(self.sentences))


def differences(one: str, other: str, language: str = "en") -> tuple[Difference, ...]:
    """Return every number, name and negation that only one of two texts has.

    >>> differences("It will open in 2027.", "It will not open in 2028.")
    (Difference(kind='number', one=(16, 20), other=(20, 24)), \
Difference(kind='negation', one=None, other=(8, 11)))
    """
    pair = _Pair(one, other, (language, language), Known())
    found = pair.differing(pair.numbers, "number", keep=_is_telling)
    found += pair.differing(pair.names, "name", keep=pair.is_other_name)
    found += _designations(one, other)
    found += pair.differing(pair.negations, "negation", keep=_is_telling)
    return tuple(found + pair.turned_round())


def _designations(one: str, other: str) -> list[Difference]:
    """Return the designations that only one of two texts has: S-400, S-300."""
    mine, theirs = designations_in(one), designations_in(other)
    left = [place for name, place in mine.items() if name not in theirs]
    right = [place for name, place in theirs.items() if name not in mine]
    return [
        Difference("name", *places)
        for places in zip_longest(left[:1], right[:1])
        if any(places)
    ]


def departures(
    wording: str,
    quote: str,
    language: str = "en",
    known: Known | None = None,
    *,
    wording_language: str | None = None,
) -> tuple[Difference, ...]:
    """Return where a claim's wording says something else than its printed words.

    A shorter wording is no departure, nor are names that the words leave open.
    `wording_language` is another one than that of the words.

    >>> departures("Falk will not pay 38 per cent.", "I will pay 36 per cent of it")
    (Difference(kind='number', one=(18, 29), other=(11, 22)), \
Difference(kind='negation', one=(10, 13), other=None))
    """
    languages = wording_language or language, language
    pair = _Pair(wording, quote, languages, known or Known())
    found = pair.differing(pair.numbers, "number", keep=pair.is_number_departure)
    found += pair.differing(pair.names, "name", keep=pair.is_name_departure)
    found += pair.differing(pair.negations, "negation", keep=pair.is_denial)
    return tuple(found)


def _is_telling(sign: Sign | None, other: Sign | None) -> bool:
    """Return whether an unmatched sign of one of two claims is a difference."""
    both = sign is not None and other is not None
    return both or not getattr(sign or other, "is_loose", False)


class _Pair:
    """Two texts with their signs, and which stretch of one stands for which."""

    def __init__(
        self, one: str, other: str, languages: tuple[str, str], known: Known
    ) -> None:
        one, other = one[:LONGEST], other[:LONGEST]
        self.languages, self.known = languages, known
        self.texts = one, other
        self.tokens = tokens_of(one), tokens_of(other)
        self._starts = tuple([token.start for token in each] for each in self.tokens)
        numbers = self._both(numbers_in)
        self.numbers = _unmatched(numbers[0], numbers[1], Number.equals)
        context = known.article or f"{one}\n{other}"
        names = self._both(lambda text, language: names_in(text, language, context))
        self.names = self._unmatched_names(names[0], names[1])
        self.negations = self._unmatched_negations()

    def _both(self, read: Callable[[str, str], list[S]]) -> tuple[list[S], list[S]]:
        """Return what is read in each text by the rules of its language."""
        (one, other), (first, second) = self.texts, self.languages
        return read(one, first), read(other, second)

    @cached_property
    def _gaps(self) -> list[tuple[Place, Place]]:
        """The stretches, in tokens, in which the texts differ."""
        old, new = ([token.word for token in each] for each in self.tokens)
        gaps, a, b = [], 0, 0
        for i, j, n in [*matches(old, new), (len(old), len(new), 0)]:
            if a < i or b < j:
                gaps.append(((a, i), (b, j)))
            a, b = i + n, j + n
        return gaps

    def _gap_of(self, side: int, sign: Sign) -> tuple[Place, Place] | None:
        starts = self._starts[side]
        first = bisect_right(starts, sign.start) - 1
        last = bisect_right(starts, sign.end - 1) - 1
        for gap in self._gaps:
            if gap[side][0] <= last and first < gap[side][1]:
                return gap
        return None

    # --- What has no counterpart ------------------------------------------------------

    def _unmatched_names(
        self, one: list[Name], other: list[Name]
    ) -> tuple[list[Name], list[Name]]:
        words = tuple([token.word for token in each] for each in self.tokens)

        def rest(names: list[Name], others: list[str], alone: set[str]) -> list[Name]:
            return [
                name
                for name in names
                if not same_name(name, others)
                and not self._is_known(name)
                and name.words[-1] not in alone
            ]

        # "Quill" is who "Mara Quill" is.
        alone = [
            {n.words[0] for n in side if len(n.words) == 1} for side in (one, other)
        ]
        return rest(one, words[1], alone[1]), rest(other, words[0], alone[0])

    def _is_known(self, name: Name) -> bool:
        return all(word in self.known.words for word in name.words)

    def _unmatched_negations(self) -> tuple[list[Negation], list[Negation]]:
        found = self._both(negations_in)
        firm = [[each for each in side if not each.is_loose] for side in found]
        same_head = _unmatched(firm[0], firm[1], _turns_the_same_word)
        # Other words may stand around it; but not where both words are said in both.
        rest = _unmatched(same_head[0], same_head[1], self._may_be_same)
        # "unable to" may stand for "cannot", unless both texts have it, or the cue.
        cue = {token.word for token in tokens_of(self.known.cue)}
        loose = [
            [n for n in side if n.is_loose and fold(text[n.start : n.end]) not in cue]
            for side, text in zip(found, self.texts, strict=True)
        ]
        mine, theirs = _unmatched(loose[0], loose[1], self._may_be_same)
        left = _unmatched(rest[0], theirs, self._may_be_same)[0]
        right = [
            each
            for each in rest[1]
            if not any(self._may_be_same(one, each) for one in mine)
        ]
        return left, right

    def _may_be_same(self, one: Negation, other: Negation) -> bool:
        if not one.heads or not other.heads or _turns_the_same_word(one, other):
            return True
        return not (self._has(1, one.heads) and self._has(0, other.heads))

    def _has(self, side: int, heads: Sequence[str]) -> bool:
        return any(
            akin(head, token.word) for head in heads for token in self.tokens[side]
        )

    # --- Which of them are differences ------------------------------------------------

    def differing(
        self,
        signs: tuple[list[S], list[S]],
        kind: Kind,
        *,
        keep: Callable[[S | None, S | None], bool],
    ) -> list[Difference]:
        """Return the differences among unmatched signs, those that answer paired."""
        left, right = list(signs[0]), list(signs[1])
        pairs: list[tuple[S | None, S | None]] = []
        for sign in left:
            answer = self._answer(sign, right)
            if answer is not None:
                right.remove(answer)
            pairs.append((sign, answer))
        pairs += [(None, sign) for sign in right]
        return [
            Difference(kind, _place(one), _place(other))
            for one, other in pairs
            if keep(one, other)
        ]

    def _answer(self, sign: S, others: list[S]) -> S | None:
        """Return the sign of the other text that stands in this one's place."""
        gap = self._gap_of(0, sign)
        if gap is None:
            return None
        first, last = gap[1]
        if first == last:
            return None
        start = self.tokens[1][first].start
        end = self.tokens[1][last - 1].end
        return next((s for s in others if s.start < end and start < s.end), None)

    def turned_round(self) -> list[Difference]:
        """Return words that say the opposite of each other, where nothing denies."""
        if any(self.negations):
            return []
        return [
            Difference("negation", one, other)
            for one, other in opposites_in(*self.tokens)
        ]

    def is_number_departure(self, sign: Number | None, other: Number | None) -> bool:
        if sign is None:
            return False  # a shorter wording
        if other is not None and not (sign.is_year and self._counts_years(other)):
            return sign.is_ordinal == other.is_ordinal or not sign.is_loose
        words = {t.word for t in tokens_of(self.texts[0][sign.start : sign.end])}
        is_named = other is None and words <= self.known.words
        if sign.is_loose or is_named or self._is_printed_beside(sign):
            return False
        # "last May" is worded as May 2025, "on Monday" as 6 May.
        unmatched = self.numbers[1]
        if sign.is_year:
            is_close = other is not None or int(sign.values[0]) in self.known.years
            return not is_close or any(each.is_year for each in unmatched)
        return not self._is_day(sign) or any(not each.is_loose for each in unmatched)

    def _counts_years(self, number: Number) -> bool:
        """Return whether a number of the printed words is one of years: "two years"."""
        following = tokens_of(self.texts[1][number.end : number.end + 20])
        return bool(following) and following[0].word.startswith(YEARS)

    def _is_printed_beside(self, sign: Sign) -> bool:
        """Return whether the sentences around the words have the same, with its words.

        A wording may take in what stands beside the marked words.
        """
        tokens = [token for token in self.tokens[0] if token.word[0].isalnum()]
        inside = [
            at
            for at, token in enumerate(tokens)
            if token.start < sign.end and sign.start < token.end
        ]
        if not inside:
            return False
        first, last = inside[0], inside[-1] + 1
        before, after = tokens[max(0, first - 2) : last], tokens[first : last + 2]
        # What "not" turns round stands on either side of it.
        both = tokens[max(0, first - 2) : last + 2]
        nears = [both] if isinstance(sign, Negation) else [before, after]
        least = len(inside) + 2
        return any(len(n) >= least and _run(n) in self.known.runs for n in nears)

    def _is_day(self, sign: Number) -> bool:
        """Return whether a number of the wording is a day beside a month."""
        around = self.texts[0][max(0, sign.start - 30) : sign.end + 30]
        named = {token.word for token in tokens_of(around)} & months(self.languages[0])
        return bool(named) and sign.values[0] <= 31

    def is_name_departure(self, sign: Name | None, other: Name | None) -> bool:
        if sign is None:
            return False
        if other is not None:
            # Perhaps no name at all: then one word in the place of one other.
            most = 4 - 2 * (sign.is_loose + other.is_loose)
            gap = self._gap_of(0, sign) or ()
            return most == 4 or all(end - start <= max(1, most) for start, end in gap)
        if sign.is_loose or months(self.languages[0]).issuperset(sign.words):
            return False
        printed = self.known.printed
        if not self.known.article:
            return not self._leaves_open()
        return not any(word in printed for word in sign.words)

    def is_other_name(self, sign: Name | None, other: Name | None) -> bool:
        """Return whether an unmatched name of one of two claims is a difference."""
        if sign is None or other is None or not (sign.is_loose and other.is_loose):
            return _is_telling(sign, other)
        # Perhaps no names at all: then one word in the place of one other.
        gap = self._gap_of(0, sign) or ()
        return all(end - start <= 1 for start, end in gap) and not (
            meanings_of(" ".join(sign.words)) & meanings_of(" ".join(other.words))
        )

    def _leaves_open(self) -> bool:
        """Return whether the printed words have a pronoun that a name may stand for."""
        words = {token.word for token in self.tokens[1]}
        return not words.isdisjoint(PRONOUNS.get(self.languages[1], frozenset()))

    def _is_foreign(self) -> bool:
        """Return whether the texts share no word: perhaps they are in two languages."""
        one, other = (
            {t.word for t in side if len(t.word) > 2 and t.word.isalpha()}
            for side in self.tokens
        )
        return one.isdisjoint(other)

    def is_denial(self, sign: Negation | None, other: Negation | None) -> bool:
        if sign is not None:
            worded = {token.word for token in self.tokens[0]}
            cue = {token.word for token in tokens_of(self.known.cue)} - worded
            if any(is_negation_word(word, self.languages[1]) for word in cue):
                return False
            if other is None and self._is_foreign():
                return False
            return other is not None or not self._is_printed_beside(sign)
        # Left out together with what it denies, it is a shorter wording.
        return other is not None and self._has(0, other.heads)


def _place(sign: Sign | None) -> Place | None:
    return (sign.start, sign.end) if sign else None


def _run(tokens: Iterable[Token]) -> str:
    return "".join(f" {t.word} " for t in tokens if t.word[0].isalnum())


def _unmatched(
    one: Iterable[S], other: Iterable[S], same: Callable[[S, S], bool]
) -> tuple[list[S], list[S]]:
    """Return the signs of two texts that are left when equal ones are paired."""
    left, right = [], list(other)
    for sign in one:
        twin = next((each for each in right if same(sign, each)), None)
        if twin is None:
            left.append(sign)
        else:
            right.remove(twin)
    return left, right


def _turns_the_same_word(one: Negation, other: Negation) -> bool:
    return any(akin(a, b) for a in one.heads for b in other.heads)
