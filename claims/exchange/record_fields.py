"""The fields of whole records in JSON: claim, version, speaker, article, rating, topic.

One list for each kind of record, in the order of the record: name, meaning, type, SQL.
A line of claims.jsonl, `/claims/<id>.json` and its neighbours, and the data dictionary
are made from these lists alone.

What a record says of itself is what readers see now. A claim's is as published: in it
speaker, article and outlets bear the names that were printed under its verdict; what
they are called now stands in their own records. A text that is not
there is null, a list that is empty `[]`. Each `url` keeps its meaning for ever: it
holds the number of what it leads to, never its name.

Meanings are for those who write programs, in English in every language of the site.
"""

from __future__ import annotations

from typing import NamedTuple

from claims.exchange.dialect import DIALECT, bucket_sql, review_sql
from claims.models.facets import SPEAKER
from claims.models.verdict_state import NONE_OWN


class Field(NamedTuple):
    """One field: its name, what it means, its type, its SQL.

    An object and each item of an array has `fields` of its own; `rows` is the FROM of
    an array, `sql` then its order. `{site}` in the SQL is the address of this site.
    """

    name: str
    meaning: str
    kind: str
    sql: str = ""
    fields: tuple[Field, ...] = ()
    rows: str = ""


def _url(path, key):
    return Field(
        "url",
        "Permanent address.",
        "string",
        f"{{site}} || '/{path}/' || {key} || '/'",
    )


def _number(key):
    return Field("id", "Number; it never changes.", "integer", key)


def _text(name, meaning, sql):
    return Field(name, meaning, "string", sql)


def _words_of(meaning, key):
    """Return the field that tells of which version of a text something speaks."""
    return Field(
        "text",
        meaning,
        "object",
        fields=(
            Field("number", "Which version of the text.", "integer", "x.number"),
            _text("sha256", "SHA-256 of the text in UTF-8.", "x.sha256"),
        ),
        rows=f"FROM claims_articletext x WHERE x.id = {key}",
    )


def _outlet_fields(name="o.name"):
    """Return the fields of an outlet, under the name that was published."""
    return (
        _number("o.id"),
        _url("outlets/id", "o.id"),
        _text("slug", "Its name in the query string of lists.", "o.slug"),
        _text("name", "Name.", name),
        _text("homepage", "Its own website.", "o.homepage"),
    )


OUTLET_FIELDS = _outlet_fields()

TOPIC_FIELDS = (
    _number("t.id"),
    _url("topics/id", "t.id"),
    _text("slug", "Its name in the query string of lists.", "t.slug"),
    _text("name", "Name.", "t.name"),
)

# A rating as it is in the desk's scale now.
RATING_FIELDS = (
    _number("r.id"),
    _url("ratings/id", "r.id"),
    _text("slug", "Its name in the query string of lists.", "r.slug"),
    _text("label", "The rating in words.", "r.label"),
    Field(
        "value",
        "5 (true) to 1 (false); null for what is not on the truth axis.",
        "integer",
        "r.value",
    ),
    _text(
        "bucket",
        "The same six values for every desk: 1-false ... 5-true, 0-unrated.",
        bucket_sql("r.bucket"),
    ),
    _text("definition", "What it says of a claim.", "r.definition"),
    _text("sign", "A sign that stands for it beside its colour.", "r.sign"),
    Field("order", "Its place in the scale.", "integer", 'r."order"'),
    Field("retired", "Whether it is no longer given.", "boolean", "r.retired"),
)


