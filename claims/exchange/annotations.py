"""Annotated articles for export: each text with its marked claims, in one snapshot."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction

from claims.exchange.parsing import words_at
from claims.exchange.records import ArticleRef, Details, MarkedArticle, MarkedClaim
from claims.models import Article


@dataclass
class AnnotatedArticles:
    """Iterates over articles with claims; counts the claims, lists those left out."""

    statuses: tuple[str, ...]
    site: str
    articles: tuple[int, ...] = ()
    claims: int = 0
    left_out: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[MarkedArticle]:
        is_first = not connection.in_atomic_block
        with transaction.atomic():
            if is_first:
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                    )
            chosen = Article.objects.with_claims_in(self.statuses).order_by("pk")
            if self.articles:
                chosen = chosen.filter(pk__in=self.articles)
            chosen = chosen.select_related("outlet", "current_text").defer("search")
            for article in chosen.iterator(chunk_size=5):
                marked = self._marked(article)
                if marked.claims:
                    self.claims += len(marked.claims)
                    yield marked

    def _marked(self, article):
        text = article.current_text
        ref = ArticleRef(
            article.pk,
            f"{self.site}{article.get_permanent_url()}",
            article.outlet.name if article.outlet else "",
            article.headline,
            article.published_on.isoformat(),
            text.sha256,
        )
        claims = (
            article.claims.in_status(self.statuses)
            .select_related("speaker", "via")
            .prefetch_related("spans", "topics")
            .defer("search", "speaker__search", "proposed")
            .order_by("pk")
        )
        marked = []
        for claim in claims:
            spans = list(claim.spans.all())
            if any(span.text_id != text.pk for span in spans):
                self.left_out.append(
                    f"claim {claim.pk}: its words wait for an eye since the text of "
                    f"article {article.pk} was corrected"
                )
            elif not all(span.exact.strip() for span in spans) or not claim.quote:
                self.left_out.append(f"claim {claim.pk}: no words are marked")
            else:
                words = (
                    words_at(text.body, span.role, span.start, span.end)
                    for span in spans
                )
                marked.append(MarkedClaim(ref, tuple(words), _details(claim)))
        return MarkedArticle(ref, text.body, tuple(marked))


def _details(claim):
    speaker = claim.speaker
    details = Details(
        speaker=speaker.slug if speaker else "",
        speaker_name=speaker.name if speaker else "",
        speaker_kind=speaker.kind if speaker else Details.speaker_kind,
        via=claim.via.name if claim.via else "",
        wording=claim.wording,
        attribution=claim.attribution,
        stated_on=claim.stated_on,
        stated_precision=claim.stated_precision,
        stated_basis=claim.stated_basis,
        checkability=claim.checkability,
        topics=tuple(sorted(topic.name for topic in claim.topics.all())),
    )
    return {
        "id": claim.pk,
        "uuid": str(claim.client_id),
        "status": claim.status,
        **details.as_json(),
    }
