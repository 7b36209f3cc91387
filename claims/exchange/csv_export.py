"""Writing claims as CSV (RFC 4180): the header, and a row for each claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from claims.exchange.columns import COLUMNS, FROM, Column
from claims.exchange.copying import copy_rows
from claims.exchange.csv_escaping import (
    escape_formula_sql,
    may_have_inner_cells_sql,
)
from claims.exchange.former_columns import former_columns


def csv_rows(claims, *, site: str, former: bool = False) -> Iterator[bytes]:
    """Yield the header and a line for each claim chosen.

    `former` is for the columns and values before the present dialect.
    """
    columns = former_columns() if former else COLUMNS
    yield (",".join(column.name for column in columns) + "\r\n").encode()
    sql = csv_sql(columns, is_guessed=not former)
    for line in copy_rows(sql, claims, site):
        yield line[:-1] + b"\r\n"


def csv_sql(columns: Sequence[Column] = COLUMNS, *, is_guessed: bool = True) -> str:
    """Return the COPY statement of the rows of the claims chosen as `{claims}`."""
    # The ORDER BY inside and OFFSET keep each cell from being worked out twice.
    cells = ", ".join(f'{_cell_sql(one)} AS "{one.name}"' for one in columns)
    words = ", ".join(f'"{one.name}"' for one in columns if one.is_words)
    guard = partial(escape_formula_sql, has_inner="has_inner", is_guessed=is_guessed)
    guarded = ", ".join(
        guard(f'"{one.name}"') if one.is_words else f'"{one.name}"' for one in columns
    )
    return (
        f"COPY (SELECT {guarded} FROM (SELECT *,"
        f" {may_have_inner_cells_sql(f'concat({words})')} AS has_inner"
        f" FROM (SELECT {cells} {FROM}) line OFFSET 0) line)"
        " TO STDOUT WITH (FORMAT csv, ENCODING 'UTF8')"
    )


def _cell_sql(column):
    sql = f"({column.sql})"
    if column.kind == "date":
        return f"to_char({sql}, 'YYYY-MM-DD')"
    if column.kind in ("integer", "number"):
        return f"{sql}::text"
    return f"nullif({sql}::text, '')"
