"""Wording of a claim: the printed words, changed only where their meaning is certain.

Three forms, the first that is sure: the words of a quotation or of a reported clause,
standing alone; the quotation with its speaker in front; the printed sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.attribution.proposals import Resolution

from .find import Record
from .gazetteer import CAPITALS
from .people import People
from .pronouns import has_finite_verb, open_words
from .sentences import CLASSES, Sentence
from .words import VERBS, verb_forms, word_set

# Rules whose content is no sentence of its own.
PHRASES = (
    "object",
    "infinitive",
    "preposition",
    "gerund",
    "noun",
    "adjective",
    "told to",
    "told about",
    "asked about",
    "asked to",
    "relative",
    "passive",
    "raising",
    "whether",
    "told whether",
)
# What is hoped, feared or demanded is not said to be so.
ATTITUDES = word_set(
    """
    hope fear wish want worry wonder imagine pretend joke demand urge ask recommend
    propose prefer require request suggest dream expect pray consider order insist
    guess quip tease agree mean
    """
)
MOST = 500
# No longer than this is the first line of a text that is a headline.
HEADLINE = 120
MARKS = "\"'“”‘’«»„`"
BARE = " ,;:-–—"
# Verbs after which a clause without "that" is what somebody holds to be so.
BARE_CUES = word_set(
    """
    say add believe think argue claim insist warn note contend maintain admit concede
    acknowledge explain predict know feel report announce declare estimate assume
    conclude vow promise swear estimate allege assert tell write tweet complain
    """
)
CONDITIONS = word_set("if unless once until without when should provided except lest")
AFTERWARDS = word_set("if unless provided except until but though although not")
LINKS = re.compile(r"(?:But|And|So|Yet|Still,|Meanwhile,|However,) (?=\w)")
NO_CLAUSE = word_set(
    "to whether if for how what why who whom which when where not than as and or but"
)
SAYING = word_set(
    """
    said says wrote writes added adds tweeted replied answered recalled explained
    continued warned argued insisted declared concluded noted stated told
    """
)
CAPITAL_WORD = re.compile(r"\b[^\W\d_a-zß-ÿ][\w’'-]*")
CONTRACTED = {"'d": " would", "'ll": " will"}
PRONOUN = re.compile(r"(he|she|it|his|her|its)(['’](?:d|ll))?(?= )", re.IGNORECASE)
BEING = re.compile(r"(?:is|was|be|would be|will be|had been|has been|takes|took)\b")
FIRST_PERSON = {
    "i am": "{} is",
    "i'm": "{} is",
    "i have": "{} has",
    "i've": "{} has",
    "i was": "{} was",
    "i will": "{} will",
    "i'll": "{} will",
    "i would": "{} would",
    "i do": "{} does",
    "i don't": "{} does not",
    "i had": "{} had",
    "i can": "{} can",
    "i can't": "{} cannot",
    "i did": "{} did",
    "i didn't": "{} did not",
}
THIRD = {
    base: verb_forms(base)[0]
    for base in [
        *VERBS,
        *"want think believe know see hope support oppose need feel like say".split(),
    ]
} | {past: past for base in VERBS for past in verb_forms(base)[1:2]}
# "I want more", "I am tired": at the front, and no second "I", "me" or "we" after it.
FIRST = re.compile(
    r"I(?:['’](?:m|ve|ll)| (?:am|have|was|will|would|do|don['’]t|had|can['’]t|can"
    r"|did|didn['’]t|[a-z]+))(?= )"
)
OTHER_FIRST = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself|[Mm]ine|[Ww]e|us|[Oo]urs?)\b")


@dataclass(frozen=True, slots=True)
class Wording:
    """The proposed wording of a claim, and which pronouns it leaves open, and why."""

    text: str
    open_words: tuple[str, ...] = ()
    open_reason: str = ""


def in_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence.

    >>> in_sentence("United States"), in_sentence("Turkey")
    ('the United States', 'Turkey')
    """
    return f"the {name}" if name in WITH_ARTICLE else name


# State names that need the article inside a sentence.
WITH_ARTICLE = {
    "United States",
    "United Kingdom",
    "European Union",
    "Netherlands",
    "United Arab Emirates",
    "Czech Republic",
    "Philippines",
}


def possessive(name: str) -> str:
    """Return a name with the ending of possession.

    >>> possessive("Ms Ames"), possessive("Turkey")
    ("Ms Ames'", "Turkey's")
    """
    return name + ("'" if name.endswith("s") else "'s")


