"""Statements among the attributions: what somebody is said to have said, and no more.

Acts and moods ("backed Holt", "who voted for it"), the author's own view ("seems to",
"the delay shows"), and what nobody has said yet ("would say", "if he says") are found
as attributions too, but state nothing that could be checked.
"""

from __future__ import annotations

import re

from .colons import is_dateline
from .documents import DOCUMENTS
from .find import Record
from .modality import CONDITIONS, PHRASES
from .name_words import is_organisation_word, is_title
from .pronouns import has_finite_verb
from .sentences import Sentence
from .transcripts import is_portrait
from .words import word_set

# Verbs and nouns of saying: a phrase after them tells what was said.
SAYING = word_set(
    """
    accuse acknowledge admit admonish advise advocate allege announce answer apologise
    apologize appeal applaud argue ask assail assert assure attack attribute bash beg
    bemoan beseech blame blast boast brag brand call castigate caution celebrate
    challenge characterise characterize chastise chide claim clarify commend complain
    concede condemn confess confirm congratulate credit criticise criticize debunk
    declare decry defend demand denigrate denounce deny depict deplore deride describe
    dismiss disparage dispute downplay dub emphasise emphasize encourage estimate
    excoriate expect explain extol fault fear float forecast hail highlight hint hope
    insist joke label lambast lambaste lament laud lay liken mock oppose order outline
    plan play plead pledge point portray praise predict press project promise propose
    protest push question rail reaffirm reassure rebuff rebuke rebut recall recommend
    refute reject regret reiterate remind repeat report request reveal ridicule rip rule
    savage scorn skewer slam stress suggest swear thank threaten tout urge vow want warn
    welcome accusation acknowledgement acknowledgment admission allegation argument
    assertion assessment assurance belief complaint concern contention declaration
    denial insistence prediction proposal suggestion threat warning
    """
)
# What follows these is a person or a thing, and without a reason an act.
ATTACKS = word_set(
    """
    applaud assail attack bash berate blast castigate celebrate challenge chastise chide
    commend congratulate credit decry defend denigrate deride disparage excoriate extol
    fault hail lambast lambaste laud mock rebuff rebuke ridicule rip savage scorn skewer
    slam tout
    """
)
# These say enough of a person as well.
CRITICISM = word_set("criticise criticize condemn denounce")
REASON = re.compile(
    r"\b(?:for|as|over|because|that|of|when|while|saying|calling)\b|[“\"]"
)
# "continued to say": whoever does so says it
SAID_NOW = word_set(
    """
    continued continues continuing went on began begins started starts quick quickly
    rushed used proceeded hastened took turned returned chose back wrote called phoned
    tweeted moved seized managed
    """
)
# "refused to say whether the road was open"
SAYING_LATER = word_set(
    """
    say confirm deny admit acknowledge name rule comment promise apologise apologize
    commit disclose reveal
    """
)
# "The delay shows that", "the rules require": things tell nothing, the author does.
SHOWING = word_set(
    """
    show suggest reveal indicate mean demonstrate signal underline underscore require
    promise threaten highlight prove expect see allow project offer make
    """
)
KNOWING = word_set(
    """
    know realise realize understand see learn forget pretend imagine decide mean
    dream determine ensure resolve perceive notice feel
    """
)
FINDING = word_set("see learn decide determine")
QUESTIONS = word_set(
    "ask wonder question inquire press quiz ponder muse debate discuss"
)
ASKING = word_set("ask question inquire press")
UNLIKE = word_set("not never rather instead")
CALLED_OUT = re.compile(r"\b(?:shouted|yelled|cried|screamed|chanted),? ?\Z")
PROMISES = word_set("pledge promise vow threaten swear")
# "They fear for their safety" tells a mood.
ABOUT = dict.fromkeys(("fear", "worry"), ("about", "for", "of"))
# "Holt maintains a large lead over Lund" tells a state of things.
KEPT = re.compile(
    r"(?:(?:an?|the|his|her|its|their) )?(?:[\w-]+ ){0,4}?(?:lead|control|edge|majority"
    r"|presence|position|relations|ties|contact|distance|silence|balance|grip|hold)"
    r"(?: (?:over|in|of|on|with|at|among|from|between)\b|[,.]?\Z|, )"
)
HOLDING = word_set("charge prove determine")
GENERIC = word_set("people public nation world country city town")
# "responded to complaints by Lund that": what Lund complains of
OTHERS_WORDS = word_set(
    """
    complaints complaint claims allegations allegation accusations charges reports
    questions criticism warnings suggestions rumors rumours assertions arguments
    """
)
DAYS = word_set("day week month year night time moment")
TIMES = word_set("when while after before as since because until once")
ASKED = word_set("whether if how why what who whom when where which")
CERTAINTY = word_set(
    """
    sure certain confident convinced adamant clear concerned worried skeptical
    sceptical optimistic pessimistic hopeful doubtful aware
    """
)
ANYBODY = word_set(
    """
    you one anyone anybody everyone everybody someone somebody whoever people
    i we i've we've i'm we're i'd we'd my our
    """
)
# "the board should not confirm it": what ought to be, and not what was said
DUTIES = word_set("should shouldn't shouldn’t must mustn't mustn’t may might")
POINTING = word_set("him her them it me us you there so as")


