"""Importing claims from a file: validated, and stored as drafts in one transaction.

All of a file's claims come in or none; or with `keep_going` the good ones. Running it
again adds nothing, and brings up to date what the file says otherwise than last time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from claims.desk.annotation import default_wording
from claims.desk.archived_versions import ArchivedVersion, store_versions
from claims.desk.many_claims import (
    SOURCE,
    ClaimDraft,
    add_claims,
    store_in_halves,
    update_claim,
)
from claims.exceptions import NotPermitted
from claims.exchange import csv_versions
from claims.exchange.claims_here import (
    Key,
    Stored,
    locked_articles,
    stored_claims,
    with_bodies,
)
from claims.exchange.formats import read
from claims.exchange.import_result import ClaimsRefused, ImportResult
from claims.exchange.placing import place_words
from claims.exchange.record_checks import (
    NOT_IN_FORCE_THERE,
    is_check_alone,
    take_checks_in,
)
from claims.exchange.record_claims import published_fields
from claims.exchange.record_ties import Ties
from claims.exchange.record_versions import versions_of
from claims.exchange.records import Details, InvalidValue, MarkedClaim, Unreadable
from claims.exchange.references import ArticleLookup, NameLookup, roles_on
from claims.exchange.rejects import RejectsFile
from claims.exchange.sources import display_name, opened
from claims.models import Article, Claim, acting
from claims.models.choices import SpanRole

NAMESPACE = UUID("0d3a0f0c-7a2d-4d53-8a3e-0e1f5c1b7f52")
LOCK = 7_340_034
BATCH = 1000  # claims in memory at a time
MOST_PROBLEMS = 20  # that are told; a file of refused rows has them all
# The fields of a claim by what a file calls them.
SAID_BY = {
    "printed_role": ("speaker_role",),
    "via_id": ("via",),
    "wording": ("wording",),
    "attribution": ("attribution",),
    "stated_on": ("stated_on", "stated_precision"),
    "stated_precision": ("stated_on", "stated_precision"),
    "stated_basis": ("stated_basis",),
    "checkability": ("checkability",),
    "topics": ("topics",),
    "others": ("other_speakers",),
}


def import_claims_file(
    path: Path,
    *,
    by=None,
    article: Article | None = None,
    add_missing: bool = False,
    keep_going: bool = False,
    rejects: Path | None = None,
    encoding: str = "",
    verdicts: bool = False,
    published_by: str = "",
    dry_run: bool = False,
) -> ImportResult:
    """Store a file's claims as drafts, all of them or none; return how many.

    A claim of the same article, content and speaker that is here already is not added
    again. Raises ClaimsRefused or NotPermitted, and then nothing is stored. With
    `keep_going` the good rows come in, and the others are told in the result. A file
    named by `rejects` gets the refused rows, if there are any. With `verdicts` the
    versions in whole records, and the one in a row of a table, come in as published
    elsewhere, by `published_by` where it does not say by whom; their claims are listed.
    """
    if by is not None and not by.has_perm("claims.add_claim"):
        raise NotPermitted(_("You may not add claims."))
    if verdicts and by is not None and not by.has_perm("claims.publish_verdict"):
        raise NotPermitted(_("You may not take in published checks."))
    with transaction.atomic(), acting(by), ExitStack() as open_files:
        import_ = _Import(display_name(path), by, article, add_missing, keep_going)
        import_.verdicts, import_.published_by = verdicts, published_by
        try:
            rows = read(open_files.enter_context(opened(path, encoding)))
            if rejects is not None:
                import_.rejects = RejectsFile(rows, import_.name)
            import_.run(rows)
        except Unreadable as problem:
            import_.refuse_all(problem)
        if rejects is not None and import_.rejects is not None:
            import_.rejects.write(rejects)
        result = import_.result
        if import_.is_broken or (result.refused and not keep_going):
            raise ClaimsRefused(result.problems, result)
        if dry_run:
            transaction.set_rollback(True)
    return result


@dataclass(slots=True)
class _PlacedClaim:
    """A claim whose words are found in the article and whose names are rows."""

    row: MarkedClaim
    draft: ClaimDraft
    content: tuple[tuple[int, int], ...]
    versions: list[ArchivedVersion] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.draft.article_id, self.content, self.draft.speaker_id


class _Import:
    """The import of one file, batch by batch."""

    def __init__(self, name, by, article, add_missing, keep_going):
        self.name, self.by, self.article = name, by, article
        self.add_missing, self.keep_going = add_missing, keep_going
        self.verdicts, self.published_by = False, ""
        self.rejects: RejectsFile | None = None
        self.result = ImportResult()
        self.ties = Ties()
        self.is_broken = False  # the file itself, not only rows of it
        self._problems: list[Unreadable] = []  # of the batch

    def run(self, rows) -> None:
        """Take all rows in; raise Unreadable where the file cannot be read on."""
        with connection.cursor() as cursor:
            # Of two imports at once the second waits, and then finds the first one's.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        each = iter(rows)
        try:
            while batch := list(islice(each, BATCH)):
                self._import_batch(batch)
                self._settle()
                if self._is_enough():
                    break
            self.ties.tie(by=self.by)
        finally:
            read = csv_versions.READ if self.verdicts else ()
            self._not_read(name for name in rows.not_read if name not in read)

    def _not_read(self, names) -> None:
        self.result.not_read |= dict.fromkeys(names)

    def refuse_all(self, problem: Unreadable) -> None:
        """Refuse the whole file for what makes it unreadable."""
        self.is_broken = True
        self._problems.append(problem)
        self._settle()

    def _is_enough(self):
        """Return whether nothing more need be known of a file that is refused."""
        return (
            self.result.refused >= MOST_PROBLEMS
            and not self.keep_going
            and self.rejects is None
        )

    def _settle(self):
        """Count and tell the problems of a batch."""
        problems = sorted(self._problems, key=lambda problem: problem.line)
        self._problems = []
        self.result.refused += len(problems)
        if self.rejects is not None:
            self.rejects.add(problems)
        room = MOST_PROBLEMS - len(self.result.problems)
        self.result.problems += [
            Unreadable(self.name, each.line, each.sentence, column=each.column)
            for each in problems[:room]
        ]

    def _import_batch(self, batch) -> None:
        rows = [row for row in batch if isinstance(row, MarkedClaim)]
        self._problems += [row for row in batch if isinstance(row, Unreadable)]
        alone = [row for row in rows if is_check_alone(row)]
        rows = [row for row in rows if not is_check_alone(row)]
        found = list(self._rows_with_articles(rows))
        ready = list(self._placed_claims(found))
        ready.sort(key=lambda each: each.row.line)
        if self.keep_going or not (self._problems or self.result.refused):
            self._store(self._new_claims(ready))
            if self.verdicts:
                self._store_versions([each for each in ready if each.row.record])
        self._store_checks(alone)

    def _store_versions(self, ready: list[_PlacedClaim]) -> None:
        """Store what was published on claims that are stored; of refused ones, each."""
        here = [
            (each, stored[0])
            for each, stored in zip(ready, _stored(ready), strict=True)
            if stored
        ]
        checks = [(each, pk) for each, pk in here if each.versions]
        for (each, _pk), sentence in store_in_halves(checks, self._store_some_versions):
            self._note(each.row, InvalidValue(sentence, "versions"))
        for each, pk in here:
            self.ties.find(each.row.record or {}, pk)

    def _store_checks(self, rows: list[MarkedClaim]) -> None:
        """Store checks of elsewhere whose claims have no printed words."""
        taken = take_checks_in(
            rows,
            wanted=self.verdicts,
            by=self.by,
            add_missing=self.add_missing,
            publisher=self.published_by,
            ties=self.ties,
        )
        self.result.new += taken.new
        self.result.known += taken.known
        self.result.versions += taken.versions
        for row, problem in taken.problems:
            self._note(row, problem)
        for row, sentence in taken.left:
            self._leave(row, sentence)

    def _store_some_versions(self, checks):
        versions = [(pk, each.versions) for each, pk in checks]
        self.result.versions += store_versions(versions, by=self.by)

    def _store(self, fresh: list[_PlacedClaim]) -> None:
        """Store claims; of those that the database refuses, find each."""
        refused = list(
            store_in_halves(
                fresh,
                lambda some: add_claims((each.draft for each in some), by=self.by),
            )
        )
        self.result.new += len(fresh) - len(refused)
        for each, sentence in refused:
            self._note(each.row, InvalidValue(sentence))

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
            spoken_for=self.ties.spoken_for,
        )
        of_article = defaultdict(list)
        for row, details, number in rows:
            of_article[number].append((row, details))
        # A correction of a text waits until the claims are in, and then moves them.
        locked = locked_articles(of_article)
        with_role = []
        for article, text, printed_on, body in with_bodies(locked):
            for row, details in of_article[article]:
                try:
                    placed = self._placed(row, details, article, text, body, names)
                except InvalidValue as problem:
                    self._note(row, problem)
                    continue
                if details.speaker_role:
                    with_role.append((placed, details.stated_on or printed_on))
                else:
                    yield placed
        yield from _with_printed_roles(with_role)

    def _placed(self, row, details, article, text, body, names) -> _PlacedClaim:
        marks = place_words(row, body)
        content = tuple(
            (mark.start, mark.end) for mark in marks if mark.role == SpanRole.CONTENT
        )
        speaker, via = names.speaker(details), names.outlet(details)
        speaker_id = speaker.pk if speaker else None
        draft = ClaimDraft(
            client_id=uuid5(NAMESPACE, f"{text} {content} {speaker_id}"),
            article_id=article,
            text_id=text,
            speaker_id=speaker_id,
            printed_role=details.speaker_role,
            via_id=via.pk if via else None,
            wording=details.wording or default_wording(marks),
            attribution=details.attribution,
            stated_on=details.stated_on,
            stated_precision=details.stated_precision,
            stated_basis=details.stated_basis,
            checkability=details.checkability,
            topics=[topic.pk for topic in names.topics(details)],
            others=[
                each.pk
                for each in names.other_speakers(details)
                if each.pk != speaker_id
            ],
            marks=marks,
            unsaid=frozenset(
                field
                for field, names in SAID_BY.items()
                if details.said.isdisjoint(names)
            ),
        )
        return _PlacedClaim(row, draft, content, self._versions(row))

    def _versions(self, row) -> list[ArchivedVersion]:
        if row.record is None:
            return []
        if not self.verdicts:
            self._not_read(published_fields(row.record))
            return []
        self.ties.read(row.record)
        if not row.record.get("versions"):
            return []
        versions = versions_of(row.record, self.published_by)
        if not versions:
            self._leave(row, NOT_IN_FORCE_THERE)
        return versions

    def _leave(self, row, sentence):
        self.result.left.append(f"{self.name}, line {row.line}: {sentence}")

    def _new_claims(self, ready: list[_PlacedClaim]) -> list[_PlacedClaim]:
        """Return the claims that are not stored yet, each once, in the file's order.

        Those that an import stored are brought up to date.
        """
        fresh, seen = [], set()
        for each, here in zip(ready, _stored(ready), strict=True):
            if here is None and each.key not in seen:
                fresh.append(each)
            elif each.key in seen or not self._bring_up_to_date(here, each):
                self.result.known += 1
            seen.add(each.key)
        return fresh

    def _bring_up_to_date(self, here, each) -> bool:
        """Return whether a stored claim was changed as the file says it now."""
        pk, rule = here
        if not rule.startswith(SOURCE) or rule == each.draft.rule:
            return False
        claim = Claim.objects.select_for_update(no_key=True, of=["self"]).get(pk=pk)
        reason = update_claim(claim, each.draft, by=self.by)
        if reason:
            line = f"{self.name}, line {each.row.line}: claim {pk} stays as it is. "
            self.result.left.append(line + reason)
        self.result.changed += reason == ""
        return reason == ""

    def _note(self, row: MarkedClaim, problem: InvalidValue) -> None:
        self._problems.append(
            Unreadable(row.file, row.line, problem, column=problem.column, raw=row.raw)
        )


def _with_printed_roles(placed: list[tuple[_PlacedClaim, date]]):
    """Yield claims; an office that the speaker has here on the day is not stated."""
    roles = roles_on([(each.draft.speaker_id, day) for each, day in placed])
    for (each, _day), role in zip(placed, roles, strict=True):
        if each.draft.printed_role == role:
            each.draft.printed_role = ""
        yield each


def _stored(ready: list[_PlacedClaim]) -> list[Stored | None]:
    """Return for each claim the one that is stored already, if any."""
    return stored_claims(
        [(each.draft.client_id, each.draft.text_id, each.key) for each in ready]
    )
