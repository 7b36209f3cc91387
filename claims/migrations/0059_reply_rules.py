"""What the database holds of requests for reply, outcomes, and publications of them.

A request stays as it was asked and is answered once. A publication says what was asked
and answered by then, whatever the desk would rather leave out; whoever asked, entered
an answer or noted an outcome is no second pair of eyes.
"""

from django.db import migrations

REQUESTS = r"""
CREATE FUNCTION claims_reply_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    later constant text[] := ARRAY['link_hash', 'link_until', 'answer', 'answered_on',
        'answered_at', 'entered_by_id', 'struck_reason', 'struck_by_id'];
    by_link boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.answer <> '' OR NEW.struck_reason <> '' THEN
            PERFORM claims_refuse('reply_stays', 'nobody has answered before being asked');
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.answer <> '' OR OLD.struck_reason <> ''
            OR to_jsonb(NEW) - later <> to_jsonb(OLD) - later THEN
        PERFORM claims_refuse('reply_stays',
            'a request for reply stays as it was asked, an answer as it was given');
    END IF;
    -- An answer that nobody of the desk entered came under a link that was open then.
    by_link := NEW.answer <> '' AND NEW.entered_by_id IS NULL;
    IF by_link AND (OLD.link_hash = '' OR OLD.link_until < clock_timestamp()
            OR (NEW.link_hash, NEW.link_until) IS DISTINCT FROM
               (OLD.link_hash, OLD.link_until)) THEN
        PERFORM claims_refuse('reply_link_is_open',
            'there is no open link under which this could have been answered');
    END IF;
    IF NOT by_link AND claims_acting() IS NULL AND claims_actor_is_needed() THEN
        PERFORM claims_refuse('desk_write_names_somebody',
            'UPDATE on claims_replyrequest refused: nobody is named as acting');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reply_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_replyrequest
    FOR EACH ROW EXECUTE FUNCTION claims_reply_guard();
ALTER TABLE claims_replyrequest ENABLE ALWAYS TRIGGER reply_guard;
CREATE TRIGGER somebody_acts BEFORE INSERT OR DELETE ON claims_replyrequest
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();
CREATE TRIGGER somebody_acts BEFORE INSERT OR UPDATE OR DELETE ON claims_outcome
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();
-- Locked outside a draft, and whoever writes one contributes: as with evidence.
CREATE TRIGGER evidence_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_outcome
    FOR EACH ROW EXECUTE FUNCTION claims_evidence_guard();

CREATE FUNCTION claims_note_reply_contributor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.answer <> '' OR NEW.struck_reason <> '' THEN
        PERFORM claims_contribute(ARRAY(
            SELECT claim_id FROM claims_verdict WHERE id = NEW.verdict_id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER note_reply_contributor AFTER INSERT OR UPDATE ON claims_replyrequest
    FOR EACH ROW EXECUTE FUNCTION claims_note_reply_contributor();
""" + "".join(
    f"""
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON claims_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER words_are_visible BEFORE INSERT OR UPDATE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_words_are_visible();
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER somebody_acts;
"""
    for table in ("replyrequest", "outcome")
)

PUBLICATIONS = r"""
ALTER TABLE claims_publishedverdict
    ADD CONSTRAINT publication_replies_are_the_desks CHECK (
        jsonb_typeof(replies) = 'array' AND jsonb_typeof(outcomes) = 'array'
        AND (publisher = '' OR replies = '[]' AND outcomes = '[]'
             AND not_asked_reason = '')
    );

-- As they stood on a day: none came in time only once the last day to answer is over.
CREATE FUNCTION claims_replies_of(claim bigint, day date) RETURNS jsonb
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'id', r.id, 'kind', r.kind, 'person', r.person, 'role', r.role,
        'channel', r.channel, 'question', r.question, 'asked_on', r.asked_on,
        'until', r.until, 'answer', r.answer, 'answered_on', r.answered_on,
        'state', CASE WHEN r.answer <> '' THEN 'answered'
                      WHEN r.until < day THEN 'no_reply' ELSE 'awaited' END
    ) ORDER BY r.asked_on, r.id), '[]')
    FROM claims_replyrequest r JOIN claims_verdict v ON v.id = r.verdict_id
    WHERE v.claim_id = claim AND r.struck_reason = '';
END;

CREATE FUNCTION claims_outcomes_of(claim bigint) RETURNS jsonb LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'kind', o.kind, 'happened_on', o.happened_on, 'url', o.url, 'note', o.note
    ) ORDER BY o.happened_on, o.id), '[]')
    FROM claims_outcome o JOIN claims_verdict v ON v.id = o.verdict_id
    WHERE v.claim_id = claim;
END;

CREATE FUNCTION claims_replies_are_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.replies <> claims_replies_of(
                NEW.claim_id, (NEW.published_at AT TIME ZONE 'UTC')::date)
            OR NEW.outcomes <> claims_outcomes_of(NEW.claim_id)
            OR NEW.not_asked_reason IS DISTINCT FROM (
                SELECT not_asked_reason FROM claims_verdict
                WHERE claim_id = NEW.claim_id) THEN
        PERFORM claims_refuse('publication_is_what_was_approved',
            'the publication differs from what was asked, answered and put right');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER replies_are_published BEFORE INSERT ON claims_publishedverdict
    FOR EACH ROW
    WHEN (NEW.kind NOT IN ('retracted', 'withdrawn', 'relisted', 'archive'))
    EXECUTE FUNCTION claims_replies_are_published();
ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER replies_are_published;

-- What was asked or answered since the last version is published with the next one:
-- whoever did that while no draft was under way wrote a part of it.
CREATE FUNCTION claims_note_replies_since() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO claims_verdict_contributors (verdict_id, user_id)
        SELECT NEW.id, who FROM claims_replyrequest r
        JOIN claims_claim c ON c.id = NEW.claim_id
        JOIN claims_publishedverdict p ON p.id = c.current_id
        CROSS JOIN LATERAL (
            SELECT r.asked_by_id AS who WHERE NOT p.replies @>
                jsonb_build_array(jsonb_build_object('id', r.id))
            UNION
            SELECT r.entered_by_id WHERE r.entered_by_id IS NOT NULL
                AND NOT p.replies @> jsonb_build_array(
                    jsonb_build_object('id', r.id, 'answer', r.answer))
        ) wrote
        WHERE r.verdict_id = NEW.id AND r.struck_reason = ''
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER note_replies_since AFTER UPDATE OF status ON claims_verdict
    FOR EACH ROW
    WHEN (OLD.status IN ('published', 'retracted') AND NEW.status = 'draft')
    EXECUTE FUNCTION claims_note_replies_since();
"""

