"""Every address that the benchmark asks for, found in the URL configuration.

A route's arguments are filled in from the archive by their names. A route that lacks
something to show is told as not measured; none is left out silently.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from claims.benchmark.archive import Archive
from claims.benchmark.filter_values import DAYS, ORDERS, filter_values
from claims.desk.queues import QUEUES
from claims.lists.filters import ClaimQuery
from claims.models import (
    Article,
    Claim,
    PublicClaim,
    PublishedVerdict,
    Speaker,
    Verdict,
)
from claims.models.choices import VerdictStatus

# What cannot be asked for by going there, or is no page of the archive.
PASSED_OVER = {
    "admin:logout": "ends the session",
    "admin:welcome": "an invitation, whose link is secret",
    "admin:view_on_site": "leads on to the public page",
    "admin:agenda_file": "a calendar, whose address is secret",
    "claims:reply": "a request for reply, whose link is secret",
    "claims:report_tracking": "a report's own page, whose link is secret",
    "claims:evidence_file": "the archive has no copies of evidence",
    "claims:speaker_picture": "the archive has no pictures of speakers",
    "claims:page_version": "the archive has no pages about the desk",
    "claims:about_page": "the archive has no pages about the desk",
}
SECTIONS = (
    *("claims", "versions", "articles", "speakers", "contradictions", "topics"),
    "outlets",
)


@dataclass(frozen=True)
class Address:
    """One address to ask for; `body` makes it a POST that is rolled back."""

    name: str
    path: str
    kind: str  # public, list, desk or write
    floor: str = "row"
    body: Any = None
    content_type: str = "application/json"


@dataclass(frozen=True)
class Places:
    """Rows of an archive that addresses name."""

    archive: Archive

    @cached_property
    def claim(self) -> PublicClaim:
        """Return a listed claim with a verdict of several versions."""
        often = PublishedVerdict.objects.filter(number=2, kind="clarified")
        listed = PublicClaim.objects.listed().in_force().select_related("words")
        return listed.filter(pk__in=often.values("claim")).order_by("pk").first()

    @cached_property
    def article(self) -> Article:
        return Article.objects.get(pk=self.claim.article_id)

    @cached_property
    def open_verdict(self) -> Verdict | None:
        return Verdict.objects.filter(status=VerdictStatus.DRAFT).order_by("pk").first()

    @cached_property
    def word(self) -> str:
        return self.archive.words[3]

    def arguments(self, route: str, wanted) -> dict[str, Any]:
        """Return the arguments of a public route by their names."""
        kind = next(
            (each for each in ("speaker", "topic", "outlet", "rating")
             if route.startswith(each)), "",
        )  # fmt: skip
        slug = {
            "speaker": self.archive.busiest,
            "topic": "topic-1",
            "outlet": "outlet-1",
            "rating": "false",
        }.get(kind) or self.claim.slug
        if route.startswith("article"):
            slug = self.article.slug
        number = 1 if kind else self.claim.pk
        known = {
            "slug": slug,
            "pk": self.article.pk if route.startswith("article") else number,
            "claim_id": self.claim.pk,
            "number": 1,
            "version": 1,
            "name": "fields" if route.startswith("data") else "claims",
            "key": "any",
            "uidb64": "x",
            "token": "x",
        }
        if "api/" in route:
            of = route.removeprefix("api/")
            known["number"] = self.claim.pk if of.startswith("claims") else 1
        if route.startswith("contradictions"):
            known["slug"] = self.archive.busiest
        return {name: known[name] for name in wanted}


QUERIES = {
    "claims:search": "q={word}",
    "claims:suggest": "q={letters}",
    "claims:api_search": "q={word}",
    "claims:api_match": "text={sentence}",
    "claims:oembed": "url=https://localhost{claim}",
    "claims:changes": "since=100",
    "admin:autocomplete": (
        "app_label=claims&model_name=claim&field_name=speaker&term={letters}"
    ),
    "admin:search_desk": "q={word}",
}
FLOORS = {
    "claims:claims": "list", "claims:home": "list", "claims:topic": "list",
    "claims:outlet": "list", "claims:speaker": "list", "claims:search": "list",
    "claims:claims_atom": "list", "claims:claims_rss": "list",
    "claims:api_claims": "list", "claims:speakers": "speakers",
    "claims:articles": "articles", "claims:corrections": "corrections",
    "claims:article": "article", "claims:claims_csv": "file",
    "claims:claims_jsonl": "file", "claims:claims_zip": "file",
    "claims:claimreview_feed": "file", "claims:sitemap_file": "sitemap",
}  # fmt: skip


def public_addresses(archive: Archive) -> Iterator[Address | str]:
    """Yield every public route's address, or its name where it has none to show."""
    places = Places(archive)
    for name, pattern in _routes(get_resolver("claims.urls").url_patterns):
        full = f"claims:{name}"
        if full in PASSED_OVER:
            continue
        try:
            path = reverse(
                full, kwargs=places.arguments(str(pattern), pattern.converters)
            )
        except NoReverseMatch:
            path = f"/{pattern}" if not pattern.converters else ""
        if not path:
            yield full
            continue
        yield Address(
            str(pattern) or "/",
            path + _query(full, places),
            "public",
            FLOORS.get(full, "row"),
        )
    for section in SECTIONS:
        yield Address(
            f"sitemap of {section}", f"/sitemap-{section}-1.xml", "public", "sitemap"
        )
    yield from _tools(places)
    yield Address(
        "check a text", "/check/", "public", "list",
        body={"text": places.claim.words.wording}, content_type="",
    )  # fmt: skip


