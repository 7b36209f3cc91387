"""Forms of the desk sent twice: a record of each that was carried out."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk.throttle import keyed_hash
from claims.exceptions import Refused
from claims.models import SentForm

# A page that lay open for longer is not sent twice by a hasty hand.
KEPT = timedelta(days=30)


class SentAlready(Refused):
    """The form was carried out before, and no page shows what came of it (409)."""

    status = 409

    def __init__(self):
        super().__init__(
            _("This form was sent already, and what it asks for is done once.")
        )


def note_sent(token: UUID, content: bytes, *, by) -> tuple[SentForm, bool]:
    """Return the record of a form that is sent, and whether it is the first time.

    To be called in the transaction that carries the form out. A second one with the
    same token and content waits here for the end of the first.
    """
    now = timezone.now()
    SentForm.objects.filter(at__lt=now - KEPT).delete()
    digest = sha256(token.bytes + content).hexdigest()
    return SentForm.objects.get_or_create(
        digest=digest, defaults={"token": token, "user": by}
    )


def done_among(tokens: list[UUID], *, by) -> set[UUID]:
    """Return which of a user's forms were carried out."""
    rows = SentForm.objects.filter(user=by, token__in=tokens)
    return set(rows.values_list("token", flat=True))


def vault_of(user) -> dict[str, str] | None:
    """Return under which name and key a browser keeps what a user types, if any.

    Another user of the same browser is told another key, and can read nothing of it.
    """
    if not user.is_authenticated:
        return None
    whose = str(user.pk)
    return {
        "owner": keyed_hash("kept.owner", whose)[:16],
        "key": keyed_hash("kept.key", whose),
    }
