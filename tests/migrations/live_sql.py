"""Lint the SQL of the migrations after the former version: what stops a served site.

`python -m tests.migrations.live_sql` prints what squawk finds beyond the exceptions
below, and ends with 1 if there is anything, an exception without a finding included.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.migrations.former_desk import FORMER

SQUAWK = shutil.which("squawk", path=str(Path(sys.executable).parent))
# Rules of squawk that are left out, each with the reason.
LEFT_OUT = {
    "require-lock-timeout": "manage.py migrate sets one for each transaction",
    "require-statement-timeout": "what fills takes as long as there are rows",
    "prefer-robust-stmts": "a step is done whole, in a transaction, or not at all",
    "prefer-text-field": "a length is a rule about the data here",
    "prefer-bigint-over-int": "counts within one claim or page stay small",
    "prefer-bigint-over-smallint": "numbers out of closed lists stay small",
    "ban-drop-default": "Django fills a new column by a default that it drops",
    "renaming-object": "no program names an index",
    "ban-drop-constraint": "a rule less refuses no writer",
    "ban-drop-not-null": "a rule less refuses no writer",
}


def statements(first_after=FORMER):
    """Return name → SQL of each migration of ours after one, as sqlmigrate prints it."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    graph = loader.graph
    plan = graph.forwards_plan(graph.leaf_nodes("claims")[0])
    before = set(graph.forwards_plan(first_after))
    state = loader.project_state(first_after)
    found = {}
    for node in plan:
        if node in before:
            continue
        migration = graph.nodes[node]
        with connection.schema_editor(
            collect_sql=True, atomic=migration.atomic
        ) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        if node[0] == "claims":
            found[node[1]] = "\n".join(editor.collected_sql)
    return found
