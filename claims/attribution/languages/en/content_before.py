"""Content in front of its cue or around it: "“No,” she said", "Rents, she said, fell".

Words are numbered as in the sentence; `edge` is the last one of the content.
"""

from __future__ import annotations

import re

from .candidates import Candidate, VerbCue
from .phrases import FINITE, clause_end, subject_after
from .sentences import Sentence, WordRange

# What may stand between a cue and the end of its sentence: "said in an interview."
TAIL = re.compile(
    r"(?>(?:[RYPfgcNXDxoY#JZKt,'():-]|G(?=[PDNX])|(?<=[NX])[eEV](?=[PY]))*)"
    r"(?:[saw][^Q;]*)?(?:[.?!]*\Z|;)"
)
SHORT_TAIL = re.compile(r"(?:[RYNXDxo#P]|a(?=[DNX])){0,10}?(?=,)")
# The word before the cue, and what follows: it needs more, or an infinitive goes on.
GOES_ON = re.compile(r"[BHMdtPfDT],(?!\Z|[.])|[NXJ],tR?[ZvNV]")
CLAUSE_AFTER = re.compile(r"(?:[RYPDNXxo#J]|a(?=[DNX])){0,12}?,(?=T|t[ZNv]|M)")
VERBS = tuple("vVBHMdRn")
ASIDE = re.compile(r"R*[Ggw]|[cb]R*[vVHBMd]|R*t")
# "Lund said as a man yelled: “No!”"
OTHERS_CUE = re.compile(r"[as][^,;:Q]*[NX][vV][,:]Q")


def content_before_cue(s: Sentence, verb: VerbCue) -> Candidate | None:
    """Return the attribution whose content stands before its cue, or around it."""
    if verb.speaker is None:
        return _inverted(s, verb)
    if verb.inherited or verb.form == "ing":
        return None
    tags = s.tags
    start = verb.speaker[0]
    edge = start - 1
    if edge >= 0 and s.words[edge] == "as":
        if edge == 0 or (
            tags[edge - 1] in "cb" and tags[edge - 2 : edge - 1] in ("", ",")
        ):
            return _as_said(s, verb)
        edge -= 1
    if edge < 0 or tags[start] == "w":
        return None
    if tags[edge] == "," and edge and tags[edge - 1] in "Qq":
        edge -= 1
    if not _ends_content(s, verb, edge):
        return None
    return _around_cue(s, verb, edge, verb.end, "subject before")


def _as_said(s: Sentence, verb: VerbCue) -> Candidate | None:
    """Return the attribution of "As the mayor said, the bridge was safe."."""
    tags = s.tags
    tail = SHORT_TAIL.match(tags, verb.end)
    if not tail:
        return None
    start = tail.end() + 1
    if start >= len(tags) or tags[start] in ".?":
        return None
    return verb.content_first([(start, len(tags))], "as said", 0.7)


def _ends_content(s: Sentence, verb: VerbCue, edge: int) -> bool:
    """Return whether content ends at a quotation, comma or dash before the speaker."""
    tags = s.tags
    if tags[edge] in "Qq":
        return True
    if tags[edge] != "," and (tags[edge] != "-" or edge < 2):
        return False
    # "..., she asked the mayor": what follows is the content, or a part of the cue.
    return "o" in verb.cue.frames or tags[verb.end : verb.end + 1] not in tuple(
        "DNXpoQqx#gT"
    )


def _inverted(s: Sentence, verb: VerbCue) -> Candidate | None:
    """Return the attribution of '"No," said the mayor.'"""
    tags = s.tags
    size = len(tags)
    edge = verb.at - 1
    if verb.form == "ing" or (edge >= 0 and tags[edge] not in "Qq,?"):
        return None
    speaker = subject_after(s, verb.end)
    if edge < 0:
        return _opening(verb, speaker, tags)
    if not speaker or _is_day(tags[slice(*speaker)]):
        return None
    if tags[speaker[0]] == "p" and tags[speaker[1] : speaker[1] + 1] in VERBS:
        # "Lee, who calls it “a farce,” said he disagrees": no inversion
        return None
    if speaker[1] < size and tags[speaker[1]] == "w":
        # "said an official who knows the plan"
        speaker = speaker[0], clause_end(s, speaker[1])
    if tags[edge] not in "Qq" and speaker[1] < size and tags[speaker[1]] not in ".,;":
        return None
    verb.speaker = speaker
    return _around_cue(s, verb, edge, speaker[1], "inverted")


