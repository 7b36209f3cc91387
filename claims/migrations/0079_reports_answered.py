"""When a reader's report was answered, and what readers see of all of them: figures."""

from django.db import migrations, models

FILL = """
UPDATE claims_readerreport r SET answered_at = (
    SELECT min(c.at) FROM claims_change c
    WHERE c."table" = 'readerreport' AND c.row = r.id
      AND c.before ->> 'status' = 'open' AND c.after ->> 'status' <> 'open')
WHERE status <> 'open';
"""
ANSWERED = r"""
CREATE FUNCTION claims_report_is_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.answered_at := CASE
        WHEN NEW.status = 'open' THEN NULL
        WHEN TG_OP = 'INSERT' OR OLD.status = 'open' THEN clock_timestamp()
        ELSE OLD.answered_at END;
    RETURN NEW;
END $$;
CREATE TRIGGER report_is_answered BEFORE INSERT OR UPDATE ON claims_readerreport
    FOR EACH ROW EXECUTE FUNCTION claims_report_is_answered();
ALTER TABLE claims_readerreport ENABLE ALWAYS TRIGGER report_is_answered;

-- Reports of errors on some days, each with the last day on which to answer it.
CREATE FUNCTION claims_report_figures(days date[], dues date[])
RETURNS TABLE (reports bigint, answered bigint, in_time bigint, late bigint,
               median_to_answer interval)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT count(*), count(*) FILTER (WHERE r.status <> 'open'),
        count(*) FILTER (WHERE (r.answered_at AT TIME ZONE 'UTC')::date <= d.due),
        count(*) FILTER (WHERE r.status = 'open'
            AND d.due < (clock_timestamp() AT TIME ZONE 'UTC')::date),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY r.answered_at - r.created_at)
    FROM claims_readerreport r
    JOIN unnest(days, dues) d (day, due)
        ON d.day = (r.created_at AT TIME ZONE 'UTC')::date
    WHERE r.kind = 'error' AND r.created_at >= (
        SELECT min(each) FROM unnest(days) each)
$$;
DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION claims_report_is_answered()'
                   ' SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION claims_report_figures(date[], date[])'
                   ' SET search_path = %I, pg_temp', current_schema());
END $do$;
"""
UNDO = """
DROP FUNCTION claims_report_figures(date[], date[]);
DROP FUNCTION claims_report_is_answered() CASCADE;
-- The history says where it went: the way forward fills it again.
UPDATE claims_readerreport SET answered_at = NULL WHERE answered_at IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0078_desk_pages")]

    operations = [
        migrations.AddField(
            "readerreport",
            "answered_at",
            models.DateTimeField(editable=False, null=True),
        ),
        # While rows wait for a check of theirs no trigger can be made.
        migrations.RunSQL([FILL, "SET CONSTRAINTS ALL IMMEDIATE;", ANSWERED], UNDO),
    ]
