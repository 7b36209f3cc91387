"""Names in a text: words with a capital that are no common words, and their folds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from claims.attribution.folding import fold
from claims.text.language import COMMON
from claims.text.numerals import Token, tokens_of


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


ENDS = set(".!?:…“”\"'‘’«»„-–—•(")
JOINING = {"of", "the", "de", "la", "le", "del", "di", "da", "van", "von", "der", "al"}
# Titles before a name, and words that begin with a capital for other reasons.
TITLES = _words(
    """
    mr mrs ms dr sir lady lord president minister mayor prime chancellor senator
    secretary general king queen prince professor judge chief deputy director chairman
    chairwoman spokesperson spokesman spokeswoman governor ambassador colonel captain
    herr frau prasident prasidentin minister ministerin burgermeister burgermeisterin
    kanzler kanzlerin monsieur madame president presidente ministre maire senor senora
    don dona ministro ministra alcalde alcaldesa signor signora sindaco bay bayan sayin
    baskan baskani cumhurbaskani bakan bakani basbakan i monday tuesday wednesday
    thursday friday saturday sunday
    """
)
# Words with which sentences begin, and that are no names.
FIRST_WORDS = _words(
    """
    nearly almost hardly barely everybody everyone nobody dozens hundreds thousands
    millions many most some several few about around over under more fewer less only
    just even despite although though since because while after before during every
    each both another other such what why how where there here today yesterday now
    then later recently finally however therefore meanwhile also still yet again once
    never always often sometimes usually people men women children workers voters
    scientists experts officials residents critics half none nothing none according
    my our your his her their its we you they he she it this these those breaking rip
    omg zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty
    sixty seventy eighty ninety hundred thousand million dozen
    look let say name anyone anybody somebody someone something within without of
    """
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name at a place, by its folded words; `is_loose`: perhaps a common word."""

    start: int
    end: int
    words: tuple[str, ...]
    is_loose: bool = False


def names_in(text: str, language: str = "en", context: str = "") -> list[Name]:
    """Return the names of a text, in order.

    `context` is a longer text that tells which words are names where a sentence begins
    with them.

    >>> [n.words for n in names_in("Ida Falk met the Harbour Board in Nordvik.")]
    [('ida', 'falk'), ('harbour', 'board'), ('nordvik',)]
    """
    tokens = tokens_of(text)
    capitals, small = _usage(context or text)
    found: list[Name] = []
    run: list[int] = []
    for at, token in enumerate([*tokens, None]):
        if token is not None and _is_capital(token) and _goes_on(text, tokens, run, at):
            run.append(at)
            continue
        found += _name(tokens, run, language, capitals, small)
        run = [at] if token is not None and _is_capital(token) else []
    return found


def same_name(name: Name, words: Iterable[str]) -> bool:
    """Return whether a name's words stand among others, inflected or as initials.

    >>> same_name(Name(0, 2, ("eu",)), ["the", "european", "union"])
    True
    >>> same_name(Name(0, 6, ("greece",)), ["greek", "ships"])
    True
    """
    words = list(words)
    held = set(words)
    left = [w for w in name.words if w not in held and not _inflected(w, words)]
    if not left:
        return True
    initials = "".join(word[0] for word in words if word[0].isalnum())
    if len(name.words) == 1 and 2 <= len(name.words[0]) <= 6:
        return _are_initials(name.words[0], words)
    short = "".join(word[0] for word in name.words if word not in JOINING)
    return len(short) > 1 and short in held and bool(initials)


def _are_initials(word: str, words: list[str]) -> bool:
    for dropped in (JOINING | {"and", "for"}, set()):
        letters = "".join(w[0] for w in words if w not in dropped and w[0].isalpha())
        if word in letters:
            return True
    return False


def _inflected(word: str, words: list[str]) -> bool:
    if len(word) < 4:
        return False
    stem = word[: max(4, len(word) - 3)]
    return any(
        each.startswith(stem) or (len(each) >= 4 and word.startswith(each))
        for each in words
    )


def _name(
    tokens: list[Token],
    run: list[int],
    language: str,
    capitals: frozenset[str],
    small: frozenset[str],
) -> list[Name]:
    """Return the name that a run of capital words is, if it is one."""
    common = _common(language)
    while run:
        token = tokens[run[0]]
        word = token.word
        is_name = word in capitals and not _starts_sentence(tokens, run[0])
        is_word = word in common or word in TITLES or word in FIRST_WORDS
        if is_word or (word in small and not is_name):
            # A sentence begins with it: "The Harbour Board", "President Falk".
            if len(run) == 1 and not is_word and is_name:
                break
            run = run[1:]
            continue
        break
    while run and tokens[run[-1]].word in TITLES:
        run = run[:-1]
    if not run:
        return []
    words = tuple(
        tokens[at].word
        for at in run
        if tokens[at].word not in TITLES and len(tokens[at].word) > 1
    )
    first = tokens[run[0]]
    is_acronym = first.raw.isupper() and len(first.raw) > 1
    is_first = _starts_sentence(tokens, run[0])
    known = first.word in capitals
    loose = (
        len(run) == 1
        and not is_acronym
        and ((is_first and not known) or language == "de")
    )
    return [Name(first.start, tokens[run[-1]].end, words, loose)] if words else []


def _is_capital(token: Token) -> bool:
    return token.raw[0].isupper()


def _goes_on(text: str, tokens: list[Token], run: list[int], at: int) -> bool:
    """Return whether a capital word goes on with the name before it."""
    if not run or run[-1] != at - 1:
        return False
    between = text[tokens[at - 1].end : tokens[at].start]
    return between.strip(" \u00a0") == "" and "'" not in tokens[at - 1].raw


def _starts_sentence(tokens: list[Token], at: int) -> bool:
    return at == 0 or tokens[at - 1].raw in ENDS


@lru_cache(maxsize=64)
def _usage(context: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that a text writes with a capital in a sentence, and small."""
    capitals, small = set(), set()
    tokens = tokens_of(context)
    for at, token in enumerate(tokens):
        if not token.raw[0].isalpha():
            continue
        if not _is_capital(token):
            small.add(token.word)
        elif not _starts_sentence(tokens, at):
            capitals.add(token.word)
    return frozenset(capitals), frozenset(small)


@lru_cache(maxsize=16)
def _common(language: str) -> frozenset[str]:
    words = COMMON.get(language, "").split()
    return frozenset(fold(re.sub("['’].*", "", word)) for word in words)