def _speaker_fields(name="s.name", kind="s.kind"):
    """Return the fields of a speaker, under the name and as what it was published."""
    return (
        _number("s.id"),
        _url("speakers/id", "s.id"),
        _text("slug", "Its name in the query string of lists.", "s.slug"),
        _text("name", "Name.", name),
        _text(
            "kind",
            "What the speaker is: person, organisation, government, group, unnamed.",
            kind,
        ),
        _text("description", "Who this is, in the desk's words.", "s.description"),
        _text("wikidata_id", "Wikidata item of the speaker.", "s.wikidata_id"),
        Field(
            "speaks_for",
            "The public speaker for whom this one speaks.",
            "object",
            "s.speaks_for_id IS NOT NULL",
            fields=(
                _number("f.id"),
                _url("speakers/id", "f.id"),
                _text("slug", "Its name in the query string of lists.", "f.slug"),
                _text("name", "Name, as it is now.", "f.name"),
            ),
            rows="FROM claims_speaker f WHERE f.id = s.speaks_for_id AND EXISTS (SELECT"
            f" FROM claims_facetcount WHERE facet = {SPEAKER} + f.id AND count > 0)",
        ),
        Field(
            "aliases",
            "Other names: spellings, former names, places that stand for it.",
            "array",
            "a.name, a.id",
            fields=(
                _text("name", "The other name.", "a.name"),
                Field(
                    "is_metonym",
                    "Whether it is a place that stands for its government.",
                    "boolean",
                    "a.is_metonym",
                ),
            ),
            rows="FROM claims_speakeralias a WHERE a.speaker_id = s.id",
        ),
        Field(
            "roles",
            "Offices and memberships, the newest first; both days belong to each.",
            "array",
            "r.since DESC NULLS LAST, r.id",
            fields=(
                _text("title", "Office.", "r.title"),
                _text("organisation", "Body, party or company.", "r.organisation"),
                Field("since", "First day; null: open.", "date", "r.since"),
                Field("until", "Last day; null: open.", "date", "r.until"),
            ),
            rows="FROM claims_speakerrole r WHERE r.speaker_id = s.id",
        ),
    )


SPEAKER_FIELDS = (
    *_speaker_fields(),
    Field(
        "names",
        "Every name it had, the newest first, each with the moment it began.",
        "array",
        "n.since DESC, n.id DESC",
        fields=(
            _text("name", "The name.", "n.name"),
            Field(
                "since",
                "When it began; null: before names were written down.",
                "datetime",
                "nullif(n.since, '0001-01-01 00:00:00+00')",
            ),
        ),
        rows="FROM claims_speakername n WHERE n.speaker_id = s.id",
    ),
)


def _article_fields(
    headline="a.headline", url="a.url", day="a.published_on", outlet="o.name"
):
    """Return the fields of an article, as it was published."""
    return (
        _number("a.id"),
        _url("articles", "a.id"),
        _text("headline", "Headline.", headline),
        _text("byline", "Who wrote it.", "a.byline"),
        _text("printed_url", "Where the article was published.", url),
        _text("archived_url", "An archived copy of it.", "a.archived_url"),
        _text("language", "Language of the printed words (BCP 47).", "a.language"),
        Field("published_on", "Its date.", "date", day),
        Field("accessed_on", "When it was read.", "date", "a.accessed_on"),
        _text(
            "text_rights",
            "How much of its text readers may see: full, excerpt, link.",
            "a.text_rights",
        ),
        Field(
            "outlet",
            "The outlet that printed it.",
            "object",
            fields=_outlet_fields(outlet),
            rows="FROM claims_outlet o WHERE o.id = a.outlet_id",
        ),
        _words_of("Its newest text, without the words.", "a.current_text_id"),
    )


ARTICLE_FIELDS = _article_fields()


def _marks(marks, text):
    """Return the field of the marked words in a column, of which `text` is the text."""
    return Field(
        "marks",
        "Where the words stand in the article's text.",
        "array",
        "m.mark ->> 'role', (m.mark ->> 'ordinal')::int",
        fields=(
            _text("role", "content, cue, speaker.", "m.mark ->> 'role'"),
            Field(
                "ordinal",
                "Which part of the content, from 0.",
                "integer",
                "(m.mark ->> 'ordinal')::int",
            ),
            Field(
                "text",
                "Which version of the article's text the place refers to.",
                "integer",
                "(SELECT x.number FROM claims_articletext x WHERE x.id = m.text)",
            ),
            Field(
                "start",
                "First character: Unicode code points from 0.",
                "integer",
                "(m.mark ->> 'start')::int",
            ),
            Field(
                "end",
                "The character after the last one.",
                "integer",
                "(m.mark ->> 'end')::int",
            ),
            _text("exact", "The words there.", "m.mark ->> 'exact'"),
        ),
        # The key is settled before a table is asked for it: where only some rows may
        # be seen, PostgreSQL uses no index for a condition with coalesce().
        rows=f"FROM (SELECT mark, coalesce((mark ->> 'text')::bigint, {text}) AS text"
        f" FROM jsonb_array_elements({marks}) e(mark) OFFSET 0) m",
    )


