"""Re-anchor spans after a text correction: unmoved, moved, for review, or lost.

Words move silently only where they are unchanged and their place is beyond doubt.
Everything else is handed to a person, with the places that come into question.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from claims.attribution.spans import Span
from claims.text.canonical import starts_of
from claims.text.diff import Block, matching_blocks, similarity

Outcome = Literal["exact", "moved", "review", "lost"]
How = Literal["moved", "edited", "elsewhere", "similar"]

# Characters on each side that a moved passage brings along.
SURROUNDINGS = 48
# How far two twins are compared before they count as indistinguishable.
MAX_CONTEXT = 600
# From which similarity on an edited passage is offered as the same one, and a passage
# that is found by its words alone.
MIN_EDITED_SIMILARITY = 0.6
MIN_FUZZY_SIMILARITY = 0.7
# Shorter quotes are never searched for by similarity.
MIN_FUZZY_LENGTH = 12
MAX_CANDIDATES = 3
# How many places of the same words are looked at on each side.
NEAREST = 4

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class CandidatePlace:
    """A possible place in the new text, how it was found, and how similar it is."""

    start: int
    end: int
    how: How
    score: float


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a span is after the correction.

    `exact` and `moved` have a place in the new text; `review` has candidates for a
    person to choose from; `lost` has neither.
    """

    outcome: Outcome
    place: Span | None = None
    candidates: tuple[CandidatePlace, ...] = ()


