"""Form of a wording: marks, capital, stop, length, and names inside a sentence."""

from __future__ import annotations

import re

from .gazetteer import CAPITALS

MOST = 500
MARKS = "\"'“”‘’«»„`"
INNER_MARK = re.compile(r"[“”\"„«»]|''")

# State names that need the article inside a sentence.
WITH_ARTICLE = {
    "United States",
    "United Kingdom",
    "European Union",
    "White House",
    "Netherlands",
    "United Arab Emirates",
    "Czech Republic",
    "Philippines",
}

# What may stand in front of a sentence, and is no part of it.
LINKS = re.compile(r"(?:But|And|So(?! far)|Yet|Still,|Meanwhile,|However,) (?=\w)")
# "NORRVIK, Norland (AP) — The council"
DATELINE = re.compile(
    r"[A-Z][A-Z .'-]{2,}(?:, [^\W\d_][\w. ]{0,20})?(?: \([\w /]+\))?"
    r" ?(?:[—–―]|--?) ?(?=\w)"
)
# "And we need a tram": what goes before is not told. Not "But for the rain, ...".
OPENING_AND = re.compile(
    r"\A(?:And|But),? (?=(?:[Tt]he|[Tt]h[eo]se|[Tt]h(?:is|at)|an?|no|my|our|his|her|its"
    r"|their|s?he|it|they|we|you|I)\b)"
)


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


def without_marks(part: str) -> str:
    """Return a part of the content without marks around the whole of it.

    >>> without_marks("“Rents fell,”"), without_marks("“Rents” and “wages”")
    ('Rents fell', '“Rents” and “wages”')
    """
    part = part.strip()
    if part[:1] not in MARKS:
        return part
    inner = part.strip(MARKS)
    if INNER_MARK.search(inner):
        return part
    # “She called it ‘absurd,’” ends with two marks, one of which is its own.
    opened = inner.count("‘") > inner.count("’")
    return inner.rstrip(",") + "’" * opened


THAT = re.compile(r"that\s+", re.IGNORECASE)


def without_that(body: str) -> str:
    """Return a reported clause without the conjunction at its front.

    >>> without_that("that rents fell"), without_that("rents fell")
    ('rents fell', 'rents fell')
    """
    match = THAT.match(body)
    return body[match.end() :] if match else body


def is_unbalanced(body: str) -> bool:
    """Return whether a quotation begins or ends in a clause, and not both."""
    return body.count("“") != body.count("”") or body.count('"') % 2 == 1


COMMA_AT_END = re.compile(r",([”\"’»']+)\Z")
FRONT = re.compile(r"\A[“\"‘'«„]*[^\W\d_]")


def as_sentence(body: str) -> str:
    """Return words with a capital in front and one stop at the end."""
    body = body.strip().strip(",;:-–—").strip()
    if not body:
        return ""
    return with_stop(FRONT.sub(lambda front: front.group().upper(), body))


def with_stop(body: str) -> str:
    """Return words with one stop at their end, inside a mark that has one there.

    >>> with_stop("He said ‘Rents fell.’"), with_stop("He said ‘Rents fell,’")
    ('He said ‘Rents fell.’', 'He said ‘Rents fell.’')
    """
    body = COMMA_AT_END.sub(r".\1", body)
    return body if body.rstrip("”\"’»')")[-1:] in (".", "?", "!", "…") else body + "."


def shortened(body: str) -> str:
    """Return at most as many characters as a wording may have, in whole sentences."""
    if len(body) <= MOST:
        return body
    cut = max(body.rfind(stop, 0, MOST - 5) for stop in (". ", "? ", "! ", ".” "))
    if cut < MOST // 5:
        cut = body.rfind(" ", 0, MOST - 5) - 1
    return body[: cut + 1] + " […]"


# A seat of government in front of what only a government does.
ACTING = re.compile(
    r"\A("
    + "|".join(sorted((re.escape(c.title()) for c in CAPITALS), key=len, reverse=True))
    + r") (?=(?:(?:has|had|will|would|must|should) (?:not |never )?)?(?:impose|reject"
    r"|propose|offer|threaten|refuse|accuse|demand|withdraw|recogni[sz]e|condemn"
    r"|negotiate|retaliate|sign|recall|expel|warn|agree|insist|argue)(?:d|ed|s|es)?\b)"
)


def with_states(body: str) -> str:
    """Return a clause with the state for a capital that acts as its government.

    >>> with_states("Ankara would impose tolls."), with_states("Ankara is cold.")
    ('Turkey would impose tolls.', 'Ankara is cold.')
    """
    match = ACTING.match(body)
    if not match:
        return body
    return in_sentence(CAPITALS[match.group(1).lower()]) + body[match.end(1) :]
