"""What is taken back, or listed again, says what was published before."""

from django.db import migrations

SQL = r"""
CREATE FUNCTION claims_publication_is_said_again() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    of_its_own constant text[] := ARRAY['id', 'number', 'kind', 'note', 'asked_by',
        'author_id', 'author_name', 'approver_id', 'approver_name', 'override_reason',
        'published_at', 'digest', 'former_digest', 'search'];
    before claims_publishedverdict;
BEGIN
    SELECT * INTO before FROM claims_publishedverdict
        WHERE claim_id = NEW.claim_id ORDER BY number DESC LIMIT 1;
    IF to_jsonb(before) - of_its_own IS DISTINCT FROM to_jsonb(NEW) - of_its_own
            OR NEW.kind = 'relisted' AND NOT EXISTS (
                SELECT FROM claims_publicclaim
                WHERE id = NEW.claim_id AND state = 'withdrawn') THEN
        PERFORM claims_refuse('publication_is_what_was_approved',
            'the publication differs from the one that it takes back or brings again');
    END IF;
    -- Brought again is what somebody wrote: the last that was no withdrawal.
    IF (NEW.kind = 'relisted' OR before.kind = 'withdrawn')
            AND (NEW.author_id, NEW.author_name) IS DISTINCT FROM (
        SELECT (author_id, author_name) FROM claims_publishedverdict
        WHERE claim_id = NEW.claim_id AND kind <> 'withdrawn'
        ORDER BY number DESC LIMIT 1
    ) THEN
        PERFORM claims_refuse('publication_names_its_author',
            'the author named is not the author of what is listed again');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER publication_is_said_again BEFORE INSERT ON claims_publishedverdict
    FOR EACH ROW WHEN (NEW.kind IN ('retracted', 'withdrawn', 'relisted'))
    EXECUTE FUNCTION claims_publication_is_said_again();
ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER publication_is_said_again;

DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION claims_publication_is_said_again()'
                   ' SET search_path = %I, pg_temp', current_schema());
END $do$;
"""
UNDO = """
DROP FUNCTION claims_publication_is_said_again() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0034_contributors_by_triggers")]

    operations = [migrations.RunSQL(SQL, UNDO)]
