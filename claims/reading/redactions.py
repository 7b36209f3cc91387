"""The redactions that pages tell of: when words were taken off, and why."""

from django.db.models import QuerySet

from claims.models import Redaction


def redactions_of(article: int) -> QuerySet[Redaction]:
    """Return the redactions of an article and of the claims in it, newest first."""
    return Redaction.objects.filter(article=article).only("at", "reason", "article")
