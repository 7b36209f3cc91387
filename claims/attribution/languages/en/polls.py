"""Answers of a poll: "a third of bakers said" is what somebody's poll says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from claims.attribution.folding import fold
from claims.attribution.proposals import Resolution

from .documents import KNOWN_MAKERS, author_of

_NUMBER = (
    r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety"
)
# "22 percent", "about one in five voters", "a majority of clerks"
SHARE = re.compile(
    r"(?:(?:about|around|nearly|almost|roughly|some|just|only|more|than|fewer|less|over"
    r"|at|least|fully|another|an?|the|well|remaining|[a-z]+ing|large|strong|narrow|small"
    r"|slim|solid|vast|overwhelming|average|of|similar|equal) )*"
    rf"(?:(?:{_NUMBER})(?:[.-](?:{_NUMBER}))?(?: ?%| percent\b| per cent\b)"
    rf"|(?:{_NUMBER})(?:-| )(?:thirds?|quarters?|fifths?|fourths?|tenths?)\b"
    rf"|(?:{_NUMBER}) (?:in|out of) (?:every )?(?:{_NUMBER})\b"
    r"|(?:(?:third|quarter|majority)\b(?=\Z|,| (?:of|in|who|also)\b)"
    r"|(?:half|majorities|plurality|pluralities|percentage|proportion|share)\b)"
    r"(?! of (?:the )?(?:justices|judges|board|court|committee)))",
    re.IGNORECASE,
)
# One of these stands in each of them.
SIGNS = (
    *("%", "cent", " in ", " out of ", "alf", "third", "quarter", "fifth", "fourth"),
    *("tenth", "ajorit", "luralit", "proportion", "share", "espondents", "surveyed"),
    *("polled", "questioned"),
)
RESPONDENTS = re.compile(
    r"(?:respondents|(?:those|voters|people|adults|americans|republicans|democrats)"
    r" (?:who were |we )?(?:surveyed|polled|questioned))\b",
    re.IGNORECASE,
)
THE_POLL = re.compile(
    r"(?:the|that|this) (?:[\w-]+ ){0,3}(?:poll|survey)\b", re.IGNORECASE
)
POLL_WORD = re.compile(r"\b(?:polls?|polling|surveys?)\b", re.IGNORECASE)
OF_SOME = re.compile(r" (?:in|among|from|of) ")
# "polls conducted for the Daily Post by Holm Research", "a survey of bakers from Pew"
_WHOM = (
    r"(?:[Pp]olls?|[Pp]olling|[Ss]urveys?)(?: of [\w -]{3,40}?)?"
    r"(?: (?:released|conducted|published|taken|commissioned|done|sponsored)"
    r"[\w ]{0,70}?)? (?:%s) (?:the )?(?:[a-z]+ )?"
    r"(?P<who>[^\W\d_a-z][\w.&'’/-]*"
    r"(?:(?: (?:of|for|and|&|on))* [^\W\d_a-z][\w&'’/-]*)*)"
)
BY = re.compile(_WHOM % "by")
FOR = re.compile(_WHOM % "from|for")
# How many characters before a name of a poll its word stands, and an answer after it.
BEFORE = 70
AFTER = 120
NEAR = 1500
SENTENCE_END = re.compile(r"[.?!] +(?=[^\W\d_a-z])|\n")


def is_share(words: str) -> bool:
    """Return whether words are a part of those asked by a poll.

    >>> [is_share(w) for w in ("About one in five", "62 percent of bakers", "a baker")]
    [True, True, False]
    """
    if not any(sign in words for sign in SIGNS):
        return False
    return bool(SHARE.match(words) or RESPONDENTS.match(words))


def tells_whom_it_asked(words: str) -> bool:
    """Return whether the name of a poll says of whom or where it was.

    >>> tells_whom_it_asked("the Pew polling average in Norland")
    True
    >>> tells_whom_it_asked("a Pew poll")
    False
    """
    return POLL_WORD.search(words) is not None and OF_SOME.search(words) is not None


class Polls:
    """The polls of a text by who made them, found when they are asked for first."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: list[tuple[int, str]] | None = None

    def maker(self, words: str, place: int) -> Resolution | None:
        """Return who made the poll whose answers stand at a place, or nobody.

        It is the only poll of the text, or the only one named shortly before.
        """
        if self._found is None:
            self._found = list(self._named())
        makers = {who for _at, who in self._found}
        if not makers:
            return None
        if len(makers) > 1:
            first = bisect_left(self._found, (place - NEAR, ""))
            last = bisect_left(self._found, (place, ""))
            near = {who for _at, who in self._found[first:last]}
            if len(near) != 1:
                return None
            [who] = near
        else:
            [who] = makers
        reason = f"“{words}” is of the poll by {who}"
        return Resolution(who, "organisation", reason, is_sure=len(makers) == 1)

    def _named(self) -> Iterator[tuple[int, str]]:
        """Yield the places and makers of the polls that the text names."""
        text = self.text
        last = 0
        for match in POLL_WORD.finditer(text):
            start, end = match.span()
            before = SENTENCE_END.split(text[max(last, start - BEFORE) : end])[-1]
            last = end
            who = author_of(before)
            following = text[end : end + AFTER]
            if not who and any(
                word in following for word in (" by ", " for ", " from ")
            ):
                by = BY.match(text, start) or FOR.match(text, start)
                who = by["who"] if by else ""
                keys = {fold(word) for word in re.split("[ /]", who)}
                who = "" if KNOWN_MAKERS.isdisjoint(keys) else who
            if who:
                yield start, who.removeprefix("the ").removeprefix("The ")
