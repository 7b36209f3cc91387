"""Escaping of CSV cells against formulas and guessed types, and back.

A spreadsheet runs a cell that begins with a sign; one that parts the file at
semicolons, tabs or line ends finds cells inside a cell. A program that guesses types
takes a column of "True", "no", "May" or "n/a" for booleans, dates or nothing. In front
of a formula goes one `'`, and what could be guessed stands in brackets; reading the
file back takes them off.
"""

import re
from functools import cache
from secrets import token_urlsafe
from string import ascii_lowercase, ascii_uppercase

# Full-width signs count too: some spreadsheets take them for the plain ones.
FORMULA_SIGNS = "=+-@＝＋－＠"
FORMULA_STARTS = FORMULA_SIGNS + "\t\r\n'"
# What a program may take for the end of a cell.
PARTING_CELLS = ";\t\r\n"
_INNER_START = rf'[{PARTING_CELLS}][" ]*'
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
    """Return the cell without the escapes of escape_formula().

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


def escape_formula(cell: str, *, is_guessed: bool = True) -> str:
    """Return the cell escaped against formulas by `'`, against guessed types by `[]`.

    Without `is_guessed` against formulas alone.

    >>> escape_formula("=1+1"), escape_formula("'tis"), escape_formula("plain")
    ("'=1+1", "''tis", 'plain')
    >>> escape_formula("False"), escape_formula("[May]"), escape_formula("a;=1")
    ('[False]', '[[May]]', "a;'=1")
    """
    return _inner.sub(r"\1'\2", _escape_begin(cell, is_guessed))


def _escape_begin(cell, is_guessed):
    if is_guessed and _is_guessed(cell):
        return f"[{cell}]"
    is_formula = cell.lstrip(' "').startswith(tuple(FORMULA_STARTS))
    return f"'{cell}" if is_formula else cell


def _is_guessed(cell):
    # What stands in brackets already counts as well, so that it is told apart.
    core = cell.lstrip("[").rstrip("]")
    if not core or len(core) > LONGEST_GUESSED:
        return False
    # A look at the beginning tells most cells apart at little cost.
    first = core.translate(_ASCII_LOWER).translate(_TO_BLANKS).split(" ", 1)[0]
    may_be = core[0] in _FIRST_SIGNS or first in _FIRST_WORDS
    return may_be and _guessed.search(core) is not None


class EscapedRows:
    """Rows of CSV in which the cells of words are escaped, without parsing the rest.

    Whoever writes the rows puts `mark` in front of each cell of words; `escaped` takes
    it away and looks closer at a cell that begins as one to be escaped could. Few do:
    asking the database of every cell takes it as long again as the rows themselves.
    """

    # Drawn by each process, so that no text can hold it on purpose.
    mark = f"\x02{token_urlsafe(4)}"

    def __init__(self, *, is_guessed: bool = True):
        self.is_guessed = is_guessed

    def escaped(self, row: str) -> str:
        """Return one row with its cells escaped and without marks."""
        row = _closer(self.mark).sub(self._escaped, row).replace(self.mark, "")
        has_inner = any(sign in row for sign in PARTING_CELLS)
        return _inner.sub(r"\1'\2", row) if has_inner else row

    def _escaped(self, found):
        if found["plain"] is not None:
            return _escape_begin(found["plain"], self.is_guessed)
        cell = found["quoted"].replace('""', '"')
        return _escape_begin(cell, self.is_guessed).replace('"', '""')


@cache
def _closer(mark):
    """Return a pattern of the marked cells to look closer at; it takes long to make."""
    begins = re.escape(FORMULA_STARTS + "".join(sorted(_FIRST_SIGNS)))
    return re.compile(
        f"{mark}(?=[{begins}]|(?i:{_first_words()})(?![a-zA-Z]))"
        # A cell in quotes has those inside doubled.
        f'(?:(?<="{mark})(?P<quoted>(?:[^"]|"")*)|(?P<plain>[^,\r\n]*))'
    )


def _first_words():
    """Return a pattern of the first words of a guess, those of one letter together."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(_FIRST_WORDS):
        by_letter.setdefault(word[0], []).append(word[1:])
    return "|".join(
        f"{letter}(?:{'|'.join(reversed(rests))})"
        for letter, rests in by_letter.items()
    )


# What parts the first word of a cell from the rest.
_PARTING = ".,:;/-()"
_TO_BLANKS = str.maketrans(_PARTING, " " * len(_PARTING))
_ASCII_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
