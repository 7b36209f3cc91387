"""Models of the review: SecondRating (blind), VerdictSeen, WordingCheck."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.choices import Finding, WordingOccasion
from claims.models.claims import Claim
from claims.models.verdicts import Rating, Verdict


class SecondRating(models.Model):
    """A blind second rating of a verdict in review. Append-only.

    The database fills in the rating it is compared with.
    """

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="second_ratings")
    # The publication that the verdict was on its way to become.
    round = models.PositiveIntegerField()
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="+")
    finding = models.CharField(max_length=13, choices=Finding)
    reason = models.TextField(max_length=4000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    first_rating = models.ForeignKey(
        Rating, models.PROTECT, related_name="+", editable=False
    )
    first_finding = models.CharField(max_length=13, choices=Finding, editable=False)
    first_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "round", "by"],
                name="second_rating_is_given_once",
                violation_error_message=_("You have rated this verdict already."),
            ),
            models.CheckConstraint(
                condition=~Q(by=F("first_author")),
                name="second_rating_is_another_persons",
                violation_error_message=_(
                    "You wrote a part of this verdict; somebody else has to rate it "
                    "a second time."
                ),
            ),
        ]

    def __str__(self):
        return gettext("%(rating)s by %(person)s") % {
            "rating": self.rating,
            "person": self.by,
        }

    @property
    def agrees(self):
        return self.rating_id == self.first_rating_id


class VerdictSeen(models.Model):
    """Who has read a verdict under way, and gives no blind rating in that round.

    Append-only.
    """

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="seen")
    round = models.PositiveIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "round", "user"], name="verdict_is_first_seen_once"
            ),
        ]

    def __str__(self):
        return f"{self.verdict_id} {self.round}: {self.user}"


class WordingCheck(models.Model):
    """Who confirmed a wording that departs from its printed words, and when.

    Bound to exactly these two texts by their digest. Append-only.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="wording_checks")
    occasion = models.CharField(max_length=9, choices=WordingOccasion)
    wording = models.CharField(max_length=500)
    quote = models.TextField()
    digest = models.CharField(max_length=32)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(occasion__in=WordingOccasion.values),
                name="wording_check_occasion_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.claim_id}, {self.occasion}: {self.by}"
