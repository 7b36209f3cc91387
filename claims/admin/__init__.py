"""The admin: one module per noun, each registers its ModelAdmins."""

from claims.admin import (
    articles,
    claims,
    comments,
    desk_pages,
    history,
    notices,
    outbox,
    people,
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
    "comments",
    "desk_pages",
    "history",
    "notices",
    "outbox",
    "people",
    "publications",
    "ratings",
    "reports",
    "review",
    "speakers",
    "users",
    "verdicts",
]
