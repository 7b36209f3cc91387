"""Published checks of elsewhere as they are stored: who said what, who found what.

What `desk/archive.py` takes, whatever file they were read from.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from claims.models.choices import Bucket, DatePrecision, SpeakerKind


@dataclass(frozen=True)
class NamedSpeaker:
    """Who made a statement, as a file names them; `role` is printed with it."""

    name: str
    kind: str = SpeakerKind.PERSON
    title: str = ""
    organisation: str = ""
    wikidata_id: str = ""

    @property
    def role(self) -> str:
        return ", ".join(part for part in (self.title, self.organisation) if part)


@dataclass(frozen=True)
class Appearance:
    """Where a claim appeared: an address, and what is known of the page."""

    url: str = ""
    headline: str = ""
    outlet: str = ""
    published_on: date | None = None
    archived_url: str = ""


@dataclass(frozen=True)
class PublishedReview:
    """One state of a check that was published elsewhere, as it is stored.

    `key` is the address without what does not tell one check from another (see
    `exchange/published/address.py`). `label` is the rating's own, `bucket` the group of
    the desk's scale. `at` is the moment from which on the check said this: aware, of
    `precision` day, month or year where only that is known, None where nothing is.
    Without `speakers` nobody is named, and `speaker_words` keep how the file put it.
    Rows of `evidence` are dicts as in PublishedVerdict.evidence. All words are clean:
    visible characters, trimmed, no longer than their columns.
    """

    url: str
    key: str
    publisher: str
    wording: str
    label: str
    bucket: str = Bucket.UNRATED
    rating: str = ""  # slug of the desk's rating; "": the bucket's
    at: datetime | None = None
    precision: str = ""
    speakers: tuple[NamedSpeaker, ...] = ()
    speaker_words: str = ""
    stated_on: date | None = None
    stated_precision: str = DatePrecision.UNKNOWN
    appearance: Appearance = Appearance()
    language: str = "en"
    title: str = ""
    authors: str = ""
    summary: str = ""
    explanation: str = ""
    evidence: tuple[dict, ...] = ()
    kind: str = ""
    note: str = ""
    topics: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the check says, without the moment from which on."""
        said = {name: value for name, value in vars(self).items() if name not in _WHEN}
        text = json.dumps(said, sort_keys=True, default=_plain, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


_WHEN = {"at", "precision"}


def _plain(value):
    return str(value) if isinstance(value, date) else vars(value)


@dataclass
class Stored:
    """What store_reviews did: claims and checks that are new, states that are later
    ones of checks, and reviews that were here already."""

    claims: int = 0
    checks: int = 0
    later: int = 0
    known: int = 0

    def __str__(self):
        return (
            f"{self.checks} checks of {self.claims} new claims, "
            f"{self.later} later versions, {self.known} were here already"
        )
