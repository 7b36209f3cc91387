"""The steps of the container file, run as a script where there is no builder.

A bare Debian with Python stands for the image that it begins from, and the services of
compose.yaml are started in it one by one, with their own commands and variables.
"""

import fnmatch
import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.deploy.bare_debian import bare_debian, missing
from tests.deploy.proxies import DEPLOY
from tests.deploy.test_containers import COMPOSE, SECRETS, steps

needs_a_machine = pytest.mark.skipif(bool(missing()), reason=f"not here: {missing()}")
GIVEN = {name: f"{name.lower().replace('_', '')}{'x' * 32}" for name in SECRETS}
GIVEN["HOST"] = "desk.example"


class Image:
    """What the steps have made so far: files, variables, who runs what where."""

    def __init__(self, machine):
        self.machine = machine
        self.env, self.user, self.folder, self.command = {}, "root", "/", []

    def step(self, word, rest):
        getattr(self, f"do_{word.lower()}")(rest)

    def run(self, command, env=None, *, online=False):
        said = {**self.env, **(env or {})}
        words = " ".join(f"{name}={shlex.quote(value)}" for name, value in said.items())
        account = f"setpriv --reuid {self.user} --regid {self.user} --clear-groups"
        return self.machine.run(
            f"cd {self.folder} && {account} env {words} sh -c {shlex.quote(command)}",
            online=online,
        )

    def do_from(self, rest):
        assert rest.startswith("python:3")
        self.machine.run("apt-get update", online=True)
        # PostgreSQL stands for the service beside it.
        install = "apt-get install --yes --no-install-recommends"
        packages = "python3 python3-venv postgresql ca-certificates"
        self.machine.run(f"{install} {packages}", online=True)
        self.machine.run("pg_ctlcluster $(pg_lsclusters -h | cut -d' ' -f1) main start")

    def do_run(self, rest):
        self.run(rest, online=bool(re.search(r"apt-get|pip install", rest)))

    def do_copy(self, rest):
        *sources, target = rest.split()
        place = self.machine.root / self.folder[1:]
        for source in sources:
            for file in let_through(source):
                to = place / (
                    file if target == "./" else target / file.relative_to(source)
                )
                to.parent.mkdir(parents=True, exist_ok=True)
                to.write_bytes((settings.BASE_DIR / file).read_bytes())

    def do_env(self, rest):
        self.env |= dict(word.split("=", 1) for word in shlex.split(rest))

    def do_user(self, rest):
        self.user = rest

    def do_workdir(self, rest):
        self.folder = rest
        self.machine.run(f"mkdir -p {rest}")

    def do_cmd(self, rest):
        self.command = json.loads(rest)

    def do_expose(self, rest):
        assert rest == "8000"

    def do_volume(self, rest):
        assert (self.machine.root / rest[1:]).is_dir()


def let_through(source):
    """Yield the files below a source that the list beside the file lets through."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", source],
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    )
    rules = (DEPLOY / "Containerfile.dockerignore").read_text("utf-8").split()
    for name in listed.stdout.splitlines():
        allowed = any(
            fnmatch.fnmatch(name, rule[1:]) or name.startswith(f"{rule[1:]}/")
            for rule in rules
            if rule[0] == "!"
        )
        if allowed:
            yield Path(name)


def variables(service):
    """Return what compose gives a service, with what stands in `.env` put in."""
    words = json.dumps(COMPOSE["services"][service]["environment"])
    for name, value in GIVEN.items():
        words = words.replace(f"${{{name}:?}}", value)
    return {name: str(value) for name, value in json.loads(words).items()}


@pytest.mark.long
@needs_a_machine
def test_the_image_is_made_by_its_steps_and_serves_a_desk(tmp_path):
    with bare_debian(tmp_path) as machine:
        image = Image(machine)
        for word, rest in steps():
            image.step(word, rest)
        machine.run("echo 127.0.0.1 database >>/etc/hosts")
        shown = " ".join(f"{name}={GIVEN[name]}" for name in SECRETS)
        as_postgres = "setpriv --reuid postgres --regid postgres --init-groups"
        roles = "/srv/factcheck/factcheck/deploy/roles.sql"
        machine.run(f"{as_postgres} env {shown} psql -q -f {roles} postgres")
        for service in ("migrate", "web"):
            command = COMPOSE["services"][service].get("command", image.command)
            line = shlex.join(command)
            if service == "web":
                line = f"{line} >/var/lib/factcheck/log 2>&1 &"
            image.run(line, variables(service))
        asked = (
            "import sys, time, urllib.request as u\n"
            "r = u.Request('http://127.0.0.1:8000/healthz', headers={"
            "'Host': 'desk.example', 'X-Forwarded-Proto': 'https'})\n"
            "for _ in range(60):\n"
            "    try: print(u.urlopen(r, timeout=30).status); sys.exit()\n"
            "    except OSError: time.sleep(0.5)\n"
            "sys.exit(open('/var/lib/factcheck/log').read())\n"
        )
        assert "200" in image.run(f"python3 -c {shlex.quote(asked)}")
        # Only what must be written can be.
        image.run("! touch /srv/factcheck/it && touch /var/lib/factcheck/media/it")
        image.run(shlex.join(COMPOSE["services"]["backup"]["command"][:-1])
                  + " /var/lib/factcheck/one.backup", variables("backup"))  # fmt: skip
