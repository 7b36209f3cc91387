"""One claim: its page, citation files, versions of its verdict, embedded card."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from claims.exchange.social_card import social_card
from claims.http.links import permanent_redirect, url_builder
from claims.http.responses import allow_any_origin, plain_error
from claims.models import PublicClaim, PublishedVerdict
from claims.reading import citations, claim_dossier, claim_version
from claims.reading.differences import difference
from claims.reading.redactions import redactions_of
from claims.reading.structured_data import CONTEXT, claim_review, json_for_script
from claims.reading.withdrawal_json import withdrawal_json

# The card may stand in anybody's page; everything else about it stays strict.
CARD_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors *"
)


@require_safe
def claim_page(request, pk, slug=""):
    """Show a claim, what was found about it, and where its words stand."""
    dossier = _dossier_or_404(pk)
    claim, at = dossier.claim, url_builder(request)
    if slug != claim.slug:
        return permanent_redirect(claim.get_absolute_url())
    url = at(claim.get_absolute_url())
    context = {
        "dossier": dossier,
        "claim": claim,
        "verdict": dossier.verdict,
        "redactions": redactions_of(claim.article_id),
        "markup": _markup(dossier, at),
        "url": url,
        "words_url": _words_url(dossier, at),
        "printed_url": _printed_url(dossier),
        "citation": citations.plain(claim, dossier.in_force, url),
        "bibtex": citations.bibtex(
            claim, dossier.in_force, at(claim.get_permanent_url())
        ),
        "oembed": at(reverse("claims:oembed")),
        "picture": not claim.is_withdrawn
        and at(reverse("claims:social_card", args=[pk, social_card(claim).key])),
    }
    return render(request, "claims/claim_detail.html", context)


@require_safe
def claim_bibtex(request, pk):
    """Return the citation as a BibTeX file."""
    dossier = _dossier_or_404(pk)
    if dossier.claim.is_withdrawn:
        return gone_as_text(request, dossier.claim)
    url = url_builder(request)(dossier.claim.get_permanent_url())
    return HttpResponse(
        citations.bibtex(dossier.claim, dossier.in_force, url),
        content_type="application/x-bibtex; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="claim-{pk}.bib"'},
    )


@require_safe
def claim_csl(request, pk):
    """Return the citation as CSL-JSON."""
    dossier = _dossier_or_404(pk)
    if dossier.claim.is_withdrawn:
        return gone_as_json(request, dossier.claim)
    url = url_builder(request)(dossier.claim.get_permanent_url())
    response = JsonResponse(
        [citations.csl(dossier.claim, dossier.in_force, url)],
        safe=False,
        json_dumps_params={"ensure_ascii": False},
        content_type="application/vnd.citationstyles.csl+json",
    )
    response.headers["Content-Disposition"] = f'attachment; filename="claim-{pk}.json"'
    return response


@require_safe
def version_page(request, claim_id, number):
    """Show one published version of a verdict, and how the next one differs."""
    try:
        version = claim_version(claim_id, number)
    except (PublicClaim.DoesNotExist, PublishedVerdict.DoesNotExist):
        raise Http404 from None
    context = {
        "version": version.shown,
        "claim": version.claim,
        "versions": version.versions,
        "following": version.following,
        "redactions": redactions_of(version.claim.article_id),
        "changes": version.following and difference(version.shown, version.following),
        "url": url_builder(request)(version.shown.get_absolute_url()),
    }
    return render(request, "claims/version_detail.html", context)


@require_safe
@xframe_options_exempt
def claim_card(request, pk):
    """Show a claim and its verdict as a card that other sites embed in an iframe."""
    dossier = _dossier_or_404(pk)
    response = render(
        request,
        "claims/claim_card.html",
        {
            "claim": dossier.claim,
            "verdict": dossier.verdict,
            "url": url_builder(request)(dossier.claim.get_absolute_url()),
        },
        status=410 if dossier.claim.is_withdrawn else 200,
    )
    response.headers["Content-Security-Policy"] = CARD_POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def gone_as_json(request, claim):
    """Return why a claim was withdrawn, as JSON for programs, with 410."""
    response = JsonResponse(
        withdrawal_json(claim, at=url_builder(request)),
        status=410,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    return allow_any_origin(response)


def gone_as_text(request, claim):
    """Return why a claim was withdrawn, as plain text for programs, with 410."""
    sentence = _("This claim was withdrawn on %(day)s: %(reason)s") % {
        "day": claim.withdrawn_at.date().isoformat(),
        "reason": claim.words.withdrawal_reason,
    }
    address = url_builder(request)(claim.get_permanent_url())
    return plain_error(f"{sentence}\n{address}", status=410)


def _dossier_or_404(pk):
    try:
        return claim_dossier(pk)
    except PublicClaim.DoesNotExist:
        raise Http404 from None


def _markup(dossier, at):
    """Return the page's ClaimReview as JSON-LD, or "" where no verdict is in force.

    Whoever published a check elsewhere marks it up there.
    """
    if dossier.in_force is None or dossier.in_force.is_elsewhere:
        return ""
    review = claim_review(
        dossier.in_force,
        dossier.claim,
        at=at,
        first_published=dossier.first_published,
        first=dossier.first_made,
    )
    return json_for_script({"@context": CONTEXT} | review)


def _words_url(dossier, at):
    """Return the URL of the claim's words on the article page of this site."""
    return at(f"{dossier.claim.article.get_absolute_url()}#words-{dossier.claim.pk}")


def _printed_url(dossier):
    """Return the URL of the claim's words on the publisher's page (a text fragment)."""
    url = dossier.claim.article_url
    fragment = citations.text_fragment(dossier.claim.quote.split(" [...] ")[0])
    return f"{url.split('#')[0]}#{fragment}" if url and fragment else url
