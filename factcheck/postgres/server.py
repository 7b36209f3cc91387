"""The embedded PostgreSQL server: initdb, start on demand, stop with its last user.

Beside the folder of the cluster (`pg`) lie two files that only ever carry locks:

`pg.lock`   held by whoever makes, starts or stops the server
`pg.users`  held, shared, by every process that uses it. The kernel drops the lock of
            a process that dies, however it dies, so the count is never wrong.

Who may connect. The socket lies in the cluster's folder, which only one account can
enter, and there is no TCP. Three roles may log in, none of them a superuser: the owner
`factcheck`, whose the database is and who may create others (the tests need one), the
application `factcheck_app` and the public role `factcheck_public`. The method is
`peer`: the kernel says which account connects, and pg_ident.conf lists the one that
runs the server, and root, which may start it. `peer` holds even when the folder's mode
is loose.
"""

import atexit
import contextlib
import fcntl
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from factcheck.database.roles import APPLICATION, OWNER

from . import initdb, paths, tools

PORT = "5432"  # Only a part of the socket's name: nothing listens on it.
# A crash recovery may take long; a server that is still busy with one is not stuck.
PATIENCE = 120
TRIES = 20
# What a start fails with while the orphans of a killed server still hold its memory
# or its socket. They notice within seconds.
PASSING = re.compile("shared memory block|lock file .* already exists|could not bind")

logger = logging.getLogger(__name__)


class ServerNotStarted(psycopg.OperationalError):
    """initdb or the start of the server failed; the message tells the reason."""


