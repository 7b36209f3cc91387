"""Django's schema editor, for servers that spare no table whose row a function takes.

The minor versions of PostgreSQL of late 2026 (15.20 and its siblings) refuse to add a
column with a default or an expression to a table while a function whose body is stored
parsed (RETURN, BEGIN ATOMIC) takes its row.
"""

from contextlib import contextmanager

from django.db import NotSupportedError, transaction
from django.db.backends.postgresql import schema
from psycopg import sql

# Functions with a parsed body that take a row, or an array of rows, of some table.
TAKING_ROWS = """
SELECT DISTINCT p.oid, pg_get_functiondef(p.oid), pg_get_function_sqlbody(p.oid)
FROM pg_proc p
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND d.refobjid = t.oid
LEFT JOIN pg_type member ON member.oid = t.typelem
JOIN pg_class c ON c.oid IN (t.typrelid, member.typrelid) AND c.relkind IN ('r', 'p')
WHERE p.prosqlbody IS NOT NULL AND p.pronamespace = current_schema()::regnamespace
ORDER BY p.oid
"""


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    def execute(self, sql, params=()):
        """Run a statement; where a row's functions are in its way, put them aside."""
        if self.collect_sql or "ALTER TABLE" not in str(sql):
            return super().execute(sql, params)
        alias = self.connection.alias
        try:
            with transaction.atomic(alias):
                return super().execute(sql, params)
        except NotSupportedError:
            with transaction.atomic(alias), functions_put_aside(self.connection) as few:
                if not few:
                    raise
                return super().execute(sql, params)


@contextmanager
def functions_put_aside(connection):
    """Give functions that take a row a body of text for a while; yield their number.

    They say the same meanwhile, and are put back as they were.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKING_ROWS)
        functions = cursor.fetchall()
        for _oid, definition, body in functions:
            head = definition[: definition.rindex(body)]
            text = sql.Literal(statements_of(body)).as_string(cursor.connection)
            cursor.execute(f"{head}AS {text}".replace("%", "%%"), [])
        yield len(functions)
        for _oid, definition, _body in functions:
            cursor.execute(definition.replace("%", "%%"), [])


def statements_of(body: str) -> str:
    """Return what a parsed body does, as the text of an ordinary one.

    >>> statements_of("RETURN lower(name)")
    'SELECT lower(name)'
    >>> statements_of("BEGIN ATOMIC\\n SELECT 1;\\nEND").strip()
    'SELECT 1;'
    """
    words = body.strip()
    if words.upper().startswith("RETURN"):
        return f"SELECT{words[len('RETURN') :]}"
    return words[len("BEGIN ATOMIC") : -len("END")]
