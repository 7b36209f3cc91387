"""Word-level diff between two versions of a verdict."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from claims.models import PublishedVerdict
from claims.models.choices import (
    AttributionKind,
    Checkability,
    DateBasis,
    DatePrecision,
    Finding,
    SpeakerKind,
    StatementBasis,
)
from claims.reading.replies import outcomes_in_words, replies_in_words

# Comparing costs up to the product of both lengths; beyond this a stretch is shown
# as replaced whole.
MOST_COMPARISONS = 1_000_000

KEPT, REMOVED, ADDED = "kept", "removed", "added"

# What tells of the statement, besides its words and its speaker's name.
STATEMENT = {
    "speaker_kind": _("Kind of speaker"),
    "speaker_role": _("Role of the speaker"),
    "speakers": _("Together with"),
    "via_name": _("Relayed by"),
    "stated_on": _("Said on"),
    "stated_precision": _("How exactly"),
    "stated_basis": _("Known from"),
    "attribution": _("Given as"),
    "checkability": _("Can it be checked?"),
    "cue": _("Cue"),
    "speaker_words": _("Speaker as printed"),
    "headline": _("Headline"),
    "outlet_name": _("Outlet"),
    "article_published_on": _("Day of the article"),
    "article_url": _("Address of the article"),
}
# Whom the desk asked and what came of it, where there is anything.
ASKED = {
    "not_asked_reason": _("Why the speaker was not asked"),
    "replies": _("Who was asked"),
    "outcomes": _("What came of it"),
}
# What a reader sees of a verdict, in the page's order, with the heading it has there.
FIELDS = {
    "rating_label": _("Rating"),
    "rating_definition": _("Definition of the rating"),
    "finding": _("Did they say it?"),
    "claim_reviewed": _("Claim"),
    "quote": _("Words as printed"),
    "speaker_name": _("Speaker"),
    **STATEMENT,
    "summary": _("Summary"),
    "explanation": _("Explanation"),
    "how_verified": _("How it was verified"),
    "as_of": _("Facts known up to"),
    **ASKED,
    "author_name": _("Written by"),
}
CHOICES = {
    "finding": Finding,
    "attribution": AttributionKind,
    "checkability": Checkability,
    "stated_precision": DatePrecision,
    "stated_basis": DateBasis,
    "speaker_kind": SpeakerKind,
}
IN_WORDS = {"replies": replies_in_words, "outcomes": outcomes_in_words}


@dataclass(frozen=True)
class DiffPart:
    """Words that are kept, removed or added."""

    kind: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    """A field that differs: its label and the word diff."""

    name: str
    label: str
    stretches: tuple[DiffPart, ...]


@dataclass(frozen=True)
class EvidenceChange:
    """A source that was added, removed or changed."""

    kind: str  # removed, added, or "changed"
    title: str
    url: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Difference:
    """The diff of two versions: fields and evidence."""

    fields: tuple[FieldChange, ...]
    evidence: tuple[EvidenceChange, ...]

    def __bool__(self) -> bool:
        return bool(self.fields or self.evidence)


def word_changes(before: str, after: str) -> tuple[DiffPart, ...]:
    """Return the word diff of two texts.

    >>> [(s.kind, s.text) for s in word_changes("It is 4.", "It is 5.")]
    [('kept', 'It is '), ('removed', '4'), ('added', '5'), ('kept', '.')]
    """
    found: list[tuple[str, str]] = []
    for one, two in _changes(_lines(before), _lines(after)):
        if one == two:
            found.append((KEPT, one))
            continue
        for old, new in _readable(_changes(_words(one), _words(two))):
            if old == new:
                found.append((KEPT, old))
            else:
                found += [(REMOVED, old), (ADDED, new)]
    return tuple(_merged_parts(found))


def difference(before: PublishedVerdict, after: PublishedVerdict) -> Difference:
    """Return the diff of two versions."""
    # Who asks for a retraction or a withdrawal has not written the verdict.
    names = FIELDS if not after.is_retraction else FIELDS.keys() - {"author_name"}
    return Difference(
        changed_fields(before, after, names),
        _evidence(before.evidence, after.evidence),
    )


def changed_fields(
    before: PublishedVerdict, after: PublishedVerdict, names: Collection[str]
) -> tuple[FieldChange, ...]:
    """Return the diff of some fields of two versions.

    A statement that was filled in later is not compared: what differs may be what was
    not known.
    """
    bases = {before.statement_basis, after.statement_basis}
    unknown = STATEMENT if StatementBasis.RECONSTRUCTED in bases else ()
    changes = []
    for name, label in FIELDS.items():
        if name not in names or name in unknown:
            continue
        old, new = displayed_value(before, name), displayed_value(after, name)
        if old != new:
            changes.append(FieldChange(name, label, word_changes(old, new)))
    return tuple(changes)


def displayed_value(verdict: PublishedVerdict, name: str) -> str:
    """Return the displayed value of a field."""
    value = getattr(verdict, name)
    if name in CHOICES:
        return str(dict(CHOICES[name].choices).get(value, value))
    if name == "speakers":
        return ", ".join(speaker["name"] for speaker in value)
    if name in IN_WORDS:
        return IN_WORDS[name](verdict)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return "" if value is None else str(value)


def statement_shown(verdict: PublishedVerdict) -> list[tuple[str, str]]:
    """Return what a publication tells of the statement, each with its heading."""
    rows = [(str(FIELDS[name]), displayed_value(verdict, name)) for name in STATEMENT]
    return [row for row in rows if row[1]]


def asked_and_answered(verdict: PublishedVerdict) -> list[tuple[str, str]]:
    """Return whom the desk asked and what came of it, each with its heading."""
    rows = [(str(FIELDS[name]), displayed_value(verdict, name)) for name in ASKED]
    return [row for row in rows if row[1]]


def _evidence(before: list[dict[str, Any]], after: list[dict[str, Any]]):
    changes = []
    rest = list(after)
    for old in before:
        if old in rest:
            rest.remove(old)
            continue
        twin = next((new for new in rest if new["url"] == old["url"]), None)
        if twin is None:
            changes.append(EvidenceChange(REMOVED, old["title"], old["url"]))
            continue
        rest.remove(twin)
        fields = [
            FieldChange(
                name,
                EVIDENCE_LABELS.get(name, name),
                word_changes(_plain(old.get(name)), _plain(twin.get(name))),
            )
            for name in EVIDENCE_LABELS
            if old.get(name) != twin.get(name)
        ]
        changes.append(
            EvidenceChange("changed", twin["title"], twin["url"], tuple(fields))
        )
    changes += [EvidenceChange(ADDED, new["title"], new["url"]) for new in rest]
    return tuple(changes)


EVIDENCE_LABELS = {
    "title": _("Title"),
    "publisher": _("Publisher"),
    "published_on": _("Published on"),
    "accessed_on": _("Read on"),
    "archived_url": _("Archived copy"),
    "excerpt": _("Excerpt"),
    "stance": _("What it says of the claim"),
    "is_primary": _("Primary source"),
    "file": _("Copy kept by the desk"),
}


def _plain(value):
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dict):
        return f"{value['name']}, SHA-256 {value['sha256']}"
    return "" if value is None else str(value)


def _changes(before, after):
    """Yield aligned pairs of texts, equal or not, in order."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while (
        tail < min(len(before), len(after)) - head
        and before[-1 - tail] == after[-1 - tail]
    ):
        tail += 1
    start = "".join(before[:head])
    if start:
        yield start, start
    old = before[head : len(before) - tail]
    new = after[head : len(after) - tail]
    if len(old) * len(new) > MOST_COMPARISONS:
        yield "".join(old), "".join(new)
    else:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for _tag, a, b, c, d in matcher.get_opcodes():
            yield "".join(old[a:b]), "".join(new[c:d])
    end = "".join(before[len(before) - tail :])
    if end:
        yield end, end


