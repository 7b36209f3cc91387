"""Statements of old publications filled in, and the public record of every claim.

What readers saw besides the words of a verdict was not stored before: it is taken from
the desk's history as far as that goes, the rows say so, and their former digests stay.
Both run in ranges of keys, each a transaction of its own, so that a desk can go on.
"""

from django.db import migrations, transaction

RANGE = 2_000

# A claim as it was when one of its publications was written. The order of the history
# tells, not its times: a record from elsewhere is published under an earlier day.
WAS = r"""
SELECT coalesce(
    (SELECT h.after FROM claims_change h
     WHERE h."table" = 'claim' AND h.row = c.id AND h.after IS NOT NULL
       AND h.id < (SELECT min(id) FROM claims_change
                   WHERE "table" = 'publishedverdict' AND row = old.id)
     ORDER BY h.id DESC LIMIT 1),
    to_jsonb(c)) AS row
"""

# A speaker with a published statement and no claims left could be deleted: the row
# comes back as it was, or the statement would stand under whoever has the claim now.
SPEAKERS = r"""
INSERT INTO claims_speaker
    (id, name, slug, kind, title, description, wikidata_id, speaks_for_id,
     merged_into_id)
SELECT DISTINCT ON (gone.id) gone.id, gone.name,
    CASE WHEN EXISTS (SELECT FROM claims_speaker WHERE slug = gone.slug)
         THEN left(gone.slug, 60) || '-' || gone.id ELSE gone.slug END,
    gone.kind, gone.title, gone.description, gone.wikidata_id, NULL,
    (SELECT id FROM claims_speaker
     WHERE id = gone.merged_into_id AND merged_into_id IS NULL)
FROM claims_publishedverdict old
JOIN claims_claim c ON c.id = old.claim_id
CROSS JOIN LATERAL ({was}) was
JOIN claims_change h ON h."table" = 'speaker' AND h.operation = 'delete'
    AND h.row = (was.row ->> 'speaker_id')::bigint
CROSS JOIN LATERAL jsonb_populate_record(NULL::claims_speaker, h.before) gone
WHERE old.claim_id BETWEEN {first} AND {last}
  AND NOT EXISTS (SELECT FROM claims_speaker WHERE id = gone.id)
ORDER BY gone.id, h.id DESC;
"""

STATEMENTS = r"""
DO $$
DECLARE
    one record;
BEGIN
    ALTER TABLE claims_publishedverdict DISABLE TRIGGER append_only;
    ALTER TABLE claims_publishedverdict DISABLE TRIGGER log_change;
    UPDATE claims_publishedverdict p SET
        speaker_id = s.id,
        speaker_kind = coalesce(s.kind, ''),
        speaker_role = coalesce(
            nullif(claims_role_on(
                s.id, coalesce((was.row ->> 'stated_on')::date, a.published_on)), ''),
            s.title, ''),
        via_id = v.id,
        via_name = coalesce(v.name, ''),
        attribution = was.row ->> 'attribution',
        stated_on = (was.row ->> 'stated_on')::date,
        stated_precision = was.row ->> 'stated_precision',
        stated_basis = was.row ->> 'stated_basis',
        checkability = was.row ->> 'checkability',
        -- Of words that were marked otherwise then, nothing certain is known.
        cue = CASE WHEN old.quote = c.quote THEN coalesce(own.cue, '') ELSE '' END,
        speaker_words = CASE WHEN old.quote = c.quote
                             THEN coalesce(own.speaker_words, '') ELSE '' END,
        marks = CASE WHEN old.quote = c.quote
                     THEN coalesce(own.marks, '[]') ELSE '[]' END,
        text_id = CASE WHEN old.quote = c.quote THEN own.text_id END,
        headline = a.headline,
        outlet_name = coalesce(o.name, ''),
        article_url = a.url,
        article_published_on = a.published_on,
        statement_basis = 'reconstructed',
        former_digest = old.digest
    FROM claims_publishedverdict old
    JOIN claims_claim c ON c.id = old.claim_id
    JOIN claims_article a ON a.id = c.article_id
    LEFT JOIN claims_outlet o ON o.id = a.outlet_id
    CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
               'role', role, 'ordinal', ordinal, 'text', text_id, 'start', start,
               'end', "end", 'exact', exact) ORDER BY role, ordinal) AS marks,
           string_agg(exact, ' … ' ORDER BY ordinal) FILTER (WHERE role = 'cue')
               AS cue,
           string_agg(exact, ' … ' ORDER BY ordinal) FILTER (WHERE role = 'speaker')
               AS speaker_words,
           min(text_id) FILTER (WHERE role = 'content') AS text_id
    FROM claims_span WHERE claim_id = c.id
) own
    CROSS JOIN LATERAL ({was}) was
    LEFT JOIN claims_speaker s ON s.id = coalesce(
        (was.row ->> 'speaker_id')::bigint, c.speaker_id)
    LEFT JOIN claims_outlet v ON v.id = (was.row ->> 'via_id')::bigint
    WHERE old.id = p.id AND old.former_digest = ''
      AND old.claim_id BETWEEN {first} AND {last};
    FOR one IN SELECT id, claim_id, number FROM claims_publishedverdict
             WHERE claim_id BETWEEN {first} AND {last} ORDER BY claim_id, number LOOP
        UPDATE claims_publishedverdict own SET digest = claims_publication_digest(
            own, coalesce((SELECT digest FROM claims_publishedverdict before
                           WHERE before.claim_id = one.claim_id
                             AND before.number = one.number - 1), ''))
        WHERE own.id = one.id;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER append_only;
    ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER log_change;
END $$;
"""

