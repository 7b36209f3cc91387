"""Proposal, Resolution and StatedOn: what an editor is offered for an attribution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .spans import Attribution

# The pronoun of a person, where a title or given name tells it.
Gender = Literal["he", "she", ""]
SpeakerKind = Literal["person", "organisation", "government", "group", "unnamed"]
Precision = Literal["day", "month", "year", "on_or_before", "unknown"]
Basis = Literal["stated", "weekday", "article_date", "editor"]
Checkability = Literal[
    "checkable", "opinion", "prediction", "promise", "reported_act", "vague"
]
# What keeps a proposal from being taken as it stands.
Doubt = Literal[
    "speaker", "pronoun", "reference", "sentence", "extent", "statement", "day"
]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The name that a speaker's words stand for, its kind, and the reason.

    `is_sure` says that the words can mean nobody else. `joint` holds the names of those
    who have said something together, `words` those that "who" stands for.
    """

    name: str | None
    kind: SpeakerKind
    reason: str
    is_sure: bool = True
    joint: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class StatedOn:
    """The date of a statement, its precision, and what it is taken from."""

    day: date | None
    precision: Precision
    basis: Basis


@dataclass(frozen=True, slots=True)
class Proposal:
    """One attribution, and everything the program proposes about it.

    `speaker_words` are the article's words, `speaker_name` the name they stand for
    (None while open) and `speaker_reason` why. `is_sure`: they can mean nobody else.
    `speaker_key` is the stored speaker.
    `other_names` and `other_keys` are those who say it together with that one.
    `open_words` are the pronouns that the wording leaves open, `open_reason` says what
    an editor has to mend before it can stand alone: empty where it can.
    `references` are words that point to the article ("the dinner"); `noticed` are
    further doubts of the rules.
    """

    attribution: Attribution
    speaker_words: str
    speaker_name: str | None
    speaker_kind: SpeakerKind
    speaker_reason: str
    speaker_key: object | None
    via_name: str | None
    stated: StatedOn
    checkability: Checkability
    wording: str
    open_words: tuple[str, ...] = ()
    open_reason: str = ""
    other_names: tuple[str, ...] = ()
    other_keys: tuple[object | None, ...] = ()
    is_sure: bool = True
    references: tuple[str, ...] = ()
    noticed: tuple[Doubt, ...] = ()

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What an editor has to look at before it can be taken as it stands.

        "speaker": nobody is named, or perhaps another one; "pronoun" and "reference":
        words that only the article fills; "sentence": it is none; "extent": it may say
        too little, or hold words of others; "statement": perhaps nobody states it;
        "day": a day is printed that is not surely read.
        """
        found: dict[Doubt, bool] = {
            "speaker": not self.is_sure or self.speaker_name is None,
            "pronoun": bool(self.open_words),
            "reference": bool(self.references),
            "sentence": bool(self.open_reason) and not self.open_words,
        }
        return tuple(
            dict.fromkeys(
                [
                    *(doubt for doubt, is_there in found.items() if is_there),
                    *self.noticed,
                ]
            )
        )

    @property
    def is_ready(self) -> bool:
        """Whether it may be taken as it stands, without a look at the article."""
        return not self.doubts

    @property
    def stated_on(self) -> date | None:
        """The day of the statement, or the first day of its month or year."""
        return self.stated.day

    @property
    def precision(self) -> Precision:
        """How exactly the day is known."""
        return self.stated.precision

    @property
    def basis(self) -> Basis:
        """What the day is taken from."""
        return self.stated.basis
