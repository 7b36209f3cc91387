"""The public record says what was published in every column, and not in some.

Readers find a claim by its facets, its day and its search vector, see its words in the
text and at the place that the row names, and why it was withdrawn: none of that says
anything else than the newest publication. A claim's first day on the site stays too.
"""

from django.db import migrations

# Values of closed lists (20000000 to 49999999) are left out: their codes grow with
# the lists, and the columns that they stand for are compared already.
RECORD = r"""
CREATE FUNCTION claims_published_facets(p claims_publishedverdict, c claims_claim)
RETURNS int[] LANGUAGE sql STABLE
RETURN ARRAY(
    SELECT DISTINCT code FROM unnest(ARRAY[
        10000010 + CASE WHEN p.kind IN ('retracted', 'withdrawn') THEN -1
                        ELSE p.rating_id END,
        CASE WHEN jsonb_array_length(p.speakers) > 0 THEN 50000001 END,
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

-- Marks of a publication, in its text or moved to the same words of another one.
CREATE FUNCTION claims_are_marks_of(
    marks jsonb, text bigint, p claims_publishedverdict, article bigint
) RETURNS boolean LANGUAGE sql STABLE
RETURN (marks = p.marks AND text IS NOT DISTINCT FROM p.text_id) OR coalesce((
    SELECT bool_and(
        (mark ->> 'text')::bigint = t.id
        AND substring(t.body FROM (mark ->> 'start')::int + 1
                      FOR (mark ->> 'end')::int - (mark ->> 'start')::int)
            = mark ->> 'exact')
        AND jsonb_agg(mark - ARRAY['text', 'start', 'end'] ORDER BY place) = (
            SELECT jsonb_agg(said - ARRAY['text', 'start', 'end'] ORDER BY place)
            FROM jsonb_array_elements(p.marks) WITH ORDINALITY s (said, place))
    FROM jsonb_array_elements(marks) WITH ORDINALITY m (mark, place),
         claims_articletext t
    WHERE t.id = text AND t.article_id = article
), false);

CREATE FUNCTION claims_record_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    numbers constant text[] := ARRAY['change_number', 'changed_at'];
    c claims_claim;
    p claims_publishedverdict;
    holds boolean;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF TG_TABLE_NAME = 'claims_publicclaim' THEN
            IF NEW.change_number < OLD.change_number THEN
                PERFORM claims_refuse('append_only',
                    'the number of the last change of a claim counts up');
            END IF;
        END IF;
        IF to_jsonb(NEW) - numbers = to_jsonb(OLD) - numbers THEN
            RETURN NEW;
        END IF;
    END IF;
    SELECT * INTO c FROM claims_claim WHERE id = NEW.id;
    SELECT * INTO p FROM claims_publishedverdict WHERE id = c.current_id;
    IF p.id IS NULL THEN
        RETURN NEW;
    END IF;
    holds := NEW.sort_date = coalesce(p.stated_on, '0001-01-01')
        AND NEW.state = CASE c.status WHEN 'listed' THEN 'listed' ELSE 'withdrawn' END
        AND ARRAY(SELECT code FROM unnest(NEW.facets) code
                  WHERE code NOT BETWEEN 20000000 AND 49999999 ORDER BY code)
            = claims_published_facets(p, c);
    IF TG_TABLE_NAME = 'claims_publicclaim' THEN
        holds := holds
            AND (NEW.outlet_id, NEW.language) IS NOT DISTINCT FROM (
                SELECT ROW(outlet_id, language) FROM claims_article
                WHERE id = c.article_id)
            AND NEW.topics = ARRAY(SELECT topic_id::int FROM claims_claim_topics
                                   WHERE claim_id = c.id ORDER BY 1)
            AND (NEW.withdrawn_at IS NULL) = (NEW.state = 'listed');
    ELSE
        holds := holds
            AND claims_are_marks_of(NEW.marks, NEW.text_id, p, c.article_id)
            AND NEW.vector = to_tsvector(
                'english', claim_fold(NEW.wording || ' ' || NEW.quote))
            AND CASE WHEN c.status = 'listed' THEN NEW.withdrawal_reason = ''
                     WHEN p.kind = 'withdrawn' THEN NEW.withdrawal_reason = p.note
                     ELSE true END;
    END IF;
    IF holds IS NOT TRUE THEN
        PERFORM claims_refuse('record_says_what_was_published', format(
            '%s of claim %s differs from what was published', TG_TABLE_NAME, NEW.id));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_is_whole BEFORE INSERT OR UPDATE ON claims_publicclaim
    FOR EACH ROW EXECUTE FUNCTION claims_record_is_whole();
CREATE TRIGGER record_is_whole BEFORE INSERT OR UPDATE ON claims_publicwords
    FOR EACH ROW EXECUTE FUNCTION claims_record_is_whole();

CREATE FUNCTION claims_listed_at_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_refuse('append_only',
        'the time at which a claim was first listed stays');
    RETURN NULL;
END $$;
CREATE TRIGGER listed_at_stays BEFORE UPDATE OF listed_at ON claims_claim FOR EACH ROW
    WHEN (OLD.listed_at IS NOT NULL AND NEW.listed_at IS DISTINCT FROM OLD.listed_at)
    EXECUTE FUNCTION claims_listed_at_stays();

DO $do$
DECLARE
    function text;
BEGIN
    FOREACH function IN ARRAY ARRAY[
        'claims_record_is_whole()', 'claims_listed_at_stays()']
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp',
                       function, current_schema());
    END LOOP;
END $do$;
"""
UNDO = """
DROP FUNCTION claims_listed_at_stays() CASCADE;
DROP FUNCTION claims_record_is_whole() CASCADE;
DROP FUNCTION claims_are_marks_of(jsonb, bigint, claims_publishedverdict, bigint);
DROP FUNCTION claims_published_facets(claims_publishedverdict, claims_claim);
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0036_public_speakers_stay")]

    operations = [migrations.RunSQL(RECORD, UNDO)]