def word_claim(text: str, record: Record, who: Resolution, people: People) -> Wording:
    """Return the claim of an attribution in words that can stand alone."""
    claim = _Claim(text, record, who, people)
    body = None
    if claim.is_plain():
        body = claim.quotation() if claim.is_direct else claim.clause()
    if body is None:
        body = claim.printed()
    body = _shortened(_as_sentence(body))
    missing = open_words(body, people.genders)
    return Wording(body, missing, _reason(body, missing))


def _reason(body: str, missing: tuple[str, ...]) -> str:
    """Return what is open in a wording, as a sentence, or nothing."""
    if missing:
        words = ", ".join(f"“{word}”" for word in dict.fromkeys(missing))
        return f"the words do not tell whom or what {words} means"
    return "" if has_finite_verb(body) else "the words are no whole sentence"


class _Claim:
    """The words of one attribution, and the forms they can be given."""

    def __init__(
        self, text: str, record: Record, who: Resolution, people: People
    ) -> None:
        self.text = text
        self.record = record
        self.item = record.attribution
        self.s = record.sentence
        self.found = record.found
        self.who = who
        self.people = people
        self.parts = [part.of(text) for part in self.item.content]
        self.is_direct = self.item.kind == "direct"

    def is_plain(self) -> bool:
        """Return whether the words are said to be so: no denial, wish or condition."""
        item, s = self.item, self.s
        rule = item.rule.removeprefix("inherited ")
        if (
            item.negated
            or self._is_headline()
            or (rule.startswith(PHRASES) and not self.is_direct)
        ):
            return False
        if self.found.lemma in ATTITUDES and not self.is_direct:
            return False
        if rule == "bare" and self.found.lemma not in BARE_CUES:
            return False
        return not _is_unreal(s, self.found.cue, self.found.speaker)

    def _is_headline(self) -> bool:
        """Return whether the words stand in a headline, or in a first line like one."""
        s = self.s
        following = self.text[s.ends[-1] :]
        return s.title or (
            s.paragraph == 0
            and s.ends[-1] - s.starts[0] < HEADLINE
            and s.starts[0] == len(self.text) - len(self.text.lstrip())
            and following.startswith("\n")
        )

    # -- the words of a quotation ------------------------------------------------

    def quotation(self) -> str | None:
        """Return the words of a quotation, or None where they need their speaker."""
        body = self._joined_quotation()
        if not has_finite_verb(body):
            return None
        body = self.people.with_full_names(body, self.item.content[0].start)
        if not OTHER_FIRST.search(body):
            return body
        return self._as_third_person(body) or self._with_speaker(body)

    def _joined_quotation(self) -> str:
        """Return the parts of a quotation without marks, each with its stop."""
        joined = ""
        for number, part in enumerate(self.parts):
            words = " ".join(_without_marks(part).split())
            if not joined:
                joined = words
                continue
            between = self.text[
                self.item.content[number - 1].end : self.item.content[number].start
            ]
            before = joined.rstrip(",")
            if joined.endswith((".", "?", "!", "…", ":", ";", "—")):
                before = joined
            elif words[:1].islower():
                # "“If it rains,” she said, “we go.”": her own comma may be one of both.
                before = joined if has_finite_verb(joined) else before
            elif re.search(r"[.?!]", between) or words[:1].isupper():
                before += "."
            joined = f"{before} {words}"
        return joined.strip().rstrip(",")

    def _as_third_person(self, body: str) -> str | None:
        """Return "I have no money" with the name of its speaker, if that is all."""
        if self.who.kind != "person" or not self._name_is_sure():
            return None
        match = FIRST.match(body)
        rest = body[match.end() :] if match else ""
        if (
            not match
            or OTHER_FIRST.search(rest)
            or any(mark in rest for mark in '“”"‘?')
            or re.search(r"[.!] \w", rest)
        ):
            return None
        words = match.group().replace("’", "'")
        pattern = FIRST_PERSON.get(words.lower())
        if pattern:
            return pattern.format(self.who.name) + rest
        verb = THIRD.get(words[2:])
        return f"{self.who.name} {verb}{rest}" if verb else None

    def _with_speaker(self, body: str) -> str | None:
        """Return “Ida Holt said: ...”, where cue and speaker are simple words."""
        speaker = self._speaker_in_front()
        cue = self.item.cue.of(self.text) if self.item.cue else ""
        if not speaker or cue not in SAYING:
            return None
        cue = "said" if cue == "told" else cue
        inner = re.sub(r"[“”\"]", "'", body)
        stop = "" if inner[-1:] in ".?!…" else "."
        return f"{speaker} {cue}: “{inner}{stop}”"

    def _speaker_in_front(self) -> str:
        """Return the speaker's name, or the printed words where those name somebody."""
        if self.who.name and self._name_is_sure():
            return in_sentence(self.who.name)
        words = self.item.speaker.of(self.text) if self.item.speaker else ""
        low = words.lower()
        is_pronoun = low.replace("’", "'").split("'")[0] in PRONOUNS
        return "" if is_pronoun or "," in words or len(words) > 60 else words

    # -- reported speech -----------------------------------------------------------

    def clause(self) -> str | None:
        """Return a reported clause as a sentence, or None where that may be false."""
        if not self._is_whole():
            return None
        opener = self.parts[0].split(" ")[0].lower()
        joint = ", " if CLASSES.get(opener, "") in tuple("aPs") else " "
        body = " ".join(joint.join(part.strip() for part in self.parts).split())
        body = re.sub(r"\Athat\s+", "", body, flags=re.IGNORECASE)
        first = body.split(" ")[0].lower()
        if first in NO_CLAUSE or _is_unbalanced(body):
            return None
        body = _without_marks(body)
        body = body.strip(BARE)
        named = self._with_speaker_for_pronoun(body)
        expanded = self.people.with_full_names(
            named or body, self.item.content[0].start
        )
        genders = self.people.genders
        reporter = None if named else self._gender()
        if not has_finite_verb(expanded) or open_words(expanded, genders, reporter):
            return None
        if not named and self.who.kind != "person" and BODILY.search(expanded):
            # "The bank said rivals would copy its plan"
            return None
        return _with_states(expanded)

    def _gender(self):
        """Return the gender of a person who speaks; "" where it is not known."""
        if self.who.kind in ("organisation", "government"):
            return None
        if self.who.name:
            return self.people.gender_of(self.who.name)
        return ""

    def _is_whole(self) -> bool:
        """Return whether a clause is printed whole: no condition before or after it."""
        s, item = self.s, self.item
        if len(self.parts) > 1 and item.kind == "mixed":
            return False
        last = max(part.end for part in item.content)
        after = self.text[last : s.ends[-1]].lstrip(MARKS)
        start = item.content[0].start
        first = s.words[0]
        if first in CONDITIONS and start > s.starts[0]:
            return False
        if item.cue and item.cue.end < start:
            between = self.text[item.cue.end : start].lower().split()
            if not CONDITIONS.isdisjoint(w.strip(",") for w in between):
                return False
        if not after or after[0] in ".;?!)…":
            return True
        if self.found.content_first and after[0] in ",-–— ":
            return True
        following = after.lstrip(BARE).split()
        return (
            after[0] in ",-–—"
            and bool(following)
            and following[0].lower() not in AFTERWARDS
        )

    def _with_speaker_for_pronoun(self, body: str) -> str | None:
        """Return the clause with its speaker for the pronoun at its front, if sure."""
        match = PRONOUN.match(body)
        name = self.who.name
        if not match or not name or not self._name_is_sure():
            return None
        word = match.group(1).lower()
        rest = body[match.end() :]
        if not self._means_speaker(word, rest):
            return None
        shown = in_sentence(name)
        if word in ("his", "her", "its"):
            return f"{possessive(shown)}{rest}"
        ending = (match.group(2) or "").replace("’", "'").lower()
        return f"{shown}{CONTRACTED.get(ending, '')}{rest}"

    def _means_speaker(self, word: str, rest: str) -> bool:
        """Return whether a pronoun at the front of a clause can only be its speaker."""
        who, people, item = self.who, self.people, self.item
        start = self.s.starts[0]
        end = item.content[0].start
        if word in ("it", "its"):
            if who.kind not in ("organisation", "government"):
                return False
            if word == "it" and BEING.match(rest.strip()):
                return False
            return not people.others_between(start, end, who.name or "")
        gender = "he" if word in ("he", "his") else "she"
        if who.kind != "person":
            return False
        own = people.gender_of(who.name or "")
        spoken = item.speaker.of(self.text).lower() if item.speaker else ""
        if spoken in ("he", "she"):
            return spoken == gender
        if own not in ("", gender):
            return False
        return not people.rivals(self.s, end, who.name or "", gender)

    # -- the printed sentence ------------------------------------------------------

    def printed(self) -> str:
        """Return the printed sentence, its speaker by name where that is certain."""
        s, item, text = self.s, self.item, self.text
        start = s.starts[0]
        end = max(s.ends[-1], max(part.end for part in item.content))
        link = LINKS.match(text, start, end)
        start = link.end() if link else start
        end = self._end_of_act(start, end)
        speaker = item.speaker
        if speaker is None or not start <= speaker.start < speaker.end <= end:
            return self.people.with_full_names(" ".join(text[start:end].split()), start)
        before = text[start : speaker.start]
        after = text[speaker.end : end]
        name = self._name_for_words(at_front=not before)
        named = self.people.with_full_names(f"{before}\0{after}", start, but=name)
        return " ".join(named.replace("\0", name).split())

    def _end_of_act(self, start: int, end: int) -> int:
        """Return where to cut: after the content, if its speaker opens the sentence."""
        item = self.item
        last = max(part.end for part in item.content)
        if (
            item.speaker is None
            or item.cue is None
            or not start == item.speaker.start < item.cue.start < last
            or self.text[last : last + 1] not in (",", ";")
            or item.kind != "indirect"
        ):
            return end
        following = self.text[last + 1 : end].split()[:1]
        return end if not following or following[0].lower() in AFTERWARDS else last

    def _name_for_words(self, at_front: bool) -> str:
        """Return the name for the printed words of a speaker, or those words."""
        words = self.item.speaker.of(self.text) if self.item.speaker else ""
        name = self.who.name
        if not name or not self._name_is_sure() or self.who.kind == "unnamed":
            return words
        shown = name if at_front else in_sentence(name)
        low = words.lower()
        if low in ("he", "she", "it"):
            return shown
        if low in CAPITALS:
            return shown
        if at_front and words[:4].lower() == "the " and words[4:] == name:
            return name
        if self.who.kind == "person" and name.endswith(words.split()[-1]):
            # "Holt", "Ms. Holt": no other words than a title and the surname
            return name if len(words.split()) <= 2 and "," not in words else words
        return words

    def _name_is_sure(self) -> bool:
        """Return whether the words for the speaker mean the name proposed for them."""
        return self.who.is_sure


