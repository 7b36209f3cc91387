"""Triggers, functions, constraints and columns, compared with what migrations made.

`definitions.json` holds the definitions of a freshly migrated database; a test keeps
it equal to one, and `check_integrity --record-definitions` writes it anew.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from django.db import connection

from claims.checks import contract
from claims.checks.spelling import as_restored

RECORDED = Path(__file__).with_name("definitions.json")

MODES = {
    "O": "ENABLE",
    "A": "ENABLE ALWAYS",
    "R": "ENABLE REPLICA",
    "D": "DISABLE",
}

# Name, how it is enabled ('' where that means nothing), definition. The names of
# PostgreSQL's own triggers hold numbers; they are asked for apart, by MEDDLED.
TRIGGERS = r"""
SELECT c.relname || '.' || t.tgname, t.tgenabled::text,
       pg_get_triggerdef(t.oid)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
  AND c.relname LIKE 'claims\_%'
"""
FUNCTIONS = r"""
SELECT p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', '',
       concat_ws(' ', l.lanname, p.prokind, p.provolatile, p.proisstrict,
                 p.prosecdef,
                 -- The schema may have another name elsewhere.
                 replace(p.proconfig::text, current_schema() || ', pg_temp', 'pg_temp'),
                 pg_get_function_result(p.oid),
                 p.prosrc, pg_get_function_sqlbody(p.oid))
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
WHERE p.pronamespace = current_schema()::regnamespace
  AND (p.proname LIKE 'claims\_%' OR p.proname LIKE 'claim\_%')
"""
CONSTRAINTS = r"""
SELECT c.relname || '.' || k.conname,
       CASE WHEN k.convalidated THEN '' ELSE 'NOT VALID' END,
       pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
-- Whether a column may be empty stands with the column.
WHERE k.contype NOT IN ('n', 't')
  AND c.relnamespace = current_schema()::regnamespace
  AND c.relname LIKE 'claims\_%'
"""
INDEXES = r"""
SELECT c.relname || '.' || i.relname, '',
       pg_get_indexdef(x.indexrelid) || ' ' || x.indisvalid
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid
JOIN pg_class i ON i.oid = x.indexrelid
WHERE x.indisunique AND c.relkind = 'r'
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid)
  AND c.relnamespace = current_schema()::regnamespace
  AND c.relname LIKE 'claims\_%'
"""
COLUMNS = r"""
SELECT c.relname || '.' || a.attname, '',
       concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull,
                 a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
  AND c.relnamespace = current_schema()::regnamespace
  AND c.relname LIKE 'claims\_%'
"""
# Rules rewrite what a statement asks for: the migrations make none.
RULES = r"""
SELECT c.relname || '.' || r.rulename, '', pg_get_ruledef(r.oid)
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
  AND c.relname LIKE 'claims\_%'
"""
KINDS = {
    "trigger": TRIGGERS,
    "function": FUNCTIONS,
    "constraint": CONSTRAINTS,
    "unique index": INDEXES,
    "column": COLUMNS,
    "rule": RULES,
}

# The triggers by which PostgreSQL keeps foreign keys and deferred constraints.
MEDDLED = r"""
SELECT c.relname || '.' || coalesce(k.conname, t.tgname)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
LEFT JOIN pg_constraint k ON k.oid = t.tgconstraint
WHERE t.tgisinternal AND t.tgenabled <> 'O'
  AND c.relnamespace = current_schema()::regnamespace
  AND c.relname LIKE 'claims\_%'
ORDER BY 1
"""
# Whoever owns a table or a function may change it: one role owns them all.
OWNERS = r"""
WITH owner AS (
    SELECT relowner FROM pg_class
    WHERE relname = 'django_migrations'
      AND relnamespace = current_schema()::regnamespace
)
SELECT kind, name, pg_get_userbyid(held_by), pg_get_userbyid(relowner) FROM owner, (
    SELECT 'table' AS kind, relname::text AS name, relowner AS held_by
    FROM pg_class
    WHERE relkind = 'r' AND relname LIKE 'claims\_%'
      AND relnamespace = current_schema()::regnamespace
    UNION ALL
    SELECT 'function', proname, proowner FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace
      AND (proname LIKE 'claims\_%' OR proname LIKE 'claim\_%')
) held WHERE held_by <> relowner ORDER BY 1, 2
"""


def found() -> dict[str, dict[str, str]]:
    """Return each definition in the database: kind → name → how enabled, digest."""
    return {kind: _digests(query) for kind, query in KINDS.items()}


def recorded() -> dict[str, dict[str, str]]:
    """Return the definitions that the migrations make, as they were recorded."""
    return json.loads(RECORDED.read_text())


def record() -> None:
    """Write down the definitions of this database as those the migrations make."""
    RECORDED.write_text(json.dumps(found(), indent=1, sort_keys=True) + "\n")


def problems() -> list[str]:
    """Return what differs from what the migrations made, each in a sentence."""
    there, expected = found(), recorded()
    told = []
    for kind in KINDS:
        told += _differences(kind, expected.get(kind, {}), there[kind])
    with connection.cursor() as cursor:
        cursor.execute(MEDDLED)
        told += [
            f"triggers: PostgreSQL's own trigger of {name} is not enabled as it was "
            "made, so that foreign keys are not kept"
            for (name,) in cursor.fetchall()
        ]
        cursor.execute(OWNERS)
        told += [
            f"owners: the {kind} {name} belongs to {owner}, the others to {usual}"
            for kind, name, owner, usual in cursor.fetchall()
        ]
    return told


def _differences(kind, expected, there):
    group = f"{kind}s".replace("indexs", "indexes")
    for name in sorted(expected.keys() | there.keys()):
        if name not in there:
            if name in contract.names():
                continue
            yield f"{group}: the {kind} {name} is gone"
        elif name not in expected:
            yield f"{group}: there is a {kind} {name} that no migration made"
        elif there[name] != expected[name]:
            yield f"{group}: {_changed(kind, name, expected[name], there[name])}"


def _changed(kind, name, expected, there):
    (mode, definition), (mode_now, definition_now) = (
        _parted(each) for each in (expected, there)
    )
    if definition != definition_now:
        return f"the {kind} {name} is not the one that the migrations made"
    if kind != "trigger":
        return f"the {kind} {name} is {mode_now or 'valid'}"
    if mode_now == "DISABLE":
        return f"the trigger {name} is switched off"
    return f"the trigger {name} was made {mode} and is now {mode_now} only"


def _parted(entry):
    *mode, digest = entry.rsplit(", ", 1)
    return "".join(mode), digest


def _digests(query):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = re.compile(rf"\b{re.escape(cursor.fetchone()[0])}\.")
        cursor.execute(query)
        return {
            name: ", ".join(
                filter(None, [MODES.get(mode, mode), _digest(text, schema)])
            )
            for name, mode, text in cursor.fetchall()
        }


def _digest(definition, schema):
    """Return a digest that is the same in any schema, after a restore too, and however
    lines are broken."""
    plain = as_restored(" ".join(schema.sub("", definition).split()))
    return hashlib.sha256(plain.encode()).hexdigest()[:32]
