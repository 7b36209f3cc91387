"""Who asked for a correction: a reader, the speaker, or nobody but the desk."""

from django.db import migrations, models

CHOICES = [
    ("desk", "The desk itself"),
    ("reader", "A reader"),
    ("speaker", "The speaker"),
]

# A publication without it keeps the digest that it had before the column was there.
DIGESTS = r"""
CREATE OR REPLACE FUNCTION claims_publication_digest(
    p claims_publishedverdict, before text
) RETURNS text LANGUAGE sql STABLE SET timezone = 'UTC'
RETURN encode(sha256(convert_to(
    before || (to_jsonb(p) - ARRAY['id', 'digest', 'search'] - CASE
        WHEN p.asked_by = '' THEN 'asked_by' ELSE 'id' END)::text, 'UTF8')), 'hex');
"""
FORMER_DIGESTS = r"""
CREATE OR REPLACE FUNCTION claims_publication_digest(
    p claims_publishedverdict, before text
) RETURNS text LANGUAGE sql STABLE SET timezone = 'UTC'
RETURN encode(sha256(convert_to(
    before || (to_jsonb(p) - ARRAY['id', 'digest', 'search'])::text, 'UTF8')), 'hex');
"""
# The digest of before the statements were filled in knows neither.
STATEMENT = (
    "speaker_id",
    "speaker_kind",
    "speaker_role",
    "speakers",
    "via_id",
    "via_name",
    "attribution",
    "stated_on",
    "stated_precision",
    "stated_basis",
    "checkability",
    "cue",
    "speaker_words",
    "marks",
    "text_id",
    "headline",
    "outlet_name",
    "article_url",
    "article_published_on",
    "statement_basis",
    "former_digest",
)


def first_digest(*columns):
    left_out = ", ".join(f"'{column}'" for column in columns)
    return f"""
CREATE OR REPLACE FUNCTION claims_former_publication_digest(
    p claims_publishedverdict, before text
) RETURNS text LANGUAGE sql STABLE SET timezone = 'UTC'
RETURN encode(sha256(convert_to(
    before || (to_jsonb(p) - ARRAY['id', 'digest', 'search', {left_out}])::text,
    'UTF8')), 'hex');
"""


def in_guards(before, after):
    """Return the change of what steps set on a verdict, in the guards that know it."""
    return f"""
DO $do$
DECLARE
    guard text;
BEGIN
    FOREACH guard IN ARRAY
        ARRAY['claims_verdict_guard()', 'claims_note_contributor()'] LOOP
        EXECUTE replace(pg_get_functiondef(guard::regprocedure),
                        $q${before}$q$, $q${after}$q$);
    END LOOP;
END $do$;
"""


SET_BY_STEPS = ("'correction_note',", "'correction_note', 'correction_asked_by',")

# The way back would lose them.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_publishedverdict WHERE asked_by <> '')
            OR EXISTS (SELECT FROM claims_verdict WHERE correction_asked_by <> '') THEN
        RAISE EXCEPTION 'It is written down who asked for a correction, which the '
            'version before cannot hold: restore the copy made before the upgrade.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0023_what_changed")]

    operations = [
        migrations.AddField(
            model_name="verdict",
            name="correction_asked_by",
            field=models.CharField(
                max_length=7, blank=True, default="", editable=False, choices=CHOICES
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="asked_by",
            field=models.CharField(
                max_length=7, blank=True, default="", choices=CHOICES
            ),
        ),
        migrations.RunSQL(
            [
                DIGESTS,
                first_digest(*STATEMENT, "asked_by"),
                in_guards(*SET_BY_STEPS),
            ],
            [
                FORMER_DIGESTS,
                first_digest(*STATEMENT),
                in_guards(*reversed(SET_BY_STEPS)),
            ],
        ),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
