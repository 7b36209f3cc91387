"""Negations in a text: their place, and the word that each one turns round.

"will not open" and "won't open" turn round the same word; Turkish has it in the verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.attribution.folding import fold
from claims.text.language import COMMON
from claims.text.numerals import Token, tokens_of


@dataclass(frozen=True, slots=True)
class Negation:
    """A negation at a place; `heads` are the words around it that it may turn round.

    `is_loose` tells of words that deny something only at times, such as "fail".
    """

    start: int
    end: int
    heads: tuple[str, ...]
    is_loose: bool = False


@dataclass(frozen=True)
class NegationWords:
    """The negations of one language, folded.

    `loose` begin words that may deny something; after a `lifted` word there is none
    ("not only"). `agrees` says that several in one clause are one negation.
    """

    words: frozenset[str]
    loose: tuple[str, ...] = ()
    lifted: frozenset[str] = frozenset()
    # Words between which a clause ends.
    joints: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    agrees: bool = False
    verb: re.Pattern[str] | None = None
    never: frozenset[str] = frozenset()


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _stems(words: str) -> tuple[str, ...]:
    return tuple(words.split())


LANGUAGES = {
    "en": NegationWords(
        words=_set(
            "not never no nobody none nothing nowhere neither nor without cannot cant "
            "isnt arent wasnt werent dont doesnt didnt wont wouldnt hasnt havent hadnt "
            "shouldnt couldnt mustnt neednt shant mightnt aint"
        ),
        loose=_stems(
            "hardly barely scarcely rarely unable fail refus lack deny denie denial "
            "reject impossible unlikely unwilling prevent avoid"
        ),
        lifted=_set("only just merely simply more less fewer later sooner doubt"),
        joints=_set("and but or while because although though which"),
    ),
    "de": NegationWords(
        words=_set(
            "nicht nie niemals kein keine keinen keinem keiner keines nichts niemand "
            "niemanden niemandem ohne weder nirgends keinerlei keineswegs nirgendwo"
        ),
        loose=(
            "kaum",
            "verweiger",
            "ablehn",
            "lehn",
            "bestreit",
            "verhinder",
            "dement",
        ),
        lifted=_set("nur bloss allein mehr weniger zuletzt"),
        joints=_set("und aber oder sondern weil obwohl dass"),
    ),
    "fr": NegationWords(
        words=_set("ne n pas jamais ni sans aucun aucune rien nul nulle non guere"),
        loose=("refus", "niai", "nie", "rejet", "dement", "personne", "empech"),
        lifted=_set("seulement uniquement"),
        joints=_set("et mais ou car que"),
        agrees=True,
    ),
    "es": NegationWords(
        words=_set(
            "no nunca jamas nadie nada ningun ninguna ninguno sin ni tampoco ningunas"
        ),
        loose=("neg", "niega", "rechaz", "impid", "imposible", "incapa"),
        lifted=_set("solo solamente obstante"),
        joints=_set("y pero o sino porque aunque que"),
        agrees=True,
    ),
    "it": NegationWords(
        words=_set(
            "non mai nessun nessuno nessuna niente nulla senza ne neppure neanche"
        ),
        loose=("neg", "rifiut", "respin", "smenti", "impossibil", "imped"),
        lifted=_set("solo soltanto solamente"),
        joints=_set("e ma o perche che"),
        agrees=True,
    ),
    "tr": NegationWords(
        words=_set(
            "degil degildir degildi yok yoktur yoktu hic hicbir asla kimse ne olmadan"
        ),
        loose=("redd", "yalanla", "imkansiz"),
        before=_set("sadece yalnizca sirf"),
        joints=_set("ve ama ancak fakat veya ile"),
        agrees=True,
        # The stem, then -mA- or -mI- with what only a verb has after it.
        verb=re.compile(
            r"(\w{2,})(?:m[ae](?:di|mis|yecek|yacag|yaca|yecegi|meli|mali|yen|yan|yip"
            r"|digi|dig|z|zlar|zler|zsa|zse|mak|mek)\w*|m[iu]yor\w*|m[ae]sin(?:l[ae]r)?)"
        ),
        never=_set("yilmaz korkmaz sonmez durmaz solmaz donmez cekinmez mezmur"),
    ),
}
# As far as a negation and what it agrees with lie apart, and its head.
REACH = 6


def negations_in(text: str, language: str = "en") -> list[Negation]:
    """Return the negations of a text, in order.

    >>> [n.heads for n in negations_in("It will not open, and nobody was hurt.")]
    [('open',), ('hurt',)]
    """
    rules = LANGUAGES.get(language)
    if rules is None:
        return []
    tokens = tokens_of(text)
    clauses = _clauses(tokens, rules)
    found: list[tuple[int, int, Negation]] = []  # token, clause
    for at, token in enumerate(tokens):
        stem = _negated_verb(token, at, rules)
        is_word = _is_negation(tokens, at, rules)
        is_loose = not (is_word or stem) and token.word.startswith(
            rules.loose or ("\0",)
        )
        if not (is_word or stem or is_loose):
            continue
        heads = (stem,) if stem else _heads(tokens, clauses, at, language, rules)
        negation = Negation(token.start, token.end, heads, is_loose)
        last = found[-1] if found else None
        if (
            rules.agrees
            and last
            and last[1] == clauses[at]
            and at - last[0] <= REACH
            and not (is_loose or last[2].is_loose)
        ):
            within = tuple(
                t.word for t in tokens[last[0] + 1 : at] if _tells(t, language, rules)
            )
            heads = (*within, *heads) if within or stem else (*last[2].heads, *heads)
            found[-1] = at, clauses[at], Negation(last[2].start, token.end, heads)
            continue
        found.append((at, clauses[at], negation))
    return [negation for _at, _clause, negation in found]


def is_negation_word(word: str, language: str) -> bool:
    """Return whether a folded word denies by itself, in a cue such as "denied"."""
    rules = LANGUAGES.get(language)
    return rules is not None and (
        word in rules.words or word.startswith(rules.loose or ("\0",))
    )


def _is_negation(tokens: list[Token], at: int, rules: NegationWords) -> bool:
    token = tokens[at]
    word = fold(token.raw) if "'" in token.raw or "’" in token.raw else token.word
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    before = tokens[at - 1].word if at else ""
    if word not in rules.words and not _is_elided(token, rules):
        return False
    if following in rules.lifted or before in rules.before:
        return False
    # "No, ..." answers, "No. 10" counts; Turkish "ne" is "what" more often.
    if word in {"no", "non", "ne"} and (not following.isalnum() or following.isdigit()):
        return False
    return not (word == "ne" and rules.verb is not None)


def _is_elided(token: Token, rules: NegationWords) -> bool:
    """Return whether a word begins with the French n'."""
    return "n" in rules.words and re.match("[nN]['’]", token.raw) is not None


