"""Models of the annotation desk: AnchorCandidate, Presence, NoClaims."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.articles import Article, ArticleText
from claims.models.claims import Span


class AnchorCandidate(models.Model):
    """A possible place of a span's words in a corrected text."""

    span = models.ForeignKey(Span, models.CASCADE, related_name="candidates")
    text = models.ForeignKey(ArticleText, models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    how = models.CharField(max_length=9)
    score = models.FloatField()

    class Meta:
        ordering = ["span", "-score", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["span", "start", "end"], name="candidate_is_stored_once"
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="candidate_is_not_empty"
            ),
        ]

    def __str__(self):
        return f"{self.how} at {self.start}"


class Presence(models.Model):
    """A user who has an article open at the desk, and when last seen."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="presences")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="presences"
    )
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "user"], name="presence_is_stored_once"
            ),
        ]

    def __str__(self):
        return f"{self.user} at {self.article}"


class NoClaims(models.Model):
    """An editor's decision that a text holds no claim, so that it leaves the queue."""

    text = models.OneToOneField(
        ArticleText, models.CASCADE, related_name="without_claims"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "text without claims"
        verbose_name_plural = "texts without claims"

    def __str__(self):
        return f"No claims in {self.text}"
