"""A claim as one sentence that stands alone: pronouns, surnames and seats replaced."""

from __future__ import annotations

import re

from .gazetteer import SEATS
from .words import VERBS, forms

MARKS = "\"'“”‘’«»„`"
LEAD = re.compile(r"^(?:that|how)\s+", re.IGNORECASE)
PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|from|to|near|of|into|around|outside|through|via|toward|towards|leave|left"
    r"|reached|visit|visited)\s+|[-/\w]-)\Z",
    re.IGNORECASE,
)
SEAT = re.compile(
    r"\b(?:[Tt]he )?("
    + "|".join(re.escape(s) for s in sorted(SEATS, key=len, reverse=True))
    + r")\b",
    re.IGNORECASE,
)
CAPITAL_WORD = re.compile(r"\b[^\W\d_a-z][\w'’-]*")
# State names that need the article inside a sentence.
WITH_ARTICLE = {
    "United States",
    "United Kingdom",
    "European Union",
    "Netherlands",
    "United Arab Emirates",
    "Czech Republic",
    "Philippines",
}
FIRST_PERSON = {
    "i am": "{} is",
    "i'm": "{} is",
    "i have": "{} has",
    "i've": "{} has",
    "i was": "{} was",
    "i will": "{} will",
    "i'll": "{} will",
    "i would": "{} would",
    "i'd": "{} would",
    "i do": "{} does",
    "i don't": "{} does not",
    "i had": "{} had",
    "i can": "{} can",
    "i can't": "{} cannot",
    "i did": "{} did",
    "i didn't": "{} did not",
}
THIRD = {base: forms(base)[0] for base in VERBS} | {
    base: forms(base)[0]
    for base in [
        "want",
        "think",
        "believe",
        "know",
        "see",
        "hope",
        "support",
        "oppose",
        "need",
        "feel",
        "like",
        "say",
        "mean",
    ]
}
FIRST = re.compile(
    r"\bI(?:['’](?:m|ve|ll|d)| (?:am|have|was|will|would|do|don['’]t|had|can['’]t|can"
    r"|did|didn['’]t))?\b(?: (\w+))?"
)
MY = re.compile(r"\b[Mm]y\b")


def in_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence.

    >>> in_sentence("United States"), in_sentence("Turkey")
    ('the United States', 'Turkey')
    """
    return f"the {name}" if name in WITH_ARTICLE else name


def possessive(name: str) -> str:
    """Return a name with the ending of possession.

    >>> possessive("Ms Ames"), possessive("Turkey")
    ("Ms Ames'", "Turkey's")
    """
    return name + ("'" if name.endswith("s") else "'s")


def self_contained(
    parts: list[str],
    *,
    speaker: str | None,
    speaker_words: str,
    cue: str,
    person: bool,
    clause: bool,
    topic: str | None = None,
    surnames: dict[str, str] | None = None,
) -> str:
    """Return the claim as one sentence, in the tense of the article.

    `clause` says that the content is a sentence of its own; otherwise speaker and cue
    are kept in front of it. `topic` is what "it" means where it is not the speaker.

    >>> self_contained(["it would impose sanctions"], speaker="United States",
    ...     speaker_words="Washington", cue="warned", person=False, clause=True)
    'The United States would impose sanctions.'
    >>> self_contained(["calls to back out"], speaker="Turkey", speaker_words="Ankara",
    ...     cue="has rejected", person=False, clause=False)
    'Turkey has rejected calls to back out.'
    """
    body = " ".join(_bare(part) for part in parts if part.strip())
    body = " ".join(body.split())
    name = in_sentence(speaker) if speaker else None
    body = LEAD.sub("", body) if clause else body
    body = _seats(body)
    if surnames:
        body = _surnames(body, surnames)
    if name:
        body = _pronoun(body, name, person, topic)
        body = _first_person(body, name, person)
    if not clause:
        body = f"{name or speaker_words} {cue} {body}"
    body = body.strip(" ,;:-–—")
    if not body:
        return ""
    body = body[0].upper() + body[1:]
    return body if body[-1] in ".?!…" else body + "."


def _bare(part: str) -> str:
    """Return a part of the content without the marks of quotation around it."""
    part = part.strip()
    if len(part) > 1 and part[0] in MARKS:
        part = part.strip(MARKS).strip().rstrip(",")
    return part


def _seats(body: str) -> str:
    def replace(match: re.Match[str]) -> str:
        before = body[max(0, match.start() - 12) : match.start()]
        after = body[match.end() : match.end() + 1]
        word = match.group(1)
        if PLACE_BEFORE.search(before) or after == "-" or not word[0].isupper():
            return match.group()
        following = CAPITAL_WORD.match(body, match.end() + 1)
        if following or re.search(r"[A-Z][\w.]* \Z", before):
            return match.group()
        state = in_sentence(SEATS[word.lower()])
        return state if match.start() else state[0].upper() + state[1:]

    return SEAT.sub(replace, body)


def _surnames(body: str, surnames: dict[str, str]) -> str:
    seen: set[str] = set()
    out = []
    last = 0
    previous_end = -2
    previous = ""
    for match in CAPITAL_WORD.finditer(body):
        word = match.group()
        stem = re.sub(r"['’]s?\Z", "", word)
        full = surnames.get(stem)
        joined = match.start() - previous_end <= 2 and previous not in ("",)
        if full and full not in seen and full not in body and not joined:
            out.append(body[last : match.start()])
            out.append(full + word[len(stem) :])
            last = match.end()
        if full:
            seen.add(full)
        previous, previous_end = word, match.end()
    out.append(body[last:])
    return "".join(out)


def _pronoun(body: str, name: str, person: bool, topic: str | None) -> str:
    """Replace the pronoun at the front, and the possessives of a person."""
    match = re.match(
        r"(he|she|it|they|his|her|its|their)(['’](?:s|d|ll|re|ve))?\b ?", body, re.I
    )
    if not match:
        return body
    word = match.group(1).lower()
    rest = body[match.end() :]
    ending = (match.group(2) or "").replace("’", "'").lower()
    if (word in ("he", "she") and not person) or (
        word in ("his", "her") and not person
    ):
        return body
    if word == "its" and person:
        return body
    if word in ("they", "their"):
        return body
    if word == "it":
        being = re.match(
            r"(?:is|was|be|would be|will be|had been|has been)\b", rest, re.I
        )
        if being or ending == "'s":
            if not topic:
                return body
            name = topic
        elif person:
            return body
    if word in ("his", "her", "its"):
        return f"{possessive(name)} {rest}"
    full = {"'s": " is", "'d": " would", "'ll": " will", "'ve": " have"}.get(ending, "")
    return f"{name}{full} {rest}"


def _first_person(body: str, name: str, person: bool) -> str:
    if not person:
        return body

    used = False

    def replace(match: re.Match[str]) -> str:
        nonlocal used
        words = match.group().replace("’", "'")
        verb = match.group(1)
        key = words.lower()
        if verb:
            key = key[: -len(verb) - 1]
        known = FIRST_PERSON.get(key)
        if known:
            who = known.format(name)
        elif key == "i":
            who = name
            if verb:
                verb = THIRD.get(verb, verb)
        else:
            return match.group()
        used = True
        return who + (f" {verb}" if verb else "")

    body = FIRST.sub(replace, body, count=1)
    if used:
        pronoun = possessive(name)
        return MY.sub(pronoun, body, count=1)
    return body
