"""Noun phrases, clauses and verb groups, found as patterns over word classes.

Every pattern runs over a string with one letter a word that is at most `MAX_WORDS`
letters long, so none of them can become slow on a long text.
"""

from __future__ import annotations

import re

from .sentences import Sentence, WordRange
from .words import word_set

# A noun phrase read from right to left: its head, the words before it, and the phrases
# that "of", "for", "at" and so on tie to it.
_HEAD = r"(?:[NX#qYZKJ][NXx#YZKJegq]*(?:(?<=[eNJg])R)?[Dx]*|D+)"
_CHAIN = (
    rf"(?:p|(?:o(?=[NX])|o[Pt])?(?:\)[^()]{{1,12}}\()?{_HEAD}(?:[Pft]{_HEAD})*"
    rf"(?:c{_HEAD}(?:[Pf]{_HEAD})*)?)"
)
# A finite verb, or a participle that has a subject and may be one.
FINITE = re.compile(r"[vVBHMd]|(?<=[NXpw])e")
PHRASE_BEFORE = re.compile(_CHAIN)
# Read from its end. "Lee, speaking to reporters, said" has one, "Lee, adding that" not.
APPOSITION = re.compile(
    r",(?=[^,;:Q]*(?:[DNX#JaeEVZgPYwRxf]|[PRt]G|[Dx]t),)[^,;:Q]{1,30}?,"
    r"|-[^-;:]{1,25}-|\)[^()]{1,25}\("
)
APPOSITION2 = re.compile(r",[^;:Q.]{1,35}?[DNX#Jweag],(?=[\)X])")
_FHEAD = r"(?:D*R?[NXx#YZKJegqD]*[NX#qYZKJD]|D+)"
PHRASE_AFTER = re.compile(
    rf"(?:p|D*R?[xNX#YZKJegqD]*[NX#qYZKJD](?:\([^()]{{1,12}}\))?(?:[Pf]{_FHEAD})*"
    rf"(?:c{_FHEAD}(?:[Pf]{_FHEAD})*)?)"
)


AFTER_APPOSITION = re.compile(
    r",[DNX#wJae][^.?!;:QG-]{0,40}?(?=[.?!;:]|$|,?[QG]|,[cb]|[cb][pRvVH])"
)
# "criticism of the plan | came late", but "of the plan that came late"
PREDICATE = re.compile(r"[^wTWapvVBHMd]*[NXxYqo#J]R?(?=[vVBHMd])")
# Where a clause may end.
CLAUSE_BREAK = re.compile(r"[.;?!)(,bacPY-]")
# "a, b and c": the comma stands in a list and ends nothing.
_ITEM = "[DNXxJ#qeRfP]{1,9}"
LIST = re.compile(
    rf",(?:{_ITEM},){{0,4}}c?{_ITEM}c|,(?:{_ITEM},){{1,4}}c[DNXxJ#q]|,c[DNXxJ#q]"
)
# "Lee, the mayor, who": the phrase goes on after the second comma.
PARTICIPLE_OF_NOUN = re.compile(r"R?[eg][NX](?![vVBHMdDX])")
ASIDE = re.compile(r",[^,]{1,12},[wvVBHMdPtfZ]")
LONG_AS = re.compile(r"p|[DNXx#JZ]{1,6}[vVBHMd]")
VENUES = word_set(
    """
    interview interviews statement appearance speech tweet tweets letter email memo
    column op-ed rally conference briefing post video message essay testimony debate
    newsletter broadcast podcast twitter facebook television tv radio press
    """
)


def phrase_before(s: Sentence, at: int) -> WordRange | None:
    """Return the noun phrase that ends with the word `at`.

    >>> from .sentences import sentences_of
    >>> [s] = sentences_of("The mayor of the town said no.")
    >>> phrase_before(s, 4)
    (0, 5)
    """
    tags = s.tags
    size = len(tags)
    if at < 0:
        return None
    match = PHRASE_BEFORE.match(s.reverse, size - 1 - at)
    if not match:
        return None
    first = size - match.end()
    # "In an interview Lee said": the preposition at the front takes the first noun.
    if first > 0 and tags[first - 1] in "Pat" and tags[at] == "X":
        while at > first and tags[at - 1] == "X":
            at -= 1
        if at > first and tags[at - 1] in "NY#":
            first = at
    return first, size - match.start()


def subject_before(s: Sentence, at: int) -> WordRange | None:
    """Return the subject that ends at the word `at`, with an apposition after it.

    >>> from .sentences import sentences_of
    >>> [s] = sentences_of("Ida Holt, the mayor of Dalby, said no.")
    >>> subject_before(s, 7)
    (0, 8)
    """
    if at < 0:
        return None
    if s.tags[at] in ",-)":
        if s.tags[at - 1 : at + 1] == "),":
            # "Sen. Ida Holt (D-Dalby), said"
            at -= 1
        return _subject_with_apposition(s, at)
    return phrase_before(s, at)


def _subject_with_apposition(s: Sentence, at: int) -> WordRange | None:
    """Return the subject whose apposition ends with the comma or bracket `at`."""
    tags = s.tags
    size = len(tags)
    for pattern in (APPOSITION, APPOSITION2):
        match = pattern.match(s.reverse, size - 1 - at)
        if not match:
            continue
        found = phrase_before(s, size - match.end() - 1)
        inner = tags[size - match.end() : at + 1].strip(",")
        if found and not inner.strip("Rcb"):
            return found
        if found and (found[1] - found[0] > 1 or tags[found[0]] in "XpNwD"):
            return _described_by(s, found)[0], at + 1
    return None


