"""The public record, written: what readers see of a claim, from one SELECT.

`write(claim_ids, kind)` is called in the last step of every transaction that changes
what readers see. It locks the change counter, compares the record with its source,
and stores what differs, numbered for the change feed. `differences()` compares all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from claims.desk.public_marks import move_marks
from claims.desk.public_source import FACTS, SOURCE, WORDS
from claims.desk.publications import statement_of
from claims.models import (
    Claim,
    PublicClaim,
    PublicWords,
    PublishedVerdict,
    Speaker,
    Verdict,
)
from claims.models.choices import PublicChangeKind, PublicState
from claims.models.facets import SPEAKER
from claims.models.verdict_state import ELSEWHERE_KEY, NOT_REVIEWED_KEY

# Who is named under a statement, all of a joint one.
NAMES = (
    "concat_ws('; ', {name}, (SELECT string_agg(other ->> 'name', '; ')"
    " FROM jsonb_array_elements({others}) other))"
)


def _row(table, columns):
    return f"({', '.join(f'{table}.{column}' for column in columns)})"


# What differs between the record and its source. Marks are compared apart from the
# text they were published in: the writer moves them to the article's current text.
_MOVABLE = {"marks", "text_id"}
_COMPARED = [column for column in WORDS if column not in _MOVABLE]
# Of a publication they change with it; the claim's own are always as they stand.
MARKS_DIFFER = (
    "source.current_id IS NULL AND (source.marks, source.text_id)"
    " IS DISTINCT FROM (w.marks, w.text_id)"
)
# What readers saw of the statement and see from now on, of a row that is no new one.
_SEEN = {
    "wording": ("w.wording", "source.wording"),
    "quote": ("w.quote", "source.quote"),
    "speaker": (
        NAMES.format(
            name="coalesce(nullif(p.speaker_name, ''), s.name)", others="w.speakers"
        ),
        NAMES.format(name="source.speaker_name", others="source.speakers"),
    ),
    "stated_on": ("f.stated_on", "source.stated_on"),
    "stated_precision": ("f.stated_precision", "source.stated_precision"),
}
DIFFERENCES = f"""
CASE WHEN w.id IS NOT NULL THEN nullif(jsonb_strip_nulls(jsonb_build_object({
    ", ".join(
        f"'{name}', CASE WHEN ({was}) IS DISTINCT FROM ({now})"
        f" THEN jsonb_build_array({was}, {now}) END"
        for name, (was, now) in _SEEN.items()
    )
})), '{{}}') END
"""
CHANGED = f"""
SELECT source.*, {DIFFERENCES} AS differences,
       row_number() OVER (ORDER BY source.id) AS step
FROM ({SOURCE} OFFSET 0) source
LEFT JOIN claims_publicclaim f ON f.id = source.id
LEFT JOIN claims_publicwords w ON w.id = source.id
LEFT JOIN claims_publishedverdict p ON p.id = f.current_id
LEFT JOIN claims_speaker s ON s.id = f.speaker_id
WHERE {{always}} OR f.id IS NULL OR w.id IS NULL
   OR {_row("source", FACTS)} IS DISTINCT FROM {_row("f", FACTS)}
   OR {_row("source", _COMPARED)} IS DISTINCT FROM {_row("w", _COMPARED)}
   OR {MARKS_DIFFER}
"""


def _upsert(table, columns, *, extra=()):
    names = ["id", *columns, *(name for name, _sql in extra)]
    values = ["id", *columns, *(sql for _name, sql in extra)]
    kept = ", ".join(f"{name} = EXCLUDED.{name}" for name in names[1:])
    return (
        f"INSERT INTO {table} ({', '.join(names)})"
        f" SELECT {', '.join(values)} FROM changed"
        f" ON CONFLICT (id) DO UPDATE SET {kept}"
    )


WRITE = f"""
WITH changed AS MATERIALIZED ({CHANGED}),
counter AS (
    UPDATE claims_changecounter
    SET number = number + (SELECT count(*) FROM changed), at = clock_timestamp()
    WHERE EXISTS (SELECT FROM changed)
    RETURNING number - (SELECT count(*) FROM changed) AS before
),
facts AS ({
    _upsert(
        "claims_publicclaim",
        FACTS,
        extra=(
            ("change_number", "(SELECT before FROM counter) + step"),
            ("changed_at", "%(at)s"),
        ),
    )
}),
words AS ({_upsert("claims_publicwords", WORDS)})
INSERT INTO claims_publicchange (number, kind, claim_id, at, differences)
SELECT counter.before + changed.step,
       -- To a claim that says the same as one of these it did not happen.
       CASE WHEN changed.id = ANY(%(followers)s) THEN 'edited' ELSE %(kind)s END,
       changed.id, %(at)s, differences
