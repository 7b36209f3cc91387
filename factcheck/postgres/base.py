"""The database backend: Django's PostgreSQL backend that starts its server itself."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql.client import DatabaseClient as PsqlClient

from factcheck.database import base

if sys.platform == "win32":
    raise ImproperlyConfigured(
        "The embedded PostgreSQL does not run on Windows itself: use WSL, or set "
        "DATABASE_URL to a server."
    )

# After the sentence above, since this needs modules that Windows does not have.
from .server import cluster


class DatabaseClient(PsqlClient):
    """`manage.py dbshell` with the embedded psql, the server running."""

    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict, parameters):
        server = cluster(settings_dict["DATA_FOLDER"])
        address = server.join()
        arguments, env = super().settings_to_cmd_args_env(
            {**settings_dict, "HOST": address["host"], "PORT": address["port"]},
            parameters,
        )
        return [server.program("psql"), *arguments[1:]], env


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self):
        if self.settings_dict["OPTIONS"].get("pool"):
            # A pool keeps handing out connections to a server that has gone, and
            # takes half a minute to notice.
            raise ImproperlyConfigured(
                "The embedded PostgreSQL works without a connection pool: take "
                "'pool' out of OPTIONS, or set DATABASE_URL to a server."
            )
        params = super().get_connection_params()
        if os.environ.get("FACTCHECK_PG_FAST") == "1":
            # For test runs. A power cut may lose the last commits of this process,
            # never anyone else's, and never makes the files inconsistent.
            params["options"] = (
                f"{params.get('options', '')} -c synchronous_commit=off".strip()
            )
        return params | cluster(self.settings_dict["DATA_FOLDER"]).join()

    def get_new_connection(self, conn_params):
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            # Perhaps the server was killed. If it runs, this costs one ping.
            cluster(self.settings_dict["DATA_FOLDER"]).ensure()
            return super().get_new_connection(conn_params)
