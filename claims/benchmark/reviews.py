"""Generated reviews: verdicts, their evidence, and every version published of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from claims.benchmark.draws import FINDINGS, RATINGS
from claims.benchmark.loading import copy_rows
from claims.benchmark.statements import NOON, StatementWriter
from claims.desk.publications import evidence_snapshot
from claims.models import Evidence, PublishedVerdict, Rating, Verdict
from claims.models.choices import (
    ClaimStatus,
    DateBasis,
    PublicationKind,
    SpanRole,
    StatementBasis,
    VerdictStatus,
)

PEOPLE = 12
SHARE_REVIEWED, SHARE_CORRECTED, SHARE_OPEN = 0.40, 0.05, 0.02
# Of the corrected ones, and of all that are published.
SHARE_OFTEN, MOST_VERSIONS, SHARE_RETRACTED = 0.04, 8, 0.003
MUCH_EVIDENCE = 120
PASSWORD = "benchmark"  # noqa: S105 (of a made-up archive)


@dataclass
class Review:
    """What the desk found of one claim, and how often it published that."""

    claim: int
    rating: Rating
    finding: str
    evidence: int
    versions: int
    last: str  # kind of the last version
    author: int
    approver: int


class ReviewWriter:
    """Writes the reviews of an archive's statements."""

    def __init__(self, plan: StatementWriter):
        self.plan, self.draws = plan, plan.draws
        self.people = add_people()
        self.scale = list(Rating.objects.order_by("order", "id"))[: len(RATINGS)]
        self.reviews = self._reviews()
        self.publications = list(self._publications())

    def _reviews(self) -> list[Review]:
        draws, chance = self.draws, self.draws.chance
        statements = self.plan.statements
        shown = {ClaimStatus.LISTED.value, ClaimStatus.WITHDRAWN.value}
        chosen = draws.some(
            [one for one in statements if one.status in shown and not one.repeats],
            SHARE_REVIEWED,
        )
        scale = self.scale
        ratings = chance.choices(scale, RATINGS[: len(scale)], k=len(chosen))
        findings = draws.of(FINDINGS, len(chosen))
        made = []
        for one, rating, finding in zip(chosen, ratings, findings, strict=True):
            versions, last = 1, PublicationKind.CLARIFIED
            if chance.random() < SHARE_CORRECTED:
                versions = MOST_VERSIONS if chance.random() < SHARE_OFTEN else 2
            if not made:
                versions = MOST_VERSIONS
            if one.status == ClaimStatus.WITHDRAWN:
                versions, last = versions + 1, PublicationKind.WITHDRAWN
            elif chance.random() < SHARE_RETRACTED:
                versions, last = versions + 1, PublicationKind.RETRACTED
            author = one.id % len(self.people)
            made.append(
                Review(
                    one.id, rating, finding, chance.choice((1, 1, 1, 2, 3)), versions,
                    last.value, self.people[author].pk, self.people[author - 1].pk,
                )
            )  # fmt: skip
        if made:
            made[len(made) // 2].evidence = MUCH_EVIDENCE
        return made

    def _publications(self) -> Iterator[tuple[Review, int]]:
        """Yield reviews and numbers of versions, all first ones before all second."""
        for number in range(1, MOST_VERSIONS + 2):
            for review in self.reviews:
                if review.versions >= number:
                    yield review, number

    def current(self) -> dict[int, tuple[int, int | None]]:
        """Return the newest publication and the rating in force of each claim."""
        off = {PublicationKind.RETRACTED.value, PublicationKind.WITHDRAWN.value}
        return {
            review.claim: (
                key, None if self._kind(review, number) in off else review.rating.pk
            )
            for key, (review, number) in enumerate(self.publications, 1)
        }  # fmt: skip

    def _kind(self, review, number):
        if number == 1:
            return PublicationKind.FIRST.value
        if number == review.versions:
            return review.last
        return PublicationKind.CLARIFIED.value

    def copy_verdicts(self) -> None:
        """Write the desk's copies: the published, the open, the revised."""
        open_ones = self._open()
        columns = (
            "id claim_id finding rating_id summary explanation how_verified"
            " correction_kind correction_note correction_asked_by status author_id"
            " assignee_id version updated_at"
        )
        copy_rows(Verdict, columns, self._verdict_rows(open_ones))
        copy_rows(
            Evidence,
            "verdict_id url title publisher archived_url excerpt stance is_primary"
            " order",
            (
                (key, f"https://records.example/{key}/{place}", "The record", "", "",
                 "", "supports", place == 0, place)
                for key, count in enumerate(
                    [*(review.evidence for review in self.reviews),
                     *(1 for _one in open_ones)], 1)
                for place in range(count)
            ),
        )  # fmt: skip

    def _open(self):
        """Return the claims of which a verdict is being written or waits."""
        reviewed = {review.claim for review in self.reviews}
        free = [
            one
            for one in self.plan.statements
            if one.status == ClaimStatus.LISTED and one.id not in reviewed
        ]
        return self.draws.some(free, SHARE_OPEN * len(self.plan.statements)
                               / max(1, len(free)))  # fmt: skip

    def _verdict_rows(self, open_ones) -> Iterator[tuple]:
        ended = {PublicationKind.RETRACTED.value, PublicationKind.WITHDRAWN.value}
        key = 0
        for key, review in enumerate(self.reviews, 1):
            status = VerdictStatus.PUBLISHED
            if review.versions > 1 and review.last in ended:
                status = VerdictStatus.RETRACTED
            yield (
                key, review.claim, review.finding, review.rating.pk,
                "What the record shows.", "", "Read the record.", "", "", "",
                status.value, review.author, None, 1, NOON,
            )  # fmt: skip
        rating = self.scale[0]
        for place, one in enumerate(open_ones):
            waits = place % 5 < 2
            status = VerdictStatus.IN_REVIEW if waits else VerdictStatus.DRAFT
            author, other = (
                self.people[(place + n) % len(self.people)].pk for n in (0, 1)
            )
            yield (
                key + 1 + place, one.id, "confirmed", rating.pk, "What is known.", "",
                "Read the record.", "", "", "", status.value, author,
                other if place % 2 else None, 1, NOON - timedelta(minutes=place),
            )  # fmt: skip

    def copy_publications(self) -> None:
        """Write what was published: the widest of the tables."""
        copy_rows(
            PublishedVerdict,
            "id claim_id number kind rating_id rating_label rating_slug rating_value"
            " rating_bucket rating_definition rating_sign finding claim_reviewed quote"
            " summary explanation how_verified evidence author_id author_name"
            " approver_id approver_name note override_reason published_at digest"
            " speaker_id speaker_name speaker_kind speaker_role speakers via_id"
            " via_name attribution stated_on stated_precision stated_basis"
            " checkability cue speaker_words marks text_id headline outlet_name"
            " article_url article_published_on statement_basis former_digest asked_by",
            self._publication_rows(),
        )

    def _publication_rows(self) -> Iterator[tuple]:
        names = {person.pk: person.username.title() for person in self.people}
        count = len(self.publications)
        for key, (review, number) in enumerate(self.publications, 1):
            rating = review.rating
            one = self.plan.statements[review.claim - 1]
            # Every second verdict came within the last years, and none before print.
            at = NOON - timedelta(minutes=(count - key) * 5)
            yield (
                key, one.id, number, self._kind(review, number), rating.pk,
                rating.label, rating.slug, rating.value, rating.bucket,
                rating.definition, rating.sign, review.finding, one.wording,
                one.wording, self.draws.words[key % 50].capitalize(), one.wording,
                "Read the record.", _evidence(review.evidence), review.author,
                names[review.author], review.approver, names[review.approver],
                "Said more clearly." if number > 1 else "", "", at, "",
                *self._statement(one),
            )  # fmt: skip

    def _statement(self, one):
        """Return what a publication keeps of a claim's statement besides its words."""
        plan, place = self.plan, one.article - 1
        mark = {
            "role": SpanRole.CONTENT.value,
            "ordinal": 0,
            "text": one.article,
            "start": one.start,
            "end": one.start + len(one.wording),
            "exact": one.wording,
        }
        return (
            one.speaker, plan.names[one.speaker - 1], plan.kinds[one.speaker - 1],
            plan.role(one.speaker), self._others(one), one.via,
            plan.outlet_name(one.via) if one.via else "", one.attribution, one.day,
            one.precision, DateBasis.ARTICLE_DATE.value, one.checkability, "", "",
            json.dumps([mark]), one.article, plan.headlines[place],
            plan.outlet_name(plan.outlet_of[place]),
            f"https://news.example/{one.article}", plan.days[place],
            StatementBasis.RECORDED.value, "", "",
        )  # fmt: skip

    def _others(self, one):
        plan = self.plan
        return json.dumps(
            [
                {
                    "id": other,
                    "slug": f"speaker-{other}",
                    "name": plan.names[other - 1],
                    "kind": plan.kinds[other - 1],
                    "role": plan.role(other),
                }
                for other in sorted(one.others, key=lambda n: (plan.names[n - 1], n))
            ]
        )


def _evidence(count):
    return json.dumps(
        [
            evidence_snapshot(
                Evidence(url=f"https://records.example/{place}", title="The record")
            )
            for place in range(count)
        ]
    )


def add_people() -> list:
    """Add the desk's people, editors all, and return them."""
    users = get_user_model().objects
    made = [
        users.create_user(f"person-{number}", password=PASSWORD, is_staff=True)
        for number in range(1, PEOPLE + 1)
    ]
    Group.objects.get(name="Editors").user_set.set(made)
    return made
