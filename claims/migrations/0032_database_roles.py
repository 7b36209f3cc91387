"""What the public role of the database may read, and what the application's may not do.

Which role gets which grant stands in claims/database_roles.py; here is what grants
alone cannot say: which rows readers have seen, what triggers write with their owner's
rights, and which of the tables that the application writes it may not forge.
"""

from django.db import migrations, models

# --- Rows that readers have seen ------------------------------------------------------

# Once public, for ever: what was withdrawn keeps its page.
WAS_PUBLIC = r"""
CREATE FUNCTION claims_keep_was_public() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE claims_article SET was_public = true
        WHERE NOT was_public AND id IN (SELECT article_id FROM added);
    UPDATE claims_topic SET was_public = true
        WHERE NOT was_public AND id IN (SELECT unnest(topics) FROM added);
    UPDATE claims_outlet SET was_public = true WHERE NOT was_public AND id IN (
        SELECT outlet_id FROM added UNION SELECT via_id FROM added
        UNION SELECT p.via_id FROM claims_publishedverdict p
            JOIN added ON added.id = p.claim_id);
    UPDATE claims_speaker SET was_public = true WHERE NOT was_public AND id IN (
        SELECT speaker_id FROM added
        UNION SELECT code - 100000000 FROM added, unnest(facets) code
            WHERE code > 100000000
        UNION SELECT p.speaker_id FROM claims_publishedverdict p
            JOIN added ON added.id = p.claim_id);
    -- The address of a merged speaker leads on, and its name is an alias.
    UPDATE claims_speaker SET was_public = true
        WHERE NOT was_public AND merged_into_id IN (SELECT speaker_id FROM added);
    RETURN NULL;
END $$;
CREATE TRIGGER keep_was_public_insert AFTER INSERT ON claims_publicclaim
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION claims_keep_was_public();
CREATE TRIGGER keep_was_public_update AFTER UPDATE ON claims_publicclaim
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION claims_keep_was_public();

CREATE FUNCTION claims_merged_was_public() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.was_public := NEW.was_public OR coalesce(
        (SELECT was_public FROM claims_speaker WHERE id = NEW.merged_into_id), false);
    RETURN NEW;
END $$;
CREATE TRIGGER merged_was_public BEFORE UPDATE OF merged_into_id ON claims_speaker
    FOR EACH ROW EXECUTE FUNCTION claims_merged_was_public();

-- Also when somebody stores a row as it was read before.
CREATE FUNCTION claims_was_public_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.was_public := true;
    RETURN NEW;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER was_public_stays BEFORE UPDATE ON claims_{table} FOR EACH ROW
    WHEN (OLD.was_public AND NOT NEW.was_public)
    EXECUTE FUNCTION claims_was_public_stays();
"""
    for table in ("article", "outlet", "speaker", "topic")
)

# The history tells what the desk changed, and not what followed from it.
LEFT_OUT = r"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('claims_log_change()'::regprocedure);
BEGIN
    IF position('{before}' IN definition) = 0 THEN
        RAISE EXCEPTION 'claims_log_change() names its columns in another way';
    END IF;
    EXECUTE replace(definition, '{before}', '{after}');
END $do$;
"""
PLAIN, WITH_FLAG = "''updated_at''];", "''updated_at'', ''was_public''];"

# --- What the public role asks for by functions -----------------------------------------

# An index on words serves no query on rows that a policy narrows: it might tell of the
# others. So these look for it, and hand out keys of public rows only.
SEARCH = r"""
CREATE FUNCTION claims_public_articles(asked tsquery, most integer)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY EXECUTE
        'SELECT id FROM claims_article WHERE search @@ $1 AND was_public LIMIT $2'
        USING asked, most;
END $$;

CREATE FUNCTION claims_public_speakers(asked tsquery, beginning text)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY EXECUTE
        'SELECT id FROM claims_speaker WHERE search @@ $1 AND was_public'
        USING asked;
    IF beginning <> '' THEN
        RETURN QUERY EXECUTE
            'SELECT s.id FROM claims_speakeralias a'
            ' JOIN claims_speaker s ON s.id = a.speaker_id'
            ' WHERE starts_with(a.folded, $1) AND s.was_public'
            USING beginning;
    END IF;
