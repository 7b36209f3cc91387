"""The content of an article page: its text, as far as its rights allow, with marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from claims.models import (
    Article,
    ArticleText,
    PublicClaim,
    PublishedVerdict,
)
from claims.models.choices import Bucket, SpanRole, TextRights
from claims.models.listed_claims import MARKED_CLAIMS
from claims.models.verdict_state import NOT_REVIEWED, RETRACTED, VerdictState
from claims.reading.claims import marked
from claims.text.segments import Marked, Paragraph, cut, sentences_with


@dataclass(frozen=True)
class ArticleClaim:
    """A claim on an article page: its number, the previous and next one."""

    claim: PublicClaim
    number: int
    parts: int
    previous: int | None
    following: int | None
    in_text: bool


@dataclass(frozen=True)
class ArticleDossier:
    """Everything that an article page shows."""

    article: Article
    paragraphs: list[Paragraph]
    claims: dict[int, ArticleClaim]

    @property
    def elsewhere(self) -> list[ArticleClaim]:
        """Return the claims whose words are not in the text shown."""
        return [row for row in self.claims.values() if not row.in_text]

    @property
    def legend(self) -> list[VerdictState]:
        """Return the legend: the ratings in this article, best first."""
        found = [row.claim.verdict_state for row in self.claims.values()]
        rated = {state.label: state for state in found if state.is_in_force}
        order = list(Bucket)
        return [
            *sorted(rated.values(), key=lambda s: (order.index(s.tone), s.label)),
            NOT_REVIEWED,
            *([RETRACTED] if RETRACTED in found else []),
        ]

    @property
    def checks(self) -> list[PublishedVerdict]:
        """Return the verdicts in force of this desk, in the order of their days."""
        found = [row.claim.current for row in self.claims.values() if _is_own(row)]
        return sorted(found, key=lambda version: version.published_at)

    @property
    def checkers(self) -> list[str]:
        """Return who wrote or approved the verdicts in force, each once, by name."""
        people = {v.author_name for v in self.checks}
        people |= {v.approver_name for v in self.checks}
        return sorted(people - {""})

    @property
    def is_whole(self) -> bool:
        return self.article.text_rights == TextRights.FULL

    @property
    def is_link_only(self) -> bool:
        return self.article.text_rights == TextRights.LINK


def _is_own(row: ArticleClaim) -> bool:
    return row.claim.is_in_force and not row.claim.is_elsewhere


def article_dossier(pk: int) -> ArticleDossier:
    """Return the dossier of an article, with no text beyond its rights."""
    article = (
        Article.objects.public().select_related("outlet").defer("search").get(pk=pk)
    )
    listed = PublicClaim.objects.listed().filter(article=article)
    found = MARKED_CLAIMS.in_bulk(listed.order_by().values("pk"))
    newest = sorted(found.values(), key=attrgetter("sort_date", "pk"), reverse=True)
    claims = {claim.pk: claim for claim in newest}
    marks = sorted(
        (
            marked(claim.pk, mark)
            for claim in claims.values()
            for mark in claim.words.marks
            if mark["text"] == article.current_text_id
        ),
        key=lambda mark: (mark.start, -mark.end, mark.claim),
    )
    content = [mark for mark in marks if mark.role == SpanRole.CONTENT]
    paragraphs: list[Paragraph] = []
    if article.text_rights != TextRights.LINK and article.current_text_id:
        body = (
            ArticleText.objects.with_public_body()
            .values_list("public_body", flat=True)
            .get(pk=article.current_text_id)
        )
        paragraphs = cut(body, marks, shown=_shown(article, body, content))
    shown = {
        layer.claim
        for paragraph in paragraphs
        for piece in paragraph.pieces
        for layer in piece.layers
    }
    order = dict.fromkeys(mark.claim for mark in content) | dict.fromkeys(claims)
    rows = _numbered([claims[pk] for pk in order], content, shown)
    return ArticleDossier(article, paragraphs, rows)


def _shown(article: Article, body: str, content: Sequence[Marked]):
    """Return the spans of the body that readers may see, None for all of it."""
    if article.text_rights == TextRights.FULL:
        return None
    return sentences_with(body, [(mark.start, mark.end) for mark in content])


def _numbered(claims, content, shown):
    parts: dict[int, int] = {}
    for mark in content:
        parts[mark.claim] = parts.get(mark.claim, 0) + 1
    keys = [claim.pk for claim in claims]
    return {
        claim.pk: ArticleClaim(
            claim=claim,
            number=place + 1,
            parts=parts.get(claim.pk, 1),
            previous=keys[place - 1] if place else None,
            following=keys[place + 1] if place + 1 < len(keys) else None,
            in_text=claim.pk in shown,
        )
        for place, claim in enumerate(claims)
    }
