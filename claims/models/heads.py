"""Published heads: one digest a day over every publication, for others to keep."""

from django.db import models


class PublishedHead(models.Model):
    """The digest of every publication up to the end of a day (UTC). Append-only.

    The database fills in all but the day. A head covers what was logged up to
    `last_change`, and the head of the day before: who keeps one can tell later
    whether anything was changed since.
    """

    day = models.DateField(primary_key=True)
    # The newest row of the change history that is covered.
    last_change = models.BigIntegerField()
    publications = models.BigIntegerField()
    publications_digest = models.CharField(max_length=64)
    # Rows of the change history since the head before.
    changes = models.BigIntegerField()
    changes_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.day} {self.digest}"
