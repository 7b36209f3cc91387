"""Self-contained wording of a claim: names for pronouns, surnames and seats."""

from __future__ import annotations

import re

from .gazetteer import SEATS
from .words import VERBS, verb_forms

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
THIRD = {base: verb_forms(base)[0] for base in VERBS} | {
    base: verb_forms(base)[0]
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
PRONOUN = re.compile(
    r"(he|she|it|they|his|her|its|their)(['’](?:s|d|ll|re|ve))?\b ?", re.IGNORECASE
)
BEING = re.compile(r"(?:is|was|be|would be|will be|had been|has been)\b", re.IGNORECASE)
CONTRACTED = {"'s": " is", "'d": " would", "'ll": " will", "'ve": " have"}
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
    """Return the claim as one self-contained sentence, in the tense of the article.

    `clause` says that the content is a sentence of its own; otherwise speaker and cue
    are kept in front of it. `topic` is what "it" means where it is not the speaker.

    >>> self_contained(["it would impose sanctions"], speaker="United States",
    ...     speaker_words="Washington", cue="warned", person=False, clause=True)
    'The United States would impose sanctions.'
    >>> self_contained(["calls to back out"], speaker="Turkey", speaker_words="Ankara",
    ...     cue="has rejected", person=False, clause=False)
    'Turkey has rejected calls to back out.'
    """
    body = " ".join(_without_quotes(part) for part in parts if part.strip())
    body = " ".join(body.split())
    name = in_sentence(speaker) if speaker else None
    body = LEAD.sub("", body) if clause else body
    body = _replace_seats(body)
    if surnames:
        body = _expand_surnames(body, surnames)
    if name:
        body = _replace_pronoun(body, name, person, topic)
        body = _replace_first_person(body, name, person)
    if not clause:
        body = f"{name or speaker_words} {cue} {body}"
    body = body.strip(" ,;:-–—")
    if not body:
        return ""
    body = body[0].upper() + body[1:]
    return body if body[-1] in ".?!…" else body + "."


def _without_quotes(part: str) -> str:
    """Return a part of the content without the marks of quotation around it."""
    part = part.strip()
    if len(part) > 1 and part[0] in MARKS:
        part = part.strip(MARKS).strip().rstrip(",")
    return part


def _replace_seats(body: str) -> str:
    """Put the state for a seat of government, but not where it is a place."""

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


def _expand_surnames(body: str, surnames: dict[str, str]) -> str:
    """Put the full name for each surname where it stands first."""
    seen: set[str] = set()
    out = []
    last = 0
    previous_end = -3
    for match in CAPITAL_WORD.finditer(body):
        word = match.group()
        stem = re.sub(r"['’]s?\Z", "", word)
        full = surnames.get(stem)
        joined = match.start() - previous_end <= 2
        if full and full not in seen and full not in body and not joined:
            out.append(body[last : match.start()])
            out.append(full + word[len(stem) :])
            last = match.end()
        if full:
            seen.add(full)
        previous_end = match.end()
    out.append(body[last:])
    return "".join(out)


def _replace_pronoun(body: str, name: str, person: bool, topic: str | None) -> str:
    """Put the name for a pronoun at the front that means the speaker."""
    match = PRONOUN.match(body)
    if not match:
        return body
    word = match.group(1).lower()
    rest = body[match.end() :]
    ending = (match.group(2) or "").replace("’", "'").lower()
    if word in ("they", "their"):
        return body
    if word == "it" and (ending == "'s" or BEING.match(rest)):
        # "It is raining": the speaker is not meant, but perhaps what was spoken of.
        if not topic:
            return body
        name = topic
    elif person == (word in ("it", "its")):
        # A person is no "it", and a body neither "he" nor "she".
        return body
    if word in ("his", "her", "its"):
        return f"{possessive(name)} {rest}"
    return f"{name}{CONTRACTED.get(ending, '')} {rest}"


def _replace_first_person(body: str, name: str, person: bool) -> str:
    """Put the name for the first "I", and its possessive for the "my" after it."""
    match = FIRST.search(body) if person else None
    if not match:
        return body
    words = match.group().replace("’", "'").lower()
    verb = match.group(1)
    key = words[: -len(verb) - 1] if verb else words
    if key == "i":
        who = name
        verb = THIRD.get(verb, verb) if verb else verb
    elif key in FIRST_PERSON:
        who = FIRST_PERSON[key].format(name)
    else:
        return body
    told = who + (f" {verb}" if verb else "")
    body = body[: match.start()] + told + body[match.end() :]
    return MY.sub(possessive(name), body, count=1)
