"""What readers see of a claim, as one SELECT over the desk's tables.

As published where a verdict is published on it, or else the claim's own statement. The
public record is written from it and compared with it.
"""

from claims.models.facets import (
    ATTRIBUTION,
    CHECKABILITY,
    CHECKED_ELSEWHERE,
    FINDING,
    JOINT,
    MONTH,
    OUTLET,
    RATING,
    SPEAKER,
    TOPIC,
    YEAR,
    sql_case,
)
from claims.models.verdict_state import REPEATED_KEY

FACTS = (
    "state",
    "article_id",
    "outlet_id",
    "speaker_id",
    "via_id",
    "current_id",
    "rating",
    "finding",
    "attribution",
    "checkability",
    "language",
    "topics",
    "stated_on",
    "stated_precision",
    "stated_basis",
    "sort_date",
    "repeats_id",
    "first_verdict_id",
    "times_said",
    "listed_at",
    "published_at",
    "withdrawn_at",
    "facets",
)
WORDS = (
    "state",
    "sort_date",
    "facets",
    "wording",
    "quote",
    "cue",
    "speaker_words",
    "summary",
    "speaker_role",
    "speakers",
    "marks",
    "text_id",
    "second",
    "withdrawal_reason",
    "relations",
    "vector",
)

# A claim's own statement, which readers see until a verdict is published on it.
_OWN_WORDS = """
    SELECT jsonb_agg(jsonb_build_object(
               'role', role, 'ordinal', ordinal, 'text', text_id, 'start', start,
               'end', "end", 'exact', exact) ORDER BY role, ordinal) AS marks,
           string_agg(exact, ' … ' ORDER BY ordinal) FILTER (WHERE role = 'cue')
               AS cue,
           string_agg(exact, ' … ' ORDER BY ordinal) FILTER (WHERE role = 'speaker')
               AS speaker_words,
           min(text_id) FILTER (WHERE role = 'content') AS text_id
    FROM claims_span WHERE claim_id = c.id
"""
_OWN_SPEAKERS = """
    SELECT jsonb_agg(jsonb_build_object(
               'id', other.id, 'slug', other.slug, 'name', other.name,
               'kind', other.kind,
               'role', claims_role_on(other.id, coalesce(c.stated_on, a.published_on)))
           ORDER BY other.name, other.id) AS rows
    FROM claims_claim_other_speakers joint
    JOIN claims_speaker other ON other.id = joint.speaker_id
    WHERE joint.claim_id = c.id
"""

# Of the claims of a family readers see, where they see the first.
_TIMES_SAID = """
    SELECT 1 + count(*) FROM claims_claim again
    WHERE again.repeats_id = coalesce(first.id, c.id) AND again.status = 'listed'
"""
_RELATIONS = """
    SELECT jsonb_agg(jsonb_build_object('kind', kind, 'claim', other.id, 'way', way)
                     ORDER BY kind, way, other.id)
    FROM (
        SELECT kind, to_id AS other, 'to' AS way FROM claims_claimrelation
        WHERE claim_id = c.id AND kind <> 'repeats' AND state = 'confirmed'
        UNION ALL
        SELECT kind, claim_id, 'from' FROM claims_claimrelation
        WHERE to_id = c.id AND kind <> 'repeats' AND state = 'confirmed'
    ) related JOIN claims_claim other ON other.id = related.other
    WHERE other.status = 'listed'
"""


_SECOND = """
    SELECT (mark ->> 1)::int FROM claims_articletext spoken,
        jsonb_array_elements(spoken.times) mark,
        LATERAL (SELECT (first ->> 'start')::int AS start
                 FROM jsonb_array_elements({marks}) first
                 WHERE first ->> 'role' = 'content'
                 ORDER BY (first ->> 'ordinal')::int LIMIT 1) words
    WHERE spoken.id = {text} AND (mark ->> 0)::int <= words.start
    ORDER BY (mark ->> 0)::int DESC LIMIT 1
"""


def _shown(published, own):
    """Return the SQL of a value: as published, or else the claim's own."""
    return f"CASE WHEN p.id IS NULL THEN {own} ELSE {published} END"


