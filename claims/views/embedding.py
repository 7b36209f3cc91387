"""oEmbed, the social card, and the ClaimReview data feed (schema.org DataFeed)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.http import (
    Http404,
    HttpResponse,
    JsonResponse,
)
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.exchange.social_card import HEIGHT as CARD_HEIGHT
from claims.exchange.social_card import WIDTH as CARD_WIDTH
from claims.exchange.social_card import card_png, social_card
from claims.http.addresses import page_at
from claims.http.caching import tags_itself
from claims.http.files import unchanging
from claims.http.links import url_builder
from claims.http.responses import (
    allow_any_origin,
    plain_error,
    streamed,
    xml_text,
)
from claims.lists.filters import ReviewQuery
from claims.lists.query import InvalidQuery
from claims.models import PublicClaim
from claims.reading.structured_data import data_feed
from claims.views.claims import gone_as_json, gone_as_text

WIDTH, NARROWEST, HEIGHT = 600, 280, 320
WEEK = 7 * 24 * 3600


@require_safe
def oembed(request):
    """Return the oEmbed answer (JSON or XML) for the URL of a claim."""
    shape = request.GET.get("format", "json")
    if shape not in {"json", "xml"}:
        return HttpResponse("format: json or xml.", status=501)
    try:
        width = min(WIDTH, int(request.GET.get("maxwidth", WIDTH)))
        height = min(HEIGHT, int(request.GET.get("maxheight", HEIGHT)))
        if width < 1 or height < 1:
            raise ValueError
    except ValueError:
        return HttpResponse("maxwidth, maxheight: whole numbers.", status=400)
    claim = _claim_at(request, request.GET.get("url", ""))
    if claim.is_withdrawn:
        gone = gone_as_json if shape == "json" else gone_as_text
        return gone(request, claim)
    at = url_builder(request)
    card = at(reverse("claims:claim_card", args=[claim.pk]))
    width = max(width, NARROWEST)
    answer = {
        "type": "rich",
        "version": "1.0",
        "title": claim.wording,
        "author_name": "; ".join(claim.speaker_names),
        "author_url": at(reverse("claims:speaker_number", args=[claim.speaker_id])),
        "provider_name": settings.FACTCHECK["NAME"],
        "provider_url": at("/"),
        "cache_age": 3600,
        "html": render_to_string(
            "claims/_card_frame.html",
            {"card": card, "claim": claim, "width": width, "height": height},
        ).strip(),
        "width": width,
        "height": height,
        "thumbnail_url": at(
            reverse("claims:social_card", args=[claim.pk, social_card(claim).key])
        ),
        "thumbnail_width": CARD_WIDTH,
        "thumbnail_height": CARD_HEIGHT,
    }
    if shape == "json":
        response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    else:
        response = HttpResponse(
            render_to_string(
                "claims/oembed.xml",
                {"answer": {name: xml_text(value) for name, value in answer.items()}},
            ),
            content_type="text/xml; charset=utf-8",
        )
    return allow_any_origin(response)


@tags_itself
@require_safe
def social_card_image(request, pk, key=""):
    """Return the picture of a claim for social networks, drawn once and kept a while.

    Its own address has a key that changes with what is drawn; from a former one, and
    from the one without, the way leads to it.
    """
    claim = PublicClaim.objects.for_listing().filter(pk=pk).first()
    if claim is None:
        raise Http404
    if claim.is_withdrawn:
        return gone_as_text(request, claim)
    card = social_card(claim)
    if key != card.key:
        return redirect("claims:social_card", pk, card.key)

    def answer():
        png = caches["cards"].get_or_set(key, lambda: card_png(card))
        return HttpResponse(png, content_type="image/png")

    # No longer than that, since words may have to leave the site for good.
    response = unchanging(request, key, answer, max_age=WEEK, immutable=True)
    return allow_any_origin(response)


@require_safe
def claimreview_feed(request):
    """Return the ClaimReview markup of a list's verdicts in force as a DataFeed.

    Written while it is read, row by row.
    """
    try:
        query = ReviewQuery(request.GET)
    except InvalidQuery as refusal:
        return plain_error(str(refusal))
    pieces = data_feed(query.rows(), at=url_builder(request))
    media_type = "application/ld+json; charset=utf-8"
    return allow_any_origin(streamed(request, pieces, media_type))


def _claim_at(request, url):
    """Return the claim whose page a URL is, on this site alone, or raise 404."""
    hosts = {request.get_host(), urlsplit(url_builder(request)("/")).netloc}
    match = page_at(url, hosts)
    if match is None or match.view_name not in CLAIM_PAGES:
        raise Http404
    claim = (
        PublicClaim.objects.select_related("words", "speaker", "current")
        .filter(pk=match.kwargs["pk"])
        .first()
    )
    if claim is None:
        raise Http404
    return claim


CLAIM_PAGES = {"claims:claim", "claims:claim_number", "claims:claim_card"}
