"""Adding a speaker from a whole record, with its aliases, roles and identifiers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claims.exchange.record_claims import items
from claims.exchange.records import InvalidValue, day_value, text_value
from claims.models import Speaker, SpeakerAlias, SpeakerRole
from claims.models.choices import SpeakerKind


def add_speaker(record: Mapping[str, Any], slug: str) -> Speaker:
    """Store the speaker of a record with all that belongs to it; raise InvalidValue."""
    kind = text_value(record, "kind", 12)
    if kind not in SpeakerKind.values:
        raise InvalidValue(f"“{kind}” is no kind of speaker.", "speaker")
    aliases = [
        SpeakerAlias(
            name=text_value(one, "name", 200), is_metonym=one.get("is_metonym") is True
        )
        for one in items(record, "aliases")
    ]
    roles = [
        SpeakerRole(
            title=text_value(one, "title", 200),
            organisation=text_value(one, "organisation", 200),
            since=day_value(one, "since", "speaker"),
            until=day_value(one, "until", "speaker"),
        )
        for one in items(record, "roles")
    ]
    speaker = Speaker.objects.create(
        name=text_value(record, "name", 200),
        slug=slug,
        kind=kind,
        description=text_value(record, "description", 10_000),
        wikidata_id=text_value(record, "wikidata_id", 20),
    )
    speaker.aliases.add(*aliases, bulk=False)
    speaker.roles.add(*roles, bulk=False)
    return speaker
