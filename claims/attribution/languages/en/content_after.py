"""Content that follows its cue: "said that rents fell", "told reporters: “No.”"."""

from __future__ import annotations

import re

from .candidates import Candidate, VerbCue
from .content_end import Stretch, cut_at_next_clause
from .cues import NAMING, NOUN_FORMS
from .phrases import FINITE, clause_end, phrase_before, subject_after
from .sentences import Sentence
from .words import WRITINGS, word_set

# "said (before leaving for the fair) that"
THAT = re.compile(r"(?:aR?[Gg]?|t(?=[DNXox#]))?[RYPfDNX#xoYZKJpeBDc,'Q()-]{0,20}?T")
ADJUNCT = re.compile(r"(?:[RY]|[Pf](?:D?[Ne]*N|X+|D?#Y?|DYN?|Y))*(?=[pDQWTXN])")
ADDRESSEE = re.compile(
    r"(?:o|p(?=[TtDpQ,])|[DxR]*[NX#JeZ]*[NXZ](?:[Pf][DxR]*[NX#Je]*[NXY])*"
    r"|D(?=[TtQ,p])),?"
)
AFTER_SUBJECT = re.compile(
    r"[Rn]*(?:[vVBHMdeZ]|,[^,]{1,30},R*[vVBHMde]"
    # "two men who were seen" has no verb of its own
    r"|[wT][^,.vVBHMde]{0,12}[nRvVBHMde]+[^vVBHMde,.]{1,20},?R*[vVBHMde])"
)
# A verb that stands further away does not show that a clause begins here.
CLAUSE_LENGTH = 12
# "said in a statement to the council on Monday:"
BEFORE_COLON = re.compile(
    r"(?:[RYPfatDNX#xojgcZJ']|e(?=[PD])|q(?=[PN])|G(?=[DNX])){1,25}(?:,?:|,(?=Q))"
)
TIME_TAIL = re.compile(r"(?:[RP]*Y[Y#]*)+[.?]?")
# "said, however, that", "said, and I quote:"
BRIEF_ASIDE = re.compile(r",(?:R{1,2}|P[NDX]{1,4}|cpZ),(?=[TQpDNX])")
# Verbs without a quotation that an -ing form keeps a claim: "hoping rents fall".
THINKING = frozenset(["believe", "think", "hope", "fear", "guess"])
# "called Lee a liar", but "a website called X"
CALLED_SO = re.compile(r"X+(?:D[DNJXegR]*N|q)")
# "maintained a lead", "proved hard", "charged two men": a clause needs its verb.
WITH_OBJECT = word_set(
    """
    admit allow charge declare determine feel know maintain prove protest rule state
    write add decide
    """
)
UNNAMED = frozenset(["named", "identified", "quoted", "cited"])
# What a "to" is followed by where it surely leads to a verb; a sentence may end there.
INFINITIVES = ("", *"ZNvgRVB")
# "began dismissing the plan", "continued to back it": so did its subject.
CATENATIVE = word_set(
    """
    continued continues continue continuing went on began begin begins started starts
    used sought seeks seek tried tries try trying attempted moved chose decided wants
    wanted rushed plans planned hopes hoped took vowed promised refused declined failed
    kept keeps stopped stop quit resumed going needs has have had likes likely expected
    ready set able
    """
)
QUESTION_WORDS = frozenset(["whether", "if", "how", "when", "where", "which", "who"])


def content_after_cue(s: Sentence, verb: VerbCue) -> Candidate | None:
    """Return the attribution whose content follows its cue.

    The first rule that matches decides, even where it leaves no words.
    """
    start = _content_start(s, verb)
    if start is None:
        return None
    for rule in RULES:
        found = rule(s, verb, start)
        if isinstance(found, Stretch):
            return cut_at_next_clause(s, verb, found)
        if found:
            return found
    return None


def _content_start(s: Sentence, verb: VerbCue) -> int | None:
    """Return the first word after the cue and its adverbs, if any is left."""
    tags = s.tags
    start = verb.end
    while start < len(tags) and tags[start] in "RnY":
        start += 1
    if start >= len(tags) or _asks_for_anonymity(s.words, start):
        return None
    aside = BRIEF_ASIDE.match(tags, verb.end)
    return aside.end() if aside and "f" in verb.cue.frames else start


