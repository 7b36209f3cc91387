"""The admin: one module per noun, each registers its ModelAdmins."""

from claims.admin import (
    articles,
    claims,
    history,
    outbox,
    people,
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
    "outbox",
    "people",
    "publications",
    "ratings",
    "reports",
    "review",
    "speakers",
    "verdicts",
]
