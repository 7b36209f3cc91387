"""Between which days and keys the claims of a facet code lie, kept with their number.

Who writes what readers see waits while they are filled: this reads each row once.
"""

from django.db import migrations, models

COUNT = """
CREATE OR REPLACE FUNCTION claims_count_facets_{name}() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO claims_facetcount AS kept ({columns})
        SELECT {values} FROM ({steps}) steps
        GROUP BY facet ORDER BY facet
    ON CONFLICT (facet) DO UPDATE SET
        {kept};
    RETURN NULL;
END $$;
"""
COUNTED = {"facet": "facet", "count": "sum(step)", "changed_at": "max(changed_at)"}
KEPT = [
    "count = kept.count + EXCLUDED.count",
    "changed_at = greatest(kept.changed_at, EXCLUDED.changed_at)",
]
ENDS = {
    "stated": "sort_date",
    "published": "published_at",
    "listed": "listed_at",
    "claim": "id",
}
FIELDS = {"stated": models.DateField, "claim": models.BigIntegerField}
SPANS = {
    f"{name}_{end}": f"{pick}({column})"
    for name, column in ENDS.items()
    for end, pick in (("from", "min"), ("until", "max"))
}
# Who leaves takes no day along: it may be another's too.
SPANS_ADDED = {
    name: f"{value} FILTER (WHERE step > 0)" for name, value in SPANS.items()
}
SPANS_KEPT = [
    f"{name} = {pick}(kept.{name}, EXCLUDED.{name})"
    for name in SPANS
    for pick in ["least" if name.endswith("from") else "greatest"]
]


def count(values, kept, columns):
    """Return the three functions that count, of these columns of a row."""
    rows = "SELECT unnest(facets) AS facet, {step} AS step, {columns} FROM {table}"
    rows += " WHERE state = 'listed'"
    columns = ", ".join(columns)
    added = rows.format(step=1, columns=columns, table="added")
    removed = rows.format(step=-1, columns=columns, table="removed")
    steps = {
        "insert": added,
        "delete": removed,
        "update": f"{added} UNION ALL {removed}",
    }
    return "".join(
        COUNT.format(
            name=name,
            columns=", ".join(values),
            values=", ".join(values.values()),
            steps=each,
            kept=",\n        ".join(kept),
        )
        for name, each in steps.items()
    )


BEFORE = count(COUNTED, KEPT, ["changed_at"])
AFTER = count(COUNTED | SPANS_ADDED, KEPT + SPANS_KEPT, ["changed_at", *ENDS.values()])
FILL = f"""
LOCK TABLE claims_publicclaim IN SHARE ROW EXCLUSIVE MODE;
UPDATE claims_facetcount kept SET {", ".join(f"{name} = found.{name}" for name in SPANS)}
FROM (
    SELECT facet, {", ".join(f"{value} AS {name}" for name, value in SPANS.items())}
    FROM claims_publicclaim, unnest(facets) facet WHERE state = 'listed' GROUP BY facet
) found WHERE found.facet = kept.facet;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0047_same_sentences")]

    operations = [
        *(
            migrations.AddField(
                "facetcount",
                name,
                FIELDS.get(name.partition("_")[0], models.DateTimeField)(null=True),
            )
            for name in SPANS
        ),
        migrations.RunSQL(AFTER + FILL, BEFORE),
    ]
