"""The page of one article: its words, with the claims in them."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.http.links import absolute, moved
from claims.models import Article
from claims.reading import article_dossier


@require_safe
def article_page(request, pk, slug=""):
    """Show as much of an article as its rights allow, its listed claims marked."""
    try:
        dossier = article_dossier(pk)
    except Article.DoesNotExist:
        raise Http404 from None
    article = dossier.article
    if slug != article.slug:
        return moved(article.get_absolute_url())
    context = {
        "dossier": dossier,
        "article": article,
        "url": absolute(request)(article.get_absolute_url()),
    }
    return render(request, "claims/article_detail.html", context)
