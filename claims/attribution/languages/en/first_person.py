"""The first person of a quotation: the speaker's name for "I", where that is all."""

from __future__ import annotations

import re

from .words import VERBS, verb_forms, word_set

FIRST_PERSON = {
    "i am": "{} is",
    "i'm": "{} is",
    "i have": "{} has",
    "i've": "{} has",
    "i was": "{} was",
    "i will": "{} will",
    "i'll": "{} will",
    "i would": "{} would",
    "i do": "{} does",
    "i don't": "{} does not",
    "i had": "{} had",
    "i can": "{} can",
    "i can't": "{} cannot",
    "i did": "{} did",
    "i didn't": "{} did not",
}
THIRD = {
    base: verb_forms(base)[0]
    for base in [
        *VERBS,
        *[
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
        ],
    ]
} | {past: past for base in VERBS for past in verb_forms(base)[1:2]}
# "I want more", "I am tired": at the front, and no second "I", "me" or "we" after it.
FIRST = re.compile(
    r"I(?:['’](?:m|ve|ll)| (?:am|have|was|will|would|do|don['’]t|had|can['’]t|can"
    r"|did|didn['’]t|[a-z]+))(?= )"
)
OTHER_FIRST = word_set(
    "I me Me my My myself Myself mine Mine we We us our Our ours Ours"
)
WORD = re.compile(r"\w+")

# Beside the name of who speaks, "she" would read as the speaker.
SOMEBODY_ELSE = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.I)


def speaks_of_self(body: str) -> bool:
    """Return whether words hold "I", "my", "we" or the like.

    >>> speaks_of_self("We have no boat."), speaks_of_self("The US has.")
    (True, False)
    """
    return not OTHER_FIRST.isdisjoint(WORD.findall(body))


def in_third_person(body: str, name: str) -> str | None:
    """Return "I have no boat" with a name for "I", or None where more stands for it.

    >>> in_third_person("I have no boat.", "Ida Holt")
    'Ida Holt has no boat.'
    >>> in_third_person("I have sold my boat.", "Ida Holt") is None
    True
    >>> in_third_person("I think she lost.", "Ida Holt") is None
    True
    """
    match = FIRST.match(body)
    rest = body[match.end() :] if match else ""
    if (
        not match
        or speaks_of_self(rest)
        or SOMEBODY_ELSE.search(rest)
        or any(mark in rest for mark in '“”"‘?')
        or re.search(r"[.!] \w", rest)
    ):
        return None
    words = match.group().replace("’", "'")
    pattern = FIRST_PERSON.get(words.lower())
    if pattern:
        return pattern.format(name) + rest
    verb = THIRD.get(words[2:])
    return f"{name} {verb}{rest}" if verb else None


# What somebody says of his own mind: "said he believes", "said she will not vote"
OF_ONES_MIND = re.compile(
    r" ?(?:(?:also|still|now|never|really|personally|strongly) )?(?:"
    r"(?:believe|think|hope|want|plan|intend|expect|support|oppose|feel|worrie|fear|doubt"
    r"|prefer|like|love|agree|disagree)(?:s|d|ed)?\b|thought\b|felt\b"
    r"|(?:recoiled|noticed|remembers|remembered|recalled|realized|realised|learned|understood|holds|held"
    r"|heard|grew up)\b"
    r"|(?:is|was|['’]s) (?:not )?[“\"]?(?:alarmed|worried|concerned|confident"
    r"|optimistic|proud|pleased|happy|glad|sorry|surprised|disappointed|encouraged|grateful"
    r"|shocked|outraged|sure|unsure|certain|convinced|open to|looking forward|hopeful"
    r"|committed|ready|prepared|nervous|excited)\b"
    r"|(?:approach|view|opinion|position|plan|goal|aim|campaign|team|office|party|staff"
    r"|administration|government|company|comments|remarks|words|statement|support)\b"
    r"|(?:would|will|['’]d|['’]ll|won['’]t|wouldn['’]t) (?:not |never |also |still )?"
    r"(?:vote|support|back|consider|like|welcome|oppose|rather|love|advise|ensure"
    r"|go ahead|continue|push|work|seek|try|ask|keep"
    r"|be [“\"]?(?:shocked|surprised|happy|glad|proud|honou?red|willing|open))\b"
    r"|(?:has|had|have|hasn['’]t|hadn['’]t|haven['’]t) "
    r"(?:not |never |simply |also |long |always |already )?"
    r"(?:thought|explored|wanted|considered|heard|hoped|met|spoken|talked|seen|read"
    r"|been (?:willing|struck|surprised|moved))\b"
    r"|(?:knows?|knew|expect(?:s|ed)?|wanted|asked for|got into|looks? forward)\b)"
)


def is_of_ones_mind(rest: str) -> bool:
    """Return whether words after "said he" can be known to the one who says them alone.

    >>> is_of_ones_mind("believes rents fell"), is_of_ones_mind("had lied")
    (True, False)
    """
    return bool(OF_ONES_MIND.match(rest))
