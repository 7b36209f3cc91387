"""Downloads of a list of claims or corrections. No login, no cookie."""

from django.http import FileResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from claims.exchange.corrections import CORRECTION_FORMATS
from claims.exchange.export import FORMATS, TooManyExports
from claims.http.links import url_builder
from claims.http.responses import allow_any_origin, plain_error
from claims.lists.filters import ClaimQuery
from claims.lists.query import InvalidQuery
from claims.reading.corrections import CorrectionQuery


@require_safe
def claims_file(request, ending):
    """Return the claims of the query string as a file; `bom=1` is CSV for Excel."""
    asked = request.GET.copy()
    options = {}
    if ending == "csv":
        bom = asked.pop("bom", [""])
        if bom not in ([""], ["1"], ["0"]):
            return plain_error("bom: 0 or 1.")
        options["bom"] = bom == ["1"]
    return _file_response(
        request, lambda: ClaimQuery(asked), FORMATS[ending].write, **options
    )


@require_safe
def corrections_file(request, ending):
    """Return the corrections of the query string as a file."""
    return _file_response(
        request, lambda: CorrectionQuery(request.GET), CORRECTION_FORMATS[ending]
    )


def _file_response(request, read_query, export, **options):
    try:
        made = export(read_query(), site=url_builder(request)(""), **options)
    except InvalidQuery as refusal:
        return plain_error(str(refusal))
    except TooManyExports as refusal:
        return plain_error(str(refusal), status=429, **{"Retry-After": "10"})
    response = FileResponse(made.file, content_type=made.media_type)
    response.headers["Content-Length"] = made.size
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=made.name
    )
    # A reader can tell a whole file from a broken one, now and later.
    response.headers["Claims-Rows"] = made.rows
    response.headers["Claims-SHA256"] = made.sha256
    # A ZIP holds the moment it was made, so that no two have the same tag.
    response.headers["ETag"] = f'"{made.sha256}"'
    answer = get_conditional_response(
        request, etag=response.headers["ETag"], response=allow_any_origin(response)
    )
    if answer is not response:
        made.file.close()
    return answer
