"""sitemap.xml, its files for large sites, and robots.txt."""

from xml.sax.saxutils import escape

from django.db.models import Max, Min
from django.db.models.functions import Greatest
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.http.links import url_builder
from claims.http.reversing import addresses
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
from claims.models.facets import OUTLET, RANGE, SPEAKER, TOPIC
from claims.models.fields import slugify_name
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
    """Return the sitemap, or for a large site the index of its files.

    Which it is, the first and last keys tell: nothing is counted.
    """
    keys = {name: section.keys() for name, section in SECTIONS.items()}
    keys = {name: ends for name, ends in keys.items() if ends[1] is not None}
    if sum(last - first + 1 for first, last in keys.values()) <= URLS_PER_FILE:
        rows = list(_pages())
        for name, ends in keys.items():
            rows += SECTIONS[name].pages(*ends)
        return _xml_response(request, "urlset", "url", rows)
    files = [("pages", 1)]
    for name, (first, last) in keys.items():
        numbers = range(_file_of(first), _file_of(last) + 1)
        files += [(name, number) for number in numbers]
    rows = [(reverse("claims:sitemap_file", args=file), None) for file in files]
    return _xml_response(request, "sitemapindex", "sitemap", rows)


@require_safe
def sitemap_file(request, name, number):
    """Return one file of a large sitemap: the rows of a range of primary keys."""
    if name == "pages" and number == 1:
        rows = list(_pages())
    elif name in SECTIONS and 1 <= number <= 1_000_000:
        last = number * URLS_PER_FILE
        rows = SECTIONS[name].pages(last - URLS_PER_FILE + 1, last)
    else:
        raise Http404
    return _xml_response(request, "urlset", "url", rows)


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


# --- The pages of each kind: their first and last key, those between two keys ------


# When what readers see of a claim last changed.
CHANGED = Greatest("listed_at", "published_at")


class Claims:
    """The page of each listed claim."""

    def keys(self):
        return _ends(PublicClaim.objects.listed(), "pk")

    def pages(self, first, last):
        """Return (path, lastmod) of the pages between two keys."""
        rows = PublicClaim.objects.listed().filter(pk__range=(first, last))
        address = addresses("claims:claim", int, str)
        return [
            (address(key, slugify_name(wording)), changed)
            for key, wording, changed in rows.order_by("pk").values_list(
                "pk", "words__wording", CHANGED
            )
        ]


class Versions:
    """The page of each publication of a listed claim."""

    def keys(self):
        return _ends(PublishedVerdict.objects, "pk")

    def pages(self, first, last):
        rows = PublishedVerdict.objects.of_listed().filter(pk__range=(first, last))
        address = addresses("claims:version", int, int)
        return [
            (address(claim, number), at)
            for claim, number, at in rows.order_by("pk").values_list(
                "claim", "number", "published_at"
            )
        ]


class Articles:
    """The page of each article with listed claims, changed when its newest was."""

    def keys(self):
        return _ends(PublicClaim.objects.listed(), "article")

    def pages(self, first, last):
        claims = PublicClaim.objects.listed().filter(
            article__gte=first, article__lte=last
        )
        newest = claims.order_by().values_list("article")
        changed = dict(newest.annotate(changed=Max(CHANGED)))
        address = addresses("claims:article", int, str)
        rows = Article.objects.filter(pk__range=(first, last)).order_by("pk")
        return [
            (address(key, slug), changed[key])
            for key, slug in rows.values_list("pk", "slug")
            if key in changed
        ]


class Named:
    """A page for each row that listed claims have as a facet: by its slug."""

    def __init__(self, rows, facet, route):
        self.rows, self.facet, self.route = rows, facet, route

    def keys(self):
        counts = FacetCount.objects.filter(count__gt=0, facet__gt=self.facet)
        if self.facet != SPEAKER:  # the last range, without an end
            counts = counts.filter(facet__lt=self.facet + RANGE)
        codes = _ends(counts, "facet")
        return [code and code - self.facet for code in codes]

    def pages(self, first, last):
        codes = (self.facet + first, self.facet + last)
        counts = FacetCount.objects.filter(count__gt=0, facet__range=codes)
        changed = dict(counts.values_list("facet", "changed_at"))
        address = addresses(self.route, str)
        rows = self.rows().filter(pk__range=(first, last)).order_by("pk")
        return [
            (address(slug), changed[key + self.facet])
            for key, slug in rows.values_list("pk", "slug")
            if key + self.facet in changed
        ]


class Contradictions(Named):
    """A page for each speaker with contradictions."""

    def keys(self):
        return _ends(self.rows(), "pk")


SECTIONS = {
    "claims": Claims(),
    "versions": Versions(),
    "articles": Articles(),
    "speakers": Named(Speaker.objects.unmerged, SPEAKER, "claims:speaker"),
    "contradictions": Contradictions(
        speakers_with_contradictions, SPEAKER, "claims:contradictions"
    ),
    "topics": Named(Topic.objects.all, TOPIC, "claims:topic"),
    "outlets": Named(Outlet.objects.all, OUTLET, "claims:outlet"),
}


def _ends(rows, key):
    """Return the first and the last key of rows, None of none."""
    ends = rows.order_by().aggregate(first=Min(key), last=Max(key))
    return ends["first"], ends["last"]


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


def _xml_response(request, root, element, rows):
    """Return rows of (path, lastmod or None) as XML."""
    at = url_builder(request)
    before, after = f"<{element}><loc>", f"</{element}>"
    xml = [f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{NAMESPACE}">']
    for path, when in rows:
        changed = when and f"<lastmod>{when.isoformat(timespec='seconds')}</lastmod>"
        xml.append(f"{before}{escape(at(path))}</loc>{changed or ''}{after}")
    xml.append(f"</{root}>")
    return HttpResponse("".join(xml), content_type="application/xml; charset=utf-8")
