"""Attributions whose cue is a verb: is it one here, and who is its subject."""

from __future__ import annotations

from .candidates import Found, Words
from .contents import VerbCue, contents
from .cues import ADJECTIVES, FORMS, NOUN_FORMS, PURE_VERBS, Form
from .passives import passive, raising
from .phrases import phrase_before, subject_after, subject_before
from .sentences import Sentence
from .words import listed

SURVEYED = listed("surveyed polled interviewed questioned contacted involved")
FLOATING = listed("both all each once since")
PERIODS = listed("week month year night summer spring fall winter autumn weekend")
TIMES = {("the", "past")} | {(which, p) for which in ("last", "this") for p in PERIODS}
PLURALS = listed("people police men women media critics data children")


def verb_candidate(
    s: Sentence, reverse: str, at: int, subject: Words | None
) -> Found | None:
    """Return the attribution that hangs on the verb at a place, or None.

    `subject` is the speaker of the cue before it, for "..., adding that".
    """
    tags = s.tags
    found = _reading(s, at)
    if not found:
        return None
    reading, end = found
    cue, form = reading.cue, reading.form
    first, j, auxiliary = _verb_group(s, at)
    previous = tags[j] if j >= 0 else "^"
    if not _is_verb(s, at, j, form, auxiliary, "f" in cue.frames):
        return None
    words = (first, end)
    if form in ("both", "participle") and auxiliary == "B":
        if s.words[at] in ADJECTIVES:
            return None
        return passive(s, reverse, words, j, cue)
    if (
        reading.lemma == "ask"
        and form == "both"
        and not auxiliary
        and j == at - 1
        and previous in "^a,"
    ):
        # "Asked about the plan, she ...", "when asked whether"
        return passive(s, reverse, words, j, cue)
    if cue.frames == "r":
        return raising(s, reverse, words, j, cue, "raising")
    if s.words[end : end + 1] == ("by",) and form == "both" and previous in "NX":
        # "a fact confirmed by the court"
        return None
    verb = VerbCue(cue, at, words, form, None, False, first)
    if previous == "t":
        if "f" not in cue.frames and "t" not in cue.frames:
            return None
        verb.zone = j
        verb.inherited = True
        verb.speaker = subject or clause_subject(s, reverse, j)
        if not verb.speaker:
            return None
    elif previous == "w" or (previous == "T" and j > 0 and tags[j - 1] in "NX"):
        verb.speaker = (j, j + 1)
        verb.zone = j
    elif form == "ing" and auxiliary != "B":
        verb.inherited = True
        verb.speaker = _attached(s, reverse, j) or (
            subject or clause_subject(s, reverse, at) or later_subject(tags, at)
        )
    else:
        verb.speaker = subject_before(tags, reverse, j)
        if j > 0 and s.words[j] == "anonymity":
            # "a source who spoke on condition of anonymity said"
            who = tags.rfind("w", max(0, j - 9), j)
            before = phrase_before(tags, reverse, who - 1) if who > 0 else None
            verb.speaker = (before[0], j + 1) if before else None
        if j > 0 and s.words[j] in SURVEYED and tags[j - 1] in "DNX":
            # "those surveyed said"
            before = phrase_before(tags, reverse, j - 1)
            verb.speaker = (before[0], j + 1) if before else None
        if verb.speaker:
            verb.zone = verb.speaker[0]
        elif previous in "cb,":
            verb.inherited = True
            if previous != ",":
                verb.zone = j
                verb.speaker = subject or clause_subject(s, reverse, j)
    return contents(s, verb)


def _reading(s: Sentence, at: int) -> tuple[Form, int] | None:
    """Return the longest cue that begins with a word, and where it ends."""
    words = s.words
    for reading in FORMS.get(words[at], ()):
        end = at + 1
        rest = reading.rest
        if rest:
            # "pointed it out", "made it clear"
            if end < len(words) and s.tags[end] in "Ro" and words[end] != rest[0]:
                end += 1
            if tuple(words[end : end + len(rest)]) != rest:
                continue
            end += len(rest)
        return reading, end
    return None