SOURCE = r"""SELECT *,
ARRAY(SELECT DISTINCT code FROM unnest(ARRAY[
    10000010 + rating,
    CASE nullif(finding, '') WHEN 'confirmed' THEN 20000001 WHEN 'distorted' THEN 20000002 WHEN 'misattributed' THEN 20000003 WHEN 'not_found' THEN 20000004 WHEN 'not_checked' THEN 20000005 END,
    CASE attribution WHEN 'direct' THEN 30000001 WHEN 'indirect' THEN 30000002 WHEN 'mixed' THEN 30000003 END,
    CASE checkability WHEN 'checkable' THEN 40000001 WHEN 'opinion' THEN 40000002 WHEN 'prediction' THEN 40000003 WHEN 'promise' THEN 40000004 WHEN 'reported_act' THEN 40000005 WHEN 'vague' THEN 40000006 END,
    CASE WHEN jsonb_array_length(speakers) > 0 THEN 50000001 END,
    60000000 + outlet_id,
    80000000 + extract(year FROM stated_on),
    90000000 + to_char(published_at AT TIME ZONE 'UTC', 'YYYYMM')::int,
    100000000 + speaker_id
]::int[] || ARRAY(SELECT 70000000 + topic FROM unnest(topics) topic)
  || ARRAY(SELECT 100000000 + coalesce(merged_into_id, id)::int FROM claims_speaker
           WHERE id IN (SELECT (other ->> 'id')::bigint
                        FROM jsonb_array_elements(speakers) other))
) code WHERE code IS NOT NULL ORDER BY code)
 AS facets, to_tsvector('english', claim_fold(wording || ' ' || quote)) AS vector FROM (
SELECT c.id,
       CASE c.status WHEN 'listed' THEN 'listed' ELSE 'withdrawn' END AS state,
       c.article_id, a.outlet_id,
       coalesce(s.merged_into_id, s.id) AS speaker_id,
       CASE WHEN p.id IS NULL THEN c.via_id ELSE p.via_id END AS via_id,
       c.current_id,
       CASE WHEN p.id IS NULL THEN 0
            WHEN p.kind IN ('retracted', 'withdrawn') THEN -1
            ELSE p.rating_id END AS rating,
       CASE WHEN p.kind NOT IN ('retracted', 'withdrawn') THEN p.finding
            ELSE '' END AS finding,
       CASE WHEN p.id IS NULL THEN c.attribution ELSE p.attribution END AS attribution,
       CASE WHEN p.id IS NULL THEN c.checkability ELSE p.checkability END AS checkability,
       a.language,
       ARRAY(SELECT topic_id::int FROM claims_claim_topics
             WHERE claim_id = c.id ORDER BY 1) AS topics,
       CASE WHEN p.id IS NULL THEN c.stated_on ELSE p.stated_on END AS stated_on,
       CASE WHEN p.id IS NULL THEN c.stated_precision ELSE p.stated_precision END AS stated_precision,
       CASE WHEN p.id IS NULL THEN c.stated_basis ELSE p.stated_basis END AS stated_basis,
       coalesce(CASE WHEN p.id IS NULL THEN c.stated_on ELSE p.stated_on END, '0001-01-01') AS sort_date,
       first.id AS repeats_id,
       c.listed_at, p.published_at,
       CASE WHEN c.status = 'withdrawn' THEN withdrawn.at END AS withdrawn_at,
       CASE WHEN p.id IS NULL THEN c.wording ELSE p.claim_reviewed END AS wording,
       CASE WHEN p.id IS NULL THEN c.quote ELSE p.quote END AS quote,
       CASE WHEN p.id IS NULL THEN coalesce(own.cue, '') ELSE p.cue END AS cue,
       CASE WHEN p.id IS NULL THEN coalesce(own.speaker_words, '') ELSE p.speaker_words END AS speaker_words,
       CASE WHEN p.kind NOT IN ('retracted', 'withdrawn') THEN p.summary
            ELSE '' END AS summary,
       CASE WHEN p.id IS NULL THEN coalesce(nullif(c.printed_role, ''), nullif(claims_role_on(s.id, coalesce(c.stated_on, a.published_on)), ''), s.title) ELSE p.speaker_role END AS speaker_role,
       CASE WHEN p.id IS NULL THEN coalesce(joint.rows, '[]') ELSE p.speakers END AS speakers,
       CASE WHEN p.id IS NULL THEN coalesce(own.marks, '[]') ELSE p.marks END AS marks,
       CASE WHEN p.id IS NULL THEN own.text_id ELSE p.text_id END AS text_id,
       CASE WHEN c.status = 'withdrawn' THEN coalesce(withdrawn.comment, '')
            ELSE '' END AS withdrawal_reason
FROM claims_claim c
JOIN claims_article a ON a.id = c.article_id
LEFT JOIN claims_publishedverdict p ON p.id = c.current_id
JOIN claims_speaker s ON s.id = coalesce(p.speaker_id, c.speaker_id)
LEFT JOIN claims_claim first ON first.id = c.repeats_id AND first.status = 'listed'
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
               'role', role, 'ordinal', ordinal, 'text', text_id, 'start', start,
               'end', "end", 'exact', exact) ORDER BY role, ordinal) AS marks,
           string_agg(exact, ' … ' ORDER BY ordinal) FILTER (WHERE role = 'cue')
               AS cue,
           string_agg(exact, ' … ' ORDER BY ordinal) FILTER (WHERE role = 'speaker')
               AS speaker_words,
           min(text_id) FILTER (WHERE role = 'content') AS text_id
    FROM claims_span WHERE claim_id = c.id
) own ON p.id IS NULL
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
               'id', other.id, 'slug', other.slug, 'name', other.name,
               'kind', other.kind,
               'role', claims_role_on(other.id, coalesce(c.stated_on, a.published_on)))
           ORDER BY other.name, other.id) AS rows
    FROM claims_claim_other_speakers joint
    JOIN claims_speaker other ON other.id = joint.speaker_id
    WHERE joint.claim_id = c.id
) joint ON p.id IS NULL
LEFT JOIN LATERAL (
    SELECT at, comment FROM claims_transition
    WHERE claim_id = c.id AND step = 'withdraw' ORDER BY at DESC, id DESC LIMIT 1
) withdrawn ON c.status = 'withdrawn'
WHERE c.listed_at IS NOT NULL AND c.id BETWEEN %s AND %s
) stated"""

