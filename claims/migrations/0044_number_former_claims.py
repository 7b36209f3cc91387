"""Claims that readers saw before changes were numbered get a number like all others.

Whoever follows the changes from 0 on then comes by every claim.
"""

from django.db import migrations

NUMBER = """
WITH former AS (
    SELECT id, state, changed_at, row_number() OVER (ORDER BY changed_at, id) AS step
    FROM claims_publicclaim WHERE change_number = 0
),
counter AS (
    UPDATE claims_changecounter
    SET number = number + (SELECT count(*) FROM former), at = clock_timestamp()
    WHERE EXISTS (SELECT FROM former)
    RETURNING number - (SELECT count(*) FROM former) AS before
),
facts AS (
    UPDATE claims_publicclaim f SET change_number = counter.before + former.step
    FROM former, counter WHERE f.id = former.id
)
INSERT INTO claims_publicchange (number, kind, claim_id, at)
SELECT counter.before + former.step, former.state, former.id, former.changed_at
FROM former, counter
"""

# A number that somebody may have read of another change is never taken back.
BACK = """
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM claims_publicchange c
        LEFT JOIN claims_publicclaim f
            ON f.id = c.claim_id AND f.change_number = c.number AND f.changed_at = c.at
        WHERE f.id IS NULL
    ) THEN
        RETURN;
    END IF;
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE claims_publicchange DISABLE TRIGGER append_only;
    ALTER TABLE claims_publicclaim DISABLE TRIGGER USER;
    DELETE FROM claims_publicchange;
    UPDATE claims_publicclaim SET change_number = 0;
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE claims_publicclaim ENABLE TRIGGER USER;
    ALTER TABLE claims_publicchange ENABLE ALWAYS TRIGGER append_only;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0043_printed_words_elsewhere")]

    operations = [migrations.RunSQL(NUMBER, BACK)]