def _negated_verb(token: Token, at: int, rules: NegationWords) -> str:
    """Return the stem of a Turkish verb in the negative, else ""."""
    if (
        rules.verb is None
        or token.word in rules.never
        or (at and token.raw[0].isupper())
    ):
        return ""
    found = rules.verb.fullmatch(token.word)
    return found[1] if found else ""


def _clauses(tokens: list[Token], rules: NegationWords) -> list[int]:
    """Return the number of each token's clause: signs and "and" part them."""
    numbers, clause = [], 0
    for token in tokens:
        if token.word in rules.joints or token.raw in ',;:.!?()–—“”"«»':
            clause += 1
        numbers.append(clause)
    return numbers


def _tells(token: Token, language: str, rules: NegationWords) -> bool:
    """Return whether a word has a meaning of its own."""
    return (
        token.word[0].isalnum()
        and token.word not in rules.words
        and token.word not in _stop_words(language)
    )


def _heads(
    tokens: list[Token],
    clauses: list[int],
    at: int,
    language: str,
    rules: NegationWords,
) -> tuple[str, ...]:
    """Return the words that a negation may turn round: the next one of its clause."""
    after = range(at + 1, min(len(tokens), at + 1 + REACH))
    before = range(at - 1, max(-1, at - 1 - REACH), -1)
    # In German and Turkish the verb may stand before it, too.
    both = language in {"de", "tr"}
    heads = []
    for places in (after, before):
        for place in places:
            if clauses[place] == clauses[at] and _tells(tokens[place], language, rules):
                heads.append(tokens[place].word)
                break
        if heads and not both:
            break
    return tuple(heads)


_STOP: dict[str, frozenset[str]] = {}


def _stop_words(language: str) -> frozenset[str]:
    if language not in _STOP:
        more = "been be is are was were do does did any ever yet a an will would"
        common = COMMON.get(language, "") + (f" {more}" if language == "en" else "")
        _STOP[language] = frozenset(fold(word) for word in common.split())
    return _STOP[language]