FROM changed, counter RETURNING claim_id
"""

# A change of what stands beside claims, or inside their rows, which stay as they are.
NUMBER = """
WITH named AS (
    SELECT id, row_number() OVER (ORDER BY id) AS step
    FROM claims_publicclaim WHERE id = ANY(%(keys)s)
),
counter AS (
    UPDATE claims_changecounter
    SET number = number + (SELECT count(*) FROM named), at = clock_timestamp()
    WHERE EXISTS (SELECT FROM named)
    RETURNING number - (SELECT count(*) FROM named) AS before, at
),
facts AS (
    UPDATE claims_publicclaim f
    SET change_number = counter.before + named.step, changed_at = counter.at
    FROM named, counter WHERE f.id = named.id
)
INSERT INTO claims_publicchange (number, kind, claim_id, at)
SELECT counter.before + named.step, %(kind)s, named.id, counter.at
FROM named, counter
"""
# Whose rows tell of these claims: all that say the same, and all that relate to them.
FOLLOWERS = """
WITH first AS (
    SELECT coalesce(repeats_id, id) AS id FROM claims_claim WHERE id = ANY(%(keys)s)
    UNION
    SELECT unnest(%(keys)s::bigint[])
)
SELECT id FROM first
UNION SELECT c.id FROM first JOIN claims_claim c ON c.repeats_id = first.id
UNION SELECT to_id FROM claims_claimrelation
    WHERE claim_id = ANY(%(keys)s) AND kind <> 'repeats' AND state = 'confirmed'
UNION SELECT claim_id FROM claims_claimrelation
    WHERE to_id = ANY(%(keys)s) AND kind <> 'repeats' AND state = 'confirmed'
"""


def write(claims: Iterable[int], kind: str, *, at: datetime | None = None) -> list[int]:
    """Bring the public record of some claims up to date; return whose changed.

    Claims that readers never saw are passed over. Claims that say the same as one of
    these, or relate to it, follow it. `at` is when it happened: a loaded archive has
    days of its own. Call it last in a transaction: the counter stays locked until its
    end.
    """
    keys = sorted(set(claims))
    if not keys:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        # In a statement of its own: the next one then sees what was committed while
        # this one waited.
        cursor.execute("SELECT number FROM claims_changecounter FOR UPDATE")
        cursor.execute(FOLLOWERS, {"keys": keys})
        followers = sorted({key for (key,) in cursor.fetchall()} - set(keys))
        keys += followers
        # Whoever quotes the places of a claim's words learns of a corrected text.
        always = str(kind == PublicChangeKind.TEXT_CORRECTED)
        cursor.execute(
            _sql(WRITE, chosen="c.id = ANY(%(keys)s)", always=always),
            {
                "keys": keys,
                "followers": followers,
                "kind": kind,
                "at": at or timezone.now(),
            },
        )
        changed = {key for (key,) in cursor.fetchall()}
        move_marks(keys)
    return sorted(changed)


def write_all(*, at: datetime) -> None:
    """Write the record of every claim as listed at a time: of an archive just loaded.

    Its marks stand in the texts that they were published in, of which none is old.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM claims_changecounter FOR UPDATE")
        cursor.execute(
            _sql(WRITE, chosen="true", always="false"),
            {"kind": PublicChangeKind.LISTED, "followers": [], "at": at},
        )


def note_change(claims: Iterable[int], kind: str) -> None:
    """Number a change of each claim that readers see, though its row says the same.

    A reader's copy of a claim also holds what stands beside it: speaker, article,
    outlet, topics. Call it last in a transaction, as `write`.
    """
    keys = list(claims)
    if not keys:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM claims_changecounter FOR UPDATE")
        cursor.execute(NUMBER, {"keys": keys, "kind": kind})


def note_code(code: int, kind: str = PublicChangeKind.EDITED) -> None:
    """Number a change of each listed claim that has a facet code: an outlet's, say."""
    claims = PublicClaim.objects.listed().with_codes(code).order_by()
    note_change(claims.values_list("pk", flat=True), kind)