def is_statement(text: str, record: Record) -> bool:
    """Return whether an attribution tells what somebody said, for an editor to check.

    >>> from .find import find_records
    >>> text = "Holt said rents fell. Holt backed Lund. It seems that rents fell."
    >>> [is_statement(text, record) for record in find_records(text)[0]]
    [True, False, False]
    """
    item, found, s = record.attribution, record.found, record.sentence
    spoken = item.speaker.of(text) if item.speaker else ""
    if found.rule == "turn":
        asks = text.startswith("?", item.content[-1].end)
        return not (asks or is_portrait(spoken, item.words(text)))
    if _is_nobody(s, record) or is_dateline(found.rule, spoken):
        return False
    if item.kind == "direct":
        start = item.content[0].start
        if CALLED_OUT.search(text[max(0, start - 30) : start]):
            # "When somebody shouted, “Lund,” Holt joked, “Come on up!”"
            return False
        # An author who quotes himself is nobody's source.
        return spoken not in ("I", "we", "We")
    first, last = found.speaker or (0, 0)
    if last - first == 1 and s.words[first] in ANYBODY | {"the", "a", "an"}:
        return False
    if item.negated:
        if found.lemma in ASKING:
            # "did not ask her about it"
            return False
        cue_words = s.words[slice(*found.cue)]
        return DUTIES.isdisjoint(cue_words) and not _is_act(text, record)
    if found.lemma in HOLDING and found.rule.endswith("bare"):
        # "charges a fee, and a win would": no words of anybody
        return False
    if _is_not_yet(s, record) or _is_of_a_thing(s, record):
        return False
    if _is_the_authors(s, record):
        return False
    return not _is_act(text, record)


def _is_nobody(s: Sentence, record: Record) -> bool:
    """Return whether the speaker is nobody: a sum, a thing, a piece cut wrongly."""
    first, last = record.found.speaker or (0, 0)
    words = s.words[first:last]
    tags = s.tags[first:last]
    cue = s.words[record.found.cue[0]]
    if cue == "states" and words and words[-1].endswith("ern"):
        # "Western states that Holt counts on"
        return True
    if tags == "DNX" and words[0] in ("a", "an") and not _is_person_word(words[1]):
        # "a word Holt then repeated"
        return True
    if s.tags[first - 1 : first] == "P" and first > 1 and tags.startswith("X,"):
        # "who served in Norland, Osterland and Westland, praised": another did
        return True
    if not words or "X" in tags:
        return False
    if s.words[last - 1].endswith(PEOPLE_ENDS) and cue == record.found.lemma + "s":
        # "a book for bakers explains"
        return True
    if words[0] in "$£€" or s.words[first - 2 : first] == ("all", "but"):
        # "all but two said so"
        return True
    if "most" in words[1:] and words[0].endswith(("'", "’", "s")):
        # "the town's most zealous | advocate"
        return True
    if words[-1] in GENERIC and record.found.lemma not in SAYING:
        # "The people finally recognize that"
        return True
    if s.tags[last - 1] == "x" and not record.found.rule.startswith("noun"):
        # "Lee's aides doubt it and worry that": not Lee
        return True
    if s.tags[first:last].strip("NJce") or record.found.cue[0] < last:
        return False
    # "a liar, cheat and thief who says so"
    noun = words[-1]
    return not (
        noun.endswith("s")
        or noun in PLURALS
        or _are_people(noun)
        or is_title(noun)
        or is_organisation_word(noun)
    )


