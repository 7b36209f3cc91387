"""Lists of claims: all of them, those of a topic, those of an outlet."""

from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.desk.following import is_offered
from claims.exchange.export import FORMATS
from claims.feeds import SHAPES
from claims.http.links import url_builder
from claims.lists.autocomplete import speaker_named
from claims.lists.counts import with_outlet_counts, with_topic_counts
from claims.lists.directories import OutletQuery, TopicQuery
from claims.lists.facets import facets
from claims.lists.filters import ClaimQuery
from claims.lists.following import followed
from claims.lists.query import InvalidQuery
from claims.lists.selection import MOST_COUNTED
from claims.models import Outlet, PublicClaim, Topic
from claims.models.fulltext import matching_words
from claims.views.list_pages import (
    first_page,
    has_empty_fields,
    invalid_query_page,
    is_before_first_page,
    list_page,
    without_empty_fields,
)

CLAIMS_A_PAGE = 50
# The filters that have a field beside the list.
KINDS = ("finding", "attribution", "checkability")
DAYS = ("_after", "_before")


@require_safe
def claim_list(request):
    """List the claims that the query string means."""
    if has_empty_fields(request):
        return without_empty_fields(request)
    try:
        query = ClaimQuery(request.GET)
    except InvalidQuery as refusal:
        return _with_speaker_slugs(request, refusal) or invalid_query_page(
            request, refusal
        )
    return _claim_list_page(request, query, "claims/claim_list.html")


@require_safe
def topic_list(request):
    """List the topics of listed claims, each with how many there are."""
    return list_page(request, TopicQuery, with_topic_counts, "claims/topic_list.html")


@require_safe
def outlet_list(request):
    """List the outlets in which listed claims were printed."""
    return list_page(
        request, OutletQuery, with_outlet_counts, "claims/outlet_list.html"
    )


@require_safe
def topic_page(request, slug):
    """List the claims of a topic."""
    return _filtered_list(request, Topic, slug, "topic", "claims/topic_detail.html")


@require_safe
def outlet_page(request, slug):
    """List the claims printed by an outlet."""
    return _filtered_list(request, Outlet, slug, "outlet", "claims/outlet_detail.html")


def _filtered_list(request, model, slug, name, template):
    thing = get_object_or_404(model.objects.public(), slug=slug)
    if has_empty_fields(request):
        return without_empty_fields(request)
    try:
        query = ClaimQuery(request.GET, **{name: slug})
    except InvalidQuery as refusal:
        return invalid_query_page(request, refusal)
    return _claim_list_page(request, query, template, thing=thing)


def _claim_list_page(request, query, template, **context):
    page = query.page(CLAIMS_A_PAGE)
    if is_before_first_page(query, page):
        return first_page(request, query)
    total = query.count
    form = query.filterset.form
    for field in form.fields.values():
        # The fields stand beside the list, the form above it.
        field.widget.attrs["form"] = "filters"
    context |= {
        "query": query,
        "page": page,
        "total": _least(query) if total is None else total,
        "is_more": total is None,
        "facets": facets(query),
        "chips": query.chips(),
        "orders": query.orders.values(),
        "formats": _formats(query),
        "follow": _follow_address(query),
        "hits": matching_words(query.asked, _texts(page.rows)),
        "form": form,
        "kind_fields": [form[name] for name in KINDS],
        "day_fields": [form[name] for name in form.fields if name.endswith(DAYS)],
        "kept": query.kept(),
        "first_query": query.string(),
        "canonical": url_builder(request)(request.path),
        # Asked by the page where the list is empty, and there alone.
        "is_any_listed": PublicClaim.objects.listed().exists,
    }
    return render(request, template, context)


def _least(query):
    """Return more than how many claims a long list has, or if with words, at least."""
    return query.selection.at_least if query.words else MOST_COUNTED


def _formats(query):
    """Return the download formats of the same list, with their addresses."""
    formats = [
        (ending, form.label, form.media_type, form.meaning, {})
        for ending, form in FORMATS.items()
    ]
    # What changed last comes first in a feed, however the list is ordered.
    for shape, feed in SHAPES.items():
        name = "RSS" if shape == "rss" else "Atom"
        meaning = _("A feed to follow")
        formats.append((shape, name, feed.media_type, meaning, {"order": None}))
    found = []
    for ending, label, media_type, meaning, changes in formats:
        string = query.string(**query.fixed, **changes)
        found.append(
            {
                "name": label,
                "meaning": meaning,
                "media_type": media_type,
                "url": reverse(f"claims:claims_{ending}")
                + (f"?{string}" if string else ""),
            }
        )
    return found


def _follow_address(query):
    """Return where the same list can be followed by mail, "" where it cannot be."""
    if not is_offered():
        return ""
    try:
        string = followed(query)
    except InvalidQuery:
        return ""
    return f"{reverse('claims:follow')}?{urlencode({'list': string})}"


def _with_speaker_slugs(request, refusal):
    """Return the redirect from speakers' names to their slugs, or None."""
    if set(refusal.problems) != {"speaker"}:
        return None
    query = request.GET.copy()
    names = []
    for name in query.getlist("speaker"):
        meant = speaker_named(name) if len(name) <= 200 and "\0" not in name else None
        names.append(meant.slug if meant else name)
    if names == query.getlist("speaker"):
        return None
    query.setlist("speaker", names)
    return redirect(f"{request.path}?{query.urlencode()}")


def _texts(claims):
    for claim in claims:
        yield claim.language, claim.wording
        yield claim.language, claim.quote
        if claim.is_in_force:
            yield settings.LANGUAGE_CODE, claim.current.summary
