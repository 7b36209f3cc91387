"""Append-only models: Transition (workflow steps), Change (changes of rows)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.choices import ClaimStatus, Subject, VerdictStatus
from claims.models.claims import Claim
from claims.models.names import name_of_table


class Transition(models.Model):
    """A workflow step of a claim or its verdict, by whom and why. Append-only."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="transitions")
    subject = models.CharField(max_length=7, choices=Subject)
    step = models.CharField(max_length=20)
    from_status = models.CharField(max_length=9)
    to_status = models.CharField(max_length=9)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    comment = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step taken")
        verbose_name_plural = _("steps taken")
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["claim", "at"], name="transition_of_claim"),
            models.Index(
                fields=["claim", "id"],
                condition=Q(subject=Subject.VERDICT, step="return"),
                name="verdict_returned",
            ),
        ]

    def __str__(self):
        labels = dict(ClaimStatus.choices) | dict(VerdictStatus.choices)
        before, after = (
            labels.get(each, each) for each in (self.from_status, self.to_status)
        )
        return f"{self.get_subject_display()}: {before} → {after}"


class Change(models.Model):
    """A row inserted, updated or deleted. Append-only, written by triggers."""

    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    operation = models.CharField(max_length=6)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
    )
    at = models.DateTimeField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["table", "row"], name="change_of_row")]

    def __str__(self):
        done = {"insert": _("added"), "update": _("changed"), "delete": _("removed")}
        return f"{name_of_table(self.table)} {self.row}: {done[self.operation]}"