def _is_act(text: str, record: Record) -> bool:
    """Return whether an attribution tells an act, a mood or a thought, and no words."""
    item, found, s = record.attribution, record.found, record.sentence
    rule = item.rule.removeprefix("inherited ")
    words = item.words(text)
    if item.kind != "indirect" and not (
        rule.startswith(PHRASES) and _quotes_in_passing(words)
    ):
        return False
    if found.lemma in QUESTIONS and words.split(" ")[0].lower() in ASKED:
        return True
    if not rule.startswith(PHRASES):
        if rule.endswith("bare") and _is_mood_or_state(s, record, words):
            return True
        if (
            rule.endswith("bare")
            and words not in ("no", "yes")
            and (not has_finite_verb(words))
        ):
            return found.lemma not in SAYING or _is_name(s, record)
        return found.lemma in KNOWING and not (
            found.lemma in FINDING and _is_document(s, record)
        )
    if rule == "told to":
        return False
    if rule == "adjective":
        return found.lemma not in CERTAINTY
    lemma = found.lemma
    if lemma == "show" and rule == "object":
        return not _is_document(s, record)
    speaker = found.speaker
    if rule == "raising" or speaker is None:
        # "is expected to", "was accused of": by whom?
        return True
    if _is_other_sense(s, record, rule):
        return True
    if rule.startswith("noun"):
        return lemma not in SAYING or not has_finite_verb(words)
    if lemma not in SAYING:
        later = words.split()[1:2] if item.negated and rule == "infinitive" else []
        return SAYING_LATER.isdisjoint(later)
    if s.tags[speaker[0]] in "wT" and (rule != "infinitive" or lemma not in PROMISES):
        return True
    if lemma in ATTACKS and not REASON.search(words):
        return True
    is_name = lemma not in CRITICISM and _is_name(s, record)
    return words in POINTING or is_name or _is_aside(s, record)


def _is_other_sense(s: Sentence, record: Record, rule: str) -> bool:
    """Return whether a noun or a passive means no words: "Holt's appeal to voters"."""
    if rule not in ("noun possessive", "passive by"):
        return False
    # "a measure being pushed by Holt", "Holt's voters still question whether"
    adverb = rule == "noun possessive" and "R" in s.tags[slice(*record.found.cue)]
    return adverb or record.found.lemma in ("appeal", "push")


def _is_mood_or_state(s: Sentence, record: Record, words: str) -> bool:
    """Return whether a verb says how somebody feels or stands: "fear for", "keep"."""
    lemma, after = record.found.lemma, s.words[record.found.cue[1]]
    if after in ABOUT.get(lemma, ("about", "of")):
        # "reported of a clerk in Dalby"
        return True
    if lemma == "write":
        # "a foreign power wrote its constitution"
        return s.tags[record.found.cue[1]] == "D"
    return lemma == "maintain" and bool(KEPT.match(words))


def _quotes_in_passing(words: str) -> bool:
    """Return whether some words are quoted of a phrase, and most are not."""
    quoted = sum(len(part) for part in re.findall(r"[“\"].*?[”\"]|''.+?''", words))
    return words[:1] not in "“\"‘'" and 2 * quoted < len(words)


def _is_aside(s: Sentence, record: Record) -> bool:
    """Return whether an act is told as the time of another: "When Lee attacked it,"."""
    first, _last = record.found.speaker or (0, 0)
    return first > 0 and s.words[first - 1] in TIMES


def _is_name(s: Sentence, record: Record) -> bool:
    """Return whether the whole content is a name: "criticised Mr. Lund"."""
    tags = "".join(s.tags[first:last] for first, last in record.found.content)
    return bool(tags) and not tags.strip("XxD,.") and "X" in tags


