"""Importing claims from a file: validated, and stored as drafts in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from uuid import UUID, uuid5

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.desk.annotation import default_wording
from claims.exceptions import NotPermitted, Refused
from claims.exchange.formats import read
from claims.exchange.placing import PlacedWords, place_words
from claims.exchange.records import Details, InvalidValue, MarkedClaim, Unreadable
from claims.exchange.references import ArticleLookup, NameLookup, roles_on
from claims.models import Article, ArticleText, Claim, Span, acting
from claims.models.choices import Origin, SpanRole
from claims.models.constraints import refusal_for

NAMESPACE = UUID("0d3a0f0c-7a2d-4d53-8a3e-0e1f5c1b7f52")
LOCK = 7_340_034
BATCH = 500  # claims in memory at a time
BODIES = 5  # article texts in memory at a time
MOST_PROBLEMS = 20

Key = tuple[int, tuple[tuple[int, int], ...], int | None]  # article, content, speaker


class ClaimsRefused(Refused):
    """Nothing of a file was imported; `problems` name file, line and remedy."""

    status = 400

    def __init__(self, problems: list[Unreadable]):
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class ImportResult:
    """The number of claims that are new, and of those that were here already."""

    new: int
    known: int


def import_claims_file(
    path: Path,
    *,
    by=None,
    article: Article | None = None,
    add_missing: bool = False,
    dry_run: bool = False,
) -> ImportResult:
    """Store a file's claims as drafts, all of them or none; return how many.

    A claim of the same article, content and speaker that is here already is left as
    it is. Raises ClaimsRefused or NotPermitted, and then nothing is stored.
    """
    if by is not None and not by.has_perm("claims.add_claim"):
        raise NotPermitted(_("You may not add claims."))
    with transaction.atomic():
        with acting(by):
            import_ = _import_all(path, by, article, add_missing)
        if dry_run:
            transaction.set_rollback(True)
    return ImportResult(import_.new, import_.known)


def _import_all(path, by, article, add_missing):
    with connection.cursor() as cursor:
        # Of two imports at once the second waits, and then finds the first one's.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    import_ = _Import(by, article, add_missing)
    try:
        rows = read(path)
        while batch := list(islice(rows, BATCH)):
            import_.import_batch(batch)
    except Unreadable as problem:
        import_.problems.append(problem)
    if import_.problems:
        problems = sorted(import_.problems, key=lambda problem: problem.line)
        raise ClaimsRefused(problems[:MOST_PROBLEMS])
    return import_


@dataclass
class _PlacedClaim:
    """A claim whose words are found in the article and whose names are rows."""

    row: MarkedClaim
    details: Details
    article: int
    marks: list[PlacedWords]
    speaker: int | None
    other_speakers: list[int]
    day: date
    via: int | None
    topics: list[int]
    text: int

    @property
    def content(self) -> tuple[tuple[int, int], ...]:
        return tuple(
            (mark.start, mark.end)
            for mark in self.marks
            if mark.role == SpanRole.CONTENT
        )

    @property
    def key(self) -> Key:
        return self.article, self.content, self.speaker

    @property
    def client_id(self) -> UUID:
        return uuid5(NAMESPACE, f"{self.text} {self.content} {self.speaker}")


class _Import:
    """The import of one file, batch by batch."""

    def __init__(self, by, article, add_missing):
        self.by, self.article, self.add_missing = by, article, add_missing
        self.new = self.known = 0
        self.problems: list[Unreadable] = []

    def import_batch(self, batch: list[MarkedClaim]) -> None:
        """Validate and store some claims; collect the problems."""
        if len(self.problems) >= MOST_PROBLEMS:
            return
        rows = list(self._rows_with_articles(batch))
        try:
            with transaction.atomic():
                ready = list(self._placed_claims(rows))
                if not self.problems:
                    self._store(self._new_claims(ready))
        except IntegrityError as error:
            refusal = refusal_for(error)
            if refusal is None:
                raise
            first, last = batch[0].line, batch[-1].line
            self.problems.append(
                Unreadable(batch[0].file, first, f"(to line {last}) {refusal.sentence}")
            )

    def _rows_with_articles(self, batch) -> Iterator[tuple[MarkedClaim, Details, int]]:
        """Yield each row with its details and the id of its article."""
        articles = None if self.article else ArticleLookup(row.article for row in batch)
        for row in batch:
            try:
                details = Details.of(row.details)
                number = (
                    self.article.pk
                    if articles is None
                    else articles.article_id(row.article)
                )
            except InvalidValue as problem:
                self._note(row, problem)
            else:
                yield row, details, number

    def _placed_claims(self, rows) -> Iterator[_PlacedClaim]:
        """Yield each row with its words found in the text and its names looked up."""
        names = NameLookup(
            (details for _row, details, _number in rows),
            by=self.by,
            add_missing=self.add_missing,
        )
        of_article = defaultdict(list)
        for row, details, number in rows:
            of_article[number].append((row, details))
        # A correction of a text waits until the claims are in, and then moves them.
        locked = list(
            Article.objects.select_for_update(no_key=True)
            .filter(pk__in=of_article)
            .order_by("pk")
            .values_list("pk", "current_text_id", "published_on")
        )
        printed_on = {pk: day for pk, _text, day in locked}
        texts = ArticleText.objects.filter(
            pk__in=[text for _pk, text, _day in locked]
        ).order_by("pk")
        for text in texts.iterator(chunk_size=BODIES):
            for row, details in of_article[text.article_id]:
                try:
                    marks = place_words(row, text.body)
                    speaker, via = names.speaker(details), names.outlet(details)
                    others = [each.pk for each in names.other_speakers(details)]
                    topics = [topic.pk for topic in names.topics(details)]
                except InvalidValue as problem:
                    self._note(row, problem)
                    continue
                yield _PlacedClaim(
                    row=row,
                    details=details,
                    article=text.article_id,
                    marks=marks,
                    speaker=speaker.pk if speaker else None,
                    other_speakers=others,
                    day=details.stated_on or printed_on[text.article_id],
                    via=via.pk if via else None,
                    topics=topics,
                    text=text.pk,
                )

    def _new_claims(self, ready: list[_PlacedClaim]) -> list[_PlacedClaim]:
        """Return the claims that are not stored yet, each once, in the file's order."""
        here = _existing_claims(ready)
        client_ids = set(
            Claim.objects.filter(
                client_id__in=[each.client_id for each in ready]
            ).values_list("client_id", flat=True)
        )
        fresh = []
        for each in sorted(ready, key=lambda each: each.row.line):
            if each.key in here or each.client_id in client_ids:
                self.known += 1
            else:
                here.add(each.key)
                fresh.append(each)
        return fresh

    def _store(self, fresh: list[_PlacedClaim]) -> None:
        roles = roles_on([(each.speaker, each.day) for each in fresh])
        claims = Claim.objects.bulk_create(
            Claim(
                article_id=each.article,
                speaker_id=each.speaker,
                # An office that the speaker has here on that day is not stated twice.
                printed_role=""
                if each.details.speaker_role == role
                else each.details.speaker_role,
                via_id=each.via,
                wording=each.details.wording or default_wording(each.marks),
                attribution=each.details.attribution,
                stated_on=each.details.stated_on,
                stated_precision=each.details.stated_precision,
                stated_basis=each.details.stated_basis,
                checkability=each.details.checkability,
                origin=Origin.IMPORT,
                client_id=each.client_id,
                created_by=self.by,
            )
            for each, role in zip(fresh, roles, strict=True)
        )
        Span.objects.bulk_create(
            Span(
                claim=claim,
                text_id=each.text,
                role=mark.role,
                ordinal=mark.ordinal,
                start=mark.start,
                end=mark.end,
                exact=mark.exact,
                prefix=mark.prefix,
                suffix=mark.suffix,
                anchor=mark.anchor,
            )
            for claim, each in zip(claims, fresh, strict=True)
            for mark in each.marks
        )
        joint = Claim.other_speakers.through
        joint.objects.bulk_create(
            joint(claim_id=claim.pk, speaker_id=other)
            for claim, each in zip(claims, fresh, strict=True)
            for other in each.other_speakers
        )
        of_topic = Claim.topics.through
        of_topic.objects.bulk_create(
            of_topic(claim_id=claim.pk, topic_id=topic)
            for claim, each in zip(claims, fresh, strict=True)
            for topic in each.topics
        )
        self.new += len(fresh)

    def _note(self, row, problem):
        self.problems.append(Unreadable(row.file, row.line, problem))


def _existing_claims(ready: Iterable[_PlacedClaim]) -> set[Key]:
    """Return the keys of stored claims that may equal these.

    Claims of which some words are not in the current text are like no other.
    """
    alike = Span.objects.filter(
        role=SpanRole.CONTENT,
        text__in={each.text for each in ready},
        start__in={each.content[0][0] for each in ready},
    )
    spans = (
        Span.objects.filter(claim__in=alike.values("claim"), role=SpanRole.CONTENT)
        .annotate(is_current=Q(text=F("claim__article__current_text")))
        .order_by("claim", "ordinal")
        .values_list(
            "claim", "claim__article", "claim__speaker", "start", "end", "is_current"
        )
    )
    here = set()
    for _claim, group in groupby(spans, key=lambda span: span[0]):
        _pk, articles, speakers, starts, ends, current = zip(*group, strict=True)
        if all(current):
            places = tuple(zip(starts, ends, strict=True))
            here.add((articles[0], places, speakers[0]))
    return here
