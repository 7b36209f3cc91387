"""Making a cluster: initdb, its roles and database, and who may connect to it.

The superuser has no line in pg_hba.conf. It works in PostgreSQL's single-user mode
alone, where nothing listens: when the cluster is made, and once more for a cluster
that was made before there were three roles.
"""

import os
import pwd
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path

from factcheck.database.roles import (
    APPLICATION,
    APPLICATION_ALIAS,
    OWNER,
    OWNER_ALIAS,
    PUBLIC,
    PUBLIC_ALIAS,
    create_login,
    set_defaults,
)

from . import tools

LARGEST_LOG = 5_000_000
LOGINS = (OWNER, APPLICATION, PUBLIC)
ALIASES = (OWNER_ALIAS, APPLICATION_ALIAS, PUBLIC_ALIAS)
HBA = f"local all {','.join(LOGINS)} peer map=factcheck\n"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0600",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "lc_messages": "C",
}
DATABASE = f"CREATE DATABASE {OWNER} OWNER {OWNER};"


def roles() -> tuple[str, ...]:
    """Return the statements that make the roles, with their limits of time."""
    limits = [set_defaults(*each) for each in zip(ALIASES, LOGINS, strict=True)]
    return (
        *(create_login(role) for role in LOGINS),
        f"ALTER ROLE {OWNER} CREATEDB;",
        *chain.from_iterable(limits),
    )


def run_initdb(
    account: tools.Account, folder: Path, lock: int
) -> subprocess.CompletedProcess:
    """Make a cluster with its roles and database; return what the last program said."""
    made = account.run(
        tools.programs_for(account)["initdb"],
        *("--pgdata=.", "--username=postgres", "--encoding=UTF8"),
        *("--locale=C", "--locale-provider=builtin"),
        *("--builtin-locale=PG_UNICODE_FAST", "--data-checksums"),
        *("--auth-local=peer", "--auth-host=reject", "--no-instructions"),
        *(f"--set={name}={value}" for name, value in SETTINGS.items()),
        folder=folder,
        keep=(lock,),
    )
    if made.returncode == 0:
        made = run_single(account, folder, (*roles(), DATABASE), lock)
    return made


def run_single(
    account: tools.Account, folder: Path, statements: Iterable[str], lock: int
) -> subprocess.CompletedProcess:
    """Run statements, a line each, as the superuser of a server that does not run."""
    return account.run(
        tools.programs_for(account)["postgres"],
        *("--single", "-D", ".", "-c", "exit_on_error=on", "postgres"),
        folder=folder,
        text="".join(f"{statement}\n" for statement in statements),
        keep=(lock,),
    )


def write_access(account: tools.Account, folder: Path) -> subprocess.CompletedProcess:
    """Write pg_hba.conf and pg_ident.conf, and truncate a long log.

    Done at each start, since a cluster that was carried to another machine meets
    other account names there. Done by the server's account, since root must not
    write in a folder where somebody else could have laid a link.
    """
    names = {account.name, pwd.getpwuid(os.geteuid()).pw_name}
    with suppress(KeyError):
        names.add(pwd.getpwuid(0).pw_name)
    ident = "".join(
        f'factcheck "{name}" {role}\n' for name in sorted(names) for role in LOGINS
    )
    script = (
        'set -e; printf %s "$1" >pg_hba.conf; printf %s "$2" >pg_ident.conf; '
        'if [ -f server.log ] && [ "$(wc -c <server.log)" -gt "$3" ]; then '
        "mv -f server.log server.log.1; fi"
    )
    return account.run(
        *("sh", "-c", script, "prepare", HBA, ident, LARGEST_LOG), folder=folder
    )
