"""What the documents tell is there: commands, settings, paths, links, the map."""

import re
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from tests.test_layers import FLOORS

ROOT = Path(__file__).parent.parent
FOLDERS = (".ci", ".github", ".readme", "claims", "factcheck", "seeds", "templates")
FOLDERS += ("tests",)
DOCUMENTS = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in sorted(
        [*ROOT.glob("*.md"), *(p for f in FOLDERS for p in (ROOT / f).rglob("*.md"))]
    )
}
README = DOCUMENTS["README.md"]
RUNNING = DOCUMENTS["factcheck/deploy/README.md"]
CONTRIBUTING = DOCUMENTS[".github/CONTRIBUTING.md"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETTINGS = (ROOT / "factcheck" / "settings.py").read_text(encoding="utf-8")
READ = set(re.findall(r'environment\.\w+\(\s*"(\w+)"', SETTINGS))
OURS = sorted(name for name, app in get_commands().items() if app == "claims")
ENDINGS = "css|html|js|json|lock|md|po|py|toml|txt"


each_document = pytest.mark.parametrize(
    ("document", "text"), DOCUMENTS.items(), ids=list(DOCUMENTS)
)


def code_of(text):
    """Return the words set as code within sentences."""
    inline = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return [" ".join(words.split()) for words in re.findall(r"`([^`]+)`", inline)]


def is_there(path, document):
    """Return whether a path leads on from the top or from a document's own folder."""
    folders = ROOT, (ROOT / document).parent
    return any(
        (folder / path).exists() or ("*" in path and any(folder.glob(path)))
        for folder in folders
    )


@cache
def words_of_the_code():
    """Return the words of all that is run, tests included."""
    text = ""
    for folder in ("claims", "factcheck", "tests"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".js"}:
                text += path.read_text(encoding="utf-8")
    return set(re.findall(r"\w+", text))


# --- Commands and settings ----------------------------------------------------------


def test_there_are_the_documents_that_a_newcomer_looks_for():
    looked_for = {"README.md", "CHANGELOG.md", ".github/CONTRIBUTING.md"}
    looked_for |= {".github/SECURITY.md", "factcheck/deploy/README.md"}
    assert looked_for <= set(DOCUMENTS)


@each_document
def test_every_command_exists_with_its_options(document, text):
    for name, rest in re.findall(r"manage\.py (\w+)([^`\n]*)", text):
        if name == "help":  # `manage.py help NAME`, any command's
            continue
        app = get_commands()[name]
        command = load_command_class(app, name) if isinstance(app, str) else app
        parser = command.create_parser("manage.py", name)
        asked = {word for word in rest.split() if re.match("--?[a-z]", word)}
        assert asked - set(parser._option_string_actions) == set()


@pytest.mark.parametrize("name", OURS)
def test_every_command_of_ours_is_listed_and_explains_itself(name):
    assert f"| `manage.py {name}` |" in RUNNING
    assert load_command_class("claims", name).help


@each_document
def test_every_variable_is_read(document, text):
    named = set(re.findall(r"FACTCHECK_(\w+)", text))
    assert named - READ - {"PG_FAST"} == set()  # the embedded server's own


def test_every_variable_that_is_read_is_in_the_table():
    rows = "".join(re.findall(r"^\| `FACTCHECK_.*?\|", RUNNING, re.M))
    assert {name for name in READ if f"`FACTCHECK_{name}`" not in rows} == set()


@each_document
def test_whatever_is_run_comes_with_the_project(document, text):
    extras = PROJECT["project"]["optional-dependencies"]
    packages = {re.match(r"[\w-]+", one)[0] for each in extras.values() for one in each}
    markers = PROJECT["tool"]["pytest"]["ini_options"]["markers"]
    modules = set(re.findall(r"python -m ([\w.]+)", text))
    assert {module for module in modules if not find_spec(module)} == set()
    programs = set(re.findall(r"\.venv/bin/(\w+)", text))
    assert programs - packages - {"python", "pip"} == set()
    asked = {
        name for one in re.findall(r"\.\[([\w,]+)\]", text) for name in one.split(",")
    }
    assert asked - set(extras) == set()
    marked = set(re.findall(r"pytest -m (\w+)", text))
    assert marked - {line.partition(":")[0] for line in markers} == set()


# --- Paths, links and names ---------------------------------------------------------


@each_document
def test_every_path_exists(document, text):
    folders = "|".join(map(re.escape, FOLDERS))
    paths = re.findall(rf"(?<![\w/.-])((?:{folders})/[\w./*-]*)", text)
    paths += [
        word
        for words in code_of(text)
        for word in words.split()
        if re.fullmatch(rf"[a-zA-Z*][\w./*-]*\.(?:{ENDINGS})", word)
    ]
    assert {path for path in paths if not is_there(path.rstrip("."), document)} == set()


@each_document
def test_every_link_leads_somewhere(document, text):
    for link in re.findall(r"\]\((?!https?://)([^)\s]+)\)", text):
        path, _sign, anchor = link.partition("#")
        target = (ROOT / document).parent / path if path else ROOT / document
        assert target.exists(), link
        if anchor:
            heads = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.M)
            slugs = [re.sub(r"[^\w -]", "", head.lower()) for head in heads]
            assert anchor in {slug.replace(" ", "-") for slug in slugs}


