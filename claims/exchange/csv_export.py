"""Writing claims as CSV (RFC 4180): the header, and a row for each claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.exchange.columns import COLUMNS, FROM, Column
from claims.exchange.copying import copy_rows
from claims.exchange.csv_escaping import EscapedRows
from claims.exchange.former_columns import former_columns


def csv_rows(claims, *, site: str, former: bool = False) -> Iterator[bytes]:
    """Yield the header and a line for each claim chosen.

    `former` is for the columns and values before the present dialect.
    """
    columns = former_columns() if former else COLUMNS
    yield (",".join(column.name for column in columns) + "\r\n").encode()
    rows = EscapedRows(is_guessed=not former)
    for line in copy_rows(csv_sql(columns, mark=rows.mark), claims, site):
        yield (rows.escaped(line[:-1].decode()) + "\r\n").encode()


def csv_sql(columns: Sequence[Column] = COLUMNS, *, mark: str = "") -> str:
    """Return the COPY statement of the rows of the claims chosen as `{claims}`.

    Each cell of words begins with `mark`.
    """
    cells = ", ".join(f'{_cell_sql(one, mark)} AS "{one.name}"' for one in columns)
    return f"COPY (SELECT {cells} {FROM}) TO STDOUT WITH (FORMAT csv, ENCODING 'UTF8')"


def _cell_sql(column, mark):
    sql = f"({column.sql})"
    if column.kind == "date":
        return f"to_char({sql}, 'YYYY-MM-DD')"
    if column.kind in ("integer", "number"):
        return f"{sql}::text"
    cell = f"nullif({sql}::text, '')"
    return f"'{mark}' || {cell}" if column.is_words and mark else cell
