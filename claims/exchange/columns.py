"""The columns of the CSV: name, meaning, type, closed list of values and SQL of each.

Header, data dictionary and package metadata are made from COLUMNS alone.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.exchange.dialect import (
    BUCKETS,
    ELSEWHERE,
    NOT_REVIEWED,
    REPEATS,
    RETRACTED,
    REVIEWED,
    bucket_sql,
    label_sql,
    rating_sql,
    review_sql,
)
from claims.models.choices import (
    AttributionKind,
    Checkability,
    DateBasis,
    DatePrecision,
    Finding,
    PublicationKind,
    SpeakerKind,
)
from claims.models.verdict_state import NONE_OWN, REPEATED_KEY


class Column(NamedTuple):
    """One column: its name, what it means, its type, its SQL over the FROM below.

    `is_words` marks text that somebody wrote: a spreadsheet could take it for a
    formula, a program for something else. `values` are all that it can hold. `{site}`
    in the SQL is the address of this site.
    """

    name: str
    meaning: str | Promise
    kind: str
    sql: str
    is_words: bool = False
    values: tuple[str, ...] = ()


def _moment(column):
    return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"


# A rating of the scale, or one elsewhere that is none of it.
IN_FORCE = f"c.rating NOT IN {NONE_OWN}"


def in_force(sql):
    """Return SQL of what is there of a verdict in force alone."""
    return f"CASE WHEN {IN_FORCE} THEN {sql} END"


def _of_verdict(sql):
    """Return SQL of what is said of every claim, reviewed or not."""
    return f"coalesce({in_force(sql)}, {review_sql('c.rating')})"


UNRATED = (RETRACTED, NOT_REVIEWED, REPEATS)


COLUMNS = [
    Column(
        "id",
        _("Number of the claim; it never changes."),
        "integer",
        "c.id",
    ),
    Column(
        "url",
        _("Permanent address of the claim's page."),
        "string",
        "{site} || '/claims/' || c.id || '/'",
    ),
    Column(
        "wording",
        _("The claim as one sentence that can stand alone."),
        "string",
        "w.wording",
        is_words=True,
    ),
    Column(
        "claim_reviewed",
        _("The sentence that the newest version of the verdict is about."),
        "string",
        "p.claim_reviewed",
        is_words=True,
    ),
    Column(
        "quote",
        _("The words as printed; several parts are joined by ' [...] '."),
        "string",
        "w.quote",
        is_words=True,
    ),
    Column(
        "cue",
        _("The words that say that something was said, as printed."),
        "string",
        "k.cue",
        is_words=True,
    ),
    Column(
        "speaker_words",
        _("How the article names the speaker, as printed."),
        "string",
        "k.speaker",
        is_words=True,
    ),
    Column(
        "speaker",
        _("Slug of the speaker."),
        "string",
        "s.slug",
        is_words=True,
    ),
    Column(
        "speaker_name",
        _("Name of the speaker."),
        "string",
        "coalesce(nullif(p.speaker_name, ''), s.name)",
        is_words=True,
    ),
    Column(
        "speaker_kind",
        _("What the speaker is: person, organisation, government, group, unnamed."),
        "string",
        "coalesce(nullif(p.speaker_kind, ''), s.kind)",
        values=tuple(SpeakerKind.values),
    ),
    Column(
        "speaker_role",
        _("Office and organisation of the speaker on the day of the statement."),
        "string",
        "w.speaker_role",
        is_words=True,
    ),
    Column(
        "other_speakers",
        _("Slugs of those who made the statement together with the speaker."),
        "string",
        "(SELECT string_agg(other ->> 'slug', ' ' ORDER BY at)"
        " FROM jsonb_array_elements(w.speakers) WITH ORDINALITY e(other, at))",
        is_words=True,
    ),
    Column(
        "speaker_wikidata",
        _("Wikidata item of the speaker."),
        "string",
        "s.wikidata_id",
    ),
    Column(
        "via",
        _("Slug of the outlet that relays the words, if any."),
        "string",
        "v.slug",
        is_words=True,
    ),
    Column(
        "outlet",
        _("Slug of the outlet that printed the article."),
        "string",
        "o.slug",
        is_words=True,
    ),
    Column(
        "outlet_name",
        _("Name of that outlet."),
        "string",
        "coalesce(p.outlet_name, o.name)",
        is_words=True,
    ),
    Column(
        "article_page",
        _("Permanent address of the article's page here, with its number."),
        "string",
        "{site} || '/articles/' || a.id || '/'",
    ),
    Column(
        "article_headline",
        _("Headline of the article."),
        "string",
        "coalesce(p.headline, a.headline)",
        is_words=True,
    ),
    Column(
        "article_url",
        _("Where the article was published."),
        "string",
        "CASE WHEN p.id IS NULL THEN a.url ELSE p.article_url END",
        is_words=True,
    ),
    Column(
        "article_published_on",
        _("The article's date (ISO 8601)."),
        "date",
        "CASE WHEN p.publisher <> '' THEN p.article_published_on"
        " ELSE coalesce(p.article_published_on, a.published_on) END",
    ),
    Column(
        "language",
        _("Language of the printed words (BCP 47)."),
        "string",
        "a.language",
        is_words=True,
    ),
    Column(
        "text_number",
        _("Which version of the article's text the places refer to."),
        "number",
        "t.number::numeric(9, 1)",
    ),
    Column(
        "text_sha256",
        _("SHA-256 of that text in UTF-8."),
        "string",
        "t.sha256",
    ),
    Column(
        "quote_spans",
        _(
            "Places of the quote's parts in the text (RFC 5147), as char=0,6, divided "
            "by blanks: Unicode code points from 0, the end not included."
        ),
        "string",
        "k.content_at",
    ),
    Column(
        "cue_spans",
        _("Place of the cue, likewise."),
        "string",
        "k.cue_at",
    ),
    Column(
        "speaker_spans",
        _("Place of the speaker's words, likewise."),
        "string",
        "k.speaker_at",
    ),
    Column(
        "attribution",
        _("How the article gives the words: direct, indirect, mixed."),
        "string",
        "c.attribution",
        values=tuple(AttributionKind.values),
    ),
    Column(
        "stated_on",
        _("Day of the statement (ISO 8601); empty: unknown."),
        "date",
        "c.stated_on",
    ),
    Column(
        "stated_precision",
        _("How exact stated_on is: day, month, year, on_or_before, unknown."),
        "string",
        "c.stated_precision",
        values=tuple(DatePrecision.values),
    ),
    Column(
        "stated_basis",
        _("How the date is known: stated, weekday, article_date, editor, review."),
        "string",
        "c.stated_basis",
        values=tuple(DateBasis.values),
    ),
    Column(
        "checkability",
        _("checkable, opinion, prediction, promise, reported_act, vague."),
        "string",
        "c.checkability",
        values=tuple(Checkability.values),
    ),
    Column(
        "topics",
        _("Slugs of the topics, divided by blanks."),
        "string",
        "(SELECT string_agg(slug, ' ' ORDER BY slug) FROM claims_topic"
        " WHERE id = ANY(c.topics))",
        is_words=True,
    ),
    Column(
        "repeats",
        _("Permanent address of the earlier claim that this one repeats."),
        "string",
        "{site} || '/claims/' || c.repeats_id || '/'",
    ),
    Column(
        "review",
        _(
            "reviewed, elsewhere (published elsewhere, not reviewed here), retracted "
            "(the verdict was withdrawn), repeats (it has none, but repeats a claim "
            "that has one), not_reviewed."
        ),
        "string",
        review_sql("c.rating"),
        values=(REVIEWED, ELSEWHERE, *UNRATED),
    ),
    Column(
        "finding",
        _(
            "Did they say it? confirmed, distorted, misattributed, not_found, "
            "not_checked; without a verdict in force as in review."
        ),
        "string",
        _of_verdict("p.finding"),
        values=(*Finding.values, *UNRATED),
    ),
    Column(
        "rating",
        _(
            "Is it true? The rating's value, 0 for none, and its slug: 1-false; "
            "without a verdict in force as in review."
        ),
        "string",
        _of_verdict(rating_sql("p")),
        is_words=True,
    ),
    Column(
        "rating_label",
        _(
            "The rating in words, as published, and its value in brackets: False "
            "(1 of 5), Unproven (no value); without a verdict in force as in review."
        ),
        "string",
        _of_verdict(label_sql("p")),
        is_words=True,
    ),
    Column(
        "rating_value",
        _("5.0 (true) to 1.0 (false); empty for what is not on the truth axis."),
        "number",
        in_force("p.rating_value::numeric(2, 1)"),
    ),
    Column(
        "bucket",
        _(
            "The same six values for every desk: 5-true, 4-mostly_true, 3-mixed, "
            "2-mostly_false, 1-false, 0-unrated; without a verdict in force as in "
            "review."
        ),
        "string",
        _of_verdict(bucket_sql("p.rating_bucket")),
        values=(*BUCKETS.values(), *UNRATED),
    ),
    Column(
        "summary",
        _("The verdict in up to 300 characters."),
        "string",
        in_force("p.summary"),
        is_words=True,
    ),
    Column(
        "as_of",
        _("Day up to which the facts were known."),
        "date",
        in_force("p.as_of"),
    ),
    Column(
        "evidence_urls",
        _("Addresses of the sources, divided by blanks."),
        "string",
        f"CASE WHEN {IN_FORCE} THEN (SELECT string_agg(e->>'url', ' ')"  # noqa: S608
        " FROM jsonb_array_elements(p.evidence) e) END",
        is_words=True,
    ),
    Column(
        "version",
        _("Number of the newest publication of the verdict: 1.0, 2.0 ..."),
        "number",
        "p.number::numeric(9, 1)",
    ),
    Column(
        "version_url",
        _("Permanent address of that version."),
        "string",
        "{site} || '/claims/' || c.id || '/versions/' || p.number || '/'",
    ),
    Column(
        "version_kind",
        _(
            "What it did: first, rating_changed, fact_corrected, "
            "attribution_corrected, clarified, updated, retracted, relisted, archive "
            "(published elsewhere)."
        ),
        "string",
        "p.kind",
        values=tuple(PublicationKind.values),
    ),
    Column(
        "version_note",
        _("The correction notice of that version."),
        "string",
        "p.note",
        is_words=True,
    ),
    Column(
        "published_at",
        _("When it was published (ISO 8601, UTC)."),
        "datetime",
        _moment("p.published_at"),
    ),
    Column(
        "author",
        _("Who wrote the verdict."),
        "string",
        "p.author_name",
        is_words=True,
    ),
    Column(
        "approver",
        _("Who approved it."),
        "string",
        "p.approver_name",
        is_words=True,
    ),
    Column(
        "digest",
        _("SHA-256 that chains this publication to the one before it."),
        "string",
        "p.digest",
    ),
    Column(
        "listed_at",
        _("When readers first saw the claim (ISO 8601, UTC)."),
        "datetime",
        _moment("c.listed_at"),
    ),
    Column(
        "changed_at",
        _("When what readers see of the claim changed last (ISO 8601, UTC)."),
        "datetime",
        _moment("c.changed_at"),
    ),
    Column(
        "times_said",
        _("How many listed claims say the same, this one among them: 1.0, 2.0 ..."),
        "number",
        "c.times_said::numeric(9, 1)",
    ),
    Column(
        "published_elsewhere_by",
        _("Who published the check, where that was not this desk."),
        "string",
        "nullif(p.publisher, '')",
        is_words=True,
    ),
    Column(
        "review_url",
        _("Address of a check that was published elsewhere."),
        "string",
        "nullif(p.review_url, '')",
        is_words=True,
    ),
    Column(
        "first_rating",
        _(
            "Of a claim in review as repeats: the rating of the claim that it repeats, "
            "its value and slug: 1-false."
        ),
        "string",
        f"CASE WHEN c.rating = {REPEATED_KEY} THEN {rating_sql('f')} END",
        is_words=True,
    ),
    Column(
        "first_published_at",
        _("When that rating was published last (ISO 8601, UTC)."),
        "datetime",
        f"CASE WHEN c.rating = {REPEATED_KEY} THEN {_moment('f.published_at')} END",
    ),
    Column(
        "spoken_second",
        _("When the words begin in the recording that was transcribed, in seconds."),
        "number",
        "w.second::numeric(9, 1)",
    ),
    Column(
        "published_precision",
        _(
            "How exact published_at is of a check that was published elsewhere: day, "
            "month, year, unknown; empty: to the second."
        ),
        "string",
        "nullif(p.published_precision, '')",
        values=tuple(DatePrecision.values),
    ),
]

FROM = """
FROM ({claims}) m
JOIN claims_publicclaim c ON c.id = m.id
JOIN claims_publicwords w ON w.id = m.id
JOIN claims_article a ON a.id = c.article_id
JOIN claims_speaker s ON s.id = c.speaker_id
LEFT JOIN claims_outlet o ON o.id = c.outlet_id
LEFT JOIN claims_outlet v ON v.id = c.via_id
LEFT JOIN claims_publishedverdict p ON p.id = c.current_id
LEFT JOIN claims_publishedverdict f ON f.id = c.first_verdict_id
-- One look at a claim's marks for all that is read from them.
LEFT JOIN LATERAL (
    SELECT string_agg(exact, ' [...] ' ORDER BY ordinal)
               FILTER (WHERE role = 'cue') AS cue,
           string_agg(exact, ' [...] ' ORDER BY ordinal)
               FILTER (WHERE role = 'speaker') AS speaker,
           string_agg(place, ' ' ORDER BY ordinal)
               FILTER (WHERE role = 'content') AS content_at,
           string_agg(place, ' ' ORDER BY ordinal)
               FILTER (WHERE role = 'cue') AS cue_at,
           string_agg(place, ' ' ORDER BY ordinal)
               FILTER (WHERE role = 'speaker') AS speaker_at
    FROM (
        SELECT mark ->> 'role' AS role, (mark ->> 'ordinal')::int AS ordinal,
               mark ->> 'exact' AS exact,
               -- A mark may have stayed behind in an earlier text, or gone ahead.
               CASE WHEN (mark ->> 'text')::bigint = w.text_id
                    THEN 'char=' || (mark ->> 'start') || ',' || (mark ->> 'end')
               END AS place
        FROM jsonb_array_elements(w.marks) mark
    ) span
) k ON true
LEFT JOIN claims_articletext t ON t.id = w.text_id
ORDER BY m.id
"""