def _sql(statement, *, chosen, always):
    return statement.replace("{chosen}", chosen).replace("{always}", always)


def write_article(article, kind: str) -> list[int]:
    """Note that an article changed for readers, and bring its claims up to date."""
    with transaction.atomic():
        changed = write(article.claims.values_list("pk", flat=True), kind)
        listed = PublicClaim.objects.listed().filter(article=article)
        note_change(set(listed.values_list("pk", flat=True)) - set(changed), kind)
    return changed


def write_speaker(speaker: Speaker, kind: str) -> list[int]:
    """Note that a speaker changed for readers, and bring the claims up to date."""
    with transaction.atomic():
        changed = write(_claims_of(speaker), kind)
        # Whoever speaks for it is told with its name.
        named = [speaker.pk, *speaker.spokespeople.values_list("pk", flat=True)]
        listed = PublicClaim.objects.listed().with_any(SPEAKER + pk for pk in named)
        note_change(set(listed.values_list("pk", flat=True)) - set(changed), kind)
        with connection.cursor() as cursor:
            cursor.execute(
                # A speaker whom no reader knows yet is no news to them.
                "WITH counter AS (UPDATE claims_changecounter SET number = number + 1,"
                " at = clock_timestamp() WHERE EXISTS ("
                " SELECT FROM claims_speaker WHERE id = %s AND was_public)"
                " RETURNING number, at)"
                " INSERT INTO claims_publicchange (number, kind, speaker_id, at)"
                " SELECT number, %s, %s, at FROM counter",
                [speaker.pk, kind, speaker.pk],
            )
    return changed


def _claims_of(speaker):
    """Return the keys of claims that name a speaker, at the desk or for readers."""
    claims = set(speaker.claims.values_list("pk", flat=True))
    claims |= set(speaker.joint_claims.values_list("pk", flat=True))
    # A revision under way may name somebody else than readers go on seeing.
    merged = speaker.merged_speakers.values_list("pk", flat=True)
    published = PublicClaim.objects.with_any(SPEAKER + pk for pk in merged)
    revised = Verdict.objects.under_way().values("claim")
    return claims | set(published.filter(pk__in=revised).values_list("pk", flat=True))


def as_published(claim: Claim, publication: PublishedVerdict | None) -> PublicClaim:
    """Return the row that readers would see with a publication, not stored.

    Without one it shows the claim's own statement.
    """
    shown = publication or PublishedVerdict(
        claim_reviewed=claim.wording, quote=claim.quote, **statement_of(claim)
    )
    row = PublicClaim(
        id=claim.pk,
        state=PublicState.LISTED,
        article=claim.article,
        outlet=claim.article.outlet,
        speaker=shown.speaker or claim.speaker,
        via=shown.via,
        current=publication,
        rating=_rating_shown(publication),
        finding=publication.finding if publication else "",
        attribution=shown.attribution,
        checkability=shown.checkability,
        language=claim.article.language,
        topics=list(claim.topics.values_list("pk", flat=True)),
        stated_on=shown.stated_on,
        stated_precision=shown.stated_precision,
        stated_basis=shown.stated_basis,
        listed_at=claim.listed_at,
        published_at=publication and publication.published_at,
    )
    row.words = PublicWords(
        claim=row,
        wording=shown.claim_reviewed,
        quote=shown.quote,
        cue=shown.cue,
        speaker_words=shown.speaker_words,
        summary=shown.summary if publication else "",
        speaker_role=shown.speaker_role,
        speakers=shown.speakers,
        marks=shown.marks,
        text=shown.text or claim.article.current_text,
    )
    return row


def _rating_shown(publication):
    if publication is None:
        return NOT_REVIEWED_KEY
    return ELSEWHERE_KEY if publication.rating_id is None else publication.rating_id


def differences(limit: int = 100) -> list[int]:
    """Return the keys of claims whose public record differs from its source."""
    with connection.cursor() as cursor:
        changed = _sql(CHANGED, chosen="true", always="false")
        cursor.execute(
            f"SELECT id FROM ({changed}) changed"
            " UNION SELECT id FROM claims_publicclaim f WHERE NOT EXISTS ("
            " SELECT FROM claims_claim c WHERE c.id = f.id AND listed_at IS NOT NULL)"
            " ORDER BY 1 LIMIT %s",
            [limit],
        )
        return [key for (key,) in cursor.fetchall()]