STATEMENT = f"""
SELECT c.id,
       CASE c.status WHEN 'listed' THEN 'listed' ELSE 'withdrawn' END AS state,
       c.article_id, a.outlet_id,
       coalesce(s.merged_into_id, s.id) AS speaker_id,
       {_shown("p.via_id", "c.via_id")} AS via_id,
       c.current_id,
       CASE WHEN p.id IS NULL
                THEN CASE WHEN checked.kind NOT IN ('retracted', 'withdrawn')
                     THEN {REPEATED_KEY} ELSE 0 END
            WHEN p.kind IN ('retracted', 'withdrawn') THEN -1
            ELSE coalesce(p.rating_id, -2) END AS rating,
       CASE WHEN p.kind NOT IN ('retracted', 'withdrawn') THEN p.finding
            ELSE '' END AS finding,
       {_shown("p.attribution", "c.attribution")} AS attribution,
       {_shown("p.checkability", "c.checkability")} AS checkability,
       a.language,
       ARRAY(SELECT topic_id::int FROM claims_claim_topics
             WHERE claim_id = c.id ORDER BY 1) AS topics,
       {_shown("p.stated_on", "c.stated_on")} AS stated_on,
       {_shown("p.stated_precision", "c.stated_precision")} AS stated_precision,
       {_shown("p.stated_basis", "c.stated_basis")} AS stated_basis,
       coalesce({_shown("p.stated_on", "c.stated_on")}, '0001-01-01') AS sort_date,
       first.id AS repeats_id,
       CASE WHEN p.id IS NULL THEN first.current_id END AS first_verdict_id,
       CASE c.status WHEN 'listed' THEN ({_TIMES_SAID}) ELSE 1 END::int AS times_said,
       coalesce(({_RELATIONS}), '[]') AS relations,
       c.listed_at, p.published_at,
       CASE WHEN c.status = 'withdrawn' THEN withdrawn.at END AS withdrawn_at,
       {_shown("p.claim_reviewed", "c.wording")} AS wording,
       {_shown("p.quote", "c.quote")} AS quote,
       {_shown("p.cue", "coalesce(own.cue, '')")} AS cue,
       {_shown("p.speaker_words", "coalesce(own.speaker_words, '')")} AS speaker_words,
       CASE WHEN p.kind NOT IN ('retracted', 'withdrawn') THEN p.summary
            ELSE '' END AS summary,
       {
    _shown(
        "p.speaker_role",
        "coalesce(nullif(c.printed_role, ''),"
        " claims_role_on(s.id, coalesce(c.stated_on, a.published_on)))",
    )
} AS speaker_role,
       {_shown("p.speakers", "coalesce(joint.rows, '[]')")} AS speakers,
       coalesce(nullif(p.speaker_name, ''), s.name) AS speaker_name,
       coalesce(p.publisher, '') <> '' AS is_elsewhere,
       {_shown("p.marks", "coalesce(own.marks, '[]')")} AS marks,
       {_shown("p.text_id", "own.text_id")} AS text_id,
       ({
    _SECOND.format(
        marks=_shown("p.marks", "coalesce(own.marks, '[]')"),
        text=_shown("p.text_id", "own.text_id"),
    )
}) AS second,
       CASE WHEN c.status <> 'withdrawn' THEN ''
            WHEN p.kind = 'withdrawn' THEN p.note
            -- A verdict may be published while readers do not see the claim.
            ELSE coalesce((
                SELECT note FROM claims_publishedverdict
                WHERE claim_id = c.id AND kind = 'withdrawn'
                ORDER BY number DESC LIMIT 1), withdrawn.comment, '')
            END AS withdrawal_reason
FROM claims_claim c
JOIN claims_article a ON a.id = c.article_id
LEFT JOIN claims_publishedverdict p ON p.id = c.current_id
JOIN claims_speaker s ON s.id = coalesce(p.speaker_id, c.speaker_id)
LEFT JOIN claims_claim first ON first.id = c.repeats_id AND first.status = 'listed'
LEFT JOIN claims_publishedverdict checked ON checked.id = first.current_id
LEFT JOIN LATERAL ({_OWN_WORDS}) own ON p.id IS NULL
LEFT JOIN LATERAL ({_OWN_SPEAKERS}) joint ON p.id IS NULL
LEFT JOIN LATERAL (
    SELECT at, comment FROM claims_transition
    WHERE claim_id = c.id AND step = 'withdraw' ORDER BY at DESC, id DESC LIMIT 1
) withdrawn ON c.status = 'withdrawn'
WHERE c.listed_at IS NOT NULL AND {{chosen}}
"""

# Every code in ascending order, each once: built here and nowhere else.
FACETS = f"""
ARRAY(SELECT DISTINCT code FROM unnest(ARRAY[
    {RATING + 10} + rating,
    {sql_case(FINDING, "nullif(finding, '')")},
    {sql_case(ATTRIBUTION, "attribution")},
    {sql_case(CHECKABILITY, "checkability")},
    CASE WHEN jsonb_array_length(speakers) > 0 THEN {JOINT} END,
    CASE WHEN is_elsewhere THEN {CHECKED_ELSEWHERE} END,
    {OUTLET} + outlet_id,
    {YEAR} + extract(year FROM stated_on),
    {MONTH} + to_char(published_at AT TIME ZONE 'UTC', 'YYYYMM')::int,
    {SPEAKER} + speaker_id
]::int[] || ARRAY(SELECT {TOPIC} + topic FROM unnest(topics) topic)
  || ARRAY(SELECT {SPEAKER} + coalesce(merged_into_id, id)::int FROM claims_speaker
           WHERE id IN (SELECT (other ->> 'id')::bigint
                        FROM jsonb_array_elements(speakers) other))
) code WHERE code IS NOT NULL ORDER BY code)
"""
VECTOR = "claim_vector(language, wording || ' ' || quote)"
# OFFSET 0 keeps each value one expression, planned and worked out once. Where it is
# compared, stored and told, it would otherwise stand there anew, subqueries and all.
SOURCE = f"""
SELECT *, {FACETS} AS facets, {VECTOR} AS vector FROM ({STATEMENT} OFFSET 0) stated
"""