def _query(name, places):
    if name not in QUERIES:
        return ""
    text = QUERIES[name].format(
        word=places.word,
        letters=places.archive.words[0][:3],
        sentence=quote(places.claim.words.wording),
        claim=places.claim.get_absolute_url(),
    )
    return f"?{text}"


def _tools(places):
    """Yield a call of every tool for assistants."""
    given = {
        "search_claims": {"q": places.word},
        "match_claims": {"text": places.claim.words.wording},
        "get_claim": {"id": places.claim.pk},
        "find_speakers": {"q": places.archive.words[0][:4]},
        "list_claims_by_speaker": {"speaker": places.archive.busiest},
        "list_corrections": {},
        "rating_scale": {},
        "changes_since": {"number": 100},
    }
    for tool, arguments in given.items():
        call = {"name": tool, "arguments": arguments}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        yield Address(f"MCP {tool}", "/mcp", "public", "list", body=json.dumps(message))


def list_addresses(archive: Archive, every: int = 1) -> Iterator[Address]:
    """Yield lists: each filter alone in every order, and in pairs; rare values too.

    Of the pairs only every nth, if asked.
    """
    values = {**filter_values(), "speaker": (archive.busiest, archive.quiet)}
    often, rare = archive.words[3], archive.words[-100]
    # A word, a rare one, one that nobody said, one of two in a hundred claims, and a
    # phrase of frequent ones.
    phrase = f'"{archive.words[0]} {archive.words[1]}"'
    values["q"] = (often, rare, "xylophone", archive.words[100], phrase)
    queries = [{"order": order} for order in ORDERS]
    queries += [{"after": _middle()}]
    queries += [
        {name: value, "order": order}
        for name, chosen in values.items()
        for value in chosen
        for order in ORDERS
    ]
    pairs = [
        {one: first, other: second}
        for (one, firsts), (other, seconds) in combinations(values.items(), 2)
        for first in _ends(one, firsts)
        for second in _ends(other, seconds)
    ]
    for query in [*queries, *pairs[::every]]:
        yield Address(_told(query), f"/claims/?{urlencode(query)}", "list", "list")


def _ends(name, values):
    """Return the values of which pairs are made: the frequent and the rare."""
    return values if name in DAYS or len(values) < 4 else (*values[:2], values[-1])


def _told(query):
    return "claims " + " ".join(f"{name}={value}" for name, value in query.items())


def _middle():
    """Return the cursor of a claim half way down the list."""
    order = ClaimQuery("").order
    rows = PublicClaim.objects.listed().order_by("sort_date", "id")
    half = rows.filter(pk__gte=Claim.objects.count() // 2).only("sort_date")
    return order.key(half.order_by("pk").first())


def desk_addresses(archive: Archive) -> Iterator[Address | str]:
    """Yield every page of the desk: lists, forms, queues, histories, completions."""
    places = Places(archive)
    desk = next(
        each
        for each in get_resolver().url_patterns
        if isinstance(each, URLResolver) and each.app_name == "admin"
    )
    for name, pattern in _routes(desk.url_patterns):
        full = f"admin:{name}"
        if full in PASSED_OVER or full.startswith("admin:auth_"):
            continue
        known = _desk_arguments(name, places)
        try:
            kwargs = {each: known[each] for each in pattern.converters}
            path = reverse(full, kwargs=kwargs)
        except (NoReverseMatch, KeyError):
            yield full
            continue
        yield Address(full, path + _query(full, places), "desk", "row")
    for queue in QUEUES.values():
        path = f"/admin/claims/{queue.model.lower()}/?queue={queue.name}"
        yield Address(f"admin: queue {queue.name}", path, "desk", "list")
    earlier = reverse("admin:claims_article_annotate_earlier", args=[places.article.pk])
    words = {"wording": places.claim.words.wording}
    yield _saved_mark(places)
    yield Address("admin: said before", earlier, "write", "list", json.dumps(words))


def _saved_mark(places):
    """Return the save of a claim that somebody marked behind those of an article."""
    article = places.article
    text = article.current_text
    words = text.body.rpartition("\n\n")[2][:30]
    start = text.body.rindex(words)
    mark = {"role": "content", "start": start, "exact": words}
    saved = {
        "client_id": str(UUID(int=2**64)),
        "text": text.pk,
        "marks": [mark | {"end": start + len(words)}],
        "fields": {"wording": words.capitalize()},
    }
    path = reverse("admin:claims_article_annotate_claims", args=[article.pk])
    return Address("admin: save of a mark", path, "write", "row", json.dumps(saved))


def _desk_arguments(name, places):
    model = name.split("_")[1] if name.startswith("claims_") else ""
    rows = {
        "claim": places.claim.pk,
        "article": places.article.pk,
        "verdict": places.open_verdict and places.open_verdict.pk,
        "speaker": Speaker.objects.get(slug=places.archive.busiest).pk,
        "publishedverdict": places.claim.current_id,
    }
    known = {
        "object_id": rows.get(model, 1),
        "article_id": places.article.pk,
        "claim_id": places.claim.pk,
        "speaker_id": rows["speaker"],
        "pk": 1,
    }
    if name.endswith("_step") and model == "claim":
        known["name"] = "withdraw"
    return known


def _routes(patterns) -> Iterator[tuple[str, Any]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns)
        elif isinstance(each, URLPattern) and each.name:
            yield each.name, each.pattern
