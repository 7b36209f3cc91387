"""The sitemap lists every page that readers reach, and nothing else."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from claims import sitemaps
from claims.desk.merging import merge_speakers
from claims.models import SpeakerAlias
from claims.models.choices import ClaimStatus
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    withdraw,
)
from tests.views.test_claim_page import correct

pytestmark = pytest.mark.django_db

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 - the site's own


def addresses(client, path="/sitemap.xml"):
    """Return {path: lastmod} of a sitemap, its files followed where it is an index."""
    root = read(client, path)
    if root.tag == f"{SPACE}sitemapindex":
        found = {}
        for location in root.iter(f"{SPACE}loc"):
            part = addresses(client, urlsplit(location.text).path)
            assert not set(part) & set(found)
            found |= part
        return found
    return {
        urlsplit(url.find(f"{SPACE}loc").text).path: url.findtext(f"{SPACE}lastmod")
        for url in root.findall(f"{SPACE}url")
    }


@pytest.fixture(scope="module")
def site(module_db):
    """A site with every kind of page, public and not."""
    topic = make_topic("Harbours")
    claim = make_published(make_claim(topics=[topic])).claim
    correct(claim, summary="Otherwise.")
    make_claim(article=make_article(outlet=make_outlet("Radio Quay")))
    make_claim(
        status=ClaimStatus.DRAFT,
        article=make_article(outlet=make_outlet("Draft Outlet")),
        topics=[make_topic("Draft Topic")],
    )
    withdrawn = make_published(make_claim(wording="Withdrawn words.")).claim
    withdraw(withdrawn, reason="No claim.")
    merged = make_speaker("Merged Away")
    SpeakerAlias.objects.create(speaker=merged, name="Gone")
    merge_speakers(merged, claim.speaker, by=make_user("Editors"))
    return claim


@pytest.mark.slow
def test_every_address_answers_with_a_page_of_its_own(client, site):
    for path in addresses(client):
        response = client.get(path)
        assert response.status_code == 200, path
        canonical = re.findall(
            r'<link rel="canonical" href="http://testserver([^"]+)">',
            response.content.decode(),
        )
        assert canonical in ([], [path]), path


def test_every_public_page_that_a_reader_can_click_to_is_listed(client, site):
    listed = set(addresses(client))
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        assert response.status_code == 200, path
        if not response["Content-Type"].startswith("text/html"):
            continue
        # A page that search engines are told to leave out belongs in no sitemap.
        if 'name="robots" content="noindex' in response.content.decode():
            continue
        assert path in listed, path
        links = re.findall(r'<a [^>]*?href="(/[^"?#]*)', response.content.decode())
        # A language in front of an address makes no page of its own.
        elsewhere = ("/admin/", "/de/", "/en/", "/tr/")
        waiting += [link for link in links if not link.startswith(elsewhere)]
    pages = {path for path in listed if path.endswith("/")}
    assert pages <= seen


def test_what_is_not_public_is_not_listed(client, site):
    found = " ".join(addresses(client))
    for hidden in ("draft", "withdrawn", "merged"):
        assert hidden not in found


def test_a_page_tells_when_it_changed_last(client, site):
    found = addresses(client)
    site.refresh_from_db()
    changed = site.current.published_at.isoformat(timespec="seconds")
    assert found[site.get_absolute_url()] == changed
    assert found[site.article.get_absolute_url()] == changed
    # By a merge the speaker has a name more since then, which is told with the claim.
    assert found[site.speaker.get_absolute_url()] >= changed
    assert found[site.topics.get().get_absolute_url()] >= changed
    first = site.publications.get(number=1)
    assert found[first.get_absolute_url()] == first.published_at.isoformat(
        timespec="seconds"
    )


def test_a_large_site_is_split_into_files_with_the_same_addresses(
    client, site, monkeypatch
):
    whole = addresses(client)
    monkeypatch.setattr(sitemaps, "URLS_PER_FILE", 2)
    assert read(client, "/sitemap.xml").tag == f"{SPACE}sitemapindex"
    assert addresses(client) == whole


@pytest.mark.parametrize(
    "path", ["nothing-1", "pages-2", "claims-0", "claims-99999999"]
)
def test_a_file_that_is_none_is_not_there(client, path):
    assert client.get(f"/sitemap-{path}.xml").status_code == 404


@pytest.mark.slow
def test_the_sitemap_costs_the_same_queries_however_long(
    client, site, django_assert_num_queries
):
    with django_assert_num_queries(19):
        addresses(client)
    for _n in range(3):
        make_published()
    with django_assert_num_queries(19):
        addresses(client)


def test_robots_are_told_what_to_leave_and_where_the_sitemap_is(client):
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/" in lines
    assert "Disallow: /*?" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