RECORD = f"""
WITH source AS MATERIALIZED ({SOURCE} ORDER BY sort_date, id),
facts AS (
    INSERT INTO claims_publicclaim (
        id, state, article_id, outlet_id, speaker_id, via_id, current_id, rating, finding, attribution, checkability, language, topics, stated_on, stated_precision, stated_basis, sort_date, repeats_id, listed_at, published_at, withdrawn_at, facets, change_number, changed_at
    )
    SELECT id, state, article_id, outlet_id, speaker_id, via_id, current_id, rating, finding, attribution, checkability, language, topics, stated_on, stated_precision, stated_basis, sort_date, repeats_id, listed_at, published_at, withdrawn_at, facets, 0,
           greatest(listed_at, published_at, withdrawn_at)
    FROM source ON CONFLICT DO NOTHING
)
INSERT INTO claims_publicwords (
    id, state, sort_date, facets, wording, quote, cue, speaker_words, summary, speaker_role, speakers, marks, text_id, withdrawal_reason, vector
)
SELECT id, state, sort_date, facets, wording, quote, cue, speaker_words, summary, speaker_role, speakers, marks, text_id, withdrawal_reason, vector
FROM source ON CONFLICT DO NOTHING
"""


# What the tables of before cannot hold.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_publishedverdict WHERE former_digest = '') THEN
        RAISE EXCEPTION 'Something was published since the upgrade, which the '
            'version before cannot hold: restore the copy made before the upgrade.';
    END IF;
    IF EXISTS (SELECT FROM claims_speakerrole)
            OR EXISTS (SELECT FROM claims_claim_other_speakers)
            OR EXISTS (SELECT FROM claims_claim WHERE printed_role <> '') THEN
        RAISE EXCEPTION 'The version before knows no dated or printed role and no '
            'joint statement: remove them, or restore the copy made before the upgrade.';
    END IF;
END $$;
"""
# Their digest covers again what it covered when they were published.
FORMER = r"""
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE claims_publishedverdict DISABLE TRIGGER append_only;
ALTER TABLE claims_publishedverdict DISABLE TRIGGER log_change;
UPDATE claims_publishedverdict SET
    digest = former_digest, former_digest = '', statement_basis = 'recorded';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER log_change;
DELETE FROM claims_publicwords;
DELETE FROM claims_publicclaim;
DELETE FROM claims_facetcount;
"""


def fill(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM claims_claim")
        newest = cursor.fetchone()[0]
        for first in range(1, newest + 1, RANGE):
            last = first + RANGE - 1
            # Each statement is a transaction: no lock is held from range to range.
            for statement in (SPEAKERS, STATEMENTS):
                statement = statement.replace("{was}", WAS)
                statement = statement.replace("{first}", str(first))
                cursor.execute(statement.replace("{last}", str(last)))
            cursor.execute(RECORD, [first, last])


def empty(apps, schema_editor):
    connection = schema_editor.connection
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        cursor.execute(REFUSAL)
        cursor.execute(FORMER)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("claims", "0016_public_record_rules")]
    operations = [migrations.RunPython(fill, empty)]
