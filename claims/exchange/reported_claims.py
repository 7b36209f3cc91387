"""A reader's report becomes a claim: its words are stored and marked in one step."""

from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from claims.desk.annotation import find_mark, mark_claim
from claims.desk.articles import find_outlet
from claims.desk.reports import answer_report
from claims.exchange.articles import ArticleFile, add_article
from claims.models import ArticleText, Claim, ReaderReport
from claims.models.choices import ReportStatus, SpanRole

NAMESPACE = UUID("b9c1c2a4-7d0e-4c0f-9a3e-0e4f4c8f5d21")


def claim_from_report(
    report: ReaderReport,
    *,
    by,
    words: str,
    headline: str,
    published_on: date,
    url: str = "",
) -> Claim:
    """Return a draft claim of the words that a reader reported; all or nothing.

    The words become an article of their own, so that they can be marked; the claim goes
    on as any other. Raises Refused, Incomplete or NotPermitted.
    """
    file = ArticleFile(published_on, headline, words, url=url)
    details = file.details() | {"accessed_on": timezone.localdate()}
    with transaction.atomic():
        article, _is_new = add_article(
            file, by=by, outlet=find_outlet("", url), **details
        )
        text = cast(ArticleText, article.current_text)
        mark = find_mark(text, text.body, role=SpanRole.CONTENT)
        claim, _is_new = mark_claim(
            article, [mark], by=by, client_id=uuid5(NAMESPACE, str(report.pk))
        )
        answer_report(
            report, by=by, status=ReportStatus.TAKEN_UP, answer="", led_to=claim
        )
    return claim
