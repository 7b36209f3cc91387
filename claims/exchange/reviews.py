"""Importing published checks: files read, each row made a review, all stored at once.

How a review is read, sentence by sentence: `published/README.md`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from claims.attribution.folding import fold
from claims.desk.archive import store_reviews
from claims.desk.archived_reviews import (
    Appearance,
    NamedSpeaker,
    PublishedReview,
    Stored,
)
from claims.exceptions import Refused
from claims.exchange.dates import Day, moment_of, order_of, read_day
from claims.exchange.published.address import (
    host_of,
    is_published_here,
    review_key,
    web_address,
)
from claims.exchange.published.files import Broken, Document, columns_of, read_document
from claims.exchange.published.mapping import Mapping, bucket_or_rating, propose
from claims.exchange.published.ratings import rate
from claims.exchange.published.tables import read_row
from claims.exchange.published.written import Source, Written
from claims.exchange.records import InvalidValue, Unreadable
from claims.models import Rating
from claims.models.choices import Bucket, DatePrecision, PublicationKind
from claims.models.constraints import refusal_for

MOST_SHOWN = 50
LENGTHS = {
    "wording": 500,
    "speaker": 200,
    "publisher": 200,
    "label": 200,
    "title": 500,
    "authors": 500,
    "headline": 300,
    "role": 300,
    "topic": 100,
    "source": 300,
    "summary": 300,
    "explanation": 100_000,
}


class ReviewsRefused(Refused):
    """Nothing was imported: `broken` rows of `documents` stand against it."""

    status = 400

    def __init__(self, report: Report):
        self.report = report
        shown = [str(each) for each in report.problems[:MOST_SHOWN]]
        more = len(report.problems) - len(shown)
        super().__init__(
            "\n".join(shown + ([f"… and {more} more"] if more > 0 else []))
        )


@dataclass
class Report:
    """What was found in some files, and what was done with it."""

    read: int = 0
    stored: Stored = field(default_factory=Stored)
    broken: dict[Path, list[Broken]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    not_read: Counter = field(default_factory=Counter)
    documents: dict[Path, Document] = field(default_factory=dict)
    files: list[Unreadable] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        rows = [
            f"{path}, {each}" for path, found in self.broken.items() for each in found
        ]
        return [str(problem) for problem in self.files] + rows

    def rejects(self) -> dict[Path, str]:
        """Return the broken rows of each file as a file of the same format."""
        return {
            path.with_name(f"{path.stem}.rejects{self.documents[path].suffix}"):
            self.documents[path].rejects(found)
            for path, found in self.broken.items()
            if found
        }  # fmt: skip


def import_reviews(
    paths: Sequence[Path],
    *,
    by,
    mapping: Mapping | None = None,
    encoding: str = "",
    keep_going: bool = False,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Store the published checks of some files, all or nothing; return what was done.

    With `keep_going` the good rows are stored although others are broken. A file
    without any review is refused either way. Raises ReviewsRefused or NotPermitted,
    and then nothing is stored.
    """
    mapping = mapping or Mapping()
    report, reviews = read_reviews(paths, mapping, encoding)
    if report.files or (report.problems and not keep_going):
        raise ReviewsRefused(report)
    try:
        report.stored = store_reviews(
            reviews, by=by, dry_run=dry_run, progress=progress
        )
    except IntegrityError as error:
        refusal = refusal_for(error)
        if refusal is None:
            raise
        raise Refused(str(refusal.sentence)) from error
    return report


def read_reviews(
    paths: Sequence[Path], mapping: Mapping, encoding: str = ""
) -> tuple[Report, list[PublishedReview]]:
    """Return the reviews of some files, with a report of what they hold besides."""
    report, reviews = Report(), []
    for path in paths:
        try:
            document = read_document(path, mapping, encoding)
        except OSError as error:
            report.files.append(Unreadable(path, 1, error.strerror or "unreadable"))
            continue
        except Unreadable as problem:
            report.files.append(problem)
            continue
        report.documents[path] = document
        report.not_read.update(document.not_read)
        broken = list(document.broken)
        reader = Reader(document.rows, mapping)
        for row in document.rows:
            try:
                review, warnings = reader.review(row)
            except InvalidValue as problem:
                column = row.columns.get(problem.column, "")
                broken.append(Broken(row.position, row.raw, str(problem), column))
            else:
                reviews.append(review)
                report.warnings += [f"{path}, {row.position}: {w}" for w in warnings]
        report.read += len(document.rows) + len(document.broken)
        if broken:
            report.broken[path] = broken
    return report, reviews


