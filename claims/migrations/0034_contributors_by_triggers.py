"""Contributors are noted by what somebody changes, and by no call of a function.

A function with its owner's rights may be called by every login, the public one too:
only triggers have these rights now, which nobody calls.
"""

from django.db import migrations

FUNCTION = "claims_contribute(bigint[])"
TRIGGERS = (
    "claims_note_claim_contributor()",
    "claims_note_joint_contributor()",
    "claims_note_marks_contributor()",
    "claims_note_speaker_contributor()",
    "claims_note_article_contributor()",
    "claims_note_outlet_contributor()",
    "claims_note_rating_contributor()",
)
SQL = "".join(
    [
        *(f"ALTER FUNCTION {each} SECURITY DEFINER;\n" for each in TRIGGERS),
        f"ALTER FUNCTION {FUNCTION} SECURITY INVOKER;\n",
    ]
)
UNDO = "".join(
    [
        f"ALTER FUNCTION {FUNCTION} SECURITY DEFINER;\n",
        *(f"ALTER FUNCTION {each} SECURITY INVOKER;\n" for each in TRIGGERS),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0033_fill_was_public")]

    operations = [migrations.RunSQL(SQL, UNDO)]
