"""Claims and marks that come in by the thousand are looked at all at once.

What a statement has inserted is checked, joined and logged in one pass behind it, not
row by row; the rules are the same, word for word, and updates and deletions are looked
at as before. What is looked up for a row stands as a subquery of its own, so that a
plan made for one row is right for a thousand, and the other way round.
"""

from django.db import migrations

# One look at all columns together says of most rows that they hold no such sign.
VISIBLE = r"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('claims_words_are_visible()'::regprocedure);
    sign text := substring(definition FROM 'value ~ (''[^'']+'')');
    before text := {before};
    after text := {after};
BEGIN
    IF sign IS NULL OR position(before IN definition) = 0 THEN
        RAISE EXCEPTION 'claims_words_are_visible() reads otherwise';
    END IF;
    EXECUTE replace(definition, before, after);
END $do$;
"""
PLAIN = "E'BEGIN\\n    -- Words of'"
QUICK = (
    "E'BEGIN\\n    IF NEW::text !~ ' || sign || E' THEN\\n        RETURN NEW;\\n"
    "    END IF;\\n    -- Words of'"
)

CLAIMS = r"""
CREATE FUNCTION claims_claims_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added a LEFT JOIN LATERAL (
            SELECT id, CASE WHEN kind NOT IN ('retracted', 'withdrawn')
                            THEN rating_id END AS rating_id
            FROM claims_publishedverdict
            WHERE claim_id = a.id
            ORDER BY kind <> 'archive' DESC,
                CASE WHEN kind = 'archive' THEN published_at END DESC, number DESC
            LIMIT 1
        ) newest ON true
        WHERE a.current_id IS DISTINCT FROM newest.id
           OR a.rating_id IS DISTINCT FROM newest.rating_id
    ) THEN
        PERFORM claims_refuse('claim_rating_is_the_published_one',
            'the rating shown is not the one last published');
    END IF;
    IF EXISTS (
        SELECT FROM added a WHERE a.quote <> (
            SELECT coalesce(string_agg(exact, ' [...] ' ORDER BY ordinal), '')
            FROM claims_span WHERE claim_id = a.id AND role = 'content')
    ) THEN
        PERFORM claims_refuse('claim_quote_is_its_spans',
            'the quote differs from the words marked');
    END IF;
    IF EXISTS (SELECT FROM added WHERE status = 'listed' AND quote = ''
               AND NOT claims_stands_elsewhere(id)) THEN
        PERFORM claims_refuse('claim_listed_has_words',
            'a claim without marked words cannot be listed');
    END IF;
    -- Waits for a merge under way, and then sees its result.
    IF EXISTS (
        SELECT FROM (
            SELECT merged_into_id FROM claims_speaker
            WHERE id = ANY(ARRAY(SELECT DISTINCT speaker_id FROM added)) FOR KEY SHARE
        ) speaker WHERE merged_into_id IS NOT NULL
    ) THEN
        PERFORM claims_refuse('claim_speaker_is_not_merged',
            'the speaker was merged into another');
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER claim_guard ON claims_claim;
CREATE TRIGGER claim_guard BEFORE UPDATE ON claims_claim
    FOR EACH ROW EXECUTE FUNCTION claims_claim_guard();
CREATE TRIGGER claim_guard_insert AFTER INSERT ON claims_claim
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION claims_claims_added();
"""

SPANS = r"""
CREATE FUNCTION claims_quotes_match_texts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mark record;
    printed record;
    text_at_hand bigint;
BEGIN
    -- Each text is fetched once. Texts never change, so no lock is needed.
    FOR mark IN
        SELECT a.text_id, a.start, a."end", a.exact,
               (SELECT article_id FROM claims_claim c WHERE c.id = a.claim_id) AS article
        FROM added a ORDER BY a.text_id
    LOOP
        IF mark.text_id IS DISTINCT FROM text_at_hand THEN
            SELECT t.article_id, t.body || '' AS body INTO printed
                FROM claims_articletext t WHERE t.id = mark.text_id;
            text_at_hand := mark.text_id;
        END IF;
        CONTINUE WHEN printed.article_id IS NULL;  -- the foreign key says so
        -- Words that reach beyond the end are shorter there.
        IF substring(printed.body FROM least(mark.start, 2000000) + 1
                     FOR greatest(mark."end" - mark.start, 0)) <> mark.exact THEN
            PERFORM claims_refuse('quote_matches_text', format(
                'the words are not the text''s words at %s to %s',
                mark.start, mark."end"));
        END IF;
        IF printed.article_id IS DISTINCT FROM mark.article THEN
            PERFORM claims_refuse('span_is_in_the_claims_article',
                'the words stand in another article');
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
DROP TRIGGER quote_matches_text ON claims_span;
CREATE TRIGGER quote_matches_text BEFORE UPDATE ON claims_span
    FOR EACH ROW EXECUTE FUNCTION claims_quote_matches_text();
CREATE TRIGGER quote_matches_text_insert AFTER INSERT ON claims_span
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION claims_quotes_match_texts();

CREATE FUNCTION claims_keep_quotes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE claims_claim c SET quote = (
        SELECT coalesce(string_agg(exact, ' [...] ' ORDER BY ordinal), '')
        FROM claims_span WHERE claim_id = c.id AND role = 'content')
    WHERE id = ANY(ARRAY(SELECT DISTINCT claim_id FROM added WHERE role = 'content'))
      AND quote IS DISTINCT FROM (
        SELECT coalesce(string_agg(exact, ' [...] ' ORDER BY ordinal), '')
        FROM claims_span WHERE claim_id = c.id AND role = 'content');
    RETURN NULL;
