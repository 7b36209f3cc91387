"""Each module imports only from floors below its own; a new room is added here."""

import ast
from pathlib import Path

import pytest

CLAIMS = Path(__file__).parent.parent / "claims"

# A room is a module or package of claims/, or one inside it that is named here.
FLOORS = [
    {"attribution"},
    {"text"},
    {"exceptions", "database_roles"},
    {"models.choices", "models.fulltext", "models.actor"},
    {"models.facets", "models.verdict_state"},
    {"models.public_querysets", "models.querysets", "models.constraints"},
    {"http"},
    {"models"},
    {"lists"},
    {"reading"},
    {"desk"},
    {"exchange", "checks"},
    {"forms", "feeds", "sitemaps", "templatetags", "demo", "benchmark"},
    {"api", "views", "management"},
    {"admin"},
    {"urls", "admin_site"},
]
ROOMS = set().union(*FLOORS)
# Rooms that know nothing but the standard library and what lies below them.
PLAIN = {"attribution", "text"}
ANYWHERE = {"migrations", "apps", "__init__", "__pycache__", "locale", "static"}


def room_of(parts):
    """Return the room that a dotted path below `claims` lies in."""
    inner = ".".join(parts[:2])
    return inner if inner in ROOMS else parts[0]


def floor(name):
    for number, names in enumerate(FLOORS):
        if name in names:
            return number
    raise AssertionError(f"claims/{name} stands on no floor: add it to the list")


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            rooms = {f"claims.{room}" for room in ROOMS}
            yield from (name if name in rooms else node.module for name in names)


FILES = [
    path
    for path in sorted(CLAIMS.rglob("*.py"))
    if path.relative_to(CLAIMS).with_suffix("").parts[0] not in ANYWHERE
]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(CLAIMS)))
def test_a_module_imports_only_from_lower_floors(path):
    own = room_of(path.relative_to(CLAIMS).with_suffix("").parts)
    for dotted in imports(path):
        first, *rest = dotted.split(".")
        if first != "claims":
            assert own not in PLAIN or first != "django"
            continue
        other = room_of(rest)
        if other != own:
            assert floor(other) < floor(own), f"{own} imports {other}"


@pytest.mark.parametrize(
    "package",
    sorted({path.parent.name for path in CLAIMS.glob("*/__init__.py")} - ANYWHERE),
)
def test_each_package_has_tests_in_a_folder_of_its_name(package):
    assert list((Path(__file__).parent / package).glob("test_*.py"))


def test_the_package_itself_imports_nothing():
    assert (CLAIMS / "__init__.py").read_text() == ""


def test_migrations_import_nothing_of_ours():
    for path in (CLAIMS / "migrations").glob("*.py"):
        ours = [name for name in imports(path) if name.split(".")[0] == "claims"]
        assert ours == [], path.name
