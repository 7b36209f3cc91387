"""Every page that readers reach, by example: which address shows which kind of page.

Each route of claims.urls has samples here; test_samples.py fails for one that has none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import psycopg
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone

from claims.desk.evidence_files import keep
from claims.desk.file_redaction import redact_file
from claims.desk.relations import confirm, suggest
from claims.desk.replies import hash_of
from claims.desk.workflow import take_step
from claims.exchange.prepared import prepare
from claims.http import middleware
from claims.http.unavailable import unavailable
from claims.models import (
    Article,
    Claim,
    EvidenceFile,
    PublishedVerdict,
    ReaderReport,
    ReplyRequest,
    Speaker,
    SpeakerPicture,
    Topic,
)
from claims.models.choices import RelationKind
from claims.views.errors import server_error
from claims.views.records import MODELS
from tests.factories import make_picture, make_user, make_verdict

ONE_CLAIM = "claims/<int:pk>-<uslug:slug>/"
ONE_ARTICLE = "articles/<int:pk>-<uslug:slug>/"
ONE_SPEAKER = "speakers/<uslug:slug>/"
TWO_DAYS = "speakers/<uslug:slug>/contradictions/"
ONE_VERSION = "claims/<int:claim_id>/versions/<int:number>/"
PICTURE = "pictures/<digest:sha256>-<int:size>.jpg"
CARD = "claims/<int:pk>/card/"


# Four sentences, of three of which the like was said in the sample articles.
PARAGRAPH = (
    "“Unemployment stands at its lowest level since 1998 in our country,” said the "
    "minister. “No family pays more for its electricity than two years ago. And the "
    "measles vaccine has been withdrawn in four neighbouring countries!” Then the "
    "lights of the hall went out, and everybody sang."
)


@dataclass(frozen=True)
class Sample:
    """One address of a route, and what is expected there."""

    label: str
    route: str | None
    path: str | Callable[[], str]
    status: int = 200
    language: str = "en"
    # What a browser cannot ask for by going to an address: the answer itself.
    answer: Callable[[], HttpResponse] | None = None

    def __str__(self):
        return self.label

    def address(self):
        """Return the path and query, once the samples are in the database."""
        path = self.path if isinstance(self.path, str) else self.path()
        return path if self.language == "en" else f"/{self.language}{path}"

    def response(self):
        """Return what the site answers, through all middleware."""
        if self.answer:
            return self.answer()
        return Client().get(self.address())


# --- Finding an example of each kind --------------------------------------------------


def claim(number=0, **conditions):
    found = Claim.objects.listed().filter(**conditions).order_by("pk")
    return found.distinct()[number]


def page_of_claim(**conditions):
    return lambda: claim(**conditions).get_absolute_url()


def by_number(name, **conditions):
    return lambda: reverse(f"claims:{name}", args=[claim(**conditions).pk])


def page_of_version(**conditions):
    return lambda: (
        PublishedVerdict.objects.public()
        .filter(**conditions)
        .order_by("pk")[0]
        .get_absolute_url()
    )


def page_of_article(**conditions):
    return lambda: Article.objects.public().get(**conditions).get_absolute_url()


def next_page():
    page = Client().get("/claims/").content.decode()
    return "/claims/" + re.search(r'rel="next" href="([^"]+)"', page)[1].replace(
        "&amp;", "&"
    )


def row_of(kind, name):
    """Return a function that returns the address of some row of a kind."""

    def address():
        rows = MODELS[kind].objects
        row = (rows if kind == "rating" else rows.public()).order_by("pk").first()
        key = row.slug if name == "data" else row.pk
        return reverse(f"claims:{kind}_{name}", args=[key])

    return address


def without_number(path, count):
    """Return the address that lacks the slug, from which the full one is found."""
    return lambda: path.format(claim().pk if count == "claim" else any_article().pk)


def any_article():
    return Article.objects.public().order_by("pk")[0]


def api_record(name):
    """Return the address of the first record in a list of the API."""
    return lambda: (
        f"/api/{name}/{Client().get(f'/api/{name}').json()['items'][0]['id']}"
    )


def open_link():
    """Return the address of a link under which somebody answers."""
    asked = ReplyRequest.objects.filter(answer="").order_by("pk")
    soon = timezone.now() + timedelta(days=1)
    asked.update(link_hash="")
    ReplyRequest.objects.filter(pk=asked[0].pk).update(
        link_hash=hash_of("open"), link_until=soon
    )
    return "/reply/open/"


def followed_report():
    """Return the address at which whoever reported sees how far the desk is."""
    ReaderReport.objects.get_or_create(
        kind="error", message="The buoy.", sender="x", tracking_hash=hash_of("followed")
    )
    return "/report/followed/"


def published_copy():
    """Publish evidence with a copy, and return where readers find it."""
    return kept_file().get_absolute_url()


def copy_taken_off():
    """Take a published copy off the site, once, and return where it was."""
    file = EvidenceFile.objects.exclude(redactions=None).first()
    if file is None:
        file = kept_file(b"%PDF-1.4\n%\n%%EOF\n")
        by, other = make_user("Editors"), make_user("Editors")
        redact_file(file, by=by, approved_by=other, reason="A court ordered it.")
    return file.get_absolute_url()


def kept_file(content=b"%PDF-1.4\n%%EOF\n"):
    """Publish evidence with a copy, and return the file."""
    verdict = make_verdict()
    file = keep(content, by=verdict.author)
    copy = {"file": file, "file_name": "minutes.pdf", "file_is_public": True}
    verdict.evidence.update(**copy)
    take_step("submit", verdict, by=verdict.author)
    take_step("publish", verdict, by=make_user("Editors"))
    return file


def picture_of_a_speaker():
    """Give a much quoted speaker a picture, once, and return its address."""
    speaker = Speaker.objects.get(slug="ilka-dvorsin")
    known = SpeakerPicture.objects.filter(speaker=speaker).first()
    return (known or make_picture(speaker)).large_url


def contradictions():
    """Confirm that two claims of one speaker contradict each other, and show them."""
    one, other = (claim(n, speaker__slug="ilka-dvorsin") for n in (0, 1))
    by = make_user("Editors")
    confirm(suggest(RelationKind.CONTRADICTS, other, one, by=by), by=by)
    return f"{one.speaker.get_absolute_url()}contradictions/"


# --- Answers to what no address asks for ----------------------------------------------


def senseless_request():
    return Client().get("/", headers={"host": "no host"})


def from_elsewhere():
    elsewhere = Client(headers={"Origin": "http://x.example"})
    return elsewhere.post("/report/", {"kind": "error"})


def refused_report():
    fields = {"kind": "", "message": "", "url": "no address", "contact": "nobody"}
    return Client().post("/report/", fields)


def list_to_follow():
    """Return the form for following, where mail goes out."""
    face = settings.FACTCHECK | {"URL": "https://desk.example"}
    mail = {"MAIL_FROM": "d@desk.example", "MAIL_SERVER": {"host": "mail"}}
    with override_settings(FACTCHECK=face, **mail):
        return Client().get("/follow/?list=q%3Dharbour")


def checked_text():
    return Client().post("/check/", {"text": PARAGRAPH})


def refused_text():
    return Client().post("/check/", {"text": " "})


def something_failed():
    return with_policy(server_error(None))


def database_is_away():
    away = psycopg.OperationalError()
    return with_policy(unavailable(RequestFactory().get("/"), away))


def with_policy(response):
    return middleware.security_policies(lambda request: response)(None)


TURKISH = {"language": "tr"}
REVIEWED = {"rating__isnull": False}

SAMPLES = [
    Sample("home", "", "/"),
    Sample("home in Turkish", "", "/", **TURKISH),
    # Lists
    Sample("list", "claims/", "/claims/"),
    Sample("list, next page", "claims/", next_page),
    Sample(
        "list, filtered",
        "claims/",
        "/claims/?q=unemployment&speaker=ilka-dvorsin&attribution=indirect",
    ),
    Sample("list, empty", "claims/", "/claims/?q=zeppelin+-airship"),
    Sample("list, refused", "claims/", "/claims/?speaker=dvorsi&rating=x", status=400),
    Sample("speakers", "speakers/", "/speakers/"),
    Sample("speakers, none found", "speakers/", "/speakers/?q=zeppelin"),
    Sample("articles", "articles/", "/articles/"),
    Sample("articles, refused", "articles/", "/articles/?order=x", status=400),
    Sample("topics", "topics/", "/topics/"),
    Sample("outlets", "outlets/", "/outlets/"),
    Sample("outlets, none found", "outlets/", "/outlets/?q=zeppelin"),
    Sample(
        "topic",
        "topics/<uslug:slug>/",
        lambda: Topic.objects.get(slug="economy").get_absolute_url(),
    ),
    Sample(
        "outlet",
        "outlets/<uslug:slug>/",
        lambda: any_article().outlet.get_absolute_url(),
    ),
    Sample("search, nothing asked", "search/", "/search/"),
    Sample("search, found", "search/", "/search/?q=dvorsin"),
    Sample("search, found in all", "search/", "/search/?q=turkey"),
    Sample("search, nothing found", "search/", "/search/?q=zeppelin"),
    Sample("check", "check/", "/check/"),
    Sample("check, found", "check/", "/check/", answer=checked_text),
    Sample("check in Turkish", "check/", "/check/", **TURKISH),
    Sample("check, refused", "check/", "/check/", status=400, answer=refused_text),
    # Claims
    Sample("claim, reviewed", ONE_CLAIM, page_of_claim(**REVIEWED)),
    Sample("claim in Turkish", ONE_CLAIM, page_of_claim(**REVIEWED), **TURKISH),
    Sample("claim, unreviewed", ONE_CLAIM, page_of_claim(current=None)),
    Sample("claim, retracted", ONE_CLAIM, page_of_claim(current__kind="retracted")),
    Sample(
        "claim, rating changed",
        ONE_CLAIM,
        page_of_claim(current__kind="rating_changed"),
    ),
    Sample("claim, clarified", ONE_CLAIM, page_of_claim(current__kind="clarified")),
    Sample("claim, repeated", ONE_CLAIM, page_of_claim(repeats__isnull=False)),
    Sample("claim, relayed", ONE_CLAIM, page_of_claim(via__isnull=False)),
    Sample("claim, unrated", ONE_CLAIM, page_of_claim(rating__value=None, **REVIEWED)),
    Sample("claim, excerpt", ONE_CLAIM, page_of_claim(article__text_rights="excerpt")),
    Sample("claim, link only", ONE_CLAIM, page_of_claim(article__text_rights="link")),
    Sample("version, replaced", ONE_VERSION, page_of_version(number=1, kind="first")),
    Sample(
        "version, with its differences",
        ONE_VERSION,
        lambda: reverse(
            "claims:version", args=[claim(current__kind="rating_changed").pk, 1]
        ),
    ),
    Sample("version, retraction", ONE_VERSION, page_of_version(kind="retracted")),
    Sample("card, reviewed", CARD, by_number("claim_card", **REVIEWED)),
    Sample("card, unreviewed", CARD, by_number("claim_card", current=None)),
    # Articles and speakers
    Sample(
        "article, real",
        ONE_ARTICLE,
        lambda: claim(speaker__slug="john-rood").article.get_absolute_url(),
    ),
    Sample(
        "article, claims in claims",
        ONE_ARTICLE,
        lambda: claim(wording__contains="buoy").article.get_absolute_url(),
    ),
    Sample("article, excerpt", ONE_ARTICLE, page_of_article(text_rights="excerpt")),
    Sample("article, link only", ONE_ARTICLE, page_of_article(text_rights="link")),
    Sample("speaker, much quoted", ONE_SPEAKER, "/speakers/ilka-dvorsin/"),
    Sample("speaker, once quoted", ONE_SPEAKER, "/speakers/zoe-branzaru-olafsdottir/"),
    Sample("speaker, a country", ONE_SPEAKER, "/speakers/turkey/"),
    Sample(
        "speaker, unnamed",
        ONE_SPEAKER,
        lambda: Speaker.objects.public().filter(kind="unnamed")[0].get_absolute_url(),
    ),
    Sample("contradictions", TWO_DAYS, contradictions),
    Sample("contradictions, none", TWO_DAYS, "/speakers/turkey/contradictions/"),
    # How the desk works
    Sample("ratings", "ratings/", "/ratings/"),
    Sample("corrections", "corrections/", "/corrections/"),
    Sample("about", "about/", "/about/"),
    Sample("about, in Turkish", "about/", "/about/", **TURKISH),
    Sample("about, funding", "about/<slug:slug>/", "/about/funding/"),
    Sample("about, where to complain", "about/<slug:slug>/", "/about/complaints/"),
    Sample("about, not written", "about/<slug:slug>/", "/about/diversity/"),
    Sample(
        "about, in another language",
        "about/<slug:slug>/",
        "/about/people/",
        **TURKISH,
    ),
    Sample(
        "about, an older version",
        "about/<slug:slug>/versions/<slug:language>/<int:number>/",
        "/about/funding/versions/en/1/",
    ),
    Sample("compliance", "compliance/", "/compliance/"),
    Sample("compliance in Turkish", "compliance/", "/compliance/", **TURKISH),
    Sample("balance", "compliance/balance/", "/compliance/balance/"),
    Sample("policy", "policy/", "/policy/"),
    Sample("data", "data/", "/data/"),
    Sample("for programs", "api/", "/api/"),
    Sample("audit", "audit/", "/audit/"),
    Sample("accessibility", "accessibility/", "/accessibility/"),
    Sample("report", "report/", "/report/"),
    Sample("report in Turkish", "report/", "/report/", **TURKISH),
    Sample(
        "report on a claim",
        "report/",
        lambda: f"/report/?claim={claim().pk}",
    ),
    Sample(
        "report, refused",
        "report/",
        "/report/",
        status=400,
        answer=refused_report,
    ),
    Sample("report sent", "report/sent/", "/report/sent/"),
    Sample("report followed", "report/<uslug:token>/", followed_report),
    Sample("follow", "follow/", "/follow/", answer=list_to_follow),
    Sample("follow sent", "follow/sent/", "/follow/sent/"),
    Sample(
        "follow, to confirm", "follow/confirm/<uslug:token>/", "/follow/confirm/token/"
    ),
    Sample(
        "follow, to leave in Turkish",
        "follow/leave/<uslug:token>/",
        "/follow/leave/token/",
        **TURKISH,
    ),
    Sample("reply", "reply/<uslug:token>/", open_link),
    Sample("reply in Turkish", "reply/<uslug:token>/", open_link, **TURKISH),
    Sample("reply, closed", "reply/<uslug:token>/", "/reply/closed/", status=404),
    Sample("reply sent", "reply/sent/", "/reply/sent/"),
    # What goes wrong
    Sample(
        "copy taken off",
        "evidence/<digest:sha256>.<slug:kind>",
        copy_taken_off,
        status=410,
    ),
    Sample("not there", None, "/claims/999999-never/", status=404),
    Sample("not understood", None, "/", status=400, answer=senseless_request),
    Sample("form of another site", None, "/report/", status=403, answer=from_elsewhere),
    Sample("failed", None, "/", status=500, answer=something_failed),
    Sample("database away", None, "/", status=503, answer=database_is_away),
]

# What other programs read, and addresses that lead on.
OTHERS = [
    Sample("CSV", "claims.csv", "/claims.csv"),
    Sample("JSON Lines", "claims.jsonl", "/claims.jsonl"),
    Sample("ZIP", "claims.zip", "/claims.zip"),
    Sample("suggestions", "suggest/", "/suggest/?q=dvo"),
    Sample(
        "claim without slug",
        "claims/<int:pk>/",
        without_number("/claims/{}/", "claim"),
        status=301,
    ),
    Sample(
        "claim's data without slug",
        "claims/<int:pk>.json",
        without_number("/claims/{}.json", "claim"),
    ),
    Sample(
        "claim's data",
        "claims/<int:pk>-<uslug:slug>.json",
        lambda: reverse("claims:claim_data", args=[claim().pk, claim().slug]),
    ),
    Sample(
        "social card without key",
        "claims/<int:pk>/card.png",
        by_number("social_card_number"),
        status=302,
    ),
    Sample(
        "social card",
        "claims/<int:pk>/card-<slug:key>.png",
        lambda: Client().get(f"/claims/{claim().pk}/card.png").url,
    ),
    Sample("BibTeX", "claims/<int:pk>/cite.bib", by_number("claim_bibtex")),
    Sample("CSL-JSON", "claims/<int:pk>/cite.json", by_number("claim_csl")),
    Sample(
        "article without slug",
        "articles/<int:pk>/",
        without_number("/articles/{}/", "article"),
        status=301,
    ),
    Sample(
        "article's data without slug",
        "articles/<int:pk>.json",
        without_number("/articles/{}.json", "article"),
    ),
    Sample(
        "article's data",
        "articles/<int:pk>-<uslug:slug>.json",
        lambda: reverse(
            "claims:article_data", args=[claim().article_id, claim().article.slug]
        ),
    ),
    Sample(
        "version's data",
        "claims/<int:claim_id>/versions/<int:number>.json",
        lambda: f"/claims/{claim(rating__isnull=False).pk}/versions/1.json",
    ),
    Sample("ratings' data", "ratings.json", "/ratings.json"),
    *(
        Sample(f"{kind} {label}", f"{kind}s/{route}", row_of(kind, name), status)
        for kind in MODELS
        for label, route, name, status in (
            ("by number", "id/<int:pk>/", "number", 301),
            ("'s data by number", "id/<int:pk>.json", "number_data", 200),
            ("'s data", "<uslug:slug>.json", "data", 200),
        )
    ),
    Sample("balance as CSV", "compliance/balance.csv", "/compliance/balance.csv"),
    Sample("dictionary", "data/<slug:name>.csv", "/data/fields.csv"),
    Sample(
        "file made beforehand",
        "data/files/<str:name>",
        lambda: f"/data/files/{prepare()[0].files[0].name}",
    ),
    Sample("claims as a feed", "claims.atom", "/claims.atom"),
    Sample("claims as RSS", "claims.rss", "/claims.rss"),
    Sample("corrections as RSS", "corrections.rss", "/corrections.rss"),
    Sample("corrections as a feed", "corrections.atom", "/corrections.atom"),
    Sample("corrections as CSV", "corrections.csv", "/corrections.csv"),
    Sample("corrections as JSON", "corrections.json", "/corrections.json"),
    Sample("published heads", "corrections/heads.json", "/corrections/heads.json"),
    Sample("ClaimReview", "claimreview.json", "/claimreview.json"),
    Sample("changes", "changes.jsonl", "/changes.jsonl?since=100"),
    Sample("API document", "api/openapi.json", "/api/openapi.json"),
    *(
        Sample(f"API, {name}", f"api/{name}", f"/api/{name}")
        for name in (
            "claims",
            "speakers",
            "articles",
            "topics",
            "outlets",
            "ratings",
            "corrections",
        )
    ),
    *(
        Sample(f"API, one of {name}", f"api/{name}/<int:number>", api_record(name))
        for name in ("claims", "speakers", "articles", "topics", "outlets", "ratings")
    ),
    Sample(
        "API, a version",
        "api/claims/<int:number>/versions/<int:version>",
        lambda: f"/api/claims/{claim(rating__isnull=False).pk}/versions/1",
    ),
    Sample("API, match", "api/match", "/api/match?text=Council+tax+has+not+risen"),
    Sample("API, search", "api/search", "/api/search?q=turkey"),
    Sample("API, nothing", "api/<anything:rest>", "/api/nothing", status=404),
    Sample("copy of evidence", "evidence/<digest:sha256>.<slug:kind>", published_copy),
    Sample("picture of a speaker", PICTURE, picture_of_a_speaker),
    Sample("MCP", "mcp", "/mcp", status=405),
    Sample("llms.txt", "llms.txt", "/llms.txt"),
    Sample(
        "oEmbed",
        "oembed",
        lambda: f"/oembed?url=http://testserver{claim().get_absolute_url()}",
    ),
    Sample("sitemap", "sitemap.xml", "/sitemap.xml"),
    Sample(
        "part of the sitemap",
        "sitemap-<slug:name>-<int:number>.xml",
        lambda: "/sitemap-claims-1.xml",
    ),
    Sample("robots", "robots.txt", "/robots.txt"),
    Sample("health", "healthz", "/healthz"),
    Sample("readiness", "readyz", "/readyz"),
    Sample("colours", "desk.css", "/desk.css"),
    Sample("icon", "favicon.ico", "/favicon.ico", status=302),
]


def one_of_each_kind():
    """Return the samples that are the first of their route, and the error pages."""
    first = {}
    for one in SAMPLES:
        first.setdefault(one.label if one.route is None else one.route, one)
    return list(first.values())


def sample(label):
    """Return the sample with this label."""
    return next(one for one in SAMPLES if one.label == label)
