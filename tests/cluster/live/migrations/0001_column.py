from django.db import migrations

# Each step may be the second try of one that gave way, or of one that was done.
ADD = """
ALTER TABLE claims_claim ADD COLUMN IF NOT EXISTS live_note text NOT NULL DEFAULT ''"""
INDEX = "CREATE INDEX CONCURRENTLY live_note ON claims_claim (live_note)"
DROP_INDEX = "DROP INDEX CONCURRENTLY IF EXISTS live_note"


class Migration(migrations.Migration):
    """A column and an index of the table that the desk writes most, beside the load."""

    # An index made concurrently is made outside of any transaction.
    atomic = False
    dependencies = []
    operations = [
        migrations.RunSQL(
            ["SET lock_timeout = '2s'", ADD, "RESET lock_timeout"],
            "ALTER TABLE claims_claim DROP COLUMN live_note",
        ),
        migrations.RunSQL([DROP_INDEX, INDEX], DROP_INDEX),
    ]
