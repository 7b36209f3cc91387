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
    diary document documents draft editorial email emails e-mail e-mails
    estimate examination
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
    suffolk siena emerson ipsos/mori surveymonkey realclearpolitics politics morning
    """
)
KNOWN_MAKERS = POLLSTERS | OUTLET_WORDS | ORGANISATION_WORDS
# "the RDN poll", "the CNR/Daily poll"
ACRONYM = re.compile(r"[A-Z]{3,5}(?:[ /][A-Z]\w+)*")
# "an analysis by the Harbour Institute", "a poll released on Monday by Radio Norrvik"
BY = re.compile(
    rf"\b({'|'.join(sorted(DOCUMENTS))})\b[^,;:]{{0,80}}? (?:by|from) "
    r"(?P<who>(?:(?:economist|professor|researcher|scientist)s? (?:(?:at|of|from) )?)?"
    r"(?:[Tt]he |an? )?(?:[a-z]+ )?[^\W\d_a-z].*)"
)
# "a survey for the Harbour Post" is told as that paper's
COMMISSIONED = re.compile(r"\b(polls?|surveys?) for (?=(?:the )?[^\W\d_a-z])")
# "the latest Radio Norrvik/Daily Post poll"
POLL = re.compile(
    r"(?P<who>[^\W\d_a-z][\w.&'’-]*(?:(?:[ /]| of )[^\W\d_a-z][\w.&'’-]*)*)"
    r"(?: (?:national|statewide|online|telephone|opinion|tracking|new|state|exit"
    r"|entrance|rolling|\d+-state))*"
    r" (?:[Pp]oll(?:s|ing)?|[Ss]urveys?|(?:reports?|data|study|analysis|estimates?"
    r"|figures|statistics|survey data|research)\b(?=\Z|[ ,]))"
)
# "July's", "Wednesday's", "Last week's", "The latest"
POLL_TIME = re.compile(
    r"\A(?:(?:The|A|An|One|Another|This|That|Last|Latest"
    r"|New(?! (?:York|Hampshire|Jersey|Mexico|Orleans|Zealand|England|Delhi|Haven)\b)"
    r"|[A-Z][a-z]+(?:day|week|month)['’]s|(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)(?:['’]s)?|\d{4}) )+"
)
# "the Harbour Institute", without what follows: "broadcast on Radio Norrvik"
MAKER = re.compile(
    r"(?:[a-z]+ |The )*[^\W\d_a-z][\w.&'’/-]*"
    r"(?:(?: (?:of|the|for|and|&|de|on|in|at))* [^\W\d_a-z][\w.&'’/-]*)*"
)
THE_DOCUMENT = re.compile(
    r"[Tt](?:he|hat|his) (?:same )?(poll|survey|study|report|analysis)"
)


# "Ida Holt's memoir", "the board's latest report"
OWNED = re.compile(
    r"(?P<who>.{2,60}?)(?:'s|(?<=s)') (?:[\w-]+ ){0,2}"
    rf"(?i:{'|'.join(sorted(DOCUMENTS))})"
)
TIME_OWNER = re.compile(
    r"(?:day|month|week|year|morning|night|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\Z"
)
# "economists at Dalby University"
SCHOLARS = re.compile(
    r"\A(?:economist|professor|researcher|scientist)s? (?:at|of|from) (?:the )?"
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
    owned = OWNED.fullmatch(words.replace("’", "'"))
    if owned and not TIME_OWNER.search(owned["who"]):
        return owned["who"]
    if " for " in words:
        words = COMMISSIONED.sub(r"\1 by ", words)
    match = BY.search(words) if " by " in words or " from " in words else None
    if match:
        who = match.group("who").split(", ")[0]
        maker = MAKER.match(who)
        if maker and not maker.group().endswith(("'s", "’s")):
            who = maker.group()
        return SCHOLARS.sub("", who)
    match = POLL.search(words)
    if not match:
        return ""
    who = POLL_TIME.sub("", match.group("who"))
    keys = [fold(word) for word in re.split(r"[ /-]", who)]
    if "'" in who or "’" in who or not PLACES.isdisjoint(keys[-1:]):
        return ""
    if ACRONYM.fullmatch(who) and who not in ("GOP", "USA"):
        return who
    return "" if KNOWN_MAKERS.isdisjoint(keys) else who


def document_named(words: str) -> str:
    """Return "poll" for "the poll": what was named with its author before, or nothing.

    >>> document_named("The survey"), document_named("The survey of clerks")
    ('survey', '')
    """
    match = THE_DOCUMENT.fullmatch(words)
    return match.group(1) if match else ""