def _is_not_yet(s: Sentence, record: Record) -> bool:
    """Return whether something would, will or should be said, or under a condition."""
    found = record.found
    first, last = found.cue
    if "M" in s.tags[first:last] or (first and s.tags[first - 1] == "M"):
        return True
    if first > 1 and s.tags[first - 1] == "t" and s.words[first - 2] not in SAID_NOW:
        return True
    ends = [end for _start, end in found.content]
    if s.words[-1] == "?" and max(ends, default=0) >= len(s.words) - 1:
        return True
    before = min(first, found.speaker[0] if found.speaker else first)
    return before > 0 and s.words[before - 1] in CONDITIONS - {"when", "until"}


def _is_the_authors(s: Sentence, record: Record) -> bool:
    """Return whether a clause before its cue is the author's, in whole or in part.

    "It will not fall, as some have claimed", "Lund, who has two boats, according to"
    """
    found = record.found
    if s.words[found.cue[0]] == "assuming" or _is_told_of_others(s, record):
        # "Assuming that rents fall, she may stay"
        return True
    if not found.speaker:
        return False
    before = min(found.speaker[0], found.cue[0]) - 1
    if not found.content_first:
        # "on the day that the Post reported it, the mayor left"
        return before > 0 and s.tags[before] == "T" and s.words[before - 1] in DAYS
    words, tags = s.words[slice(*found.content[0])], s.tags[slice(*found.content[0])]
    if before > 0 and s.words[before] == "as":
        return any(w in UNLIKE or w.endswith(("n't", "n’t")) for w in words)
    last = tags.rstrip(",").rfind(",")
    return found.lemma == "according" and last > 0 and "w" in tags[last:]


def _is_told_of_others(s: Sentence, record: Record) -> bool:
    """Return whether a clause is another's, tells of a noun, or what one would do."""
    found = record.found
    first, last = found.cue
    start = found.content[0][0]
    if not OTHERS_WORDS.isdisjoint(s.words[last:start]):
        return found.lemma not in SAYING or "by" in s.words[last:start]
    if found.rule.startswith(("noun", "inherited noun")) or found.lemma == "rule":
        # "the court's ruling that paved the way"
        relative = s.words[start] == "that" and s.tags[start + 1] in "evVBHMd"
        if relative and s.words[first].endswith("ing"):
            return True
    # "Holt would cut taxes, promising growth"
    between = s.words[found.speaker[1] if found.speaker else first : first]
    return s.tags[first] in "gG" and "would" in between


def _is_of_a_thing(s: Sentence, record: Record) -> bool:
    """Return whether the speaker is a thing that only shows something."""
    found = record.found
    if found.speaker is None or found.lemma.split(" ")[0] not in SHOWING:
        return False
    first, last = found.speaker
    tags = s.tags[first:last]
    head = next((at for at, tag in enumerate(tags) if tag in "PwfT,"), len(tags))
    nouns = s.words[first : first + head]
    if not nouns or "X" in tags[:head] or tags[:head].strip("DJNRZ#gex") or not head:
        return False
    noun = nouns[-1]
    is_body = is_title(noun) or is_title(noun.rstrip("s")) or is_organisation_word(noun)
    return not (is_body or _is_document(s, record) or _are_people(noun))


def _is_document(s: Sentence, record: Record) -> bool:
    """Return whether the speaker is something written or measured: "the report"."""
    first, last = record.found.speaker or (0, 0)
    return not DOCUMENTS.isdisjoint(s.words[first:last])


def _is_person_word(noun: str) -> bool:
    """Return whether a noun may stand before a name: "a baker Holt", "a judge Lund"."""
    single = noun.endswith(("er", "or", "ist", "ant", "ent", "an", "ee", "ian"))
    return single or _are_people(noun) or is_title(noun) or is_organisation_word(noun)


def _are_people(noun: str) -> bool:
    """Return whether a noun may mean people: "voters", "the family"."""
    return noun in PEOPLE or noun.endswith(PEOPLE_ENDS)


PEOPLE_ENDS = ("ers", "ors", "ists", "ants", "ents", "ans")
PLURALS = word_set("police media press management leadership counsel opposition data")
PEOPLE = word_set(
    """
    people men women man woman family families crowd public majority half third
    percent everyone others critics allies aides friends rivals opponents boss
    staff team side sides camp campaign neighbours neighbors residents parents
    children students wife husband son daughter mother father brother sister
    """
)
