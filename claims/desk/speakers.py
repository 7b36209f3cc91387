"""A speaker's kind, roles and aliases, written in place; a new one taken back."""

from __future__ import annotations

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from claims.desk import public_record
from claims.desk.naming import NameRefused, readers_know
from claims.exceptions import NotPermitted
from claims.models import Change, Speaker, SpeakerAlias, SpeakerRole, acting
from claims.models.choices import PublicChangeKind, SpeakerKind
from claims.models.constraints import refuse_as


def change_kind(speaker: Speaker, kind: SpeakerKind, *, by) -> None:
    """Give a speaker another kind."""
    with _writing(speaker, by, "change_speaker") as locked:
        locked.kind = kind
        locked.save(update_fields=["kind"])


def add_role(speaker: Speaker, *, by, **particulars) -> SpeakerRole:
    """Return a new role of a speaker: office, organisation, first and last day."""
    with _writing(speaker, by, "add_speakerrole") as locked:
        # Sent twice, it is stored once.
        role, _is_new = SpeakerRole.objects.get_or_create(speaker=locked, **particulars)
        return role


def add_alias(
    speaker: Speaker, name: str, *, by, is_metonym: bool = False
) -> SpeakerAlias:
    """Return a new alias of a speaker."""
    with _writing(speaker, by, "add_speakeralias") as locked:
        return SpeakerAlias.objects.create(
            speaker=locked, name=name, is_metonym=is_metonym
        )


def take_back_speaker(speaker: Speaker, *, by) -> None:
    """Delete a speaker that a person has just added and nothing refers to yet."""
    with transaction.atomic(), acting(by):
        speaker = Speaker.objects.select_for_update().get(pk=speaker.pk)
        added = Change.objects.filter(
            table="speaker",
            row=speaker.pk,
            operation="insert",
            actor=by,
        )
        if not by.has_perm("claims.add_speaker") or not added.exists():
            raise NotPermitted(_("Only who has added a speaker takes it back."))
        relations = ("claims", "joint_claims", "spokespeople", "merged_speakers")
        is_used = any(getattr(speaker, name).exists() for name in relations)
        if is_used or speaker.merged_into_id or readers_know(speaker):
            raise NameRefused(
                _("“%(name)s” is in use already, so it stays.") % {"name": speaker}
            )
        speaker.delete()


@contextmanager
def _writing(speaker, by, right):
    """Lock a speaker for a write; tell readers of it, or raise NameRefused."""
    if not by.has_perm(f"claims.{right}"):
        raise NotPermitted(_("You may not change speakers."))
    try:
        with transaction.atomic(), acting(by):
            locked = Speaker.objects.select_for_update().get(pk=speaker.pk)
            if locked.merged_into_id:
                raise NameRefused(
                    _("“%(name)s” was already merged into “%(other)s”.")
                    % {"name": locked, "other": locked.merged_into}
                )
            yield locked
            public_record.write_speaker(locked, PublicChangeKind.RENAMED)
    except IntegrityError as error:
        refuse_as(NameRefused, error)