class Correction:
    """An old and a new text, compared once for all the spans between them.

    >>> Correction("He said no.", "Then he said no.").of(Span(8, 10)).place
    Span(start=13, end=15)
    """

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.blocks = matching_blocks(old, new)
        self._starts = [block.old for block in self.blocks]
        self._found: dict[str, tuple[list[int], list[int]]] = {}
        self._index: dict[str, list[int]] | None = None

    def of(self, span: Span) -> Anchored:
        """Return where a span of the old text is in the new one."""
        words = span.of(self.old)
        block = self._block_around(span)
        if block is not None and self._is_unambiguous(span, block, words):
            at = span.start - block.old + block.new
            outcome: Outcome = "exact" if at == span.start else "moved"
            return Anchored(outcome, Span(at, at + len(words)))
        moved = self._moved_place(span, words)
        if moved is not None:
            return Anchored("moved", Span(moved, moved + len(words)))
        candidates = self._candidates(span, block, words)
        return Anchored("review" if candidates else "lost", None, tuple(candidates))

    # --- Words that nobody touched ---------------------------------------------

    def _block_around(self, span: Span) -> Block | None:
        """Return the unchanged stretch that holds the whole span."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0:
            return None
        block = self.blocks[at]
        return block if span.end <= block.old + block.length else None

    def _is_unambiguous(self, span: Span, block: Block, words: str) -> bool:
        """Return whether unchanged words can be no others than the marked ones."""
        at = span.start - block.old + block.new
        if not self._has_same_neighbours(span, at):
            return False
        old_places, new_places = self._occurrences(words)
        if len(old_places) == len(new_places) == 1:
            return True
        # The words occur more than once: what tells this place from its twins has
        # to be among what is unchanged around it, on both sides; on one side, where
        # each of the twins stands where it stood.
        left, right = span.start - block.old, block.old + block.length - span.end
        sides = [
            _is_unique_by_context(
                self.old, span.start, len(words), old_places, left, right
            ),
            _is_unique_by_context(self.new, at, len(words), new_places, left, right),
        ]
        if all(all(pair) for pair in sides):
            return True
        return all(any(pair) for pair in sides) and self._occurrences_unmoved(words)

    def _occurrences_unmoved(self, words: str) -> bool:
        """Return whether words stand at all the places where they stood, only there."""
        old_places, new_places = self._occurrences(words)
        return new_places == [self._new_start(at, len(words)) for at in old_places]

    def _new_start(self, at: int, length: int) -> int | None:
        """Return where an untouched stretch stands in the new text."""
        block = self._block_around(Span(at, at + length))
        return None if block is None else at - block.old + block.new

    def _has_same_neighbours(self, span: Span, at: int) -> bool:
        """Return whether the words right beside the span are still the same ones.

        A word put in or taken out there ("not") can turn the meaning around; a
        corrected letter in it does not.
        """
        end = at + span.end - span.start
        pairs = (
            (_word_before(self.old, span.start), _word_before(self.new, at)),
            (_word_after(self.old, span.end), _word_after(self.new, end)),
        )
        return all(
            before == after or similarity(before, after) >= MIN_EDITED_SIMILARITY
            for before, after in pairs
        )

    def _moved_place(self, span: Span, words: str) -> int | None:
        """Return where words moved that occur once, with the passage around them."""
        old_places, new_places = self._occurrences(words)
        if len(old_places) != 1 or len(new_places) != 1 or len(words) < 8:
            return None
        at = new_places[0]
        if (
            self._has_same_neighbours(span, at)
            and self._context_similarity(span, at) >= 0.8
        ):
            return at
        return None

    # --- Words that a person has to look at --------------------------------------

    def _candidates(
        self, span: Span, block: Block | None, words: str
    ) -> list[CandidatePlace]:
        """Return the places that may be meant, the likeliest first."""
        found: dict[tuple[int, int], tuple[How, float]] = {}
        if block is not None:
            at = span.start - block.old + block.new
            found[at, at + len(words)] = ("moved", self._context_similarity(span, at))
        for at in self._nearest(self._occurrences(words)[1], span.start):
            alike = self._context_similarity(span, at)
            # A short word stands in many places; only like surroundings speak for one.
            if len(words) >= MIN_FUZZY_LENGTH or alike >= 0.5:
                found.setdefault((at, at + len(words)), ("elsewhere", alike))
        edited = self._edited_place(span)
        if edited is not None:
            score = similarity(words, edited.of(self.new))
            if score >= MIN_EDITED_SIMILARITY:
                found.setdefault((edited.start, edited.end), ("edited", score))
        if not found and len(words) >= MIN_FUZZY_LENGTH:
            for place in self._fuzzy_matches(words):
                score = similarity(words, place.of(self.new))
                if score >= MIN_FUZZY_SIMILARITY:
                    found.setdefault((place.start, place.end), ("similar", score))
        candidates = [
            CandidatePlace(start, end, how, round(score, 3))
            for (start, end), (how, score) in found.items()
        ]
        candidates.sort(key=lambda each: (-each.score, abs(each.start - span.start)))
        return candidates[:MAX_CANDIDATES]

    def _nearest(self, places: list[int], old_at: int) -> list[int]:
        """Return the few places that lie nearest to where words were to be expected."""
        here = self._end_of(bisect_right(self._starts, old_at) - 1)
        at = bisect_right(places, here)
        return places[max(0, at - NEAREST) : at + NEAREST]

    def _edited_place(self, span: Span) -> Span | None:
        """Return the passage between the new places of a span's two ends."""
        first = bisect_right(self._starts, span.start) - 1
        start = self._end_of(first)
        if first >= 0:
            block = self.blocks[first]
            if span.start < block.old + block.length:
                start = span.start - block.old + block.new
        last = bisect_right(self._starts, span.end - 1) - 1
        end = len(self.new)
        if last + 1 < len(self.blocks):
            end = self.blocks[last + 1].new
        if last >= 0:
            block = self.blocks[last]
            if span.end <= block.old + block.length:
                end = span.end - block.old + block.new
        words = self.new[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        longest = 3 * (span.end - span.start) + SURROUNDINGS
        return Span(start, end) if 0 < end - start <= longest else None

    def _end_of(self, index: int) -> int:
        """Return where, in the new text, the block before a gap ends."""
        if index < 0:
            return 0
        block = self.blocks[index]
        return block.new + block.length

    def _fuzzy_matches(self, words: str) -> list[Span]:
        """Return the places where most of the words stand, rarest words first."""
        places = self._new_word_index()
        known = [
            (len(places[match[0]]), match.start(), match[0])
            for match in WORD.finditer(words)
            if match[0] in places
        ]
        votes = sorted(
            at - offset
            for count, offset, word in sorted(known)[:12]
            if count <= 50
            for at in places[word]
        )
        slack = len(words) // 4 + 8
        found = []
        for group in _groups(votes, slack)[:MAX_CANDIDATES]:
            start = max(0, group[0] - slack)
            window = self.new[start : group[-1] + len(words) + slack]
            blocks = [b for b in matching_blocks(words, window) if b.length > 2]
            if blocks:
                first, last = blocks[0], blocks[-1]
                found.append(
                    self._whole_words(
                        start + max(0, first.new - first.old),
                        start + last.new + len(words) - last.old,
                    )
                )
        return found

    def _whole_words(self, start: int, end: int) -> Span:
        """Return a stretch widened to the words its ends lie in."""
        end = min(end, len(self.new))
        while start > 0 and self.new[start - 1].isalnum() and self.new[start].isalnum():
            start -= 1
        while 0 < end < len(self.new) and (
            self.new[end - 1].isalnum() and self.new[end].isalnum()
        ):
            end += 1
        return Span(start, end)

    # --- What is looked up more than once ------------------------------------------

    def _context_similarity(self, span: Span, at: int) -> float:
        """Return how similar the context of the span is to that of a place."""
        end = at + span.end - span.start
        pairs = (
            (_left_of(self.old, span.start), _left_of(self.new, at)),
            (_right_of(self.old, span.end), _right_of(self.new, end)),
        )
        length = sum(len(before) + len(after) for before, after in pairs)
        if not length:
            return 1.0
        shared = sum(
            similarity(before, after) * (len(before) + len(after))
            for before, after in pairs
        )
        return shared / length

    def _occurrences(self, words: str) -> tuple[list[int], list[int]]:
        """Return where words stand in the old text and in the new one."""
        if words not in self._found:
            self._found[words] = (
                starts_of(self.old, words),
                starts_of(self.new, words),
            )
        return self._found[words]

    def _new_word_index(self) -> dict[str, list[int]]:
        """Return the places of each word of the new text."""
        if self._index is None:
            self._index = defaultdict(list)
            for match in WORD.finditer(self.new):
                self._index[match[0]].append(match.start())
        return self._index


def _groups(places: list[int], slack: int) -> list[list[int]]:
    """Return places that lie close together as groups, the largest first."""
    groups: list[list[int]] = []
    for place in places:
        if groups and place - groups[-1][-1] <= slack:
            groups[-1].append(place)
        else:
            groups.append([place])
    return sorted(groups, key=len, reverse=True)


def _is_unique_by_context(
    text: str, start: int, length: int, twins: list[int], left: int, right: int
) -> tuple[bool, bool]:
    """Return whether the words before a place, and those behind it, are its own.

    Its twins have others. `left` and `right` say how many characters may count.
    """
    left, right, end = min(left, MAX_CONTEXT), min(right, MAX_CONTEXT), start + length
    apart_left = apart_right = True
    for twin in twins:
        if twin == start:
            continue
        if apart_left:
            n = 0
            while n < left and n < twin and text[start - 1 - n] == text[twin - 1 - n]:
                n += 1
            apart_left = n < left or n == start
        if apart_right:
            n, twin_end = 0, twin + length
            while (
                n < right
                and twin_end + n < len(text)
                and text[end + n] == text[twin_end + n]
            ):
                n += 1
            apart_right = n < right or end + n == len(text)
    return apart_left, apart_right


def _left_of(text: str, at: int) -> str:
    """Return what stands before a place in its own paragraph."""
    return text[max(0, at - SURROUNDINGS) : at].rpartition("\n\n")[2]


def _right_of(text: str, at: int) -> str:
    """Return what stands behind a place in its own paragraph."""
    return text[at : at + SURROUNDINGS].partition("\n\n")[0]


def _word_before(text: str, at: int) -> str:
    """Return the last word before a place, in its own paragraph."""
    found = WORD.findall(_left_of(text, at))
    return found[-1] if found else ""


def _word_after(text: str, at: int) -> str:
    """Return the first word behind a place, in its own paragraph."""
    match = WORD.search(_right_of(text, at))
    return match[0] if match else ""
