"""What the database holds of checks that were published elsewhere.

Nobody here wrote or approved one, it may be older than what came in before it, and it
never stands in front of what the desk itself published.
"""

from django.db import migrations

# The desk's own newest publication, else the check elsewhere that is newest by its day.
NEWEST = (
    "ORDER BY kind <> 'archive' DESC,"
    " CASE WHEN kind = 'archive' THEN published_at END DESC, number DESC LIMIT 1"
)
BY_NUMBER = "ORDER BY number DESC LIMIT 1"

OF_ANOTHER = (
    "publisher",
    "review_url",
    "review_key",
    "review_title",
    "source_kind",
    "published_precision",
    "source_digest",
)
LEFT_OUT = ", ".join(f"'{column}'" for column in OF_ANOTHER)

# A publication of the desk keeps the digest that it had before the columns were there.
DIGESTS = f"""
CREATE OR REPLACE FUNCTION claims_publication_digest(
    p claims_publishedverdict, before text
) RETURNS text LANGUAGE sql STABLE SET timezone = 'UTC'
RETURN encode(sha256(convert_to(
    before || (to_jsonb(p) - ARRAY['id', 'digest', 'search'] - CASE
        WHEN p.asked_by = '' THEN 'asked_by' ELSE 'id' END - CASE
        WHEN p.publisher = '' THEN ARRAY[{LEFT_OUT}] ELSE ARRAY['id'] END
    )::text, 'UTF8')), 'hex');
"""
FORMER_DIGESTS = r"""
CREATE OR REPLACE FUNCTION claims_publication_digest(
    p claims_publishedverdict, before text
) RETURNS text LANGUAGE sql STABLE SET timezone = 'UTC'
RETURN encode(sha256(convert_to(
    before || (to_jsonb(p) - ARRAY['id', 'digest', 'search'] - CASE
        WHEN p.asked_by = '' THEN 'asked_by' ELSE 'id' END)::text, 'UTF8')), 'hex');
"""
STATEMENT = (
    "speaker_id",
    "speaker_kind",
    "speaker_role",
    "speakers",
    "via_id",
    "via_name",
    "attribution",
    "stated_on",
    "stated_precision",
    "stated_basis",
    "checkability",
    "cue",
    "speaker_words",
    "marks",
    "text_id",
    "headline",
    "outlet_name",
    "article_url",
    "article_published_on",
    "statement_basis",
    "former_digest",
    "asked_by",
)


def first_digest(*columns):
    left_out = ", ".join(f"'{column}'" for column in columns)
    return f"""
CREATE OR REPLACE FUNCTION claims_former_publication_digest(
    p claims_publishedverdict, before text
) RETURNS text LANGUAGE sql STABLE SET timezone = 'UTC'
RETURN encode(sha256(convert_to(
    before || (to_jsonb(p) - ARRAY['id', 'digest', 'search', {left_out}])::text,
    'UTF8')), 'hex');
"""


def facets(rating, elsewhere=""):
    return f"""
CREATE OR REPLACE FUNCTION claims_published_facets(
    p claims_publishedverdict, c claims_claim
) RETURNS int[] LANGUAGE sql STABLE
RETURN ARRAY(
    SELECT DISTINCT code FROM unnest(ARRAY[
        10000010 + CASE WHEN p.kind IN ('retracted', 'withdrawn') THEN -1
                        ELSE {rating} END,
        CASE WHEN jsonb_array_length(p.speakers) > 0 THEN 50000001 END,{elsewhere}
        60000000 + (SELECT outlet_id FROM claims_article WHERE id = c.article_id),
        80000000 + extract(year FROM p.stated_on),
        90000000 + to_char(p.published_at AT TIME ZONE 'UTC', 'YYYYMM')::int
    ]::int[] || ARRAY(
        SELECT 100000000 + coalesce(merged_into_id, id)::int FROM claims_speaker
        WHERE id = coalesce(p.speaker_id, c.speaker_id) OR id IN (
            SELECT (other ->> 'id')::bigint FROM jsonb_array_elements(p.speakers) other)
    ) || ARRAY(
        SELECT 70000000 + topic_id::int FROM claims_claim_topics WHERE claim_id = c.id
    )) code WHERE code IS NOT NULL ORDER BY code
);
"""


EVIDENCE = """
ALTER TABLE claims_publishedverdict
    DROP CONSTRAINT publication_has_evidence,
    ADD CONSTRAINT publication_has_evidence CHECK (
        jsonb_typeof(evidence) = 'array'
        AND (jsonb_array_length(evidence) > 0 OR publisher <> '')
    );
"""
FORMER_EVIDENCE = """
ALTER TABLE claims_publishedverdict
    DROP CONSTRAINT publication_has_evidence,
    ADD CONSTRAINT publication_has_evidence CHECK (
        jsonb_typeof(evidence) = 'array' AND jsonb_array_length(evidence) > 0
    );
"""

