"""Words that stand where a speaker should, and name nobody: things, parts, pieces.

They are found where a verb of saying is told of a thing ("the violence fuelled fears"),
or where the words were cut at a wrong place ("his stern").
"""

from __future__ import annotations

import re

from claims.attribution.folding import fold

from .described import GENERIC_ORGANISATIONS, PLURALS
from .documents import DOCUMENTS
from .gazetteer import KIN, REPRESENTATIVES
from .name_words import is_organisation_word, is_title
from .polls import is_share
from .sentences import CLASSES
from .statements import PEOPLE
from .words import word_set

POSSESSIVE = re.compile(r"['’]s\Z")
# An article and a surname, and no "a German" or "an Iraqi"
CUT_NAME = re.compile(
    r"[Aa]n? (?:senior |top |former |pro-)?[A-Z]\w+"
    r"(?<!an)(?<!ese)(?<!ish)(?<!i)(?<!crat)"
)
NO_NOUNS = frozenset("pPaDRTsWwocvVdHBMeg")
# The noun of a phrase stands before these.
HEAD_END = re.compile(
    r"[,(—–]| -|(?<=\w) (?:of|for|at|in|by|from|with|who|whom|whose|that|which|on|to"
    r"|about|near|close|familiar|like|against|behind|after|before|during|under|over|without"
    r"|speaking|supporting|opposing|involved|present|working|among|than|as|between"
    r"|surveyed|polled|released|conducted|based|titled|called|published|led|obtained"
    r"|interviewed|briefed|privy|around|outside)\b"
)
# "a number of bakers", "some of them"
QUANTITY = re.compile(
    r"\A(?:an? )?(?:(?:large|small|growing|increasing|dwindling|vast) )?(?:number|group"
    r"|handful|couple|pair|host|series|chorus|dozens?|hundreds?|thousands?|lots?|score"
    r"|scores|members?|one|two|three|some|many|most|several|few|all|each|both|none)"
    r" (?:of|in|among) (?:the |these |those |his |her |its |their |our )?",
    re.IGNORECASE,
)
SOMEBODY = word_set(
    """
    one two three four five six some many several most few another others all both none
    other each either neither everybody everyone somebody someone those these source
    sources staff media press left right public elite establishment majority opposition
    camp crowd crew chorus industry community world town village nation country state
    wing side base base's congregation electorate delegation administration regime
    embassy chancellery ministry leadership management prosecution defense defence
    folks folk guy guys kids moms dads mom dad youth clergy gang faithful activist
    attendees enthusiast elite elites bloc faction factions wings counterpart
    counterparts colleague colleagues insider insiders figure figures lobby lobbyist
    body bodies panel jury tribunal inquiry minority parties republicans democrats
    liberals conservatives independents progressives moderates whites blacks hispanics
    latinos women men people person children parents muslims christians jews catholics
    mormons evangelicals nationals natives locals analyst economist relative relatives
    advocate advocates superdelegates witnesses rival publication heavyweights
    associate associates surrogate surrogates delegate delegates boy boys girl girls
    couple fan fans hands young task force unit institution firm neurosurgeon surgeon
    guild choir orchestra band brewery bakery mill farm zoo library museum theatre
    theater hotel shop store synagogue mosque temple parish diocese school hospital
    clinic academy lab laboratory nobody
    celebrity celebrities star veteran veterans pundit pundits guest guests
    neighbours neighbors boss bosses chief chiefs head heads no. generation
    """
)
PERSON_END = re.compile(
    r"(?:er|or|ist|ian|ant|ent|ee|man|men|woman|women|person|people|eer|ar|ite|crat|mate"
    r"|year-old|hopeful|goer|surgeon|logist)s?\Z"
)
# They end as nouns of persons do.
THINGS = word_set(
    """
    footage coverage news evidence important
    accent answer answers banner banners bar behavior behaviour border calendar
    campsite car cars chapter character color content corner
    debate degree dinner disaster dollar dollars door effort efforts encounter error
    errors event events extent factor factors favor fear fears fee fees floor grant
    grants guitar honor humor incident incidents invite letter letters list
    lists matter meeting mirror moment murder newsletter number numbers offer
    paper papers patent percent plant poster posters precedent quarter
    rent rents rumor rumors seminar similar site sites slaughter
    suite summer talent terror tree twist twitter war weather website winter year
    years
    """
)
THING_ENDS = ("ment", "ments", "ance", "ances", "ness")
BODY_NAMES = word_set("government committee parliament department movement")
PRONOUNS = word_set("he she it they someone somebody anyone anybody everyone everybody")
ANYBODY = word_set("someone somebody anyone anybody")
WITHOUT_NOUN = word_set("his her its their my our your the a an own former new")


def names_nobody(words: str) -> bool:
    """Return whether words without a name are no speaker, of whom a claim could be.

    >>> [names_nobody(words) for words in ("his stern", "the mayor", "the new filings")]
    [True, False, True]
    """
    if not words:
        return False
    low = words.lower().replace("’", "'").split("'")[0]
    if low in PRONOUNS:
        return low in ANYBODY
    if is_share(words):
        return True
    plain = words.strip(" “”\"'")
    if " of " in plain or " in " in plain or " among " in plain:
        plain = QUANTITY.sub("", plain, count=1)
    plain = " ".join(plain.split())
    head_words = HEAD_END.split(plain, maxsplit=1)[0].split()
    if not head_words:
        return plain != words
    last = head_words[-1]
    key = last.lower() if "-" in last else fold(re.sub(r"['’]s?\Z", "", last))
    is_cut = "$" in head_words[0] or bool(POSSESSIVE.search(last))
    if key in WITHOUT_NOUN or is_cut:
        return True
    if (
        len(head_words) == 1
        and CLASSES.get(key, "X") in NO_NOUNS
        and key not in SOMEBODY
    ):
        # "After", "There", "means"
        return True
    if key in DOCUMENTS and key not in ("source", "sources", "court", "figures"):
        return True
    if CUT_NAME.fullmatch(" ".join(head_words)):
        # "a Holt | ally"
        return True
    if len(head_words) == 1 and key.endswith("ern") and last[:1].isupper():
        # "Western states": its noun was read as a verb
        return True
    if key in THINGS:
        return True
    if key in BODY_NAMES or last[:1].isupper() or key.isdigit():
        return False
    if key in SOMEBODY or key in PEOPLE or key in PLURALS or key in KIN:
        return False
    single = key[:-1] if key.endswith("s") else key
    if any(
        word in REPRESENTATIVES
        or word in GENERIC_ORGANISATIONS
        or is_title(word)
        or is_organisation_word(word)
        for word in (key, single, key[:-3] + "y")
    ):
        return False
    return key.endswith(THING_ENDS) or not PERSON_END.search(key)
