"""The size of modules, functions and packages: small enough to be read at once."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = [
    path.relative_to(ROOT)
    for package in ("claims", "factcheck")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]
LONGEST_MODULE, LONGEST_FUNCTION, MOST_ROOMS = 400, 60, 30
# Lists of data, a row for each entry.
TABLES = {
    Path("claims/attribution/languages/en/cue_verbs.py"),
    Path("claims/exchange/columns.py"),
    Path("claims/exchange/record_fields.py"),
}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_and_each_of_its_functions_fit_on_few_screens(path):
    source = (ROOT / path).read_text(encoding="utf-8")
    if path not in TABLES:
        assert len(source.splitlines()) <= LONGEST_MODULE
    too_long = [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert too_long == []


def test_every_table_is_still_there():
    assert set(MODULES) >= TABLES


def test_the_first_level_of_claims_can_be_overlooked():
    rooms = [
        path.name
        for path in (ROOT / "claims").iterdir()
        if path.name not in {"__init__.py", "__pycache__"}
    ]
    assert len(rooms) <= MOST_ROOMS, sorted(rooms)
