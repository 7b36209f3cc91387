"""Models of what goes out: subscriptions by webhook and mail, messages of the outbox.

Nothing here opens a connection. `manage.py deliver` writes a message for each public
change that a subscription has not seen yet (`desk/outbox.py`), and sends it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.models.choices import Channel, MessageState, PublicChangeKind
from claims.models.followers import Follower

# What a subscription may be told of, as the change feed calls it.
EVENTS = (
    PublicChangeKind.PUBLISHED,
    PublicChangeKind.CORRECTED,
    PublicChangeKind.RETRACTED,
    PublicChangeKind.WITHDRAWN,
    PublicChangeKind.RELISTED,
)
WAITING = Q(sent_at=None, dead_at=None)


class Subscription(models.Model):
    """An address that is told of publications, and how far it has been told."""

    channel = models.CharField(_("channel"), max_length=7, choices=Channel)
    address = models.CharField(
        _("address"),
        max_length=1000,
        help_text=_("https://…, or for mail the address of one mailbox."),
    )
    events = ArrayField(models.CharField(max_length=14), verbose_name=_("events"))
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("Whose it is, for the desk.")
    )
    is_active = models.BooleanField(
        _("switched on"),
        default=True,
        help_text=_(
            "Switched off, nothing is sent. What happened meanwhile is sent once it "
            "is switched on again."
        ),
    )
    # Signs what is sent to a webhook; beside it the one before, until receivers have
    # changed theirs.
    secret = models.CharField(max_length=80, blank=True, editable=False)
    former_secret = models.CharField(max_length=80, blank=True, editable=False)
    former_until = models.DateTimeField(null=True, editable=False)
    # The number of the newest public change for which its messages are written.
    last_change = models.BigIntegerField(editable=False)
    # After a failure the others wait a moment too, so that an address which hangs
    # holds up no other one.
    paused_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["channel", "address"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "address"],
                name="subscription_is_stored_once",
                violation_error_message=_("There is a subscription of this address."),
            ),
            models.CheckConstraint(
                condition=Q(events__len__gt=0),
                name="subscription_has_events",
                violation_error_message=_("Choose at least one event."),
            ),
            models.CheckConstraint(
                condition=Q(
                    ("channel", Channel.WEBHOOK), ("secret__startswith", "whsec_")
                )
                | Q(channel=Channel.MAIL, secret=""),
                name="subscription_webhook_has_a_secret",
            ),
        ]

    def __str__(self):
        return self.address


class MessageQuerySet(models.QuerySet):
    def due(self):
        """Return what may be sent now, the longest due first."""
        is_free = Q(leased_until=None) | Q(leased_until__lt=Now())
        may_be_told = Q(subscription=None) | Q(subscription__is_active=True) & (
            Q(subscription__paused_until=None)
            | Q(subscription__paused_until__lte=Now())
        )
        return self.filter(WAITING, is_free, may_be_told, due_at__lte=Now()).order_by(
            "due_at", "pk"
        )

    def in_state(self, state):
        """Return the messages in a MessageState."""
        return self.filter(
            {
                MessageState.WAITING: WAITING,
                MessageState.SENT: Q(sent_at__isnull=False),
                MessageState.DEAD: Q(dead_at__isnull=False),
            }[MessageState(state)]
        )


class Message(models.Model):
    """One message of the outbox: for a subscription, a follower, or one mail address.

    `key` says what it is for: queueing the same thing twice leaves one message. The
    payload is written once, so that each try sends the same bytes.
    """

    key = models.CharField(max_length=100, unique=True)
    channel = models.CharField(_("channel"), max_length=7, choices=Channel)
    subscription = models.ForeignKey(
        Subscription, models.CASCADE, null=True, related_name="messages"
    )
    follower = models.ForeignKey(
        Follower, models.CASCADE, null=True, related_name="messages"
    )
    # The numbers of the public changes that a follower is told of with it.
    changes = ArrayField(
        models.BigIntegerField(),
        default=list,
        db_default=Value([], ArrayField(models.BigIntegerField())),
        editable=False,
    )
    # Where it goes without either.
    recipient = models.EmailField(max_length=320, blank=True)
    event = models.CharField(_("event"), max_length=14)
    subject = models.CharField(max_length=200, blank=True)
    payload = models.TextField()
    created_at = models.DateTimeField(_("queued"), auto_now_add=True)
    due_at = models.DateTimeField(_("due"), db_default=Now())
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    # Until then one process works on it; if that dies, another one takes over.
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    dead_at = models.DateTimeField(_("given up"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    subscription__isnull=False, follower__isnull=True, recipient=""
                )
                | Q(subscription=None, channel=Channel.MAIL)
                & (
                    Q(follower__isnull=False, recipient="")
                    | Q(follower__isnull=True) & ~Q(recipient="")
                ),
                name="message_has_one_address",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dead_at=None),
                name="message_is_sent_or_dead",
            ),
        ]
        indexes = [
            models.Index(
                F("due_at"), F("id"), condition=WAITING, name="message_next_due"
            ),
            models.Index(
                fields=["sent_at"],
                condition=Q(sent_at__isnull=False),
                name="message_sent",
            ),
        ]

    def __str__(self):
        return f"{self.event}: {self.shown_address}"

    @property
    def address(self):
        if self.follower_id:
            return self.follower.address
        return self.subscription.address if self.subscription_id else self.recipient

    @property
    def shown_address(self):
        """Return where it goes, for the desk: of a reader who follows no address."""
        return _("a follower") if self.follower_id else self.address

    @property
    def state(self):
        if self.sent_at:
            return MessageState.SENT
        return MessageState.DEAD if self.dead_at else MessageState.WAITING
