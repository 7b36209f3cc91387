"""Integrity checks of the change history: each row against what was logged of it.

Every table that has the trigger `log_change` is followed. What a row is now, its newest
change says; each change begins where the one before it ended; the first is an insert.
"""

from claims.checks.check import Check
from claims.checks.definitions import recorded

# What the trigger leaves out of the log.
LEFT_OUT = "ARRAY['search', 'folded', 'sort_date', 'body', 'updated_at', 'urgency']"

# Read as a row of the table: a column added since has the value that it has now, and a
# time is the same in every time zone. Statements filled in later keep their old digest.
DIFFERS = """
SELECT coalesce(t.id, h.row) FROM claims_{table} t
FULL JOIN (
    SELECT DISTINCT ON (row) row, operation, after FROM claims_change
    WHERE "table" = '{table}' ORDER BY row, id DESC
) h ON h.row = t.id
WHERE t.id IS NULL AND h.operation <> 'delete'
   OR t.id IS NOT NULL AND (h.after IS NULL OR
        to_jsonb(jsonb_populate_record(t, {after})) - {left_out}
        <> to_jsonb(t) - {left_out})
"""
FILLED_IN = (
    "CASE WHEN h.after ->> 'digest' = t.former_digest"
    " THEN h.after - 'digest' ELSE h.after END"
)

BROKEN = """
SELECT DISTINCT row FROM (
    SELECT row, operation, before, lag(after) OVER earlier AS was,
           lag(operation) OVER earlier AS operation_before
    FROM claims_change WHERE "table" = '{table}'
    WINDOW earlier AS (PARTITION BY row ORDER BY id)
) h
WHERE CASE WHEN operation = 'insert'
    THEN coalesce(operation_before, 'delete') <> 'delete'
    ELSE was IS NULL OR before <> was AND
        to_jsonb(jsonb_populate_record(
            jsonb_populate_record(NULL::claims_{table}, before), was))
        <> to_jsonb(jsonb_populate_record(NULL::claims_{table}, before))
    END
"""


def followed() -> list[str]:
    """Return the tables, without their prefix, whose every change is logged."""
    names = (name.split(".") for name in recorded()["trigger"])
    return sorted(
        table.removeprefix("claims_")
        for table, trigger in names
        if trigger == "log_change"
    )


def checks() -> list[Check]:
    """Return the checks of each followed table."""
    made = []
    for table in followed():
        after = FILLED_IN if table == "publishedverdict" else "h.after"
        names = {"table": table, "left_out": LEFT_OUT, "after": after}
        made += [
            Check(
                f"rows of {table}",
                f"rows of claims_{table} that are not as their history left them, or "
                "are missing",
                DIFFERS.format(**names),
                by_history=True,
            ),
            Check(
                f"history of {table}",
                f"rows of claims_{table} from whose history a change was taken or "
                "rewritten",
                BROKEN.format(**names),
                by_history=True,
            ),
        ]
    return made
