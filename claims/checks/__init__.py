"""Integrity checks of what is stored (manage.py check_integrity).

The database refuses what is wrong on its way in; these look at what is there, after
a restore, an upgrade, or somebody with the owner's password.
"""

from claims.checks import definitions, heads, history, privileges, public, rows
from claims.checks.check import Check, broken_rows
from claims.checks.heads import compare as compare_heads
from claims.checks.settings import unsafe_settings

__all__ = ["Check", "all_checks", "broken_rows", "compare_heads", "problems"]


def all_checks(*, by_history: bool = True) -> list[Check]:
    """Return every check that finds rows, with or without those of the history."""
    checks = [*rows.CHECKS, *public.CHECKS, *history.checks()]
    return [check for check in checks if by_history or not check.by_history]


def problems() -> list[str]:
    """Return what is wrong with the stored data and its guards, each in a sentence."""
    told = definitions.problems() + privileges.problems()
    for check in all_checks():
        keys = broken_rows(check)
        if keys:
            ids = ", ".join(map(str, keys[:20]))
            more = " and more" if len(keys) > 20 else ""
            told.append(f"{check.name}: {check.means}: {ids}{more}")
    told += heads.problems()
    told += [
        f"settings: {name} is {value}; a committed write may be lost"
        for name, value in unsafe_settings().items()
    ]
    return told
