"""Web addresses: no user's name and no password stand in one."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from claims.exchange.articles import web_address
from claims.exchange.published.address import web_address as published_address
from claims.exchange.records import WEB_ADDRESS
from claims.forms.reports import ReportForm
from claims.models import Article, Evidence, Outcome, Outlet, ReaderReport, fields
from claims.models.fields import LONGEST_SLUGGED, slugify_name, without_login

WITH_LOGIN = [
    "https://rana@paper.example/a",
    "https://rana:secret@paper.example/a",
    "http://paper.example:80@other.example",
    "https://:@paper.example/",
]
WITHOUT = [
    "https://paper.example/@rana/1",
    "https://paper.example?to=rana@paper.example",
    "https://paper.example/a:b#@c",
    "http://paper.example:8080/",
    "https://paper.example\\@other.example",
]


@pytest.mark.parametrize("url", WITH_LOGIN)
def test_an_address_with_a_login_is_refused_at_every_door(url):
    for refuses in (without_login, web_address):
        with pytest.raises((ValidationError, ValueError), match="login"):
            refuses(url)
    assert published_address(url) == ""
    assert not WEB_ADDRESS.fullmatch(url)
    form = ReportForm({"url": url})
    assert form.errors["url"][-1] == "Leave login and password out of the address."


@pytest.mark.parametrize("url", WITHOUT)
def test_an_at_sign_elsewhere_is_no_login(url):
    without_login(url)
    assert published_address(url) == url
    assert WEB_ADDRESS.fullmatch(url)


@pytest.mark.parametrize("model", [Article, Evidence, Outcome, Outlet, ReaderReport])
def test_every_address_that_somebody_types_is_looked_at(model):
    typed = [f for f in model._meta.fields if isinstance(f, models.URLField)]
    assert typed and all(without_login in field.validators for field in typed)


SHORT = [
    "",
    "“ ”",
    "__Under_scored__",
    "Ağrı’da  S-400 – İSTANBUL",
    "ﬁfty ½ ①",
    "京都  は",
]
LONG = [
    "The ferry to the island was late again on Monday, said the mayor; " * 3,
    "ve " * 60,
    "a̐éö̲ " * 40,
    "“– …”" * 30 + " word " + "- " * 40 + "end",
    "ΟΔΥΣΣΕΥΣ ΟΔΟΣ " * 15,
    "x" * 300,
    "\u00a0nobreak\u2003space " * 12,
]


@pytest.mark.parametrize("words", [*SHORT, *LONG])
def test_a_slug_is_what_django_makes_of_all_the_words(words):
    plain = slugify(words, allow_unicode=True)[:80].strip("-_")
    assert slugify_name(words) == (plain or "untitled")


def test_of_long_words_the_first_alone_are_looked_at(monkeypatch):
    seen = []
    made = fields.slugify
    monkeypatch.setattr(
        fields, "slugify", lambda words, **how: seen.append(words) or made(words, **how)
    )
    slugify_name(LONG[0])
    assert [len(words) < LONGEST_SLUGGED for words in seen] == [True]
    # The control: short words are, whole.
    slugify_name("a " * 20)
    assert seen[1:] == ["a " * 20]
