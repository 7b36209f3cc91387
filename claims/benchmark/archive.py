"""Generated test data of any size: speakers, articles, claims and verdicts.

The same size makes the same archive. A few speakers make most of the claims and a few
words most of the text, as in print; each quote stands in its article.
"""

from __future__ import annotations

import hashlib
import json
import random
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from django.contrib.auth import get_user_model
from django.core.management.color import no_style
from django.db import connection

from claims.benchmark.indexes import without_indexes
from claims.benchmark.public_record import fill_public_record
from claims.desk.publications import evidence_snapshot
from claims.models import (
    Article,
    ArticleText,
    Claim,
    Evidence,
    Outlet,
    PublicChange,
    PublicClaim,
    PublicWords,
    PublishedVerdict,
    Rating,
    Span,
    Speaker,
    Topic,
    Verdict,
)
from claims.models.choices import (
    AttributionKind,
    Checkability,
    ClaimStatus,
    DateBasis,
    DatePrecision,
    Finding,
    Origin,
    PublicationKind,
    SpanRole,
    SpeakerKind,
    StatementBasis,
    VerdictStatus,
)

CLAIMS_AN_ARTICLE = 5
CLAIMS_A_SPEAKER = 20
BODY_CHARACTERS = 6_000
OUTLETS = 40
TOPICS = 12
FIRST_DAY, DAYS = date(2016, 1, 1), 3_650
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SHARE_LISTED, SHARE_REVIEWED, SHARE_CORRECTED = 0.96, 0.40, 0.05
SYLLABLES = (
    "ba", "dor", "fen", "gal", "hu", "kir", "lem", "mo", "nar", "pel", "ro", "sit",
    "tam", "ul", "ven", "zo", "bri", "cha", "dren", "sto",
)  # fmt: skip
SCALE_WEIGHTS = (18, 14, 16, 14, 20, 12, 6)

# Rows that fit each other come in whole; each guard looks at one row and would find
# the others missing. What the guards hold is asked of the whole archive afterwards.
DISABLED_TRIGGERS = {
    "article": ["current_text_is_own", "log_change", "words_are_visible"],
    "articletext": ["log_change"],
    "claim": ["claim_guard", "listed_keeps_words", "log_change", "words_are_visible"],
    "claim_topics": ["log_change"],
    "outlet": ["log_change"],
    "publishedverdict": ["show_publication", "log_change"],
    "span": ["quote_matches_text", "keep_quote", "log_change"],
    "speaker": ["speaker_guard", "log_change"],
    "topic": ["log_change"],
    "verdict": ["log_change", "note_contributor", "words_are_visible"],
}


@dataclass(frozen=True)
class Archive:
    """The size of a generated archive, and names in it that the timed URLs need."""

    claims: int
    busiest: str  # slug of the speaker with most claims
    quiet: str  # slug of one with few
    words: list[str]  # most frequent first


def fill_database(claims: int) -> Archive:
    """Fill an empty database with so many claims."""
    chance = random.Random(claims)  # noqa: S311 (no secret, and the same each time)
    words = vocabulary(chance)
    speakers = max(20, claims // CLAIMS_A_SPEAKER)
    names = [" ".join(chance.choices(words, k=2)).title() for _n in range(speakers)]
    with without_indexes(FILLED), _disabled_triggers():
        _add_small_tables(names, words)
        _ArchiveWriter(claims, names, words, chance).copy()
    with without_indexes([PublicClaim, PublicWords, PublicChange]):
        fill_public_record(NOON)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), FILLED):
            cursor.execute(sql)
        cursor.execute("VACUUM ANALYZE")
    quoted = Speaker.objects.public().with_listed_count().order_by("listed_count", "id")
    return Archive(claims, quoted.last().slug, quoted.first().slug, words)


def vocabulary(chance: random.Random, size: int = 6_000) -> list[str]:
    """Return distinct invented words, the most frequent first."""
    words = dict.fromkeys(
        "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))
        for _number in range(size * 2)
    )
    return list(words)[:size]


FILLED = [Outlet, Topic, Speaker, Article, ArticleText, Claim, Span, Verdict]
FILLED += [PublishedVerdict]


def _add_small_tables(names, words):
    _copy(
        Outlet,
        ["id", "name", "slug", "homepage"],
        ((n, _outlet_name(n, words), f"outlet-{n}", "") for n in range(1, OUTLETS + 1)),
    )
    _copy(
        Topic,
        ["id", "name", "slug"],
        ((n, words[n].title(), f"topic-{n}") for n in range(1, TOPICS + 1)),
    )
    _copy(
        Speaker,
        ["id", "name", "slug", "kind", "description", "wikidata_id"],
        ((n, name, f"speaker-{n}", SpeakerKind.PERSON, "", "")
          for n, name in enumerate(names, 1)),
    )  # fmt: skip


def _outlet_name(outlet, words):
    return f"The {words[outlet].title()} Post"


