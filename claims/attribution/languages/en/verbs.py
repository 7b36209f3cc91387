"""Attributions whose cue is a verb: is it one here, and who is its subject."""

from __future__ import annotations

from typing import NamedTuple

from .candidates import Candidate, VerbCue
from .content_after import content_after_cue, is_written
from .content_before import content_before_cue
from .cues import ADJECTIVES, FORMS, NOUN_FORMS, PURE_VERBS, Form
from .passives import passive, raising
from .phrases import phrase_before
from .sentences import Sentence, WordRange
from .subjects import (
    PERIODS,
    SURVEYED,
    clause_subject,
    is_inverted,
    is_time,
    later_subject,
    phrase_with_participle,
    subject_of_finite_verb,
    writer_of,
)
from .words import word_set

FLOATING = word_set("both all each once since")
TIMES = {("the", "past")} | {(which, p) for which in ("last", "this") for p in PERIODS}
ASIDES = {("in", noun) for noun in ("fact", "particular", "turn", "part", "effect")}
ASIDES |= {("at", "times"), ("of", "course"), ("at", "first"), ("at", "least")}
SHORT_ASIDES = TIMES | ASIDES
DAYTIMES = {("in", "the", part) for part in ("day", "morning", "past", "end")}
PLURALS = word_set("people police men women media critics data children")


class VerbGroup(NamedTuple):
    """A verb with its auxiliaries: "has not said".

    `before` is the word in front of the group and `previous` its class, "^" at the
    start of the sentence; `auxiliary` is the class of the last auxiliary, if any.
    """

    first: int
    before: int
    previous: str
    auxiliary: str


def verb_candidate(s: Sentence, at: int, subject: WordRange | None) -> Candidate | None:
    """Return the attribution that hangs on the verb at a place, or None.

    `subject` is the speaker of the cue before it, for "..., adding that".
    """
    found = _longest_cue(s, at)
    if not found:
        return None
    reading, end = found
    cue, form = reading.cue, reading.form
    group = _verb_group(s, at)
    if not _is_verb(s, at, group, reading):
        return None
    words = (group.first, end)
    if form in ("both", "participle") and group.auxiliary == "B":
        if s.words[at] in ADJECTIVES:
            return None
        return passive(s, words, group.before, cue)
    if _is_asked(s, at, group, reading):
        return passive(s, words, group.before, cue)
    if cue.frames == "r":
        return raising(s, words, group.before, cue, "raising")
    if form == "both" and s.words[end : end + 1] == ("by",) and group.previous in "NX":
        # "a fact confirmed by the court"
        return None
    verb = VerbCue(cue, at, words, form, None, False, group.first)
    return attribution_of(s, verb) if _find_speaker(s, verb, group, subject) else None


def attribution_of(s: Sentence, verb: VerbCue) -> Candidate | None:
    """Return the attribution of a verb with its content, or None if it has none."""
    after = content_after_cue(s, verb) if verb.speaker else None
    if after and (s.tags[0] in "asGgPERe" or s.words[0] == "asked"):
        # "As prices rose, the mayor said rents fell."
        return after
    if "f" in verb.cue.frames or (
        # "“No entry,” the sign reads"
        verb.cue.frames == "c" and s.tags[0] == "Q" and is_written(s, verb)
    ):
        before = content_before_cue(s, verb)
        if before:
            return before
    return after


def _is_asked(s: Sentence, at: int, group: VerbGroup, reading: Form) -> bool:
    """Return whether "asked" is passive: "Asked about the plan, she ..."."""
    return (
        reading.lemma == "ask"
        and reading.form == "both"
        and not group.auxiliary
        and group.before == at - 1
        and group.previous in "^a,"
        # "Lee, the treasurer, asked the mayor whether"
        and s.tags[at + 1 : at + 2] not in tuple("DXNpoQqJex#")
    )


def _find_speaker(
    s: Sentence, verb: VerbCue, group: VerbGroup, subject: WordRange | None
) -> bool:
    """Set the speaker of a verb if it has one; return whether it can be a cue."""
    j, previous = group.before, group.previous
    if previous == "t":
        verb.zone = j
        verb.inherited = True
        verb.speaker = subject or clause_subject(s, j)
        return verb.speaker is not None
    if previous == "w" or (previous == "T" and j > 0 and s.tags[j - 1] in "NX"):
        verb.speaker = (j, j + 1)
        verb.zone = j
    elif verb.form == "ing" and group.auxiliary != "B":
        verb.inherited = True
        if previous in "NX":
            verb.speaker, governor = phrase_with_participle(s, j)
            if governor in "VveEZHd":
                # "wrote a letter asking that": who wrote it?
                verb.speaker = None
            if "f" not in verb.cue.frames and governor not in "^P,Tt":
                return False
        if previous == "P" and verb.speaker is None:
            # "groups push for it, Lee won by promising": the nearest verb counts.
            verb.speaker = clause_subject(s, verb.at)
        verb.speaker = (
            verb.speaker
            or (writer_of(s, j) if previous == "," else None)
            or subject
            or clause_subject(s, verb.at)
            or later_subject(s, verb.at)
        )
    else:
        _find_subject(s, verb, group, subject)
    return True


