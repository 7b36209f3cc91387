from django.db import migrations

ADD = "ALTER TABLE claims_claim ADD COLUMN live_note text NOT NULL DEFAULT ''"
INDEX = "CREATE INDEX CONCURRENTLY live_note ON claims_claim (live_note)"


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
        migrations.RunSQL(INDEX, "DROP INDEX CONCURRENTLY live_note"),
    ]
