"""Whole records in JSON, and pages by number: addresses that no renaming moves."""

import json

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.exchange.whole_records import claim_record, record
from claims.http.links import permanent_redirect, url_builder
from claims.http.responses import allow_any_origin
from claims.models import Article, Outlet, PublicClaim, Rating, Speaker, Topic
from claims.reading import article_dossier
from claims.views.claims import gone_as_json

# Of what there is a record, by its kind, beside claims, versions and articles.
MODELS = {"speaker": Speaker, "topic": Topic, "outlet": Outlet, "rating": Rating}


@require_safe
def page_by_number(request, kind, pk):
    """Redirect from the number of a speaker, topic, outlet or rating to its page."""
    row = _row_or_404(kind, pk=pk)
    if kind == "rating":
        return permanent_redirect(f"{reverse('claims:ratings')}#{row.slug}")
    return permanent_redirect(row.get_absolute_url())


@require_safe
def row_data(request, kind, **named):
    """Return the record of a speaker, topic, outlet or rating."""
    row = _row_or_404(kind, **named)
    if "slug" in named and row.slug != named["slug"]:
        return permanent_redirect(reverse(f"claims:{kind}_data", args=[row.slug]))
    return _answer(record(kind, row.pk, site=_site(request)))


@require_safe
def scale_data(request):
    """Return the whole rating scale with its definitions."""
    site = _site(request)
    keys = Rating.objects.values_list("pk", flat=True)
    rows = ",\n".join(record("rating", key, site=site) for key in keys)
    return _answer(f'{{"ratings": [\n{rows}\n]}}')


@require_safe
def claim_data(request, pk, slug=""):
    """Return the whole record of a claim: its line of claims.jsonl."""
    claim = _claim_or_404(pk)
    if claim.is_withdrawn:
        return gone_as_json(request, claim)
    if slug not in ("", claim.slug):
        return permanent_redirect(reverse("claims:claim_data", args=[pk, claim.slug]))
    return _answer(claim_record(pk, site=_site(request)))


@require_safe
def version_data(request, claim_id, number):
    """Return one published version of a verdict, whole."""
    claim = _claim_or_404(claim_id)
    if claim.is_withdrawn:
        return gone_as_json(request, claim)
    return _answer(record("version", claim_id, number, site=_site(request)))


@require_safe
def article_data(request, pk, slug=""):
    """Return an article, its claims and as much of its text as readers may see."""
    try:
        dossier = article_dossier(pk)
    except Article.DoesNotExist:
        raise Http404 from None
    article, at = dossier.article, url_builder(request)
    if slug not in ("", article.slug):
        return permanent_redirect(
            reverse("claims:article_data", args=[pk, article.slug])
        )
    found = json.loads(record("article", pk, site=_site(request)))
    found["paragraphs"] = [
        "".join(piece.text for piece in paragraph.pieces)
        for paragraph in dossier.paragraphs
    ]
    found["claims"] = [
        {
            "id": row.claim.pk,
            "url": at(row.claim.get_permanent_url()),
            "wording": row.claim.wording,
            "quote": row.claim.quote,
        }
        for row in dossier.claims.values()
    ]
    return _answer(json.dumps(found, ensure_ascii=False, separators=(",", ":")))


def _site(request):
    return url_builder(request)("")


def _row_or_404(kind, **named):
    rows = MODELS[kind].objects
    if kind == "rating":
        return get_object_or_404(rows, **named)
    if kind == "speaker" and "slug" in named:
        row = rows.by_slug([named["slug"]]).get(named["slug"])
    else:
        row = rows.filter(**named).first()
    # Of a speaker that was merged readers are told what it became.
    row = getattr(row, "merged_into", None) or row
    return get_object_or_404(rows.public(), pk=row and row.pk)


def _claim_or_404(pk):
    claims = PublicClaim.objects.select_related("words").defer("words__vector")
    return get_object_or_404(claims, pk=pk)


def _answer(found):
    """Return a record as the answer; 404 for None."""
    if found is None:
        raise Http404
    return allow_any_origin(
        HttpResponse(f"{found}\n", content_type="application/json; charset=utf-8")
    )
