"""Model of how two claims relate: repeats, contradicts, supports, is part of."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext_lazy as _

from claims.models.choices import (
    ClaimStatus,
    LikenessTier,
    RelationKind,
    RelationState,
)
from claims.models.claims import Claim

CONFIRMED_REPEAT = Q(kind=RelationKind.REPEATS, state=RelationState.CONFIRMED)


class RelationQuerySet(models.QuerySet):
    def suggested(self):
        """Relations on which nobody has decided."""
        return self.filter(state=RelationState.SUGGESTED)

    def confirmed(self):
        """Relations that somebody has confirmed."""
        return self.filter(state=RelationState.CONFIRMED)

    def decided(self):
        """Relations that somebody has confirmed or rejected."""
        return self.exclude(state=RelationState.SUGGESTED)

    def repeats(self):
        """Relations of claims to earlier ones that say the same."""
        return self.filter(kind=RelationKind.REPEATS)

    def contradictions(self):
        """Relations of claims that cannot both be true."""
        return self.filter(kind=RelationKind.CONTRADICTS)

    def undecided(self):
        """Suggestions that wait for a person: not what is known by now anyway."""
        first = Coalesce("claim__repeats", "claim")
        return (
            self.suggested()
            .alias(first=first, first_to=Coalesce("to__repeats", "to"))
            .exclude(kind=RelationKind.REPEATS, first=F("first_to"))
            .exclude(claim__status=ClaimStatus.REJECTED)
            .exclude(to__status=ClaimStatus.REJECTED)
        )

    def touching(self, claim):
        """Relations of a claim, in either direction."""
        return self.filter(Q(claim=claim) | Q(to=claim))

    def of_pair(self, one, other):
        """Relations of two claims with each other, in either direction."""
        return self.filter(Q(claim=one, to=other) | Q(claim=other, to=one))


class ClaimRelation(models.Model):
    """A relation of one claim to another: suggested, confirmed or rejected.

    It is the one source of which claims repeat one another, and says what a person
    said: this claim repeats that one, though that one repeats a third. The database
    keeps `Claim.repeats` from the confirmed ones: the first claim of all, whichever
    was named. So one index lookup finds the first and all that repeat it, and who
    undoes one link has all others again as they were. A column alone could not say
    who suggested or refused what; chains alone would be walked at every reading.

    `suggested_by` is empty where the program did it.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="relations")
    to = models.ForeignKey(
        Claim,
        models.PROTECT,
        related_name="relations_to",
        verbose_name=_("earlier or other claim"),
    )
    kind = models.CharField(max_length=11, choices=RelationKind)
    state = models.CharField(
        max_length=9, choices=RelationState, default=RelationState.SUGGESTED
    )
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    suggested_at = models.DateTimeField(auto_now_add=True)
    # How alike the program found them.
    score = models.FloatField(null=True)
    tier = models.CharField(max_length=10, choices=LikenessTier, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation of claims")
        verbose_name_plural = _("relations of claims")
        default_permissions = ()
        ordering = ["-suggested_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "to", "kind"],
                name="relation_is_stored_once",
                violation_error_message=_("This relation is stored already."),
            ),
            # It has no direction.
            models.UniqueConstraint(
                Least("claim", "to"),
                Greatest("claim", "to"),
                condition=Q(kind=RelationKind.CONTRADICTS),
                name="contradiction_is_stored_once",
                violation_error_message=_("This relation is stored already."),
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=CONFIRMED_REPEAT,
                name="claim_repeats_one",
                violation_error_message=_(
                    "This claim is confirmed to repeat another one. Undo that first."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(claim=F("to")),
                name="relation_joins_two_claims",
                violation_error_message=_("A claim has no relation to itself."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RelationKind.values),
                name="relation_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RelationState.values),
                name="relation_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state=RelationState.SUGGESTED, decided_at__isnull=True)
                | ~Q(state=RelationState.SUGGESTED) & Q(decided_at__isnull=False),
                name="relation_decision_has_its_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["claim"],
                condition=Q(
                    kind=RelationKind.CONTRADICTS, state=RelationState.CONFIRMED
                ),
                name="relation_contradicts",
            ),
            models.Index(
                fields=["claim", "to"],
                condition=Q(state=RelationState.SUGGESTED),
                name="relation_waiting",
            ),
            models.Index(
                F("score").desc(nulls_last=True),
                F("id"),
                condition=Q(state=RelationState.SUGGESTED),
                name="relation_suggested",
            ),
        ]

    def __str__(self):
        return f"{self.claim_id} {self.kind} {self.to_id} ({self.state})"

    @property
    def is_confirmed(self):
        return self.state == RelationState.CONFIRMED

    @property
    def is_rejected(self):
        return self.state == RelationState.REJECTED

    @property
    def is_suggested(self):
        return self.state == RelationState.SUGGESTED
