"""Attributions whose cue is no active verb: "according to", nouns, adjectives, passives."""

from __future__ import annotations

from .phrases import clause_end, phrase_before, subject_after, subject_before

# noun -> prepositions that may introduce its content; "that" and "to" mean themselves
NOUNS: dict[str, frozenset[str]] = {}
for _line in """
claim allegation accusation assertion contention insistence: that of about
statement announcement disclosure revelation declaration: that about on
belief conviction: that in
suggestion argument implication: that for against
promise pledge vow threat offer: that to of
commitment: that
warning warnings: that about of against
criticism critique condemnation denunciation: of
attack attacks assault: on against
support enthusiasm: for
opposition objection objections resistance: to
concern concerns worry worries anxiety unease alarm: that about over
fear fears: that of about over
doubt doubts skepticism scepticism uncertainty: that about over of
call calls demand demands: for that to
request requests plea pleas appeal appeals: for that to
question questions: about over on whether
plan plans: to for
proposal proposals: to for that
decision: to
hope hopes: that of for to
view views opinion opinions stance position: that on of about
comments comment remarks remark: about on
endorsement: of
defense defence: of
rejection denial dismissal: of that
admission acknowledgment acknowledgement confession recognition: that of
prediction predictions forecast expectation expectations assumption: that of
speculation rumors rumours rumor rumour: that about
refusal willingness desire eagerness reluctance: to
intention: to of
complaint complaints: that about
praise: for of
interest: in
confidence faith trust: in that
frustration anger outrage fury: with over at about that
description depiction portrayal characterization characterisation assessment: of that
notion idea theory: that
recommendation recommendations advice: that to
disagreement: with
admiration disdain contempt respect preference: for
focus emphasis: on
vision: of for
""".strip().splitlines():
    _words, _preps = _line.split(":")
    for _word in _words.split():
        NOUNS[_word] = frozenset(_preps.split())
        if not _word.endswith("s"):
            plural = _word[:-1] + "ies" if _word.endswith("y") else _word + "s"
            NOUNS.setdefault(plural, NOUNS[_word])

LIGHT = set(
    ["make", "makes", "made", "making", "express", "expresses", "expressed", "expressing", "voice", "voices", "voiced", "voicing", "raise", "raises", "raised", "raising", "have", "has", "had", "having", "issue", "issues", "issued", "issuing", "repeat", "repeats", "repeated", "repeating", "reiterate", "reiterated", "reiterating", "announce", "announced", "share", "shares", "shared", "sharing", "give", "gives", "gave", "giving", "offer", "offers", "offered", "offering", "show", "shows", "showed", "back", "backed", "drop", "dropped", "release", "released", "renew", "renewed", "defend", "defended", "defends", "outline", "outlined", "throw", "threw", "launch", "launched", "pledge", "pledged", "declare", "declared", "hold", "held", "hold", "holds", "question", "questioned", "questions"]
)
ADJECTIVES: dict[str, frozenset[str]] = {}
for _line in """
confident certain sure convinced adamant optimistic hopeful: that about of
aware unaware conscious mindful: that of
concerned worried anxious nervous uneasy: that about with by
afraid fearful scared: that of to
skeptical sceptical doubtful suspicious wary leery dubious: that of about
proud glad happy pleased grateful thankful: that of about to with for
angry upset furious outraged frustrated disappointed dismayed: that about over with at by
eager willing unwilling reluctant hesitant quick: to
determined ready: to
opposed: to
supportive critical dismissive disdainful: of
enthusiastic excited: about to
interested: in
clear: that about
surprised shocked stunned: that by to
""".strip().splitlines():
    _words, _preps = _line.split(":")
    for _word in _words.split():
        ADJECTIVES[_word] = frozenset(_preps.split())
COPULAS = set(
    ["is", "are", "was", "were", "be", "been", "being", "am", "feel", "feels", "felt", "seem", "seems", "seemed", "sound", "sounded", "sounds", "remain", "remains", "remained", "become", "became", "appear", "appears", "appeared", "'s", "'re"]
)


