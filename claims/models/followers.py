"""Model: Follower (a reader's mail address, and the list of claims it is told of)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from claims.models.choices import FollowPace


class FollowerQuerySet(models.QuerySet):
    def confirmed(self):
        """Return the addresses whose owners said that they want the mails."""
        return self.filter(confirmed_at__isnull=False)


class Follower(models.Model):
    """An address that is told of a list of claims: personal data, in no history.

    The row is deleted when its owner leaves, and its messages with it; one that nobody
    confirmed, after a while.
    """

    address = models.EmailField(max_length=254)
    # The query string of the list, in the order in which links have it.
    query = models.CharField(max_length=1000, blank=True)
    pace = models.CharField(max_length=7, choices=FollowPace)
    language = models.CharField(max_length=12)
    # In every mail: whoever has it may confirm and leave, and nothing else.
    token = models.CharField(max_length=64, unique=True, editable=False)
    # A keyed hash, so that requests can be limited without keeping addresses.
    sender = models.CharField(max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    # The number of the newest public change for which its mails are queued.
    last_change = models.BigIntegerField(default=0, editable=False)
    digest_on = models.DateField(null=True, editable=False)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint(
                Lower("address"), "query", name="follower_is_stored_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["last_change"],
                condition=Q(confirmed_at__isnull=False),
                name="follower_behind",
            ),
            models.Index(fields=["sender", "asked_at"], name="follower_of_sender"),
            models.Index(fields=["asked_at"], name="follower_asked"),
        ]

    def __str__(self):
        # No address: it would stand wherever somebody of the desk sees a row named.
        return str(_("Follower %(number)s") % {"number": self.pk})
