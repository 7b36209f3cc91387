"""Turkish wording: a quotation, or the printed clause with its verb and the name."""

from __future__ import annotations

import re

from claims.attribution.engine.records import Record
from claims.attribution.engine.tables import Language, word_set
from claims.attribution.engine.wording import (
    Wording,
    printed,
    sentence,
    with_open_words,
)
from claims.attribution.engine.wording import wording as by_tables
from claims.attribution.proposals import Checkability, Resolution

from .cues import PASSIVE
from .suffixes import lower

# Verbs and nouns of the first and second person, and what looks like them.
PERSONAL = re.compile(
    r"\w(?:yoruz|yorum|[dt][ıiuü][kmnz]|[ae]c[ae]ğ[ıi][mz]|[ae]l[ıi]m|[ıiuü][mz]|[ae]m"
    r"|s[ıiuü]n[ıiuü]z|[ıiuü]m[ıiuü]z\w*|[ıiuü]n[ıiuü]z\w*)\Z"
)
# No persons, though they end like verbs of one.
IMPERSONAL = word_set(
    "henüz yalnız deniz temiz yüz üretim eğitim yatırım üçüncü bölüm ölüm önem"
)
FUTURE = re.compile(r"(?:[ae]c[ae]k|[ae]c[ae]ğ[ıi])(?:t[ıi]r|n[ıi]|l[ae]r\w*)?\Z")
OUGHT = re.compile(r"m[ae]l[ıi](?:d[ıi]r|y[ıi]z)?\Z")
FINITE = re.compile(r"(?:[dt][ıiuü](?:l[ae]r)?|m[ıiuü]ş|yor(?:l[ae]r|du)?)\Z")
# What tells that the subject is over.
SET_OFF = re.compile(r"\s*,|\s+(?:ise|da|de)\b")
WORD = re.compile(r"\w+(?:['’]\w+)*")
# Stems after which the content is what somebody wants done, or promises.
DEMANDS = word_set("iste rica_et talep_et öner tavsiye_et öğütle")
PROMISES = word_set("söz_ver taahhüt_et vadet vaat_et garanti_et sözünü_ver")


def points_elsewhere(words: str) -> bool:
    """Return whether a verb or noun is of the first or second person.

    >>> points_elsewhere("Kararlıyız"), points_elsewhere("Köprü güvenli")
    (True, False)
    """
    low = [lower(word) for word in WORD.findall(words)]
    return any(PERSONAL.search(word) and word not in IMPERSONAL for word in low)


def wording(
    text: str, record: Record, resolution: Resolution, language: Language
) -> Wording:
    """Return the claim as one sentence: the printed words, with the name in front."""
    item = record.attribution
    if item.kind == "direct" and not item.negated:
        return by_tables(text, record, resolution, language)
    who = resolution.name or (item.speaker.of(text) if item.speaker else "")
    if item.rule == "answer" and who:
        words = " ".join(item.words(text).split())
        return with_open_words(f"{who}: “{words}”", language)
    rule = item.rule.removeprefix("inherited ").removeprefix("carried ")
    said = _said(text, record) if rule in ("clause", "object") else ""
    if who and said:
        return with_open_words(sentence(f"{who}, {said}"), language)
    return with_open_words(sentence(printed(text, record.sentence)), language)


def _said(text: str, record: Record) -> str:
    """Return content and verb as printed, if the verb is finite and not passive."""
    item = record.attribution
    if len(item.content) > 1 or not item.cue or record.found.lemma in PASSIVE:
        return ""
    content = item.content[0]
    if item.speaker and item.speaker.end < content.start:
        after = SET_OFF.match(text, item.speaker.end)
        if item.rule in ("clause", "object") and not after:
            return ""
    if item.cue.start < content.end or not FINITE.search(lower(item.cue.of(text))):
        return ""
    return " ".join(text[content.start : item.cue.end].split())


def checkability(words: str, record: Record, _language: Language) -> Checkability:
    """Return whether, and how, the words of a claim can be checked."""
    stem, rule = record.found.lemma, record.found.rule.removeprefix("inherited ")
    low = [lower(word) for word in WORD.findall(words)]
    if len(low) < 2 or words.rstrip("\"'”’» ").endswith("?"):
        return "vague"
    if stem in PROMISES:
        return "promise"
    if stem in DEMANDS or rule == "object":
        return "reported_act"
    if any(OUGHT.search(word) or word in OUGHT_WORDS for word in low):
        return "opinion"
    if FUTURE.search(low[-1]):
        return "prediction"
    return "checkable"


OUGHT_WORDS = word_set("gerek gerekir gerekiyor gerektiğini gerektiği lazım şart")
