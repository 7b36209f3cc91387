"""Words of a wording that point to the article: "the dinner", "this deal", "even then".

A wording with one of them is a whole sentence, and still tells a reader of it alone
nothing certain. Pronouns are looked for in `pronouns`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .sentences import CLASSES
from .words import word_set

# Events, papers, bodies, people and acts of which there are many: "the" means the one
# that the article is about. "The economy" and "the voters" need no article.
NOUNS = word_set(
    """
    accord accords accusation accusations act ad address ads agencies agency agreement
    allegation allegations amendment analysis announcement apology appeal appearance
    appointment approach area argument arrest arrests article articles assault attack
    attacks attempt auction audience author award ban bank bankers bid bill bills board
    body bombing book books boss boycott broadcast brothers budget building bureau bus
    businessman businesswoman call calls campaign campaigns candidate candidates case
    cases casino casinos cast ceremony chairman chairwoman challenge change changes
    charge charges church circumstances city claim claims clip club coach coalition
    college column columnist comment comments commission committee community companies
    company complaint complaints concert conclusion conference consultant contest
    contests contract contribution contributions contributors controversy conversation
    conversations cost county couple court crash crime criticism cuts cycle data
    database deadline deal dealer deals decision decisions defendant delegates
    delegation demand demands department deposition detail details device dinner
    director dispute district document documents donation donations donors draft drama
    drive e-mail e-mails editor editorial effort efforts email emails employee employees
    endorsement endorsements episode essay event events evidence exchange executive
    executives exercise exhibition exit expansion experiment explosion extension
    facility family feud fight figures file files film findings firearm firing firm
    firms flight footage former foundation foundations fund funding funds game gathering
    governor group groups guest guests gunman hack hackers hearing heist help host hotel
    idea incident incidents increase industry information initiative inquiry institution
    interview interviews investigation investigations investment investors issue jet
    journalist judge judges jury killer killing killings latter lawmaker lawmakers
    lawsuit lawyer lawyers leak leaks legislation letter letters line list loan loophole
    magazine man march marchers mayor measure measures meeting meetings memo memoir
    memorial men merger message messages method mogul money motion move movement moves
    movie museum negotiations network newspaper nominees novel offer offers office
    officer officers official officials operation opponent opponents organisation
    organization organizations outburst outlet owner pact page panel paper papers park
    parties partnership party passage payment payments pensioner performance person
    petition phone photo photograph picture pilot place plan plane plans play player
    plot podcast policies policy poll polls pollster portion position post posts
    practice prank premise probe process product program programme programs project
    projects properties property proposal proposals prosecution prosecutor prosecutors
    protest protesters protests provision publication publisher purchase raid rallies
    rally ranking rant rating ratings recommendation record records reference region
    rehearsal remark remarks replacement report reporter reporters reports
    representative request research resignation resolution response restaurant result
    results review revision ring rival rivals robbery room route rule rules ruling
    rulings rumor rumors sale sanctions scandal scene schedule school script segment
    senator sentence series server settlement shooter shooting shootings shop show site
    situation slogan song speech speeches spokesman spokeswoman sponsor spot staff state
    statement statements station statistics stories story strategy strike strikes
    student students studies study stunt subject subpoena suit summit survey suspect
    suspects symbol talk talks tape tapes target tariff tax team technology term terms
    test text theme theory thing threat threats ticket title tour town township trade
    tragedy transcript treaty trial trip tweet tweets union unit university vehicle
    venture verdict version victim victims video videos village violence visit
    volunteers vote votes warning website whistleblower witness witnesses woman women
    work worker workers workshop
    """
)
# "This year" and "this country" need no article.
AT_HAND = word_set(
    """
    year week month morning afternoon evening weekend day days summer spring fall autumn
    winter season time point moment century decade hour election cycle country nation
    world president administration race primary guy kind sort way stage state age era
    level much many far long well hard important big bad good great to look is was
    """
)
# What these tie to a noun tells which one is meant.
TIED = (
    r"(?! (?:of|for|in|on|at|to|from|between|that|who|which|where|whose|whom|with|about"
    r"|behind|against|into|than|among|during|over|under|within|outside|inside|around"
    r"|near|across|when|why|how|because|by)\b)(?!-\w)"
)
_OWN = (
    r"(?!(?:the|an?|his|her|its|their|my|our|your|this|that|these|those|no|any|some|every"
    r"|each|is|was|are|were|[a-z]+ly)\b)"
)
_NOUN = rf"(?:{_OWN}[a-z-]+ ){{0,2}}?{_OWN}(?![a-z]+ing\b)([a-z-]+)\b"
# It begins with plain letters, by which the engine skips most words at once.
TH_WORD = re.compile(r"th(?<![a-z]th)(?:e|is|at|[eo]se) ?")
DEFINITE = re.compile(_NOUN + TIED)
POINTED_AT = re.compile(_NOUN + r"(?![-'’]\w)")
_END = r"(?=[.,;?!”\"]|\Z)"
_VERB = (
    r"(?= (?:is|are|was|were|has|have|had|will|would|can|could|should|said|did|do)\b"
    r"|[.,;?!]|\Z)"
)
# Who or what is left of those named before, and "this" where nothing follows it
REST = re.compile(
    rf"the month{_END}"
    rf"|the (?:\d+-year-old|rest|latter|former|two|three|others?|pair|duo|same){_VERB}"
    rf"|this (?:(?:one|portion|part|way){_VERB}|thing\b)"
    rf"|th(?:e|o)se people{_VERB}|the whole thing\b"
    rf"|th(?:is|at)(?<!all ....)(?:{_END}"
    r"|(?= (?:at|right|now|in|tomorrow|today|again|anymore|either|under)\b))"
    r"|that (?:[a-z-]+ )?(?:process|vision|bot|sentiment|concern|opportunity|idea|goal"
    r"|view|notion|promise|pledge|principle|message|question|problem|day|proposals?)\b"
    r"(?= |[.,;:])"
)
FURTHER = {
    "such ": re.compile(rf"\bsuch (?:an? )?{_NOUN}"),
    "your ": re.compile(rf"\byour {_NOUN}"),
    "same ": re.compile(rf"\bsame {_NOUN}(?! as\b)"),
    "here": re.compile(r"\bhere(?=[.,;]|\Z)"),
    ", another ": re.compile(r"(?<=, )another [a-z]+(?: [a-z]+)?\b"),
    "others": re.compile(rf"(?<!the )\bothers{_VERB}"),
    "you ": re.compile(
        r"\byou (?:said|meant|attacked|ignored|told|wrote|guys|asked|voted|did|were)\b"
    ),
}
# What a sentence begins with that goes on from the one before.
GOES_ON = re.compile(
    r"[“\"‘']?(?:even (?:then|more|so)\b|by contrast\b|in contrast,|then\b(?!-)"
    r"|instead,|otherwise,|less than [\w ]+ later|(?:shortly|soon) after"
    r"|the (?:next|following) [a-z]+|[\w ]{3,20} (?:later|earlier|before that),"
    r"|one (?:such\b|of (?:them|those|these)\b)|the (?:last|other|next) (?:part|one)\b"
    r"|(?:in|at|on|by) (?:that|this|the other) [a-z]+,|later,|thus\b|therefore\b"
    r"|hence\b|yes[.,]|no[.,]|right[.,]|because\b|also\b|moreover\b|furthermore\b"
    r"|as such\b|in addition,|in response,|in return,|in turn,|as a result,|likewise\b"
    r"|similarly,|other (?!than)|another\b|from [\w. ]+ writing\b|nor\b"
    r"|for (?:example|instance),|among them\b|neither\b|both\b(?! the| of)"
    r"|either (?:way|out of)\b)"
)
AFTER = frozenset(("to ", "of ", "in ", "on "))
EDGES = "“”\"‘' ,."
QUOTATION_FRONT = re.compile(r": [“\"‘']")


def references(wording: str) -> tuple[str, ...]:
    """Return the words of a wording that point to the article it was taken from.

    >>> references("Ida Holt praised the dinner, and said this plan was hers.")
    ('the dinner', 'this plan')
    >>> references("The mayor of Holm said the economy had grown.")
    ()
    """
    low = wording.lower()
    if len(low) != len(wording):
        low = wording
    found = sorted([*_fronts(low), *_pointers(low), *_further(low)])
    return tuple(dict.fromkeys(wording[start:end].strip(EDGES) for start, end in found))


def _fronts(words: str) -> Iterator[tuple[int, int]]:
    """Yield what a wording, or a quotation in it, begins with and goes on from."""
    if match := GOES_ON.match(words):
        yield match.span()
    front = QUOTATION_FRONT.search(words)
    if front and (match := GOES_ON.match(words, front.end())):
        yield match.span()


def _pointers(words: str) -> Iterator[tuple[int, int]]:
    """Yield "the dinner" and "this deal", where no word before tells which it is."""
    for pointer in TH_WORD.finditer(words):
        start, end = pointer.span()
        word = pointer.group()
        rest = REST.match(words, start)
        if rest:
            yield rest.span()
            continue
        if word == "that " and words[start - 3 : start] not in AFTER:
            continue
        phrase = DEFINITE if word == "the " else POINTED_AT
        match = phrase.match(words, end)
        if match and _is_open(word, match[1], words[:start]):
            yield start, match.end()


def _further(words: str) -> Iterator[tuple[int, int]]:
    """Yield what points to the article with other words: "such a vote", "others"."""
    for sign, pattern in FURTHER.items():
        if sign not in words:
            continue
        for match in pattern.finditer(words):
            noun = match[1] if pattern.groups else ""
            if not noun or _is_open(sign, noun, words[: match.start()]):
                yield match.span()


def _is_open(pointer: str, noun: str, before: str) -> bool:
    """Return whether nothing before a noun tells which one "the" or "this" means."""
    if noun in NOUNS:
        return not _is_told(noun, before)
    if not pointer.startswith(("this", "these")) or noun in AT_HAND:
        return False
    return CLASSES.get(noun, "N") in "NJ" and not _is_told(noun, before)


def _is_told(noun: str, before: str) -> bool:
    """Return whether words before tell which one it is: "a ferry ... the ferry"."""
    return f" {noun.removesuffix('s')}" in f" {before}"
