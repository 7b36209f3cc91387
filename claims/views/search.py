"""Site search, and the autocomplete of its box."""

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.http.caching import kept_for
from claims.lists.autocomplete import suggestions
from claims.lists.query import InvalidQuery
from claims.lists.site_search import search_everything
from claims.models import PublicClaim
from claims.views.list_pages import invalid_query_page


@require_safe
def search(request):
    """Show the best matches among claims, speakers, articles and verdicts."""
    try:
        found = search_everything(request.GET, widely=True)
    except InvalidQuery as refusal:
        return invalid_query_page(request, refusal)
    # Asked by the page where nothing is found, and there alone.
    context = {"found": found, "is_any_listed": PublicClaim.objects.listed().exists}
    return render(request, "claims/search.html", context)


@kept_for(60)
@require_safe
def suggest(request):
    """Return autocomplete suggestions as JSON: speakers, topics and outlets."""
    rows = suggestions(request.GET.get("q", "").replace("\0", "")[:100])
    return JsonResponse(
        {
            "suggestions": [
                {"kind": row.kind, "name": row.name, "value": row.value,
                 "url": row.url, "note": row.note}
                for row in rows
            ]
        }
    )  # fmt: skip
