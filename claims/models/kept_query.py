"""Rows by their keys, with the rows that belong to them, at a fraction of the work.

A query set builds its SQL anew whenever it is asked, fills each instance through
`__init__`, and PostgreSQL weighs every order in which eight tables can be joined: of a
list of fifty claims that was two thirds of the cost. Here the SQL is built once, its
tables are joined as it names them, by their keys, and instances are filled straight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db import connections, router
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

# Each table is joined by a key: there is no better order than the one written.
AS_WRITTEN = "SET LOCAL join_collapse_limit = 1;"
AS_EVER = "; SET LOCAL join_collapse_limit TO DEFAULT"
# What a query set found, kept for the statement behind it: planned together, the tables
# of the one would be joined as they are written, too.
FIND = """SET LOCAL claims.keys = '{{}}';
WITH found AS MATERIALIZED ({wanted})
SELECT found.*, set_config(
    'claims.keys', (SELECT array_agg(key)::text FROM found), true) FROM found"""
FOUND = "current_setting('claims.keys')::bigint[]"


class KeptQuery:
    """A query set kept as SQL, whose rows are asked for by key.

    It gives what the query set would: instances with the same fields loaded and
    deferred, and the same related instances. `query_set` is called once, when the
    first rows are asked for: nothing in it may change.
    """

    def __init__(self, query_set: Callable[[], QuerySet]):
        self._query_set = query_set

    def in_bulk(self, keys: Iterable[Any] | QuerySet) -> dict[Any, Any]:
        """Return the rows with some keys by these; of a query set, those it gives."""
        if isinstance(keys, QuerySet):
            wanted, params = keys.query.sql_with_params()
            condition = f"ARRAY({wanted})"
        else:
            condition, params = "%s", ([*keys],)
            if not params[0]:
                return {}
        alias = router.db_for_read(self._rows.model)
        with connections[alias].cursor() as cursor:
            cursor.execute(self._by_keys(condition), [*self._params, *params])
            cursor.nextset()
            rows = cursor.fetchall()
        return self._plan.instances(rows, connections[alias])

    def found_by(self, found: QuerySet) -> tuple[list[Any], dict[Any, Any]]:
        """Return what a query set gives, and the rows with its keys: asked for at once.

        Each of its rows begins with a key, named `key`.
        """
        wanted, params = found.query.sql_with_params()
        alias = router.db_for_read(self._rows.model)
        statement = f"{FIND.format(wanted=wanted)}; {self._by_keys(FOUND)}"
        with connections[alias].cursor() as cursor:
            cursor.execute(statement, [*params, *self._params])
            cursor.nextset()
            keys = [row[:-1] for row in cursor.fetchall()]
            cursor.nextset()
            cursor.nextset()
            rows = cursor.fetchall()
        return keys, self._plan.instances(rows, connections[alias])

    def _by_keys(self, keys: str) -> str:
        return f"{AS_WRITTEN} {self._sql} = ANY({keys}){AS_EVER}"

    @cached_property
    def _rows(self) -> QuerySet:
        return self._query_set().order_by()

    @cached_property
    def _compiled(self):
        compiler = self._rows.query.get_compiler(self._rows.db)
        sql, params = compiler.as_sql()
        then = "AND" if self._rows.query.where else "WHERE"
        key = self._rows.model._meta.pk.column
        table = self._rows.model._meta.db_table
        quoted = compiler.connection.ops.quote_name
        return f"{sql} {then} {quoted(table)}.{quoted(key)}", params, compiler

    @property
    def _sql(self) -> str:
        return self._compiled[0]

    @property
    def _params(self) -> Sequence[Any]:
        return self._compiled[1]

    @cached_property
    def _plan(self) -> _Plan:
        return _Plan(self._compiled[2])


class _Plan:
    """How instances are made of the rows of a compiled query."""

    def __init__(self, compiler):
        columns = [column for column, *_sql in compiler.select]
        self.converters = compiler.get_converters(columns)
        self.whole = _Part(compiler.klass_info, columns)
        self.annotations = list(compiler.annotation_col_map.items())

    def instances(self, rows, connection) -> dict[Any, Model]:
        if self.converters:
            rows = [[*row] for row in rows]
        for place, (functions, expression) in self.converters.items():
            for row in rows:
                for function in functions:
                    row[place] = function(row[place], expression, connection)
        found = {}
        for row in rows:
            instance = self.whole.instance(row, connection.alias)
            for name, place in self.annotations:
                setattr(instance, name, row[place])
            found[instance.pk] = instance
        return found


class _Part:
    """One table of a query: which columns fill its instances, what belongs to them."""

    def __init__(self, info, columns):
        self.model = info["model"]
        places = info["select_fields"]
        self.start, self.end = places[0], places[-1] + 1
        self.names = [columns[place].target.attname for place in places]
        self.key = self.start + self.names.index(self.model._meta.pk.attname)
        self.others = [
            (_Part(other, columns), other["local_setter"], other["remote_setter"])
            for other in info.get("related_klass_infos", ())
        ]

    def instance(self, row, alias) -> Model | None:
        if row[self.key] is None:
            return None
        made = self.model.__new__(self.model)
        made.__dict__.update(zip(self.names, row[self.start : self.end], strict=True))
        state = made._state = ModelState()
        state.db, state.adding = alias, False
        for part, attach, attach_back in self.others:
            other = part.instance(row, alias)
            attach(made, other)
            if other is not None:
                attach_back(other, made)
        return made
