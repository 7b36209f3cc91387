"""Guess what kind of speaker a name is: person, organisation, government or group."""

from __future__ import annotations

import re

from claims.attribution.folding import fold
from claims.attribution.languages import language_code
from claims.attribution.languages.en.name_words import is_given
from claims.attribution.languages.en.names import parse_name
from claims.attribution.proposals import SpeakerKind

WORD = re.compile(r"\w+(?:[-'’.&]\w+)*")
# "INE", "AT&T", "S.A."; "XVI" is a number, and "IDA FALK" somebody in capitals.
ACRONYM = re.compile(r"(?:[^\W\d_a-z]{2,}\d*|[A-Z](?:[.&][A-Z])+\.?)\Z")
ROMAN = re.compile(r"[IVXLC]+\Z")
FEWEST_LETTERS = 3
# How words for bodies begin, folded, in the languages of the news agencies.
GOVERNMENT = (
    *("government", "ministry", "ministeri", "ministere", "ministero", "embassy"),
    *("gobierno", "governo", "gouvernement", "regierung", "embajada", "embaixada"),
    *("ambassade", "botschaft", "hukumet", "bakanlig", "buyukelcilig", "regering"),
)
ORGANISATION = (
    *("agenc", "akadem", "asociac", "associa", "assembl", "autorid", "ayuntam", "banc"),
    *("bank", "banq", "barosu", "beled", "birlig", "camara", "cemiyet", "chambre"),
    *("comision", "comissao", "comite", "commission", "compagn", "compan", "confed"),
    *("consej", "conselh", "conseil", "consorc", "cooperat", "dernek", "dernegi"),
    *("empresa", "entrepr", "fabrik", "federa", "fundac", "gericht", "gesellsch"),
    *("gewerksch", "grupo", "gruppe", "hastane", "hospital", "institu", "kammer"),
    *("klinik", "komite", "kommission", "konsey", "kurulu", "kurum", "mahkeme"),
    *("meclis", "municip", "observat", "odasi", "organi", "partei", "partid"),
    *("partisi", "polic", "poliz", "prefeit", "reseau", "regulad", "sendika", "sindic"),
    *("sirket", "societ", "sociedad", "stiftung", "syndic", "tribunal", "uniao"),
    *("union", "univers", "vakfi", "verband", "verein"),
)
WHOLE = {"cour", "ordu", "ordusu", "polis", "parti", "rede", "red", "baro", "fonds"}
ENDINGS = ("bahn", "verband", "verein", "partei", "kammer", "gericht", "werke")
LEGAL_FORMS = {
    *("ag", "bv", "co", "eg", "ev", "gmbh", "inc", "kg", "llc", "ltd", "nv", "oy"),
    *("plc", "sarl", "spa"),
}
ARTICLES = {
    "de": "der|die|das|dem|den",
    "en": "the",
    "es": "el|la|los|las|del|al",
    "fr": "la|le|les|l['’]",
    "it": "il|lo|la|i|gli|le|l['’]",
}


def guess_kind(name: str, *, language: str = "en", text: str = "") -> SpeakerKind:
    """Return the likeliest kind of the speaker of a name that is printed in a text.

    >>> guess_kind("INE"), guess_kind("Ida Falk"), guess_kind("residents of Dalby")
    ('organisation', 'person', 'group')
    >>> guess_kind("Ministerio de Puertos"), guess_kind("a spokesman")
    ('government', 'unnamed')
    >>> guess_kind("Brinecell", text="The harbour is run by the Brinecell.")
    'organisation'
    """
    if name.islower() and parse_name(name).kind == "unnamed":
        # Somebody types without capitals: "ida falk".
        name = name.title()
    words = WORD.findall(name) or [name]
    keys = [fold(word) for word in words]
    kind = parse_name(name).kind
    if len(keys) > 1 and keys[-1].replace(".", "") in LEGAL_FORMS:
        return "organisation"
    if kind in ("unnamed", "group"):
        return kind
    if any(key.startswith(GOVERNMENT) for key in keys):
        return "government"
    if kind != "person":
        return kind
    is_body = (
        _has_acronym(words)
        or (not is_given(words[0]) and any(map(_is_of_a_body, keys)))
        or _has_article(name, language, text)
    )
    return "organisation" if is_body else "person"


def _is_of_a_body(key: str) -> bool:
    return key.startswith(ORGANISATION) or key in WHOLE or key.endswith(ENDINGS)


def _has_acronym(words: list[str]) -> bool:
    """Return whether a name begins with an acronym, or is made of one and a word."""
    if len(words) > 1 and all(word.isupper() for word in words):
        return False
    return any(
        ACRONYM.match(word)
        and not ROMAN.match(word)
        and (len(word) >= FEWEST_LETTERS or len(words) == 1)
        for word in words[:2]
    )


def _has_article(name: str, language: str, text: str) -> bool:
    """Return whether a text has an article before a name, as before no person's."""
    articles = ARTICLES.get(language_code(language) or "")
    if not articles:
        return False
    place = rf"(?<!\w)(?i:{articles})(?:\s+|(?<=['’])){re.escape(name)}(?![\w'’-])"
    # "the Falk report", "the Falks": somebody's all the same
    return bool(re.search(rf"{place}(?!\s+\w)|{place}\s+(?=[a-z]+(?:ed|s)\b)", text))
