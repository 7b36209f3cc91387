"""The pages that list things: claims, speakers, articles, what a search finds."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.exchange.export import FORMATS
from claims.http.links import absolute
from claims.lists.autocomplete import speaker_meant, speakers_called, suggestions
from claims.lists.counts import much_quoted, with_counts, with_tallies
from claims.lists.facets import facets
from claims.lists.filters import ArticleQuery, ClaimQuery, SpeakerQuery
from claims.lists.query import MOST_COUNTED, InvalidQuery
from claims.lists.site_search import search_everything
from claims.models import Claim, Outlet, Topic
from claims.models.fulltext import hits

CLAIMS_A_PAGE = 50
ROWS_A_PAGE = 50
ON_HOME = 6
MOST_GUESSES = 3
SPEAKERS_ON_HOME = 8


@require_safe
def home(request):
    """Show the newest verdicts, the newest claims and who is much quoted."""
    claims = Claim.objects.listed().for_listing()
    context = {
        "verdicts": claims.newest_verdicts()[:ON_HOME],
        "claims": claims.never_reviewed().newest_listed()[:ON_HOME],
        "speakers": much_quoted(SPEAKERS_ON_HOME),
    }
    return render(request, "claims/home.html", context)


@require_safe
def claim_list(request):
    """List the claims that the query string means."""
    if _has_empty_fields(request):
        return _tidied(request)
    try:
        query = ClaimQuery(request.GET)
    except InvalidQuery as refusal:
        return _corrected(request, refusal) or refuse_query(request, refusal)
    return _list_of_claims(request, query, "claims/claim_list.html")


@require_safe
def topic_page(request, slug):
    """List the claims of a topic."""
    return _claims_of(request, Topic, slug, "topic", "claims/topic_detail.html")


@require_safe
def outlet_page(request, slug):
    """List the claims printed by an outlet."""
    return _claims_of(request, Outlet, slug, "outlet", "claims/outlet_detail.html")


@require_safe
def speaker_list(request):
    """List the speakers who have listed claims."""
    return _roster(request, SpeakerQuery, with_tallies, "claims/speaker_list.html")


@require_safe
def article_list(request):
    """List the articles in which claims are listed."""
    return _roster(request, ArticleQuery, with_counts, "claims/article_list.html")


@require_safe
def search(request):
    """Show the best finds among claims, speakers, articles and verdicts."""
    try:
        found = search_everything(request.GET)
    except InvalidQuery as refusal:
        return refuse_query(request, refusal)
    return render(request, "claims/search.html", {"found": found})


@require_safe
def suggest(request):
    """Answer with speakers, topics and outlets called like what is being typed."""
    rows = suggestions(request.GET.get("q", "").replace("\0", "")[:100])
    response = JsonResponse(
        {
            "suggestions": [
                {"kind": row.kind, "name": row.name, "value": row.value,
                 "url": row.url, "note": row.note}
                for row in rows
            ]
        }
    )  # fmt: skip
    response.headers["Cache-Control"] = "max-age=60"
    return response


def refuse_query(request, refusal):
    """Return the page that says which parameter makes no sense, and helps on."""
    context = {
        "problems": refusal.problems,
        "meant": _meant(request, refusal),
        "path": request.path,
    }
    return render(request, "claims/query_refused.html", context, status=400)


def _meant(request, refusal):
    """Return speakers called like the unknown one, each with the list as meant."""
    if "speaker" not in refusal.problems:
        return []
    query = request.GET.copy()
    for name in refusal.problems:
        query.pop(name, None)
    found = []
    for typed in request.GET.getlist("speaker")[:MOST_GUESSES]:
        for speaker in speakers_called(typed.replace("\0", "")[:200]):
            query["speaker"] = speaker.slug
            found.append((speaker, query.urlencode()))
    return found


def _claims_of(request, model, slug, name, template):
    thing = get_object_or_404(model.objects.public(), slug=slug)
    if _has_empty_fields(request):
        return _tidied(request)
    try:
        query = ClaimQuery(request.GET, **{name: slug})
    except InvalidQuery as refusal:
        return refuse_query(request, refusal)
    return _list_of_claims(request, query, template, thing=thing)


def _list_of_claims(request, query, template, **context):
    page = query.page(CLAIMS_A_PAGE)
    if query.cursor and query.cursor.backwards and not page.previous:
        # The first page has one address.
        return redirect(f"{request.path}?{query.string()}".rstrip("?"))
    total = query.count
    for field in query.filterset.form.fields.values():
        # The fields stand beside the list, the form above it.
        field.widget.attrs["form"] = "filters"
    context |= {
        "query": query,
        "page": page,
        "total": min(total, MOST_COUNTED),
        "is_more": total > MOST_COUNTED,
        "facets": facets(query, MOST_COUNTED) if total <= MOST_COUNTED else [],
        "chips": query.chips(),
        "orders": query.orders.values(),
        "formats": _formats(query),
        "hits": hits(query.words, _texts(page.rows)),
        "form": query.filterset.form,
        "kept": query.kept(),
        "first_query": query.string(),
        "canonical": absolute(request)(request.path),
    }
    return render(request, template, context)


def _formats(query):
    """Return the other forms of the same list, with their addresses."""
    string = query.string(**query.fixed)
    forms = [
        (ending, form.label, form.media_type, form.meaning)
        for ending, form in FORMATS.items()
    ]
    forms.append(("atom", "Atom", "application/atom+xml", _("A feed to follow")))
    return [
        {
            "name": label,
            "meaning": meaning,
            "media_type": media_type,
            "url": reverse(f"claims:claims_{ending}")
            + (f"?{string}" if string else ""),
        }
        for ending, label, media_type, meaning in forms
    ]


def _roster(request, kind, counted, template):
    if _has_empty_fields(request):
        return _tidied(request)
    try:
        query = kind(request.GET)
    except InvalidQuery as refusal:
        return refuse_query(request, refusal)
    page = query.page(ROWS_A_PAGE)
    if query.cursor and query.cursor.backwards and not page.previous:
        return redirect(f"{request.path}?{query.string()}".rstrip("?"))
    context = {
        "query": query,
        "page": page,
        "rows": counted(page.rows),
        "form": query.filterset.form,
        "first_query": query.string(),
        "without_outlet": query.string(outlet=None),
        "hits": hits(query.words, [str(row) for row in page.rows]),
    }
    return render(request, template, context)


def _has_empty_fields(request):
    return any(not value for _name, values in request.GET.lists() for value in values)


def _tidied(request):
    """Return the way to the same list without the fields that a form left empty."""
    query = request.GET.copy()
    for name, values in list(query.lists()):
        query.setlist(name, [value for value in values if value])
        if not query.getlist(name):
            del query[name]
    return redirect(f"{request.path}?{query.urlencode()}".rstrip("?"))


def _corrected(request, refusal):
    """Return the way to the list that was meant, when a speaker's name was typed."""
    if set(refusal.problems) != {"speaker"}:
        return None
    query = request.GET.copy()
    names = []
    for name in query.getlist("speaker"):
        meant = speaker_meant(name) if len(name) <= 200 and "\0" not in name else None
        names.append(meant.slug if meant else name)
    if names == query.getlist("speaker"):
        return None
    query.setlist("speaker", names)
    return redirect(f"{request.path}?{query.urlencode()}")


def _texts(claims):
    for claim in claims:
        yield claim.wording
        yield claim.quote
        if claim.rating_id:
            yield claim.current.summary
