"""A cluster on this machine from the files of factcheck/deploy/cluster.

Three PostgreSQL under Patroni, etcd, HAProxy, PgBouncer, two gunicorns and nginx, each
on a free port, all in one temporary folder.
"""

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import psycopg
from django.conf import settings

from factcheck.postgres.tools import account_for
from tests.database.standby import until

TEMPLATES = Path(settings.BASE_DIR) / "factcheck" / "deploy" / "cluster"
# Debian puts some where only root looks for programs.
PATH = f"{os.environ['PATH']}:/usr/sbin"
SERVERS = sorted(
    Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name)
)
NEEDED = ("patroni", "etcd", "haproxy", "pgbouncer", "nginx")
MISSING = [name for name in NEEDED if not shutil.which(name, path=PATH)] + (
    [] if SERVERS else ["postgresql"]
)
NODES = ("a", "b", "c")
PLACEHOLDER = re.compile(r"@([A-Z][A-Z_0-9]*)@")
HOST = "127.0.0.1"
SITE = "localhost"
PASSWORDS = ("SUPERUSER", "REPLICATION", "OWNER", "DESK", "READERS")
PORTS = ("ETCD", "ETCD_PEER", "HAPROXY", "PGBOUNCER", "SITE")
# What Patroni calls it, old and new.
PRIMARY = ("leader", "master", "primary")


def fill(template, values):
    """Return a file of the cluster with its placeholders filled in."""
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    return PLACEHOLDER.sub(lambda found: str(values[found[1]]), text)


