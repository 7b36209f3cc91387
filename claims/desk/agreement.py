"""Inter-rater agreement of blind second ratings: percentage and Cohen's kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from claims.models import SecondRating


@dataclass(frozen=True)
class Agreement:
    """The pairs of ratings in one period, and their agreement."""

    period: str
    pairs: int
    agreed: int
    kappa: float | None

    @property
    def percentage(self) -> float:
        return 100 * self.agreed / self.pairs

    @property
    def rounded(self) -> int:
        return round(self.percentage)


PERIODS = {
    "month": lambda at: f"{at:%Y-%m}",
    "quarter": lambda at: f"{at:%Y}, Q{(at.month + 2) // 3}",
    "year": lambda at: f"{at:%Y}",
}


def cohens_kappa(pairs: Sequence[tuple]) -> float | None:
    """Return Cohen's kappa: agreement beyond chance, 1 at best, 0 as by chance.

    None where chance alone would always agree, so that nothing can be said.

    >>> pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10
    >>> round(cohens_kappa(pairs + [("no", "no")] * 15), 3)
    0.4
    """
    total = len(pairs)
    if not total:
        return None
    observed = sum(first == second for first, second in pairs) / total
    firsts = Counter(first for first, _second in pairs)
    seconds = Counter(second for _first, second in pairs)
    by_chance = sum(firsts[each] * seconds[each] for each in firsts) / total**2
    if by_chance == 1:
        return None
    return (observed - by_chance) / (1 - by_chance)


def agreement_by(
    period: str, ratings: Iterable[tuple[datetime, object, object]]
) -> list[Agreement]:
    """Return the agreement by month, quarter or year, newest first.

    >>> day = datetime(2026, 5, 4)
    >>> agreement_by("quarter", [(day, 1, 1), (day, 1, 2), (day, 2, 2)])
    [Agreement(period='2026, Q2', pairs=3, agreed=2, kappa=0.4)]
    """
    name = PERIODS[period]
    periods: dict[str, list] = {}
    for at, first, second in ratings:
        periods.setdefault(name(at), []).append((first, second))
    rows = []
    for key, pairs in periods.items():
        kappa = cohens_kappa(pairs)
        rows.append(
            Agreement(
                key,
                len(pairs),
                sum(first == second for first, second in pairs),
                None if kappa is None else round(kappa, 3),
            )
        )
    return rows[::-1]


def disagreements(
    ratings: QuerySet[SecondRating], most: int = 50
) -> list[SecondRating]:
    """Return the newest second ratings that differ from the first."""
    rows = ratings.select_related(
        "verdict__claim", "rating", "first_rating", "by", "first_author"
    )
    return list(rows.exclude(rating=F("first_rating")).order_by("-at", "-id")[:most])