def _joint(speakers, *more):
    """Return the field of who else made a statement, from a column of them."""
    return Field(
        "other_speakers",
        "Those who made the statement together with the speaker, as published.",
        "array",
        "j.place",
        fields=(
            Field("id", "Number of the speaker.", "integer", "j.key"),
            _text("speaker_name", "Name, as published.", "j.one ->> 'name'"),
            _text("speaker_kind", "What it is, as published.", "j.one ->> 'kind'"),
            _text(
                "speaker_role",
                "Office and organisation on the day of the statement.",
                "j.one ->> 'role'",
            ),
            *more,
        ),
        # As with marks: the key comes first.
        rows="FROM (SELECT one, place, (one ->> 'id')::bigint AS key FROM"
        f" jsonb_array_elements({speakers}) WITH ORDINALITY e(one, place) OFFSET 0) j",
    )


def _statement(row, wording):
    """Return the fields of a statement as published, in this row."""
    return (
        _text(
            wording,
            "The claim as one sentence that can stand alone.",
            f"{row}.{wording}",
        ),
        _text(
            "quote",
            "The words as printed; several parts are joined by ' [...] '.",
            f"{row}.quote",
        ),
        _text("cue", "The words that say that it was said.", f"{row}.cue"),
        _text(
            "speaker_words",
            "How the article names the speaker, as printed.",
            f"{row}.speaker_words",
        ),
    )


def _said(row):
    """Return the fields of how and when a statement was made, in this row."""
    return (
        _text(
            "attribution",
            "How the article gives the words: direct, indirect, mixed.",
            f"{row}.attribution",
        ),
        Field(
            "stated_on",
            "Day of the statement; null: unknown.",
            "date",
            f"{row}.stated_on",
        ),
        _text(
            "stated_precision",
            "How exact stated_on is: day, month, year, on_or_before, unknown.",
            f"{row}.stated_precision",
        ),
        _text(
            "stated_basis",
            "How the date is known: stated, weekday, article_date, editor.",
            f"{row}.stated_basis",
        ),
        _text(
            "checkability",
            "checkable, opinion, prediction, promise, reported_act, vague.",
            f"{row}.checkability",
        ),
    )


EVIDENCE_FIELDS = (
    _text("url", "Address of the source.", "e.one ->> 'url'"),
    _text("title", "Title.", "e.one ->> 'title'"),
    _text("publisher", "Who published it.", "e.one ->> 'publisher'"),
    Field("published_on", "When.", "date", "(e.one ->> 'published_on')::date"),
    Field("accessed_on", "When it was read.", "date", "(e.one->>'accessed_on')::date"),
    _text("archived_url", "An archived copy of it.", "e.one ->> 'archived_url'"),
    _text("excerpt", "The words that matter.", "e.one ->> 'excerpt'"),
    _text("stance", "supports, contradicts, context.", "e.one ->> 'stance'"),
    Field(
        "is_primary",
        "Whether it is the record itself, not a report about it.",
        "boolean",
        "(e.one ->> 'is_primary')::boolean",
    ),
    Field(
        "kept_copy",
        "The copy that the desk keeps of it, where readers may see one.",
        "object",
        fields=(
            Field(
                "url",
                "Permanent address of the file.",
                "string",
                "{site} || '/evidence/' || (e.one -> 'file' ->> 'sha256') || '.'"
                " || (e.one -> 'file' ->> 'kind')",
            ),
            _text("name", "Name.", "e.one -> 'file' ->> 'name'"),
            _text("kind", "pdf, png, jpg, webp.", "e.one -> 'file' ->> 'kind'"),
            Field("size", "Bytes.", "integer", "(e.one -> 'file' ->> 'size')::int"),
            _text("sha256", "SHA-256 of the file.", "e.one -> 'file' ->> 'sha256'"),
        ),
        rows="WHERE e.one -> 'file' IS NOT NULL",
    ),
)