def propose_mapping(paths: Iterable[Path], encoding: str = "") -> dict[str, Any]:
    """Return a first mapping from what some files hold: columns, labels, nobodies."""
    columns: dict[str, None] = {}
    labels: Counter = Counter()
    speakers: Counter = Counter()
    for path in paths:
        try:
            rows = read_document(path, Mapping(), encoding).rows
        except Unreadable:
            names, cells = columns_of(path, encoding=encoding)
            columns |= dict.fromkeys(names)
            first = propose(names, Counter(), Counter()).get("columns", {})
            mapped = Mapping(columns={k: v for k, v in first.items() if v})
            rows = _rows_of(cells, mapped)
        labels.update(row.label for row in rows if row.label)
        speakers.update(each.name for row in rows for each in row.speakers)
    return propose(columns, labels, speakers)


def _rows_of(cells, mapping):
    return [
        read_row({k: v for k, v in row.items() if k is not None}, mapping, "")
        for row in cells
    ]


class Reader:
    """Makes reviews of the rows of one file; a column settles the order of its days."""

    def __init__(self, rows: Iterable[Written], mapping: Mapping):
        rows = list(rows)
        self.mapping = mapping
        self.latest = timezone.now() + timedelta(days=1)
        self.orders = {
            name: mapping.day_order or order_of(getattr(row, name) for row in rows)
            for name in ("published", "modified", "said", "place_published")
        }
        self.ratings = {r.slug: r.bucket for r in Rating.objects.all()}
        self.own = {
            fold(label): (bucket, slug)
            for label, bucket, slug in Rating.objects.filter(retired=False).values_list(
                "label", "bucket", "slug"
            )
        }

    def review(self, row: Written) -> tuple[PublishedReview, list[str]]:
        """Return the review of a row, with warnings; raise InvalidValue."""
        warnings: list[str] = []
        url = web_address(row.url)
        if not url:
            raise InvalidValue(
                f"“{row.url[:80]}” is no address of the web." if row.url
                else "The address of the review (url) is missing.", "url"
            )  # fmt: skip
        if is_published_here(url):
            raise InvalidValue("This desk has published this check itself.", "url")
        if not fold(row.wording):
            raise InvalidValue("What is claimed (claimReviewed) is missing.", "wording")
        _must_fit("wording", row.wording)
        label, bucket, rating = self._rating(row, warnings)
        at, precision = self._moment(row, warnings)
        speakers, speaker_words = self._speakers(row)
        if speaker_words and not speakers:
            warnings.append(f"“{speaker_words[:60]}” is taken to name nobody.")
        said = self._day(row, "said", warnings)
        summary, explanation = row.summary, row.explanation
        if len(summary) > LENGTHS["summary"]:
            explanation = "\n\n".join(filter(None, [summary, explanation]))
            summary = ""
        _must_fit("explanation", explanation)
        publisher = row.publisher or self.mapping.publisher
        if not publisher:
            publisher = host_of(url)
            warnings.append(f"no publisher is named: “{publisher}” was taken.")
        review = PublishedReview(
            url=url,
            key=review_key(url),
            publisher=_fitting("publisher", publisher, warnings),
            wording=row.wording,
            label=label,
            bucket=bucket,
            rating=rating,
            at=at,
            precision=precision,
            speakers=speakers,
            speaker_words=speaker_words,
            stated_on=said.on,
            stated_precision=said.precision,
            appearance=self._appearance(row, said, warnings),
            language=_language(row.language or self.mapping.language),
            title=_fitting("title", row.title, warnings),
            authors=_fitting("authors", row.authors, warnings),
            summary=summary,
            explanation=explanation,
            evidence=self._evidence(row, url, warnings),
            kind=row.kind if row.kind in PublicationKind.values else "",
            note=row.note,
            topics=tuple(
                dict.fromkeys(_fitting("topic", t, warnings) for t in row.topics)
            ),
        )
        return review, warnings

    # --- Parts --------------------------------------------------------------------

    def _rating(self, row, warnings) -> tuple[str, str, str]:
        """Return label, bucket and slug, by mapping, own scale or known words."""
        if not row.label and not row.value:
            raise InvalidValue("It has no rating, neither name nor number.", "label")
        mapped = self.mapping.bucket(row.label)
        worst, best = self.mapping.scale
        rated = rate(row.label, row.value, row.best or best, row.worst or worst)
        label = _fitting("label", rated.label, warnings)
        if mapped:
            return label, *bucket_or_rating(mapped, self.ratings)
        if rated.warning:
            warnings.append(rated.warning)
        if fold(row.label) in self.own:
            return label, *self.own[fold(row.label)]
        if rated.bucket == Bucket.UNRATED:
            warnings.append(f"the rating “{label[:60]}” is shown as it is, unrated.")
        return label, rated.bucket, ""

    def _moment(self, row, warnings) -> tuple[datetime | None, str]:
        """Return from when on a check says this: its change, else its publication."""
        for name in ("modified", "published"):
            day = self._day(row, name, warnings)
            at, precision = moment_of(day)
            if at is not None and at > self.latest:
                warnings.append(f"“{getattr(row, name)[:60]}” lies in the future.")
            elif at is not None:
                if day.clock is not None and not day.zone:
                    written = getattr(row, name)
                    warnings.append(f"“{written[:60]}” has no zone: its day was taken.")
                return min(at, timezone.now()), precision
        if not row.published:
            warnings.append("the day of the check is not known.")
        return None, DatePrecision.UNKNOWN

    def _day(self, row, name, warnings) -> Day:
        day = read_day(getattr(row, name), self.orders[name])
        if day.warning:
            warnings.append(day.warning)
        return day

    def _speakers(self, row) -> tuple[tuple[NamedSpeaker, ...], str]:
        """Return who is named, and the words that name nobody."""
        named, nobody = [], []
        for each in row.speakers:
            if self.mapping.is_nobody(each.name) or not fold(each.name):
                nobody.append(each.name)
                continue
            _must_fit("speaker", each.name)
            speaker = NamedSpeaker(
                each.name, each.kind, each.title, each.organisation, each.wikidata_id
            )
            _must_fit("role", speaker.role)
            _must_fit("speaker", each.title)
            _must_fit("speaker", each.organisation)
            named.append(speaker)
        unique = {fold(each.name): each for each in reversed(named)}
        return tuple(reversed(unique.values())), "; ".join(nobody)

    def _appearance(self, row, said, warnings) -> Appearance:
        place = web_address(row.place_url)
        if row.place_url and not place:
            warnings.append(f"“{row.place_url[:60]}” is no address of the web.")
        headline = row.place_headline or said.venue
        archived = web_address(row.archived_url)
        return Appearance(
            url=place or archived,
            headline=_fitting("headline", headline, warnings),
            outlet=_fitting("publisher", row.place_outlet, warnings),
            published_on=self._whole_day(row, warnings),
            archived_url=archived if place else "",
        )

    def _whole_day(self, row, warnings) -> date | None:
        day = self._day(row, "place_published", warnings)
        return day.on if day.precision == DatePrecision.DAY else None

    def _evidence(self, row: Written, url: str, warnings) -> tuple[dict, ...]:
        """Return the sources; where the claim appeared is none."""
        places = {web_address(row.place_url), web_address(row.archived_url), url}
        found: dict[str, dict] = {}
        for source in row.sources:
            address = web_address(source.url)
            if not address:
                warnings.append(f"the source “{source.url[:60]}” is no address.")
            elif address not in places and address not in found:
                found[address] = _as_evidence(source, address, warnings)
        return tuple(found.values())


