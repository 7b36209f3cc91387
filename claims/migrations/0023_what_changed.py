"""What readers saw before a change and see since, beside the change itself."""

from django.db import migrations, models

# The way back would lose them.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_publicchange) THEN
        RAISE EXCEPTION 'Programs that follow the changes have read of some that the '
            'version before does not tell: restore the copy made before the upgrade.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0020_desk_writes_name_somebody")]

    operations = [
        migrations.AddField(
            model_name="publicchange",
            name="differences",
            field=models.JSONField(null=True),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
