"""Turkish word forms: small letters, case endings, verb forms, endings of clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

FormKind = Literal["finite", "converb", "participle", "while"]

HIGH = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}
LOW = {"a": "a", "ı": "a", "o": "a", "u": "a", "e": "e", "i": "e", "ö": "e", "ü": "e"}
# Last letters that change before a vowel: "sahip", "sahibi".
SOFT = {"k": "ğ", "p": "b"}
VOICELESS = frozenset("fstkçşhp")
APOSTROPHE = re.compile(r"['’ʼ]\w*\Z")

# How the last word of a reported clause ends: "olduğunu", "artacağını", "yapılmasını".
_NOUN = (
    r"(?:[dt][ıiuü]ğ[ıiuü]|[ae]c[ae]ğ[ıi]|[dt][ıiuü]kl[ae]r[ıi]|[ae]c[ae]kl[ae]r[ıi])"
)
_ACT = r"\w(?:m[ae]s[ıi]|m[ae]l[ae]r[ıi])"
CLAUSE_ENDS = {
    # -dığını, -acağını
    "k": re.compile(_NOUN + r"n[ıiuü]\Z"),
    # -masını, -mayı
    "m": re.compile(rf"(?:{_ACT}n[ıi]|\wm[ae]y[ıi]|\wm[ae]m[ae]y[ıi])\Z"),
    # -dığına, -masına
    "g": re.compile(rf"(?:{_NOUN}|{_ACT})n[ae]\Z"),
    # -dığından, -masından
    "a": re.compile(rf"(?:{_NOUN}|{_ACT})nd[ae]n\Z"),
    # -dığının, -masının
    "i": re.compile(rf"(?:{_NOUN}|{_ACT})n[ıiuü]n\Z"),
    # -maya
    "e": re.compile(r"\wm[ae]y[ae]\Z"),
    # -makla
    "l": re.compile(r"\wm[ae]kl[ae]\Z"),
    # -dığı, -acağı, -ması
    "p": re.compile(rf"(?:{_NOUN}|{_ACT})\Z"),
}
DATIVE = re.compile(r"(?:\w\w|['’][yn]?)[ae]\Z")
ACCUSATIVE = re.compile(r"(?:\w\w|['’][yn]?)[ıiuü]\Z")
# Endings of words that are the subject of nothing.
OBLIQUE = re.compile(
    r"(?:['’](?:[dt][ae]n?|[yn]?[ae]|[yn]?[ıiuü]n?|yl[ae]|nd[ae]n?|n[ae])"
    r"|\w[dt][ae]n?|\wnd[ae]n?|[ae]r[ae]k|\w[ıiuü]p|\w[ıi]nc[ae]|\wken|\wyl[ae])\Z"
)


def lower(word: str) -> str:
    """Return a word in small letters, with both letters i.

    >>> lower("ISPARTA"), lower("İzmir")
    ('ısparta', 'izmir')
    """
    return word.replace("İ", "i").replace("I", "ı").lower()


def bare(word: str) -> str:
    """Return a name without the ending after its apostrophe.

    >>> bare("Kaya'nın"), bare("Ankara’dan"), bare("Kaya")
    ('Kaya', 'Ankara', 'Kaya')
    """
    return APOSTROPHE.sub("", word) or word


def last_vowel(stem: str) -> str:
    """Return the last vowel of a stem, which decides those of its endings."""
    return next((c for c in reversed(stem) if c in HIGH), "e")


def verb_forms(stem: str) -> Iterator[tuple[str, FormKind]]:
    """Yield the forms of a verb that attribute, from its stem.

    >>> [form for form, kind in verb_forms("söyle")][:3]
    ['söyledi', 'söylediler', 'söylemişti']
    >>> [form for form, kind in verb_forms("et") if kind != "finite"]
    ['ederek', 'edip', 'eden', 'ederken']
    """
    high, low = HIGH[last_vowel(stem)], LOW[last_vowel(stem)]
    d = "t" if stem[-1] in VOICELESS else "d"
    for ending in (
        f"{d}{high}",
        f"{d}{high}l{low}r",
        f"m{high}şt{high}",
        f"m{high}ş",
        f"m{high}şl{low}rd{HIGH[low]}",
    ):
        yield stem + ending, "finite"
    soft = stem[:-1] + "d" if stem in ("et", "kaydet", "reddet", "vadet") else stem
    if stem[-1] in HIGH:
        short = stem[:-1]
        present = "di" if stem == "de" else short + HIGH[last_vowel(short)]
        link = "di" if stem == "de" else stem
        link += "y"
    else:
        present, link = soft + high, soft
    for ending in ("yor", "yorlar", "yordu"):
        yield present + ending, "finite"
    yield f"{link}{low}r{low}k", "converb"
    yield f"{link}{high}p", "converb"
    yield f"{link}{low}n", "participle"
    # "derken": somebody else follows.
    one_syllable = sum(c in HIGH for c in stem) == 1
    vowel = "" if stem[-1] in HIGH else low if one_syllable else high
    yield f"{soft}{vowel}rken", "while"


def possessive(noun: str) -> str:
    """Return a noun with the ending of "its": the last word of a compound.

    >>> possessive("bakan"), possessive("sözcü"), possessive("vali")
    ('bakanı', 'sözcüsü', 'valisi')
    >>> possessive("bakanlık"), possessive("dernek")
    ('bakanlığı', 'derneği')
    """
    high = HIGH[last_vowel(noun)]
    if noun[-1] in HIGH:
        return f"{noun}s{high}"
    if noun[-1] in SOFT and len(noun) > 4:
        noun = noun[:-1] + SOFT[noun[-1]]
    return noun + high


def case_forms(noun: str) -> dict[str, str]:
    """Return the case forms of a noun, and of its possessive, with their nominative.

    >>> case_forms("bakanlık")["bakanlıktan"], case_forms("bakanlık")["bakanlığına"]
    ('bakanlık', 'bakanlığı')
    """
    high, low = HIGH[last_vowel(noun)], LOW[last_vowel(noun)]
    d = "t" if noun[-1] in VOICELESS else "d"
    vowel = noun[-1] in HIGH
    changes = noun[-1] in SOFT and len(noun) > 4
    soft = noun[:-1] + SOFT[noun[-1]] if changes else noun
    own = possessive(noun)
    forms = {
        f"{noun}{d}{low}": noun,
        f"{noun}{d}{low}n": noun,
        (f"{noun}y{low}" if vowel else f"{soft}{low}"): noun,
        (f"{noun}n{high}n" if vowel else f"{soft}{high}n"): noun,
    }
    for ending in (f"nd{low}", f"nd{low}n", f"n{low}", f"n{high}n"):
        forms[own + ending] = own
    return forms
