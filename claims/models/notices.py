"""Models of notices: what somebody at the desk is told, and how they want to be."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.choices import MailWhen, NoticeKind
from claims.models.names import name_of_table


class Notice(models.Model):
    """What somebody is told of a row of the desk, by whom it came about, and when.

    No word of it is kept: its title is read when it is shown or sent, by those who
    may see it then.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices"
    )
    kind = models.CharField(_("what"), max_length=14, choices=NoticeKind)
    # The row's model as in an address of the admin, and its number.
    model = models.CharField(max_length=40)
    row = models.BigIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True)
    # What is told once, however often it is found: a deadline, say.
    key = models.CharField(max_length=100, blank=True)
    mail = models.CharField(max_length=7, choices=MailWhen, default=MailWhen.NEVER)
    # The message of the outbox that tells it; empty till then.
    mail_key = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                condition=~Q(key=""),
                name="notice_is_told_once",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_of_somebody"),
            models.Index(
                fields=["user"], condition=Q(read_at=None), name="notice_unread"
            ),
            models.Index(
                fields=["user", "mail"],
                condition=Q(mail_key="") & ~Q(mail=MailWhen.NEVER),
                name="notice_to_be_mailed",
            ),
            models.Index(
                fields=["mail_key"], condition=~Q(mail_key=""), name="notice_mailed"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {name_of_table(self.model)} {self.row}"


class NoticeChoice(models.Model):
    """How somebody wants to be told of one kind of thing, where they have chosen."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_choices"
    )
    kind = models.CharField(max_length=14, choices=NoticeKind)
    in_product = models.BooleanField()
    mail = models.CharField(max_length=7, choices=MailWhen)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], name="notice_is_chosen_once"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.kind}"