def _asks_for_anonymity(words: tuple[str, ...], k: int) -> bool:
    """Return whether somebody asked "not to be named" here, which is no claim.

    >>> _asks_for_anonymity(("asked", "not", "to", "be", "named"), 2)
    True
    """
    return words[k : k + 2] == ("to", "be") and bool(
        UNNAMED.intersection(words[k + 2 : k + 3])
    )


def _relative_pronoun(s: Sentence, verb: VerbCue) -> int | None:
    """Return the place of "that", "who" or "what" right before the speaker."""
    before = verb.speaker[0] - 1 if verb.speaker else -1
    return before if before >= 0 and s.tags[before] in "wTW" else None


def _relative_clause(s: Sentence, verb: VerbCue, k: int) -> Candidate | None:
    """Match "a deadline that officials said went unnoticed"."""
    if s.tags[k] not in "vVBHMde" or "t" not in verb.cue.frames or verb.inherited:
        return None
    pronoun = _relative_pronoun(s, verb)
    if pronoun is None:
        return _contact_clause(s, verb, k)
    content = [(pronoun, pronoun + 1), (k, clause_end(s, k + 1))]
    return verb.candidate(content, "relative", 0.6, zone=pronoun)


def _contact_clause(s: Sentence, verb: VerbCue, k: int) -> Candidate | None:
    """Match "a deadline officials said had gone unnoticed"."""
    first = verb.speaker[0] if verb.speaker else 0
    if first < 2 or s.tags[k] not in "MBH" or s.tags[first - 1] != "N":
        return None
    noun = phrase_before(s, first - 1)
    if noun is None:
        return None
    content = [noun, (k, clause_end(s, k + 1))]
    return verb.candidate(content, "relative", 0.6, zone=noun[0])


def _quotation(s: Sentence, verb: VerbCue, k: int) -> Stretch | Candidate | None:
    """Match "said: “No.”" and "said: the bridge was safe"."""
    frames = verb.cue.frames
    tags = s.tags
    size = len(tags)
    if frames == "c" and tags[k] in "Qq":
        return Stretch(k, size, "written", 0.8) if is_written(s, verb) else None
    if not {"q", "t", "c"}.intersection(frames):
        return None
    if tags[k] in "Qq":
        # "said “rents fell” on Monday": the day is not said.
        end = k + 1 if TIME_TAIL.fullmatch(tags, k + 1) else size
        return Stretch(k, end, "quotation after", 0.9)
    if tags[k] in ",:-" and tags[k + 1 : k + 2] in ("Q", "q"):
        return Stretch(k + 1, size, "quotation after", 0.9)
    if tags[k] == ":" and k + 1 == size:
        # "Lee said:" at the end of a paragraph: the words stand in the next one.
        return verb.candidate([], "colon before paragraph", 0.8)
    if tags[k] == ":" and "q" in frames:
        return Stretch(k + 1, size, "colon after", 0.8)
    return _after_colon(s, verb)


def _after_colon(s: Sentence, verb: VerbCue) -> Stretch | Candidate | None:
    """Match "said in a statement on Monday: “No.”", and the same without marks."""
    tags = s.tags
    size = len(tags)
    place = BEFORE_COLON.match(tags, verb.end)
    if not place:
        return None
    k = place.end()
    if tags[k : k + 1] in ("Q", "q"):
        return Stretch(k, size, "quotation after colon", 0.85)
    if k == size:
        return verb.candidate([], "colon before paragraph", 0.8)
    clause = FINITE.search(tags, k) and "q" in verb.cue.frames
    return Stretch(k, size, "colon after", 0.7) if clause else None


def is_written(s: Sentence, verb: VerbCue) -> bool:
    """Return whether the subject is something written: "the sign reads “No entry”"."""
    first, last = verb.speaker or (0, 0)
    return not WRITINGS.isdisjoint(s.words[first:last])


def _told_somebody(s: Sentence, verb: VerbCue, k: int) -> Candidate | None:
    """Match "told reporters that", "asked them to"."""
    if "o" not in verb.cue.frames:
        return None
    addressee = ADDRESSEE.match(s.tags, k)
    if not addressee or not k < addressee.end() < len(s.tags):
        return None
    found = _told(s, verb, k, addressee.end())
    return cut_at_next_clause(s, verb, found) if found else None


