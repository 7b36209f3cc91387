"""Names that look alike in print although their letters are others: Orlоv, Orlov."""

from __future__ import annotations

from django.db.models import F, Func, Q, QuerySet, TextField, Value

from claims.models import Speaker, SpeakerAlias


class Skeleton(Func):
    """What a name looks like: accents, case, spaces and the script left aside."""

    function = "claim_skeleton"
    output_field = TextField()


def lookalikes_of(name: str, *, but: Speaker | None = None) -> QuerySet[Speaker]:
    """Return the speakers whose name or alias looks like a name, one left out."""
    looks = Skeleton(Value(name))
    aliases = SpeakerAlias.objects.alias(looks=Skeleton(F("name"))).filter(looks=looks)
    found = (
        Speaker.objects.unmerged()
        .alias(looks=Skeleton(F("name")))
        .filter(Q(looks=looks) | Q(pk__in=aliases.values("speaker")))
    )
    return found.exclude(pk=but.pk) if but is not None and but.pk else found
