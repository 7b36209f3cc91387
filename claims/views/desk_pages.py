"""The pages in which a desk says who it is, and their older versions."""

from email.utils import parseaddr

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from claims.http.links import url_builder
from claims.models.choices import PageSlug
from claims.reading.desk_pages import (
    desk_node,
    older_page,
    page_in_force,
    page_links,
    published_slugs,
    versions_of,
)
from claims.reading.structured_data import CONTEXT, json_for_script

# Where readers look for whom to complain to: the codes ask for it on both.
WITH_COMPLAINTS = {PageSlug.CORRECTIONS, PageSlug.COMPLAINTS}


@require_safe
def about(request):
    """Show the page on the desk itself, with its schema.org markup."""
    return _page(request, PageSlug.DESK)


@require_safe
def about_page(request, slug):
    """Show one of the other pages; of one that nobody has written, that."""
    if slug == PageSlug.DESK:
        return redirect("claims:about", permanent=True)
    if slug not in PageSlug.values:
        raise Http404
    return _page(request, PageSlug(slug))


@require_safe
def page_version(request, slug, language, number):
    """Show what a page said once, and what the version after it says otherwise."""
    older = older_page(slug, language, number)
    if older is None:
        raise Http404
    context = {
        "version": older.version,
        "older": older,
        "versions": versions_of(older.version),
        "address": url_builder(request)(request.path),
    }
    return render(request, "claims/desk_page_version.html", context)


def _page(request, slug):
    at = url_builder(request)
    written = published_slugs()
    version = page_in_force(slug, get_language()) if slug in written else None
    node = {"@context": CONTEXT} | desk_node(at, written)
    context = {
        "slug": slug,
        "version": version,
        "title": version.title if version else slug.label,
        "versions": versions_of(version) if version else [],
        "links": page_links(written),
        "complaints": _complaints() if slug in WITH_COMPLAINTS else None,
        "markup": json_for_script(node) if slug == PageSlug.DESK else "",
        "address": at(request.path),
    }
    return render(request, "claims/desk_page.html", context)


def _complaints():
    face = settings.FACTCHECK
    return {
        "mail": parseaddr(face["COMPLAINTS_MAIL"])[1],
        "ifcn": face["IFCN_COMPLAINTS"],
        "efcsn": face["EFCSN_COMPLAINTS"],
    }
