"""How the desk meets the codes of the field, and whom its reviews are about."""

import csv
import io

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.exchange.csv_escaping import escape_formula
from claims.http.caching import shows_too, today
from claims.http.links import url_builder
from claims.http.responses import allow_any_origin
from claims.reading import balance as of_reviews
from claims.reading.codes import CODES
from claims.reading.compliance import (
    ENOUGH,
    figures,
    findings,
    in_states,
    in_words,
    report_figures,
)
from claims.reading.desk_pages import published_slugs
from claims.reading.method import REVIEWS_COUNTED


@shows_too(lambda: [today(), report_figures(today())])
@require_safe
def compliance_page(request):
    """Show each criterion of the codes with what meets it, or that nothing does."""
    written, counted = published_slugs(), figures(today())
    codes = [(code, findings(code, counted, written)) for code in CODES]
    context = {
        "codes": [(code, chapters, in_states(chapters)) for code, chapters in codes],
        "words": in_words(counted),
        "most": REVIEWS_COUNTED,
        "enough": ENOUGH,
        "url": url_builder(request)(request.path),
    }
    return render(request, "claims/compliance.html", context)


@require_safe
def balance_page(request):
    """Show whom the newest reviews are about, and what these counts do not mean."""
    context = {
        "balance": of_reviews.balance(),
        "most": of_reviews.REVIEWS_COUNTED,
        "url": url_builder(request)(request.path),
    }
    return render(request, "claims/balance.html", context)


@require_safe
def balance_file(request):
    """Return the same counts as CSV, every value and every quarter."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    header, *rows = of_reviews.csv_rows()
    writer.writerow(header)
    for dimension, value, *numbers in rows:
        writer.writerow([dimension, escape_formula(value), *numbers])
    response = HttpResponse(lines.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="balance.csv"'
    return allow_any_origin(response)
