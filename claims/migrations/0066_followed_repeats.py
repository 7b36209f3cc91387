"""A repeat without a verdict of its own is shown with that of the first claim."""

import django.db.models.deletion
from django.db import migrations, models

# Rating 0 (never reviewed) becomes -3 (repeats a checked claim) where it does, and the
# facet code with it. No change is numbered: every record has new fields now.
FILL = """
LOCK TABLE claims_publicclaim IN SHARE ROW EXCLUSIVE MODE;
CREATE TEMPORARY TABLE follows ON COMMIT DROP AS
SELECT f.id, said.times, CASE WHEN f.current_id IS NULL THEN checked.id END AS verdict,
       f.current_id IS NULL AND checked.kind NOT IN ('retracted', 'withdrawn')
           AS repeats
FROM claims_publicclaim f
LEFT JOIN claims_publicclaim first ON first.id = f.repeats_id
LEFT JOIN claims_publishedverdict checked ON checked.id = first.current_id
CROSS JOIN LATERAL (
    SELECT CASE f.state WHEN 'listed' THEN 1 + count(*) ELSE 1 END AS times
    FROM claims_publicclaim o WHERE o.repeats_id = coalesce(f.repeats_id, f.id)
      AND o.repeats_id IS NOT NULL AND o.state = 'listed'
) said
WHERE f.repeats_id IS NOT NULL OR EXISTS (
    SELECT FROM claims_publicclaim o
    WHERE o.repeats_id = f.id AND o.repeats_id IS NOT NULL);
UPDATE claims_publicwords w SET facets = ARRAY(
    SELECT CASE code WHEN 10000010 THEN 10000007 ELSE code END AS code
    FROM unnest(w.facets) code ORDER BY 1)
FROM follows WHERE follows.id = w.id AND follows.repeats;
UPDATE claims_publicclaim f SET times_said = times, first_verdict_id = verdict,
    rating = CASE WHEN follows.repeats THEN -3 ELSE f.rating END,
    facets = CASE WHEN follows.repeats THEN ARRAY(
        SELECT CASE code WHEN 10000010 THEN 10000007 ELSE code END AS code
        FROM unnest(f.facets) code ORDER BY 1) ELSE f.facets END
FROM follows WHERE f.id = follows.id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
BACK = """
UPDATE claims_publicwords w SET facets = ARRAY(
    SELECT CASE code WHEN 10000007 THEN 10000010 ELSE code END AS code
    FROM unnest(w.facets) code ORDER BY 1)
FROM claims_publicclaim f WHERE f.id = w.id AND f.rating = -3;
UPDATE claims_publicclaim SET rating = 0, facets = ARRAY(
    SELECT CASE code WHEN 10000007 THEN 10000010 ELSE code END AS code
    FROM unnest(facets) code ORDER BY 1)
WHERE rating = -3;
SET CONSTRAINTS ALL IMMEDIATE;
"""

# The guard of the record knows what a repeat shows.
FIRST = """FROM claims_claim first
                 LEFT JOIN claims_publishedverdict f ON f.id = first.current_id
                 WHERE first.id = c.repeats_id AND first.status = 'listed'"""
GUARD = [
    ("NEW.listed_at, NEW.state)",
     "NEW.listed_at, NEW.state, NEW.repeats_id, NEW.first_verdict_id)"),
    ("p.id IS NULL THEN 0 WHEN p.kind IN",
     f"""p.id IS NULL THEN coalesce((
                 SELECT CASE WHEN f.kind NOT IN ('retracted', 'withdrawn') THEN -3 END
                 {FIRST}), 0)
                 WHEN p.kind IN"""),
    ("CASE c.status WHEN 'listed' THEN 'listed' ELSE 'withdrawn' END)",
     f"""CASE c.status WHEN 'listed' THEN 'listed' ELSE 'withdrawn' END,
            (SELECT first.id {FIRST}),
            CASE WHEN p.id IS NULL THEN (SELECT f.id {FIRST}) END)"""),
]  # fmt: skip


def guard(*, back=False):
    """Return the SQL that puts each new part of the guard in place of the old one."""
    parts = [(new, old) if back else (old, new) for old, new in GUARD]
    steps = "".join(
        f"""
    IF strpos(definition, $q${old}$q$) = 0 THEN
        RAISE EXCEPTION 'A part to change is missing in claims_record_guard().';
    END IF;
    definition := replace(definition, $q${old}$q$, $q${new}$q$);"""
        for old, new in parts
    )
    return f"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('claims_record_guard()'::regprocedure);
BEGIN{steps}
    EXECUTE definition;
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0065_relations_of_claims"),
    ]

    operations = [
        migrations.AddField(
            model_name="publicclaim",
            name="first_verdict",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="claims.publishedverdict",
            ),
        ),
        migrations.AddField(
            model_name="publicclaim",
            name="times_said",
            field=models.IntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="publicwords",
            name="relations",
            field=models.JSONField(
                db_default=models.Value([], models.JSONField()), default=list
            ),
        ),
        migrations.AlterField(
            model_name="publicclaim",
            name="rating",
            field=models.IntegerField(
                help_text="Key of the rating in force; 0: never reviewed; -1: retracted; -2: rated elsewhere, off the desk's scale; -3: repeats a claim rated so."
            ),
        ),
        migrations.RunSQL(guard(), migrations.RunSQL.noop),
        migrations.RunSQL(FILL, BACK),
        migrations.RunSQL(migrations.RunSQL.noop, guard(back=True)),
    ]