def _readable(pairs):
    """Merge changes that only a few kept words part, for readability."""
    pairs = list(pairs)
    place = 1
    while place < len(pairs) - 1:
        (old, new), before, after = pairs[place], pairs[place - 1], pairs[place + 1]
        is_lone = old == new and before[0] != before[1] and after[0] != after[1]
        if is_lone and len(old) <= min(_size(before), _size(after)):
            pairs[place - 1 : place + 2] = [
                (before[0] + old + after[0], before[1] + new + after[1])
            ]
            # The longer change may now swallow what was kept before it.
            place = max(1, place - 2)
        else:
            place += 1
    return pairs


def _size(pair):
    return max(len(pair[0]), len(pair[1]))


def _lines(text):
    return text.splitlines(keepends=True)


def _words(text):
    # Figures stay whole, and so do words with an apostrophe or a hyphen.
    return re.findall(r"\w+(?:[.,'’-]\w+)*|\s+|[^\w\s]", text)


def _merged_parts(found):
    """Merge adjacent parts of one kind, removals before additions."""
    kept, removed, added = "", "", ""
    for kind, text in found:
        if kind == REMOVED:
            removed += text
        elif kind == ADDED:
            added += text
        else:
            yield from _changed(removed, added)
            removed = added = ""
            kept += text
            continue
        if kept:
            yield DiffPart(KEPT, kept)
            kept = ""
    if kept:
        yield DiffPart(KEPT, kept)
    yield from _changed(removed, added)


def _changed(removed, added):
    if removed:
        yield DiffPart(REMOVED, removed)
    if added:
        yield DiffPart(ADDED, added)
