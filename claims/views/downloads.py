"""Downloads of a list of claims or corrections. No login, no cookie."""

from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from claims.exchange.copying import TooManyExports
from claims.exchange.corrections import CORRECTION_FORMATS
from claims.exchange.data_dictionary import DICTIONARIES
from claims.exchange.export import FORMATS, Begun, begin_export, export_file
from claims.exchange.prepared import open_prepared, prepared_file
from claims.http.caching import tags_itself
from claims.http.files import unchanging
from claims.http.links import url_builder
from claims.http.responses import allow_any_origin, plain_error, sends_chunks
from claims.lists.filters import ClaimQuery
from claims.lists.query import InvalidQuery
from claims.reading.corrections import CorrectionQuery

DAY = 24 * 3600
# What a CSV can be asked for besides the list's filters: its option, its values.
CSV_OPTIONS = {"bom": ("bom", ("0", "1")), "columns": ("former", ("1", "2"))}


@require_safe
def claims_file(request, ending):
    """Return the claims of the query string as a file.

    Of CSV `bom=1` is for Excel, `columns=1` its former columns and values.
    """
    asked = request.GET.copy()
    options = {}
    if ending == "csv":
        for name, (option, values) in CSV_OPTIONS.items():
            value = asked.pop(name, [""])
            if value not in [[one] for one in ("", *values)]:
                return plain_error(f"{name}: {' or '.join(values)}.")
            options[option] = value == ["1"]
    form = FORMATS[ending]
    export = begin_export if sends_chunks(request) else export_file
    return _file_response(
        request, lambda site: export(form, ClaimQuery(asked), site=site, **options)
    )


@require_safe
def corrections_file(request, ending):
    """Return the corrections of the query string as a file."""
    form = CORRECTION_FORMATS[ending]
    export = begin_export if sends_chunks(request) else export_file
    return _file_response(
        request, lambda site: export(form, CorrectionQuery(request.GET), site=site)
    )


@require_safe
def dictionary_file(request, name):
    """Return what the columns of the CSV or the fields of a whole record mean."""
    if name not in DICTIONARIES:
        raise Http404
    return allow_any_origin(
        HttpResponse(DICTIONARIES[name](), content_type="text/csv; charset=utf-8")
    )


def _file_response(request, export):
    try:
        made = export(url_builder(request)(""))
    except InvalidQuery as refusal:
        return plain_error(str(refusal))
    except TooManyExports as refusal:
        return plain_error(str(refusal), status=429, **{"Retry-After": "10"})
    if isinstance(made, Begun):
        response = StreamingHttpResponse(made, content_type=made.media_type)
    else:
        response = FileResponse(made.file, content_type=made.media_type)
        response.headers["Content-Length"] = made.size
        response.headers["Claims-SHA256"] = made.sha256
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=made.name
    )
    # A reader can tell a whole file from a broken one, now and later.
    response.headers["Claims-Rows"] = made.rows
    return allow_any_origin(response)


@tags_itself
@require_safe
def prepared_download(request, name):
    """Return a file of all claims that was made beforehand."""
    file = prepared_file(name)
    if file is None:
        raise Http404

    def answer():
        try:
            opened = open_prepared(file)
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(opened, as_attachment=True, filename=file.name)
        response.headers["Content-Type"] = file.media_type
        response.headers["Content-Length"] = file.size
        return response

    # No longer than that, since words may have to leave the site for good.
    response = unchanging(request, file.sha256, answer, max_age=DAY, immutable=True)
    return allow_any_origin(response)
