"""Wording of a claim: the printed words, changed only where their meaning is certain.

Three forms, the first that is sure: the words of a quotation or of a reported clause,
standing alone; the quotation with its speaker in front; the printed sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from claims.attribution.proposals import Gender, Resolution

from .find import Record
from .first_person import in_third_person, speaks_of_self
from .gazetteer import CAPITALS
from .modality import CONDITIONS, is_said_to_be_so, is_whole
from .people import People
from .polls import is_share, tells_whom_it_asked
from .pronouns import has_finite_verb, open_words
from .sentence_form import (
    DATELINE,
    LINKS,
    MARKS,
    OPENING_AND,
    as_sentence,
    in_sentence,
    is_unbalanced,
    possessive,
    shortened,
    with_states,
    with_stop,
    without_marks,
    without_that,
)
from .sentences import CLASSES
from .speaker_pronouns import PRONOUN, SpeakerPronouns
from .standing_alone import adds_a_remark, needs_its_sentence
from .words import word_set

BARE = " ,;:-–—"
# After a word of these classes something is missing: "because", "to", "the".
VERBS_AHEAD = ("M", "B", "H", "d")
OPENERS = tuple("PasctTDfwW")
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


@dataclass(frozen=True, slots=True)
class Wording:
    """The proposed wording of a claim, and which pronouns it leaves open, and why."""

    text: str
    open_words: tuple[str, ...] = ()
    open_reason: str = ""


def word_claim(text: str, record: Record, who: Resolution, people: People) -> Wording:
    """Return the claim of an attribution in words that can stand alone."""
    claim = _Claim(text, record, who, people)
    body = None
    if is_said_to_be_so(text, record) and not claim.is_of_poll():
        body = claim.quotation() if claim.is_direct else claim.clause()
    is_printed = body is None
    if body is None:
        body = claim.printed()
    body = shortened(as_sentence(body))
    if not is_printed and not claim.is_direct:
        # A clause is proposed only where nothing in it is open.
        return Wording(body)
    missing = open_words(body, people.genders)
    doubtful = claim.own.doubtful_pronoun() if is_printed else ""
    if doubtful and doubtful not in missing and f" {doubtful} " in body:
        missing += (doubtful,)
    return Wording(body, missing, _reason(body, missing, claim, is_printed))


def _reason(
    body: str, missing: tuple[str, ...], claim: _Claim, is_printed: bool
) -> str:
    """Return what is open in a wording, as a sentence, or nothing.

    The words themselves are proposed only where they have a verb.
    """
    if missing:
        words = ", ".join(f"“{word}”" for word in dict.fromkeys(missing))
        return f"the words do not tell whom or what {words} means"
    if not is_printed or claim.has_finite_cue() or has_finite_verb(body):
        return ""
    return "the words are no whole sentence"


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
        self.own = SpeakerPronouns(text, record, who, people)
        self.parts = [part.of(text) for part in self.item.content]
        self.is_direct = self.item.kind == "direct"
        self.spoken = self.item.speaker.of(text) if self.item.speaker else ""

    def is_of_poll(self) -> bool:
        """Return whether its speaker is a part of those asked: what they say is not so.

        "A third of bakers said that rents are high" is told as it is printed.
        """
        speaker = self.item.speaker
        is_person = self.who.name is not None and self.who.kind == "person"
        return bool(speaker and not is_person and is_share(speaker.of(self.text)))

    def has_finite_cue(self) -> bool:
        """Return whether the printed sentence surely has a verb: "Holt said"."""
        tags = self.s.tags[slice(*self.found.cue)]
        plain = self.found.rule in ("bare", "that", "subject before", "object")
        return plain and self.item.speaker is not None and tags[-1:] in ("V", "v")

    # -- the words of a quotation ------------------------------------------------

    def quotation(self) -> str | None:
        """Return the words of a quotation, or None where they need their speaker."""
        quoted = self._joined_quotation()
        body = OPENING_AND.sub("", quoted)
        if not has_finite_verb(body) or self._is_doubtful(body):
            return None
        full = self.people.with_full_names(body, self.item.content[0].start)
        if not speaks_of_self(body):
            return full
        named = None
        if self._names_its_speaker(body):
            # Nobody speaks of himself by his name: "he" is somebody else.
            return None
        if self.who.name and self.who.kind == "person" and self.who.is_sure:
            named = in_third_person(full, self.who.name)
        return named or self._with_speaker(quoted)

    def _is_doubtful(self, body: str) -> bool:
        """Return whether a quotation holds another, or its speaker's full name.

        A mark is missing then, and some of the words are somebody else's.
        """
        if any("“" in part.strip()[1:] for part in self.parts):
            return True
        if self._holds_a_title():
            return True
        name = self.who.name or ""
        surname = name.split()[-1:]
        if self.who.kind != "person" or not surname or surname[0] not in body:
            return False
        return bool(re.search(rf"[A-Z]\w+ {re.escape(surname[0])}\b", body))

    def _holds_a_title(self) -> bool:
        """Return whether one of its parts is the name of a thing, and nobody's words.

        "“It is early,” said Holt, the host of “Boat Days.” “I can wait.”"
        """
        cue = self.item.cue.of(self.text).split(" ")[-1] if self.item.cue else ""
        return any(
            between[-1].isalpha() and between[-1] != cue
            for before, part in pairwise(self.item.content)
            if (between := self.text[before.end : part.start].split())
        )

    def _names_its_speaker(self, body: str) -> bool:
        """Return whether a quotation names the one whom "he" is read as."""
        words = self.spoken.lower()
        names = (self.who.name or "").split()
        return words in PRONOUNS and any(
            name in body and re.search(rf"\b{re.escape(name)}\b", body)
            for name in names
        )

    def _joined_quotation(self) -> str:
        """Return the parts of a quotation without marks, each with its stop."""
        joined = ""
        for number, part in enumerate(self.parts):
            words = " ".join(without_marks(part).split())
            if not joined:
                joined = words
                continue
            between = self.text[
                self.item.content[number - 1].end : self.item.content[number].start
            ]
            before = joined.rstrip(",")
            if joined.endswith((".", "?", "!", "…", ":", ";", "—")):
                before = joined
            elif re.search(r"[.?!:]", between) or not between.strip():
                before = with_stop(before)
            else:
                # "“If it rains,” she said, “we go.”": her own comma may be one of both.
                comma = self.parts[number - 1].strip(MARKS + " ").endswith(",")
                word = words.split(" ")[0].lower().strip(",")
                goes_on = CLASSES.get(word, "") in ("c", "b", "s", "a", "p")
                before += "," * (comma and (goes_on or has_finite_verb(before)))
            joined = f"{before} {words}"
        return joined.strip().rstrip(",")

    def _with_speaker(self, body: str) -> str | None:
        """Return “Ida Holt said: ...”, where cue and speaker are simple words."""
        speaker = self._speaker_in_front()
        cue = self.item.cue.of(self.text) if self.item.cue else "said"
        if len(speaker) < 2 or cue not in SAYING:
            return None
        cue = "said" if cue == "told" else cue
        inner = with_stop(re.sub(r"[“”\"]", "'", body))
        return f"{speaker} {cue}: “{inner}”"

    def _speaker_in_front(self) -> str:
        """Return the speaker's name, or the printed words where those name somebody."""
        words = self.spoken
        if self.who.name and self.who.is_sure:
            body = words[:1].upper() + words[1:]
            same = body == f"The {self.who.name}"
            return body if same else in_sentence(self.who.name)
        low = words.lower()
        is_pronoun = low.replace("’", "'").split("'")[0] in PRONOUNS
        return "" if is_pronoun or "," in words or len(words) > 60 else words

    # -- reported speech -----------------------------------------------------------

    def clause(self) -> str | None:
        """Return a reported clause as a sentence, or None where that may be false."""
        if not is_whole(self.text, self.record) or tells_whom_it_asked(self.spoken):
            return None
        opener = self.parts[0].split(" ")[0].lower()
        joint = ", " if CLASSES.get(opener, "") in tuple("aPs") else " "
        body = " ".join(joint.join(part.strip() for part in self.parts).split())
        if not self.found.content_first:
            body = without_that(body)
        first = body.split(" ")[0].lower()
        if CLASSES.get(first, "") in VERBS_AHEAD:
            # "is by design": its subject stands elsewhere
            return None
        if first in NO_CLAUSE or is_unbalanced(body) or speaks_of_self(body):
            return None
        if needs_its_sentence(body) or adds_a_remark(self.parts):
            return None
        body = without_marks(body).strip(BARE)
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
        return with_states(expanded)

    def _gender(self) -> Gender | None:
        """Return the gender of a person who speaks; "" where it is not known."""
        if self.who.kind in ("organisation", "government", "group"):
            return None
        if self.who.name:
            return self.people.gender_of(self.who.name)
        return ""

    def _with_speaker_for_pronoun(self, body: str) -> str | None:
        """Return the clause with its speaker for the pronoun at its front, if sure."""
        match = PRONOUN.match(body)
        name = self.who.name
        if not match or not name or not self.who.is_sure:
            return None
        word = match.group(1).lower()
        rest = body[match.end() :]
        if not self.own.means_speaker(word, rest):
            return None
        shown = in_sentence(name)
        if self.spoken.lower() == f"the {shown.lower()}":
            shown = f"The {shown}"
        if word in ("his", "her", "its"):
            return f"{possessive(shown)}{rest}"
        ending = (match.group(2) or "").replace("’", "'").lower()
        return f"{shown}{CONTRACTED.get(ending, '')}{rest}"

    # -- the printed sentence ------------------------------------------------------

    def printed(self) -> str:
        """Return the printed sentence, its speaker by name where that is certain."""
        s, item, text = self.s, self.item, self.text
        start = s.starts[0]
        end = max(s.ends[-1], max(part.end for part in item.content))
        dateline = DATELINE.match(text, start, end)
        start = dateline.end() if dateline else start
        link = LINKS.match(text, start, end)
        start = link.end() if link else start
        speaker = item.speaker
        start = self._start_of_clause(start)
        end = self._end_of_act(start, end)
        if speaker is None or not start <= speaker.start < speaker.end <= end:
            return self.people.with_full_names(" ".join(text[start:end].split()), start)
        before = text[start : speaker.start]
        after = text[speaker.end : end]
        name = self._name_for_words(at_front=not before)
        if name != speaker.of(text) and self._is_named_in(before):
            # "McHolt welcomed the mayor after he won": the sentence tells who he is
            name = speaker.of(text)
        named = self.people.with_full_names(f"{before}\0{after}", start, but=name)
        return " ".join(named.replace("\0", name).split())

    def _is_named_in(self, before: str) -> bool:
        """Return whether the words before a pronoun already name its speaker."""
        words = self.spoken.lower()
        surname = (self.who.name or "").split()[-1:]
        return words in PRONOUNS and any(name in before for name in surname)

    def _start_of_clause(self, start: int) -> int:
        """Return where the main clause of the speaker begins: after ", and"."""
        s, speaker = self.s, self.item.speaker
        first = self.item.content[0].start
        if speaker is None or not start < speaker.start < first:
            return start
        if self.found.speaker is None or s.tags[self.found.speaker[0]] in "wT":
            return start
        if speaker.of(self.text).lower() in PRONOUNS and not self.who.is_sure:
            return start
        before = self.text[start : speaker.start]
        if s.tags[0] in "asT" or s.words[0] in CONDITIONS:
            return start
        return (
            speaker.start
            if re.search(r"[,;] (?:and|but|so) \Z|; \Z", before)
            else start
        )

    def _end_of_act(self, start: int, end: int) -> int:
        """Return where to cut: after the content, if its speaker opens the sentence."""
        item = self.item
        last = max(part.end for part in item.content)
        if (
            item.speaker is None
            or item.cue is None
            or not start == item.speaker.start < item.cue.start < last
            or self.text[last : last + 1] not in (",", ";")
            or CLASSES.get(self.parts[-1].split(" ")[-1].lower(), "") in OPENERS
            or item.kind != "indirect"
        ):
            return end
        following = self.text[last + 1 : end].split()[:1]
        if not following or not GOING_ON.match(following[0].lower()):
            return end
        # "donors, including the guild, would leave": the clause goes on
        return end if CLASSES.get(following[0].lower(), "") in tuple("vBHMd") else last

    def _name_for_words(self, at_front: bool) -> str:
        """Return the name for the printed words of a speaker, or those words."""
        words = self.spoken
        name = self.who.name
        if not name or not self.who.is_sure or self.who.kind == "unnamed":
            return words
        shown = name if at_front else in_sentence(name)
        low = words.lower()
        if low in ("he", "she", "it"):
            return shown
        if low in CAPITALS:
            return shown
        if self.who.kind == "person" and name.endswith(words.split()[-1]):
            # "Holt", "Ms. Holt": no other words than a title and the surname
            short = len(words.split()) <= 2 and "," not in words
            return name if short and " " in name else words
        front, comma, rest = words.partition(",")
        is_surname = len(front.split()) <= 2 and name.endswith(front.split()[-1])
        if comma and is_surname and self.who.kind == "person" and " " in name:
            # "Holt, the mayor"
            return name + comma + rest
        return words


PRONOUNS = word_set("he she it they i we you who which that there this these those")
# After a comma something else begins with these; other words may belong to the clause.
GOING_ON = re.compile(r"(?:and|while|where\w*|he|she|they|it|\w+ing)\Z")
BODILY = re.compile(r"\b(?:its|their|they|them|it)\b", re.IGNORECASE)