# A claim that was checked elsewhere may stand here without printed words.
ELSEWHERE = r"""
CREATE FUNCTION claims_stands_elsewhere(claim bigint) RETURNS boolean
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM claims_publishedverdict
                   WHERE claim_id = claim AND publisher <> '');
END;

-- It says of its speaker and of the desk's scale what these say, and hides no words.
CREATE FUNCTION claims_archive_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c claims_claim;
    s claims_speaker;
    r claims_rating;
BEGIN
    SELECT * INTO c FROM claims_claim WHERE id = NEW.claim_id;
    SELECT * INTO s FROM claims_speaker WHERE id = NEW.speaker_id;
    SELECT * INTO r FROM claims_rating WHERE id = NEW.rating_id;
    IF c.quote <> '' OR NEW.quote <> '' OR NEW.marks <> '[]'
            OR NEW.text_id IS NOT NULL OR NEW.asked_by <> ''
            OR s.merged_into_id IS NOT NULL
            OR (s.name, s.kind) IS DISTINCT FROM (NEW.speaker_name, NEW.speaker_kind)
            OR (coalesce(r.slug, ''), r.value, coalesce(r.bucket, 'unrated'))
               IS DISTINCT FROM (NEW.rating_slug, NEW.rating_value, NEW.rating_bucket)
    THEN
        PERFORM claims_refuse('publication_is_what_was_approved',
            'a check from elsewhere differs from its claim, speaker or rating');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER archive_is_whole BEFORE INSERT ON claims_publishedverdict
    FOR EACH ROW WHEN (NEW.kind = 'archive')
    EXECUTE FUNCTION claims_archive_is_whole();
ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER archive_is_whole;

DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION claims_archive_is_whole()'
                   ' SET search_path = %I, pg_temp', current_schema());
END $do$;
"""
NO_ELSEWHERE = """
DROP FUNCTION claims_archive_is_whole() CASCADE;
DROP FUNCTION claims_stands_elsewhere(bigint);
"""

RULES = {
    "claims_claim_guard": [
        (BY_NUMBER, NEWEST),
        (
            "AND NEW.quote = '' THEN",
            "AND NEW.quote = '' AND NOT claims_stands_elsewhere(NEW.id) THEN",
        ),
    ],
    "claims_listed_keeps_words": [
        (
            "status = 'listed' AND quote = ''",
            "status = 'listed' AND quote = '' AND NOT claims_stands_elsewhere(id)",
        )
    ],
    "claims_publication_guard": [
        (
            "OR NEW.published_at < last.published_at",
            "OR NEW.kind <> 'archive' AND NEW.published_at < last.published_at",
        ),
        (
            "IF NEW.kind NOT IN ('retracted', 'withdrawn', 'relisted')",
            "IF NEW.kind NOT IN ('retracted', 'withdrawn', 'relisted', 'archive')",
        ),
        (
            "    NEW.digest := ",
            "    IF NEW.publisher = '' AND (NEW.kind = 'first') = EXISTS ("
            "SELECT FROM claims_publishedverdict"
            " WHERE claim_id = NEW.claim_id AND publisher = '') THEN\n"
            "        PERFORM claims_refuse('publication_kind_fits_its_number',\n"
            "            'the first publication of the desk is the first, and no "
            "other');\n"
            "    END IF;\n"
            "    NEW.digest := ",
        ),
    ],
    "claims_publication_is_approved": [
        (
            "IF NEW.kind IN ('retracted', 'withdrawn', 'relisted') THEN",
            "IF NEW.kind IN ('retracted', 'withdrawn', 'relisted', 'archive') THEN",
        )
    ],
    "claims_publication_is_said_again": [(BY_NUMBER, NEWEST)],
    "claims_show_publication": [
        (
            """        current_id = NEW.id,
        rating_id = CASE WHEN NEW.kind NOT IN ('retracted', 'withdrawn')"""
            """ THEN NEW.rating_id END
    WHERE id = NEW.claim_id;""",
            f"""        current_id = newest.id,
        rating_id = CASE WHEN newest.kind NOT IN ('retracted', 'withdrawn')"""
            f""" THEN newest.rating_id END
    FROM (
        SELECT id, kind, rating_id FROM claims_publishedverdict
        WHERE claim_id = NEW.claim_id {NEWEST}
    ) newest
    WHERE claims_claim.id = NEW.claim_id
      AND claims_claim.current_id IS DISTINCT FROM newest.id;""",
        )
    ],
    "claims_record_guard": [
        ("THEN -1 ELSE p.rating_id END", "THEN -1 ELSE coalesce(p.rating_id, -2) END")
    ],
}


def changed_rules(*, back):
    """Return the SQL that puts each rule of a trigger in the place of the former."""
    statements = []
    for name, pairs in RULES.items():
        for before, after in reversed(pairs) if back else pairs:
            if back:
                before, after = after, before
            statements.append(f"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('{name}()'::regprocedure);
BEGIN
    IF strpos(definition, $q${before}$q$) = 0 THEN
        RAISE EXCEPTION 'The rule to change is missing in {name}.';
    END IF;
    EXECUTE replace(definition, $q${before}$q$, $q${after}$q$);
END $do$;
""")
    return "".join(statements)


# The way back would lose them.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_publishedverdict WHERE publisher <> '') THEN
        RAISE EXCEPTION 'There are checks that were published elsewhere, which the '
            'version before cannot hold: restore the copy made before the upgrade.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0039_published_elsewhere")]

    operations = [
        migrations.RunSQL(
            [
                ELSEWHERE,
                DIGESTS,
                first_digest(*STATEMENT, *OF_ANOTHER),
                facets(
                    "coalesce(p.rating_id, -2)",
                    " CASE WHEN p.publisher <> '' THEN 50000002 END,",
                ),
                EVIDENCE,
                changed_rules(back=False),
            ],
            [
                changed_rules(back=True),
                FORMER_EVIDENCE,
                facets("p.rating_id"),
                first_digest(*STATEMENT),
                FORMER_DIGESTS,
                NO_ELSEWHERE,
            ],
        ),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
