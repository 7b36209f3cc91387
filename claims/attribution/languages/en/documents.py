"""Reports, polls and letters as speakers, and who stands behind them."""

from __future__ import annotations

import re

from claims.attribution.folding import fold

from .gazetteer import ORGANISATION_WORDS, OUTLET_WORDS, PLACES
from .words import word_set

DOCUMENTS = word_set(
    """
    ad ads account accounts advert agreement analysis article audit bill book
    bulletin calculations chart charter complaint constitution court data decision
    diary document documents draft editorial email emails e-mail e-mails estimate
    estimates evidence figures filing filings findings form guidance guidelines
    hashtag headline indictment invitation invoice law lawsuit leaflet letter letters
    list manifesto map memo memoir message messages minutes model models motto news
    note notes notice paper papers petition plaque platform poll polling polls
    post poster prospectus protocol readout record records release report reports
    research resolution review ruling schedule script sign signs site slide slogan
    source sources speech statement statements statistics studies study submission
    survey surveys telegram testimony text tests transcript transcripts treaty tweet
    tweets verdict video warrant website wire writings
    """
)
POLLSTERS = word_set(
    """
    gallup quinnipiac pew ipsos rasmussen marist monmouth yougov nielsen harris zogby
    suffolk siena emerson ipsos/mori
    """
)
# "an analysis by the Harbour Institute", "a poll released on Monday by Radio Norrvik"
BY = re.compile(
    rf"\b({'|'.join(sorted(DOCUMENTS))})\b[^,;:]{{0,40}}? (?:by|from) "
    r"(?P<who>(?:the |The |a |an |economists? |professors? )?[^\W\d_a-z].*)"
)
# "the latest Radio Norrvik/Daily Post poll"
POLL = re.compile(
    r"(?P<who>[^\W\d_a-z][\w.&'’-]*(?:[ /][^\W\d_a-z][\w.&'’-]*)*)"
    r"(?: (?:national|statewide|online|telephone|opinion|tracking|new|state))?"
    r" (?:[Pp]olls?|[Ss]urveys?)\b"
)
THE_DOCUMENT = re.compile(
    r"[Tt](?:he|hat|his) (?:same )?(poll|survey|study|report|analysis)"
)


def author_of(words: str) -> str:
    """Return the words for who has made a report, a poll or a letter, or nothing.

    >>> author_of("a new analysis by the Harbour Institute")
    'the Harbour Institute'
    >>> author_of("A Radio Norrvik/Daily Post poll"), author_of("the poll")
    ('Radio Norrvik/Daily Post', '')
    """
    if DOCUMENTS.isdisjoint(words.lower().split()):
        return ""
    match = BY.search(words) if " by " in words or " from " in words else None
    if match:
        return match.group("who").split(", ")[0]
    match = POLL.search(words)
    if not match:
        return ""
    who = re.sub(r"\A(?:The|A|An|One|Another|This) ", "", match.group("who"))
    keys = [fold(word) for word in re.split(r"[ /]", who)]
    if "'" in who or "’" in who or not PLACES.isdisjoint(keys[-1:]):
        return ""
    known = POLLSTERS | OUTLET_WORDS | ORGANISATION_WORDS
    return "" if known.isdisjoint(keys) else who


def document_named(words: str) -> str:
    """Return "poll" for "the poll": what was named with its author before, or nothing.

    >>> document_named("The survey"), document_named("The survey of clerks")
    ('survey', '')
    """
    match = THE_DOCUMENT.fullmatch(words)
    return match.group(1) if match else ""
