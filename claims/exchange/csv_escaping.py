"""Escaping of CSV cells against formulas and guessed types, and back.

A spreadsheet runs a cell that begins with a sign; one that parts the file at
semicolons, tabs or line ends finds cells inside a cell. A program that guesses types
takes a column of "True", "no", "May" or "n/a" for booleans, dates or nothing. In front
of a formula goes one `'`, and what could be guessed stands between two; reading the
file back takes them off.
"""

import re

# Full-width signs count too: some spreadsheets take them for the plain ones.
FORMULA_SIGNS = "=+-@＝＋－＠"
FORMULA_STARTS = FORMULA_SIGNS + "\t\r\n'"
_INNER_START = r'[;\t\r\n][" ]*'
_INNER_SIGN = f"'*[{FORMULA_SIGNS.replace('-', '')}-]"
# No longer cell is guessed to be one of these, or would be so by many words.
LONGEST_GUESSED = 40
# What programs take for true or false, nothing or a number, where it stands alone.
ALONE = (
    "true false t f yes no y n on off none null nil na n/a nan inf infinity ind qnan"
)
# What days, times and numbers are made of.
TIME_WORDS = """
e t z utc gmt zero one a an two three four five six seven eight nine ten eleven twelve
thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
monday tuesday wednesday thursday friday saturday sunday
mon tues tue wed thurs thur thu fri sat sun
january february march april may june july august september october november december
jan feb mar apr jun jul aug sept sep oct nov dec
seconds second secs sec s minutes minute mins min m hours hour hrs hr h
days day dys dy d weeks week wks wk w months month mths mth mos years year yrs yr y
quarter q tomorrow today yesterday tonight now right noon afternoon lunch morning
breakfast dinner evening midnight night eod eom eoy end from before after ago prior prev
previous last next this in on of at am pm p o clock rd st nd th
"""
_LETTERLESS = r"[-0-9０-９٠-٩۰-۹०-९ .,:;/\x25+()<>#~_–$€£¥₺₽₹₡₱¢﷼₪₩₭₮₦฿₤₫ƒ؋៛]"
_SIGNS = r"[!-/:-@\x5b-`{-~ ]"
_GUESSED = (
    rf"^(?:(?:{_LETTERLESS}|(?<![a-z])(?:{'|'.join(TIME_WORDS.split())})(?![a-z]))*"
    rf"|{_SIGNS}*(?:1\.#)?(?:{'|'.join(ALONE.split())}){_SIGNS}*)$"
)
_guessed = re.compile(_GUESSED, re.IGNORECASE | re.ASCII)
_inner = re.compile(f"({_INNER_START})({_INNER_SIGN})")
_inner_escaped = re.compile(f"({_INNER_START})'({_INNER_SIGN})")


def unescape_formula(cell: str) -> str:
    """Return the cell without the escapes of escape_formula_sql().

    >>> unescape_formula("'=1+1"), unescape_formula("''tis"), unescape_formula("a;'=1")
    ('=1+1', "'tis", 'a;=1')
    >>> unescape_formula("'False'"), unescape_formula("'quoted'")
    ('False', "quoted'")
    """
    if not cell.startswith("'"):
        return _inner_escaped.sub(r"\1\2", cell)
    if cell.endswith("'"):
        between = _inner_escaped.sub(r"\1\2", cell[1:-1])
        if _is_guessed(between):
            return between
    return _inner_escaped.sub(r"\1\2", cell[1:])


def escape_formula(cell: str) -> str:
    """Return the cell escaped against formulas and guessed types, by `'`.

    >>> escape_formula("=1+1"), escape_formula("'tis"), escape_formula("plain")
    ("'=1+1", "''tis", 'plain')
    >>> escape_formula("False"), escape_formula("May 5"), escape_formula("a;=1")
    ("'False'", "'May 5'", "a;'=1")
    """
    inner = _inner.sub(r"\1'\2", cell)
    if _is_guessed(cell):
        return f"'{inner}'"
    is_formula = cell.lstrip(' "').startswith(tuple(FORMULA_STARTS))
    return f"'{inner}" if is_formula else inner


def _is_guessed(cell):
    is_short = cell and len(cell.strip("'")) <= LONGEST_GUESSED
    return bool(is_short and _guessed.search(cell))


def escape_formula_sql(sql: str) -> str:
    """Return SQL that escapes a cell against formulas and guessed types, by `'`."""
    starts = ", ".join(f"U&'\\{ord(sign):04X}'" for sign in FORMULA_STARTS)
    inner = f"({_INNER_START})({_INNER_SIGN})".replace("'", "''")
    # Most cells hold no separator: a look for one is cheaper than the replacing.
    cell = (
        f"CASE WHEN {sql} ~ '[;\\t\\r\\n]'"
        rf" THEN regexp_replace({sql}, '{inner}', '\1''\2', 'g') ELSE {sql} END"
    )
    # By the letters A to Z alone, as reading back does, whatever the database's locale.
    guessed = _GUESSED.replace("'", "''")
    is_guessed = (
        f"length(btrim({sql}, '''')) <= {LONGEST_GUESSED} AND {sql} <> ''"
        f" AND {sql} COLLATE \"C\" ~* '{guessed}'"
    )
    is_formula = f"left(ltrim({sql}, ' \"'), 1) IN ({starts})"
    return (
        f"CASE WHEN {is_guessed} THEN '''' || {cell} || ''''"
        f" WHEN {is_formula} THEN '''' || {cell} ELSE {cell} END"
    )
