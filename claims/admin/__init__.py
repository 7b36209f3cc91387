"""The admin: one module per noun, each registers its ModelAdmins."""

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
