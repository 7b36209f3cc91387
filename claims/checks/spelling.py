"""One spelling for definitions that PostgreSQL writes in two ways.

An expression that was dumped and restored is parsed from what the first one was written
as, and comes out otherwise where the database had put it together itself: a comparison
of rows as a chain of OR, a list of words as an array. What it means is the same.
"""

import re

_WORD = r"'(?:[^']|'')*'::character varying"
ARRAY = re.compile(rf"\(ARRAY\[({_WORD}(?:, {_WORD})*)\]\)::text\[\]")
# Words in quotes, brackets, and the word that joins.
_PART = re.compile(r"'(?:[^']|'')*'|[()]| OR ")


def as_restored(definition: str) -> str:
    """Return a definition as it is written once it was restored from a dump.

    >>> as_restored("(((a OR b) OR c) AND (d OR (e OR f)))")
    '((a OR b OR c) AND (d OR (e OR f)))'
    >>> as_restored("x = ANY ((ARRAY['a'::character varying])::text[])")
    "x = ANY (ARRAY[('a'::character varying)::text])"
    """
    return _flat(ARRAY.sub(_each_cast, definition))


def _each_cast(match):
    words = re.findall(_WORD, match[1])
    return f"ARRAY[{', '.join(f'({word})::text' for word in words)}]"


def _flat(definition: str) -> str:
    """Return it without brackets round a chain of OR that begins a longer one."""
    drop = set()
    # Of each open bracket: where, whether it holds an OR, and the pair that begins it.
    open_brackets: list[list] = []
    for part in _PART.finditer(definition):
        at, word = part.start(), part[0]
        if word == "(":
            open_brackets.append([at, False, None])
        elif word == ")" and open_brackets:
            begun, has_or, _first = open_brackets.pop()
            if has_or and open_brackets and open_brackets[-1][0] == begun - 1:
                open_brackets[-1][2] = begun, at
        elif word == " OR " and open_brackets:
            first = open_brackets[-1][2]
            if first and first[1] == at - 1:
                drop |= set(first)
            open_brackets[-1][1] = True
    return "".join(each for at, each in enumerate(definition) if at not in drop)
