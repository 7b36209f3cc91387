"""Pages about the desk: ratings, corrections, data, audit, policy, accessibility."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from claims.exchange.columns import COLUMNS
from claims.exchange.export import CLAIMREVIEW, FORMATS
from claims.http.caching import shows_too, today
from claims.http.links import url_builder
from claims.lists.query import InvalidQuery
from claims.models import PublishedVerdict
from claims.models.choices import FIRSTS, AskedBy, Finding, PublicationKind
from claims.models.verdict_state import NOT_REVIEWED
from claims.reading.corrections import CorrectionQuery
from claims.reading.method import (
    REVIEWS_COUNTED,
    audit,
    rating_records,
)
from claims.reading.structured_data import CONTEXT, dataset, json_for_script
from claims.views.list_pages import invalid_query_page

CORRECTIONS_PER_PAGE = 30
FINDINGS = {
    Finding.CONFIRMED: _(
        "A recording, a transcript, the original text or the report itself carries "
        "the words, or says the same."
    ),
    Finding.DISTORTED: _(
        "Something was said, but the article’s words change what it meant."
    ),
    Finding.MISATTRIBUTED: _("The words were said, by somebody else."),
    Finding.NOT_FOUND: _("No record of the statement could be found."),
    Finding.NOT_CHECKED: _(
        "The review takes the article’s word for it and says only whether the claim "
        "is true."
    ),
}
CORRECTION_FILES = {
    "CSV": "corrections_csv",
    "JSON": "corrections_json",
    "Atom": "corrections_atom",
    "RSS": "corrections_rss",
}
CORRECTION_KINDS = [kind for kind in PublicationKind if kind not in FIRSTS]


@require_safe
def ratings_page(request):
    """Show the rating scale, each rating's definition and its former definitions."""
    findings = [(each.value, each.label, FINDINGS[each]) for each in Finding]
    return _page(
        request,
        "claims/ratings.html",
        records=rating_records(),
        unreviewed=NOT_REVIEWED,
        findings=findings,
    )


@require_safe
def corrections_page(request):
    """Show every correction, newest first, and the policy behind them."""
    try:
        query = CorrectionQuery(request.GET)
    except InvalidQuery as refusal:
        return invalid_query_page(request, refusal)
    string = query.string()
    files = [
        (label, reverse(f"claims:{name}") + (f"?{string}" if string else ""))
        for label, name in CORRECTION_FILES.items()
    ]
    return _page(
        request,
        "claims/corrections.html",
        page=query.page(CORRECTIONS_PER_PAGE),
        query=query,
        kinds=_choices(query, "kind", _("All kinds"), CORRECTION_KINDS),
        askers=_choices(query, "asked_by", _("Asked for by anybody"), AskedBy),
        files=files,
        feed=dict(files)["Atom"],
        is_any_published=PublishedVerdict.objects.public().exists,
    )


def _choices(query, name, anything, choices):
    """Return the links that set a filter, the one that takes it off first."""
    made = [{"label": anything, "value": ""}]
    made += [{"label": each.label, "value": each.value} for each in choices]
    for choice in made:
        string = query.string(**{name: choice["value"] or None})
        choice["url"] = reverse("claims:corrections") + (f"?{string}" if string else "")
        choice["is_chosen"] = query.one(name) == choice["value"]
    return made


@require_safe
def data_page(request):
    """Show the data dictionary and the downloads, with schema.org Dataset markup."""
    at = url_builder(request)
    formats = [*FORMATS.values(), CLAIMREVIEW]
    markup = {"@context": CONTEXT} | dataset(COLUMNS, formats, at=at)
    return _page(
        request,
        "claims/data.html",
        formats=formats,
        columns=COLUMNS,
        markup=json_for_script(markup),
    )


@shows_too(today)
@require_safe
def audit_page(request):
    """Show figures about the desk's own reviews."""
    figures = audit(today())
    return _page(request, "claims/audit.html", audit=figures, most=REVIEWS_COUNTED)


@require_safe
def policy_page(request):
    """Show the policy: how claims are chosen, checked, approved and corrected."""
    return _page(request, "claims/policy.html")


@require_safe
def accessibility_page(request):
    """Show the accessibility statement."""
    return _page(request, "claims/accessibility.html")


def _page(request, template, **context):
    return render(
        request, template, context | {"url": url_builder(request)(request.path)}
    )
