"""Words that are spelt alike: how many typing errors lie between them, their keys."""

from __future__ import annotations

# The stem of a word ends so many letters before it at most.
ENDING = 6
SHORTEST_STEM = 3


def errors_between(one: str, other: str) -> int:
    """Return how many letters are wrong, missing, too many or in each other's place.

    >>> [errors_between("harbour", typed) for typed in ("harbuor", "habour", "arbor")]
    [1, 1, 2]
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        earlier, before, row = before, row, [i + 1]
        for j, sign in enumerate(other):
            cost = min(before[j + 1] + 1, row[j] + 1, before[j] + (letter != sign))
            is_turned = i and j and letter == other[j - 1] and sign == one[i - 1]
            row.append(min(cost, earlier[j - 1] + 1) if is_turned else cost)
    return row[-1]


def most_errors(word: str) -> int:
    """Return how many errors a word may have and still be known."""
    return 1 if len(word) < 6 else 2


def keys_of(word: str) -> set[str]:
    """Return the short forms that a mistyped word has in common with the right stem.

    A stem is a word without its ending; one letter is left out of what may be one, and
    of the stem in the index. Of the whole word two letters are.
    """
    whole = _shortened(word)
    keys = {key for short in whole for key in _shortened(short)} | whole
    for end in range(max(SHORTEST_STEM + 1, len(word) - ENDING), len(word) + 1):
        stem = word[:end]
        keys |= _shortened(stem)
        if stem.endswith("y"):
            # "economi" is the stem of "economy".
            keys |= _shortened(f"{stem[:-1]}i")
    return {key for key in keys if len(key) >= SHORTEST_STEM}


def errors_in_stem(word: str, stem: str) -> int:
    """Return how many errors the part of a word has that may be meant for a stem."""
    lengths = range(max(1, len(stem) - 1), min(len(word), len(stem) + 1) + 1)
    return min((errors_between(word[:end], stem) for end in lengths), default=len(stem))


def _shortened(word: str) -> set[str]:
    """Return a word and all that it is without one of its letters."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}
