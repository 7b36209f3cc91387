"""Speakers who may be somebody else, or of whom not enough of the name is known."""

from __future__ import annotations

import re

from claims.attribution.proposals import Resolution

from .find import Record
from .phrases import FINITE
from .words import word_set

PLACES = word_set("county city town village district")
# Bodies of which there are many: "Super PAC", "House leaders"
UNNAMED = PLACES | word_set(
    """
    poll polls pac pacs committees democrats republicans conservatives liberals
    officials aides sources police house hill newspaper report survey campaign
    strategists operatives insiders leaders lawmakers critics allies supporters post
    times
    """
)
GENERAL = frozenset(("Super", "New", "House", "Senate", "Two", "Former", "Leading"))
# No part of a name, though the print may have a capital there
TITLES = frozenset(
    (
        *("Pres.", "Professors", "Senators", "Reps.", "Sens.", "Profs.", "Celebrities"),
        *("Half", "One", "Most", "Many", "Some", "People", "Constitution", "Congress"),
    )
)
INDEFINITE = word_set("another a an one some several many two three")
OTHER_TOO = re.compile(r"(?:[^\W\d_a-z][\w.’'-]+|\)),? and (?:[a-z ]+ )?\Z")
SAYING = re.compile(
    r"\b(?:said|says|saying|told|stated|added|wrote|argued|claimed|reported|according)\b"
)
# "Holt thinks rents fall, her aide said"
SAYING_TOO = re.compile(r", (?:[\w.’'-]+ ){1,6}(?:said|says|told)\b(?! that)")
# What may stand before a name, and does not before a title: "clerks seeking to block"
BY_THE_WAY = re.compile(
    r"\b(?:to|who|that|against|from|by|like|about|over|behind|documents?|e?mails?|papers?"
    r"|reports?|records?|forms?|letters?|polls?"
    r"|(?!(?:act|found|manag|lead|outgo|sitt|retir|incom|rank|presid|reign)ing\b)"
    r"\w+ing) "
)
WITHIN = (" in ", " of ", " from ", " at ", " with ", " for ", " on ", " to ", " by ")
LIKE = ", like "
IS_LIKE = re.compile(r"(?:\blike|\band unlike) (?:the )?\Z", re.IGNORECASE)
# "Harbour Commission records": what a body keeps, and does not say
KEPT = re.compile(r" (?:records|data|filings|documents|figures|statistics|e-?mails)\b")
# "Holt's Son", as a headline has it
KIN = word_set("son daughter wife husband brother sister mother father aide doctor")
RELATIVE = ("who", "which", "that", "whose")
PRESENT = word_set("say argue claim insist believe think report note warn add contend")
DASH = re.compile(r" (?:--?|[–—]) |—")


def is_doubtful(text: str, record: Record, who: Resolution) -> bool:
    """Return whether an editor has to look who speaks, and by which name.

    So for "she" and "the mayor", for one of two, for a surname alone, and where the
    sentence tells of others, too.
    """
    return (
        _is_unnamed(who)
        or _is_one_of_several(text, record, who)
        or _is_read_as_another(text, record, who)
        or _is_named_by_the_way(text, record, who)
        or _is_of_a_part(text, record)
    )


def _is_unnamed(who: Resolution) -> bool:
    """Return whether a name is not yet somebody's: a surname alone, "Super PAC"."""
    if not who.name:
        return False
    words = who.name.split()
    if words[0] in TITLES or words[-1].lower() in KIN:
        return True
    if who.kind == "person":
        return len(words) < 2
    last = words[-1].lower()
    few = len(words) == 1 or words[0] in GENERAL or last in PLACES
    return len(words) < 3 and last in UNNAMED and few


def _is_one_of_several(text: str, record: Record, who: Resolution) -> bool:
    """Return whether somebody is named beside the one who is read as the speaker."""
    speaker = record.attribution.speaker
    if speaker is None or who.joint or not who.name:
        return False
    words = speaker.of(text)
    front = text[max(0, speaker.start - 40) : speaker.start]
    first = who.name.split(" ")[0]
    joined = " and " not in who.name and (
        " and " in words.split(",")[0] or f" and {first} " in words
    )
    return (
        joined
        or " including " in who.name
        or bool(who.kind == "person" and OTHER_TOO.search(front))
    )


def _is_read_as_another(text: str, record: Record, who: Resolution) -> bool:
    """Return whether none of the printed words is of the name: "she", "the star"."""
    speaker = record.attribution.speaker
    if speaker is None or not who.name:
        return False
    words = speaker.of(text)
    if who.kind == "person" and words.split(" ")[0].lower() in INDEFINITE:
        return True
    return not any(part in words for part in who.name.split() if part[0].isupper())


def _is_named_by_the_way(text: str, record: Record, who: Resolution) -> bool:
    """Return whether a person is named in the words for somebody or something else.

    "Clerks seeking to block Ida Holt say", "Holt's new form states", "the Guild, like
    Holt, said", "people in Dalby say"
    """
    s, found, speaker = record.sentence, record.found, record.attribution.speaker
    if speaker is None or found.speaker is None:
        return False
    if not who.name:
        return bool(who.joint) and speaker.of(text) in RELATIVE
    first = found.speaker[0]
    if first and first < found.cue[0] and s.tags[first - 1] in "Pf":
        return True
    words = speaker.of(text)
    before = words.partition(who.name.split()[0])[0]
    if before.endswith(WITHIN):
        return True
    if IS_LIKE.search(text, max(0, speaker.start - 10), speaker.start):
        return True
    if who.kind != "person":
        return LIKE in words or KEPT.search(words) is not None
    cue = s.words[found.cue[0] : found.cue[1]]
    if cue == (found.lemma,) and found.lemma in PRESENT:
        # "the friends of Holt say"
        return True
    surname = who.name.split()[-1]
    before, _surname, after = words.partition(surname)
    return after.startswith(("’s ", "'s ")) or BY_THE_WAY.search(before) is not None


def _is_of_a_part(text: str, record: Record) -> bool:
    """Return whether a sentence has another verb or cue, so that it tells of others.

    "Rents fell: Norland welcomes it", "Holt thinks so, her aide said"
    """
    s, found, item = record.sentence, record.found, record.attribution
    if item.kind == "direct" or found.speaker is None:
        return False
    is_ahead = found.speaker[0] < found.cue[0] and not found.content_first
    if is_ahead and FINITE.search(s.tags, 0, found.speaker[0]):
        return True
    parts = (*item.content, item.cue, item.speaker)
    last = max(part.end for part in parts if part)
    if SAYING.search(text[last : s.ends[-1]]):
        return True
    words = item.words(text)
    if (SAYING if found.lemma == "according" else SAYING_TOO).search(words):
        return True
    return found.content_first and bool(DASH.search(item.content[0].of(text)))
