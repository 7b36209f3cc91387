"""Escaping of CSV cells against formula injection in spreadsheets, and back."""

# Full-width signs count too: some spreadsheets take them for the plain ones.
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠'"


def unescape_formula(cell: str) -> str:
    """Return the cell without the escape of escape_formula_sql().

    >>> unescape_formula("'=1+1"), unescape_formula("''tis"), unescape_formula("plain")
    ('=1+1', "'tis", 'plain')
    """
    return cell[1:] if cell.startswith("'") else cell


def escape_formula(cell: str) -> str:
    """Return the cell escaped against CSV (formula) injection, by a `'`.

    >>> escape_formula("=1+1"), escape_formula("'tis"), escape_formula("plain")
    ("'=1+1", "''tis", 'plain')
    """
    return f"'{cell}" if cell.startswith(tuple(FORMULA_STARTS)) else cell


def escape_formula_sql(sql: str) -> str:
    """Return SQL that escapes a cell against CSV (formula) injection, by a `'`."""
    starts = ", ".join(f"U&'\\{ord(sign):04X}'" for sign in FORMULA_STARTS)
    return f"CASE WHEN left({sql}, 1) IN ({starts}) THEN '''' || {sql} ELSE {sql} END"
