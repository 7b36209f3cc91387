"""No page escapes the checks: every route of the site has a sample."""

import pytest

from claims.urls import urlpatterns
from tests.pages.samples import OTHERS, SAMPLES, sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def routes_without_sample(patterns, samples):
    return {str(one.pattern) for one in patterns} - {one.route for one in samples}


def test_every_route_has_a_sample():
    assert routes_without_sample(urlpatterns, SAMPLES + OTHERS) == set()
    assert routes_without_sample(urlpatterns, SAMPLES[1:] + OTHERS) == set()
    assert routes_without_sample(urlpatterns, OTHERS) != set()


def test_the_samples_hold_what_the_checks_are_about(site):
    assert sample("list").response().content.count(b"claim-item") == 50
    overlapping = sample("article, claims in claims").response().content.decode()
    assert "lane-1" in overlapping
    assert b'"changes"' in sample("version, with its differences").response().content


def test_no_two_samples_have_the_same_label():
    labels = [one.label for one in SAMPLES + OTHERS]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("one", SAMPLES, ids=str)
def test_a_sample_is_the_page_that_it_says(site, one):
    response = one.response()
    assert response.status_code == one.status
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert f'<html lang="{one.language}"' in response.content.decode()
    if one.route is not None and not one.answer:
        route = response.wsgi_request.resolver_match.route
        assert route.removeprefix("tr/") == one.route


@pytest.mark.parametrize("one", OTHERS, ids=str)
def test_what_is_left_out_of_the_checks_is_no_page(site, one):
    response = one.response()
    assert response.status_code == one.status
    assert response.status_code in {301, 302} or "html" not in response["Content-Type"]
    assert response.wsgi_request.resolver_match.route == one.route
