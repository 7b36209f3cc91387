"""The pages about the desk that readers see: published versions, of any language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from claims.models import PageVersion
from claims.models.choices import OPTIONAL_PAGES, PageSlug
from claims.models.pages import page_url
from claims.reading.differences import DiffPart, word_changes
from claims.reading.structured_data import Address, Node, publisher_node

# Which page says what a term of schema.org's NewsMediaOrganization asks for.
TERMS = {
    "publishingPrinciples": PageSlug.METHODOLOGY,
    "verificationFactCheckingPolicy": PageSlug.METHODOLOGY,
    "correctionsPolicy": PageSlug.CORRECTIONS,
    "ownershipFundingInfo": PageSlug.FUNDING,
    "diversityPolicy": PageSlug.DIVERSITY,
    "masthead": PageSlug.PEOPLE,
    "ethicsPolicy": PageSlug.NEUTRALITY,
    "actionableFeedbackPolicy": PageSlug.COMPLAINTS,
}


@dataclass(frozen=True)
class PageLink:
    """A page of the menu: its name, address, and whether it is published."""

    slug: str
    label: str
    url: str
    is_written: bool


@dataclass(frozen=True)
class OlderPage:
    """A version with what the one after it says otherwise; nothing after the last."""

    version: PageVersion
    following: PageVersion | None
    title_changes: tuple[DiffPart, ...]
    body_changes: tuple[DiffPart, ...]


def published_slugs() -> set[str]:
    """Return which pages are published, in whatever language."""
    return set(PageVersion.objects.order_by().values_list("slug", flat=True).distinct())


def page_links(written: set[str]) -> list[PageLink]:
    """Return the menu of all pages; what no code asks for only once it is written."""
    return [
        PageLink(slug.value, str(slug.label), page_url(slug), slug in written)
        for slug in PageSlug
        if slug in written or slug not in OPTIONAL_PAGES
    ]


def missing_pages(written: Iterable[str]) -> list[PageSlug]:
    """Return the pages that the codes ask for and nobody has published."""
    return [slug for slug in PageSlug if slug not in {*written, *OPTIONAL_PAGES}]


def page_in_force(slug: str, language: str) -> PageVersion | None:
    """Return the newest version of a page: in a language, else in the desk's own, else
    in any."""
    wanted = [language, settings.LANGUAGE_CODE]
    newest = (
        PageVersion.objects.filter(slug=slug)
        .order_by("language", "-number")
        .distinct("language")
    )
    found = {version.language: version for version in newest}
    named = [found[code] for code in wanted if code in found]
    return (named or [*found.values(), None])[0]


def versions_of(version: PageVersion) -> list[PageVersion]:
    """Return all versions of a version's page, newest first, without their texts."""
    return list(
        PageVersion.objects.filter(slug=version.slug, language=version.language)
        .defer("body", "body_html")
        .order_by("-number")
    )


def older_page(slug: str, language: str, number: int) -> OlderPage | None:
    """Return a version and what the one after it says otherwise; None: no such one."""
    pair = PageVersion.objects.filter(
        Q(number=number) | Q(number=number + 1), slug=slug, language=language
    ).order_by("number")
    version, following = [*pair, None, None][:2]
    if version is None or version.number != number:
        return None
    return OlderPage(
        version,
        following,
        word_changes(version.title, following.title) if following else (),
        word_changes(version.body, following.body) if following else (),
    )


def desk_node(at: Address, written: set[str]) -> Node:
    """Return the schema.org NewsMediaOrganization of the desk, with the policies that
    are published."""
    return publisher_node(at) | {
        "@type": "NewsMediaOrganization",
        **{term: at(page_url(slug)) for term, slug in TERMS.items() if slug in written},
    }