def test_every_picture_is_shown():
    pictures = {str(path.relative_to(ROOT)) for path in (ROOT / ".readme").iterdir()}
    assert {one for one in pictures if f"]({one})" not in README} == set()


@each_document
def test_every_name_of_the_code_is_in_the_code(document, text):
    # Names with an underscore or a capital within; others are words.
    name = re.compile(r"(?!FACTCHECK_|pg_)(_?[a-zA-Z]+(?:_\w+|[a-z][A-Z]\w+))(?:\(\))?")
    named = {found[1] for word in code_of(text) if (found := name.fullmatch(word))}
    assert named - words_of_the_code() == set()


# --- The map ------------------------------------------------------------------------

MAP = README.partition("## Where is what")[2].partition("\n## ")[0]
ROWS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in MAP.partition("| To change ")[2].splitlines()[2:]
    if line.startswith("|")
]
PATH = re.compile(r"`((?:claims|factcheck|templates)/[\w./-]+)`")


def rooms_of(package):
    """Return the modules and packages right below one, as the map names them."""
    for path in (ROOT / package).iterdir():
        if path.is_dir() and path.name != "__pycache__":
            yield f"{package}/{path.name}/"
        elif path.suffix == ".py" and path.name != "__init__.py":
            yield f"{package}/{path.name}"


@pytest.mark.parametrize("package", ["claims", "factcheck"])
def test_every_room_is_on_the_map(package):
    rooms = set(rooms_of(package))
    assert len(rooms) <= 30
    assert {room for room in rooms if f"`{room}`" not in MAP} == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].replace(" ", "-"))
def test_what_the_map_says_to_look_for_is_in_the_file_to_open(row):
    _task, files, names = row
    texts = [(ROOT / path).read_text("utf-8") for path in PATH.findall(files)
             if (ROOT / path).is_file()]  # fmt: skip
    assert texts
    for name in re.findall(r"`(\w+)`", names):
        assert any(re.search(rf"\b{name}\b", text) for text in texts), name


def test_the_map_tells_of_twenty_everyday_tasks_and_more():
    assert len(ROWS) >= 20


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 165


def test_the_floors_are_told_as_they_are_tested():
    told = re.findall(r"^\d+\. ([^:\n]*)", CONTRIBUTING, re.M)
    assert [set(re.findall(r"`([\w.]+)`", line)) for line in told] == FLOORS


# --- The lock file ------------------------------------------------------------------


def test_the_lock_file_names_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    # Every line is a package, a hash or a remark: no option, no address.
    assert "://" not in lock
    lines = [line for line in lock.splitlines() if not line.startswith("    ")]
    assert all(re.match(r"[\w-]+==", line) for line in lines)


def test_the_run_time_needs_no_http_client():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = set(re.findall(r"^([\w-]+)==", lock, re.MULTILINE))
    assert not packages & {"requests", "httpx", "urllib3", "aiohttp"}
