"""PgBouncer, with the file that comes along, in front of the test database."""

import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from factcheck.postgres.tools import account_for
from tests.database.pooler import PGBOUNCER
from tests.deploy.proxies import DEPLOY, running
from tests.pages.lighthouse import free_port

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        PGBOUNCER is None,
        reason="no PgBouncer here: install Debian's package pgbouncer",
    ),
]


def test_transactions_are_pooled_and_each_login_stays_itself():
    connection.ensure_connection()
    info = connection.connection.info
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="fc-", dir="/tmp"))
    account = account_for(Path(connection.settings_dict.get("DATA_FOLDER", folder)))
    ini = (DEPLOY / "pgbouncer.ini").read_text("utf-8")
    for former, new in {
        "host=127.0.0.1 port=5432": f"host={info.host} port={info.port}",
        "dbname=factcheck": f"dbname={info.dbname}",
        "listen_port = 6432": f"listen_port = {port}",
        "/etc/pgbouncer/userlist.txt": f"{folder}/userlist.txt",
    }.items():
        assert former in ini
        ini = ini.replace(former, new)
    (folder / "pgbouncer.ini").write_text(ini)
    # The server behind knows the account; PgBouncer asks for a password all the same.
    (folder / "userlist.txt").write_text(f'"{info.user}" "the password"\n')
    for path in (folder, *folder.iterdir()):
        os.chown(path, account.uid, account.gid)
    login = f"host=127.0.0.1 port={port} dbname=factcheck user={info.user}"
    command = [PGBOUNCER, folder / "pgbouncer.ini"]
    try:
        with running(
            command, port, log=folder / "log", cwd=folder, **account.options()
        ):
            with psycopg.connect(f"{login} password='the password'") as asked:
                row = asked.execute(
                    "SELECT current_user, current_database()"
                ).fetchone()
                assert row == (info.user, info.dbname)
            for wrong in ("password=wrong", "password='the password' user=postgres"):
                with pytest.raises(psycopg.OperationalError):
                    psycopg.connect(f"{login} {wrong}")
    finally:
        shutil.rmtree(folder)