def _described_by(s: Sentence, found: WordRange) -> WordRange:
    """Return the phrase that "67," ", of Dalby," or ", a former driver," describes."""
    tags = s.tags
    first = found[0]
    described = found
    for _ in range(3):
        comma = first - 1
        place = found[1] - found[0] == 1 and tags[first] == "X"
        if first > 2 and tags[comma] in "fP" and tags[comma - 1] == ",":
            comma, place = first - 2, True
        post = tags[first] == "N" and tags[comma - 1 : comma] in ("X", ")")
        if (
            comma < 1
            or tags[comma] != ","
            or not (tags[first] in "#D" or place or post)
        ):
            break
        before = phrase_before(s, comma - 1)
        if not before:
            break
        first = before[0]
        if "X" in tags[before[0] : before[1]]:
            described = before
        elif tags[first] != "#":
            break
    return described


def subject_after(s: Sentence, at: int, apposition: bool = True) -> WordRange | None:
    """Return the subject that begins with the word `at`, with an apposition after it.

    >>> from .sentences import sentences_of
    >>> [s] = sentences_of("No, said Ida Holt, the mayor of Dalby.")
    >>> subject_after(s, 3)
    (3, 10)
    """
    tags = s.tags
    match = PHRASE_AFTER.match(tags, at)
    if not match or match.end() == at:
        return None
    end = match.end()
    if apposition and tags[end : end + 1] == "," and tags[at] != "p":
        rest = AFTER_APPOSITION.match(tags, end)
        if rest:
            end = rest.end()
            if tags[end - 1] == ",":
                end -= 1
            end = _before_adjunct(s, match.end() + 1, end)
    return at, end


def _before_adjunct(s: Sentence, start: int, end: int) -> int:
    """Return where an apposition ends: before ", in a call on Tuesday"."""
    comma = s.tags.find(",", start, end - 1)
    if comma < 0 or s.words[comma + 1] not in ("in", "on", "at", "during"):
        return end
    return comma


def phrase_end(s: Sentence, at: int) -> int:
    """Return where the noun phrase that holds the word `at` ends: before its verb."""
    end = clause_end(s, at)
    verb = PREDICATE.match(s.tags, at, end + 1)
    return verb.end() if verb and verb.end() > at else end


def clause_end(s: Sentence, start: int, commas: bool = True) -> int:
    """Return where the phrase or clause that holds the word `start` ends.

    Without `commas` it runs to the end of the sentence.
    """
    tags = s.tags
    size = len(tags)
    if not commas or s.title:
        return size
    match = CLAUSE_BREAK.search(tags, start)
    while match:
        at = match.start()
        if tags[at] == "(":
            close = tags.find(")", at, at + 8)
            if close < 0:
                return at
            at = close
        elif _ends_clause(s, at, start):
            return at
        match = CLAUSE_BREAK.search(tags, at + 1)
    return size


def _ends_clause(s: Sentence, at: int, start: int) -> bool:
    """Return whether a mark or small word ends the clause that begins at `start`."""
    tag = s.tags[at]
    if tag == "Y":
        # "left the race | Monday night"
        return at > start and _is_day_of_saying(s.tags, at)
    if tag == ",":
        # "the clerks, also those in Dalby, | would leave"
        aside = s.tags[at + 1 : at + 2] in tuple("BHMd") and "," in s.tags[start:at]
        return not aside and _comma_ends_clause(s, at)
    if tag == "c":
        # "campaign gifts and speaking fees"
        noun = PARTICIPLE_OF_NOUN.match(s.tags, at + 1)
        return not noun and s.tags[at + 1 : at + 2] in tuple("vVpBHMdReGE")
    if tag == "a":
        return at > start and _opens_clause(s, at)
    if tag == "P":
        return at > start and _leads_to_venue(s, at)
    return True


def _is_day_of_saying(tags: str, at: int) -> bool:
    """Return whether a day stands alone after a noun, and describes none after it."""
    return tags[at - 1] in "NXxo#J" and tags[at + 1 : at + 2] in ("", *"P.,;Yac")


def _comma_ends_clause(s: Sentence, at: int) -> bool:
    """Return whether a comma stands neither in a list nor before an aside."""
    tags = s.tags
    return not (
        LIST.match(tags, at)
        or s.words[at + 1 : at + 2] == ("including",)
        or ASIDE.match(tags, at)
        or tags[at + 1 : at + 2] in ("Q", "q")
    )


def _opens_clause(s: Sentence, at: int) -> bool:
    """Return whether "while" or "as" begins a clause of its own here."""
    word = s.words[at]
    return word == "while" or (
        word == "as"
        and "as" not in s.words[at - 3 : at]
        and bool(LONG_AS.match(s.tags, at + 1))
    )


def _leads_to_venue(s: Sentence, at: int) -> bool:
    """Return whether a preposition leads to a place or day of speaking.

    "in an interview", "on Monday"
    """
    tags = s.tags
    if tags[at + 1 : at + 2] == "Y":
        return True
    for k in range(at + 1, min(at + 5, len(tags))):
        if tags[k] not in "DNXxJeg":
            break
        if s.words[k] in VENUES:
            return True
    return False
