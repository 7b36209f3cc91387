"""The backend Django loads: PostgreSQL, told at the start of each transaction."""

from collections.abc import Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from types import MappingProxyType

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base
from psycopg import sql
from psycopg.pq import TransactionStatus

from . import time_limits
from .roles import VARIABLES
from .schema import DatabaseSchemaEditor

# By the alias of the connection and the name of the setting.
_Settings = Mapping[tuple[str, str], str]
_settings: ContextVar[_Settings] = ContextVar(
    "transaction_settings", default=MappingProxyType({})
)


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = DatabaseSchemaEditor

    def get_connection_params(self):
        # What stands in the URL wins.
        return time_limits.connection_params() | super().get_connection_params()

    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        if connection.info.parameter_status("is_superuser") == "on":
            connection.close()
            raise ImproperlyConfigured(
                f"{VARIABLES.get(self.alias, 'DATABASE_URL')} logs in as a superuser, "
                "whom no rule of the database binds: name a role that is none "
                "(manage.py database_roles prints how to make it)."
            )
        return connection

    @contextmanager
    def transaction_setting(self, name, value):
        """Begin each transaction of this block with SET LOCAL name TO value.

        One that is open already is told at once, and told the former value again at
        the end of the block. A statement outside any transaction is told nothing, for
        nothing is set for the session: behind a pooler that is somebody else's next.
        Threads started within the block begin without the setting.
        """
        key = self.alias, name
        before = _settings.get().get(key)
        token = _settings.set({**_settings.get(), key: value})
        try:
            if value != before and self._is_between_begin_and_commit():
                self._set_local(name, value)
            yield
        finally:
            _settings.reset(token)
            # A failed transaction takes the setting back when it is undone, and a
            # lost connection has none.
            if value != before and self._is_in_good_order():
                self._set_local(name, before)

    def _is_between_begin_and_commit(self):
        return self.connection is not None and not self.connection.autocommit

    def _is_in_good_order(self):
        return (
            self._is_between_begin_and_commit()
            and self.connection.info.transaction_status == TransactionStatus.INTRANS
        )

    def _set_autocommit(self, autocommit):
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if autocommit:
            return
        # atomic() begins here.
        try:
            for name in time_limits.lifted():
                self._set_local(name, "0")
            for (alias, name), value in _settings.get().items():
                if alias == self.alias:
                    self._set_local(name, value)
        except BaseException:
            # It has not begun then, and so will not end what has.
            with suppress(self.Database.Error):
                self.connection.rollback()
                self.connection.autocommit = True
            raise

    def _set_local(self, name, value):
        """Set for the transaction; None: to what it is for the role.

        SET, unlike SELECT set_config(), takes no snapshot: a transaction may still
        choose its isolation level afterwards.
        """
        statement = sql.SQL("SET LOCAL {} TO {}").format(
            sql.Identifier(*name.split(".")),
            sql.SQL("DEFAULT") if value is None else sql.Literal(value),
        )
        with self.wrap_database_errors, self.connection.cursor() as cursor:
            cursor.execute(statement)

    def chunked_cursor(self):
        """Return a cursor on the server in a transaction, an ordinary one outside.

        Outside it would have to outlive its statement (WITH HOLD), and the next one
        may meet another session.
        """
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()
