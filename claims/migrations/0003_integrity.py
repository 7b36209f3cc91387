"""The promises that a table constraint cannot express, as triggers.

Each refusal carries the name of a constraint, so that the editor gets a sentence.
"""

from django.db import migrations

REFUSE = r"""
CREATE FUNCTION claims_refuse(rule text, sentence text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', sentence USING ERRCODE = '23514', CONSTRAINT = rule;
END $$;
"""

# --- What was written stays written -------------------------------------------

APPEND_ONLY = r"""
CREATE FUNCTION claims_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_refuse('append_only',
        TG_OP || ' on ' || TG_TABLE_NAME || ' refused: it only ever grows');
    RETURN NULL;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON claims_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER append_only_whole;
"""
    for table in ("articletext", "publishedverdict", "transition", "change")
)

# TRUNCATE passes by every row trigger, and so by the log: no table of ours takes it.
NO_TRUNCATE = "".join(
    f"""
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON claims_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
"""
    for table in ("speaker", "claim", "span", "verdict", "evidence", "article")
)

# --- The text, and the words in it ----------------------------------------------

TEXTS = r"""
ALTER TABLE claims_articletext
    ADD CONSTRAINT article_text_is_canonical CHECK (
        body IS NFC NORMALIZED
        AND body !~ '[\u202A-\u202E\u2066-\u2069\r]'
    ),
    ADD CONSTRAINT article_text_is_not_too_long CHECK (char_length(body) <= 2000000),
    ADD CONSTRAINT article_text_has_its_digest CHECK (
        sha256 = encode(sha256(convert_to(body, 'UTF8')), 'hex')
    );

CREATE FUNCTION claims_current_text_is_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.current_text_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM claims_articletext
        WHERE id = NEW.current_text_id AND article_id = NEW.id
    ) THEN
        PERFORM claims_refuse('article_current_text_is_its_own',
            'the current text belongs to another article');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER current_text_is_own
    BEFORE INSERT OR UPDATE OF current_text_id ON claims_article
    FOR EACH ROW EXECUTE FUNCTION claims_current_text_is_own();
"""

SPANS = r"""
ALTER TABLE claims_span
    ADD CONSTRAINT span_is_as_long_as_its_words CHECK (
        char_length(exact) = "end" - start
    ),
    ADD CONSTRAINT span_is_not_too_long CHECK ("end" - start <= 10000);

CREATE FUNCTION claims_quote_matches_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    printed record;
BEGIN
    -- Texts never change, so no lock is needed.
    SELECT t.article_id, char_length(t.body) AS length,
           substring(t.body FROM least(NEW.start, 2000000) + 1
                     FOR greatest(NEW."end" - NEW.start, 0)) AS words
        INTO printed FROM claims_articletext t WHERE t.id = NEW.text_id;
    IF NOT FOUND THEN
        RETURN NEW;  -- the foreign key says so
    END IF;
    IF NEW."end" > printed.length OR printed.words IS DISTINCT FROM NEW.exact THEN
        PERFORM claims_refuse('quote_matches_text', format(
            'the words are not the text''s words at %s to %s', NEW.start, NEW."end"));
    END IF;
    IF printed.article_id IS DISTINCT FROM
            (SELECT article_id FROM claims_claim WHERE id = NEW.claim_id) THEN
        PERFORM claims_refuse('span_is_in_the_claims_article',
            'the words stand in another article');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER quote_matches_text BEFORE INSERT OR UPDATE ON claims_span
    FOR EACH ROW EXECUTE FUNCTION claims_quote_matches_text();

CREATE FUNCTION claims_keep_quote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    claim bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.claim_id ELSE NEW.claim_id END;
BEGIN
    UPDATE claims_claim SET quote = printed.words
    FROM (
        SELECT coalesce(string_agg(exact, ' [...] ' ORDER BY ordinal), '') AS words
        FROM claims_span WHERE claim_id = claim AND role = 'content'
    ) printed
    WHERE id = claim AND quote IS DISTINCT FROM printed.words;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_quote AFTER INSERT OR UPDATE OR DELETE ON claims_span
    FOR EACH ROW EXECUTE FUNCTION claims_keep_quote();
"""

# --- Claims: nobody overwrites anybody unknowingly ------------------------------

