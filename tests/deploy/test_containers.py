"""The container file and the compose file, as far as they are read without Docker."""

import json
import os
import re
import subprocess

import pytest
from django.conf import settings
from django.core.management import get_commands

from factcheck.database.roles import APPLICATION, OWNER, PUBLIC
from tests.deploy.proxies import DEPLOY, program

yaml = pytest.importorskip("yaml")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SECRETS = ("HOST", "SECRET_KEY", "OWNER_PASSWORD", "APP_PASSWORD", "PUBLIC_PASSWORD")


def steps():
    """Return the steps of the container file: word and the rest."""
    lines = (DEPLOY / "Containerfile").read_text("utf-8").splitlines()
    return [line.split(" ", 1) for line in lines if line and line[0] != "#"]


def test_what_the_image_takes_along_is_there_and_let_through():
    ignored = (DEPLOY / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    for word, rest in steps():
        if word == "COPY":
            for source in rest.split()[:-1]:
                assert (settings.BASE_DIR / source).exists()
                assert f"!{source}" in ignored
    assert ignored[0] == "*"


def test_the_image_leaves_root_before_it_serves():
    words = [word for word, _rest in steps()]
    assert words.index("USER") < words.index("CMD")
    assert dict(steps())["USER"] == "factcheck"


def test_every_command_of_a_service_exists():
    for service in COMPOSE["services"].values():
        command = service.get("command", [])
        if "manage.py" in command:
            assert command[command.index("manage.py") + 1] in get_commands()


def test_passwords_come_from_outside_and_the_site_never_sees_the_owners():
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    assert set(re.findall(r"\$\{(\w+)", text)) == set(SECRETS)
    # Each has a sign that makes compose refuse an empty one.
    assert set(re.findall(r"\$\{\w+(:\?)?\}", text)) == {":?"}
    for name, service in COMPOSE["services"].items():
        sees = "OWNER_PASSWORD" in json.dumps(service)
        assert sees is (name in {"database", "migrate", "backup"})


def test_only_the_proxy_has_a_door():
    doors = {n for n, service in COMPOSE["services"].items() if "ports" in service}
    assert doors == {"proxy"}


@pytest.mark.slow
@pytest.mark.skipif(
    not program("docker-compose"), reason="no docker-compose here: install the package"
)
@pytest.mark.parametrize(("wrong", "code"), [({}, 0), ({"restart": 5}, 1)])
def test_compose_reads_it_by_its_own_schema(tmp_path, wrong, code):
    file = DEPLOY / "compose.yaml"
    if wrong:
        web = COMPOSE["services"]["web"] | wrong
        file = tmp_path / "compose.yaml"
        file.write_text(yaml.safe_dump(COMPOSE | {"services": {"web": web}}))
    done = subprocess.run(
        [program("docker-compose"), "-f", file, "config", "--quiet"],
        env=os.environ | dict.fromkeys(SECRETS, "x" * 40),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert ("web.restart" in done.stderr) is bool(wrong)


def test_the_roles_have_the_names_by_which_the_desk_knows_them():
    sql = (DEPLOY / "roles.sql").read_text("utf-8")
    for role in (OWNER, APPLICATION, PUBLIC):
        assert f"CREATE ROLE {role} LOGIN PASSWORD" in sql