class _ArchiveWriter:
    """Writes all rows by COPY; each row follows from its number."""

    def __init__(self, claims, names, words, chance):
        self.claims = claims
        self.articles = -(-claims // CLAIMS_AN_ARTICLE)
        self.names = names
        self.words, self.chance = words, chance
        self.word_weights = list(accumulate(1 / n for n in range(1, len(words) + 1)))
        numbers = range(1, len(names) + 1)
        self.said_by = chance.choices(
            numbers, cum_weights=list(accumulate(1 / n for n in numbers)), k=claims
        )
        self.headlines = [
            f"{' '.join(chance.choices(words, k=7))} {n}".capitalize()
            for n in range(1, self.articles + 1)
        ]
        self.filler = " ".join(self.sentence() for _number in range(400))
        users = get_user_model().objects
        self.author = users.create_user("benchmark-author")
        self.approver = users.create_user("benchmark-approver")
        self.ratings = list(Rating.objects.order_by("order", "id"))[:7]

    def copy(self):
        """Write everything, one table after the other."""
        wordings = [self.sentence() for _number in range(self.claims)]
        listed = [self.chance.random() < SHARE_LISTED for _wording in wordings]
        reviews = self.reviews(listed)
        current = {
            claim: (number, rating)
            for number, (claim, _version, rating) in enumerate(reviews, 1)
        }
        _copy(
            Article,
            ["id", "outlet_id", "headline", "slug", "byline", "url", "archived_url",
             "language", "published_on", "text_rights", "current_text_id",
             "created_at"],
            self.article_rows(),
        )  # fmt: skip
        _copy(
            ArticleText,
            ["id", "article_id", "number", "body", "sha256", "reason", "created_at"],
            self.text_rows(wordings),
        )
        _copy(
            Claim,
            ["id", "article_id", "speaker_id", "wording", "quote", "attribution",
             "stated_on", "stated_precision", "stated_basis", "checkability", "status",
             "listed_at", "origin", "rule", "version", "client_id", "created_at",
             "updated_at", "rating_id", "current_id", "printed_role"],
            self.claim_rows(wordings, listed, current),
        )  # fmt: skip
        _copy(
            Claim.topics.through,
            ["claim_id", "topic_id"],
            ((n, n % TOPICS + 1) for n in range(1, self.claims + 1) if n % 5 < 3),
        )
        _copy(
            Span,
            ["claim_id", "role", "ordinal", "text_id", "start", "end", "exact",
             "prefix", "suffix", "anchor"],
            self.span_rows(wordings),
        )  # fmt: skip
        _copy(
            Verdict,
            ["id", "claim_id", "finding", "rating_id", "summary", "explanation",
             "how_verified", "correction_kind", "correction_note",
             "correction_asked_by", "status",
             "author_id", "version", "updated_at"],
            self.verdict_rows(current),
        )  # fmt: skip
        self.copy_publications(reviews, wordings)

    def copy_publications(self, reviews, wordings):
        """Write what was published: the widest of the tables."""
        _copy(
            PublishedVerdict,
            ["id", "claim_id", "number", "kind", "rating_id", "rating_label",
             "rating_slug", "rating_value", "rating_bucket", "rating_definition",
             "rating_sign", "finding", "claim_reviewed", "quote", "speaker_name",
             "summary", "explanation", "how_verified", "evidence", "author_id",
             "author_name", "approver_id", "approver_name", "note", "override_reason",
             "published_at", "digest", "speaker_id", "speaker_kind", "speaker_role",
             "speakers", "via_name", "attribution", "stated_on", "stated_precision",
             "stated_basis", "checkability", "cue", "speaker_words", "marks", "text_id",
             "headline", "outlet_name", "article_url", "article_published_on",
             "statement_basis", "former_digest", "asked_by"],
            self.publication_rows(reviews, wordings),
        )  # fmt: skip

    def sentence(self):
        """Return a sentence of about 180 characters."""
        chosen = self.chance.choices(self.words, cum_weights=self.word_weights, k=26)
        return f"{' '.join(chosen).capitalize()}."

    def reviews(self, listed):
        """Return (claim, version, rating) of every publication, first ones first."""
        reviewed = [
            claim for claim, is_listed in enumerate(listed, 1)
            if is_listed and self.chance.random() < SHARE_REVIEWED
        ]  # fmt: skip
        ratings = self.chance.choices(
            self.ratings, SCALE_WEIGHTS[: len(self.ratings)], k=len(reviewed)
        )
        first = [(claim, 1, rating) for claim, rating in zip(reviewed, ratings)]  # noqa: B905
        corrected = [row for row in first if self.chance.random() < SHARE_CORRECTED]
        return first + [(claim, 2, rating) for claim, _one, rating in corrected]

    def article_rows(self):
        for n in range(1, self.articles + 1):
            yield (
                n, _outlet_of(n), self.headlines[n - 1], f"article-{n}", "", "", "",
                "en", self.day_of(n), "full", n, NOON,
            )  # fmt: skip

    def day_of(self, article):
        return FIRST_DAY + timedelta(days=article * DAYS // (self.articles + 1))

    def text_rows(self, wordings):
        for n in range(1, self.articles + 1):
            said = wordings[(n - 1) * CLAIMS_AN_ARTICLE : n * CLAIMS_AN_ARTICLE]
            rest = BODY_CHARACTERS - sum(map(len, said))
            start = n * 37 % max(1, len(self.filler) - rest)
            body = "\n\n".join([*said, self.filler[start : start + rest].strip()])
            digest = hashlib.sha256(body.encode()).hexdigest()
            yield n, n, 1, body, digest, "", NOON

    def claim_rows(self, wordings, listed, current):
        for n, wording in enumerate(wordings, 1):
            article = _article_of(n)
            publication, rating = current.get(n, (None, None))
            since = timedelta(seconds=self.chance.randrange(DAYS * 86_400))
            yield (
                n, article, self.said_by[n - 1], wording, wording, _attribution_of(n),
                self.day_of(article), DatePrecision.DAY, DateBasis.ARTICLE_DATE,
                Checkability.CHECKABLE,
                ClaimStatus.LISTED if listed[n - 1] else ClaimStatus.DRAFT,
                NOON - since if listed[n - 1] else None, Origin.EDITOR, "", 1,
                uuid.UUID(int=n), NOON - since, NOON, rating and rating.pk, publication,
                "",
            )  # fmt: skip

    def span_rows(self, wordings):
        for n, wording in enumerate(wordings, 1):
            start = _start_of(n, wordings)
            yield (
                n, SpanRole.CONTENT, 0, _article_of(n), start, start + len(wording),
                wording, "", "", "exact",
            )  # fmt: skip

    def verdict_rows(self, current):
        for number, (claim, (_publication, rating)) in enumerate(current.items(), 1):
            yield (
                number, claim, Finding.CONFIRMED, rating.pk, "What the record shows.",
                "", "Read the record.", "", "", "", VerdictStatus.PUBLISHED,
                self.author.pk, 1, NOON,
            )  # fmt: skip

    def publication_rows(self, reviews, wordings):
        record = Evidence(url="https://records.example/", title="The record")
        evidence = json.dumps([evidence_snapshot(record)])
        for number, (claim, version, rating) in enumerate(reviews, 1):
            kind, note = PublicationKind.FIRST, ""
            if version > 1:
                kind, note = PublicationKind.CLARIFIED, "Said more clearly."
            wording = wordings[claim - 1]
            # Every second verdict came within the last years, and none before print.
            at = NOON - timedelta(minutes=(len(reviews) - number) * 5)
            yield (
                number, claim, version, kind, rating.pk, rating.label, rating.slug,
                rating.value, rating.bucket, rating.definition, rating.sign,
                Finding.CONFIRMED, wording, wording,
                self.names[self.said_by[claim - 1] - 1],
                self.words[number % 50].capitalize(), wording, "Read the record.",
                evidence, self.author.pk, "A. Author", self.approver.pk, "A. Approver",
                note, "", at, "", *self.statement_of(claim, wordings),
            )  # fmt: skip

    def statement_of(self, claim, wordings):
        """Return what a publication keeps of a claim's statement besides its words."""
        article, wording = _article_of(claim), wordings[claim - 1]
        start = _start_of(claim, wordings)
        mark = {
            "role": SpanRole.CONTENT,
            "ordinal": 0,
            "text": article,
            "start": start,
            "end": start + len(wording),
            "exact": wording,
        }
        return (
            self.said_by[claim - 1], SpeakerKind.PERSON, "", "[]", "",
            _attribution_of(claim), self.day_of(article), DatePrecision.DAY,
            DateBasis.ARTICLE_DATE, Checkability.CHECKABLE, "", "", json.dumps([mark]),
            article, self.headlines[article - 1],
            _outlet_name(_outlet_of(article), self.words), "", self.day_of(article),
            StatementBasis.RECORDED, "", "",
        )  # fmt: skip


def _article_of(claim):
    return (claim - 1) // CLAIMS_AN_ARTICLE + 1


def _outlet_of(article):
    return article % OUTLETS + 1


def _attribution_of(claim):
    return AttributionKind.values[claim % len(AttributionKind.values)]


def _start_of(claim, wordings):
    """Return where a claim's words begin: after those of the claims before it."""
    first = (_article_of(claim) - 1) * CLAIMS_AN_ARTICLE
    return sum(len(words) + len("\n\n") for words in wordings[first : claim - 1])


def _copy(model, columns: list[str], rows: Iterable[tuple]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    copying = f"COPY {model._meta.db_table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copying) as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def _disabled_triggers() -> Iterator[None]:
    """Disable the triggers of DISABLED_TRIGGERS in this block."""
    names = [
        (f"claims_{table}", trigger)
        for table, triggers in DISABLED_TRIGGERS.items()
        for trigger in triggers
    ]
    with connection.cursor() as cursor:
        for table, trigger in names:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, trigger in names:
            always = "ALWAYS " if trigger == "log_change" else ""
            cursor.execute(f"ALTER TABLE {table} ENABLE {always}TRIGGER {trigger}")
