"""What README.md prints is run as it stands on a bare Debian, up to a page over TLS."""

import re
import subprocess

import pytest
from django.conf import settings

from tests.deploy.bare_debian import bare_debian, missing
from tests.deploy.proxies import DEPLOY

README = (DEPLOY / "README.md").read_text("utf-8")
# Caddy makes the certificate of such a name itself.
HOST = "desk.local"
SOURCE = "/srv/source.git"
# The former desk is that of before so many newest changes of the tables.
MIGRATIONS = 3
REPLACED = (
    *("claims", "factcheck", "templates", "seeds"),
    *("manage.py", "pyproject.toml", "requirements.lock", "README.md"),
)
FETCHING = re.compile(r"apt-get|\.venv/bin/pip")

needs_a_machine = pytest.mark.skipif(bool(missing()), reason=f"not here: {missing()}")


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
@needs_a_machine
def test_ten_commands_lead_from_a_bare_debian_to_a_desk_behind_tls(tmp_path):
    with bare_debian(tmp_path) as machine:
        snapshot(machine.root)
        link = re.search(rf"https://{HOST}(/\S+)", make_desk(machine))[1]
        front = machine.ask(HOST, "/")
        assert (
            "HTTP/1.1 200" in front and "strict-transport-security: " in front.lower()
        )
        assert 'name="new_password1"' in machine.ask(
            HOST, link, "--location", "--cookie", ""
        )
        assert "HTTP/1.1 200" in machine.ask(HOST, "/healthz")
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
        kept = "/var/backups/factcheck/factcheck"
        machine.run(f"touch -d '31 days ago' {kept}-a.backup")
        machine.run(f"touch -d '29 days ago' {kept}-b.backup")
        machine.run("systemctl start factcheck-backup")
        machine.run(f"test ! -e {kept}-a.backup && rm {kept}-b.backup")
        machine.run("factcheck --owner restore --check /var/backups/factcheck/*.backup")
        machine.run("factcheck --owner check_integrity")
        checked = machine.run("factcheck check --deploy")
        # Nobody has written who the desk is; nothing is set unsafely.
        assert set(re.findall(r"\(\w+\.W\d+\)", checked)) == {"(claims.W005)"}


def former_program(work):
    """Turn a repository back to before the newest migrations; return that commit.

    How it is deployed stays as it is now: it came later than those.
    """
    added = git("log", "--format=%H", "--diff-filter=A", "-n", str(MIGRATIONS), "--",
                "claims/migrations/*.py").splitlines()  # fmt: skip
    former = f"{added[-1]}^"
    subprocess.run(["rm", "-rf", *(work / name for name in REPLACED)], check=True)
    archive = subprocess.Popen(
        ["git", "archive", former, *REPLACED],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
    )
    subprocess.run(["tar", "-x", "-C", work], stdin=archive.stdout, check=True)
    assert archive.wait() == 0
    for name in ("deploy", "monitoring"):
        now, then = settings.BASE_DIR / "factcheck" / name, work / "factcheck" / name
        subprocess.run(["rm", "-rf", then], check=True)
        subprocess.run(["cp", "-r", now, then], check=True)
    let_columns_come(work / "factcheck" / "database")
    return commit(work)


def let_columns_come(package):
    """Give a former program what a new PostgreSQL asks for, if it has it not."""
    base = (package / "base.py").read_text("utf-8")
    if "SchemaEditorClass" not in base:
        now = settings.BASE_DIR / "factcheck" / "database" / "schema.py"
        subprocess.run(["cp", now, package], check=True)
        head = "class DatabaseWrapper(base.DatabaseWrapper):\n"
        own = "from factcheck.database.schema import DatabaseSchemaEditor\n\n\n"
        line = "    SchemaEditorClass = DatabaseSchemaEditor\n"
        (package / "base.py").write_text(base.replace(head, f"{own}{head}{line}"))


def run_printed(machine, heading, **names):
    """Run the commands below a heading, with the names in capitals put in."""
    for command in commands(heading):
        for name, value in names.items():
            command = command.replace(name, value)
        machine.run(command, online=bool(FETCHING.match(command)))


def seen(machine):
    """Return what readers are given and who can sign in."""
    table = machine.ask(HOST, "/claims.csv").partition("\r\n\r\n")[2]
    as_postgres = "setpriv --reuid postgres --regid postgres --init-groups"
    asked = "psql -qtAc 'SELECT username FROM auth_user ORDER BY id' factcheck"
    people = machine.run(f"{as_postgres} {asked}")
    return table, people.split()


@pytest.mark.long
@needs_a_machine
def test_a_desk_with_data_is_upgraded_and_comes_back_as_it_was(tmp_path):
    with bare_debian(tmp_path) as machine:
        work = snapshot(machine.root)
        version = git("rev-parse", "HEAD", folder=work)
        former = former_program(work)
        git("push", "--quiet", machine.root / SOURCE[1:], "HEAD", folder=work)
        make_desk(machine)
        assert machine.run("git rev-parse HEAD").strip() == former
        machine.run("sed s/DEBUG=0/DEBUG=1/ /usr/local/bin/factcheck >/root/demo")
        machine.run("sh /root/demo --owner demo --no-serve")
        table, people = before = seen(machine)
        assert "ida-falk" in people and len(table.splitlines()) > 40
        run_printed(machine, "Upgrading", VERSION=version)
        assert machine.run("git rev-parse HEAD").strip() == version
        assert "No planned migration" in machine.run("factcheck --owner migrate --plan")
        later, same = seen(machine)
        assert same == people
        assert len(later.splitlines()) == len(table.splitlines())
        machine.run("factcheck add_person 'Too Late' --group Editors")
        assert seen(machine)[1] != people
        run_printed(machine, "And back", VERSION=version, FORMER=former)
        assert machine.run("git rev-parse HEAD").strip() == former
        assert seen(machine) == before
        machine.run("factcheck --owner check_integrity")