END $$;

CREATE FUNCTION claims_public_verdicts(asked tsquery, most integer)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY EXECUTE
        'SELECT p.id FROM (SELECT id, claim_id FROM claims_publishedverdict'
        ' WHERE search @@ $1 ORDER BY published_at DESC, id DESC LIMIT $2) p'
        ' JOIN claims_publicclaim f ON f.id = p.claim_id'
        USING asked, most;
END $$;
"""

# A text as far as readers see any of it: never where its rights are a link alone, and
# no version that stands nowhere. Whoever may read all texts is given each, so that the
# desk looks at what readers will see in the same way.
TEXTS = r"""
CREATE FUNCTION claims_public_text(wanted bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT t.body FROM claims_articletext t JOIN claims_article a ON a.id = t.article_id
    WHERE t.id = wanted AND (
        has_column_privilege(session_user, 'claims_articletext', 'body', 'SELECT')
        OR a.was_public AND a.text_rights <> 'link' AND (
            t.id = a.current_text_id OR EXISTS (
                SELECT FROM claims_publicclaim f
                JOIN claims_publicwords w ON w.id = f.id
                WHERE f.article_id = a.id AND w.text_id = t.id)))
$$;
"""

# What readers see of readers' reports: one figure, and that one led to a correction.
REPORTS = r"""
CREATE FUNCTION claims_median_from_report() RETURNS interval
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY p.published_at - r.created_at)
    FROM claims_readerreport r
    JOIN claims_publishedverdict p ON p.id = r.correction_id
    JOIN claims_publicclaim f ON f.id = p.claim_id
    WHERE p.number > 1 AND p.published_at >= r.created_at
      AND p.kind IN ('rating_changed', 'fact_corrected', 'retracted')
$$;

CREATE FUNCTION claims_asked_by_reader(publication bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT EXISTS (SELECT FROM claims_readerreport r
                   WHERE r.correction_id = publication)
$$;
"""

# --- What triggers write, the application may not write by itself -------------------------

WRITE_AS_OWNER = (
    "claims_log_change()",
    "claims_keep_speaker_name()",
    "claims_count_facets_insert()",
    "claims_count_facets_update()",
    "claims_count_facets_delete()",
    "claims_evidence_guard()",
    "claims_note_contributor()",
    "claims_contribute(bigint[])",
    "claims_keep_was_public()",
)
AS_OWNER = "".join(
    f"ALTER FUNCTION {function} SECURITY DEFINER;\n" for function in WRITE_AS_OWNER
)
AS_WHOEVER_WRITES = "".join(
    f"ALTER FUNCTION {function} SECURITY INVOKER;\n" for function in WRITE_AS_OWNER[:-1]
)
# What a rule looks up is looked up here: a passing table of the same name, or another
# search path, answers no trigger and no function with its owner's rights.
PIN = r"""
DO $do$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT oid FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND proname ~ '^claims_'
          AND (prorettype = 'trigger'::regtype OR prosecdef)
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp',
                       function, current_schema());
    END LOOP;
END $do$;
"""
UNPIN = PIN.replace(
    """format('ALTER FUNCTION %s SET search_path = %I, pg_temp',
                       function, current_schema())""",
    "format('ALTER FUNCTION %s RESET search_path', function)",
)

# --- What the application writes, and may not forge ----------------------------------------

RECORD = r"""
-- The public record says what the newest publication says, or else the claim.
CREATE FUNCTION claims_record_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c claims_claim;
    p claims_publishedverdict;
    says jsonb;
    shall jsonb;