def _find_subject(
    s: Sentence, verb: VerbCue, group: VerbGroup, subject: WordRange | None
) -> None:
    """Set the subject of a finite verb: after "and", that of the verb before."""
    j, previous = group.before, group.previous
    if previous == "," and verb.cue.lemma == "say" and is_inverted(s, verb.end, j):
        return
    verb.speaker = subject_of_finite_verb(s, j)
    if verb.speaker and is_time(s, verb.speaker):
        verb.speaker = None
    if verb.speaker:
        verb.zone = verb.speaker[0]
    elif previous in "cb,":
        verb.inherited = True
        if previous != ",":
            verb.zone = j
            verb.speaker = subject or clause_subject(s, j)


def _longest_cue(s: Sentence, at: int) -> tuple[Form, int] | None:
    """Return the longest cue that begins with a word, and where it ends."""
    words = s.words
    for reading in FORMS.get(words[at], ()):
        end = at + 1
        rest = reading.rest
        if rest:
            # "pointed it out", "made it clear"
            if end < len(words) and s.tags[end] in "Ro" and words[end] != rest[0]:
                end += 1
            if words[end : end + len(rest)] != rest:
                continue
            end += len(rest)
        return reading, end
    return None


def _verb_group(s: Sentence, at: int) -> VerbGroup:
    """Return the verb at a place with its auxiliaries."""
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
        elif j > 2 and words[j - 1 : j + 1] in ASIDES and tags[j - 2] in "HBM":
            # "critics have in particular noted"
            j -= 2
        else:
            break
    if j >= 0 and not auxiliary and tags[j] in "pw":
        auxiliary = _contracted_auxiliary(words[j], words[at])
    j = _before_time(s, j)
    return VerbGroup(first, j, tags[j] if j >= 0 else "^", auxiliary)


def _contracted_auxiliary(word: str, verb: str) -> str:
    """Return the class of the auxiliary in "he's", "they've", "who'll" before a verb.

    >>> _contracted_auxiliary("he's", "saying"), _contracted_auxiliary("he’s", "said")
    ('B', 'H')
    """
    pronoun, mark, ending = word.replace("’", "'").partition("'")
    if not mark:
        return ""
    if verb.endswith("ing") or (pronoun == "it" and ending == "s"):
        return "B"
    return "M" if ending == "ll" else "H"


def _before_time(s: Sentence, j: int) -> int:
    """Return what stands before a time or aside between subject and verb.

    "The mayor on Wednesday rejected", "who last week denied", "Lee earlier Monday
    said", "critics have in particular noted"
    """
    tags, words = s.tags, s.words
    k = j
    if k > 0 and tags[k] == "Y":
        while k > 0 and tags[k] == "Y":
            k -= 1
    elif k > 1 and words[k - 1 : k + 1] in SHORT_ASIDES:
        k -= 2
    elif k > 3 and words[k - 2 : k + 1] in DAYTIMES:
        k -= 3
    else:
        return j
    while k > 0 and tags[k] in "RP":
        k -= 1
    if tags[k] in "eEV" and k and tags[k - 1] in "NX":
        # "a poll released this week found"
        k -= 1
    return k if tags[k] in "NXpxq)wbc," else j


def _is_verb(s: Sentence, at: int, group: VerbGroup, reading: Form) -> bool:
    """Return whether a word that may be a noun as well is a verb at this place."""
    form, previous = reading.form, group.previous
    following = s.tags[at + 1 : at + 2]
    if form == "base":
        return _is_base_verb(s, at, group, speech="f" in reading.cue.frames)
    if form == "third":
        return (
            s.words[at] not in NOUN_FORMS
            or previous in "pwX"
            or (previous in "N," and following in tuple("TQDpXW"))
        )
    if form == "ing":
        # "the saying", "those saying"
        article = at > 0 and s.tags[at - 1] in "Dxf" and group.auxiliary != "B"
        return previous not in "Dxf" and not article
    if form == "participle":
        return bool(group.auxiliary)
    if previous in "Dx" and group.before == at - 1:
        # "the said plan", but "some said that"
        return previous == "D" and following in tuple("TQpDX")
    return True


def _is_base_verb(s: Sentence, at: int, group: VerbGroup, speech: bool) -> bool:
    """Return whether a base form ("claim", "say") is a verb and no noun here."""
    j, previous, auxiliary = group.before, group.previous, group.auxiliary
    following = s.tags[at + 1 : at + 2]
    if auxiliary in ("B", "H"):
        return False
    if auxiliary or previous in "tpw":
        return True
    if j != at - 1 and previous not in "NX":
        return False
    pure = s.words[at] in PURE_VERBS
    if following in ("", ".", ")") and not (pure and speech):
        return False
    if pure:
        return (
            previous in "NXDq#,)gYoe"
            or (previous == "Z" and s.tags[j - 1] in "Dx")
            or s.words[j] in SURVEYED
        )
    subject = phrase_before(s, j)
    front = s.tags[slice(*subject)] if subject else ""
    inner = [at for at, tag in enumerate(front) if tag in "Pf"]
    head = s.words[subject[0] + inner[0] - 1] if subject and inner else s.words[j]
    plural = head.endswith("s") or head in PLURALS or s.words[j] in PLURALS
    if following == ",":
        # "as some voters hope, ..."
        plural = plural and subject is not None and s.words[subject[0] - 1] == "as"
    return previous in "NX" and plural
