"""Dates, menus, languages and labels as every page writes them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import override

from claims.models import Claim
from claims.models.verdict_state import NOT_REVIEWED, VerdictState
from claims.reading.days import stated
from claims.templatetags.claims_site import day, marked, percent, verdict_label


def rendered(tag, path="/claims/", **context):
    request = RequestFactory().get(path)
    request.resolver_match = resolve(request.path)
    template = Template("{% load claims_site %}" + tag)
    return template.render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("precision", "shown"),
    [
        ("day", '<time datetime="2026-05-04">4 May 2026</time>'),
        ("month", '<time datetime="2026-05">May 2026</time>'),
        ("year", '<time datetime="2026">2026</time>'),
        (
            "on_or_before",
            'on or before <time datetime="2026-05-04">4 May 2026</time>',
        ),
    ],
)
def test_the_day_of_a_claim_says_no_more_than_is_known(precision, shown):
    claim = Claim(stated_on=date(2026, 5, 4), stated_precision=precision)
    assert stated(claim) == shown


def test_a_day_that_nobody_knows_is_said_to_be_unknown():
    assert stated(Claim(stated_on=None)) == "date unknown"


def test_a_moment_is_shown_as_its_day_and_kept_for_programs():
    moment = datetime(2026, 5, 4, 23, 59, tzinfo=UTC)
    assert day(moment) == (
        '<time datetime="2026-05-04T23:59:00+00:00">4 May 2026</time>'
    )
    assert day(date(2026, 5, 4)) == '<time datetime="2026-05-04">4 May 2026</time>'
    assert day(None) == ""


def test_a_share_is_written_as_in_the_language():
    assert percent(45) == "45%"
    with override("tr"):
        assert percent(45) == "%45"


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/claims/", ' aria-current="page"'),
        ("/claims/?q=harbour", ' aria-current="page"'),
        ("/claims/7-the-harbour/", ' aria-current="true"'),
        ("/speakers/", ""),
    ],
)
def test_the_menu_tells_where_the_reader_is(path, current):
    link = rendered('{% nav_link "claims:claims" "Claims" %}', path)
    assert link == f'<li><a href="/claims/"{current}>Claims</a></li>'


def test_a_page_leads_to_itself_in_each_language_with_its_query():
    tag = "{% languages as all %}{% for one in all %}{{ one.url }} {% endfor %}"
    shown = rendered(tag, "/claims/?q=a&rating=false")
    assert shown.split() == [
        "/claims/?q=a&amp;rating=false",
        "/tr/claims/?q=a&amp;rating=false",
        "/de/claims/?q=a&amp;rating=false",
    ]
    assert rendered(tag, "/claims/", is_error=True) == ""


def test_only_the_desks_own_label_is_marked_as_being_in_its_language():
    rating = VerdictState("false", "✕", "<False>", "false")
    assert verdict_label(rating) == "<span>&lt;False&gt;</span>"
    with override("tr"):
        assert verdict_label(rating) == '<span lang="en">&lt;False&gt;</span>'
        assert verdict_label(NOT_REVIEWED) == NOT_REVIEWED.label != "Not yet reviewed"


def test_words_that_were_looked_for_are_marked_and_markup_stays_text():
    assert marked("The <b> harbour opens.", {"harbour"}) == (
        "The &lt;b&gt; <mark>harbour</mark> opens."
    )
