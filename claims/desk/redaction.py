"""Redaction: words blanked in an article and in everything the desk holds on it.

A court, or a person's right, may oblige a desk to take words off the site. Each of
their characters becomes █, so that no place moves; digests of each row before and after
keep the chains of publications and of the change history checkable.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.postgres.search import SearchVectorField
from django.db import ProgrammingError, connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk.public_record import note_change
from claims.desk.public_source import VECTOR
from claims.exceptions import Incomplete, NotPermitted, Refused
from claims.models import (
    Article,
    ArticleText,
    Change,
    Claim,
    Comment,
    Evidence,
    Outcome,
    PublicChange,
    PublicWords,
    PublishedVerdict,
    ReaderReport,
    RedactedRow,
    Redaction,
    RemovalRequest,
    ReplyRequest,
    SecondRating,
    Span,
    Transition,
    Verdict,
    WordingCheck,
    acting,
)
from claims.models.choices import PublicChangeKind
from claims.models.fields import slugify_name
from claims.text.canonical import visible_text
from claims.text.redacted import Blanking

PERMISSION = "claims.retract_verdict"
# In this order: the places of words are read in the texts.
TABLES = {
    ArticleText: "article",
    Article: "pk",
    Span: "claim__article",
    Claim: "article",
    Verdict: "claim__article",
    Evidence: "verdict__claim__article",
    Comment: "thread__article",
    ReplyRequest: "verdict__claim__article",
    Outcome: "verdict__claim__article",
    SecondRating: "verdict__claim__article",
    WordingCheck: "claim__article",
    PublishedVerdict: "claim__article",
    Transition: "claim__article",
    RemovalRequest: "claim__article",
    ReaderReport: "claim__article",
    PublicWords: "claim__article",
}
# How each is checked; the others by a digest that is salted.
DIGESTS = {
    PublishedVerdict: """
        SELECT claims_publication_digest(t, coalesce((
            SELECT b.digest FROM claims_publishedverdict b
            WHERE b.claim_id = t.claim_id AND b.number = t.number - 1), '')),
        CASE WHEN t.former_digest <> '' THEN claims_former_publication_digest(t,
            coalesce((SELECT b.former_digest FROM claims_publishedverdict b
            WHERE b.claim_id = t.claim_id AND b.number = t.number - 1), '')) END
        FROM claims_publishedverdict t WHERE t.id = %(row)s""",
    Change: "SELECT claims_change_digest(t) FROM claims_change t WHERE id = %(row)s",
}
SALTED = """
    SELECT claims_digest(%(salt)s || to_jsonb(t)::text) FROM {} t WHERE {} = %(row)s"""

INDEX = f"""
UPDATE claims_publicwords w SET vector = {VECTOR}
FROM claims_publicclaim f WHERE f.id = w.id AND w.id = %s
"""  # noqa: S608


class NothingToRedact(Refused):
    """The words stand nowhere in what was named."""

    status = 404


def salted_digest(words: str) -> dict[str, str]:
    """Return a new salt, and the digest by which who has the words can show them."""
    salt = secrets.token_hex(16)
    return {"salt": salt, "digest": hashlib.sha256((salt + words).encode()).hexdigest()}


def redact(article: Article, words: str, *, by, approved_by, reason: str) -> Redaction:
    """Blank words in an article and in all that is stored on it, and return the record.

    Needs the connection of the tables' owner. Raises NotPermitted without two people,
    Incomplete, or NothingToRedact; then nothing has happened.
    """
    _check(words, by, approved_by, reason)
    with transaction.atomic(), acting(by):
        # No writer of the history is at work, and none begins before this ends.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7304311)")
        redaction = Redaction.objects.create(
            article=article,
            reason=visible_text(reason),
            by=by,
            approved_by=approved_by,
            at=timezone.now(),
            **salted_digest(words),
        )
        with _guards_down():
            if not _blank_all(
                redaction, Blanking(words, slugify_name(words, fallback=""))
            ):
                raise NothingToRedact(_("These words stand nowhere in it."))
        # The public rows are rewritten in place: made anew, marks in them could move.
        keys = article.claims.values_list("pk", flat=True)
        note_change(keys, PublicChangeKind.REDACTED)
    return redaction


def check_people(by, approved_by) -> None:
    """Raise NotPermitted unless two people are at it who may take words off."""
    if by == approved_by:
        raise NotPermitted(_("Somebody else has to approve a redaction."))
    for person in (by, approved_by):
        if not (person.is_active and person.has_perm(PERMISSION)):
            raise NotPermitted(
                _("%(name)s may not take words off the site.")
                % {"name": person.get_username()}
            )


def _check(words, by, approved_by, reason):
    check_people(by, approved_by)
    if not visible_text(words) or words != words.strip() or "\n" in words:
        raise Incomplete({"words": _("Name the words exactly, on one line.")})
    if not visible_text(reason) or words in reason:
        raise Incomplete({"reason": _("Say why, without the words themselves.")})


@contextmanager
def _guards_down() -> Iterator[None]:
    """Switch off the guards of the tables concerned, but for the log, and on again."""
    tables = [model._meta.db_table for model in [*TABLES, Change, PublicChange]]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname,"
            " CASE tgenabled WHEN 'A' THEN 'ALWAYS ' ELSE '' END FROM pg_trigger"
            # The counts of words go on: they hold the words themselves.
            " WHERE NOT tgisinternal AND NOT starts_with(tgname, 'log_change')"
            " AND NOT starts_with(tgname, 'count_lexemes')"
            " AND tgenabled <> 'D'"
            " AND tgrelid = ANY(%s::regclass[]) ORDER BY 1, 2",
            [tables],
        )
        guards = cursor.fetchall()
        try:
            for table, name, _mode in guards:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        except ProgrammingError as error:
            raise NotPermitted(
                _("Only the role that owns the tables can redact what only grows.")
            ) from error
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, name, mode in guards:
            cursor.execute(f"ALTER TABLE {table} ENABLE {mode}TRIGGER {name}")


# --- Blanking -------------------------------------------------------------------


def _blank_all(redaction, blanking) -> int:
    """Blank every row concerned, note each, and return how many there were."""
    article = redaction.article_id
    for text in ArticleText.objects.filter(article=article):
        blanking.body(text.pk, text.body)
    for claim in Claim.objects.filter(article=article):
        blanking.learn(
            claim.spans.values("role", "ordinal", "text_id", "start", "end", "exact")
        )
    for model in (PublishedVerdict, PublicWords):
        for row in model.objects.filter(claim__article=article):
            blanking.learn(row.marks)
    blanked = 0
    for model, path in TABLES.items():
        for row in model._base_manager.filter(**{path: article}):
            blanked += _blank(redaction, row, _blanked_values(row, blanking))
    claims = Claim.objects.filter(article=article).values_list("pk", flat=True)
    for change in PublicChange.objects.filter(claim_id__in=list(claims)):
        blanked += _blank(redaction, change, _blanked_values(change, blanking))
    # The blanking itself is in it by now.
    for change in _history_of(article).iterator():
        with_slug = change.table == "article"
        values = {
            name: state and blanking.row(state, with_slug=with_slug)
            for name, state in [("before", change.before), ("after", change.after)]
        }
        _blank(redaction, change, values)
    _blank_admin_log(article, blanking)
    return blanked


def _blanked_values(row, blanking):
    names = {field.attname for field in _columns(type(row))}
    values = {field.attname: field.value_from_object(row) for field in _plain(row)}
    blanked = blanking.row(values, with_slug=isinstance(row, Article))
    values = {name: value for name, value in blanked.items() if name in names}
    if isinstance(row, ArticleText):
        values["sha256"] = hashlib.sha256(values["body"].encode()).hexdigest()
    return values


def _blank(redaction, row, values) -> bool:
    """Store what differs of a row's values, with digests; return whether any did."""
    changed = {
        name: value for name, value in values.items() if value != getattr(row, name)
    }
    if not changed:
        return False
    fields = sorted(changed)
    if isinstance(row, Claim | Verdict):
        # Whoever has it open does not bring the words back.
        changed["version"] = row.version + 1
    before = _digests(redaction, row)
    type(row)._base_manager.filter(pk=row.pk).update(**changed)
    if isinstance(row, PublicWords):
        with connection.cursor() as cursor:
            cursor.execute(INDEX, [row.pk])
    RedactedRow.objects.bulk_create(
        RedactedRow(
            redaction=redaction,
            table=row._meta.db_table.removeprefix("claims_"),
            row=row.pk,
            fields=fields,
            before=was,
            after=now,
        )
        for was, now in zip(before, _digests(redaction, row), strict=True)
        if was
    )
    return True