def _is_day(tags: str) -> bool:
    """Return whether a phrase is a day: "Tuesday", and not "Lee, who left Tuesday"."""
    return tags[-1] == "Y" and "," not in tags


def _opening(verb: VerbCue, speaker: WordRange | None, tags: str) -> Candidate | None:
    """Return the attribution of "Said the mayor: “No.”"."""
    if not speaker or tags[speaker[1] : speaker[1] + 2] not in (":Q", ",Q"):
        return None
    verb.speaker = speaker
    return verb.candidate([(speaker[1] + 1, len(tags))], "inverted", 0.85)


def _around_cue(
    s: Sentence, verb: VerbCue, edge: int, after: int, rule: str
) -> Candidate | None:
    """Return the attribution of content that ends at `edge` and may go on later.

    `after` is the word after cue and speaker.
    """
    tags = s.tags
    quoted = tags[edge] in "Qq"
    tail = TAIL.match(tags, after)
    if tail and not quoted and _is_fragment(tags, edge):
        if after + 2 < len(tags) and tags[after] == ",":
            # "In May, she said, when prices rose ..."
            parts = [(0, edge), (after + 1, len(tags))]
            return verb.content_first(parts, rule, 0.8)
        # A headline: "Talks to go on, minister says"
        if edge < 3 or tags[after:].strip(".?RYPDNX#"):
            return None
    if quoted and not s.quotations[edge].closed:
        return None
    if not quoted and edge and GOES_ON.match(tags[edge - 1] + tags[after:]):
        # "It was, she said, a good year", "it is his job, she said, to tell"
        return verb.content_first([(0, edge), (after + 1, len(tags))], rule, 0.8)
    rest = [] if tail else _after_interruption(tags, after, quoted)
    if rest is None:
        return None
    content = [_first_part(s, edge), *rest]
    return verb.content_first(content, rule, 0.9 if quoted else 0.8)


def _is_fragment(tags: str, edge: int) -> bool:
    """Return whether the words before `edge` have neither a quotation nor a verb."""
    return (
        "Q" not in tags[:edge]
        and "q" not in tags[:edge]
        and not FINITE.search(tags, 0, edge)
    )


def _first_part(s: Sentence, edge: int) -> WordRange:
    """Return the content up to its last word `edge`, without "and" at its front."""
    tags = s.tags
    first = 0
    while first < edge and tags[first] in "cb,":
        first += 1
    if not _is_quoted_sentence(s, first, edge):
        return first, edge + 1
    # What stands before a whole sentence in quotation marks is not quoted.
    last = edge
    while edge > first and tags[edge - 1] in "Qq":
        edge -= 1
    while last + 1 < len(tags) and tags[last + 1] in "Qq":
        last += 1
    return edge, last + 1


def _is_quoted_sentence(s: Sentence, first: int, edge: int) -> bool:
    """Return whether the quotation at `edge` is a sentence of its own."""
    if s.tags[edge] not in "Qq" or not s.quotations[edge].capital:
        return False
    return s.tags[edge - 1] in ",:;-Qq" or not FINITE.search(s.tags, first, edge)


def _after_interruption(tags: str, after: int, quoted: bool) -> list[WordRange] | None:
    """Return the content after a cue that interrupts it; None where none can be."""
    size = len(tags)
    tail = None if quoted else SHORT_TAIL.match(tags, after)
    if tail and tail.end() < size - 1:
        start = tail.end() + 1
        return [] if ASIDE.match(tags, start) else [(start, size)]
    goes_on = CLAUSE_AFTER.match(tags[after:]) if quoted and tags[0] in "Qqcb" else None
    if goes_on and after + goes_on.end() < size:
        # "“It is bad luck,” she said, that both bridges fell."
        return [(after + goes_on.end(), size)]
    # Only a further quotation belongs to the words: "..., she said, "but ..."
    at = tags.find("Q", after)
    if OTHERS_CUE.search(tags, after, at + 1):
        return [] if quoted else None
    if at > 0 and (tags[at - 1] in ",:-" or (quoted and at == after)):
        return [(at, size)]
    return [] if quoted else None
