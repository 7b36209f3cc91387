"""Values for the filters of lists of claims, taken from the archive."""

from __future__ import annotations

from claims.models import FacetCount, Outlet, Rating, Speaker, Topic
from claims.models.choices import AttributionKind, Checkability, Finding
from claims.models.facets import OUTLET, RANGE, SPEAKER, TOPIC

# Inside a year and at its edge, where the codes of years leave much open.
DAYS = {
    "stated_after": ("2020-01-01",),
    "stated_before": ("2022-06-30", "2022-01-05"),
    "published_after": ("2020-01-01",),
    "published_before": ("2021-06-30", "2023-06-01"),
}
ORDERS = ("stated", "oldest", "published", "listed")


def filter_values() -> dict[str, tuple[str, ...]]:
    """Return for each filter a frequent, a middling and a rare value in use."""
    return {
        "speaker": _slugs(Speaker, SPEAKER),
        "outlet": _slugs(Outlet, OUTLET),
        "topic": _slugs(Topic, TOPIC),
        "rating": (
            "none",
            "retracted",
            *Rating.objects.order_by("order").values_list("slug", flat=True)[:3],
        ),
        "finding": (Finding.CONFIRMED, Finding.NOT_FOUND),
        "attribution": tuple(AttributionKind.values),
        "checkability": (Checkability.CHECKABLE, Checkability.VAGUE),
        **DAYS,
    }


def _slugs(model, facet) -> tuple[str, ...]:
    counted = FacetCount.objects.filter(
        facet__gt=facet, facet__lt=facet + RANGE, count__gt=0
    ).order_by("-count")
    keys = [code - facet for code in counted.values_list("facet", flat=True)]
    chosen = [keys[0], keys[len(keys) // 2], keys[-1]] if keys else []
    rows = model.objects.in_bulk(chosen)
    return tuple(dict.fromkeys(rows[key].slug for key in chosen if key in rows))
