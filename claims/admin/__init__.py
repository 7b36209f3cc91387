"""The editors' desk: one module per noun, each registers its own pages."""

from claims.admin import (
    articles,
    claims,
    history,
    publications,
    ratings,
    reports,
    review,
    speakers,
    verdicts,
)

__all__ = [
    "articles",
    "claims",
    "history",
    "publications",
    "ratings",
    "reports",
    "review",
    "speakers",
    "verdicts",
]
