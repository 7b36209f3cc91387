"""Addresses built from a route resolved once are those that reverse() gives."""

import pytest
from django.test import override_settings
from django.urls import clear_script_prefix, reverse, set_script_prefix, set_urlconf

from claims.http.i18n import urlconf_with_prefix
from claims.http.reversing import address_of


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("claims:claim", (7, "the-mayor-said-100")),
        ("claims:claim", (8, "ışık-søn-東京")),
        ("claims:speaker", ("ilka-dvorsin",)),
        ("claims:version", (7, 2)),
        ("claims:home", ()),
    ],
)
def test_an_address_is_the_one_that_reverse_gives(name, arguments):
    for _again in range(2):
        assert address_of(name, *arguments) == reverse(name, args=arguments)


def test_an_address_has_the_prefix_and_language_of_its_request():
    plain = address_of("claims:speaker", "ilka")
    try:
        set_urlconf(urlconf_with_prefix("tr"))
        assert address_of("claims:speaker", "ilka") == f"/tr{plain}"
        set_urlconf(None)
        set_script_prefix("/desk/")
        assert address_of("claims:speaker", "ilka") == f"/desk{plain}"
    finally:
        set_urlconf(None)
        clear_script_prefix()
    with override_settings(ROOT_URLCONF="factcheck.urls"):
        assert address_of("claims:speaker", "ilka") == plain
