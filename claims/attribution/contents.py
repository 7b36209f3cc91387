"""Which words belong to a verb of saying: before it, after it, or on both sides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .candidates import Found, Words
from .cues import NAMING, NOUN_FORMS, Cue
from .phrases import clause_end, subject_after
from .sentences import Sentence

FINITE = re.compile(r"[vVBHMd]|(?<=[NXpw])e")
THAT = re.compile(r"[RYPfDNX#xoYZKJpeBDc,'Q()-]{0,20}?T")
ADJUNCT = re.compile(r"(?:[RY]|[Pf](?:D?[Ne]*N|X+|D?#Y?|DYN?|Y))*(?=[pDQWTXN])")
# What may stand between a cue and the end of its sentence: "said in an interview."
TAIL = re.compile(
    r"(?>(?:[RYPfgcNXDxoY#JZKt,'():-]|G(?=[PDNX])|(?<=[NX])[eEV](?=[PY]))*)"
    r"(?:[saw][^Q]*)?[.?!]*\Z"
)
SHORT_TAIL = re.compile(r"(?:[RYNXDxo#P]|a(?=[DNX])){0,10}?(?=,)")
ASIDE = re.compile(r"R*[Ggw]|[cb]R*[vVHBMd]|R*t")
ADDRESSEE = re.compile(
    r"(?:o|p(?=[TtDpQ,])|[DxR]*[NX#JeZ]*[NXZ](?:[Pf][DxR]*[NX#Je]*[NXY])*"
    r"|D(?=[TtQ,p])),?"
)
COORDINATED = re.compile(r",[cb]R*[vVe]")
MAIN = re.compile(r",R*(?:[pDX#]|N)[NXx#JegPDfR]{0,10}R*[vVBHMde]")
AFTER_SUBJECT = re.compile(
    r"[Rn]*(?:[vVBHMdeZ]|,[^,]{1,30},R*[vVBHMde]|[wT][^,.]{1,30}[vVBHMde])"
)
# A verb that stands further away does not show that a clause begins here.
CLAUSE_LENGTH = 12
# "said, however, that", "said, and I quote:"
BRIEF_ASIDE = re.compile(r",(?:R{1,2}|P[NDX]{1,4}|cpZ),(?=[TQpDNX])")
UNNAMED = frozenset(["named", "identified", "quoted", "cited"])
QUESTION_WORDS = frozenset(["whether", "if", "how", "when", "where", "which", "who"])


@dataclass(slots=True)
class VerbCue:
    """A verb of saying at its place: its words, its form and its speaker."""

    cue: Cue
    at: int
    words: Words
    form: str
    speaker: Words | None
    inherited: bool
    zone: int

    @property
    def end(self) -> int:
        return self.words[1]

    def found(
        self, content: list[Words], rule: str, score: float, **more: object
    ) -> Found:
        """Return a candidate with this cue and the given content."""
        values = {
            "speaker": self.speaker,
            "zone": self.zone,
            "lemma": self.cue.lemma,
            "speech": "f" in self.cue.frames,
        }
        return Found(content, self.words, rule=rule, score=score, **(values | more))


def contents(s: Sentence, verb: VerbCue) -> Found | None:
    """Return the attribution of a verb with its words, or None if it has none."""
    behind = before_the_words(s, verb) if verb.speaker else None
    if behind and (s.tags[0] in "asGgPERe" or s.words[0] == "asked"):
        # "As prices rose, the mayor said rents fell."
        return behind
    if "f" in verb.cue.frames:
        found = after_the_words(s, verb)
        if found:
            return found
    return behind


def after_the_words(s: Sentence, verb: VerbCue) -> Found | None:
    """Return the attribution if the cue stands after its words or inside them."""
    tags = s.tags
    size = len(tags)
    if verb.speaker and (verb.inherited or verb.form == "ing"):
        return None
    end = verb.end
    if verb.speaker:
        start = verb.speaker[0]
        edge = start - 1
        if edge >= 0 and s.words[edge] == "as":
            if edge == 0 or (edge == 1 and tags[0] in "cb"):
                # "As the mayor said, the bridge was safe."
                short = SHORT_TAIL.match(tags, end)
                if (
                    short
                    and short.end() + 1 < size
                    and tags[short.end() + 1] not in ".?"
                ):
                    content = [(short.end() + 1, size)]
                    return verb.found(content, "as said", 0.7, zone=0, left=True)
                return None
            edge -= 1
        if edge < 0 or tags[start] == "w":
            return None
        if tags[edge] == "," and edge and tags[edge - 1] in "Qq":
            edge -= 1
        quoted = tags[edge] in "Qq"
        if not (tags[edge] == "," or quoted or (tags[edge] == "-" and edge > 1)):
            return None
        if (
            not quoted
            and "o" not in verb.cue.frames
            and end < size
            and tags[end] in "DNXpoQqx#gT"
        ):
            return None
        return _left(s, verb, edge, end, "subject before")
    # '"No," said the mayor.'
    edge = verb.at - 1
    if edge < 0 or tags[edge] not in "Qq,?" or verb.form == "ing":
        return None
    speaker = subject_after(tags, end)
    if not speaker or tags[speaker[1] - 1] == "Y":
        return None
    if speaker[1] < size and tags[speaker[1]] == "w":
        # "said an official who knows the plan"
        speaker = speaker[0], clause_end(s, speaker[1])
    if tags[edge] not in "Qq" and speaker[1] < size and tags[speaker[1]] not in ".,;":
        return None
    verb.speaker = speaker
    return _left(s, verb, edge, speaker[1], "inverted")


def _left(s: Sentence, verb: VerbCue, edge: int, k: int, rule: str) -> Found | None:
    """Return the attribution whose words end at `edge`; `k` comes after the cue."""
    tags = s.tags
    size = len(tags)
    quoted = tags[edge] in "Qq"
    first = 0
    tail = TAIL.match(tags, k)
    if (
        not quoted
        and tail
        and "Q" not in tags[:edge]
        and "q" not in tags[:edge]
        and not FINITE.search(tags, 0, edge)
    ):
        if k + 2 < size and tags[k] == ",":
            # "In May, she said, when prices rose ..."
            parts = [(0, edge), (k + 1, size)]
            return verb.found(parts, rule, 0.8, zone=0, left=True)
        # A headline: "Talks to go on, minister says"
        if edge < 3 or tags[k:].strip(".?RYPDNX#"):
            return None
    if quoted and not s.quotations[edge].closed:
        return None
    while first < edge and tags[first] in "cb,":
        first += 1
    if (
        quoted
        and s.quotations[edge].capital
        and (tags[edge - 1] in ",:;-Qq" or not FINITE.search(tags, first, edge))
    ):
        # A whole sentence in quotation marks: what stands before it is not quoted.
        while edge > first and tags[edge - 1] in "Qq":
            edge -= 1
        first = edge
        while edge + 1 < size and tags[edge + 1] in "Qq":
            edge += 1
    content = [(first, edge + 1)]
    if not tail and quoted:
        # Only a further quotation belongs to the words: "..., she said, "but ..."
        q = tags.find("Q", k)
        if q > 0 and (q == k or tags[q - 1] in ",:-"):
            content.append((q, size))
    elif not tail:
        short = SHORT_TAIL.match(tags, k)
        if short and short.end() < size - 1:
            if not ASIDE.match(tags, short.end() + 1):
                content.append((short.end() + 1, size))
        else:
            q = tags.find("Q", k)
            if q <= 0 or tags[q - 1] not in ",:-":
                return None
            content.append((q, size))
    return verb.found(content, rule, 0.9 if quoted else 0.8, zone=0, left=True)


def before_the_words(s: Sentence, verb: VerbCue) -> Found | None:
    """Return the attribution if the words follow the cue."""
    tags, words = s.tags, s.words
    size = len(tags)
    frames = verb.cue.frames
    end = verb.end
    speaker = verb.speaker
    k = end
    while k < size and tags[k] in "Rn":
        k += 1
    if k >= size or speaker is None or _keeps_back(words, k):
        return None
    aside = BRIEF_ASIDE.match(tags, end)
    if aside and "f" in frames:
        k = aside.end()
    tag = tags[k]

    def done(start: int, stop: int, rule: str, score: float) -> Found | None:
        if verb.inherited:
            # A speaker taken from the clause before is the less certain one.
            rule, score = "inherited " + rule, round(score - 0.15, 2)
        elif stop == size and verb.zone > 0 and tags[verb.zone - 1] in "as":
            stop = _before_main_clause(tags, start)
        elif stop == size:
            # "said rents fell, and left the room"
            more = COORDINATED.search(tags, start + 2)
            stop = more.start() if more else stop
        return verb.found([(start, stop)], rule, score) if stop > start else None

    before = speaker[0] - 1
    relative = before >= 0 and tags[before] in "wTW" and not verb.inherited
    if relative and tag in "vVBHMd" and "t" in frames:
        # "a deadline that officials said went unnoticed"
        parts = [(before, before + 1), (k, clause_end(s, k + 1))]
        return verb.found(parts, "relative", 0.6, zone=before)
    if "q" in frames or "t" in frames:
        if tag in ",:-" and k + 1 < size and tags[k + 1] in "Qq":
            return done(k + 1, size, "quotation after", 0.9)
        if tag in "Qq":
            return done(k, size, "quotation after", 0.9)
        if tag == ":" and k + 1 == size:
            # "Lee said:" at the end of a paragraph: the words stand in the next one.
            return verb.found([], "colon before paragraph", 0.8)
        if tag == ":" and "q" in frames:
            return done(k + 1, size, "colon after", 0.8)
    if "o" in frames:
        found = _to_somebody(s, verb, k, done)
        if found:
            return found
    if "i" in frames and tag == "t" and tags[k + 1 : k + 2] in "ZNvgRVB":
        return done(k, clause_end(s, k + 1), "infinitive", 0.6)
    # "called on Monday for", "called Monday for"
    m = k + 1 if tag == "Y" and k + 1 < size else k
    if words[m] in verb.cue.prepositions and tags[m + 1 : m + 2] not in ("", "Q", "."):
        return done(m + 1, clause_end(s, m + 1), "preposition", 0.6)
    if "t" in frames:
        if tag == "T":
            return done(k, size, "that", 0.85)
        if tags[end] in "RYPa," and "o" not in frames:
            that = THAT.match(tags, end)
            if that:
                return done(that.end() - 1, size, "that", 0.8)
        m = k
        if "q" in frames:
            m = _after_adjunct(tags, k)
            if m < size and tags[m] in ",:" and tags[m + 1 : m + 2] in ("Q", "q"):
                return done(m + 1, size, "quotation after", 0.85)
        if (
            m < size
            and tags[m] in "pDXNQq#gxsPZHJ"
            and is_clause(s, m, "n" in frames, verb.cue.lemma == "say")
        ):
            return done(m, size, "bare", 0.75)
    if "i" in frames and tag == "t":
        return done(k, clause_end(s, k + 1), "infinitive", 0.6)
    if "w" in frames and (tag == "W" or words[k] in QUESTION_WORDS):
        return done(k, size, "whether", 0.65)
    if "n" in frames and before >= 0 and tags[before] in "WTw" and tag in "Qq":
        # "what the judge called 'a farce'"
        parts = [(before, before + 1), (k, k + 1)]
        return verb.found(parts, "relative", 0.6, zone=before)
    if (
        verb.form == "both"
        and verb.cue.lemma in NAMING
        and verb.words[0] == verb.at > 0
        and tags[verb.at - 1] == "N"
        and tag in "XqQ"
    ):
        # "a website called X"
        return None
    if "n" in frames and (
        tag in "DXNpoQqx#gWeJZ"
        or (tag == "V" and words[k] in NOUN_FORMS)
        or (tag == "T" and "t" not in frames)
    ):
        return done(k, clause_end(s, k + 1), "object", 0.6)
    if "g" in frames and tag in "gG":
        return done(k, clause_end(s, k + 1), "gerund", 0.6)
    return None


def _keeps_back(words: tuple[str, ...], k: int) -> bool:
    """Return whether somebody asked "not to be named" here: no claim of theirs.

    >>> _keeps_back(("asked", "not", "to", "be", "named"), 2)
    True
    """
    return tuple(words[k : k + 2]) == ("to", "be") and bool(
        UNNAMED.intersection(words[k + 2 : k + 3])
    )


def _to_somebody(s: Sentence, verb: VerbCue, k: int, done) -> Found | None:
    """Return the attribution of "told reporters that", "asked them to"."""
    tags, words = s.tags, s.words
    size = len(tags)
    frames = verb.cue.frames
    who = ADDRESSEE.match(tags, k)
    if not who or who.end() == k:
        return None
    m = who.end()
    if m >= size:
        return None
    tag = tags[m]
    if tag == "T" and "t" in frames:
        return done(m, size, "told that", 0.85)
    if words[m] == "to" and "i" not in frames:
        return done(k, size, "told to", 0.7)
    if "q" in frames and tag in "Qq:":
        return done(m if tag in "Qq" else m + 1, size, "told quotation", 0.85)
    if tag == "W" or words[m] in ("if", "whether", "when", "where"):
        return done(m, size, "told whether", 0.7)
    if words[m] in verb.cue.prepositions:
        return done(m + 1, clause_end(s, m + 1), "told about", 0.6)
    if "t" in frames:
        that = THAT.match(tags, m)
        if that:
            return done(that.end() - 1, size, "told that", 0.8)
        m = _after_adjunct(tags, m)
        if m < size and tags[m] in "pDXNQq" and FINITE.search(tags, m):
            return done(m, size, "told bare", 0.75)
    return None


def _after_adjunct(tags: str, k: int) -> int:
    """Return where "in an interview Tuesday" ends, if it begins at `k`."""
    adjunct = ADJUNCT.match(tags, k)
    return adjunct.end() if adjunct else k


def _before_main_clause(tags: str, start: int) -> int:
    """Return where "While the mayor said it was safe, others left" turns."""
    comma = tags.find(",", start)
    while comma > 0 and not MAIN.match(tags, comma):
        comma = tags.find(",", comma + 1)
    return comma if comma > 0 else len(tags)


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
    found = subject_after(tags, m)
    if not found:
        return bool(FINITE.search(tags, m))
    return bool(AFTER_SUBJECT.match(tags, found[1]))