CLAIMS = r"""
CREATE FUNCTION claims_claim_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept constant text[] := ARRAY['quote', 'rating_id', 'current_id', 'search',
                                  'sort_date', 'updated_at'];
    newest record;
    printed text;
    merged bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - kept <> to_jsonb(OLD) - kept
                AND NEW.version <> OLD.version + 1 THEN
            PERFORM claims_refuse('claim_version_counts_up',
                'the claim was changed by somebody else meanwhile');
        END IF;
        IF NEW.article_id <> OLD.article_id THEN
            PERFORM claims_refuse('claim_stays_in_its_article',
                'a claim cannot move to another article');
        END IF;
    END IF;
    IF TG_OP = 'INSERT' OR NEW.rating_id IS DISTINCT FROM OLD.rating_id
            OR NEW.current_id IS DISTINCT FROM OLD.current_id THEN
        SELECT id, CASE WHEN kind <> 'retracted' THEN rating_id END AS rating_id
            INTO newest FROM claims_publishedverdict
            WHERE claim_id = NEW.id ORDER BY number DESC LIMIT 1;
        IF NEW.current_id IS DISTINCT FROM newest.id
                OR NEW.rating_id IS DISTINCT FROM newest.rating_id THEN
            PERFORM claims_refuse('claim_rating_is_the_published_one',
                'the rating shown is not the one last published');
        END IF;
    END IF;
    IF TG_OP = 'INSERT' OR NEW.quote IS DISTINCT FROM OLD.quote THEN
        SELECT coalesce(string_agg(exact, ' [...] ' ORDER BY ordinal), '') INTO printed
            FROM claims_span WHERE claim_id = NEW.id AND role = 'content';
        IF NEW.quote <> printed THEN
            PERFORM claims_refuse('claim_quote_is_its_spans',
                'the quote differs from the words marked');
        END IF;
    END IF;
    IF NEW.status = 'listed' AND (TG_OP = 'INSERT' OR OLD.status <> 'listed')
            AND NEW.quote = '' THEN
        PERFORM claims_refuse('claim_listed_has_words',
            'a claim without marked words cannot be listed');
    END IF;
    IF NEW.speaker_id IS NOT NULL
            AND (TG_OP = 'INSERT' OR NEW.speaker_id IS DISTINCT FROM OLD.speaker_id)
    THEN
        -- Waits for a merge under way, and then sees its result.
        SELECT merged_into_id INTO merged FROM claims_speaker
            WHERE id = NEW.speaker_id FOR KEY SHARE;
        IF merged IS NOT NULL THEN
            PERFORM claims_refuse('claim_speaker_is_not_merged',
                'the speaker was merged into another');
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_guard BEFORE INSERT OR UPDATE ON claims_claim
    FOR EACH ROW EXECUTE FUNCTION claims_claim_guard();

CREATE FUNCTION claims_listed_keeps_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM claims_claim
               WHERE id = NEW.id AND status = 'listed' AND quote = '') THEN
        PERFORM claims_refuse('claim_listed_has_words',
            'a listed claim cannot lose all its words');
    END IF;
    RETURN NULL;
END $$;
-- At the end of the transaction, so that spans can be replaced within one.
CREATE CONSTRAINT TRIGGER listed_keeps_words AFTER UPDATE OF quote ON claims_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION claims_listed_keeps_words();

CREATE FUNCTION claims_speaker_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.merged_into_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM claims_claim WHERE speaker_id = NEW.id) THEN
        PERFORM claims_refuse('speaker_merged_has_no_claims',
            'a merged speaker cannot keep claims');
    END IF;
    IF EXISTS (SELECT FROM claims_speaker
               WHERE id = NEW.merged_into_id AND merged_into_id IS NOT NULL) THEN
        PERFORM claims_refuse('speaker_merges_end',
            'the speaker to merge into was merged itself');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER speaker_guard BEFORE INSERT OR UPDATE ON claims_speaker
    FOR EACH ROW EXECUTE FUNCTION claims_speaker_guard();
"""

# --- Verdicts: four eyes, and a record in which nothing is overwritten ----------

