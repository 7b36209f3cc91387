"""The annotation desk: URLs of its page and its JSON endpoints."""

from functools import partial

from django.urls import path

from claims.admin.annotate import earlier, endpoints, speakers
from claims.admin.annotate.json_api import endpoint
from claims.admin.annotate.page import annotate

CLAIM = "claims/<int:claim_id>/"
SPEAKER = "speakers/<int:speaker_id>/"
ENDPOINTS = {
    "claims/": ("claims", endpoint(GET=endpoints.state, POST=endpoints.create)),
    "claims/bulk/": ("bulk", endpoint(POST=endpoints.bulk)),
    CLAIM: ("claim", endpoint(PATCH=endpoints.change, DELETE=endpoints.delete)),
    f"{CLAIM}steps/": ("step", endpoint(POST=endpoints.step)),
    f"{CLAIM}leave/": ("leave", endpoint(POST=endpoints.mark_lost)),
    f"{CLAIM}verdict/": ("verdict", endpoint(POST=endpoints.verdict)),
    "presence/": ("presence", endpoint(DELETE=endpoints.leave_article)),
    "earlier/": ("earlier", endpoint(POST=earlier.earlier)),
    "guess/": ("guess", endpoint(GET=endpoints.prefill)),
    "names/": ("names", endpoint(GET=speakers.autocomplete)),
    "speakers/": ("speakers", endpoint(POST=speakers.create)),
    SPEAKER: (
        "speaker",
        endpoint(
            GET=speakers.particulars,
            PATCH=speakers.change,
            DELETE=speakers.take_back,
        ),
    ),
    f"{SPEAKER}roles/": ("speaker_roles", endpoint(POST=speakers.new_role)),
    f"{SPEAKER}names/": ("speaker_names", endpoint(POST=speakers.new_name)),
    "text/": ("text", endpoint(POST=endpoints.correct)),
    "no-claims/": ("no_claims", endpoint(POST=endpoints.no_claims)),
    "next/": ("next", endpoint(GET=endpoints.next_article)),
}


def annotate_urls(model_admin):
    """Return the URL patterns of the desk; they come before ArticleAdmin's own."""
    views = {"": ("", annotate)} | ENDPOINTS
    return [
        path(
            f"<int:article_id>/annotate/{address}",
            model_admin.admin_site.admin_view(partial(view, model_admin)),
            name=f"claims_article_annotate{'_' * bool(name)}{name}",
        )
        for address, (name, view) in views.items()
    ]
