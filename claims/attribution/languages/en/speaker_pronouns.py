"""Pronouns of reported speech that mean its speaker: "Holt said she would go"."""

from __future__ import annotations

import re

from claims.attribution.proposals import Gender, Resolution

from .find import Record
from .first_person import is_of_ones_mind
from .modality import PHRASES
from .people import People
from .pronouns import EMPTY_IT
from .sentence_form import without_that
from .words import word_set

PRONOUN = re.compile(r"(he|she|it|his|her|its)(['’](?:d|ll))?(?= )", re.IGNORECASE)
# What a body says of itself: "it would close", and not "it is wrong"
ITS_OWN = re.compile(
    r"(?:would|will|had|has|have|could|can|may|might|must|should|does|did|plans?"
    r"|planned|intends?|expects?|expected)\b(?! been\b| be\b)"
)
# Who does so mostly speaks of somebody else.
TELLING_OF_OTHERS = word_set("report find reveal show")
BODIES = ("organisation", "government", "group")


class SpeakerPronouns:
    """The pronouns at the front of what is reported: who else may be meant?"""

    def __init__(
        self, text: str, record: Record, who: Resolution, people: People
    ) -> None:
        self.text = text
        self.record = record
        self.item = record.attribution
        self.s = record.sentence
        self.who = who
        self.people = people
        self.words = self.item.content[0].of(text)

    def doubtful_pronoun(self) -> str:
        """Return the pronoun at the front of what is reported, if it may be others'.

        "Lund said he had lied": alone it reads as if Lund meant himself.
        """
        body = without_that(self.words)
        match = PRONOUN.match(body)
        rule = self.item.rule.removeprefix("inherited ")
        if self.item.kind == "direct" or not match or rule.startswith(PHRASES):
            return ""
        word = match.group(1)
        if EMPTY_IT.match(body):
            return ""
        if word.lower() not in ("it", "its") and self.who.kind in BODIES:
            # "The board ruled that he won": no board is "he", nor are the clerks
            return ""
        if self._is_same_pronoun(word.lower()):
            return ""
        rest = body[match.end() :]
        gender: Gender = "he" if word.lower() in ("he", "his") else "she"
        own = word.lower() not in ("it", "its") and self.who.kind == "person"
        if own and is_of_ones_mind(rest) and self._is_named_alone(gender):
            return ""
        sure = self.who.is_sure and self.means_speaker(word.lower(), rest)
        return "" if sure else word

    def _is_named_alone(self, gender: str) -> bool:
        """Return whether nobody else of a gender stands between speaker and content."""
        own = self.people.gender_of(self.who.name or "")
        if not self.who.name or own not in ("", gender):
            return False
        surname = self.who.name.split()[-1]
        start = max(self.item.speaker.end if self.item.speaker else 0, self.s.starts[0])
        between = self.people.between(start, self.item.content[0].start)
        return all(
            mention.name.kind != "person"
            or not (" " in mention.name.name or mention.name.titles)
            or mention.name.name.endswith(surname)
            or self.people.gender_of(mention.name.name) not in ("", gender)
            for mention in between
        )

    def _is_same_pronoun(self, word: str) -> bool:
        """Return whether "she said she" can mean one woman alone."""
        gender: Gender = "he" if word in ("he", "his") else "she"
        spoken = self.item.speaker.of(self.text).lower() if self.item.speaker else ""
        end = self.item.content[0].start
        return (
            spoken == gender
            and word not in ("it", "its")
            and self.who.name is not None
            and not self.people.rivals(self.s, end, self.who.name, gender)
        )

    def means_speaker(self, word: str, rest: str) -> bool:
        """Return whether a pronoun at the front of a clause can only be its speaker."""
        who, people, item = self.who, self.people, self.item
        start = self.s.starts[0]
        end = item.content[0].start
        if word in ("it", "its"):
            if who.kind not in ("organisation", "government"):
                return False
            if word == "it" and not ITS_OWN.match(rest.strip()):
                # "said it was unsafe", "announced it added 10,000 jobs"
                return False
            if self.record.found.lemma in TELLING_OF_OTHERS:
                # "after the Harbour Times reported that its licence had ended"
                return False
            return not people.others_between(start, end, who.name or "")
        gender: Gender = "he" if word in ("he", "his") else "she"
        if who.kind != "person":
            return False
        own = people.gender_of(who.name or "")
        spoken = item.speaker.of(self.text).lower() if item.speaker else ""
        if spoken in ("he", "she"):
            return spoken == gender
        if own not in ("", gender) or self._comes_before_its_name(gender):
            return False
        return not people.rivals(self.s, end, who.name or "", gender)

    def _comes_before_its_name(self, gender: Gender) -> bool:
        """Return whether a pronoun stands before its speaker, and others before it.

        "His vote could matter, said Rune Falk": of somebody named already.
        """
        if not self.record.found.content_first:
            return False
        surname = (self.who.name or "").split()[-1]
        before = self.people.between(0, self.s.starts[0])
        if any(mention.name.name.endswith(surname) for mention in before):
            return False
        return any(
            mention.name.kind == "person"
            and self.people.gender_of(mention.name.name) in ("", gender)
            for mention in before
        )
