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


class Migration(migrations.Migration):
    dependencies = [("claims", "0043_printed_words_elsewhere")]

    # On the way back the numbers stay: one that was given out is never taken back.
    operations = [migrations.RunSQL(NUMBER, migrations.RunSQL.noop)]
