"""Lint the SQL of the migrations after the former version: what stops a served site.

`python -m tests.migrations.live_sql` prints what squawk finds beyond the exceptions
below, and ends with 1 if there is anything, an exception without a finding included.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django

# Also imported by tests, whose settings are there already.
if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.migrations.former_desk import FORMER

OLDEST_SERVER = "15"
# Begins the SQL of a migration whose statements are in no transaction.
ALONE = "-- Each statement by itself"
SQUAWK = shutil.which("squawk", path=str(Path(sys.executable).parent))
# Rules of squawk that are left out, each with the reason.
LEFT_OUT = {
    "require-lock-timeout": "manage.py migrate sets one for each transaction",
    "require-statement-timeout": "what fills takes as long as there are rows",
    "prefer-robust-stmts": "a step is done whole, in a transaction, or not at all, and"
    " an index beside others' work is tried again (factcheck/database/operations.py)",
    "prefer-text-field": "a length is a rule about the data here",
    "prefer-bigint-over-int": "counts within one claim or page stay small",
    "prefer-bigint-over-smallint": "numbers out of closed lists stay small",
    "ban-drop-default": "Django fills a new column by a default that it drops",
    "renaming-object": "no program names an index",
    "ban-drop-constraint": "a rule less refuses no writer",
    "ban-drop-not-null": "a rule less refuses no writer",
}


# Rule → why it does not count, and in which migrations. The desk, which alone writes
# what they change, is closed for the upgrade (factcheck/deploy/README.md).
WRITERS_WAIT = "writers wait for a scan of the table, readers do not"
EXCEPTIONS = {
    "adding-foreign-key-constraint": (
        WRITERS_WAIT,
        {"0015", "0039", "0054", "0057", "0060", "0066", "0093", "0097"},
    ),
    "require-concurrent-index-creation": (
        WRITERS_WAIT,
        {"0015", "0039", "0047", "0050", "0053", "0054", "0057", "0060", "0069"}
        | {"0070", "0093", "0097", "0038"},
    ),
    "require-concurrent-index-deletion": (
        "a moment's lock, which is waited for a tenth of a second only",
        {"0038", "0039"},
    ),
    "constraint-missing-not-valid": (
        WRITERS_WAIT,
        {"0039", "0040", "0043", "0054", "0056", "0057", "0059", "0060", "0097"}
        | {"0103"},
    ),
    "changing-column-type": (
        "a longer varchar rewrites nothing",
        {"0015", "0019", "0039"},
    ),
    "adding-required-field": ("the table is new in this migration", {"0057"}),
    "adding-field-with-default": ("the table has one row", {"0086"}),
    "adding-not-nullable-field": ("comments are few", {"0054"}),
    "ban-drop-function": ("it is made anew at once", {"0050"}),
    # The former program shows comments at the desk alone.
    "renaming-table": ("read at the desk alone, which is closed", {"0054"}),
    "ban-drop-column": ("read at the desk alone, which is closed", {"0054"}),
}


def statements():
    """Yield name and SQL of each migration after the former version's, in order."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    graph = loader.graph
    before = set(graph.forwards_plan(FORMER))
    state = loader.project_state(FORMER)
    for node in graph.forwards_plan(graph.leaf_nodes("claims")[0]):
        if node in before:
            continue
        migration = graph.nodes[node]
        how = {"collect_sql": True, "atomic": migration.atomic}
        with connection.schema_editor(**how) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        if node[0] == "claims":
            head = [] if migration.atomic else [ALONE]
            yield node[1], "\n".join(head + editor.collected_sql)


def findings(sqls) -> Iterator[tuple[str, str, str]]:
    """Yield migration, rule and statement of what squawk finds in names with SQL."""
    with tempfile.TemporaryDirectory() as folder:
        lines, together, alone = {}, [], []
        for name, sql in sqls:
            file = str(Path(folder, f"{name}.sql"))
            Path(file).write_text(sql)
            lines[file] = sql.splitlines()
            (alone if sql.startswith(ALONE) else together).append(file)
        for files, how in [(together, ["--assume-in-transaction"]), (alone, [])]:
            for each in squawk(*how, *files) if files else []:
                line = lines[each["file"]][each["line"]]
                yield Path(each["file"]).stem, each["rule_name"], line.strip()


def squawk(*arguments):
    command = [SQUAWK, "--pg-version", OLDEST_SERVER, "--reporter", "json"]
    command += ["--exclude", ",".join(LEFT_OUT), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout or "[]")


def problems(sqls) -> list[str]:
    """Return what stands in no exception, and exceptions that nothing needs."""
    told, used = [], set()
    for name, rule, line in findings(sqls):
        number = name[:4]
        used.add((rule, number))
        if number not in EXCEPTIONS.get(rule, ("", ()))[1]:
            told.append(f"{name}: {rule}: {line[:200]}")
    for rule, (_reason, numbers) in EXCEPTIONS.items():
        told += [
            f"{number}: nothing needs the exception of {rule}"
            for number in sorted(numbers)
            if (rule, number) not in used
        ]
    return told


def main():
    # The names of foreign keys are looked up in a database that is as it will be.
    call_command("migrate", verbosity=0, interactive=False)
    sqls = list(statements())
    told = problems(sqls)
    print(*told, f"{len(sqls)} migrations linted", sep="\n")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
