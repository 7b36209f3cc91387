"""Storing many claims with their marks in one statement, and bringing them up to date.

Every claim comes with its quote: nothing is written twice, and what the database guards
it looks at once for all of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from claims.desk.annotation import change_claim
from claims.exceptions import Refused
from claims.models import Claim, Outlet, Speaker, Topic
from claims.models.choices import ClaimStatus, Origin, SpanRole
from claims.models.constraints import refusal_for

BETWEEN = " [...] "
# What the `rule` of an imported claim begins with; what its source said follows.
SOURCE = "import "
WORDS = (
    "printed_role",
    "wording",
    "attribution",
    "stated_on",
    "stated_precision",
    "stated_basis",
    "checkability",
)

INSERT = f"""
WITH given AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%s) AS g (
        client_id uuid, article_id bigint, speaker_id bigint,
        printed_role text, via_id bigint, wording text, quote text, attribution text,
        stated_on date, stated_precision text, stated_basis text, checkability text,
        rule text, topics bigint[], others bigint[])
), claim AS (
    INSERT INTO claims_claim (
        client_id, article_id, speaker_id, printed_role, via_id, wording, quote,
        attribution, stated_on, stated_precision, stated_basis, checkability, rule,
        status, origin, version, created_by_id, created_at, updated_at)
    SELECT client_id, article_id, speaker_id, printed_role, via_id, wording, quote,
           attribution, stated_on, stated_precision, stated_basis, checkability, rule,
           '{ClaimStatus.DRAFT}', '{Origin.IMPORT}', 1, %s, now(), now()
    FROM given
    RETURNING id, client_id
), mark AS (
    INSERT INTO claims_span
        (claim_id, text_id, role, ordinal, start, "end", exact, prefix, suffix, anchor)
    SELECT claim.id, m.text_id, m.role, m.ordinal, m.start, m."end", m.exact,
           m.prefix, m.suffix, m.anchor
    FROM claim JOIN json_to_recordset(%s) AS m (
        client_id uuid, text_id bigint, role text, ordinal int, start int, "end" int,
        exact text, prefix text, suffix text, anchor text) USING (client_id)
), filed AS (
    INSERT INTO claims_claim_topics (claim_id, topic_id)
    SELECT claim.id, unnest(given.topics) FROM claim JOIN given USING (client_id)
)
INSERT INTO claims_claim_other_speakers (claim_id, speaker_id)
SELECT claim.id, unnest(given.others) FROM claim JOIN given USING (client_id)
"""  # noqa: S608 (values of closed lists)


@dataclass(slots=True)
class ClaimDraft:
    """All that is stored of a claim that comes in; names are rows, words are placed."""

    client_id: UUID
    article_id: int
    text_id: int
    speaker_id: int | None
    printed_role: str
    via_id: int | None
    wording: str
    attribution: str
    stated_on: date | None
    stated_precision: str
    stated_basis: str
    checkability: str
    topics: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    marks: Sequence[Any] = ()  # with role, ordinal, start, end, exact, ...
    unsaid: frozenset[str] = frozenset()  # fields of which the source says nothing

    @property
    def rule(self) -> str:
        """Return what tells whether the source says something else next time."""
        return SOURCE + _digest(self, self.topics, self.others)


def add_claims(drafts: Iterable[ClaimDraft], *, by) -> None:
    """Store claims as drafts with marks, topics and joint speakers, in one statement.

    Raises IntegrityError where the database refuses one of them, and then none is in.
    """
    drafts = list(drafts)
    rows = [
        {
            "client_id": str(each.client_id),
            "article_id": each.article_id,
            "speaker_id": each.speaker_id,
            "printed_role": each.printed_role,
            "via_id": each.via_id,
            "wording": each.wording,
            "quote": BETWEEN.join(
                mark.exact for mark in each.marks if mark.role == SpanRole.CONTENT
            ),
            "attribution": each.attribution,
            "stated_on": each.stated_on and each.stated_on.isoformat(),
            "stated_precision": each.stated_precision,
            "stated_basis": each.stated_basis,
            "checkability": each.checkability,
            "rule": each.rule,
            "topics": each.topics,
            "others": each.others,
        }
        for each in drafts
    ]
    # Apart from their claims: one list is read at a fraction of the cost of many.
    marks = [
        {
            "client_id": str(each.client_id),
            "text_id": each.text_id,
            "role": mark.role,
            "ordinal": mark.ordinal,
            "start": mark.start,
            "end": mark.end,
            "exact": mark.exact,
            "prefix": mark.prefix,
            "suffix": mark.suffix,
            "anchor": mark.anchor,
        }
        for each in drafts
        for mark in each.marks
    ]
    if rows:
        given = [_dumped(rows), by.pk if by else None, _dumped(marks)]
        with connection.cursor() as cursor:
            cursor.execute(INSERT, given)


def _dumped(rows):
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def store_in_halves(rows: list, store: Callable) -> Iterator[tuple[Any, str]]:
    """Store rows, and yield those that the database refuses with what it says."""
    if not rows:
        return
    try:
        with transaction.atomic():
            store(rows)
    except IntegrityError as error:
        refusal = refusal_for(error)
        if refusal is None:
            raise
        if len(rows) == 1:
            yield rows[0], str(refusal.sentence)
            return
        middle = len(rows) // 2
        yield from store_in_halves(rows[:middle], store)
        yield from store_in_halves(rows[middle:], store)


def update_claim(claim: Claim, draft: ClaimDraft, *, by) -> str | None:
    """Bring a claim to what its source says now; return why not, "" if it is done.

    None: its source says nothing else than before.

    What somebody at the desk has changed since the last import stays as it is, and so
    does what readers see while a verdict on it is in force.
    """
    topics = [topic.pk for topic in claim.topics.all()]
    others = [speaker.pk for speaker in claim.other_speakers.all()]
    here = {"topics": topics, "others": others}
    for name in draft.unsaid:
        setattr(draft, name, here[name] if name in here else getattr(claim, name))
    if claim.rule == draft.rule:
        return None
    if claim.rule != SOURCE + _digest(claim, topics, others):
        return "It was changed at the desk."
    if claim.status != ClaimStatus.DRAFT and by is None:
        return "It is no draft any more: say with --by who changes it."
    try:
        with transaction.atomic():
            _update(claim, draft, by)
    except Refused as refusal:
        return str(refusal)
    return ""


def _update(claim, draft, by):
    claim.rule = draft.rule
    claim.version += 1
    if claim.status != ClaimStatus.DRAFT:
        # What readers see of it changes too, and says so.
        claim.save(update_fields=["rule", "version"])
        change_claim(
            claim,
            by=by,
            version=claim.version,
            via=Outlet.objects.filter(pk=draft.via_id).first(),
            topics=Topic.objects.filter(pk__in=draft.topics),
            other_speakers=Speaker.objects.filter(pk__in=draft.others),
            **{name: getattr(draft, name) for name in WORDS},
        )
        return
    for name in (*WORDS, "via_id"):
        setattr(claim, name, getattr(draft, name))
    claim.save()
    claim.topics.set(draft.topics)
    claim.other_speakers.set(draft.others)


def _digest(claim, topics, others):
    """Return a digest of what a source says of a claim besides its marks."""
    said = [getattr(claim, name) for name in WORDS]
    said += [claim.via_id, sorted(topics), sorted(others)]
    return hashlib.sha256("\x1f".join(map(str, said)).encode()).hexdigest()[:32]
