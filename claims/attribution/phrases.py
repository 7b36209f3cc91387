"""Noun phrases, clauses and verb groups, found as patterns over word classes.

Every pattern runs over a string with one letter a word that is at most `LONGEST`
letters long, so none of them can become slow on a long text.
"""

from __future__ import annotations

import re

from .words import listed

# A noun phrase read from right to left: its head, the words before it, and the phrases
# that "of", "for", "at" and so on tie to it.
_HEAD = r"(?:[NX#qYZKJ][NXx#YZKJegq]*(?:(?<=[eNJg])R)?[Dx]*|D+)"
_CHAIN = (
    rf"(?:p|(?:\)[^()]{{1,12}}\()?{_HEAD}(?:[Pft]{_HEAD})*"
    rf"(?:c{_HEAD}(?:[Pf]{_HEAD})*)?)"
)
PHRASE_BEFORE = re.compile(_CHAIN)
# Read from its end. "Lee, speaking to reporters, said" has one, "Lee, adding that" not.
APPOSITION = re.compile(
    r",(?=[^,;:Q]*(?:[DNX#JaeEVZgPYwRx]|[PRt]G),)[^,;:Q]{1,30}?,"
    r"|-[^-;:]{1,25}-|\)[^()]{1,25}\("
)
APPOSITION2 = re.compile(r",[^;:Q.]{1,35}?[DNX#Jweag],(?=[\)X])")
_FHEAD = r"(?:D*R?[NXx#YZKJegqD]*[NX#qYZKJD]|D+)"
PHRASE_AFTER = re.compile(
    rf"(?:p|D*R?[xNX#YZKJegqD]*[NX#qYZKJD](?:\([^()]{{1,12}}\))?(?:[Pf]{_FHEAD})*"
    rf"(?:c{_FHEAD}(?:[Pf]{_FHEAD})*)?)"
)


def phrase_before(tags: str, reverse: str, at: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends with the word `at`, as (first, after last).

    >>> phrase_before("DNfDNV", "VNDfND", 4)
    (0, 5)
    """
    size = len(tags)
    if at < 0:
        return None
    match = PHRASE_BEFORE.match(reverse, size - 1 - at)
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


def subject_before(tags: str, reverse: str, at: int) -> tuple[int, int] | None:
    """Return the subject that ends at the word `at`, with an apposition after it.

    >>> subject_before("XX,DNfDN,V", "V,NDfND,XX", 8)
    (0, 9)
    """
    if at < 0:
        return None
    if tags[at] in ",-)":
        size = len(tags)
        for pattern in (APPOSITION, APPOSITION2):
            match = pattern.match(reverse, size - 1 - at)
            if match:
                found = phrase_before(tags, reverse, size - match.end() - 1)
                inner = tags[size - match.end() : at + 1].strip(",")
                if found and not inner.strip("Rcb"):
                    return found
                if found and (found[1] - found[0] > 1 or tags[found[0]] in "XpNwD"):
                    found = _further_left(tags, reverse, found)
                    return found[0], at + 1
        return None
    return phrase_before(tags, reverse, at)


def _further_left(tags: str, reverse: str, found: tuple[int, int]):
    """Return the phrase before "67," or ", a former driver," that it describes."""
    for _ in range(2):
        first = found[0]
        place = found[1] - first == 1 and tags[first] == "X"
        if first < 2 or tags[first - 1] != "," or not (tags[first] in "#D" or place):
            break
        before = phrase_before(tags, reverse, first - 2)
        if not before or "X" not in tags[before[0] : before[1]]:
            break
        found = before
    return found


def subject_after(
    tags: str, at: int, apposition: bool = True
) -> tuple[int, int] | None:
    """Return the subject that begins with the word `at`, with an apposition after it.

    >>> subject_after("VXX,DNfDN.", 1)
    (1, 9)
    """
    match = PHRASE_AFTER.match(tags, at)
    if not match or match.end() == at:
        return None
    end = match.end()
    if (
        apposition
        and end < len(tags)
        and tags[end] == ","
        and tags[match.start()] != "p"
    ):
        rest = AFTER_APPOSITION.match(tags, end)
        if rest:
            end = rest.end()
            if tags[end - 1] == ",":
                end -= 1
    return match.start(), end


AFTER_APPOSITION = re.compile(
    r",[DNX#wJae][^.?!;:QG-]{0,40}?(?=[.?!;:]|$|,?[QG]|,[cb]|[cb][pRvVH])"
)


# "a, b and c": the comma stands in a list and ends nothing.
_ITEM = "[DNXxJ#qeRfP]{1,9}"
LIST = re.compile(
    rf",(?:{_ITEM},){{0,4}}c?{_ITEM}c|,(?:{_ITEM},){{1,4}}c[DNXxJ#q]|,c[DNXxJ#q]"
)
VENUES = listed(
    """
    interview interviews statement appearance speech tweet tweets letter email memo
    column op-ed rally conference briefing post video message essay testimony debate
    newsletter broadcast podcast twitter facebook television tv radio press
    """
)
# "Lee, the mayor, who": the phrase goes on after the second comma.
ASIDE = re.compile(r",[^,]{1,12},[wvVBHMdPtfZ]")
LONG_AS = re.compile(r"p|[DNXx#JZ]{1,6}[vVBHMd]")


# "criticism of the plan | came late", but "of the plan that came late"
PREDICATE = re.compile(r"[^wTWapvVBHMd]*[NXxYqo#J]R?(?=[vVBHMd])")


def phrase_end(s, k: int) -> int:
    """Return where the noun phrase that holds the word `k` ends: before its verb."""
    end = clause_end(s, k)
    verb = PREDICATE.match(s.tags, k, end + 1)
    return verb.end() if verb and verb.end() > k else end


def clause_end(s, k: int, commas: bool = True) -> int:
    """Return where the phrase or clause that holds the word `k` ends.

    Without `commas` it runs to the end of the sentence.
    """
    tags, words = s.tags, s.words
    size = len(tags)
    if not commas or s.title:
        return size
    start = k
    while k < size:
        tag = tags[k]
        if tag in ".;?!)-":
            return k
        if tag == "(":
            close = tags.find(")", k, k + 8)
            if close < 0:
                return k
            k = close + 1
            continue
        if tag == ",":
            if (
                not LIST.match(tags, k)
                and words[k + 1 : k + 2] != ("including",)
                and not ASIDE.match(tags, k)
                and tags[k + 1 : k + 2] not in ("Q", "q")
            ):
                return k
        elif tag == "b":
            return k
        elif tag == "a":
            if k > start and (
                words[k] == "while"
                or (
                    words[k] == "as"
                    and "as" not in words[k - 3 : k]
                    and LONG_AS.match(tags, k + 1)
                )
            ):
                return k
        elif tag == "c" and k + 1 < size and tags[k + 1] in "vVpBHMdReGE":
            return k
        elif tag == "P" and k > start:
            at = k + 1
            while at < size and at < k + 5 and tags[at] in "DNXxJeg":
                if words[at] in VENUES:
                    return k
                at += 1
            if at == k + 1 and at < size and tags[at] == "Y":
                return k
        k += 1
    return size
