"""The unit files of systemd, read by systemd."""

import os
import re
import subprocess

import pytest
from django.core.management import get_commands

from tests.deploy.proxies import DEPLOY, program

UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
SERVICES = [path for path in UNITS if path.suffix == ".service"]
# What systemd itself calls well protected begins below 2 (of 10).
MOST_EXPOSED = 20

needs_systemd = pytest.mark.skipif(
    not program("systemd-analyze"), reason="no systemd here: install the package"
)


def analyze(*arguments):
    return subprocess.run(
        [program("systemd-analyze"), *arguments],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{DEPLOY}:", "SYSTEMD_COLORS": "0"},
        capture_output=True,
        text=True,
        check=False,
    )


@needs_systemd
def test_systemd_understands_every_unit():
    said = analyze("verify", *UNITS).stderr
    # The program itself is not in its place here.
    missing = r".*/srv/factcheck/\.venv/bin/\w+ is not executable.*"
    assert [line for line in said.splitlines() if not re.fullmatch(missing, line)] == []


@needs_systemd
def test_a_misspelt_line_would_be_named(tmp_path):
    unit = tmp_path / "factcheck-wrong.service"
    unit.write_text(SERVICES[0].read_text("utf-8") + "\nProtectSytem=strict\n")
    assert "ProtectSytem" in analyze("verify", unit).stderr


@needs_systemd
def test_every_service_is_shut_off_from_what_it_does_not_need():
    limit = f"--threshold={MOST_EXPOSED}"
    exposed = [
        path.name
        for path in SERVICES
        if analyze("security", "--offline=true", limit, path).returncode
    ]
    assert exposed == []


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_runs_what_there_is_as_somebody(path):
    text = path.read_text("utf-8")
    named = re.findall(r"manage\.py (\w+)", text)
    assert set(named) <= set(get_commands())
    assert re.search(r"^User=factcheck(-owner)?$", text, re.M)
    assert ("owner.env" in text) is ("User=factcheck-owner" in text)
    for file in re.findall(r"-c factcheck/deploy/(\S+)", text):
        assert (DEPLOY / file).is_file()


def test_what_runs_every_night_is_there():
    text = (DEPLOY / "factcheck-daily@.timer").read_text("utf-8")
    named = re.findall(r"@(\w+)(?:\.timer|,|\.| )", text)
    assert len(set(named) & set(get_commands())) >= 4
