"""When anything last changed that a public page shows: what tags and dates of pages say.

The change counter's number tells of claims and speakers. Names of topics and outlets,
the scale, pages about the desk and whatever else stands beside them move its time alone.
"""

from django.db import migrations, models
from django.db.models.functions import Now

# Whether a row is one that readers see, by what the trigger on its table is given.
NOTED = """
CREATE FUNCTION claims_counter_modified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- No two states of the record share a second, so that a date tells them apart.
    NEW.modified := date_trunc('second', greatest(
        clock_timestamp(), OLD.modified + interval '1 second'));
    RETURN NEW;
END $$;
CREATE TRIGGER counter_modified BEFORE UPDATE ON claims_changecounter
    FOR EACH ROW EXECUTE FUNCTION claims_counter_modified();

CREATE FUNCTION claims_note_page() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    this text := pg_current_xact_id()::text;
    one jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    shown boolean;
BEGIN
    IF current_setting('claims.page_noted', true) = this THEN
        RETURN NULL;
    END IF;
    CASE TG_ARGV[0]
        WHEN 'all' THEN shown := true;
        WHEN 'own' THEN shown := (one ->> 'was_public')::boolean;
        WHEN 'speaker' THEN shown := (SELECT was_public FROM claims_speaker
            WHERE id = (one ->> 'speaker_id')::bigint);
        WHEN 'article' THEN shown := (SELECT was_public FROM claims_article
            WHERE id = (one ->> 'article_id')::bigint);
        WHEN 'claims' THEN shown := 2 = (SELECT count(*) FROM claims_publicclaim
            WHERE id IN ((one ->> 'claim_id')::bigint, (one ->> 'to_id')::bigint)
              AND listed_at IS NOT NULL);
    END CASE;
    IF shown THEN
        UPDATE claims_changecounter SET number = number;
        PERFORM set_config('claims.page_noted', this, true);
    END IF;
    RETURN NULL;
END $$;
DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION claims_note_page() SET search_path = %I, pg_temp',
                   current_schema());
END $do$;
"""
# At the end of the transaction: the counter stays locked from here on, and nothing
# else is locked after it.
ON_TABLE = """
CREATE CONSTRAINT TRIGGER note_page AFTER INSERT OR UPDATE OR DELETE ON claims_{table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION claims_note_page('{shown}');
"""
TABLES = {
    "rating": "all",
    "pageversion": "all",
    "publishedhead": "all",
    "topic": "own",
    "outlet": "own",
    "article": "own",
    "speaker": "own",
    "speakeralias": "speaker",
    "speakerrole": "speaker",
    "redaction": "article",
    "claimrelation": "claims",
}
UNDO = """
DROP FUNCTION claims_note_page() CASCADE;
DROP FUNCTION claims_counter_modified() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0079_reports_answered")]

    operations = [
        migrations.AddField(
            "changecounter",
            "modified",
            models.DateTimeField(db_default=Now(), editable=False),
        ),
        migrations.RunSQL(
            [
                NOTED,
                *(
                    ON_TABLE.format(table=table, shown=shown)
                    for table, shown in TABLES.items()
                ),
            ],
            UNDO,
        ),
    ]
