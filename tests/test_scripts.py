"""The scripts of the pages: ESLint says nothing of them, and their unit tests pass."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "tests" / "js" / "eslint.config.mjs"
ESLINT = ROOT / "node_modules" / ".bin" / "eslint"
UNIT_TESTS = sorted((ROOT / "tests" / "js").glob("*.test.mjs"))
# The first version that tells modules from older scripts by what is in them.
NODE = (20, 19)


@pytest.fixture(scope="module")
def node():
    """The path of Node.js, if there is one that is new enough."""
    path = shutil.which("node")
    if path is None:
        pytest.skip("no Node.js here: install it to check the scripts")
    version = run(path, "--version").stdout
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < NODE:
        pytest.skip(f"Node.js here is {version.strip()}: the scripts need 20.19")
    return path


@pytest.fixture(scope="module")
def eslint(node):
    """Return a function that has ESLint look at files, or at what it is given."""
    if not ESLINT.exists():
        pytest.skip("no ESLint here: npm install --no-save eslint @eslint/js globals")

    def look(*arguments, **options):
        return run(node, ESLINT, "--config", CONFIG, *arguments, **options)

    return look


def run(*command, **options):
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, **options
    )


def test_the_linter_has_nothing_to_say(eslint):
    answer = eslint("--max-warnings", "0", "claims/static", "tests/js")
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("export const said = (words) => pgetext(words);", "no-undef"),
        ("export function f() { const left = 1; }", "no-unused-vars"),
        (
            f"export const f = (a) => {' || '.join(f'a === {n}' for n in range(14))};",
            "complexity",
        ),
    ],
)
def test_what_is_wrong_with_a_script_would_be_said(eslint, source, rule):
    name = "claims/static/claims/js/annotate/new.js"
    answer = eslint("--stdin", "--stdin-filename", name, input=source)
    assert re.search(rf"error .* {rule}$", answer.stdout, re.MULTILINE), answer.stdout


@pytest.mark.parametrize("path", UNIT_TESTS, ids=lambda path: path.stem)
def test_the_unit_tests_of_the_scripts_pass(node, path):
    answer = run(node, "--test", "--test-reporter=tap", path)
    assert answer.returncode == 0, answer.stdout
    assert re.search(r"^# pass [1-9]", answer.stdout, re.MULTILINE)
