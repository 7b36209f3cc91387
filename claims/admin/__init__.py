"""The admin: one module per noun, each registers its ModelAdmins."""

from claims.admin import (
    articles,
    claims,
    history,
    outbox,
    publications,
    ratings,
    reports,
    review,
    speakers,
    users,
    verdicts,
)

__all__ = [
    "articles",
    "claims",
    "history",
    "outbox",
    "publications",
    "ratings",
    "reports",
    "review",
    "speakers",
    "users",
    "verdicts",
]