REPLY_FIELDS = (
    _text("kind", "reply (right of reply), expert (outside expert).", "a.one->>'kind'"),
    _text("person", "Who was asked.", "a.one ->> 'person'"),
    _text("role", "Office or field of whom was asked.", "a.one ->> 'role'"),
    _text(
        "channel",
        "Through what: email, phone, letter, in_person, form, social.",
        "a.one ->> 'channel'",
    ),
    _text("question", "What was asked.", "a.one ->> 'question'"),
    Field("asked_on", "When.", "date", "(a.one ->> 'asked_on')::date"),
    Field("until", "Last day to answer in time.", "date", "(a.one->>'until')::date"),
    _text(
        "state",
        (
            "answered; no_reply (none by `until`); awaited (on the day of publication, "
            "before `until` was over)."
        ),
        "a.one ->> 'state'",
    ),
    _text("answer", "The answer, word for word.", "a.one ->> 'answer'"),
    Field("answered_on", "When.", "date", "(a.one ->> 'answered_on')::date"),
)
OUTCOME_FIELDS = (
    _text("kind", "Corrected by whom: speaker, outlet.", "u.one ->> 'kind'"),
    Field("happened_on", "When.", "date", "(u.one ->> 'happened_on')::date"),
    _text("url", "Where it can be read.", "u.one ->> 'url'"),
    _text("note", "What was corrected.", "u.one ->> 'note'"),
)

