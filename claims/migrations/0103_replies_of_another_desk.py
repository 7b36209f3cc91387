"""A check of another desk keeps whom that desk asked, and what came of the check.

Of a desk of this kind alone; and as no request that this desk made, whose number a
request here might have.
"""

from django.db import migrations

TYPES = "jsonb_typeof(replies) = 'array' AND jsonb_typeof(outcomes) = 'array'"
NOTHING = "replies = '[]' AND outcomes = '[]' AND not_asked_reason = ''"
BEFORE = f"""
ALTER TABLE claims_publishedverdict
    ADD CONSTRAINT publication_replies_are_the_desks CHECK (
        {TYPES} AND (publisher = '' OR {NOTHING})
    );
"""
AFTER = f"""
ALTER TABLE claims_publishedverdict
    ADD CONSTRAINT publication_replies_are_of_its_desk CHECK (
        {TYPES} AND (
            publisher = '' OR {NOTHING}
            OR source_kind <> '' AND NOT jsonb_path_exists(replies, '$[*].id'))
    );
"""
DROP = "ALTER TABLE claims_publishedverdict DROP CONSTRAINT {};"
# The way back would lose them.
REFUSAL = f"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_publishedverdict
               WHERE publisher <> '' AND NOT ({NOTHING})) THEN
        RAISE EXCEPTION 'Checks of another desk say whom that desk asked, which the '
            'version before cannot hold: restore the copy made before the upgrade.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0102_fill_urgency")]

    operations = [
        migrations.RunSQL(
            DROP.format("publication_replies_are_the_desks") + AFTER,
            REFUSAL + DROP.format("publication_replies_are_of_its_desk") + BEFORE,
        )
    ]
