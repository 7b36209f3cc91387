"""Words that say the opposite of each other, and designations such as S-400.

"Crime has risen" and "crime has fallen", "legal" and "illegal", "voted for" and "voted
against" differ in meaning, though neither has a negation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from claims.attribution.folding import fold
from claims.text.canonical import Place
from claims.text.numerals import Token

# Both sides of a line; a word begins with what stands there, or with a full stop is it.
OPPOSITES = """
rise. rises. rising. risen. rose. increas grow. grows. grew. grown. growing climb soar / fall. falls. falling. fallen. fell. decreas declin shrink shrank shrunk drop dropped drops
raise. raises. raised. / lower. lowers. lowered. cut. reduc
more. / less. fewer.
most. / least.
highest largest biggest longest richest best. / lowest smallest shortest poorest worst.
higher. larger. bigger. longer. richer. better. / lower. smaller. shorter. poorer. worse.
for. in_favour / against.
support back. backs. backed. / oppos
accept adopt approv / reject refus
allow permit legali / ban. bans. banned. forbid forbad prohibit outlaw
open. opens. opened. opening. / clos shut.
win. wins. won. winning. / lose. loses. lost. losing.
begin. begins. began. start. starts. started. / end. ends. ended. stop. stops. stopped.
before. / after.
first. / last.
buy. buys. bought. / sell. sells. sold.
import. imports. imported. / export. exports. exported.
guilty. convict / innocent. acquit
true. / false.
safe. / dangerous.
all. every. everybody. everyone. always. / no. none. nobody. never.
double. doubles. doubled. doubling. twice. / halve. halves. halved. halving. half.
steig stieg gestiegen wachs gewachsen erhoh zugenomm / sink sank gesunken fiel. fallen. gefallen gesenkt abgenomm
mehr. / weniger.
hochst gross / niedrigst klein
dafur. fur. / dagegen. gegen.
erlaub / verbiet verbot
augment hausse mont / baiss diminu recul
plus. / moins.
pour. / contre.
autoris permet permis / interdi
aument sub crec / baj disminu cay reduj
mas. / menos.
a_favor favor. / contra.
aument cresc salit / diminu calat scend sces
piu. / meno.
artt artis artir yuksel / azal dust dusus geril
fazla. / az.
destekl / karsi.
"""  # noqa: E501
PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
SHORTEST, BESIDE, LOOKED_UP = 4, 2, 2
# A name of letters and a number: S-400, F35, COVID-19.
DESIGNATION = re.compile(r"\b([A-Z][A-Za-z]{0,5})[-‐‑–]?(\d{1,4})\b")


@cache
def _sides() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    rows = [line.split(" / ") for line in OPPOSITES.strip().splitlines()]
    return [(tuple(one.split()), tuple(other.split())) for one, other in rows]


def opposites_in(
    one: Sequence[Token], other: Sequence[Token]
) -> list[tuple[Place, Place]]:
    """Return the places of words of two texts that say the opposite of each other.

    Some word beside both is the same. Where a text has both words, nothing is said.
    """
    found = []
    ours, others = _by_letters(one), _by_letters(other)
    for left, right in _sides():
        for first, second in ((left, right), (right, left)):
            mine, theirs = _at(ours, first), _at(others, second)
            if mine is None or theirs is None:
                continue
            if _at(ours, second) is not None or _at(others, first) is not None:
                continue
            if _around(one, mine) & _around(other, theirs):
                found.append((_place(one[mine]), _place(other[theirs])))
    return found + _prefixed(one, other)


def _by_letters(tokens: Sequence[Token]) -> dict[str, list[tuple[int, str]]]:
    """Return the words of a text with their numbers, by their first letters."""
    found: dict[str, list[tuple[int, str]]] = {}
    for at, token in enumerate(tokens):
        found.setdefault(token.word[:LOOKED_UP], []).append((at, token.word))
    return found


def _at(words: dict[str, list[tuple[int, str]]], begins: tuple[str, ...]) -> int | None:
    """Return the number of the first word that begins so, None where none does."""
    return min(
        (
            at
            for begin in begins
            for at, word in words.get(begin[:LOOKED_UP], ())
            if _begins(word, begin)
        ),
        default=None,
    )


def _around(tokens: Sequence[Token], at: int) -> set[str]:
    beside = [*tokens[max(0, at - BESIDE) : at], *tokens[at + 1 : at + 1 + BESIDE]]
    return {token.word for token in beside if token.word.isalnum()}


def _place(token: Token) -> Place:
    return token.start, token.end


def _begins(word: str, begin: str) -> bool:
    return word == begin[:-1] if begin.endswith(".") else word.startswith(begin)


def _prefixed(
    one: Sequence[Token], other: Sequence[Token]
) -> list[tuple[Place, Place]]:
    """Return places of a word and the same with un- or in- before it."""
    mine, theirs = ({token.word: token for token in side} for side in (one, other))
    found = []
    for have, lack, is_mine in ((mine, theirs, True), (theirs, mine, False)):
        for word, token in have.items():
            bare = next(
                (
                    word[len(prefix) :]
                    for prefix in PREFIXES
                    if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST
                ),
                "",
            )
            if bare in lack and bare not in have and word not in lack:
                pair = _place(token), _place(lack[bare])
                found.append(pair if is_mine else (pair[1], pair[0]))
    return found


def designations_in(text: str) -> dict[str, Place]:
    """Return the designations of a text, joined and folded, with their places.

    >>> designations_in("S-400 and F35"), designations_in("S‑400")
    ({'s400': (0, 5), 'f35': (10, 13)}, {'s400': (0, 5)})
    """
    return {
        fold(found[1] + found[2]): found.span() for found in DESIGNATION.finditer(text)
    }
