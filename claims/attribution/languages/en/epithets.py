"""Words in front of a name that are no part of it: "Democrat", "Certainly"."""

from __future__ import annotations

import re

from claims.attribution.folding import fold

from .name_words import is_given
from .sentences import CLASSES
from .words import word_set

PARTY_MEMBERS = word_set(
    """
    republican democrat conservative liberal socialist independent candidate nominee
    republicans democrats conservatives liberals socialists libertarian libertarians
    """
)
# "Kentuckian Ida Holt", "Assemblywoman Ida Holt", "Dalby-born Ida Holt"
OF_A_PLACE_OR_POST = re.compile(r"\w{3,}(?:ians?|woman|man|persons?)|.+-\w+ed|.+-born")
# "Certainly Holt", "Praising Holt"
NO_NAME_CLASSES = tuple("RGgPas")


def without_epithets(tokens: list[str]) -> list[str]:
    """Return the words of a name without what only describes its bearer.

    >>> without_epithets(["Democrat", "Ida", "Holt"])
    ['Ida', 'Holt']
    >>> without_epithets(["Certainly", "Holt"]), without_epithets(["Ian", "Holt"])
    (['Holt'], ['Ian', 'Holt'])
    """
    while len(tokens) > 1 and tokens[1][0].isupper() and _is_epithet(tokens):
        tokens = tokens[1:]
    return tokens


def _is_epithet(tokens: list[str]) -> bool:
    """Return whether the first of some capitalised words describes the others."""
    key = fold(tokens[0])
    if is_given(tokens[0]) or not tokens[0][0].isupper():
        return False
    if (key.endswith("ly") and len(key) > 6) or (
        len(key) > 4 and CLASSES.get(key, "") in NO_NAME_CLASSES
    ):
        return True
    # The words after it must be a whole name by themselves.
    if len(tokens) < 3 or not is_given(tokens[1]):
        return False
    return key in PARTY_MEMBERS or bool(OF_A_PLACE_OR_POST.fullmatch(key))


def is_camel(word: str) -> bool:
    """Return whether a name is written as only firms and sites are: "EgyptAir".

    >>> [is_camel(word) for word in ("GunBroker.com", "McHolt", "DeVos", "Holt")]
    [True, False, False, False]
    """
    return word.endswith((".com", ".org", ".net")) or bool(CAMEL.search(word))


CAMEL = re.compile(
    r"\A(?!Mac|Mc|De|Di|Du|La|Le|Lo|Van|Von|Fitz|Mack|Dal|Del|Des|O['’])\w+[a-z][A-Z]"
)
