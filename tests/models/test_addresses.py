"""Web addresses: no user's name and no password stand in one."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from claims.exchange.articles import web_address
from claims.exchange.published.address import web_address as published_address
from claims.exchange.records import WEB_ADDRESS
from claims.forms.reports import ReportForm
from claims.models import Article, Evidence, Outcome, Outlet, ReaderReport
from claims.models.fields import without_login

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
