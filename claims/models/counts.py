"""Models that count listed claims, kept by the database: by facet, by lexeme."""

from django.db import models
from django.db.models import Q


class FacetCount(models.Model):
    """How many listed claims have a facet code, and when that last changed.

    Between which days and numbers they lie, too: a list in that order is read from
    there on. The ends stay when a claim leaves, so all that have the code lie within.
    Kept by the database whenever a row of PublicClaim is written.
    """

    facet = models.IntegerField(primary_key=True)
    count = models.IntegerField()
    changed_at = models.DateTimeField()
    stated_from = models.DateField(null=True)
    stated_until = models.DateField(null=True)
    published_from = models.DateTimeField(null=True)
    published_until = models.DateTimeField(null=True)
    listed_from = models.DateTimeField(null=True)
    listed_until = models.DateTimeField(null=True)
    claim_from = models.BigIntegerField(null=True)
    claim_until = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            # Whether there is a listed claim of something: by the index alone.
            models.Index(
                fields=["facet"], condition=Q(count__gt=0), name="facet_in_use"
            ),
        ]

    def __str__(self):
        return f"{self.facet}: {self.count}"


class LexemeCount(models.Model):
    """In how many listed claims a lexeme stands: how rare it is, for likeness.

    Two rows are no lexemes: "" counts the claims and " " all their lexemes. Kept by
    the database whenever a row of PublicWords is written.
    """

    word = models.TextField(primary_key=True)
    count = models.BigIntegerField()

    def __str__(self):
        return f"{self.word}: {self.count}"
