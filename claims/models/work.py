"""Model of the desk's work: who has a claim, by when, and what makes it urgent."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim

MOST = 3


class WorkItem(models.Model):
    """What a desk plans for a claim. Readers never see this table.

    `person` has the claim until its verdict is begun; from then on the verdict says
    who has it.
    """

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="work")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work",
        verbose_name=_("assigned to"),
    )
    since = models.DateTimeField(_("assigned since"), null=True, editable=False)
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    reach = models.PositiveSmallIntegerField(
        _("reach"), default=0, db_default=0, validators=[MaxValueValidator(MOST)]
    )
    reach_reason = models.CharField(
        _("why so far"), max_length=200, blank=True, default="", db_default=""
    )
    harm = models.PositiveSmallIntegerField(
        _("harm"), default=0, db_default=0, validators=[MaxValueValidator(MOST)]
    )
    harm_reason = models.CharField(
        _("why so harmful"), max_length=200, blank=True, default="", db_default=""
    )
    # The order that the desk sets goes before every other: 1 is done first.
    place = models.PositiveIntegerField(_("place in the desk's order"), null=True)

    # Counts what is said of its urgency.
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = _("work on a claim")
        verbose_name_plural = _("work on claims")
        default_permissions = ("change",)
        permissions = [
            ("assign_workitem", "Can assign claims to others and order them")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reach__lte=MOST, harm__lte=MOST),
                name="work_reach_and_harm_are_on_their_scale",
                violation_error_message=_("Reach and harm run from 0 to 3."),
            ),
            models.CheckConstraint(
                condition=Q(reach=0) | ~Q(reach_reason=""),
                name="work_reach_has_a_reason",
                violation_error_message=_("Say what tells how far it reaches."),
            ),
            models.CheckConstraint(
                condition=Q(harm=0) | ~Q(harm_reason=""),
                name="work_harm_has_a_reason",
                violation_error_message=_("Say what harm it does, and to whom."),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(since__isnull=False),
                name="work_of_somebody_has_a_beginning",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "claim"],
                condition=Q(due_on__isnull=False),
                name="work_due_first",
            ),
            models.Index(
                fields=["person", "due_on", "since", "claim"],
                condition=Q(person__isnull=False),
                name="work_of_person",
            ),
            models.Index(fields=["place"], name="work_place"),
        ]

    def __str__(self):
        return f"Work on: {self.claim}"
