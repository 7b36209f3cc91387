"""Doubts about an English proposal, beside those that its fields tell of themselves.

They take nothing away: a proposal with a doubt is offered too, and says what an editor
has to look at. What has none may be taken as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date

from claims.attribution.proposals import Doubt, Resolution, StatedOn

from .doubtful_speakers import is_doubtful
from .find import Record
from .modality import is_in_opening_clause
from .phrases import FINITE
from .standing_alone import adds_a_remark
from .unread_days import is_day_open
from .wording import Wording
from .words import word_set

# Verbs that name the saying itself. Others tell what somebody thinks, shows, wants or
# does, and are right less often.
SPEECH = word_set(
    """
    say tell add note argue insist claim state report announce explain acknowledge warn
    contend maintain assert reiterate stress emphasize emphasise concede admit declare
    deny accuse call criticize criticise blast denounce condemn praise urge promise
    pledge vow point_out attribute dismiss reject allege complain write reaffirm
    reassure welcome lament according tweet testify assure vent rule
    """
)
# With words in quotation marks some are certain, whatever the verb, but for these.
MOODS = word_set(
    """
    hope fear wish want worry wonder plan seek expect aim intend prefer imagine dream
    consider ponder ask question press challenge decline refuse focus continue begin
    wait feel love hate like regret enjoy muse joke quip tease demur mock advise agree
    instruct refer
    """
)
# A poll finds and shows; of other speakers the author concludes it.
SHOWING = word_set("find show report")
# Who denies says so; who did not say something does not.
DENIALS = word_set("deny dismiss reject refute dispute disavow rebut")
# Acts that say in passing, or not at all, what was said
IN_PASSING = (
    "whether",
    "told whether",
    "asked about",
    "told about",
    "passive by",
    "adjective",
    "relative",
    "noun",
)
# "praised the speech" tells nothing, "praised it as fair", "called it “fair”" do.
TELLING = re.compile(
    r"[“”\"]|''|\b(?:as|for|that|to|because|of|over|saying|calling|with|by|from|not|will"
    r"|would|is|was|are|were|has|have|had)\b"
)
ACTS = ("object", "preposition")
# What somebody answers needs the question.
ANSWERING = word_set("respond reply answer counter retort shoot fire snap")
AGREEING = re.compile(r"\b(?:dis)?agree[ds]? with\b[^,]{0,25}\Z")
# The author judges what somebody says.
VERDICT = re.compile(
    r"\b(?:wrongly|falsely|rightly|misleadingly|mistakenly|absurdly|correctly|bizarrely"
    r"|disingenuously|ridiculously|incorrectly|pernicious|magnanimous|baselessly) "
)
NAMED = re.compile(r"[^\W\d_a-z](?<![\w“\"‘'(].)(?<![.?!:] .)[\w.&-]+|\d")
# Shorter words seldom say enough.
FEWEST_WORDS = 8
FEWEST_SAID = 4
# So many tell what they are about, without a name.
TELLING_WORDS = 20
POLL = re.compile(r"\b(?:[Pp]oll|[Ss]urvey)\b(?! in)")
NEXT_CLAUSE = re.compile(",[bc]")
# "that rents fell and Mayor Lund praised it": perhaps the author's second sentence
COORDINATED = re.compile(
    r"[a-z],? and (?:the \w+ day, )?(?:the )?(?:[^\W\d_a-z][\w.’-]+ ){1,4}"
    r"(?:[a-z]+ )?(?:\w+ed|is|was|has|had|are|were|will)\b"
    r"|[”\"],? (?:but|yet|and in fact) "
)
NEXT_SUBJECT = re.compile(r"[Q,][cb]D?T?X+R?[vVBHMd]")
# "– a plan she had made before": what follows one dash
ONE_DASH = re.compile(r"[^–—]*?(?: --? |[–—])(?!.*(?: --? |[–—]))")
QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
CUT = "[…]"
# What belongs to the page or to the sentence beside it, and letters read wrongly
BYLINE = re.compile("--[A-Z]")
DEBRIS = re.compile(r" (?:[A-Z]{2,} [A-Z]{3,} [A-Z]{3,}|[a-z]{2,}[A-Z][a-z])")
SIGNS = re.compile(r"[<@ÃÂ\u0303]|\[#|['’]\.['’]|[.,]['’]\.(?!\w)")
# Cut out of a sentence, or its first words are the page's
BAD_FRONT = re.compile(r"[(~…•*|]|[a-z]|[^()]*\)|\W*(?:From|Via) ")


def noticed(
    text: str,
    record: Record,
    who: Resolution,
    around: str,
    wording: Wording,
    stated: StatedOn,
    published_on: date | None,
) -> tuple[Doubt, ...]:
    """Return what else an editor has to look at before a proposal is taken as it is.

    `around` holds the words around its cue, as `dates` takes them. A wording with an
    open pronoun is to be rewritten, so that it is not asked what else it leaves open.
    """
    found: list[Doubt] = []
    if is_doubtful(text, record, who):
        found.append("speaker")
    if not wording.open_words:
        if _names_nothing(wording.text, who) or record.found.lemma in ANSWERING:
            found.append("reference")
        if not _is_clean(wording.text) or _runs_on(text, record, wording.text):
            found.append("extent")
    if not _is_claimed(text, record, around, wording.text):
        found.append("statement")
    if is_day_open(text, record, stated, published_on):
        found.append("day")
    return tuple(found)


def _names_nothing(wording: str, who: Resolution) -> bool:
    """Return whether short words name nothing beside their speaker, and no number."""
    if wording.count(" ") >= TELLING_WORDS:
        return False
    own = (who.name or "").replace("’s", "").split()
    return all(match.group().strip(".,") in own for match in NAMED.finditer(wording, 1))


def _is_clean(wording: str) -> bool:
    """Return whether a wording is whole, and nothing of the page stands in it."""
    return not (
        CUT in wording
        or wording.count(" ") < FEWEST_WORDS - 1
        or BAD_FRONT.match(wording)
        or wording.count("(") != wording.count(")")
        or SIGNS.search(wording)
        or ("--" in wording and BYLINE.search(wording))
        or "http" in wording
        or DEBRIS.search(wording)
    )


def _runs_on(text: str, record: Record, wording: str) -> bool:
    """Return whether a wording goes on with another verb after what was said.

    "Holt wants a tram; Lund seeks a bus", "While Holt says so, she seems uneasy"
    """
    s, item = record.sentence, record.attribution
    if item.kind == "direct":
        return False
    if is_in_opening_clause(record):
        return True
    if adds_a_remark([part.of(text) for part in item.content]):
        return True
    words = item.words(text)
    if any(NEXT_SUBJECT.search(s.tags, a, b) for a, b in record.found.content):
        # "“Rents fell,” for one, and Lund sang"
        return True
    if COORDINATED.search(words) or ONE_DASH.match(QUOTED.sub("", words)):
        return True
    last = max(part.end for part in (*item.content, item.cue, item.speaker) if part)
    if text.startswith(":", last):
        # "she named three areas:"
        return True
    tail = " ".join(text[last : s.ends[-1]].split())
    is_told = tail[:20] in wording or tail[-20:] in wording
    if is_told and FINITE.search(s.tags, bisect_left(s.starts, last)):
        return True
    # "She went because, according to Holt, rents fall"
    return _has_own_clause_ahead(record) and not wording.startswith(words[:12])


def _has_own_clause_ahead(record: Record) -> bool:
    """Return whether the author says something before "according to" and its like."""
    s, found = record.sentence, record.found
    cue = found.cue[0]
    is_inserted = found.lemma == "according" and found.content[0][0] > cue
    return is_inserted and FINITE.search(s.tags, 0, cue) is not None


def _is_claimed(text: str, record: Record, around: str, wording: str) -> bool:
    """Return whether a wording surely tells a claim: no mood, no question, no plan."""
    item, found = record.attribution, record.found
    rule = item.rule.removeprefix("inherited ")
    if "?" in wording or rule.startswith(IN_PASSING) or rule != item.rule:
        return False
    if item.negated and found.lemma not in DENIALS:
        return False
    if rule == "headline colon" and not any(mark in wording for mark in "“‘'\""):
        return False
    if item.kind == "direct":
        return sum(part.of(text).count(" ") + 1 for part in item.content) >= FEWEST_SAID
    if VERDICT.search(around) or AGREEING.search(item.words(text)):
        return False
    if rule.startswith(ACTS) and not TELLING.search(item.words(text)):
        return False
    if rule == "as said" and found.lemma not in ("say", "report", "note"):
        # "as Holt proposes": the author's sentence about it
        return False
    if item.kind == "mixed":
        return found.lemma not in MOODS
    if rule == "bare" and not _has_own_verb(record):
        return False
    is_poll = found.lemma in SHOWING and _is_of_poll(text, record)
    return is_poll or found.lemma in SPEECH


def _has_own_verb(record: Record) -> bool:
    """Return whether the clause after a cue has a verb before another begins.

    "Holt explained the matter in a book, but people fall for it": no clause of hers
    """
    s = record.sentence
    start = record.found.content[0][0]
    if s.words[start] in ("a", "an") and record.found.lemma == "announce":
        return False
    tags = "".join(s.tags[a:b] for a, b in record.found.content)
    return FINITE.search(NEXT_CLAUSE.split(tags)[0]) is not None


def _is_of_poll(text: str, record: Record) -> bool:
    """Return whether the speaker is a poll or the like: "a Pew survey"."""
    speaker = record.attribution.speaker
    return speaker is not None and POLL.search(speaker.of(text)) is not None