VERDICTS = r"""
ALTER TABLE claims_publishedverdict
    ADD CONSTRAINT publication_is_not_too_long CHECK (
        char_length(explanation) <= 100000 AND char_length(how_verified) <= 20000
    ),
    ADD CONSTRAINT publication_has_evidence CHECK (
        jsonb_typeof(evidence) = 'array' AND jsonb_array_length(evidence) > 0
    );

CREATE FUNCTION claims_acting() RETURNS bigint LANGUAGE sql STABLE
RETURN nullif(current_setting('factcheck.actor', true), '')::bigint;

CREATE FUNCTION claims_verdict_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words constant text[] := ARRAY['status', 'version', 'assignee_id', 'updated_at',
                                   'correction_kind', 'correction_note', 'author_id',
                                   'recheck_on'];
BEGIN
    IF to_jsonb(NEW) - ARRAY['updated_at'] <> to_jsonb(OLD) - ARRAY['updated_at']
            AND NEW.version <> OLD.version + 1 THEN
        PERFORM claims_refuse('verdict_version_counts_up',
            'the verdict was changed by somebody else meanwhile');
    END IF;
    IF NEW.claim_id <> OLD.claim_id THEN
        PERFORM claims_refuse('verdict_stays_with_its_claim',
            'a verdict cannot move to another claim');
    END IF;
    IF to_jsonb(NEW) - words <> to_jsonb(OLD) - words AND OLD.status <> 'draft' THEN
        PERFORM claims_refuse('verdict_is_locked',
            'the verdict is locked: it is not a draft');
    END IF;
    IF NEW.author_id <> OLD.author_id AND OLD.status NOT IN ('published', 'retracted')
    THEN
        PERFORM claims_refuse('verdict_keeps_its_author',
            'the author of a verdict under way cannot be replaced');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verdict_guard BEFORE UPDATE ON claims_verdict
    FOR EACH ROW EXECUTE FUNCTION claims_verdict_guard();

CREATE FUNCTION claims_evidence_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.verdict_id
                         ELSE NEW.verdict_id END;
BEGIN
    IF EXISTS (SELECT FROM claims_verdict WHERE id = owner AND status <> 'draft')
            OR TG_OP = 'UPDATE' AND EXISTS (
                SELECT FROM claims_verdict
                WHERE id = OLD.verdict_id AND status <> 'draft') THEN
        PERFORM claims_refuse('verdict_is_locked',
            'the evidence is locked: the verdict is not a draft');
    END IF;
    IF claims_acting() IS NOT NULL THEN
        INSERT INTO claims_verdict_contributors (verdict_id, user_id)
            VALUES (owner, claims_acting()) ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_evidence
    FOR EACH ROW EXECUTE FUNCTION claims_evidence_guard();

CREATE FUNCTION claims_note_contributor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    steps constant text[] := ARRAY['status', 'version', 'assignee_id', 'updated_at',
                                   'correction_kind', 'correction_note', 'author_id',
                                   'recheck_on'];
BEGIN
    IF claims_acting() IS NOT NULL AND (
        TG_OP = 'INSERT' OR to_jsonb(NEW) - steps <> to_jsonb(OLD) - steps
    ) THEN
        INSERT INTO claims_verdict_contributors (verdict_id, user_id)
            VALUES (NEW.id, claims_acting()) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER note_contributor AFTER INSERT OR UPDATE ON claims_verdict
    FOR EACH ROW EXECUTE FUNCTION claims_note_contributor();

CREATE FUNCTION claims_publication_digest(p claims_publishedverdict, before text)
RETURNS text LANGUAGE sql STABLE SET timezone = 'UTC'
RETURN encode(sha256(convert_to(
    before || (to_jsonb(p) - ARRAY['id', 'digest', 'search'])::text, 'UTF8')), 'hex');

CREATE FUNCTION claims_publication_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
    copy record;
BEGIN
    -- One publication of a claim at a time.
    PERFORM FROM claims_claim WHERE id = NEW.claim_id FOR NO KEY UPDATE;
    SELECT number, digest, published_at INTO last FROM claims_publishedverdict
        WHERE claim_id = NEW.claim_id ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(last.number, 0) + 1 THEN
        PERFORM claims_refuse('publication_numbers_count_up',
            'somebody has just published this verdict');
    END IF;
    IF NEW.published_at > clock_timestamp() + interval '1 minute'
            OR NEW.published_at < last.published_at THEN
        PERFORM claims_refuse('publication_time_runs_forward',
            'the time of publication lies in the future or before the last one');
    END IF;
    SELECT id, author_id INTO copy FROM claims_verdict WHERE claim_id = NEW.claim_id;
    IF copy.author_id IS DISTINCT FROM NEW.author_id THEN
        PERFORM claims_refuse('publication_names_its_author',
            'the author named is not the author of the verdict');
    END IF;
    IF NEW.override_reason = '' AND EXISTS (
        SELECT FROM claims_verdict_contributors
        WHERE verdict_id = copy.id AND user_id = NEW.approver_id
    ) THEN
        PERFORM claims_refuse('publication_has_four_eyes',
            'the approver wrote a part of the verdict');
    END IF;
    NEW.digest := claims_publication_digest(NEW, coalesce(last.digest, ''));
    RETURN NEW;
END $$;
CREATE TRIGGER publication_guard BEFORE INSERT ON claims_publishedverdict
    FOR EACH ROW EXECUTE FUNCTION claims_publication_guard();
ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER publication_guard;

CREATE FUNCTION claims_show_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE claims_claim SET
        current_id = NEW.id,
        rating_id = CASE WHEN NEW.kind <> 'retracted' THEN NEW.rating_id END
    WHERE id = NEW.claim_id;
    RETURN NULL;
END $$;
CREATE TRIGGER show_publication AFTER INSERT ON claims_publishedverdict
    FOR EACH ROW EXECUTE FUNCTION claims_show_publication();
"""

