"""Characters that nobody can see, taken out of words before they are stored.

Zero-width spaces, fillers, bidi overrides, control characters, noncharacters and soft
hyphens (Unicode: Cc, most of Cf, and letters drawn as nothing). Joiners that Persian,
Indic scripts and emoji need (U+200C, U+200D) and honest direction marks stay.
"""

import re

INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u2028\u2029\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f"
)
_RUNS = re.compile(f"[{INVISIBLE}]+")
# What divides words, although it shows nothing.
_DIVIDERS = re.compile("[\x0b\x0c\x85\u2028\u2029]")


def visible(words: str) -> str:
    r"""Return words without the characters that nobody can see.

    >>> visible("Mara\u200b Il\u00advane"), visible("one\u2028two")
    ('Mara Ilvane', 'one two')
    """
    return _RUNS.sub("", _DIVIDERS.sub(" ", words))


def has_invisible(words: str) -> bool:
    """Return whether words hold a character that nobody can see."""
    return _RUNS.search(words) is not None
