"""Diff of two texts: the blocks of characters that both have, in order.

Words that occur once on both sides are found first and kept in order; what lies
between them is compared word by word, then letter by letter, with a bound on the
effort, so that even a wholly rewritten article takes a fraction of a second.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

TOKEN = re.compile(r"\w+|\s|[^\w\s]")
# The most differences that a stretch without landmarks is compared for: the effort
# grows with their square.
MAX_EDITS = 160
MAX_LETTERS = 240


class Block(NamedTuple):
    """A block that both texts have: where it starts in each, and its length."""

    old: int
    new: int
    length: int


def matching_blocks(old: str, new: str) -> list[Block]:
    """Return the blocks of characters of `old` that stand in `new`, in order.

    >>> matching_blocks("The harbor opens.", "The new harbour opens.")
    [Block(old=0, new=0, length=4), Block(old=4, new=8, length=5), \
Block(old=9, new=14, length=8)]
    """
    if old == new:
        return [Block(0, 0, len(old))] if old else []
    old_words, new_words = TOKEN.findall(old), TOKEN.findall(new)
    old_at, new_at = _places(old_words), _places(new_words)
    blocks, a, b = [], 0, 0
    pairs = [
        Block(old_at[i], new_at[j], old_at[i + n] - old_at[i])
        for i, j, n in matches(old_words, new_words)
    ]
    for block in [*pairs, Block(len(old), len(new), 0)]:
        gap_old, gap_new = old[a : block.old], new[b : block.new]
        if gap_old and gap_new and len(gap_old) + len(gap_new) <= MAX_LETTERS:
            letters = matches(gap_old, gap_new, landmarks=False)
            blocks += [Block(a + i, b + j, n) for i, j, n in letters]
        blocks.append(block)
        a, b = block.old + block.length, block.new + block.length
    return _merge_adjacent(blocks)


def similarity(one: str, other: str) -> float:
    """Return the similarity of two texts, from 0 to 1: the share they have in common.

    >>> similarity("the fare rises", "the fare rises")
    1.0
    """
    if not one and not other:
        return 1.0
    shared = sum(block.length for block in matching_blocks(one, other))
    return 2 * shared / (len(one) + len(other))


def matches(
    old: Sequence[str], new: Sequence[str], *, landmarks: bool = True
) -> list[Block]:
    """Return the runs of equal items of two sequences, in order."""
    found: list[Block] = []
    work = [(0, len(old), 0, len(new))]
    while work:
        a, a_end, b, b_end = work.pop()
        n = _common_prefix(old, new, a, a_end, b, b_end)
        if n:
            found.append(Block(a, b, n))
            a, b = a + n, b + n
        n = _common_suffix(old, new, a, a_end, b, b_end)
        if n:
            found.append(Block(a_end - n, b_end - n, n))
            a_end, b_end = a_end - n, b_end - n
        if a == a_end or b == b_end:
            continue
        marks = _unique_common_items(old[a:a_end], new[b:b_end]) if landmarks else []
        if not marks:
            found += _myers_diff(old, new, a, a_end, b, b_end)
            continue
        # Each stretch begins with its landmark, which the next round takes off.
        edges = [(a, b), *((a + i, b + j) for i, j in marks), (a_end, b_end)]
        work += [(start[0], end[0], start[1], end[1]) for start, end in pairwise(edges)]
    return sorted(found)


def _common_prefix(
    old: Sequence[str], new: Sequence[str], a: int, a_end: int, b: int, b_end: int
) -> int:
    """Return how many items are equal from the start of two stretches."""
    longest, n = min(a_end - a, b_end - b), 0
    while n < longest and old[a + n] == new[b + n]:
        n += 1
    return n


def _common_suffix(
    old: Sequence[str], new: Sequence[str], a: int, a_end: int, b: int, b_end: int
) -> int:
    """Return how many items are equal at the end of two stretches."""
    longest, n = min(a_end - a, b_end - b), 0
    while n < longest and old[a_end - 1 - n] == new[b_end - 1 - n]:
        n += 1
    return n


def _unique_common_items(
    old: Sequence[str], new: Sequence[str]
) -> list[tuple[int, int]]:
    """Return the places of items that occur once on both sides, in rising order."""
    once_old, once_new = _once(old), _once(new)
    pairs = sorted(
        (once_old[item], once_new[item]) for item in once_old.keys() & once_new.keys()
    )
    # The longest run of pairs that also rises on the other side.
    ends: list[int] = []
    last: list[int] = []
    before: dict[int, int | None] = {}
    for index, (_i, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        before[index] = last[at - 1] if at else None
        ends[at : at + 1] = [j]
        last[at : at + 1] = [index]
    run = []
    step = last[-1] if last else None
    while step is not None:
        run.append(pairs[step])
        step = before[step]
    return run[::-1]


def _once(items: Sequence[str]) -> dict[str, int]:
    """Return the places of the items that occur once."""
    counts = Counter(items)
    return {item: at for at, item in enumerate(items) if counts[item] == 1}


def _myers_diff(
    old: Sequence[str], new: Sequence[str], a: int, a_end: int, b: int, b_end: int
) -> list[Block]:
    """Return the runs of a shortest way from one stretch to the other.

    The algorithm of E. Myers, from both texts' starts. Nothing is found where the
    shortest way has more than MAX_EDITS steps.
    """
    n, m = a_end - a, b_end - b
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    for steps in range(min(n + m, MAX_EDITS) + 1):
        trail.append(dict(reach))
        for k in range(-steps, steps + 1, 2):
            down = k == -steps or (
                k != steps and reach.get(k - 1, -1) < reach.get(k + 1, -1)
            )
            x = reach[k + 1] if down else reach[k - 1] + 1
            while x < n and x - k < m and old[a + x] == new[b + x - k]:
                x += 1
            reach[k] = x
            if x >= n and x - k >= m:
                return _backtrack(trail, n, m, a, b)
    return []


def _backtrack(
    trail: list[dict[int, int]], x: int, y: int, a: int, b: int
) -> list[Block]:
    """Return the runs of equal items on the way that was found, from its end."""
    found = []
    for steps in range(len(trail) - 1, -1, -1):
        reach, k = trail[steps], x - y
        down = k == -steps or (
            k != steps and reach.get(k - 1, -1) < reach.get(k + 1, -1)
        )
        k_before = k + 1 if down else k - 1
        x_before = reach.get(k_before, 0)
        y_before = x_before - k_before
        x_start = x_before if down else x_before + 1
        if steps == 0:
            x_start = 0
        if x > x_start:
            found.append(Block(a + x_start, b + x_start - k, x - x_start))
        x, y = x_before, y_before
    return found


def _places(words: list[str]) -> list[int]:
    """Return where each word starts, and where the last one ends."""
    return list(accumulate(map(len, words), initial=0))


def _merge_adjacent(blocks: list[Block]) -> list[Block]:
    """Return the blocks in order, with those that touch made one."""
    joined: list[Block] = []
    for block in blocks:
        if not block.length:
            continue
        if joined:
            last = joined[-1]
            if (last.old + last.length, last.new + last.length) == block[:2]:
                joined[-1] = Block(last.old, last.new, last.length + block.length)
                continue
        joined.append(block)
    return joined
