"""Merging two speakers into one, with their claims, aliases and slugs."""

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.desk import public_record
from claims.exceptions import NotPermitted, Refused
from claims.models import Claim, Speaker, SpeakerAlias, SpeakerPicture, acting
from claims.models.choices import PublicChangeKind
from claims.models.constraints import refuse_as


class MergeRefused(Refused):
    """The two speakers cannot be merged; the message says why."""


class KindsDiffer(MergeRefused):
    """The speakers are of different kinds, so the merge has to be confirmed."""


def merge_speakers(
    speaker: Speaker, into: Speaker, *, by, across_kinds: bool = False
) -> Speaker:
    """Move one speaker's claims, names and slug to another and return that one.

    The merged speaker stays as a redirect, and its name as an alias. Two of different
    kinds are merged only `across_kinds`.
    """
    if not by.has_perm("claims.change_speaker"):
        raise NotPermitted(_("You may not merge speakers."))
    if speaker.pk == into.pk:
        raise MergeRefused(_("A speaker cannot be merged into itself."))
    try:
        with transaction.atomic(), acting(by):
            speaker, into = _locked(speaker, into)
            _check(speaker, into, across_kinds)
            _merge(speaker, into)
            public_record.write_speaker(into, PublicChangeKind.MERGED)
            with connection.cursor() as cursor:
                # A revision in review that names the speaker anew is locked.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        refuse_as(MergeRefused, error)
    return into


def _merge(speaker, into):
    _move_names(speaker, into)
    _move_claims(speaker, into)
    _move_roles(speaker, into)
    _move_picture(speaker, into)
    if into.speaks_for_id == speaker.pk:
        into.speaks_for = None
        into.save(update_fields=["speaks_for"])
    speaker.spokespeople.update(speaks_for=into)
    Speaker.objects.filter(merged_into=speaker).update(merged_into=into)
    speaker.merged_into = into
    speaker.save(update_fields=["merged_into"])


def _locked(*speakers):
    """Lock the rows of the speakers and return them."""
    # Locked in one order, so that two merges cannot wait for each other.
    rows = Speaker.objects.select_for_update().order_by("pk")
    locked = {row.pk: row for row in rows.filter(pk__in=[s.pk for s in speakers])}
    return [locked[speaker.pk] for speaker in speakers]


def _check(speaker, into, across_kinds):
    for each in (speaker, into):
        if each.merged_into_id:
            raise MergeRefused(
                _("“%(name)s” was already merged into “%(other)s”.")
                % {"name": each, "other": each.merged_into}
            )
    if speaker.kind != into.kind and not across_kinds:
        raise KindsDiffer(
            _(
                "“%(name)s” is of the kind “%(kind)s”, “%(other)s” of the kind "
                "“%(other_kind)s”. Nothing was merged: say first that the two are "
                "one all the same."
            )
            % {
                "name": speaker,
                "kind": speaker.get_kind_display(),
                "other": into,
                "other_kind": into.get_kind_display(),
            }
        )


def _move_names(speaker, into):
    """Move a speaker's name and aliases to another, without duplicates."""
    names = {into.folded, *into.aliases.values_list("folded", flat=True)}
    for alias in speaker.aliases.all():
        if alias.folded in names:
            alias.delete()
        else:
            names.add(alias.folded)
            alias.speaker = into
            alias.save()
    if speaker.folded not in names:
        SpeakerAlias.objects.create(speaker=into, name=speaker.name)


def _move_roles(speaker, into):
    """Give a speaker's roles to another, but for times of which that one has a role."""
    taken = set(into.roles.values_list("since", "until"))
    for role in speaker.roles.all():
        if (role.since, role.until) not in taken:
            role.speaker = into
            role.save()


def _move_picture(speaker, into):
    """Give a speaker's picture to another that has none."""
    has_one = SpeakerPicture.objects.filter(speaker=into).exists()
    if not has_one:
        SpeakerPicture.objects.filter(speaker=speaker).update(speaker=into)


def _move_claims(speaker, into):
    """Give a speaker's claims, joint statements too, to another speaker."""
    joint = Claim.other_speakers.through.objects
    shared = joint.filter(speaker=speaker).values("claim")
    claims = Claim.objects.filter(Q(speaker=speaker) | Q(pk__in=shared))
    for claim in claims.select_for_update():
        if claim.speaker_id == speaker.pk:
            claim.speaker = into
        if claim.proposed and claim.proposed.get("speaker") == speaker.pk:
            # Nobody has chosen another one: what was open about the speaker still is.
            claim.proposed["speaker"] = into.pk
        claim.version += 1
        claim.save(update_fields=["speaker", "proposed", "version", "updated_at"])
    there = joint.filter(speaker=into).values("claim")
    joint.filter(speaker=speaker, claim__in=there).delete()
    joint.filter(speaker=speaker).update(speaker=into)
    # Nobody makes a statement together with themselves.
    joint.filter(speaker=into, claim__speaker=into).delete()
