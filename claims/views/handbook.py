"""The handbook at the desk: its front page with the search, and one page a role."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from claims.reading import handbook

# The page and section that help with what a page of the admin is for.
HELP = {
    "article": "editors#article",
    "claim": "editors#mark",
    "speaker": "editors#wrong",
    "verdict": "reviewers#write",
    "secondrating": "reviewers#blind",
    "publishedverdict": "approvers#corrections",
    "readerreport": "approvers#readers",
    "transition": "administrators#record",
    "change": "administrators#record",
    "outlet": "administrators#outlets",
    "topic": "administrators#outlets",
    "rating": "administrators#ratings",
    "deskpage": "administrators#pages",
    "subscription": "administrators#messages",
    "message": "administrators#messages",
    "user": "administrators#people",
    "group": "administrators#people",
}
OF_PAGE = {
    "claims_article_annotate": "editors#mark",
    "claims_article_suggestions": "approvers#figures",
    "claims_speaker_contradictions": "editors#before",
    "claims_article_transcript": "editors#transcript",
    "claims_verdict_approve": "approvers#approve",
    "claims_verdict_blind": "reviewers#blind",
    "claims_claim_relations": "editors#relations",
    "claims_secondrating_agreement": "approvers#figures",
}


def urls(site) -> list:
    """Return the routes of the handbook for an AdminSite."""
    front, page = _views(site)
    return [
        path("handbook/", site.admin_view(front), name="handbook"),
        path("handbook/<slug:page>/", site.admin_view(page), name="handbook_page"),
    ]


def help_url(url_name: str) -> str:
    """Return where the handbook helps with a page of the admin, by its route's name."""
    known = OF_PAGE.get(url_name)
    if known is None:
        _app, _sep, rest = (url_name or "").partition("_")
        known = HELP.get(rest.split("_")[0])
    if known is None:
        return reverse("admin:handbook")
    page, _sep, anchor = known.partition("#")
    return reverse("admin:handbook_page", args=[page]) + f"#{anchor}"


def _views(site):
    def front(request):
        question = request.GET.get("q", "").strip()[:100]
        context = {
            "title": _("Handbook"),
            "question": question,
            "found": [
                {"section": found, "page": handbook.TITLES[found.page]}
                | {"excerpt": found.excerpt(question)}
                for found in handbook.search(question)
            ],
            "pages": [
                {"name": name, "title": title, "sections": handbook.sections(name)}
                for name, title in handbook.TITLES.items()
            ],
        }
        context = site.each_context(request) | context
        return TemplateResponse(request, "admin/claims/handbook.html", context)

    def page(request, page):
        if page not in handbook.TITLES:
            raise Http404
        context = site.each_context(request) | {
            "title": handbook.TITLES[page],
            "sections": handbook.sections(page),
            "words": handbook.page_html(page),
            "pages": handbook.TITLES.items(),
            "page": page,
        }
        return TemplateResponse(request, "admin/claims/handbook_page.html", context)

    return front, page
