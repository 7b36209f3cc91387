"""Relations of claims: suggested by the program or a person, decided by a person.

A claim repeats, contradicts or supports another one, or is part of it. Nothing is
linked without a person; a pair that was rejected is never suggested again. Where a
claim is filed is no part of its statement: links change while a verdict is in force.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk import public_record
from claims.exceptions import NotPermitted, Refused
from claims.models import Claim, ClaimRelation, acting
from claims.models.choices import (
    ClaimStatus,
    PublicChangeKind,
    RelationKind,
    RelationState,
)
from claims.models.constraints import refuse_as
from claims.text.compared import Compared
from claims.text.meaning import differences

REPEATS = RelationKind.REPEATS


class RelationRefused(Refused):
    """Two claims cannot be related like this; the message says why."""


def suggest(
    kind: str, claim: Claim, to: Claim, *, by=None, score=None, tier: str = ""
) -> ClaimRelation:
    """Suggest that a claim is related to another one; return the relation.

    One that is stored already, also a rejected one, is returned as it is. Without
    `by` the program suggests it.
    """
    if by is not None:
        _refuse_without_right(by)
    return _write(
        lambda: _suggested(kind, claim, to, by=by, score=score, tier=tier), by=by
    )


def confirm(
    relation: ClaimRelation, *, by, at: datetime | None = None
) -> ClaimRelation:
    """Confirm a relation, also one that was rejected, and return it."""
    _refuse_without_right(by)
    return _write(lambda: _confirmed(relation, by, at), by=by)


def reject(relation: ClaimRelation, *, by) -> ClaimRelation:
    """Reject a suggested relation for good, and return it."""
    _refuse_without_right(by)

    def decide():
        row = _locked(relation)
        if row.is_confirmed:
            raise RelationRefused(_("This relation is confirmed. Undo that first."))
        return _decided(row, RelationState.REJECTED, by, None)

    return _write(decide, by=by)


def undo(relation: ClaimRelation, *, by) -> ClaimRelation:
    """Take a decision on a relation back: it is a suggestion again. Return it."""
    _refuse_without_right(by)

    def take_back():
        row = _locked(relation)
        if row.is_suggested:
            return row
        was_confirmed = row.is_confirmed
        row.state = RelationState.SUGGESTED
        row.decided_by = row.decided_at = None
        row.save()
        if was_confirmed:
            _show(row)
        return row

    return _write(take_back, by=by)


def confirm_repeat(
    claim: Claim, of: Claim, *, by, at: datetime | None = None
) -> ClaimRelation:
    """Say that a claim repeats an earlier one, and return the relation that says so.

    Where both already repeat the same claim, or one the other, that is said already.
    """
    _refuse_without_right(by)

    def link():
        stored = ClaimRelation.objects.repeats().confirmed().filter(claim=claim).first()
        if stored is not None and _first(claim) == _first(of):
            return stored
        row = _suggested(REPEATS, claim, of, by=by, either_way=False)
        return _confirmed(row, by, at)

    return _write(link, by=by)


def take_in(kind: str, claim: Claim, to: Claim, *, by) -> bool:
    """Confirm a relation that another desk had confirmed; return whether it is new.

    Where somebody here has decided on the two claims, or may yet, that stands. `by` is
    who takes it in (None: nobody is named), in the caller's transaction.
    """

    def confirmed():
        if _stored(kind, claim, to, either_way=True) is not None:
            return False
        row = _suggested(kind, claim, to, by=by, either_way=False)
        return _confirmed(row, by, None).is_confirmed

    return _write(confirmed, by=by)


def dismiss(claim: Claim, of: Claim, *, by) -> ClaimRelation:
    """Say for good that a claim does not repeat another one; return the relation."""
    with transaction.atomic():
        return reject(suggest(REPEATS, claim, of, by=by), by=by)


def _refuse_without_right(by):
    if not by.has_perm("claims.change_claim"):
        raise NotPermitted(_("You may not change claims."))


def _write(change, *, by):
    """Do a change in one transaction, and say what the database refuses."""
    # The program acts for whoever runs it.
    named = acting(by) if by is not None else nullcontext()
    try:
        with transaction.atomic(), named:
            return change()
    except IntegrityError as error:
        return refuse_as(RelationRefused, error)


def _suggested(kind, claim, to, *, by, score=None, tier="", either_way=True):
    stored = _stored(kind, claim, to, either_way)
    if stored is not None:
        return stored
    if claim.pk == to.pk:
        raise RelationRefused(_("A claim has no relation to itself."))
    chosen = Claim.objects.in_bulk([claim.pk, to.pk]).values()
    if any(each.status == ClaimStatus.REJECTED for each in chosen):
        raise RelationRefused(_("One of the two claims was rejected."))
    # Two at once store it once.
    row, _is_new = ClaimRelation.objects.get_or_create(
        claim=claim,
        to=to,
        kind=kind,
        defaults={"suggested_by": by, "score": score, "tier": tier},
    )
    return row


def _stored(kind, claim, to, either_way):
    """Return the relation of two claims, None where there is none.

    What contradicts another is contradicted by it; of repeats, `either_way` asks.
    """
    rows = ClaimRelation.objects.filter(kind=kind)
    turned = kind == RelationKind.CONTRADICTS or (kind == REPEATS and either_way)
    if turned:
        return rows.of_pair(claim, to).order_by("state", "id").first()
    return rows.filter(claim=claim, to=to).first()


def _locked(relation):
    return ClaimRelation.objects.select_for_update().get(pk=relation.pk)


def _confirmed(relation, by, at):
    row = _locked(relation)
    if row.is_confirmed:
        return row
    if ClaimStatus.REJECTED in (row.claim.status, row.to.status):
        raise RelationRefused(_("One of the two claims was rejected."))
    row = _decided(row, RelationState.CONFIRMED, by, at)
    _show(row)
    return row


def _decided(row, state, by, at):
    if row.state != state:
        row.state = state
        row.decided_by, row.decided_at = by, at or timezone.now()
        row.save()
    return row


def _first(claim):
    """Return the key of the first claim that says what a claim says, or its own."""
    return Claim.objects.values_list("repeats", flat=True).get(pk=claim.pk) or claim.pk


def _show(relation: ClaimRelation) -> None:
    """Bring what readers see of both claims, and of who says the same, up to date."""
    keys = [relation.claim_id, relation.to_id]
    changed = public_record.write(keys, PublicChangeKind.EDITED)
    if relation.kind == RelationKind.CONTRADICTS:
        # What contradicts a claim stands beside it, and not in its row.
        beside = set(keys) - set(changed)
        public_record.note_change(beside, PublicChangeKind.EDITED)


# --- What a person decides on --------------------------------------------------------


@dataclass(frozen=True)
class RelationRow:
    """A relation as one of its claims sees it: the other, and what differs in words."""

    relation: ClaimRelation
    other: Claim
    # Whether the relation begins at the claim that it is shown with.
    is_own: bool
    compared: Compared


def relations_of(claim: Claim) -> list[RelationRow]:
    """Return the relations of a claim, what waits for a decision first."""
    rows = (
        ClaimRelation.objects.touching(claim)
        .select_related("suggested_by", "decided_by")
        .select_related(
            *("claim__speaker", "claim__article", "to__speaker", "to__article")
        )
    )
    order = [RelationState.SUGGESTED, RelationState.CONFIRMED, RelationState.REJECTED]
    told = sorted(rows, key=lambda r: (order.index(r.state), -(r.score or 0), r.pk))
    return [_compared(row, claim) for row in told]


def next_to_decide(after: Claim | None = None) -> Claim | None:
    """Return the next claim that waits for a decision, None where none does.

    By their numbers; behind the last one the first one follows.
    """
    waiting = ClaimRelation.objects.undecided().order_by("claim")
    row = (waiting.filter(claim__gt=after) if after else waiting).first()
    row = row or waiting.exclude(claim=after).first()
    return row and row.claim


def _compared(row, claim):
    is_own = row.claim_id == claim.pk
    other = row.to if is_own else row.claim
    found = differences(claim.wording, other.wording, claim.article.language)
    return RelationRow(
        row,
        other,
        is_own,
        Compared(claim.wording, other.wording, found),
    )
