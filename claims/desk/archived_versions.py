"""The versions of a verdict that another desk published, kept with the claim here.

Each is a publication of kind `archive` with the kind that it had there. They come in
whole, with evidence and words, for a claim that stands in its article here; nobody of
this desk counts as their author or approver.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from claims.desk import heads, public_record
from claims.desk.archive import list_claims
from claims.models import Claim, PublishedVerdict, Rating
from claims.models.choices import Bucket, ClaimStatus, PublicationKind, PublicChangeKind

# A claim's marks as a publication keeps them, and the text of its content.
MARKS = """
SELECT claim_id, jsonb_agg(jsonb_build_object(
           'role', role, 'ordinal', ordinal, 'text', text_id, 'start', start,
           'end', "end", 'exact', exact) ORDER BY role, ordinal),
       min(text_id) FILTER (WHERE role = 'content')
FROM claims_span WHERE claim_id = ANY(%s) GROUP BY claim_id
"""


@dataclass(frozen=True)
class ArchivedVersion:
    """One version of a verdict as its publisher gave it.

    `said` are columns of a publication by name; the rating stands in it by slug, value
    and bucket, other speakers by name, and what relays the words by name; the last two
    are None where the version does not say, and then as the claim has them. `key` is
    the address of the check without its version, `digest` of all that it says.
    """

    publisher: str
    url: str
    key: str
    kind: str
    published_at: datetime
    precision: str
    title: str
    digest: str
    said: dict[str, Any]

    @property
    def is_part(self) -> bool:
        """Whether it may say less than was published, as a row of a table does."""
        return self.said["via_name"] is None


def store_versions(checks: Iterable[tuple[int, list[ArchivedVersion]]], *, by) -> int:
    """Store the versions of claims, by their number, and list these; return how many.

    What is stored already, and claims that this desk has published on, are left as they
    are. Within the caller's transaction.
    """
    wanted = dict(checks)
    claims = Claim.objects.filter(pk__in=wanted).select_related("speaker", "via")
    batch = _Batch(claims.prefetch_related("other_speakers"), wanted)
    rows = batch.rows()
    PublishedVerdict.objects.bulk_create(rows, batch_size=200)
    touched = {row.claim_id for row in rows}
    drafts = [
        claim.pk
        for claim in batch.claims
        if claim.pk in touched and claim.status == ClaimStatus.DRAFT
    ]
    list_claims(drafts, by=by, now=timezone.now())
    public_record.write(touched, PublicChangeKind.PUBLISHED)
    heads.publish_heads_after_commit()
    return len(rows)


class _Batch:
    """Some claims with the versions that come to them."""

    def __init__(self, claims, wanted):
        self.claims, self.wanted = list(claims), wanted
        self.ratings = {
            (rating.slug, rating.value, rating.bucket): rating
            for rating in Rating.objects.all()
        }
        with connection.cursor() as cursor:
            cursor.execute(MARKS, [list(wanted)])
            self.marks = {
                claim: (json.loads(marks), text)
                for claim, marks, text in cursor.fetchall()
            }
        self.here = defaultdict(list)
        known = PublishedVerdict.objects.filter(claim__in=wanted).order_by("number")
        told = ("claim", "number", "publisher", "source_digest")
        for claim, *row in known.values_list(*told):
            self.here[claim].append(row)
        # Those that a whole record has brought: no row of a table says how it was
        # verified, and none tells more of a moment than its second.
        whole = known.exclude(how_verified="").values_list("review_url", "published_at")
        self.whole = {(url, at.replace(microsecond=0)) for url, at in whole}

    def rows(self) -> list[PublishedVerdict]:
        return [row for claim in self.claims for row in self._of_claim(claim)]

    def _of_claim(self, claim):
        here = self.here[claim.pk]
        if any(publisher == "" for _number, publisher, _digest in here):
            return
        number = max((number for number, _publisher, _digest in here), default=0)
        known = {digest for _number, _publisher, digest in here}
        for version in self.wanted[claim.pk]:
            if version.digest not in known and not self._is_here_whole(version):
                number += 1
                yield self._row(claim, version, number)

    def _is_here_whole(self, version):
        at = version.published_at.replace(microsecond=0)
        return version.is_part and (version.url, at) in self.whole

    def _row(self, claim, version, number) -> PublishedVerdict:
        said = dict(version.said)
        scale = tuple(said.pop(name) for name in ("slug", "value", "bucket"))
        rating = self.ratings.get(scale)
        others = {other.name: other for other in claim.other_speakers.all()}
        via_name = claim.via.name if claim.via else ""
        if said["via_name"] is None:
            said["via_name"] = via_name
        if said["speakers"] is None:
            said["speakers"] = [
                {"name": other.name, "kind": other.kind, "role": ""}
                for other in others.values()
            ]
        marks, text = self.marks.get(claim.pk, ([], None))
        # Marks that readers of the other desk saw in an older text are not here.
        stands = said["quote"] == claim.quote
        said["speakers"] = [
            {"id": others[one["name"]].pk, "slug": others[one["name"]].slug, **one}
            if one["name"] in others
            else one
            for one in said["speakers"]
        ]
        return PublishedVerdict(
            **said,
            claim=claim,
            number=number,
            kind=PublicationKind.ARCHIVE,
            source_kind=version.kind,
            rating=rating,
            rating_slug=rating.slug if rating else "",
            rating_value=rating.value if rating else None,
            rating_bucket=rating.bucket if rating else Bucket.UNRATED,
            speaker=claim.speaker,
            via=claim.via if via_name == said["via_name"] else None,
            marks=marks if stands else [],
            text_id=text if stands else None,
            published_at=version.published_at,
            published_precision=version.precision,
            publisher=version.publisher,
            review_url=version.url,
            review_key=version.key,
            review_title=version.title,
            source_digest=version.digest,
        )
