"""What the README tells is there: its commands, its variables, its files."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "factcheck" / "settings.py").read_text(encoding="utf-8")
READ = set(re.findall(r'environment\.\w+\(\s*"(\w+)"', SETTINGS))
OURS = sorted(name for name, app in get_commands().items() if app == "claims")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"manage\.py (\w+)", README))))
def test_every_command_in_the_readme_exists(name):
    # `manage.py help NAME` is written with the word that stands for a command.
    assert name in {*get_commands(), "help"}


@pytest.mark.parametrize("name", OURS)
def test_every_command_of_ours_is_in_the_readme_and_explains_itself(name):
    assert f"manage.py {name}" in README
    assert load_command_class("claims", name).help


@pytest.mark.parametrize("name", sorted(set(re.findall(r"FACTCHECK_(\w+)", README))))
def test_every_variable_in_the_readme_is_read(name):
    elsewhere = {"PG_FAST"}  # the embedded server's own
    assert name in READ | elsewhere


def test_every_variable_that_is_read_is_in_the_readme():
    assert {name for name in READ if f"FACTCHECK_{name}" not in README} == set()


@pytest.mark.parametrize(
    "path",
    sorted(
        set(
            re.findall(
                r"`((?:claims|factcheck|templates|seeds|tests|\.readme)/[\w./-]*)`",
                README,
            )
        )
    ),
)
def test_every_file_in_the_readme_exists(path):
    assert (ROOT / path).exists()


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