# What is shown under a link, to whoever has its token, and nothing besides.
LINK = r"""
CREATE FUNCTION claims_question_under(hash text)
RETURNS TABLE (words text, question text, until date)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT r.words, r.question, r.until FROM claims_replyrequest r
    WHERE r.link_hash = hash AND hash <> '' AND r.answer = ''
      AND r.struck_reason = '' AND r.link_until >= clock_timestamp()
$$;
"""

# Without any of them a publication keeps the digest that it had before the columns were
# there; a digest of before the statements were filled in knows none of them.
DIGESTS = r"""
DO $do$
DECLARE
    function text;
    definition text;
    changed text;
BEGIN
    FOREACH function IN ARRAY ARRAY[
        'claims_publication_digest(claims_publishedverdict, text)',
        'claims_former_publication_digest(claims_publishedverdict, text)']
    LOOP
        definition := pg_get_functiondef(function::regprocedure);
        changed := regexp_replace(definition, $q${before}$q$, $q${after}$q$);
        IF changed = definition THEN
            RAISE EXCEPTION 'The digest is made in another way in %.', function;
        END IF;
        EXECUTE changed;
    END LOOP;
END $do$;
"""
EMPTY = {
    "replies": "'[]'::jsonb",
    "outcomes": "'[]'::jsonb",
    "not_asked_reason": "''",
}
LEFT_OUT = ", ".join(
    f"CASE WHEN (p).{column} = {empty} THEN '{column}' ELSE 'id' END"
    for column, empty in EMPTY.items()
)
WITH_REPLIES = DIGESTS.format(
    before=r"to_jsonb\(p(\.\*)?\)", after=f"(to_jsonb(p) - ARRAY[{LEFT_OUT}])"
)
WITHOUT_REPLIES = DIGESTS.format(
    before=r"\(to_jsonb\(p\) - ARRAY\[CASE\s+WHEN \(\(p\)\.replies.*?END\]\)",
    after="to_jsonb(p)",
)

FUNCTIONS = (
    "claims_reply_guard()",
    "claims_note_reply_contributor()",
    "claims_replies_are_published()",
    "claims_note_replies_since()",
    "claims_question_under(text)",
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

UNDO = """
DROP FUNCTION claims_reply_guard() CASCADE;
DROP FUNCTION claims_note_reply_contributor() CASCADE;
DROP FUNCTION claims_note_replies_since() CASCADE;
DROP FUNCTION claims_replies_are_published() CASCADE;
DROP FUNCTION claims_question_under(text);
DROP FUNCTION claims_replies_of(bigint, date);
DROP FUNCTION claims_outcomes_of(bigint);
ALTER TABLE claims_publishedverdict DROP CONSTRAINT publication_replies_are_the_desks;
DROP TRIGGER evidence_guard ON claims_outcome;
""" + "".join(
    f"""
DROP TRIGGER somebody_acts ON claims_{table};
DROP TRIGGER no_truncate ON claims_{table};
DROP TRIGGER words_are_visible ON claims_{table};
DROP TRIGGER log_change ON claims_{table};
"""
    for table in ("replyrequest", "outcome")
)
# The way back would lose them.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_replyrequest) OR EXISTS (SELECT FROM claims_outcome)
            OR EXISTS (SELECT FROM claims_publishedverdict
                       WHERE not_asked_reason <> '') THEN
        RAISE EXCEPTION 'Somebody was asked for a reply, or it is written down why '
            'nobody was, which the version before cannot hold: restore the copy made '
            'before the upgrade.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0058_replies")]

    operations = [
        migrations.RunSQL(
            [REQUESTS, PUBLICATIONS, LINK, WITH_REPLIES, PIN], [WITHOUT_REPLIES, UNDO]
        ),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
