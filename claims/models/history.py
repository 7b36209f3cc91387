"""What happened: steps taken, rows changed, reports from readers."""

from contextlib import contextmanager

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from psycopg.pq import TransactionStatus

from claims.choices import ReportKind, ReportStatus, Subject
from claims.models.claims import Claim
from claims.models.columns import is_web_address
from claims.models.verdicts import PublishedVerdict

INERROR = TransactionStatus.INERROR


class Transition(models.Model):
    """One step of a claim or its verdict, by whom and why. Append-only."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="transitions")
    subject = models.CharField(max_length=7, choices=Subject)
    step = models.CharField(max_length=12)
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
        indexes = [models.Index(fields=["claim", "at"], name="transition_of_claim")]

    def __str__(self):
        return f"{self.subject} {self.from_status} → {self.to_status}"


class Change(models.Model):
    """One row inserted, updated or deleted. Append-only, written by the database."""

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
        return f"{self.operation} {self.table} {self.row}"


class ReaderReport(models.Model):
    """What a reader told the desk from a public page, and the desk's answer."""

    kind = models.CharField(max_length=10, choices=ReportKind)
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    message = models.TextField(max_length=4000)
    url = models.URLField(_("web address"), max_length=1000, blank=True)
    contact = models.EmailField(blank=True)
    status = models.CharField(
        max_length=9, choices=ReportStatus, default=ReportStatus.OPEN
    )
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    correction = models.ForeignKey(
        PublishedVerdict,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
    )
    # A keyed hash, so that reports can be limited without keeping addresses.
    sender = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(message=""),
                name="report_says_something",
                violation_error_message=_("Tell the desk what is wrong."),
            ),
            models.CheckConstraint(
                condition=Q(url="") | is_web_address("url"),
                name="report_url_is_web_address",
                violation_error_message=_(
                    "The web address must start with http:// or https://."
                ),
            ),
        ]
        indexes = [
            models.Index(F("created_at").desc(), name="report_newest"),
            models.Index(fields=["sender", "created_at"], name="report_of_sender"),
        ]

    def __str__(self):
        return self.message[:80]


@contextmanager
def acting(user):
    """Tell the database who acts, for the Change rows of this block.

    Holds for the session, not the transaction, so that it also covers code that
    opens its own transactions. Nested blocks give the actor back.
    """
    before = _set_actor(str(user.pk) if user is not None and user.pk else "")
    try:
        yield
    finally:
        # A lost connection has no actor any more, and a failed transaction takes the
        # setting back by itself when it is undone.
        raw = connection.connection
        is_gone = raw is None or raw.closed
        if not (
            is_gone
            or connection.needs_rollback
            or raw.info.transaction_status == INERROR
        ):
            _set_actor(before)


def _set_actor(actor):
    """Set who acts and return who acted until now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH before AS MATERIALIZED ("
            " SELECT coalesce(current_setting('factcheck.actor', true), '') AS actor)"
            " SELECT actor, set_config('factcheck.actor', %s, false) FROM before",
            [actor],
        )
        return cursor.fetchone()[0]
