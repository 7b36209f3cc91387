"""Facet codes: every filterable fact of a public claim as one integer.

Each facet has a range of ten million codes of its own, so that no value of one can be
taken for a value of another; speakers come last, in the widest range.
"""

from claims.models.choices import AttributionKind, Checkability, Finding

RANGE = 10_000_000
RATING = 1 * RANGE
FINDING = 2 * RANGE
ATTRIBUTION = 3 * RANGE
CHECKABILITY = 4 * RANGE
OUTLET = 6 * RANGE
TOPIC = 7 * RANGE
YEAR = 8 * RANGE  # of the statement
MONTH = 9 * RANGE  # of the newest publication, as yyyymm, in UTC
SPEAKER = 10 * RANGE

# What PublicClaim.rating holds where no verdict is in force.
NO_RATING = 0
RETRACTED = -1

# Values of closed lists by their place in them: new ones are added at the end.
_PLACES = {
    FINDING: {value: place for place, value in enumerate(Finding.values, 1)},
    ATTRIBUTION: {
        value: place for place, value in enumerate(AttributionKind.values, 1)
    },
    CHECKABILITY: {value: place for place, value in enumerate(Checkability.values, 1)},
}


def rating_code(key: int) -> int:
    """Return the code of a rating's key, of NO_RATING or of RETRACTED."""
    return RATING + 10 + key


def value_code(facet: int, value: str) -> int:
    """Return the code of a value of FINDING, ATTRIBUTION or CHECKABILITY."""
    return facet + _PLACES[facet][value]


def month_codes(first, last) -> list[int]:
    """Return the codes of the months from one day to another, both included.

    >>> from datetime import date
    >>> month_codes(date(2023, 12, 30), date(2024, 1, 2))
    [90202312, 90202401]
    """
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [MONTH + month // 12 * 100 + month % 12 + 1 for month in months]


def sql_case(facet: int, column: str) -> str:
    """Return the SQL that turns a column of a closed list into its code."""
    cases = " ".join(
        f"WHEN '{value}' THEN {facet + place}"
        for value, place in _PLACES[facet].items()
    )
    return f"CASE {column} {cases} END"