def noun_candidates(s, reverse, make, wanted=None):
    """Yield the attributions that hang on a noun of saying, thinking or wishing."""
    tags, words = s.tags, s.words
    size = len(tags)
    for at, word in enumerate(words):
        preps = NOUNS.get(word)
        if preps is None or at + 2 >= size:
            continue
        k = at + 1
        source = None
        if words[k] in ("by", "from", "among") and "by" not in preps:
            source = subject_after(tags, k + 1)
            if not source:
                continue
            k = source[1]
            if k + 1 >= size:
                continue
        nxt = words[k]
        if nxt == "that":
            if "that" not in preps or tags[k + 1] in "VvBHMde":
                continue
            start, end = k, clause_end(s, k + 1, commas=False)
        elif nxt == "to" and "to" in preps and tags[k + 1] in "ZNvgR":
            start, end = k, clause_end(s, k + 1)
        elif (nxt in preps and nxt != "to") or (nxt == "to" and preps and "to" in preps):
            start, end = k + 1, clause_end(s, k + 1)
        else:
            continue
        # the owner before the noun
        j = at - 1
        while j >= 0 and tags[j] in "NJeRZg#X":
            j -= 1
        first = at
        name = None
        if source is None and j >= 0 and tags[j] == "x":
            found = phrase_before(tags, reverse, j)
            source = (found[0], j + 1) if found else (j, j + 1)
            if found and any(t in "Pft" for t in tags[found[0] : j]):
                source = (j, j + 1)
                while source[0] > 0 and tags[source[0] - 1] in "NX":
                    source = (source[0] - 1, j + 1)
            name = "possessive"
            first = j + 1
        elif source is None and j >= 0 and words[j] in POSSESSIVES:
            source = (j, j + 1)
            name = "possessive"
            first = j + 1
            if j > 0 and words[j - 1] in LIGHT:
                first = j - 1
        elif source is None:
            if j >= 0 and tags[j] == "D":
                j -= 1
            while j >= 0 and tags[j] in "NJe" and words[j] not in LIGHT:
                j -= 1
            if j >= 0 and words[j] in LIGHT:
                v = j
                while v > 0 and tags[v - 1] in "RnBHMd":
                    v -= 1
                source = subject_before(tags, reverse, v - 1)
                first = v
                name = "light verb"
                if source is None or tags[v] == "B" or (v < j and tags[j - 1] == "B"):
                    source = None
                    first = j + 1
                    name = None
        if name is None:
            name = "by" if source else "none"
        if source is None:
            continue
        yield make([(start, end)], (first, at + 1), source, f"noun {name}", 0.5, first)


POSSESSIVES = set(["his", "her", "their", "its", "my", "our", "your"])


def adjective_candidates(s, reverse, make):
    """Yield "is confident that ...", "was critical of ..."."""
    tags, words = s.tags, s.words
    size = len(tags)
    for at, word in enumerate(words):
        preps = ADJECTIVES.get(word)
        if preps is None or at + 2 >= size or at == 0:
            continue
        j = at - 1
        while j >= 0 and tags[j] in "Rn":
            j -= 1
        if j < 0:
            continue
        contracted = tags[j] == "p" and ("'" in words[j] or "’" in words[j])
        if words[j] not in COPULAS and not contracted:
            continue
        v = j
        if not contracted:
            while v > 0 and tags[v - 1] in "RnBHMd":
                v -= 1
        k = at + 1
        nxt = words[k]
        if nxt in preps and nxt not in ("that", "to"):
            start, end = k + 1, clause_end(s, k + 1)
        elif nxt == "that" and "that" in preps:
            start, end = k, clause_end(s, k + 1, commas=False)
        elif nxt == "to" and "to" in preps:
            start, end = k, clause_end(s, k + 1)
        elif "that" in preps and tags[k] in "pDX" and nxt != "one":
            start, end = k, clause_end(s, k + 1, commas=False)
        else:
            continue
        if contracted:
            source = (j, j + 1)
        elif v > 0 and tags[v - 1] in "w":
            source = (v - 1, v)
        else:
            source = subject_before(tags, reverse, v - 1)
        if source is None or words[source[0]] in ("it", "there", "it's"):
            continue
        yield make([(start, end)], (v, at + 1), source, "adjective", 0.5, source[0])


def according_candidates(s, make):
    """Yield "according to the report, ..." in all its places."""
    tags, words = s.tags, s.words
    size = len(tags)
    for at, word in enumerate(words):
        if word != "according" or at + 2 >= size or words[at + 1] != "to":
            continue
        source = subject_after(tags, at + 2, at > 2)
        if source is None:
            if tags[at + 2] in "qQ":
                source = (at + 2, at + 3)
            else:
                continue
        before = at
        while before > 0 and tags[before - 1] in "R,-":
            before -= 1
        end = source[1]
        content = []
        first = 0
        if before and (tags[before - 1] in ":;(T" or tags[before - 1] in "a"):
            first = before
        if before and tags[before - 1] in "BH":
            continue
        while first < before and tags[first] in "cb,":
            first += 1
        if before > first:
            content.append((first, before))
            if end < size and tags[end] in ",-" and end + 2 < size:
                content.append((end + 1, size))
            elif end < size and tags[end] not in ".?!;:":
                # "according to people who saw it": the source goes on
                comma = tags.find(",", end)
                source = (source[0], comma if comma > 0 else size - (tags[-1] in ".?!"))
        else:
            comma = tags.find(",", end)
            if comma < 0 or comma > end + 25:
                continue
            if comma > end:
                source = (source[0], comma)
            content.append((comma + 1, size))
        yield make(
            content, (at, at + 2), source, "according to", 0.8, before, left=True
        )


def raising(s, reverse, at, first, j, end, make, rule):
    """Return "X seems to ..." and "X is expected to ...": nobody is named as source."""
    tags, words = s.tags, s.words
    size = len(tags)
    k = end
    while k < size and tags[k] in "Rn":
        k += 1
    if k >= size:
        return None
    if words[k] == "to" or words[k] == "that" or (
        rule == "raising" and tags[k] in "NeJg" and k + 1 < size
    ) or (words[k] == "as" and rule == "passive"):
        stop = clause_end(s, k + 1)
    else:
        return None
    subject = subject_before(tags, reverse, j)
    if subject is None:
        return None
    content = [(k, stop)]
    if words[subject[0]] not in ("it", "there"):
        content.insert(0, subject)
    return make(content, (first, end), None, rule, 0.6, subject[0])
