"""The annotation desk: an article's words beside its claims, and its addresses."""

from functools import partial

from django.urls import path

from claims.admin.annotate import endpoints
from claims.admin.annotate.json_api import endpoint
from claims.admin.annotate.page import annotate

CLAIM = "claims/<int:claim_id>/"
ENDPOINTS = {
    "claims/": ("claims", endpoint(GET=endpoints.state, POST=endpoints.create)),
    "claims/bulk/": ("bulk", endpoint(POST=endpoints.bulk)),
    CLAIM: ("claim", endpoint(PATCH=endpoints.change, DELETE=endpoints.delete)),
    f"{CLAIM}steps/": ("step", endpoint(POST=endpoints.step)),
    f"{CLAIM}leave/": ("leave", endpoint(POST=endpoints.leave)),
    f"{CLAIM}verdict/": ("verdict", endpoint(POST=endpoints.verdict)),
    "presence/": ("presence", endpoint(DELETE=endpoints.gone)),
    "guess/": ("guess", endpoint(GET=endpoints.guesses)),
    "names/": ("names", endpoint(GET=endpoints.names)),
    "speakers/": ("speakers", endpoint(POST=endpoints.new_speaker)),
    "text/": ("text", endpoint(POST=endpoints.correct)),
    "no-claims/": ("no_claims", endpoint(POST=endpoints.no_claims)),
    "next/": ("next", endpoint(GET=endpoints.following)),
}


def annotate_urls(model_admin):
    """Return the desk's addresses, to stand before an article admin's own."""
    views = {"": ("", annotate)} | ENDPOINTS
    return [
        path(
            f"<int:article_id>/annotate/{address}",
            model_admin.admin_site.admin_view(partial(view, model_admin)),
            name=f"claims_article_annotate{'_' * bool(name)}{name}",
        )
        for address, (name, view) in views.items()
    ]
