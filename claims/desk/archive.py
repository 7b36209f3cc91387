"""Published checks of elsewhere, stored in bulk as publications of kind `archive`.

`store_reviews(reviews, by=user)` is the one door: it takes PublishedReview, whatever
file they were read from. One address is one check: what it says later is a further
version of it, in whatever order the states come; other addresses are other checks of
the same claim. What is stored already is left as it is, so that a second run adds
nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import count
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.attribution.folding import fold
from claims.desk import heads, public_record
from claims.desk.archive_names import ArchiveNames
from claims.desk.archived_reviews import NamedSpeaker, PublishedReview, Stored
from claims.exceptions import NotPermitted
from claims.models import Claim, PublishedVerdict, SpeakerRole, Transition, acting
from claims.models.choices import (
    Bucket,
    ClaimStatus,
    DateBasis,
    DatePrecision,
    Origin,
    PublicationKind,
    PublicChangeKind,
    Subject,
)
from claims.models.verdict_state import ELSEWHERE

NAMESPACE = UUID("6f7a3ad1-5d0c-4b7e-9a43-2f5f0a2f7c11")
LOCK = 7_340_039
BATCH = 1_000  # reviews in memory as rows
# At one address a claim reworded stays the same claim, above this share of its words.
ALIKE = 0.6
_LAST = datetime.max.replace(tzinfo=UTC)


def store_reviews(
    reviews: Iterable[PublishedReview],
    *,
    by,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Stored:
    """Store checks of elsewhere, all or nothing, in one transaction; return how many.

    Their claims are listed at once. `by` is who takes them in (None: nobody is named),
    who needs the right to publish; nobody counts as their author or approver.
    `progress` is told the number of reviews done. A batch of a thousand costs some
    thirty statements; COPY is no way in, as PostgreSQL takes none into tables whose
    rows a policy narrows for readers.
    """
    stored = Stored()
    for done in stored_in_batches(reviews, stored, by=by, dry_run=dry_run):
        if progress is not None:
            progress(done)
    return stored


def stored_in_batches(
    reviews: Iterable[PublishedReview], stored: Stored, *, by, dry_run: bool = False
) -> Iterator[int]:
    """Store checks of elsewhere, and yield the number of reviews done after each batch.

    One transaction: whoever stops listening has stored nothing. `stored` is filled in.
    """
    if by is not None and not by.has_perm("claims.publish_verdict"):
        raise NotPermitted(_("You may not take in published checks."))
    touched: set[int] = set()
    # The states of a check in the order of their days, whatever file they come from.
    rows = sorted(reviews, key=lambda review: (review.key, review.at or _LAST))
    with transaction.atomic(), acting(by):
        with connection.cursor() as cursor:
            # Of two imports at once the second waits, and then finds the first one's.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            _Batch(batch, stored, by).store(touched)
            yield start + len(batch)
        public_record.write(touched, PublicChangeKind.PUBLISHED)
        heads.publish_heads_after_commit()
        if dry_run:
            transaction.set_rollback(True)


@dataclass
class _Check:
    """A check at one address, and its states in the order of their days."""

    # The claim; of one that is not stored yet its name (client_id).
    claim: Claim | UUID | None
    wording: str
    speaker: int
    states: list[tuple[datetime, int, str]] = field(default_factory=list)

    def is_about(self, wording: str, speaker: int) -> bool:
        """Whether a review at its address is a state of it, and no other claim's."""
        return self.wording == wording or (
            self.speaker == speaker
            and SequenceMatcher(None, self.wording, wording).ratio() >= ALIKE
        )