def _verb_group(s: Sentence, at: int) -> tuple[int, int, str]:
    """Return where the verb group begins, what stands before it, and its auxiliary."""
    tags, words = s.tags, s.words
    first = at
    j = at - 1
    auxiliary = ""
    while j >= 0:
        tag = tags[j]
        if tag in "RnBHMd":
            if tag != "R":
                first = j
                if tag != "n" and not auxiliary:
                    auxiliary = tag
            j -= 1
        elif tag == "," and j > 1 and tags[j - 1] in "Rbs" and tags[j - 2] == ",":
            j -= 3
        elif words[j] in FLOATING and j and tags[j - 1] in "NXpwRBHMdx,":
            # "they have all said"
            j -= 1
        else:
            break
    return first, _before_time(s, j), auxiliary


def _before_time(s: Sentence, j: int) -> int:
    """Return what stands before a time between subject and verb.

    "The mayor on Wednesday rejected", "who last week denied", "Lee earlier Monday said"
    """
    tags, words = s.tags, s.words
    k = j
    if k > 0 and tags[k] == "Y":
        k -= 1
    elif k > 1 and (words[k - 1], words[k]) in TIMES:
        k -= 2
    else:
        return j
    while k > 0 and tags[k] in "RP":
        k -= 1
    return k if tags[k] in "NXpxq)w" else j


def _is_verb(
    s: Sentence, at: int, j: int, form: str, auxiliary: str, speech: bool
) -> bool:
    """Return whether a word that may be a noun as well is a verb at this place."""
    tags, words = s.tags, s.words
    word = words[at]
    previous = tags[j] if j >= 0 else "^"
    following = tags[at + 1 : at + 2]
    if form == "base":
        if auxiliary in ("B", "H"):
            return False
        if auxiliary or previous in "tpw":
            return True
        if j != at - 1 and previous not in "NX":
            return False
        pure = word in PURE_VERBS
        if following in ("", ".", ")") and not (pure and speech):
            return False
        if pure:
            return previous in "NXDq#,)gY"
        return (
            previous in "NX"
            and (words[j].endswith("s") or words[j] in PLURALS)
            and following != ","
        )
    if form == "third":
        return (
            word not in NOUN_FORMS
            or previous in "pwX"
            or (previous in "N," and following in tuple("TQDpXW"))
        )
    if form == "ing":
        if previous in "Dxf":
            return False
        return not (at > 0 and tags[at - 1] in "Dxf" and auxiliary != "B")
    if form == "participle":
        return bool(auxiliary)
    if previous in "Dx" and j == at - 1:
        # "the said plan", but "some said that"
        return previous == "D" and following in tuple("TQpDX")
    return True


def _attached(s: Sentence, reverse: str, j: int) -> Words | None:
    """Return the phrase that a participle hangs on: "with Lee saying that"."""
    tags = s.tags
    if j < 1 or tags[j] not in "NX":
        return None
    found = phrase_before(tags, reverse, j)
    if found and found[0] and tags[found[0] - 1] == "P":
        return found
    return None


def clause_subject(s: Sentence, reverse: str, at: int) -> Words | None:
    """Return the subject of the nearest finite verb before a word."""
    tags = s.tags
    nearest = None
    for j in range(at - 1, max(0, at - 60), -1):
        tag = tags[j]
        if (
            tag in "vBHMd"
            or (tag == "V" and tags[j - 1] not in "DxPJ")
            or (
                tag == "e"
                and tags[j - 1] in "NXpwR"
                and tags[j - 2 : j - 1] not in "DxP"
            )
        ):
            k = j
            while k > 0 and tags[k - 1] in "RnBHMd":
                k -= 1
            found = subject_before(tags, reverse, k - 1)
            opener = tags[found[0] - 1 : found[0]] if found else "t"
            if opener in ("t", "d", "M", "n"):
                # "did not release it": a base form that no list knows
                continue
            if tags[at - 1] != "," or (
                opener not in ("T", "s", "a", "w", "W") and tags[found[0]] != "w"
            ):
                return found
            # After a comma the subject of the main clause goes first.
            nearest = nearest or found
    found = subject_after(tags, 0)
    if not nearest and found and found[1] < at and tags[found[1]] == ",":
        return found
    return nearest


def later_subject(tags: str, at: int) -> Words | None:
    """Return the subject of the main clause after an opening participle."""
    comma = tags.find(",", at)
    while 0 <= comma < at + 40:
        found = subject_after(tags, comma + 1)
        if found and found[1] < len(tags) and tags[found[1]] in "vVBHMdeR":
            return found
        comma = tags.find(",", comma + 1)
    return None