VERSION_FIELDS = (
    Field("number", "First, second ... publication.", "integer", "p.number"),
    Field(
        "url",
        "Permanent address.",
        "string",
        "{site} || '/claims/' || p.claim_id || '/versions/' || p.number || '/'",
    ),
    _text(
        "kind",
        (
            "What it did: first, rating_changed, fact_corrected, "
            "attribution_corrected, clarified, updated, retracted, withdrawn, relisted."
        ),
        "p.kind",
    ),
    Field("published_at", "When.", "datetime", "p.published_at"),
    _text("note", "The correction notice.", "p.note"),
    _text(
        "asked_by",
        "Who asked for the correction: desk, reader, speaker.",
        "p.asked_by",
    ),
    # The verdict.
    Field(
        "rating",
        "The rating as it was: is it true?",
        "object",
        fields=(
            Field("id", "Number of the rating.", "integer", "p.rating_id"),
            _text("slug", "Its name in query strings then.", "p.rating_slug"),
            _text("label", "The rating in words.", "p.rating_label"),
            Field("value", "5 to 1, or null.", "integer", "p.rating_value"),
            _text(
                "bucket",
                "1-false ... 5-true, 0-unrated.",
                bucket_sql("p.rating_bucket"),
            ),
            _text("definition", "What it said of a claim.", "p.rating_definition"),
            _text("sign", "Its sign.", "p.rating_sign"),
        ),
    ),
    _text(
        "finding",
        (
            "Did they say it? confirmed, distorted, misattributed, not_found, "
            "not_checked."
        ),
        "p.finding",
    ),
    _text("summary", "The verdict in up to 300 characters.", "p.summary"),
    _text("explanation", "The verdict at length.", "p.explanation"),
    _text("how_verified", "Which steps led to it.", "p.how_verified"),
    _text(
        "markup",
        (
            "How explanation, how_verified and note are written: commonmark (with "
            "tables); null: plain text in paragraphs."
        ),
        "CASE WHEN p.explanation_html || p.how_verified_html || p.note_html <> ''"
        " THEN 'commonmark' END",
    ),
    Field("as_of", "Day up to which the facts were known.", "date", "p.as_of"),
    Field(
        "evidence",
        "The sources, in their order.",
        "array",
        "e.place",
        fields=EVIDENCE_FIELDS,
        rows="FROM jsonb_array_elements(p.evidence) WITH ORDINALITY e(one, place)",
    ),
    Field(
        "replies",
        "Whom the desk had asked by then, and what it had been answered.",
        "array",
        "a.place",
        fields=REPLY_FIELDS,
        rows="FROM jsonb_array_elements(p.replies) WITH ORDINALITY a(one, place)",
    ),
    _text(
        "not_asked_reason",
        "Why the speaker was not asked for a reply.",
        "p.not_asked_reason",
    ),
    Field(
        "outcomes",
        "What had come of the verdict by then.",
        "array",
        "u.place",
        fields=OUTCOME_FIELDS,
        rows="FROM jsonb_array_elements(p.outcomes) WITH ORDINALITY u(one, place)",
    ),
    # The statement that was reviewed.
    *_statement("p", "claim_reviewed"),
    _marks("p.marks", "p.text_id"),
    _words_of("The text in which the words stand.", "p.text_id"),
    Field("speaker", "Number of the speaker.", "integer", "p.speaker_id"),
    _text("speaker_name", "Name of the speaker then.", "p.speaker_name"),
    _text("speaker_kind", "What the speaker was.", "p.speaker_kind"),
    _text(
        "speaker_role",
        "Office and organisation on the day of the statement.",
        "p.speaker_role",
    ),
    _joint("p.speakers"),
    Field("via", "Number of the outlet that relays the words.", "integer", "p.via_id"),
    _text("via_name", "Name of that outlet then.", "p.via_name"),
    *_said("p"),
    _text("article_headline", "Headline of the article then.", "p.headline"),
    _text("article_url", "Where it was published.", "p.article_url"),
    Field("article_published_on", "Its date.", "date", "p.article_published_on"),
    _text("outlet_name", "The outlet that printed it.", "p.outlet_name"),
    _text(
        "statement_basis",
        (
            "recorded when it was published, or reconstructed later from the desk's "
            "history."
        ),
        "p.statement_basis",
    ),
    # Who answers for it.
    _text("author", "Who wrote the verdict.", "p.author_name"),
    _text("approver", "Who approved it.", "p.approver_name"),
    _text(
        "override_reason",
        "Why nobody else approved it, where nobody did.",
        "p.override_reason",
    ),
    _text(
        "digest",
        "SHA-256 that chains this publication to the one before it.",
        "p.digest",
    ),
    Field(
        "published_elsewhere",
        "Who published it and where, if that was not this desk.",
        "object",
        fields=(
            _text("publisher", "Who published it.", "p.publisher"),
            _text("url", "Address of the check.", "p.review_url"),
            _text("title", "Its title.", "p.review_title"),
            _text("kind", "What kind of version it was there.", "p.source_kind"),
            _text(
                "published_precision",
                "What is known of the moment: day, month, year; null: all of it.",
                "p.published_precision",
            ),
        ),
        rows="WHERE p.publisher <> ''",
    ),
)