class Cluster:
    """The server of one data folder, and this process's share in it."""

    def __init__(self, wanted: Path):
        self.wanted = wanted
        self.data = paths.cluster_folder(wanted)
        self.log = self.data / "server.log"
        self._users: int | None = None
        self._server: subprocess.Popen | None = None
        self._mutex = threading.RLock()

    def join(self) -> dict[str, str]:
        """Start the server if needed, count as its user; return its address."""
        with self._mutex:
            if self._users is None:
                self.ensure()
            return self._address()

    def ensure(self) -> None:
        """Start the server unless it runs; run initdb first if there is no cluster."""
        with self._mutex:
            account = tools.account_for(self.data)
            with self._locked() as lock:
                self._ensure(account, lock)

    def leave(self) -> None:
        """Stop the server if no other process uses it."""
        with self._mutex:
            if self._users is None:
                return
            if not self.data.exists():
                # Somebody removed the folder; its server notices by itself.
                self.forget()
                return
            with self._locked():
                try:
                    fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass
                else:
                    self._stop()
                os.close(self._users)
                self._users = None

    def forget(self) -> None:
        """Drop what this process holds. A forked child did not join, its parent did."""
        if self._users is not None:
            os.close(self._users)
        self._users = self._server = None

    def program(self, name: str) -> str:
        """Return the path of a PostgreSQL program that this account can run."""
        return str(tools.programs_for(tools.account_for(self.data))[name])

    # Everything below runs under the lock.

    def _ensure(self, account: tools.Account, lock: int) -> None:
        if self._users is None:
            users = self._open("users")
            fcntl.flock(users, fcntl.LOCK_SH)
            self._users = users
            _exit_on_sigterm()
        if not (self.data / "PG_VERSION").is_file():
            self._make(account, lock)
        if self._ping() != Ping.OK:
            self._start(account)
            if not self._has_roles():
                self._add_roles(account, lock)

    @contextlib.contextmanager
    def _locked(self):
        lock = self._open("lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock
        finally:
            os.close(lock)

    def _open(self, suffix: str) -> int:
        path = f"{self.data}.{suffix}"
        try:
            self.data.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as problem:
            raise ImproperlyConfigured(
                f"{path} cannot be opened by this account ({problem.strerror}): run "
                "this as the account that owns the project, or set FACTCHECK_PGDATA "
                "to a folder of your own."
            ) from problem
        if not os.geteuid():
            # Root passing by must not lock the owner of the project out.
            owner = os.stat(self.data.parent)
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
        return descriptor

    def _address(self) -> dict[str, str]:
        return {"host": paths.socket_folder(self.data), "port": PORT}

    def _ping(self) -> Ping:
        question = make_conninfo(
            **self._address(), user=OWNER, dbname=OWNER, connect_timeout="5"
        )
        return Ping(PGconn.ping(question.encode()))

    def _make(self, account: tools.Account, lock: int) -> None:
        """Run initdb under a temporary name, so that no half cluster is left."""
        if self.data.exists() and any(self.data.iterdir()):
            raise ImproperlyConfigured(
                f"{self.data} is neither empty nor a PostgreSQL cluster: set "
                "FACTCHECK_PGDATA to a folder that is."
            )
        new = self.data.with_name(f"{self.data.name}.new")
        if new.exists():
            shutil.rmtree(new)
        new.mkdir(mode=0o700)
        if os.geteuid() != account.uid:
            os.chown(new, account.uid, account.gid, follow_symlinks=False)
        made = initdb.run_initdb(account, new, lock)
        if made.returncode:
            raise ServerNotStarted(
                f"No cluster could be made in {self.data}:\n{_end(made.stdout)}"
            )
        new.rename(self.data)
        if self.data != Path(os.path.realpath(self.wanted)):
            origin = self.data.with_name("origin")
            origin.write_text(f"The database of {self.wanted}\n")
            logger.warning(
                "The database of %s lies in %s, since PostgreSQL does not run as root "
                "and the account '%s' cannot enter that folder.",
                *(self.wanted, self.data, account.name),
            )

    def _start(self, account: tools.Account) -> None:
        programs = tools.programs_for(account)
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != str(programs.version):
            raise ImproperlyConfigured(
                f"{self.data} was made by PostgreSQL {version}, and the installed one "
                f"is {programs.version}: carry the data over with pg_dump "
                '(factcheck/deploy/README.md, "Upgrading the embedded database"), or '
                "move the folder away to begin with an empty database."
            )
        if self.data.stat().st_mode & 0o077:
            # Copying a folder can loosen it, and then PostgreSQL refuses to start.
            self.data.chmod(0o700)
        done = initdb.write_access(account, self.data)
        if done.returncode:
            raise ServerNotStarted(f"{self.data}: {_end(done.stdout)}")
        if self._server is not None:
            # Take note of its end; the system keeps a dead child until then.
            self._server.poll()
        end = time.monotonic() + PATIENCE
        tries, report = 0, ""
        while (answer := self._ping()) != Ping.OK:
            starting = self._server is not None and self._server.poll() is None
            # REJECT: it is there, and starting, stopping or recovering.
            if answer != Ping.REJECT and not starting:
                if tries:
                    report = account.run(
                        "tail", "-n", "15", "server.log", folder=self.data
                    ).stdout
                if tries == TRIES or (tries and not PASSING.search(report)):
                    break
                if tries:
                    time.sleep(0.5)
                self._drop_stale_files()
                self._server = self._launch(account, programs)
                tries += 1
            if time.monotonic() > end:
                break
            time.sleep(0.05)
        else:
            return
        raise ServerNotStarted(
            f"PostgreSQL did not start. The end of {self.log}:\n{_end(report)}"
        )

    def _has_roles(self) -> bool:
        query = "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)"
        login = make_conninfo(**self._address(), user=OWNER, dbname=OWNER)
        with psycopg.connect(login, autocommit=True) as connection:
            return connection.execute(query, [APPLICATION]).fetchone() == (True,)

    def _add_roles(self, account: tools.Account, lock: int) -> None:
        """Add the roles to a cluster that was made when there was only the owner."""
        self._stop()
        made = initdb.run_single(account, self.data, initdb.roles(), lock)
        if made.returncode:
            raise ServerNotStarted(
                f"No roles could be added in {self.data}:\n{_end(made.stdout)}"
            )
        self._start(account)

    def _launch(
        self, account: tools.Account, programs: tools.Programs
    ) -> subprocess.Popen:
        """Start the server in its own session, so that Ctrl-C does not reach it.

        All paths are relative to the folder: no length limit, nothing to quote.
        """
        return subprocess.Popen(
            [
                *("sh", "-c", 'exec "$0" "$@" >>server.log 2>&1', programs["postgres"]),
                *("-D", ".", "-h", "", "-k", ".", "-p", PORT),
            ],
            cwd=self.data,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **account.options(),
        )

    def _drop_stale_files(self) -> None:
        """Remove the pid files of a dead server.

        PostgreSQL does so itself unless the number now belongs to another process
        of the same account, which is common after a container has been restarted.
        """
        for name in ("postmaster.pid", f".s.PGSQL.{PORT}.lock"):
            path = self.data / name
            try:
                pid = int(path.read_text().split()[0])
            except (FileNotFoundError, IndexError, ValueError):
                continue
            if not self._is_our_server(pid):
                path.unlink(missing_ok=True)

    def _is_our_server(self, pid: int) -> bool:
        if not Path("/proc/self").exists():
            shown = tools.account_for(self.data).run("ps", "-o", "comm=", "-p", pid)
            return shown.stdout.strip().endswith("postgres")
        try:
            status = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return False
        # "1234 (postgres) S ...": a zombie (Z) waits for its parent, not for clients.
        program, _, rest = status.partition("(")[2].rpartition(")")
        if program != "postgres" or rest.split()[0] in "ZX":
            return False
        # Another cluster's server may have got the number. Asked as the account
        # itself: in a container even root may not look into other accounts' processes.
        folder = tools.account_for(self.data).run("readlink", f"/proc/{pid}/cwd")
        return folder.returncode != 0 or folder.stdout.strip() == str(self.data)

    def _stop(self) -> None:
        # pg_ctl signals whatever process the pid file names, so it must be the server.
        self._drop_stale_files()
        if not (self.data / "postmaster.pid").exists():
            return
        account = tools.account_for(self.data)
        pg_ctl = tools.programs_for(account)["pg_ctl"]
        for mode in ("fast", "immediate"):
            stopped = account.run(
                *(pg_ctl, "stop", "-D", ".", "-m", mode, "-w", "-t", 30),
                folder=self.data,
            )
            if stopped.returncode == 0 or not (self.data / "postmaster.pid").exists():
                break
        else:
            logger.warning("PostgreSQL did not stop: %s", _end(stopped.stdout))
            return
        if self._server is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._server.wait(5)
        paths.remove_link(self.data)


def _end(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-15:])


_clusters: dict[Path, Cluster] = {}
_clusters_mutex = threading.Lock()


def cluster(wanted: Path | str) -> Cluster:
    """Return the Cluster of a data folder, one object per folder and process."""
    wanted = Path(wanted).absolute()
    with _clusters_mutex:
        if wanted not in _clusters:
            _clusters[wanted] = Cluster(wanted)
        return _clusters[wanted]


@atexit.register
def _leave_all() -> None:
    for one in _clusters.values():
        one.leave()


def _forget_all() -> None:
    for one in _clusters.values():
        one.forget()
        one._mutex = threading.RLock()


# A forked worker that ends must not stop the server of its parent.
os.register_at_fork(after_in_child=_forget_all)


def _exit_on_sigterm() -> None:
    """Turn SIGTERM into an ordinary exit, unless the program handles it itself.

    Python's default is to die on the spot, and the server would stay behind.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