# --- Who changed what ------------------------------------------------------------

LOGGED = (
    "outlet",
    "article",
    "articletext",
    "speaker",
    "speakeralias",
    "topic",
    "claim",
    "claim_topics",
    "span",
    "rating",
    "verdict",
    "evidence",
    "publishedverdict",
    "readerreport",
)

HISTORY = r"""
CREATE FUNCTION claims_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- Derived columns say nothing new; bodies are kept whole in their own table.
    left_out constant text[] := ARRAY['search', 'folded', 'sort_date', 'body',
                                      'updated_at'];
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - left_out END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - left_out END;
BEGIN
    IF old_row IS DISTINCT FROM new_row THEN
        INSERT INTO claims_change ("table", row, operation, actor_id, at, before, after)
        VALUES (
            substr(TG_TABLE_NAME, 8), (coalesce(new_row, old_row) ->> 'id')::bigint,
            lower(TG_OP), claims_acting(), clock_timestamp(), old_row, new_row
        );
    END IF;
    RETURN NULL;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER log_change;
"""
    for table in LOGGED
)

FUNCTIONS = (
    "claims_refuse(text, text)",
    "claims_append_only()",
    "claims_current_text_is_own()",
    "claims_quote_matches_text()",
    "claims_keep_quote()",
    "claims_claim_guard()",
    "claims_listed_keeps_words()",
    "claims_speaker_guard()",
    "claims_verdict_guard()",
    "claims_evidence_guard()",
    "claims_note_contributor()",
    "claims_publication_guard()",
    "claims_publication_digest(claims_publishedverdict, text)",
    "claims_show_publication()",
    "claims_log_change()",
    "claims_acting()",
)

UNDO = (
    "".join(f"DROP FUNCTION {function} CASCADE;\n" for function in FUNCTIONS)
    + """
ALTER TABLE claims_articletext
    DROP CONSTRAINT article_text_is_canonical,
    DROP CONSTRAINT article_text_is_not_too_long,
    DROP CONSTRAINT article_text_has_its_digest;
ALTER TABLE claims_span
    DROP CONSTRAINT span_is_as_long_as_its_words,
    DROP CONSTRAINT span_is_not_too_long;
ALTER TABLE claims_publishedverdict
    DROP CONSTRAINT publication_is_not_too_long,
    DROP CONSTRAINT publication_has_evidence;
"""
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_tables")]

    operations = [
        migrations.RunSQL(
            [REFUSE, APPEND_ONLY, NO_TRUNCATE, TEXTS, SPANS, CLAIMS, VERDICTS, HISTORY],
            UNDO,
        ),
    ]