def _as_evidence(source: Source, address: str, warnings) -> dict[str, Any]:
    day = read_day(source.published)
    is_day = day.precision == DatePrecision.DAY
    return {
        "url": address,
        "title": _fitting("source", source.title or host_of(address), warnings),
        "publisher": _fitting("publisher", source.publisher, warnings),
        "published_on": day.on.isoformat() if day.on and is_day else None,
        "accessed_on": None,
        "archived_url": web_address(source.archived_url),
        "excerpt": "",
        "stance": "context",
        "is_primary": False,
    }


def _language(words: str) -> str:
    code = words.strip().replace("_", "-").lower()
    is_code = re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})?", code)
    return code if is_code else settings.FACTCHECK["ARTICLE_LANGUAGE"]


def _must_fit(name: str, words: str) -> None:
    if len(words) > LENGTHS[name]:
        most = f"at most {LENGTHS[name]:,} fit."
        raise InvalidValue(f"{name}: it has {len(words):,} characters; {most}", name)


def _fitting(name: str, words: str, warnings: list[str]) -> str:
    """Return words that fit their column; what is cut is said."""
    most = LENGTHS[name]
    if len(words) <= most:
        return words
    warnings.append(f"{name}: cut after {most} of {len(words):,} characters.")
    return words[: most - 1].rstrip() + "…"
