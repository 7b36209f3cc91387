"""PgBouncer between the tests and their database, as a host may put one there."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from factcheck.database.base import DatabaseWrapper
from factcheck.postgres.tools import account_for

# Debian puts it where only root looks for programs.
PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
SERVERS = 2
PORT = 6432  # only a part of the socket's name
# Whoever logs in through it is asked for a name, as the web's role is.
CONFIGURATION = """\
[databases]
* = {server} pool_size={servers} connect_query='SET factcheck.needs_actor = on'
[pgbouncer]
pool_mode = transaction
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
max_client_conn = 100
query_timeout = 60
log_connections = 0
log_disconnections = 0
log_pooler_errors = 0
log_stats = 0
"""


@contextmanager
def pooler():
    """Run PgBouncer in front of the test database; yield how to connect through it."""
    connection.ensure_connection()
    there = connection.connection.info
    names = {"host": there.host, "port": there.port, "user": there.user}
    if there.password:
        names["password"] = there.password
    folder = Path(tempfile.mkdtemp(prefix="fc-", dir="/tmp"))
    # PgBouncer does not run as root either; the server knows this account already.
    account = account_for(Path(connection.settings_dict.get("DATA_FOLDER", folder)))
    file = folder / "pgbouncer.ini"
    file.touch(mode=0o600)
    file.write_text(
        CONFIGURATION.format(
            server=" ".join(f"{name}='{value}'" for name, value in names.items()),
            servers=SERVERS,
            port=PORT,
            folder=folder,
        )
    )
    for path in (folder, file):
        os.chown(path, account.uid, account.gid)
    process = subprocess.Popen(
        [PGBOUNCER, file],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        **account.options(),
    )
    try:
        said = ""
        while "process up" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        yield connection.settings_dict | {
            "ENGINE": "factcheck.database",
            "HOST": str(folder),
            "PORT": str(PORT),
        }
    finally:
        process.kill()
        process.communicate()
        shutil.rmtree(folder)


def through(settings):
    """Return a connection for a thread of its own, through the pooler."""
    return DatabaseWrapper(settings, "default")