CLAIM_FIELDS = (
    Field("dialect", "Version of this shape.", "integer", str(DIALECT)),
    _number("c.id"),
    _url("claims", "c.id"),
    *_statement("w", "wording"),
    _marks("w.marks", "w.text_id"),
    _words_of("The text in which the words stand.", "w.text_id"),
    Field(
        "spoken_second",
        "When the words begin in the recording that was transcribed, in seconds.",
        "integer",
        "w.second",
    ),
    _text(
        "speaker_name",
        "Name of the speaker, as published.",
        "coalesce(nullif(p.speaker_name, ''), s.name)",
    ),
    _text(
        "speaker_kind",
        "What the speaker is, as published.",
        "coalesce(nullif(p.speaker_kind, ''), s.kind)",
    ),
    _text(
        "speaker_role",
        "Office and organisation of the speaker on the day of the statement.",
        "w.speaker_role",
    ),
    Field(
        "speaker",
        "The speaker.",
        "object",
        fields=_speaker_fields(
            "coalesce(nullif(p.speaker_name, ''), s.name)",
            "coalesce(nullif(p.speaker_kind, ''), s.kind)",
        ),
    ),
    _joint(
        "w.speakers",
        Field(
            "speaker",
            "The speaker.",
            "object",
            fields=_speaker_fields("j.one ->> 'name'", "j.one ->> 'kind'"),
            rows="FROM claims_speaker s WHERE s.id = ("
            "SELECT coalesce(own.merged_into_id, own.id) FROM claims_speaker own"
            " WHERE own.id = j.key)",
        ),
    ),
    Field(
        "via",
        "The outlet that relays the words.",
        "object",
        fields=_outlet_fields("coalesce(p.via_name, o.name)"),
        rows="FROM claims_outlet o WHERE o.id = c.via_id",
    ),
    Field(
        "article",
        "The article, as published.",
        "object",
        fields=_article_fields(
            "coalesce(p.headline, a.headline)",
            "CASE WHEN p.id IS NULL THEN a.url ELSE p.article_url END",
            "coalesce(p.article_published_on, a.published_on)",
            "coalesce(p.outlet_name, o.name)",
        ),
    ),
    *_said("c"),
    Field(
        "topics",
        "What it is about.",
        "array",
        "t.slug",
        fields=TOPIC_FIELDS,
        rows="FROM claims_topic t WHERE t.id = ANY(c.topics)",
    ),
    Field(
        "repeats",
        "The earlier claim that this one repeats.",
        "object",
        fields=(_number("c.repeats_id"), _url("claims", "c.repeats_id")),
        rows="WHERE c.repeats_id IS NOT NULL",
    ),
    Field(
        "times_said",
        "How many listed claims say the same, this one among them.",
        "integer",
        "c.times_said",
    ),
    Field(
        "first_verdict",
        "The newest version on the claim that this one repeats, where this one has "
        "none of its own; one that takes the verdict back, too.",
        "object",
        fields=(
            Field("claim", "Number of that claim.", "integer", "p.claim_id"),
            Field("number", "Number of the version.", "integer", "p.number"),
            _text("kind", "What the version did.", "p.kind"),
            Field("published_at", "When.", "datetime", "p.published_at"),
            _text("rating", "Slug of the rating.", "p.rating_slug"),
            _text("rating_label", "The rating in words.", "p.rating_label"),
            Field("rating_value", "1 to 5, or null.", "integer", "p.rating_value"),
            _text("summary", "The summary.", "p.summary"),
            _text("publisher", "Who published it, if not this desk.", "p.publisher"),
        ),
        rows="FROM claims_publishedverdict p WHERE p.id = c.first_verdict_id",
    ),
    Field(
        "relations",
        "How it relates to other listed claims, besides repeats.",
        "array",
        "r.place",
        fields=(
            _text("kind", "contradicts, supports or part_of.", "r.one ->> 'kind'"),
            _text(
                "way",
                "to: this claim contradicts, supports or is part of the other; from: "
                "the other one does.",
                "r.one ->> 'way'",
            ),
            Field(
                "claim",
                "The other claim.",
                "object",
                fields=(
                    _number("(r.one ->> 'claim')::bigint"),
                    _url("claims", "(r.one ->> 'claim')"),
                ),
            ),
        ),
        rows="FROM jsonb_array_elements(w.relations) WITH ORDINALITY r(one, place)",
    ),
    _text(
        "review",
        "reviewed, elsewhere (published elsewhere, not reviewed here), retracted (the "
        "verdict was withdrawn), repeats (it has none, but repeats a claim that has "
        "one), not_reviewed.",
        review_sql("c.rating"),
    ),
    Field(
        "verdict",
        "The newest version where a verdict is in force, null elsewhere.",
        "object",
        fields=VERSION_FIELDS,
        rows=f"WHERE c.rating NOT IN {NONE_OWN}",
    ),
    Field(
        "versions",
        "Every publication, the first one first, whole.",
        "array",
        "p.number",
        fields=VERSION_FIELDS,
        rows="FROM claims_publishedverdict p WHERE p.claim_id = c.id",
    ),
    Field("listed_at", "When readers first saw it.", "datetime", "c.listed_at"),
    Field(
        "changed_at",
        "When what readers see of it changed last.",
        "datetime",
        "c.changed_at",
    ),
    Field(
        "change_number",
        "Number of that change.",
        "integer",
        "c.change_number",
    ),
    _text("licence", "Licence of these data.", "{licence}"),
)
