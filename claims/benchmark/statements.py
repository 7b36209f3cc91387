"""Generated statements: speakers, outlets, topics, articles, claims and their marks."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from claims.benchmark.draws import (
    ATTRIBUTIONS,
    CHECKABILITIES,
    KINDS,
    LANGUAGES,
    PRECISIONS,
    Draws,
)
from claims.benchmark.loading import copy_rows
from claims.models import (
    Article,
    ArticleText,
    Claim,
    Outlet,
    Span,
    Speaker,
    SpeakerAlias,
    SpeakerName,
    SpeakerRole,
    Topic,
)
from claims.models.choices import (
    ClaimStatus,
    DateBasis,
    DatePrecision,
    Origin,
    SpanRole,
)

CLAIMS_A_SPEAKER = 20
MOST_IN_AN_ARTICLE = 300
BODY_CHARACTERS = 4_000
FIRST_DAY, DAYS = date(2016, 1, 1), 3_650
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
# Of each claim at most so many topics; the weights of none, one, two and three.
TOPICS = {0: 2, 1: 5, 2: 2, 3: 1}
STATUSES = {
    ClaimStatus.LISTED: 930,
    ClaimStatus.SUGGESTED: 20,
    ClaimStatus.DRAFT: 20,
    ClaimStatus.REJECTED: 20,
    ClaimStatus.WITHDRAWN: 10,
}
# Of the articles some come from an older archive, whatever their number.
SHARE_OLD, SHARE_RELAYED, SHARE_JOINT, SHARE_REPEATED = 0.15, 0.05, 0.01, 0.02


@dataclass
class Statement:
    """What is stored of one claim, for its own row and its publications."""

    id: int
    article: int
    start: int
    wording: str
    speaker: int
    attribution: str
    checkability: str
    status: str
    day: date | None
    precision: str
    via: int | None = None
    others: tuple[int, ...] = ()
    repeats: int | None = None


class StatementWriter:
    """Writes speakers, outlets, topics, articles and claims, each a row of a plan."""

    def __init__(self, claims: int, draws: Draws):
        self.draws = draws
        self.speakers = max(20, claims // CLAIMS_A_SPEAKER)
        self.outlets = min(400, max(12, claims // 2_500))
        self.topics = min(200, max(12, claims // 500))
        self.names = [
            " ".join(draws.chance.choices(draws.words, k=2)).title()
            for _number in range(self.speakers)
        ]
        self.kinds = draws.of(KINDS, self.speakers)
        self.sizes = draws.sizes(claims, MOST_IN_AN_ARTICLE)
        self.days = [self._day(n) for n in range(len(self.sizes))]
        self.outlet_of = draws.ranks(self.outlets, len(self.sizes))
        self.languages = draws.of(LANGUAGES, len(self.sizes))
        self.headlines = [
            f"{' '.join(draws.chance.choices(draws.words, k=7))} {n}".capitalize()
            for n in range(1, len(self.sizes) + 1)
        ]
        self.statements = self._statements(claims)

    def _day(self, place):
        if self.draws.chance.random() < SHARE_OLD:
            return FIRST_DAY + timedelta(days=self.draws.chance.randrange(DAYS))
        return FIRST_DAY + timedelta(days=place * DAYS // len(self.sizes))

    def outlet_name(self, outlet: int) -> str:
        return f"The {self.draws.words[outlet].title()} Post"

    def role(self, speaker: int) -> str:
        """Return the office of a speaker: every fourth has one."""
        return f"Office of {self.names[speaker - 1]}" if speaker % 4 == 0 else ""

    def _statements(self, claims) -> list[Statement]:
        draws = self.draws
        drawn = zip(
            draws.ranks(self.speakers, claims),
            draws.of(ATTRIBUTIONS, claims),
            draws.of(CHECKABILITIES, claims),
            draws.of(STATUSES, claims),
            draws.of(PRECISIONS, claims),
            strict=True,
        )
        made: list[Statement] = []
        for article, size in enumerate(self.sizes, 1):
            start = 0
            for _number in range(size):
                speaker, attribution, checkability, status, precision = next(drawn)
                wording = draws.sentence()
                day = self.days[article - 1]
                one = Statement(
                    len(made) + 1, article, start, wording, speaker, attribution,
                    checkability, status,
                    None if precision == DatePrecision.UNKNOWN else day, precision,
                )  # fmt: skip
                self._complicate(one, made)
                made.append(one)
                start += len(wording) + len("\n\n")
        return made

    def _complicate(self, one, made):
        """Let some statements be relayed, joint, or said before."""
        draw = self.draws.chance.random()
        if draw < SHARE_RELAYED:
            one.via = one.id % self.outlets + 1
        elif draw < SHARE_RELAYED + SHARE_JOINT and one.speaker + 3 <= self.speakers:
            one.others = (one.speaker + 1, one.speaker + 3)
        elif draw < SHARE_RELAYED + SHARE_JOINT + SHARE_REPEATED and len(made) > 50:
            first = made[self.draws.chance.randrange(len(made))]
            if first.repeats is None:
                one.repeats = first.id

    def copy(self) -> None:
        """Write everything, one table after the other."""
        self._copy_names()
        copy_rows(
            Article,
            "id outlet_id headline slug byline url archived_url language published_on"
            " text_rights current_text_id created_at",
            (
                (n, self.outlet_of[n - 1], self.headlines[n - 1], f"article-{n}", "",
                 f"https://news.example/{n}", "", self.languages[n - 1],
                 self.days[n - 1], "full", n, NOON)
                for n in range(1, len(self.sizes) + 1)
            ),
        )  # fmt: skip
        copy_rows(
            ArticleText,
            "id article_id number body sha256 reason created_at",
            self._text_rows(),
        )
        copy_rows(
            Span,
            "claim_id role ordinal text_id start end exact prefix suffix anchor",
            (
                (one.id, SpanRole.CONTENT.value, 0, one.article, one.start,
                 one.start + len(one.wording), one.wording, "", "", "exact")
                for one in self.statements
            ),
        )  # fmt: skip
        copy_rows(Claim.topics.through, "claim_id topic_id", self._topic_rows())
        copy_rows(
            Claim.other_speakers.through,
            "claim_id speaker_id",
            ((one.id, other) for one in self.statements for other in one.others),
        )

    def _copy_names(self):
        numbers = range(1, self.speakers + 1)
        copy_rows(
            Outlet,
            "id name slug homepage",
            ((n, self.outlet_name(n), f"outlet-{n}", "")
             for n in range(1, self.outlets + 1)),
        )  # fmt: skip
        copy_rows(
            Topic,
            "id name slug",
            ((n, f"{self.draws.words[n].title()} {n}", f"topic-{n}")
             for n in range(1, self.topics + 1)),
        )  # fmt: skip
        # Behind those who are quoted, one in fifty was merged into another.
        merged = range(self.speakers + 1, self.speakers + 2 + self.speakers // 50)
        copy_rows(
            Speaker,
            "id name slug kind description wikidata_id merged_into_id",
            (
                (n, self.name(n), f"speaker-{n}", self.kinds[n % self.speakers - 1],
                 "", "", None if n in numbers else n - self.speakers)
                for n in [*numbers, *merged]
            ),
        )  # fmt: skip
        copy_rows(
            SpeakerName,
            "speaker_id name since",
            ((n, self.name(n), NOON) for n in [*numbers, *merged]),
        )
        copy_rows(
            SpeakerAlias,
            "speaker_id name is_metonym",
            ((n, f"{self.name(n)} {n}", n % 30 == 0) for n in numbers if n % 3 == 0),
        )
        copy_rows(
            SpeakerRole,
            "speaker_id title organisation",
            ((n, self.role(n), "") for n in numbers if self.role(n)),
        )

    def name(self, speaker: int) -> str:
        """Return a speaker's name, of one who was merged the former."""
        if speaker <= self.speakers:
            return self.names[speaker - 1]
        return f"{self.names[speaker - self.speakers - 1]} the Elder"

    def _text_rows(self) -> Iterator[tuple]:
        filler = " ".join(self.draws.sentence() for _number in range(400))
        statements = iter(self.statements)
        for n, size in enumerate(self.sizes, 1):
            said = [next(statements).wording for _number in range(size)]
            rest = max(40, BODY_CHARACTERS - sum(map(len, said)))
            start = n * 37 % max(1, len(filler) - rest)
            body = "\n\n".join([*said, filler[start : start + rest].strip()])
            digest = hashlib.sha256(body.encode()).hexdigest()
            yield n, n, 1, body, digest, "", NOON

    def _topic_rows(self) -> Iterator[tuple]:
        counts = self.draws.of(TOPICS, len(self.statements))
        drawn = iter(self.draws.ranks(self.topics, 3 * len(self.statements)))
        for one, count in zip(self.statements, counts, strict=True):
            for topic in {next(drawn) for _number in range(count)}:
                yield one.id, topic

    def copy_claims(self, current: dict[int, tuple[int, int | None]]) -> None:
        """Write the claims; of each its newest publication and rating are given."""
        copy_rows(
            Claim,
            "id article_id speaker_id wording quote attribution stated_on"
            " stated_precision stated_basis checkability status listed_at origin rule"
            " score version client_id created_at updated_at rating_id current_id"
            " printed_role via_id",
            self._claim_rows(current),
        )

    def _claim_rows(self, current) -> Iterator[tuple]:
        public = {ClaimStatus.LISTED.value, ClaimStatus.WITHDRAWN.value}
        by_program = {ClaimStatus.SUGGESTED.value, ClaimStatus.REJECTED.value}
        for one in self.statements:
            publication, rating = current.get(one.id, (None, None))
            at = NOON - timedelta(seconds=self.draws.chance.randrange(DAYS * 86_400))
            is_proposed = one.status in by_program
            yield (
                one.id, one.article, one.speaker, one.wording, one.wording,
                one.attribution, one.day, one.precision, DateBasis.ARTICLE_DATE.value,
                one.checkability, one.status, at if one.status in public else None,
                Origin.RULES.value if is_proposed else Origin.EDITOR.value,
                "said that" if is_proposed else "", 0.5 if is_proposed else None, 1,
                uuid.UUID(int=one.id), at, NOON, rating, publication, "", one.via,
            )  # fmt: skip


def forget_sequences(models) -> None:
    """Let the sequences of tables go on behind the rows that came with numbers."""
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id))"  # noqa: S608
                f" FROM {table} HAVING max(id) > 0",
                [table],
            )
