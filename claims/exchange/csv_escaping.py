"""Escaping of CSV cells against formulas and guessed types, and back.

A spreadsheet runs a cell that begins with a sign; one that parts the file at
semicolons, tabs or line ends finds cells inside a cell. A program that guesses types
takes a column of "True", "no", "May" or "n/a" for booleans, dates or nothing. In front
of a formula goes one `'`, and what could be guessed stands in brackets; reading the
file back takes them off.
"""

import re
from string import ascii_lowercase, ascii_uppercase

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
# What numbers are written with besides letters, and what stands around a word.
_DIGITS = "0123456789０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९"
_LETTERLESS = _DIGITS + " .,:;/%+()<>#~_–-$€£¥₺₽₹₡₱¢﷼₪₩₭₮₦฿₤₫ƒ؋៛"
_AROUND = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_FIRST_SIGNS = frozenset(_LETTERLESS + _AROUND)
_FIRST_WORDS = frozenset((TIME_WORDS + ALONE.replace("/", " ")).split())
_GUESSED = (
    f"^(?:(?:[{re.escape(_LETTERLESS)}]"
    f"|(?<![a-z])(?:{'|'.join(TIME_WORDS.split())})(?![a-z]))*"
    f"|[{re.escape(_AROUND)}]*(?:1[.]#)?(?:{'|'.join(ALONE.split())})"
    f"[{re.escape(_AROUND)}]*)$"
)
_guessed = re.compile(_GUESSED, re.IGNORECASE | re.ASCII)
_inner = re.compile(f"({_INNER_START})({_INNER_SIGN})")
_inner_escaped = re.compile(f"({_INNER_START})'({_INNER_SIGN})")


def unescape_formula(cell: str) -> str:
    """Return the cell without the escapes of escape_formula_sql().

    >>> unescape_formula("'=1+1"), unescape_formula("''tis"), unescape_formula("a;'=1")
    ('=1+1', "'tis", 'a;=1')
    >>> unescape_formula("[False]"), unescape_formula("[[1]]"), unescape_formula("[x]")
    ('False', '[1]', '[x]')
    """
    if "'" not in cell and not cell.startswith("["):
        return cell
    if cell.startswith("[") and cell.endswith("]"):
        between = _inner_escaped.sub(r"\1\2", cell[1:-1])
        if _is_guessed(between):
            return between
    return _inner_escaped.sub(r"\1\2", cell.removeprefix("'"))


def escape_formula(cell: str) -> str:
    """Return the cell escaped against formulas by `'`, against guessed types by `[]`.

    >>> escape_formula("=1+1"), escape_formula("'tis"), escape_formula("plain")
    ("'=1+1", "''tis", 'plain')
    >>> escape_formula("False"), escape_formula("[May]"), escape_formula("a;=1")
    ('[False]', '[[May]]', "a;'=1")
    """
    inner = _inner.sub(r"\1'\2", cell)
    if _is_guessed(cell):
        return f"[{inner}]"
    is_formula = cell.lstrip(' "').startswith(tuple(FORMULA_STARTS))
    return f"'{inner}" if is_formula else inner


def _is_guessed(cell):
    # What stands in brackets already counts as well, so that it is told apart.
    core = cell.lstrip("[").rstrip("]")
    if not core or len(core) > LONGEST_GUESSED:
        return False
    # A look at the beginning tells most cells apart at little cost.
    first = core.translate(_ASCII_LOWER).translate(_TO_BLANKS).split(" ", 1)[0]
    may_be = core[0] in _FIRST_SIGNS or first in _FIRST_WORDS
    return may_be and _guessed.search(core) is not None


def escape_formula_sql(
    sql: str, *, has_inner: str = "true", is_guessed: bool = True
) -> str:
    """Return SQL that escapes a cell as escape_formula() does.

    `has_inner` is SQL that is false where no cell of the row has a separator in it;
    without `is_guessed` against formulas alone.
    """
    starts = ", ".join(f"U&'\\{ord(sign):04X}'" for sign in FORMULA_STARTS)
    inner = f"({_INNER_START})({_INNER_SIGN})".replace("'", "''")
    cell = (
        f"CASE WHEN {has_inner}"
        rf" THEN regexp_replace({sql}, '{inner}', '\1''\2', 'g') ELSE {sql} END"
    )
    in_brackets = f"WHEN {_is_guessed_sql(sql)} THEN '[' || {cell} || ']'"
    is_formula = f"left(ltrim({sql}, ' \"'), 1) IN ({starts})"
    return (
        f"CASE {in_brackets if is_guessed else ''}"
        f" WHEN {is_formula} THEN '''' || {cell} ELSE {cell} END"
    )


def _is_guessed_sql(sql):
    core = f"rtrim(ltrim({sql}, '['), ']')"
    # By the letters A to Z alone, as reading back does, whatever the database's locale.
    plain = f'lower({core} COLLATE "C")'
    first = f"split_part(translate({plain}, {_quoted(_PARTING)}, {_BLANKS}), ' ', 1)"
    return (
        f"length({core}) BETWEEN 1 AND {LONGEST_GUESSED}"
        f" AND (left({core}, 1) IN ({_listed(_FIRST_SIGNS)})"
        f" OR {first} IN ({_listed(_FIRST_WORDS)}))"
        f' AND {core} COLLATE "C" ~* {_quoted(_GUESSED)}'
    )


def may_have_inner_cells_sql(sql: str) -> str:
    """Return SQL that is true where a program could find cells inside a text."""
    signs = (r"E';'", r"E'\t'", r"E'\r'", r"E'\n'")
    return "(" + " OR ".join(f"strpos({sql}, {sign}) > 0" for sign in signs) + ")"


def _quoted(text):
    # Two are not doubled where values are put into the statement as well.
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("%", r"\u0025")
    return f"E'{escaped}'"


def _listed(texts):
    return ", ".join(_quoted(text) for text in sorted(texts))


# What parts the first word of a cell from the rest.
_PARTING = ".,:;/-()"
_BLANKS = f"'{' ' * len(_PARTING)}'"
_TO_BLANKS = str.maketrans(_PARTING, " " * len(_PARTING))
_ASCII_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
