"""Models: ReplyRequest (right of reply, outside expert), Outcome (what came of it)."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.choices import OutcomeKind, ReplyChannel, ReplyKind
from claims.models.fields import is_web_address, without_login
from claims.models.verdicts import Verdict


class ReplyRequest(models.Model):
    """A question to a speaker or an outside expert, and the answer. Append-only.

    What was asked stays as it was asked; an answer is given once and stays. A request
    noted by mistake is struck out, with a reason, as long as nobody has answered it.
    """

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="reply_requests")
    kind = models.CharField(_("kind"), max_length=6, choices=ReplyKind)
    person = models.CharField(
        _("who is asked"), max_length=200, help_text=_("Readers see the name.")
    )
    role = models.CharField(
        _("office or field"),
        max_length=300,
        blank=True,
        help_text=_("Press office of the ministry, professor of hydrology …"),
    )
    channel = models.CharField(_("asked by"), max_length=9, choices=ReplyChannel)
    question = models.TextField(
        _("question"),
        max_length=4000,
        help_text=_("As it was put. Readers see it beside the answer."),
    )
    # The claim's words on the day of asking: what is shown under a link.
    words = models.TextField(editable=False)
    asked_on = models.DateField(_("asked on"), default=timezone.localdate)
    until = models.DateField(
        _("answer asked for by"), help_text=_("The last day that counts as in time.")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Makes sending the form twice harmless.
    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    # SHA-256 of the token of the link; the token itself is stored nowhere.
    link_hash = models.CharField(max_length=64, blank=True, editable=False)
    link_until = models.DateTimeField(null=True, editable=False)
    answer = models.TextField(max_length=20_000, blank=True, editable=False)
    answered_on = models.DateField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    # None: answered under the link.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    struck_reason = models.TextField(blank=True, editable=False)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["link_hash"],
                condition=~Q(link_hash=""),
                name="reply_link_is_unique",
            ),
            models.CheckConstraint(
                condition=~Q(person="") & ~Q(question=""),
                name="reply_asks_somebody_something",
                violation_error_message=_("Say who was asked, and what."),
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("asked_on")),
                name="reply_is_awaited_after_asking",
                violation_error_message=_(
                    "The day by which to answer lies before the day of asking."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    answer="",
                    answered_on__isnull=True,
                    answered_at__isnull=True,
                    entered_by__isnull=True,
                )
                | Q(answered_at__isnull=False, answered_on__gte=F("asked_on"))
                & ~Q(answer=""),
                name="reply_answer_has_a_day",
                violation_error_message=_(
                    "An answer has a day, not before the day of asking."
                ),
            ),
            models.CheckConstraint(
                condition=Q(struck_reason="", struck_by__isnull=True)
                | Q(struck_by__isnull=False, answer="") & ~Q(struck_reason=""),
                name="reply_struck_out_has_no_answer",
                violation_error_message=_(
                    "Only a request without an answer is struck out, with a reason."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.person}"


class Outcome(models.Model):
    """What came of a verdict: the speaker or the outlet corrected the statement.

    It belongs to the verdict's words: written in a draft, approved by another person,
    published with the next version.
    """

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="outcomes")
    kind = models.CharField(_("who corrected it"), max_length=7, choices=OutcomeKind)
    happened_on = models.DateField(_("on"))
    url = models.URLField(
        _("web address"), max_length=1000, blank=True, validators=[without_login]
    )
    note = models.CharField(_("what was corrected"), max_length=500, blank=True)
    client_id = models.UUIDField(unique=True, default=uuid4, editable=False)

    class Meta:
        ordering = ["happened_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url="") | is_web_address("url"),
                name="outcome_url_is_web_address",
                violation_error_message=_(
                    "The web address must start with http:// or https://."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(note=""),
                name="outcome_can_be_looked_up",
                violation_error_message=_(
                    "Give the address where it can be read, or say what was corrected."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.happened_on}"