def _told(s: Sentence, verb: VerbCue, k: int, m: int) -> Stretch | None:
    """Return the content at `m`, after somebody who is told something at `k`."""
    frames = verb.cue.frames
    size = len(s.tags)
    tag, word = s.tags[m], s.words[m]
    if tag == "T" and "t" in frames:
        return Stretch(m, size, "told that", 0.85)
    if word == "to" and "i" not in frames:
        return Stretch(k, size, "told to", 0.7)
    if tag in "Qq:" and "q" in frames:
        return Stretch(m + (tag == ":"), size, "told quotation", 0.85)
    if tag == "W" or word in ("if", "whether", "when", "where"):
        return Stretch(m, size, "told whether", 0.7)
    if word in verb.cue.prepositions:
        return Stretch(m + 1, clause_end(s, m + 1), "told about", 0.6)
    return _told_clause(s.tags, m) if "t" in frames else None


def _told_clause(tags: str, m: int) -> Stretch | None:
    """Match "told reporters on Monday (that) rents had fallen"."""
    size = len(tags)
    that = THAT.match(tags, m)
    if that:
        return Stretch(that.end() - 1, size, "told that", 0.8)
    m = _after_adjunct(tags, m)
    if m < size and tags[m] in "pDXNQq" and FINITE.search(tags, m):
        return Stretch(m, size, "told bare", 0.75)
    return None


def _sure_infinitive(s: Sentence, verb: VerbCue, k: int) -> Stretch | None:
    """Match "promised to go": a verb follows, or nothing does."""
    if (
        "i" in verb.cue.frames
        and s.tags[k] == "t"
        and s.tags[k + 1 : k + 2] in INFINITIVES
    ):
        return Stretch(k, clause_end(s, k + 1), "infinitive", 0.6)
    return None


def _preposition(s: Sentence, verb: VerbCue, k: int) -> Stretch | None:
    """Match "called for a vote", "called on Monday for a vote"."""
    at = k + 1 if s.tags[k] == "Y" and k + 1 < len(s.tags) else k
    if s.words[at] not in verb.cue.prepositions:
        return None
    if s.tags[at + 1 : at + 2] in ("", "Q", "."):
        return None
    return Stretch(at + 1, clause_end(s, at + 1), "preposition", 0.6)


def _clause(s: Sentence, verb: VerbCue, k: int) -> Stretch | None:
    """Match "said that rents fell", "said on Monday that", "said rents fell"."""
    frames = verb.cue.frames
    tags = s.tags
    size = len(tags)
    if "t" not in frames:
        return None
    if tags[k] == "T":
        return Stretch(k, size, "that", 0.85)
    if tags[verb.end] in "RYPat," and "o" not in frames:
        that = THAT.match(tags, verb.end)
        # "found little about the plan that was new": no clause
        noun = tags[verb.end] == "R" and tags[k] in "pDNX"
        if that and not noun and not _is_relative(s, verb, that.end()):
            return Stretch(that.end() - 1, size, "that", 0.8)
    if verb.inherited and "q" not in frames and verb.cue.lemma not in THINKING:
        # ", seeing prices rise", "to find the road blocked": no claim without "that"
        return None
    start = k
    if "q" in frames:
        start = _after_adjunct(tags, k)
        if tags[start : start + 2] in (",Q", ",q", ":Q", ":q"):
            return Stretch(start + 1, size, "quotation after", 0.85)
    says = verb.cue.lemma == "say"
    if tags[start : start + 1] in tuple("pDXNQq#gxsPZHJ" + "G" * says) and is_clause(
        s,
        start,
        choice="n" in frames or verb.cue.lemma in WITH_OBJECT,
        sure=says,
    ):
        return Stretch(start, size, "bare", 0.75)
    return None


def _is_relative(s: Sentence, verb: VerbCue, at: int) -> bool:
    """Return whether "that" has no subject: "a quay that has no lights"."""
    if s.tags[at : at + 1] in tuple("vVBHMd"):
        return True
    # "20 boats at a quay that works with clubs", but not "on 20 May that"
    between = s.tags[verb.end : at]
    counted = "#" in between and "Y" not in between
    return counted and s.tags[at : at + 2] == "NP" and s.words[at].endswith("s")


