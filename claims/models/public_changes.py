"""The change feed: one number after another for whatever readers see anew.

Written by `desk/publications.py` alone, as the record itself.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.models.choices import PublicChangeKind


class ChangeCounter(models.Model):
    """The number of the newest public change: one row, locked while it is taken.

    `modified` moves with it, and with whatever else a public page shows (see
    `http/caching.py`); no two states of the record have the same.
    """

    one = models.BooleanField(primary_key=True, default=True)
    number = models.BigIntegerField()
    at = models.DateTimeField()
    modified = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one=True), name="change_counter_is_one")
        ]

    def __str__(self):
        return str(self.number)


class PublicChange(models.Model):
    """One change of what readers see, without gaps. Append-only."""

    number = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=14, choices=PublicChangeKind)
    # Keys alone: a change stays readable whatever becomes of its claim or speaker.
    claim_id = models.BigIntegerField(null=True)
    speaker_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    # What readers saw of the claim's statement and see now, by name: [was, now].
    differences = models.JSONField(null=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["claim_id", "number"], name="change_of_claims")]

    def __str__(self):
        return f"{self.number} {self.kind}"
