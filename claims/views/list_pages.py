"""Parts of list views: the page of an invalid query, redirects, one page of rows."""

from django.shortcuts import redirect, render

from claims.lists.autocomplete import speakers_starting
from claims.lists.query import InvalidQuery
from claims.models.fulltext import matching_words

MOST_GUESSES = 3
ROWS_A_PAGE = 50


def invalid_query_page(request, refusal):
    """Return the 400 page that names each invalid parameter, with suggestions."""
    context = {
        "problems": refusal.problems,
        "meant": _intended_queries(request, refusal),
        "path": request.path,
    }
    return render(request, "claims/query_refused.html", context, status=400)


def _intended_queries(request, refusal):
    """Return speakers named like the unknown one, each with the corrected query."""
    if "speaker" not in refusal.problems:
        return []
    query = request.GET.copy()
    for name in refusal.problems:
        query.pop(name, None)
    found = []
    for typed in request.GET.getlist("speaker")[:MOST_GUESSES]:
        for speaker in speakers_starting(typed.replace("\0", "")[:200]):
            query["speaker"] = speaker.slug
            found.append((speaker, query.urlencode()))
    return found


def has_empty_fields(request):
    """Return whether a form sent fields that were left empty."""
    return any(not value for _name, values in request.GET.lists() for value in values)


def without_empty_fields(request):
    """Return the redirect to the same list without fields that a form left empty."""
    query = request.GET.copy()
    for name, values in list(query.lists()):
        query.setlist(name, [value for value in values if value])
        if not query.getlist(name):
            del query[name]
    return redirect(f"{request.path}?{query.urlencode()}".rstrip("?"))


def is_before_first_page(query, page):
    """Return whether the cursor led back to the first page, which has an address."""
    return query.cursor and query.cursor.backwards and not page.previous


def first_page(request, query):
    """Return the redirect to the first page of a list."""
    return redirect(f"{request.path}?{query.string()}".rstrip("?"))


def list_page(request, query_class, with_numbers, template):
    """Return a page of speakers or articles; `with_numbers` adds their claim counts."""
    if has_empty_fields(request):
        return without_empty_fields(request)
    try:
        query = query_class(request.GET)
    except InvalidQuery as refusal:
        return invalid_query_page(request, refusal)
    page = query.page(ROWS_A_PAGE)
    if is_before_first_page(query, page):
        return first_page(request, query)
    context = {
        "query": query,
        "page": page,
        "rows": with_numbers(page.rows),
        "form": query.filterset.form,
        "first_query": query.string(),
        "without_outlet": query.string(outlet=None),
        "hits": matching_words(query.asked, [("", str(row)) for row in page.rows]),
    }
    return render(request, template, context)