def _infinitive_or_question(s: Sentence, verb: VerbCue, k: int) -> Stretch | None:
    """Match "hoped to", whatever follows, and "asked whether rents fell"."""
    frames = verb.cue.frames
    if "i" in frames and s.tags[k] == "t":
        return Stretch(k, clause_end(s, k + 1), "infinitive", 0.6)
    if "w" in frames and (s.tags[k] == "W" or s.words[k] in QUESTION_WORDS):
        return Stretch(k, len(s.tags), "whether", 0.65)
    return None


def _relative_quotation(s: Sentence, verb: VerbCue, k: int) -> Candidate | None:
    """Match "what the judge called “a farce”"."""
    judged = s.words[k] == "as"
    if "n" not in verb.cue.frames or not (judged or s.tags[k] in "Qq"):
        return None
    pronoun = _relative_pronoun(s, verb)
    if pronoun is None:
        return None
    # "what he described as a farce"
    end = clause_end(s, k + 1) if judged else k + 1
    content = [(pronoun, pronoun + 1), (k, end)]
    return verb.candidate(content, "relative", 0.6, zone=pronoun)


def _object(s: Sentence, verb: VerbCue, k: int) -> Stretch | None:
    """Match "condemned the attack" and "suggested leaving"."""
    frames = verb.cue.frames
    if s.tags[k : k + 2] == "PY" and s.tags[k + 2 : k + 3] in tuple("DNXx#"):
        # "announced on Monday the closure of the mill"
        k += 2
    tag = s.tags[k]
    if _only_names(s, verb, tag) or _is_mere_act(s, verb):
        return None
    if "n" in frames and (
        tag in "DXNpoQqx#gWeJZ"
        or (tag == "V" and s.words[k] in NOUN_FORMS)
        or (tag == "T" and "t" not in frames)
    ):
        return Stretch(k, clause_end(s, k + 1), "object", 0.6)
    if "g" in frames and tag in "gG":
        return Stretch(k, clause_end(s, k + 1), "gerund", 0.6)
    return None


def _is_mere_act(s: Sentence, verb: VerbCue) -> bool:
    """Return whether somebody only does something with a thing, and claims nothing.

    "the firm showing its wares", "to discuss the plan"; after a comma or a preposition
    it is the way of saying it: "..., calling it a farce", "by denying the charge".
    """
    if not verb.inherited:
        return False
    j = verb.words[0] - 1
    while j >= 0 and s.tags[j] == "R":
        j -= 1
    before = s.tags[j] if j >= 0 else "^"
    governor = s.words[max(0, j - (before == "t"))] if j >= 0 else ""
    if governor in CATENATIVE and (before == "t" or verb.form == "ing"):
        # "began dismissing the plan", "continued to back it"
        return False
    return before == "t" or (verb.form == "ing" and before not in ",PabQ")


def _only_names(s: Sentence, verb: VerbCue, tag: str) -> bool:
    """Return whether a participle gives a name: "a website called X"."""
    return (
        verb.form == "both"
        and verb.cue.lemma in NAMING
        and verb.words[0] == verb.at > 0
        and s.tags[verb.at - 1] == "N"
        and tag in "XqQ"
        and not CALLED_SO.match(s.tags, verb.end)
    )


# In this order: what stands earlier is the surer sign.
RULES = (
    _relative_clause,
    _quotation,
    _told_somebody,
    _sure_infinitive,
    _preposition,
    _clause,
    _infinitive_or_question,
    _relative_quotation,
    _object,
)


def _after_adjunct(tags: str, k: int) -> int:
    """Return where "in an interview Tuesday" ends, if it begins at `k`."""
    adjunct = ADJUNCT.match(tags, k)
    return adjunct.end() if adjunct else k


def is_clause(s: Sentence, m: int, choice: bool, sure: bool) -> bool:
    """Return whether the words from `m` on are a clause and not just an object.

    `choice` says that the cue may have either: then a verb must follow the subject.
    `sure` says that it never has an object, so that nearly all is a clause.
    """
    tags, words = s.tags, s.words
    if "’" in words[m] or "'" in words[m]:
        return True
    if not choice:
        if sure and tags[m] not in "PRY":
            return True
        return bool(FINITE.search(tags, m, m + CLAUSE_LENGTH))
    found = subject_after(s, m)
    if not found:
        return bool(FINITE.search(tags, m))
    return bool(AFTER_SUBJECT.match(tags, found[1]))