END $$;
DROP TRIGGER keep_quote ON claims_span;
CREATE TRIGGER keep_quote AFTER UPDATE OR DELETE ON claims_span
    FOR EACH ROW EXECUTE FUNCTION claims_keep_quote();
CREATE TRIGGER keep_quote_insert AFTER INSERT ON claims_span
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION claims_keep_quotes();
"""

CONTRIBUTORS = r"""
CREATE FUNCTION claims_note_contributors_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM claims_contribute(ARRAY(SELECT DISTINCT claim_id FROM added));
    RETURN NULL;
END $$;
""" + "".join(
    f"""
DROP TRIGGER {trigger} ON claims_{table};
CREATE TRIGGER {trigger} AFTER UPDATE OR DELETE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_{trigger}();
CREATE TRIGGER {trigger}_insert AFTER INSERT ON claims_{table}
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION claims_note_contributors_added();
"""
    for table, trigger in (
        ("span", "note_marks_contributor"),
        ("claim_other_speakers", "note_joint_contributor"),
    )
)

# Of most claims nothing is published, and one look at the claim says so.
UNPUBLISHED = r"""
DO $do$
DECLARE
    guard text;
    definition text;
    before text := {before};
    after text := {after};
BEGIN
    FOREACH guard IN ARRAY ARRAY['claims_marks_guard()', 'claims_joint_speakers_guard()']
    LOOP
        definition := pg_get_functiondef(guard::regprocedure);
        IF position(before IN definition) = 0 THEN
            RAISE EXCEPTION '% reads otherwise', guard;
        END IF;
        EXECUTE replace(definition, before, after);
    END LOOP;
END $do$;
"""
ANY_CLAIM = "E'BEGIN\\n    FOR one IN'"
PUBLISHED_CLAIM = (
    "E'BEGIN\\n    IF NOT EXISTS (SELECT FROM claims_claim\\n"
    "            WHERE id IN (NEW.claim_id, OLD.claim_id) AND current_id IS NOT NULL)\\n"
    "    THEN\\n        RETURN NULL;\\n    END IF;\\n    FOR one IN'"
)

HISTORY = r"""
CREATE FUNCTION claims_log_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    left_out constant text[] := ARRAY['search', 'folded', 'sort_date', 'body',
                                      'updated_at', 'was_public'];
BEGIN
    IF EXISTS (SELECT FROM added) THEN
        PERFORM pg_advisory_xact_lock_shared(7304311);
        INSERT INTO claims_change ("table", row, operation, actor_id, at, before, after)
            SELECT substr(TG_TABLE_NAME, 8), a.id, 'insert', claims_acting(),
                   clock_timestamp(), NULL, to_jsonb(a) - left_out
            FROM added a ORDER BY a.id;
    END IF;
    RETURN NULL;
END $$;
"""
LOGGED = ("claim", "span", "claim_topics", "claim_other_speakers")
LOG = "".join(
    f"""
DROP TRIGGER log_change ON claims_{table};
CREATE TRIGGER log_change AFTER UPDATE OR DELETE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER log_change;
CREATE TRIGGER log_change_insert AFTER INSERT ON claims_{table}
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION claims_log_added();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER log_change_insert;
"""
    for table in LOGGED
)

FUNCTIONS = (
    "claims_claims_added()",
    "claims_quotes_match_texts()",
    "claims_keep_quotes()",
    "claims_note_contributors_added()",
    "claims_log_added()",
)
PIN = f"""
DO $do$
DECLARE
    function text;
BEGIN
    FOREACH function IN ARRAY ARRAY{list(FUNCTIONS)}
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp',
                       function, current_schema());
    END LOOP;
END $do$;
"""

UNDO = "".join(f"DROP FUNCTION {function} CASCADE;\n" for function in FUNCTIONS) + (
    "".join(
        f"""
DROP TRIGGER {trigger} ON claims_{table};
CREATE TRIGGER {trigger} {events} ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_{trigger}();
"""
        for table, trigger, events in (
            ("claim", "claim_guard", "BEFORE INSERT OR UPDATE"),
            ("span", "quote_matches_text", "BEFORE INSERT OR UPDATE"),
            ("span", "keep_quote", "AFTER INSERT OR UPDATE OR DELETE"),
            ("span", "note_marks_contributor", "AFTER INSERT OR UPDATE OR DELETE"),
            (
                "claim_other_speakers",
                "note_joint_contributor",
                "AFTER INSERT OR UPDATE OR DELETE",
            ),
            *(
                (table, "log_change", "AFTER INSERT OR UPDATE OR DELETE")
                for table in LOGGED
            ),
        )
    )
    + "".join(
        f"ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER log_change;\n"
        for table in LOGGED
    )
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0041_date_of_a_check")]

    operations = [
        migrations.RunSQL(
            [
                VISIBLE.format(before=PLAIN, after=QUICK),
                CLAIMS,
                SPANS,
                CONTRIBUTORS,
                UNPUBLISHED.format(before=ANY_CLAIM, after=PUBLISHED_CLAIM),
                HISTORY,
                LOG,
                PIN,
            ],
            [
                VISIBLE.format(before=QUICK, after=PLAIN),
                UNPUBLISHED.format(before=PUBLISHED_CLAIM, after=ANY_CLAIM),
                UNDO,
            ],
        ),
    ]
