"""Attributions by way of somebody else: "was quoted by the Daily Post as saying"."""

from __future__ import annotations

from collections.abc import Iterator

from .candidates import Candidate
from .cues import FORMS
from .phrases import FINITE, phrase_before, subject_after, subject_before
from .sentences import Sentence, WordRange
from .words import word_set

QUOTED = word_set("quoted cited reported recorded heard shown")
QUOTING = word_set("quotes quote quoting")
SAYING = word_set("saying stating telling arguing writing warning")
EITHER = QUOTED | QUOTING
# So far from the verb may "as saying" stand.
REACH = 16


def quoted_candidates(s: Sentence) -> Iterator[Candidate]:
    """Yield "was quoted as saying that", "the Daily Post quoted Lee as saying"."""
    words = s.words
    if SAYING.isdisjoint(words):
        return
    for saying in range(2, len(words)):
        if words[saying] in SAYING and words[saying - 1] == "as":
            found = _quoted(s, saying)
            if found:
                yield found


def as_reported_candidate(s: Sentence) -> Candidate | None:
    """Return the attribution of "As reported by the Daily Post, rents fell."."""
    words = s.words
    if words[0] != "as" or words[2:3] != ("by",):
        return None
    forms = [form for form in FORMS.get(words[1], ()) if not form.rest]
    agent = subject_after(s, 3, apposition=False)
    if not forms or "f" not in forms[0].cue.frames or agent is None:
        return None
    start = agent[1] + 1
    if s.tags[agent[1] : start] != "," or not FINITE.search(s.tags, start):
        return None
    content = [(start, len(s.tags))]
    return Candidate(
        content, (1, 2), agent, "as said", 0.8, 0, True, lemma=forms[0].lemma
    )


def _quoted(s: Sentence, saying: int) -> Candidate | None:
    """Return the attribution of the words after "as saying"."""
    at = saying - 2
    lowest = max(0, saying - REACH)
    while at >= lowest and s.words[at] not in EITHER:
        at -= 1
    if at < lowest:
        return None
    first = at
    while first > 0 and s.tags[first - 1] in "RnBHMd":
        first -= 1
    if "B" in s.tags[first:at]:
        speaker, via = subject_before(s, first - 1), _agent(s, at, saying)
    else:
        speaker, via = subject_after(s, at + 1), subject_before(s, first - 1)
        if speaker and speaker[1] != saying - 1:
            return None
    if speaker is None:
        return None
    content, content_first = _content(s, speaker, saying)
    if content[0] >= content[1]:
        return None
    zone = speaker[0] if speaker[0] < first else (via[0] if via else first)
    return Candidate(
        [content],
        (first if speaker[0] < first else saying, saying + 1),
        speaker,
        "quoted as saying",
        0.8,
        0 if content_first else zone,
        content_first,
        lemma="say",
        speech=True,
        via=via,
    )


def _content(s: Sentence, speaker: WordRange, saying: int) -> tuple[WordRange, bool]:
    """Return the content, and whether it stands in front.

    "“No,” Lee was quoted as saying"
    """
    tags = s.tags
    after = saying + 1
    if tags[after:].strip(".?!RYP"):
        return (after + (tags[after] in ",:"), len(tags)), False
    edge = speaker[0]
    return (0, edge if edge and tags[edge - 1] in ",Qq" else 0), True


def _agent(s: Sentence, at: int, saying: int) -> WordRange | None:
    """Return who quotes somebody: "by the Daily Post", "in the Daily Post"."""
    for k in range(at + 1, saying - 1):
        if s.words[k] in ("by", "in"):
            found = phrase_before(s, saying - 2)
            return found if found and found[0] == k + 1 else None
    return None
