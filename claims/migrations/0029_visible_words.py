"""Words that nobody can see are stored nowhere: names, sentences, reasons, notes.

What stood there before stays; only new words are looked at.
"""

from django.db import migrations

TABLES = (
    "outlet",
    "article",
    "speaker",
    "speakeralias",
    "speakerrole",
    "topic",
    "claim",
    "rating",
    "verdict",
    "evidence",
    "verdictcomment",
    "secondrating",
    "transition",
    "readerreport",
    "removalrequest",
)

# As claims/text/visible.py says it.
INVISIBLE = (
    r"[\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u115F\u1160"
    r"\u17B4\u17B5\u180E\u200B\u2028\u2029\u202A-\u202E\u2060-\u206F\u3164\uFEFF"
    r"\uFFA0\uFFF9-\uFFFB\uFFFE\uFFFF\U000E0000-\U000E007F]"
)

CREATE = rf"""
CREATE FUNCTION claims_words_are_visible() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found text;
BEGIN
    -- Words of the article are printed; its own text has its own rule.
    SELECT key INTO found FROM jsonb_each_text(to_jsonb(NEW) - ARRAY['quote', 'search'])
        WHERE value ~ '{INVISIBLE}'
          AND (TG_OP = 'INSERT' OR value IS DISTINCT FROM to_jsonb(OLD) ->> key)
        LIMIT 1;
    IF found IS NOT NULL THEN
        PERFORM claims_refuse('words_are_visible',
            format('%s of %s holds characters that nobody can see', found, TG_TABLE_NAME));
    END IF;
    RETURN NEW;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER words_are_visible BEFORE INSERT OR UPDATE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_words_are_visible();
"""
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0028_redactions")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION claims_words_are_visible() CASCADE;")
    ]