PRONOUNS = word_set("he she it they i we you who which that there this these those")
BODILY = re.compile(r"\b(?:its|their|they|them|it)\b", re.IGNORECASE)


def _is_unreal(
    s: Sentence, cue: tuple[int, int], speaker: tuple[int, int] | None
) -> bool:
    """Return whether something was not said but would, should or may be."""
    first, last = cue
    if "M" in s.tags[first:last] or (first and s.tags[first - 1] in "tM"):
        return True
    if s.tags.rstrip("Qq)")[-1:] == "?" and s.words[-1] == "?":
        return True
    before = min(first, speaker[0] if speaker else first)
    return before > 0 and s.words[before - 1] in CONDITIONS - {"when"}


def _without_marks(part: str) -> str:
    """Return a part of the content without marks around the whole of it.

    >>> _without_marks("“Rents fell,”"), _without_marks("“Rents” and “wages”")
    ('Rents fell', '“Rents” and “wages”')
    """
    part = part.strip()
    if part[:1] not in MARKS:
        return part
    inner = part.strip(MARKS)
    return part if re.search(r"[“”\"„«»]|''", inner) else inner.rstrip(",")


def _is_unbalanced(body: str) -> bool:
    """Return whether a quotation begins or ends in a clause, and not both."""
    return body.count("“") != body.count("”") or body.count('"') % 2 == 1


