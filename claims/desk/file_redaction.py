"""Redaction of a kept copy: its bytes go for good, its digest and the reason stay.

Publications go on naming the file by its digest, so their chains stay as they are.
"""

from __future__ import annotations

import hashlib

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk.public_record import note_change
from claims.desk.redaction import check_people, salted_digest
from claims.exceptions import Incomplete, Refused
from claims.models import (
    Article,
    Claim,
    EvidenceFile,
    RedactedRow,
    Redaction,
    acting,
)
from claims.models.choices import PublicChangeKind
from claims.text.canonical import visible_text

NO_BYTES = hashlib.sha256(b"").hexdigest()


class TakenOff(Refused):
    """A file whose bytes were taken off for good (410)."""

    status = 410

    def __init__(self):
        super().__init__(_("This file was taken off the site for good."))


def redact_file(file: EvidenceFile, *, by, approved_by, reason: str) -> list[Redaction]:
    """Delete the bytes of a kept copy for good; return a record for each article.

    Needs the connection of the tables' owner. Raises NotPermitted without two people,
    or Incomplete; then nothing has happened. Done twice it deletes again what may have
    come back, and records nothing.
    """
    check_people(by, approved_by)
    if not visible_text(reason):
        raise Incomplete({"reason": _("Say why, for readers.")})
    with transaction.atomic(), acting(by):
        EvidenceFile.objects.select_for_update().get(pk=file.pk)
        made = [] if is_redacted(file) else _records(file, by, approved_by, reason)
        # A record without the deletion can be made good by doing it again; bytes that
        # are gone without a record could not be told of.
        transaction.on_commit(lambda: default_storage.delete(file.path))
    return made


def is_redacted(file: EvidenceFile) -> bool:
    """Return whether the bytes of a file were taken off for good."""
    return file.redactions.exists()


def _records(file, by, approved_by, reason):
    of_file = Q(verdict__evidence__file=file)
    published = file.published.values("claim")
    claims = Claim.objects.filter(of_file | Q(pk__in=published)).distinct()
    made = []
    for article in Article.objects.filter(claims__in=claims).distinct().order_by("pk"):
        redaction = Redaction.objects.create(
            article=article,
            file=file,
            reason=visible_text(reason),
            by=by,
            approved_by=approved_by,
            at=timezone.now(),
            **salted_digest(file.sha256),
        )
        RedactedRow.objects.create(
            redaction=redaction,
            table="evidencefile",
            row=file.pk,
            fields=["bytes"],
            before=file.sha256,
            after=NO_BYTES,
        )
        made.append(redaction)
    note_change(
        file.published.values_list("claim", flat=True), PublicChangeKind.REDACTED
    )
    return made