class _Batch:
    """Some reviews on their way in."""

    def __init__(self, reviews, stored, by):
        self.stored, self.by, self.now = stored, by, timezone.now()
        self.names = ArchiveNames(reviews, self.now)
        self.reviews = reviews
        self.known = _known_checks({review.key for review in reviews})
        self.claims: dict[UUID, Claim] = {}
        self.fresh: list[Claim] = []

    def store(self, touched: set[int]) -> None:
        ready = [
            (review, check) for review in self.reviews if (check := self._check(review))
        ]
        if not ready:
            return
        self._find_claims(ready)
        for _review, check in ready:
            if isinstance(check.claim, UUID):
                check.claim = self.claims[check.claim]
        self._add_claims()
        publications = self._publications(ready)
        PublishedVerdict.objects.bulk_create(publications, batch_size=200)
        list_claims([claim.pk for claim in self.fresh], by=self.by, now=self.now)
        touched.update(row.claim_id for row in publications)

    # --- Which are new --------------------------------------------------------------

    def _check(self, review) -> _Check | None:
        """Return the check of which a review is a new state; None if it is known."""
        digest, moment = review.digest, review.at or self.now
        wording, speaker = fold(review.wording), self.names.speaker(review).pk
        checks = self.known[review.key]
        check = next((each for each in checks if each.is_about(wording, speaker)), None)
        if check is None:
            check = _Check(None, wording, speaker)
            checks.append(check)
            self.stored.checks += 1
        elif _says_so(check.states, digest, moment if review.at else None):
            self.stored.known += 1
            return None
        else:
            self.stored.later += 1
        check.states.append((moment, len(check.states), digest))
        check.states.sort()
        if check.claim is None:
            check.claim = _client_id(review, speaker)
        return check

    def _find_claims(self, ready):
        """Find the claims that other addresses have checked already."""
        wanted = {}
        for review, check in ready:
            if isinstance(check.claim, UUID):
                wanted.setdefault(check.claim, review)
        here = Claim.objects.filter(client_id__in=wanted).defer("search")
        self.claims = {claim.client_id: claim for claim in here}
        for client_id, review in wanted.items():
            if client_id not in self.claims:
                claim = self._claim(client_id, review)
                self.claims[client_id] = claim
                self.fresh.append(claim)

    def _claim(self, client_id, review):
        speaker, *_others = self.names.speakers(review)
        return Claim(
            article=self.names.article(review),
            speaker=speaker,
            printed_role=review.speakers[0].role if review.speakers else "",
            wording=review.wording,
            stated_on=review.stated_on,
            stated_precision=review.stated_precision,
            stated_basis=DateBasis.REVIEW,
            status=ClaimStatus.DRAFT,
            origin=Origin.IMPORT,
            client_id=client_id,
            created_by=self.by,
        )

    # --- Rows -----------------------------------------------------------------------

    def _add_claims(self):
        Claim.objects.bulk_create(self.fresh, batch_size=500)
        self.stored.claims += len(self.fresh)
        first = {}
        for review in self.reviews:
            first.setdefault(_client_id(review, self.names.speaker(review).pk), review)
        joint, about = Claim.other_speakers.through, Claim.topics.through
        reviews = [(claim, first[claim.client_id]) for claim in self.fresh]
        joint.objects.bulk_create(
            joint(claim=claim, speaker=other)
            for claim, review in reviews
            for other in self.names.speakers(review)[1:]
        )
        about.objects.bulk_create(
            about(claim=claim, topic=topic)
            for claim, review in reviews
            for topic in self.names.topics(review)
        )
        SpeakerRole.objects.bulk_create(self.names.new_roles())

    def _publications(self, ready):
        """Return the new publications of the claims, numbered on from the last."""
        claims = {check.claim.pk for _review, check in ready}
        last = dict(
            PublishedVerdict.objects.filter(claim__in=claims)
            .order_by()
            .values_list("claim")
            .annotate(Max("number"))
        )
        numbers = defaultdict(lambda: count(1))
        numbers |= {claim: count(number + 1) for claim, number in last.items()}
        ready.sort(key=lambda pair: pair[0].at or self.now)
        return [
            self._publication(review, check.claim, next(numbers[check.claim.pk]))
            for review, check in ready
        ]

    def _publication(self, review, claim, number):
        speaker, *others = self.names.speakers(review)
        first, *named = review.speakers or [NamedSpeaker("")]
        article, rating = self.names.article(review), self.names.rating(review)
        return PublishedVerdict(
            claim=claim,
            number=number,
            kind=PublicationKind.ARCHIVE,
            rating=rating,
            rating_label=review.label,
            rating_slug=rating.slug if rating else "",
            rating_value=rating.value if rating else None,
            rating_bucket=rating.bucket if rating else Bucket.UNRATED,
            rating_sign=rating.sign if rating else ELSEWHERE.sign,
            finding="not_checked",
            claim_reviewed=review.wording,
            speaker=speaker,
            speaker_name=speaker.name,
            speaker_kind=speaker.kind,
            speaker_role=first.role,
            speakers=[
                {
                    "id": other.pk,
                    "slug": other.slug,
                    "name": other.name,
                    "kind": other.kind,
                    "role": as_named.role,
                }
                for other, as_named in zip(others, named, strict=False)
            ],
            speaker_words=review.speaker_words,
            attribution=claim.attribution,
            checkability=claim.checkability,
            stated_on=review.stated_on,
            stated_precision=review.stated_precision,
            stated_basis=DateBasis.REVIEW,
            **_place_of(review, article),
            article_published_on=review.appearance.published_on,
            summary=review.summary,
            explanation=review.explanation,
            evidence=list(review.evidence),
            author_name=review.authors,
            note=review.note,
            published_at=review.at or self.now,
            published_precision=review.precision
            if review.at
            else DatePrecision.UNKNOWN,
            publisher=review.publisher,
            review_url=review.url,
            review_key=review.key,
            review_title=review.title,
            source_kind=review.kind,
            source_digest=review.digest,
        )


