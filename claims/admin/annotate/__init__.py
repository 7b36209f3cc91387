"""The annotation desk: an article's words beside its claims, and its addresses."""

from functools import partial

from django.urls import path

from claims.admin.annotate import doors
from claims.admin.annotate.answers import door
from claims.admin.annotate.page import annotate

CLAIM = "claims/<int:claim_id>/"
DOORS = {
    "claims/": ("claims", door(GET=doors.state, POST=doors.create)),
    "claims/bulk/": ("bulk", door(POST=doors.bulk)),
    CLAIM: ("claim", door(PATCH=doors.change, DELETE=doors.delete)),
    f"{CLAIM}steps/": ("step", door(POST=doors.step)),
    f"{CLAIM}leave/": ("leave", door(POST=doors.leave)),
    f"{CLAIM}verdict/": ("verdict", door(POST=doors.verdict)),
    "presence/": ("presence", door(DELETE=doors.gone)),
    "guess/": ("guess", door(GET=doors.guesses)),
    "names/": ("names", door(GET=doors.names)),
    "speakers/": ("speakers", door(POST=doors.new_speaker)),
    "text/": ("text", door(POST=doors.correct)),
    "no-claims/": ("no_claims", door(POST=doors.no_claims)),
    "next/": ("next", door(GET=doors.following)),
}


def annotate_urls(model_admin):
    """Return the desk's addresses, to stand before an article admin's own."""
    views = {"": ("", annotate)} | DOORS
    return [
        path(
            f"<int:article_id>/annotate/{address}",
            model_admin.admin_site.admin_view(partial(view, model_admin)),
            name=f"claims_article_annotate{'_' * bool(name)}{name}",
        )
        for address, (name, view) in views.items()
    ]
