"""The redactions that pages tell of: when words were taken off, and why."""

from django.db.models import QuerySet

from claims.models import EvidenceFile, Redaction


def redactions_of(article: int) -> QuerySet[Redaction]:
    """Return the redactions of an article and of the claims in it, newest first."""
    return Redaction.objects.filter(article=article).only(
        "at", "reason", "article", "file"
    )


def redactions_of_file(file: EvidenceFile) -> QuerySet[Redaction]:
    """Return the redactions by which a kept copy was taken off, one if any."""
    return file.redactions.only("at", "reason", "article", "file")[:1]