def list_claims(keys: list[int], *, by, now: datetime) -> None:
    """List drafts for readers, with the step in the history of each."""
    Claim.objects.filter(pk__in=keys).update(
        status=ClaimStatus.LISTED, listed_at=now, version=F("version") + 1
    )
    Transition.objects.bulk_create(
        Transition(
            claim_id=key,
            subject=Subject.CLAIM,
            step="list",
            from_status=ClaimStatus.DRAFT,
            to_status=ClaimStatus.LISTED,
            by=by,
            at=now,
        )
        for key in keys
    )


def _place_of(review, article) -> dict[str, str]:
    """Return where the claim appeared: a page, in words alone, or in the check."""
    place = review.appearance
    if place.url or place.headline:
        return {
            "headline": place.headline or article.headline,
            "outlet_name": place.outlet,
            "article_url": place.url,
        }
    return {
        "headline": article.headline,
        "outlet_name": review.publisher,
        "article_url": review.url,
    }


def _client_id(review, speaker) -> UUID:
    """Return what names a claim: the same words of the same speaker on the same day."""
    day = f"{review.stated_on} {review.stated_precision}"
    return uuid5(NAMESPACE, f"{speaker} {day} {fold(review.wording)}")


def _known_checks(keys: set[str]) -> dict[str, list[_Check]]:
    """Return the checks that are stored, by their address."""
    known: dict[str, dict[int, _Check]] = defaultdict(dict)
    rows = (
        PublishedVerdict.objects.filter(review_key__in=keys)
        .filter(kind=PublicationKind.ARCHIVE)
        .select_related("claim")
        .only(
            "review_key",
            "claim_reviewed",
            "speaker",
            "published_at",
            "number",
            "source_digest",
            "claim__client_id",
            "claim__attribution",
            "claim__checkability",
        )
        .order_by("number")
    )
    for row in rows:
        check = known[row.review_key].setdefault(
            row.claim_id, _Check(row.claim, fold(row.claim_reviewed), row.speaker_id)
        )
        check.wording = fold(row.claim_reviewed)
        check.states.append((row.published_at, row.number, row.source_digest))
    for checks in known.values():
        for check in checks.values():
            check.states.sort()
    return defaultdict(list, {key: list(each.values()) for key, each in known.items()})


def _says_so(states, digest, moment: datetime | None) -> bool:
    """Return whether a check is known to say this from a moment on.

    The same said once more on a later day is no change, though a page may be touched
    daily. Of a state without a day it is enough that the check said so once.
    """
    if moment is None:
        return any(said == digest for _at, _number, said in states)
    if any((at, said) == (moment, digest) for at, _number, said in states):
        return True
    before = [said for at, _number, said in states if at <= moment]
    return bool(before) and before[-1] == digest
