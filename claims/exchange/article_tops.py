"""What the top of an article tells: its headline, byline and day, for want of better.

For texts without a head of their own: pasted words, Word and PDF files. It is a guess,
for somebody to confirm.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3

LONGEST_HEADLINE = 200
LONGEST_LINE = 120  # of a byline or a day
LOOKED_AT = 6  # paragraphs

_BYLINE = re.compile(
    r"(?:by|von|par|por|di|af|av|door|yazan|haber)\s*:?\s+(?=[^\W\d_])(.{3,100})", re.I
)
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+")
_NUMBERS = re.compile(r"\b(\d{1,2})([./])(\d{1,2})\2(\d{4})\b")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:\.|st|nd|rd|th|er)?\s+(?:de\s+)?", re.I)
_YEAR = re.compile(r"[\s,.]*(?:de(?:l)?\s+)?(\d{4})\b")


@dataclass(frozen=True)
class Top:
    """What the first paragraphs tell; `used` is how many of them tell nothing else."""

    headline: str = ""
    byline: str = ""
    day: date | None = None
    used: int = 0


def top_of(paragraphs: list[str], language: str = "") -> Top:
    """Return what the first paragraphs of an article tell.

    >>> top_of(["Bridge closes", "By Mara Ilves", "4 May 2026", "The bridge is shut."])
    Top(headline='Bridge closes', byline='Mara Ilves', day=datetime.date(2026, 5, 4), \
used=3)
    """
    headline = byline = ""
    day = None
    used = 0
    for number, paragraph in enumerate(paragraphs[:LOOKED_AT]):
        line = " ".join(paragraph.split())
        if number == 0 and len(paragraphs) > 1 and _is_headline(line):
            headline, used = line, 1
            continue
        if len(line) > LONGEST_LINE:
            break
        found = False
        for part in _PARTS.split(line):
            by = _BYLINE.fullmatch(part)
            when = day_in(part, language) if len(part) <= 60 else None
            if by and not byline and not re.search(r"[.!?]$", part):
                byline, found = by[1].strip(" ,"), True
            elif when and day is None:
                day, found = when, True
        if not found:
            break
        used = number + 1
    return Top(headline, byline, day, used)


def day_in(words: str, language: str = "") -> date | None:
    """Return the only day that words name, or None; 04/05/2026 names two.

    >>> day_in("Lindvik, 4. März 2024", "de")
    datetime.date(2024, 3, 4)
    >>> day_in("council-2024-03-04.vtt"), day_in("04/05/2026")
    (datetime.date(2024, 3, 4), None)
    """
    for match in _ISO.finditer(words):
        return _valid(*map(int, match.groups()))
    if numbers := _NUMBERS.search(words):
        first, second, year = int(numbers[1]), int(numbers[3]), int(numbers[4])
        if numbers[2] == "." or first > 12:
            return _valid(year, second, first)
        return _valid(year, first, second) if second > 12 else None
    names = _month_names(language)
    pattern = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    for month in re.finditer(rf"\b({pattern})\b\.?", words, re.I):
        number = names[month[1].casefold()]
        before, after = words[: month.start()], words[month.end() :]
        day = re.search(rf"{_DAY_FIRST.pattern}$", before, re.I)
        if day and (year_match := _YEAR.match(after)):
            return _valid(int(year_match[1]), number, int(day[1]))
        if us := re.match(r"\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", after):
            return _valid(int(us[2]), number, int(us[1]))
    return None


def _month_names(language: str) -> dict[str, int]:
    names: dict[str, int] = {}
    for code in dict.fromkeys((language or "en", "en")):
        with translation.override(code):
            for table in (MONTHS, MONTHS_3):
                for number, name in table.items():
                    names.setdefault(str(name).rstrip(".").casefold(), number)
    return names


def _is_headline(line: str) -> bool:
    return 0 < len(line) <= LONGEST_HEADLINE and not re.search(r"[.!:;,]$", line)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
