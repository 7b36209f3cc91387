"""Requests to withdraw a claim or retract a verdict: one asks, another decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.choices import RemovalKind, RemovalOutcome
from claims.models.claims import Claim
from claims.models.querysets import RemovalRequestQuerySet


class RemovalRequest(models.Model):
    """What one person asks to take off the site, for a second person to decide."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="removal_requests")
    kind = models.CharField(max_length=8, choices=RemovalKind)
    reason = models.TextField(max_length=4000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(
        max_length=8, choices=RemovalOutcome, default=RemovalOutcome.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = RemovalRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "kind"],
                condition=Q(outcome=RemovalOutcome.OPEN),
                name="removal_is_asked_once",
                violation_error_message=_("Somebody has asked for this already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="removal_has_a_reason",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome=RemovalOutcome.OPEN,
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                )
                | Q(decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(outcome=RemovalOutcome.OPEN),
                name="removal_is_decided_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.claim_id}: {self.reason[:80]}"