FRONT = re.compile(r"\A[“\"‘'«„]*[^\W\d_]")


def _as_sentence(body: str) -> str:
    """Return words with a capital in front and one stop at the end."""
    body = body.strip().strip(",;:-–—").strip()
    if not body:
        return ""
    body = FRONT.sub(lambda front: front.group().upper(), body)
    body = re.sub(r",([”\"’»']+)\Z", r".\1", body)
    end = body.rstrip("”\"’»')")
    return body if end[-1:] in (".", "?", "!", "…") else body + "."


def _shortened(body: str) -> str:
    """Return at most as many characters as a wording may have, in whole sentences."""
    if len(body) <= MOST:
        return body
    cut = max(body.rfind(stop, 0, MOST - 5) for stop in (". ", "? ", "! ", ".” "))
    if cut < MOST // 5:
        cut = body.rfind(" ", 0, MOST - 5) - 1
    return body[: cut + 1] + " […]"


# A seat of government in front of what only a government does.
ACTING = re.compile(
    r"\A("
    + "|".join(sorted((re.escape(c.title()) for c in CAPITALS), key=len, reverse=True))
    + r") (?=(?:(?:has|had|will|would|must|should) (?:not |never )?)?(?:impose|reject"
    r"|propose|offer|threaten|refuse|accuse|demand|withdraw|recogni[sz]e|condemn"
    r"|negotiate|retaliate|sign|recall|expel|warn|agree|insist|argue)(?:d|ed|s|es)?\b)"
)


def _with_states(body: str) -> str:
    """Return a clause with the state for a capital that acts as its government.

    >>> _with_states("Ankara would impose tolls."), _with_states("Ankara is cold.")
    ('Turkey would impose tolls.', 'Ankara is cold.')
    """
    match = ACTING.match(body)
    if not match:
        return body
    return in_sentence(CAPITALS[match.group(1).lower()]) + body[match.end(1) :]