BEGIN
    SELECT * INTO c FROM claims_claim WHERE id = NEW.id;
    SELECT * INTO p FROM claims_publishedverdict WHERE id = c.current_id;
    IF TG_TABLE_NAME = 'claims_publicclaim' THEN
        says := jsonb_build_array(NEW.current_id, NEW.article_id, NEW.rating,
            NEW.finding, NEW.published_at, NEW.listed_at, NEW.state);
        shall := jsonb_build_array(c.current_id, c.article_id,
            CASE WHEN p.id IS NULL THEN 0 WHEN p.kind IN ('retracted', 'withdrawn')
                 THEN -1 ELSE p.rating_id END,
            CASE WHEN p.id IS NULL OR p.kind IN ('retracted', 'withdrawn') THEN ''
                 ELSE p.finding END,
            p.published_at, c.listed_at,
            CASE c.status WHEN 'listed' THEN 'listed' ELSE 'withdrawn' END);
        IF p.id IS NOT NULL THEN
            says := says || jsonb_build_array(NEW.speaker_id, NEW.via_id,
                NEW.attribution, NEW.checkability, NEW.stated_on,
                NEW.stated_precision, NEW.stated_basis);
            shall := shall || jsonb_build_array(
                (SELECT coalesce(merged_into_id, id) FROM claims_speaker
                 WHERE id = coalesce(p.speaker_id, c.speaker_id)), p.via_id,
                p.attribution, p.checkability, p.stated_on, p.stated_precision,
                p.stated_basis);
        END IF;
    ELSIF p.id IS NULL THEN
        says := jsonb_build_array(NEW.wording, NEW.quote, NEW.summary);
        shall := jsonb_build_array(c.wording, c.quote, '');
    ELSE
        says := jsonb_build_array(NEW.wording, NEW.quote, NEW.cue, NEW.speaker_words,
            NEW.speaker_role, NEW.speakers, NEW.summary,
            jsonb_path_query_array(NEW.marks, '$[*].exact'));
        shall := jsonb_build_array(p.claim_reviewed, p.quote, p.cue, p.speaker_words,
            p.speaker_role, p.speakers,
            CASE WHEN p.kind IN ('retracted', 'withdrawn') THEN '' ELSE p.summary END,
            jsonb_path_query_array(p.marks, '$[*].exact'));
    END IF;
    IF says <> shall THEN
        PERFORM claims_refuse('record_says_what_was_published', format(
            '%s of claim %s differs from what was published', TG_TABLE_NAME, NEW.id));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_guard BEFORE INSERT OR UPDATE ON claims_publicclaim
    FOR EACH ROW EXECUTE FUNCTION claims_record_guard();
CREATE TRIGGER record_guard BEFORE INSERT OR UPDATE ON claims_publicwords
    FOR EACH ROW EXECUTE FUNCTION claims_record_guard();

-- Numbers of the change feed are those that the counter gave.
CREATE FUNCTION claims_counter_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'claims_changecounter' THEN
        IF NEW.number >= OLD.number THEN
            RETURN NEW;
        END IF;
    ELSIF NEW.number <= (SELECT number FROM claims_changecounter) THEN
        RETURN NEW;
    END IF;
    PERFORM claims_refuse('append_only',
        TG_TABLE_NAME || ': the number of a change comes from the counter');
    RETURN NULL;
END $$;
CREATE TRIGGER counter_guard BEFORE UPDATE ON claims_changecounter
    FOR EACH ROW EXECUTE FUNCTION claims_counter_guard();
CREATE TRIGGER counter_guard BEFORE INSERT ON claims_publicchange
    FOR EACH ROW EXECUTE FUNCTION claims_counter_guard();

-- A claim leaves the site by a publication that says so.
CREATE FUNCTION claims_leaves_by_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM claims_claim c JOIN claims_publishedverdict p ON p.id = c.current_id
        WHERE c.id = NEW.id AND c.status <> 'listed' AND p.kind <> 'withdrawn'
    ) THEN
        PERFORM claims_refuse('claim_leaves_by_a_publication',
            'something is published on this claim: two people withdraw it');
    END IF;
    RETURN NULL;
END $$;
-- At the end of the transaction, in which the publication follows.
CREATE CONSTRAINT TRIGGER leaves_by_publication AFTER UPDATE OF status ON claims_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.status = 'listed' AND NEW.status <> 'listed'
          AND NEW.current_id IS NOT NULL)
    EXECUTE FUNCTION claims_leaves_by_publication();

