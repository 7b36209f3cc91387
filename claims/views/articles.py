"""The list of articles, and the page of one article with its claims marked."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.http.links import permanent_redirect, url_builder
from claims.lists.counts import with_claim_counts
from claims.lists.directories import ArticleQuery
from claims.models import Article
from claims.reading import article_dossier
from claims.reading.redactions import redactions_of
from claims.views.list_pages import list_page


@require_safe
def article_list(request):
    """List the articles in which claims are listed."""
    return list_page(
        request, ArticleQuery, with_claim_counts, "claims/article_list.html"
    )


@require_safe
def article_page(request, pk, slug=""):
    """Show an article with its claims marked, as far as its text rights allow."""
    try:
        dossier = article_dossier(pk)
    except Article.DoesNotExist:
        raise Http404 from None
    article = dossier.article
    if slug != article.slug:
        return permanent_redirect(article.get_absolute_url())
    context = {
        "dossier": dossier,
        "article": article,
        "redactions": redactions_of(article.pk),
        "url": url_builder(request)(article.get_absolute_url()),
    }
    return render(request, "claims/article_detail.html", context)
