"""What README.md prints is run as it stands on a bare Debian, up to a page over TLS."""

import re
import subprocess

import pytest
from django.conf import settings

from tests.deploy.bare_debian import bare_debian, missing
from tests.deploy.proxies import DEPLOY

README = (DEPLOY / "README.md").read_text("utf-8")
# Caddy knows that the internet knows no such name.
HOST = "desk.home.arpa"
SOURCE = "/srv/source.git"
FETCHING = re.compile(r"apt-get|\.venv/bin/pip")

long = [
    pytest.mark.long,
    pytest.mark.skipif(bool(missing()), reason=f"not here: {missing()}"),
]


def commands(heading):
    """Return the commands below a heading of README.md, a line each."""
    section = re.split(rf"^##+ {heading}\n", README, flags=re.M)[1]
    block = re.search(r"^```sh\n(.*?)^```", section, re.M | re.S)[1]
    return block.splitlines()


def test_a_first_desk_takes_ten_commands():
    assert len(commands("Your first desk")) == 10


def git(*arguments, folder=settings.BASE_DIR):
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def make_desk(machine):
    """Run the ten commands and return what the last one said."""
    said = ""
    for command in commands("Your first desk"):
        command = command.replace("desk.example", HOST)
        command = command.replace("https://git.example/factcheck.git", SOURCE)
        said = machine.run(command, online=bool(FETCHING.match(command)))
        if "apt-get install" in command:
            # What Debian starts by itself.
            machine.run("pg_ctlcluster $(pg_lsclusters -h | cut -d' ' -f1) main start")
    return said


def snapshot(root, folder=settings.BASE_DIR):
    """Put the program as it lies here, what is not committed too, into a repository."""
    source = root / SOURCE[1:]
    work = source.with_suffix("")
    files = git("ls-files", "-co", "--exclude-standard", folder=folder).splitlines()
    work.mkdir(parents=True)
    subprocess.run(["cp", "--parents", *files, work], cwd=folder, check=True)
    git("init", "--quiet", folder=work)
    commit(work)
    git("clone", "--quiet", "--bare", work, source)
    return work


def commit(work):
    git("add", "--all", folder=work)
    git("commit", "--quiet", "-m", "The program", folder=work)
    return git("rev-parse", "HEAD", folder=work)


@pytest.mark.long
@pytest.mark.skipif(bool(missing()), reason=f"not here: {missing()}")
def test_ten_commands_lead_from_a_bare_debian_to_a_desk_behind_tls(tmp_path):
    with bare_debian(tmp_path) as machine:
        snapshot(machine.root)
        link = re.search(rf"https://{HOST}(/\S+)", make_desk(machine))[1]
        front = machine.ask(HOST, "/")
        assert (
            "HTTP/1.1 200" in front and "strict-transport-security: " in front.lower()
        )
        assert 'name="new_password1"' in machine.ask(HOST, link, "--location")
        assert "ok" in machine.ask(HOST, "/healthz")
        # Static files too, and what the page names is there.
        sheet = re.search(r'href="(/static/[^"]+\.css)"', front)[1]
        assert "text/css" in machine.ask(HOST, sheet)
        told = machine.run("cat /var/log/stand-in/factcheck-web.service")
        assert '"path": "/healthz"' in told
        figures = machine.run(
            "python3 -c 'from urllib.request import urlopen;"
            ' print(urlopen("http://127.0.0.1:9464/metrics").read().decode())\''
        )
        assert "factcheck_database_up 1.0" in figures
        # The site's account cannot read the owner's password.
        machine.run("! setpriv --reuid factcheck --regid factcheck --clear-groups"
                    " cat /etc/factcheck-owner.env")  # fmt: skip
        machine.run("systemctl start factcheck-backup")
        machine.run("factcheck --owner restore --check /var/backups/factcheck/*.backup")
        machine.run("factcheck --owner check_integrity")
        checked = machine.run("factcheck check --deploy --fail-level WARNING")
        assert "0 silenced" not in checked
