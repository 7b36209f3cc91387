"""Facet codes: every filterable fact of a public claim as one integer.

Each facet has a range of ten million codes of its own, so that no value of one can be
taken for a value of another; speakers come last, in the widest range.
"""

from datetime import date

from claims.models.choices import AttributionKind, Checkability, Finding

RANGE = 10_000_000
RATING = 1 * RANGE
FINDING = 2 * RANGE
ATTRIBUTION = 3 * RANGE
CHECKABILITY = 4 * RANGE
JOINT = 5 * RANGE + 1  # a statement of several speakers
CHECKED_ELSEWHERE = 5 * RANGE + 2  # what readers see was published elsewhere
OUTLET = 6 * RANGE
TOPIC = 7 * RANGE
YEAR = 8 * RANGE  # of the statement
MONTH = 9 * RANGE  # of the newest publication, as yyyymm, in UTC
SPEAKER = 10 * RANGE

# Values of closed lists by their place in them: new ones are added at the end.
_PLACES = {
    FINDING: {value: place for place, value in enumerate(Finding.values, 1)},
    ATTRIBUTION: {
        value: place for place, value in enumerate(AttributionKind.values, 1)
    },
    CHECKABILITY: {value: place for place, value in enumerate(Checkability.values, 1)},
}


def rating_code(key: int) -> int:
    """Return the code of a rating's key, NOT_REVIEWED_KEY and RETRACTED_KEY too."""
    return RATING + 10 + key


def value_code(facet: int, value: str) -> int:
    """Return the code of a value of FINDING, ATTRIBUTION or CHECKABILITY."""
    return facet + _PLACES[facet][value]


def value_of(facet: int, code: int) -> str:
    """Return the value of FINDING, ATTRIBUTION or CHECKABILITY that a code means."""
    return next(v for v, place in _PLACES[facet].items() if facet + place == code)


def topics_in(codes: list[int]) -> list[int]:
    """Return the keys of the topics among the codes of a claim."""
    return [code - TOPIC for code in codes if TOPIC <= code < TOPIC + RANGE]


def year_code(day: date) -> int:
    """Return the code of the year of a statement.

    >>> year_code(date(2024, 5, 6))
    80002024
    """
    return YEAR + day.year


def month_code(day: date) -> int:
    """Return the code of the month of a publication.

    >>> month_code(date(2024, 5, 6))
    90202405
    """
    return MONTH + day.year * 100 + day.month


def sql_case(facet: int, column: str) -> str:
    """Return the SQL that turns a column of a closed list into its code."""
    cases = " ".join(
        f"WHEN '{value}' THEN {facet + place}"
        for value, place in _PLACES[facet].items()
    )
    return f"CASE {column} {cases} END"
