"""sitemap.xml, its files for large sites, and robots.txt."""

from io import StringIO

from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import Greatest
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from claims.http.links import url_builder
from claims.models import (
    Article,
    FacetCount,
    Outlet,
    PageVersion,
    PublicClaim,
    PublishedVerdict,
    Speaker,
    Topic,
)
from claims.models.facets import OUTLET, SPEAKER, TOPIC
from claims.reading.contradictions import speakers_with_contradictions

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Up to so many claims, texts and people one file holds everything; beyond, an index
# leads to files of so many keys each. The protocol allows 50,000.
URLS_PER_FILE = 10_000

PAGES = (
    "home",
    "claims",
    "speakers",
    "articles",
    "topics",
    "outlets",
    "check",
    "ratings",
    "corrections",
    "about",
    "compliance",
    "balance",
    "policy",
    "audit",
    "data",
    "api",
    "report",
    "accessibility",
)


@require_safe
def sitemap(request):
    """Return the sitemap, or for a large site the index of its files."""
    at = url_builder(request)
    if _fits_one_file():
        rows = list(_pages())
        for section in SECTIONS.values():
            rows += section()
        return _xml_response("urlset", "url", [(at(path), when) for path, when in rows])
    files = [("pages", 1)]
    for name, section in SECTIONS.items():
        newest = section.rows().order_by("-pk").values_list("pk", flat=True).first()
        files += [(name, n + 1) for n in range(_file_of(newest or 0))]
    rows = [(at(reverse("claims:sitemap_file", args=file)), None) for file in files]
    return _xml_response("sitemapindex", "sitemap", rows)


@require_safe
def sitemap_file(request, name, number):
    """Return one file of a large sitemap: the rows of a range of primary keys."""
    at = url_builder(request)
    if name == "pages" and number == 1:
        rows = list(_pages())
    elif name in SECTIONS and 1 <= number <= 1_000_000:
        rows = SECTIONS[name](number)
    else:
        raise Http404
    return _xml_response("urlset", "url", [(at(path), when) for path, when in rows])


@require_safe
def robots(request):
    """Return robots.txt: what crawlers should leave out, and the sitemap's URL."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        # Every combination of filters is a page of its own: there is no end of them.
        "Disallow: /*?",
        "Allow: /",
        "",
        f"Sitemap: {url_builder(request)(reverse('claims:sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


class Section:
    """The pages of one model: which rows, and when each changed last."""

    def __init__(self, rows, changed, path=lambda row: row.get_absolute_url()):
        self.rows, self.changed, self.path = rows, changed, path

    def __call__(self, number=None):
        """Return (path, lastmod) of each page, or of those in one file."""
        rows = self.rows().annotate(changed=self.changed).order_by("pk")
        if number is not None:
            low = (number - 1) * URLS_PER_FILE
            rows = rows.filter(pk__gt=low, pk__lte=low + URLS_PER_FILE)
        return [(self.path(row), row.changed) for row in rows]


def _newest_of(facet):
    """Return when the newest listed claim with a code of the row's last changed."""
    counts = FacetCount.objects.filter(facet=OuterRef("pk") + facet)
    return Subquery(counts.values("changed_at")[:1])


CLAIM_CHANGED = Greatest("listed_at", "published_at")
NEWEST_IN_ARTICLE = Subquery(
    PublicClaim.objects.listed()
    .filter(article=OuterRef("pk"))
    .order_by()
    .values("article")
    .annotate(newest=Max(CLAIM_CHANGED))
    .values("newest")
)
SECTIONS = {
    "claims": Section(
        lambda: (
            PublicClaim.objects.listed()
            .select_related("words")
            .only("id", "words__wording")
        ),
        CLAIM_CHANGED,
    ),
    "versions": Section(
        lambda: PublishedVerdict.objects.of_listed().only("claim", "number"),
        F("published_at"),
    ),
    "articles": Section(
        lambda: Article.objects.public().only("slug"), NEWEST_IN_ARTICLE
    ),
    "speakers": Section(
        lambda: Speaker.objects.public().unmerged().only("slug"), _newest_of(SPEAKER)
    ),
    "contradictions": Section(
        lambda: speakers_with_contradictions().only("slug"),
        _newest_of(SPEAKER),
        lambda row: reverse("claims:contradictions", args=[row.slug]),
    ),
    "topics": Section(lambda: Topic.objects.public().only("slug"), _newest_of(TOPIC)),
    "outlets": Section(
        lambda: Outlet.objects.public().only("slug"), _newest_of(OUTLET)
    ),
}


def _fits_one_file():
    rest = URLS_PER_FILE
    for section in SECTIONS.values():
        rest -= section.rows().order_by()[: rest + 1].count()
        if rest < 0:
            return False
    return True


def _file_of(key):
    return -(-key // URLS_PER_FILE)


def _pages():
    versions = PageVersion.objects.order_by("published_at", "pk")
    of_desk = list(versions.only("slug", "language", "number", "published_at"))
    newest = {each.get_page_url(): each.published_at for each in of_desk}
    about = reverse("claims:about")
    return [
        *((reverse(f"claims:{name}"), None) for name in PAGES if name != "about"),
        *({about: None} | newest).items(),
        *((each.get_absolute_url(), each.published_at) for each in of_desk),
    ]


def _xml_response(root, element, rows):
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement(root, {"xmlns": NAMESPACE})
    for location, when in rows:
        xml.startElement(element, {})
        xml.addQuickElement("loc", location)
        if when is not None:
            xml.addQuickElement("lastmod", when.isoformat(timespec="seconds"))
        xml.endElement(element)
    xml.endElement(root)
    xml.endDocument()
    return HttpResponse(out.getvalue(), content_type="application/xml; charset=utf-8")