def free_ports(count):
    sockets = [socket.socket() for _each in range(count)]
    for each in sockets:
        each.bind((HOST, 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def fetch(address):
    return urllib.request.urlopen(address, timeout=10)  # noqa: S310


def serves(address):
    try:
        return fetch(f"http://{address}/claims/").status == 200
    except OSError:
        return False


def values_of(folder):
    """Return what stands for each placeholder on one machine, all ports free."""
    ports = iter(free_ports(13))
    values = {
        "FOLDER": folder,
        "HOST": HOST,
        "SITE": SITE,
        "BIN": SERVERS[-1] if SERVERS else "/usr/lib/postgresql/15/bin",
        "NETWORK": "127.0.0.1/32",
        "SECRET_KEY": secrets.token_urlsafe(64),
        **{f"{name}_PASSWORD": secrets.token_hex(12) for name in PASSWORDS},
        **{f"{name}_PORT": next(ports) for name in PORTS},
        **{f"WEB_{number}": f"{HOST}:{next(ports)}" for number in (1, 2)},
    }
    for node in NODES:
        letter = node.upper()
        values |= {f"HOST_{letter}": HOST, f"PORT_{letter}": next(ports)}
        values[f"REST_PORT_{letter}"] = next(ports)
    values["ETCD_HOSTS"] = f"{HOST}:{values['ETCD_PORT']}"
    values["ETCD_PEERS"] = f"a=http://{HOST}:{values['ETCD_PEER_PORT']}"
    return values


def values_of_node(values, node):
    letter = node.upper()
    return values | {
        "NODE": node,
        "FOLDER": Path(values["FOLDER"]) / node,
        "PORT": values[f"PORT_{letter}"],
        "REST_PORT": values[f"REST_PORT_{letter}"],
    }


class Cluster:
    """All the programs; a context that starts them and ends each of them by its id."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="fc-cluster-", dir="/tmp"))
        self.account = account_for(self.folder / "not there")
        self.values = values_of(self.folder)
        self.processes = {}
        self.site = f"http://{SITE}:{self.values['SITE_PORT']}"

    def __enter__(self):
        try:
            os.chown(self.folder, self.account.uid, self.account.gid)
            self.folder.chmod(0o755)
            for node in NODES:
                self._make(self.folder / node)
                self.write(
                    "patroni.yml", node, values_of_node(self.values, node), mode=0o600
                )
            self.write("etcd.yml", "a", values_of_node(self.values, "a"))
            for name in ("haproxy.cfg", "pgbouncer.ini", "userlist.txt", "nginx.conf"):
                self.write(name, "", self.values)
            self.start_databases()
        except BaseException as error:
            self.__exit__(error)
            raise
        return self

    def __exit__(self, *error):
        if any(error):
            for log in sorted(self.folder.glob("*.log")):
                print(f"--- {log.name}\n{log.read_text(errors='replace')[-2000:]}")
        for node in NODES:
            self.kill_node(node)
        for name in list(self.processes):
            self.end(name)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make(self, folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        os.chown(folder, self.account.uid, self.account.gid)

    def write(self, template, place, values, mode=0o644):
        file = self.folder / place / template
        file.touch(mode=mode)
        file.write_text(fill(template, values), encoding="utf-8")
        os.chown(file, self.account.uid, self.account.gid)

    # --- Programs ------------------------------------------------------------------

    def start(self, name, *command, as_root=False, **options):
        options = {"cwd": self.folder} | options
        if not as_root:
            options = self.account.options() | options
        options["env"] = options.get("env", os.environ) | {"PATH": PATH}
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **options,
            )

    def end(self, name, how=signal.SIGTERM, patience=20):
        process = self.processes.pop(name, None)
        if process is not None and process.poll() is None:
            process.send_signal(how)
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def start_databases(self):
        self.start("etcd", "etcd", "--config-file", "a/etcd.yml")
        self.start_node("a")
        until(lambda: self.role("a") in PRIMARY, "there is a primary", 120)
        self.start_node("b")
        self.start_node("c")
        until(lambda: self.roles().count("replica") == 2, "both others follow", 120)
        self.start("haproxy", "haproxy", "-f", "haproxy.cfg")
        self.start("pgbouncer", "pgbouncer", "pgbouncer.ini")

    def start_node(self, node):
        self.start(f"patroni-{node}", "patroni", f"{node}/patroni.yml")

    def kill_node(self, node):
        """End Patroni and PostgreSQL of a node as a power cut does."""
        self.end(f"patroni-{node}", signal.SIGKILL)
        try:
            lines = (self.folder / node / "data" / "postmaster.pid").read_text()
            os.kill(int(lines.split()[0]), signal.SIGKILL)
        except (OSError, IndexError, ValueError):
            return

    def restart_pgbouncer(self):
        self.end("pgbouncer")
        self.start("pgbouncer", "pgbouncer", "pgbouncer.ini")

    def start_web(self, secret_key):
        """Serve the site: two gunicorns behind nginx."""
        self.values["SECRET_KEY"] = secret_key
        collected = self.manage("collectstatic", "--no-input")
        assert collected.returncode == 0, collected.stderr
        for number in (1, 2):
            self.start(
                f"web-{number}",
                *(sys.executable, "-m", "gunicorn", "factcheck.wsgi"),
                *("--bind", self.values[f"WEB_{number}"]),
                *("--workers", "1", "--threads", "8", "--timeout", "60"),
                *("--keep-alive", "75", "--no-control-socket"),
                as_root=True,
                cwd=settings.BASE_DIR,
                env=self.environment("desk.env"),
            )
            until(
                lambda at=self.values[f"WEB_{number}"]: serves(at.replace(HOST, SITE)),
                f"web server {number} answers",
                120,
            )
        self.start(
            "nginx",
            *("nginx", "-p", self.folder, "-c", self.folder / "nginx.conf"),
            *("-g", "daemon off;"),
        )
        until(lambda: serves(f"{SITE}:{self.values['SITE_PORT']}"), "nginx answers")

    # --- Settings and commands -------------------------------------------------------

    def environment(self, *files):
        """Return the environment that these files give a process of the desk."""
        found = {
            "PATH": PATH,
            "FACTCHECK_DEBUG": "0",
            # This machine has no certificate, and a load has one address.
            "FACTCHECK_HTTPS": "0",
            "FACTCHECK_SECOND_FACTOR": "0",
            "FACTCHECK_READS_A_MINUTE": "0",
            "FACTCHECK_REPORTS_FROM_ONE": "0",
            "FACTCHECK_REPORTS_FROM_ALL": "0",
        }
        for file in files:
            for line in fill(file, self.values).splitlines():
                name, is_set, value = line.partition("=")
                if is_set and not line.startswith("#"):
                    found[name] = value
        return found

    def manage(self, *arguments, **more):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment("desk.env", "owner.env") | more,
            capture_output=True,
            text=True,
            check=False,
        )

    # --- Questions -----------------------------------------------------------------

    def members(self):
        """Return what Patroni says of each node that it knows, by name."""
        for node in NODES:
            port = self.values[f"REST_PORT_{node.upper()}"]
            try:
                with fetch(f"http://{HOST}:{port}/cluster") as answer:
                    members = json.load(answer)["members"]
            except (OSError, ValueError):
                continue
            return {member["name"]: member for member in members}
        return {}

    def role(self, node):
        return self.members().get(node, {}).get("role")

    def roles(self):
        """Return the roles of the nodes that run; synchronous or not, a replica is."""
        return [
            "replica" if "standby" in member["role"] else member["role"]
            for member in self.members().values()
            if member.get("state") in ("running", "streaming")
        ]

    def primary(self):
        """Return the node that leads and runs, or None."""
        for name, member in self.members().items():
            if member["role"] in PRIMARY and member["state"] == "running":
                return name
        return None

    def replica(self, role):
        return next(
            (name for name, each in self.members().items() if each["role"] == role),
            None,
        )

    def ask(self, node, sql, database="postgres"):
        """Return what a statement of the superuser gives on a node."""
        with self.login(node, database) as login:
            answer = login.execute(sql)
            return answer.fetchone()[0] if answer.description else None

    def login(self, node, database="postgres"):
        return psycopg.connect(
            host=HOST,
            port=self.values[f"PORT_{node.upper()}"],
            user="postgres",
            password=self.values["SUPERUSER_PASSWORD"],
            dbname=database,
            autocommit=True,
            connect_timeout=2,
        )
