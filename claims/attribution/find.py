"""Find who said what in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from .cues import FORMS
from .nominal import (
    according_candidates,
    adjective_candidates,
    noun_candidates,
    raising,
)
from .phrases import clause_end, subject_after, subject_before
from .sentences import Sentence, sentences_of
from .spans import Attribution, Span

CANDIDATE = re.compile(r"[VZGE]")
THAT = re.compile(r"[RYPfDNX#xoYZKJpc,'Q]{0,14}?T")
ADJUNCT = re.compile(r"(?:[RY]|P(?:D?[Ne]*N|X+|D?#Y?|DYN?|Y))*(?=[pDQWTXN])")
TAIL = re.compile(r"(?:[RYPafgcNXDxoY#JZKt,'():-]|G(?=[PDNX]))*(?:[saw][^Q]*)?[.?!]*\Z")
SHORT_TAIL = re.compile(r"(?:[RYNXDxo#P]|a(?=[DNX])){0,10}?(?=,)")
ASIDE = re.compile(r"R*[Ggw]|[cb]R*[vVHBMd]|R*t")
ADDRESSEE = re.compile(
    r"(?:o|p(?=[TtDpQ,])|[DxR]*[NX#JeZ]*[NXZ](?:[Pf][DxR]*[NX#Je]*[NXY])*|D(?=[TtQ,p])),?"
)
FINITE = re.compile(r"[vVBHMd]|(?<=[NXpw])e")
SAY = set(
    [
        "say",
        "add",
        "tell",
        "note",
        "argue",
        "explain",
        "write",
        "report",
        "claim",
        "state",
    ]
)


@dataclass(slots=True)
class Found:
    """One candidate, in word numbers of its sentence."""

    content: list[tuple[int, int]]
    cue: tuple[int, int]
    speaker: tuple[int, int] | None
    rule: str
    score: float
    zone: int  # where the words that belong to this cue begin
    left: bool = False
    lemma: str = ""
    speech: bool = False
    via: tuple[int, int] | None = None
    cue_end: int = 0


@dataclass(slots=True)
class Record:
    """An attribution with the sentence it was found in."""

    attribution: Attribution
    sentence: Sentence
    found: Found
    further: list[Span] = field(default_factory=list)


def find_attributions(text: str) -> list[Attribution]:
    """Return every attribution of a text, in the order of the text.

    >>> text = "The mayor said the bridge was safe."
    >>> found = find_attributions(text)[0]
    >>> found.speaker.of(text), found.cue.of(text), found.words(text)
    ('The mayor', 'said', 'the bridge was safe')
    """
    return [record.attribution for record in find_records(text)[0]]


def find_records(text: str) -> tuple[list[Record], list[Sentence]]:
    """Return the attributions with their sentences, and all sentences of the text."""
    records: list[Record] = []
    sentences = list(sentences_of(text))
    # The attribution that a quotation standing alone may continue.
    open_at = -1
    paragraph = -1
    for sentence in sentences:
        alone = not sentence.tags.strip("Qq.,-")
        if sentence.paragraph != paragraph:
            if sentence.paragraph != paragraph + 1 or not alone:
                open_at = -1
            paragraph = sentence.paragraph
        quotations = sentence.quotations
        found = attributions_in(sentence)
        if not found and open_at >= 0 and alone and quotations:
            records[open_at].further.extend(
                Span(q.start, q.end) for q in quotations.values()
            )
            continue
        open_at = -1
        for item in found:
            made = as_attribution(text, sentence, item)
            if made.content:
                records.append(Record(made, sentence, item))
                open_at = len(records) - 1 if item.speech else -1
    for record in records:
        if record.further:
            record.attribution = extended(record.attribution, tuple(record.further))
    return records, sentences


def extended(item: Attribution, parts: tuple[Span, ...]) -> Attribution:
    """Return an attribution with further quotations in its content."""
    kind = item.kind if item.kind != "indirect" else "mixed"
    return replace(item, content=item.content + parts, kind=kind)


def as_attribution(text: str, s: Sentence, item: Found) -> Attribution:
    def span(pair):
        return Span(s.starts[pair[0]], s.ends[pair[1] - 1])

    parts = []
    quoted = plain = 0
    for first, last in item.content:
        while (
            last > first
            and s.tags[last - 1] in ".,;:-?!"
            and not (s.tags[last - 1] == "." and len(s.words[last - 1]) > 1)
        ):
            last -= 1
        while first < last and s.tags[first] in ".,;:-":
            first += 1
        if first >= last:
            continue
        parts.append(span((first, last)))
        for at in range(first, last):
            if at in s.quotations:
                quoted += 1
            elif s.tags[at] not in ",.;:-":
                plain += 1
    kind = "direct" if quoted and not plain else "mixed" if quoted else "indirect"
    return Attribution(
        tuple(parts),
        span(item.cue),
        span(item.speaker) if item.speaker else None,
        kind,
        span(item.via) if item.via else None,
        item.rule,
        item.score,
    )


def attributions_in(s: Sentence) -> list[Found]:
    """Return the attributions of one sentence."""
    tags = s.tags
    reverse = tags[::-1]
    candidates: list[Found] = []
    subject = None
    for match in CANDIDATE.finditer(tags):
        item = verb_candidate(s, reverse, match.start(), subject)
        if item:
            candidates.append(item)
            if item.speaker:
                subject = item.speaker

    def make(content, cue_words, speaker, rule, score, zone, left=False):
        return Found(
            content,
            cue_words,
            speaker,
            rule,
            score,
            zone,
            left,
            s.words[cue_words[1] - 1],
            False,
        )

    candidates.extend(noun_candidates(s, reverse, make))
    candidates.extend(adjective_candidates(s, reverse, make))
    if "according" in s.words:
        candidates.extend(according_candidates(s, make))
    candidates.sort(key=lambda c: c.cue)
    return choose(s, candidates)


def verb_candidate(s, reverse, at, subject):
    tags, words = s.tags, s.words
    size = len(tags)
    word = words[at]
    entries = FORMS.get(word)
    if not entries:
        return None
    # --- words that belong to the cue
    cue = None
    for form, entry in entries:
        rest = entry.rest
        end = at + 1
        if rest:
            if end < size and tags[end] in "Ro" and words[end] != rest[0]:
                end += 1
            if tuple(words[end : end + len(rest)]) != rest:
                continue
            end += len(rest)
        cue = entry
        break
    if cue is None:
        return None
    frames = cue.frames
    # --- the verb group before it
    first = at
    j = at - 1
    passive = perfect = False
    auxiliary = ""
    while j >= 0:
        tag = tags[j]
        if tag in "RnBHMd":
            if tag != "R" and tag != "n" and not auxiliary:
                auxiliary = tag
            if tag != "R":
                first = j
            j -= 1
        elif tag == "," and j > 1 and tags[j - 1] in "Rb" and tags[j - 2] == ",":
            j -= 3
        else:
            break
    if j > 1 and tags[j] == "Y" and tags[j - 1] == "P" and tags[j - 2] in "NXpxq)":
        j -= 2
    infinitive = j >= 0 and tags[j] == "t"
    previous = tags[j] if j >= 0 else "^"
    # --- is it a verb here?
    if form == "base":
        if not (auxiliary or infinitive or previous in "pw"):
            if j != at - 1 and previous not in "NX":
                return None
            nxt = tags[at + 1 : at + 2]
            if not nxt or nxt in ".)":
                if word not in PURE or "f" not in frames:
                    return None
            if word in PURE:
                if previous not in "NXDq#,)gY":
                    return None
            elif previous not in "NX" or not (
                words[j].endswith("s") or words[j] in PLURALS
            ) or nxt == ",":
                return None
        if auxiliary in ("B", "H") and words[at] not in ("said",):
            return None
    elif form == "third" and word in NOUNS:
        if previous not in "pwX" and not (
            previous == "N" and tags[at + 1 : at + 2] in tuple("TQDpXW")
        ):
            return None
    elif form == "ing":
        if previous in "Dxf" or (at > 0 and tags[at - 1] in "Dxf" and auxiliary != "B"):
            return None
    elif (
        previous in "Dx"
        and j == at - 1
        and not (previous == "D" and tags[at + 1 : at + 2] in tuple("TQpDX"))
    ):
        return None
    if form in ("both", "participle") and auxiliary == "B":
        passive = True
    if cue.lemma == "ask" and form == "both" and not auxiliary and j == at - 1:
        # "Asked about the plan, she ...", "when asked whether"
        passive = previous in "^a,Q"
    if form == "participle" and not auxiliary:
        return None
    if passive:
        return passive_candidate(s, reverse, at, first, j, end, cue)
    if frames == "r":

        def make(content, cue_words, speaker, rule, score, zone, left=False):
            return Found(
                content, cue_words, speaker, rule, score, zone, left, cue.lemma, False
            )

        return raising(s, reverse, at, first, j, end, make, "raising")
    # --- the speaker
    speaker = None
    inherited = False
    zone = first
    if infinitive:
        if "f" not in frames:
            return None
        zone = j
        inherited = True
        speaker = subject or clause_subject(s, reverse, j)
        if not speaker:
            return None
    elif previous in "w" or (previous == "T" and j > 0 and tags[j - 1] in "NX"):
        speaker = (j, j + 1)
        zone = j
    elif form == "ing" and auxiliary != "B":
        inherited = True
        speaker = subject or clause_subject(s, reverse, at)
        if not speaker:
            speaker = later_subject(s, at)
    else:
        speaker = subject_before(tags, reverse, j)
        if speaker:
            zone = speaker[0]
        elif previous in "cb," or previous == "^":
            inherited = previous != "^"
            zone = j if previous in "cb" else first
            if inherited and previous != ",":
                speaker = subject or clause_subject(s, reverse, j)
    # --- the words
    build = dict(
        cue=(first, end),
        zone=zone,
        lemma=cue.lemma,
        speech="f" in frames,
        frames=frames,
    )
    if "f" in frames:
        item = after_the_words(s, reverse, at, end, j, speaker, inherited, form, build)
        if item:
            return item
    if not speaker:
        return None
    return before_the_words(s, at, end, cue, speaker, inherited, form, build)


NOUNS = set(
    [
        "claims",
        "reports",
        "calls",
        "plans",
        "hopes",
        "fears",
        "demands",
        "requests",
        "attacks",
        "questions",
        "supports",
        "views",
        "backs",
        "estimates",
        "projects",
        "forecasts",
        "doubts",
        "promises",
        "threats",
        "comments",
        "posts",
        "answers",
        "notes",
        "states",
        "tweets",
        "mocks",
        "votes",
        "names",
        "lists",
        "details",
        "addresses",
        "credits",
        "aims",
        "orders",
        "offers",
        "debates",
        "focuses",
        "pushes",
        "appeals",
        "campaigns",
        "signals",
        "promotes",
        "laughs",
        "quotes",
        "documents",
        "challenges",
        "thanks",
        "needs",
        "wishes",
        "values",
        "guesses",
        "complaints",
    ]
)
NAMING = set("call name dub label title".split())
# Base forms that are never nouns.
PURE = set(
    ["say", "add", "argue", "announce", "explain", "insist", "assert", "declare", "contend", "maintain", "allege", "warn", "suggest", "predict", "acknowledge", "admit", "concede", "confirm", "deny", "reveal", "disclose", "indicate", "emphasize", "emphasise", "underline", "underscore", "reiterate", "recall", "respond", "conclude", "complain", "lament", "bemoan", "testify", "attest", "affirm", "proclaim", "clarify", "speculate", "agree", "disagree", "believe", "think", "know", "understand", "learn", "determine", "decide", "anticipate", "imagine", "remember", "intend", "want", "seek", "ask", "urge", "recommend", "propose", "advise", "encourage", "tell", "inform", "assure", "persuade", "convince", "cite", "discuss", "describe", "refer", "portray", "accuse", "criticize", "criticise", "condemn", "denounce", "decry", "deride", "dismiss", "reject", "refuse", "decline", "oppose", "endorse", "defend", "applaud", "congratulate", "celebrate", "embrace", "refute", "express", "convey", "imply", "advocate", "apologize", "appreciate", "prefer", "expect", "consider", "suspect", "write", "see", "feel", "find"]
)
PLURALS = set(
    ["people", "police", "men", "women", "media", "critics", "data", "children"]
)


def clause_subject(s, reverse, at):
    """Return the subject of the nearest finite verb before a word."""
    tags = s.tags
    for j in range(at - 1, max(-1, at - 60), -1):
        tag = tags[j]
        if j and (
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
            if found:
                return found
    found = subject_after(tags, 0)
    if found and found[1] < at and tags[found[1]] == ",":
        return found
    return None


def later_subject(s, at):
    """Return the subject of the main clause after an opening participle clause."""
    tags = s.tags
    comma = tags.find(",", at)
    while 0 <= comma < at + 40:
        found = subject_after(tags, comma + 1)
        if found:
            k = found[1]
            if k < len(tags) and tags[k] in "vVBHMdeR":
                return found
        comma = tags.find(",", comma + 1)
    return None


def after_the_words(s, reverse, at, end, j, speaker, inherited, form, build):
    """Return the attribution if the cue stands after its words or inside them."""
    tags = s.tags
    size = len(tags)
    if inherited and speaker:
        return None
    start = speaker[0] if speaker else None
    if start is not None and form != "ing":
        edge = start - 1
        if edge >= 0 and s.words[edge] == "as":
            if edge == 0 or (edge == 1 and tags[0] in "cb"):
                short = SHORT_TAIL.match(tags, end)
                if short and short.end() + 2 < size:
                    return Found(
                        [(short.end() + 1, size)], build["cue"], speaker, "as said",
                        0.7, 0, True, build["lemma"], build["speech"],
                    )
                return None
            edge -= 1
        if edge < 0:
            return None
        quoted = tags[edge] in "Qq"
        if tags[start] == "w":
            return None
        if tags[edge] == "," or quoted or (tags[edge] == "-" and edge > 1):
            k = end
            if (
                not quoted
                and "o" not in build["frames"]
                and k < size
                and tags[k] in "DNXpoQqx#g"
            ):
                return None
            return _left(s, edge, quoted, k, speaker, build, "subject before")
        return None
    # "..." said the mayor
    if form == "ing" and speaker:
        return None
    k = at - 1
    if k >= 0 and (tags[k] in "Qq," or tags[k] in "?"):
        found = subject_after(tags, end)
        if not found:
            return None
        quoted = tags[k] in "Qq"
        if not quoted and not inverted_fits(tags, found):
            return None
        return _left(s, k, quoted, found[1], found, dict(build, zone=at), "inverted")
    return None


def inverted_fits(tags, found):
    return found[1] >= len(tags) or tags[found[1]] in ".,;"


def _left(s, edge, quoted, k, speaker, build, name):
    tags = s.tags
    size = len(tags)
    first = 0
    if not quoted and not FINITE.search(tags, 0, edge) and TAIL.match(tags, k):
        if k + 2 < size and tags[k] == ",":
            return Found(
                [(0, edge), (k + 1, size)],
                build["cue"],
                speaker,
                name,
                0.8,
                0,
                True,
                build["lemma"],
                build["speech"],
            )
        # A headline: "Talks to go on, minister says"
        if k < size or edge < 3:
            return None
    while first < edge and tags[first] in "cb,":
        first += 1
    if quoted and s.quotations[edge].capital:
        # A whole sentence in quotation marks: what stands before it is not quoted.
        while edge > first and tags[edge - 1] in "Qq":
            edge -= 1
        first = edge
        while edge + 1 < size and tags[edge + 1] in "Qq":
            edge += 1
    content = [(first, edge + 1)]
    tail = TAIL.match(tags, k)
    if quoted and not s.quotations[edge].closed:
        return None
    if tail:
        pass
    else:
        short = SHORT_TAIL.match(tags, k)
        if short and short.end() < size - 1:
            if not ASIDE.match(tags, short.end() + 1):
                content.append((short.end() + 1, size))
        else:
            q = tags.find("Q", k)
            if (q > 0 and tags[q - 1] in ",:-") or (quoted and q > 0):
                content.append((q, size))
            elif not quoted:
                return None
    return Found(
        content,
        build["cue"],
        speaker,
        name,
        0.9 if quoted else 0.8,
        0,
        True,
        build["lemma"],
        build["speech"],
    )


def before_the_words(s, at, end, cue, speaker, inherited, form, build):
    """Return the attribution if the words follow the cue."""
    tags, words = s.tags, s.words
    size = len(tags)
    frames = cue.frames
    k = end
    while k < size and tags[k] in "Rn":
        k += 1
    if k >= size:
        return None
    tag = tags[k]
    if tag in "vVBHMd" and "t" in frames and not inherited and speaker[0] > 0:
        w = speaker[0] - 1
        if tags[w] in "wTW":
            return Found(
                [(w, w + 1), (k, clause_end(s, k + 1))],
                build["cue"],
                speaker,
                "relative",
                0.6,
                w,
                False,
                cue.lemma,
            )

    def done(start, stop, rule, score):
        if stop <= start:
            return None
        if inherited:
            rule = "inherited " + rule
        elif stop == size and build["zone"] > 0 and tags[build["zone"] - 1] in "as":
            # "While the mayor said it was safe, others left": up to the comma.
            comma = tags.find(",", start)
            while comma > 0 and not MAIN.match(tags, comma):
                comma = tags.find(",", comma + 1)
            if comma > 0:
                stop = comma
        return Found(
            [(start, stop)],
            build["cue"],
            speaker,
            rule,
            score,
            build["zone"],
            False,
            cue.lemma,
            build["speech"],
        )

    if "q" in frames or "t" in frames:
        q = k
        if tag in ",:-" and k + 1 < size and tags[k + 1] in "Qq":
            q = k + 1
            return done(q, size, "quotation after", 0.9)
        if tag in "Qq":
            return done(k, size, "quotation after", 0.9)
        if tag == ":" and "q" in frames:
            return done(k + 1, size, "colon after", 0.8)
    if "o" in frames:
        who = ADDRESSEE.match(tags, k)
        if who and who.end() > k:
            m = who.end()
            n = tags[m : m + 1]
            if n == "T" and ("t" in frames):
                return done(m, size, "told that", 0.85)
            if n == "t" and words[m] == "to" and "i" not in frames:
                return done(k, size, "told to", 0.7)
            if "q" in frames and n and n in "Qq:":
                return done(m if n in "Qq" else m + 1, size, "told quotation", 0.85)
            if n == "W" or words[m : m + 1] in (
                ["if"],
                ["whether"],
                ["when"],
                ["where"],
            ):
                return done(m, size, "told whether", 0.7)
            if words[m : m + 1] and words[m] in cue.prepositions:
                return done(m + 1, clause_end(s, m + 1), "told about", 0.6)
            that = THAT.match(tags, m)
            if "t" in frames and that:
                return done(that.end() - 1, size, "told that", 0.8)
            if "t" in frames:
                adj = ADJUNCT.match(tags, m)
                m = adj.end() if adj else m
                if m < size and tags[m] in "pDXNQq" and FINITE.search(tags, m):
                    return done(m, size, "told bare", 0.75)
    if words[k] in cue.prepositions and tags[k + 1 : k + 2] not in ("", "Q", "."):
        return done(k + 1, clause_end(s, k + 1), "preposition", 0.6)
    if "t" in frames:
        if tag == "T":
            return done(k, size, "that", 0.85)
        if tags[end] in "RYPa,":
            that = THAT.match(tags, end)
            if that and "o" not in frames:
                return done(that.end() - 1, size, "that", 0.8)
        if "q" in frames:
            adj = ADJUNCT.match(tags, k)
            m = adj.end() if adj else k
            if m < size and tags[m] in ",:" and tags[m + 1 : m + 2] in ("Q", "q"):
                return done(m + 1, size, "quotation after", 0.85)
        else:
            m = k
        if (
            m < size
            and tags[m] in "pDXNQq#gxsP"
            and (
                FINITE.search(tags, m)
                or "’" in words[m]
                or "'" in words[m]
                or ("f" in frames and "n" not in frames)
            )
        ):
            return done(m, size, "bare", 0.75)
    if "i" in frames and tag == "t":
        return done(k, clause_end(s, k + 1), "infinitive", 0.6)
    if "w" in frames and (
        tag == "W"
        or words[k] in ("whether", "if", "how", "when", "where", "which", "who")
    ):
        return done(k, size, "whether", 0.65)
    if words[k] in cue.prepositions:
        return done(k + 1, clause_end(s, k + 1), "preposition", 0.6)
    if (
        "n" in frames
        and tags[speaker[0] - 1 : speaker[0]] in ("W", "T", "w")
        and tag in "Qq"
    ):
        w = speaker[0] - 1
        return Found(
            [(w, w + 1), (k, k + 1)],
            build["cue"],
            speaker,
            "relative",
            0.6,
            w,
            False,
            cue.lemma,
        )
    if (
        form == "both"
        and cue.lemma in NAMING
        and build["cue"][0] == at
        and at > 0
        and tags[at - 1] == "N"
        and tag in "XqQ"
    ):
        # "a website called X"
        return None
    if "n" in frames and (
        tag in "DXNpoQqx#gWeJZ" or (tag == "V" and words[k] in NOUNS)
    ):
        return done(k, clause_end(s, k + 1), "object", 0.6)
    if "g" in frames and tag in "gG":
        return done(k, clause_end(s, k + 1), "gerund", 0.6)
    return None


def is_clause(s, m, choice):
    """Return whether the words from `m` on are a clause and not just an object.

    `choice` says that the cue may have either; without it nearly all is a clause.
    """
    tags, words = s.tags, s.words
    if "’" in words[m] or "'" in words[m]:
        return True
    if not choice:
        return bool(FINITE.search(tags, m)) or tags[m] not in "PRY"
    found = subject_after(tags, m)
    if not found:
        return bool(FINITE.search(tags, m))
    return bool(AFTER_SUBJECT.match(tags, found[1]))


MAIN = re.compile(r",R*(?:[pDX#]|N)[NXx#JegPDfR]{0,10}R*[vVBHMde]")
AFTER_SUBJECT = re.compile(r"[Rn]*(?:[vVBHMdeZ]|,[^,]{1,30},R*[vVBHMde]|[wT][^,.]{1,30}[vVBHMde])")


def passive_candidate(s, reverse, at, first, j, end, cue):
    """Return the attribution of a passive: "is expected to", "was told that"."""
    tags, words = s.tags, s.words
    size = len(tags)
    k = end
    while k < size and tags[k] in "RnY":
        k += 1

    def make(content, cue_words, speaker, rule, score, zone, left=False):
        return Found(
            content, cue_words, speaker, rule, score, zone, left, cue.lemma, False
        )

    if k >= size:
        return None
    asking = cue.lemma in ("tell", "inform", "ask", "warn", "advise", "assure")
    asker = None
    if asking and words[k] == "by" and k + 1 < size:
        asker = subject_after(tags, k + 1)
        if asker is None or asker[1] >= size:
            return None
        k = asker[1]
    elif words[k] == "by" and k + 1 < size:
        source = subject_after(tags, k + 1)
        subject = subject_before(tags, reverse, j)
        if source and subject:
            content = [subject]
            if source[1] < size and words[source[1]] in ("to", "as", "of", "for"):
                content.append((source[1], clause_end(s, source[1] + 1)))
            return make(content, (first, end), source, "passive by", 0.5, subject[0])
        return None
    if asking:
        if words[k] in cue.prepositions and k + 1 < size:
            return make(
                [(k + 1, clause_end(s, k + 1))],
                (first, k + 1),
                asker,
                "asked about",
                0.6,
                first,
            )
        if tags[k] in "TWw" or words[k] in ("if", "whether"):
            return make(
                [(k, clause_end(s, k + 1))],
                (first, end),
                asker,
                "asked whether",
                0.6,
                first,
            )
        return None
    return raising(s, reverse, at, first, j, end, make, "passive")


def choose(s: Sentence, candidates: list[Found]) -> list[Found]:
    """Return the candidates that do not lie in the words of another one."""
    if not candidates:
        return candidates
    taken: list[Found] = []
    left = [c for c in candidates if c.left]
    if left:
        # The last cue that follows its words owns the sentence up to it.
        owner = left[-1]
        for inner in left[:-1]:
            if relays(s, inner, owner):
                inner.via = owner.speaker
                inner.content = [p for p in inner.content if p[0] < inner.cue[0]]
                inner.cue_end = owner.cue[1]
                owner = inner
                break
        stop = max(owner.cue[1], owner.cue_end)
        rest = [
            c
            for c in candidates
            if not c.left and c.cue[0] >= stop and not inside(c, owner)
        ]
        taken.append(owner)
        candidates = rest
    for item in candidates:
        if taken and inside(item, taken[-1]):
            previous = taken[-1]
            cut = split_at(s, previous, item)
            if cut is None:
                continue
            first, last = previous.content[-1]
            previous.content[-1] = (first, cut)
        taken.append(item)
    return taken


RELAYING = set(["report", "write", "say", "note", "quote", "cite", "add", "to", "tell"])
GAP = re.compile(r"(?:[RYPDNXx#]|[Pt][DNX]+)*,\Z")


def relays(s, inner, owner):
    """Return whether the last cue only passes on what the cue before it says."""
    if owner.lemma not in RELAYING or not owner.speaker or inner.speaker is None:
        return False
    if s.tags[owner.speaker[0]] == "p":
        return False
    start = min(owner.speaker[0], owner.cue[0])
    end = max(inner.cue[1], inner.speaker[1])
    return end < start and bool(GAP.match(s.tags[end:start]))


def inside(item, other):
    return any(a <= item.cue[0] < b for a, b in other.content)


def split_at(s, previous, item):
    """Return where the words of a cue end because the next cue begins, or None."""
    tags = s.tags
    zone = item.zone
    first = previous.content[-1][0]
    if item.speaker and item.speaker[0] < previous.cue[0] < item.speaker[1]:
        # "Lee, who says it works, added ...": the first words end at the comma.
        item.speaker = (item.speaker[0], previous.cue[0] - 1)
        return item.cue[0] - 1
    if item.rule.startswith("inherited"):
        if zone > first + 1 and (tags[zone] in "cb" or tags[zone - 1] == ","):
            return zone
        return None
    return None
