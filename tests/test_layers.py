"""Each module imports only from layers below its own; a new module is added here."""

import ast
from pathlib import Path

import pytest

CLAIMS = Path(__file__).parent.parent / "claims"

LAYERS = [
    {"attribution"},
    {"text"},
    {
        "choices",
        "search",
        "refusals",
        "paging",
        "data_dictionary",
        "languages",
        "networks",
        "checks",
    },
    {"querysets", "query_strings", "exports", "addresses", "machines"},
    {"models"},
    {"snapshots"},
    {
        "workflow",
        "annotation",
        "imports",
        "filters",
        "structured_data",
        "interchange",
        "reading",
    },
    {"desk", "seeding", "benchmark"},
    {"forms", "claim_imports"},
    {
        "views",
        "feeds",
        "sitemaps",
        "templatetags",
        "management",
        "middleware",
        "admin_site",
        "admin.annotate",
    },
    {"admin"},
    {"urls"},
]
# Rooms that know nothing but the standard library and each other.
PLAIN = {"attribution", "text"}
ANYWHERE = {"migrations", "apps", "__init__"}


def module_of(path):
    """Return the layered name of a file: `models`, `admin.annotate`, `views`."""
    parts = path.relative_to(CLAIMS).with_suffix("").parts
    if parts[:2] == ("admin", "annotate"):
        return "admin.annotate"
    return parts[0]


def name_of(dotted):
    """Return the layered name that an import of ours means."""
    parts = dotted.split(".")[1:]
    if parts[:2] == ["admin", "annotate"]:
        return "admin.annotate"
    return parts[0] if parts else None


def layer(name):
    for number, names in enumerate(LAYERS):
        if name in names:
            return number
    raise AssertionError(f"claims/{name} stands in no layer: add it to the list")


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "claims":
                yield from (f"claims.{alias.name}" for alias in node.names)
            else:
                yield node.module


FILES = [
    path
    for path in sorted(CLAIMS.rglob("*.py"))
    if path.relative_to(CLAIMS).with_suffix("").parts[0] not in ANYWHERE
]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(CLAIMS)))
def test_a_module_imports_only_from_lower_layers(path):
    own = module_of(path)
    for dotted in imports(path):
        if dotted.split(".")[0] != "claims":
            assert (
                own not in {"attribution", "text"} or dotted.split(".")[0] != "django"
            )
            continue
        other = name_of(dotted)
        if other is None or other == own:
            continue
        assert layer(other) < layer(own), f"{own} imports {other}"


def test_the_package_itself_imports_nothing():
    assert (CLAIMS / "__init__.py").read_text() == ""


def test_migrations_import_nothing_of_ours():
    for path in (CLAIMS / "migrations").glob("*.py"):
        ours = [name for name in imports(path) if name.split(".")[0] == "claims"]
        assert ours == [], path.name