def _digests(redaction, row):
    salted = SALTED.format(row._meta.db_table, row._meta.pk.column)
    query = DIGESTS.get(type(row), salted)
    with connection.cursor() as cursor:
        cursor.execute(query, {"row": row.pk, "salt": redaction.salt})
        return cursor.fetchone()


def _history_of(article: int):
    """Return the changes of an article, its texts and claims, of deleted rows too."""
    claims = list(Claim.objects.filter(article=article).values_list("pk", flat=True))
    verdicts = Verdict.objects.filter(claim__in=claims).values_list("pk", flat=True)
    owned = {"article_id": [article], "claim_id": claims, "verdict_id": list(verdicts)}
    of_article = Q(table="article", row=article)
    for column, keys in owned.items():
        of_article |= Q(**{f"before__{column}__in": keys})
        of_article |= Q(**{f"after__{column}__in": keys})
    return Change.objects.filter(of_article).order_by("id")


def _blank_admin_log(article, blanking) -> None:
    """Blank the words in the admin's own log of who saved what."""
    for model, path in TABLES.items():
        keys = model._base_manager.filter(**{path: article}).values_list(
            "pk", flat=True
        )
        for entry in LogEntry.objects.filter(
            content_type__app_label="claims",
            content_type__model=model._meta.model_name,
            object_id__in=[str(key) for key in keys],
        ):
            LogEntry.objects.filter(pk=entry.pk).update(
                object_repr=blanking.text(entry.object_repr),
                change_message=blanking.text(entry.change_message),
            )


def _plain(row):
    return [f for f in row._meta.concrete_fields if not isinstance(f, NOT_READ)]


def _columns(model) -> list[models.Field]:
    """Return the columns that hold words written by people."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not field.choices
        and field.attname not in {"sha256", "digest", "former_digest"}
    ]


NOT_READ = (models.GeneratedField, SearchVectorField, models.FileField)


def standing(words: str) -> list[str]:
    """Return the tables of the desk in which words still stand, each with its rows."""
    found = []
    for model in apps.get_app_config("claims").get_models():
        columns = [f'"{field.column}"::text' for field in _columns(model)]
        if not columns:
            continue
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM {table}"  # noqa: S608 - names of columns
                f" WHERE position(%s IN concat_ws(E'\\n', {', '.join(columns)})) > 0",
                [words],
            )
            count = cursor.fetchone()[0]
        if count:
            found.append(f"{table}: {count}")
    return found