-- A speaker that can be deleted takes its names along; any other keeps them.
CREATE FUNCTION claims_names_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM claims_claim WHERE speaker_id = OLD.speaker_id)
            OR EXISTS (SELECT FROM claims_publishedverdict
                       WHERE speaker_id = OLD.speaker_id) THEN
        PERFORM claims_refuse('append_only', 'the names of a speaker with claims stay');
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER names_stay BEFORE DELETE ON claims_speakername
    FOR EACH ROW EXECUTE FUNCTION claims_names_stay();

-- Contributors are forgotten when the next revision begins, of a verdict that is as it
-- was published: not of one that is only called so.
CREATE OR REPLACE FUNCTION claims_contributor_guard() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    v claims_verdict;
    p claims_publishedverdict;
BEGIN
    SELECT * INTO v FROM claims_verdict WHERE id = OLD.verdict_id;
    SELECT published.* INTO p FROM claims_claim c
        JOIN claims_publishedverdict published ON published.id = c.current_id
        WHERE c.id = v.claim_id;
    IF v.id IS NOT NULL AND (
        v.status IN ('draft', 'in_review')
        OR (v.rating_id, v.finding, v.summary, v.explanation, v.how_verified, v.as_of)
            IS DISTINCT FROM
           (p.rating_id, p.finding, p.summary, p.explanation, p.how_verified, p.as_of)
    ) THEN
        PERFORM claims_refuse('contributors_stay',
            'whoever wrote a part of a verdict under way stays a contributor');
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
"""
FORMER_CONTRIBUTOR_GUARD = r"""
CREATE OR REPLACE FUNCTION claims_contributor_guard() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM claims_verdict WHERE id = OLD.verdict_id
               AND status IN ('draft', 'in_review')) THEN
        PERFORM claims_refuse('contributors_stay',
            'whoever wrote a part of a verdict under way stays a contributor');
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
"""
NEW_FUNCTIONS = (
    "claims_keep_was_public()",
    "claims_merged_was_public()",
    "claims_was_public_stays()",
    "claims_public_articles(tsquery, integer)",
    "claims_public_speakers(tsquery, text)",
    "claims_public_verdicts(tsquery, integer)",
    "claims_public_text(bigint)",
    "claims_median_from_report()",
    "claims_asked_by_reader(bigint)",
    "claims_record_guard()",
    "claims_counter_guard()",
    "claims_leaves_by_publication()",
    "claims_names_stay()",
)
# Policies stand on columns that go; `manage.py database_roles` made them.
NO_POLICIES = r"""
DO $do$
DECLARE
    policy record;
BEGIN
    FOR policy IN SELECT tablename, policyname FROM pg_policies
        WHERE schemaname = current_schema() AND policyname IN ('everybody', 'readers')
    LOOP
        EXECUTE format('DROP POLICY %I ON %I', policy.policyname, policy.tablename);
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', policy.tablename);
    END LOOP;
END $do$;
"""
UNDO = [
    NO_POLICIES,
    UNPIN,
    AS_WHOEVER_WRITES,
    *(f"DROP FUNCTION {function} CASCADE;" for function in NEW_FUNCTIONS),
    LEFT_OUT.format(before=WITH_FLAG, after=PLAIN),
    FORMER_CONTRIBUTOR_GUARD,
]


class Migration(migrations.Migration):
    dependencies = [("claims", "0031_roles_for_titles")]

    operations = [
        *(
            migrations.AddField(
                model,
                "was_public",
                models.BooleanField(db_default=False, default=False, editable=False),
            )
            for model in ("article", "outlet", "speaker", "topic")
        ),
        migrations.RunSQL(
            [
                WAS_PUBLIC,
                LEFT_OUT.format(before=PLAIN, after=WITH_FLAG),
                SEARCH,
                TEXTS,
                REPORTS,
                RECORD,
                AS_OWNER,
                PIN,
            ],
            UNDO,
        ),
    ]
