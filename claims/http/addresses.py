"""Addresses as others pass them on: tracking parameters, slashes missing or doubled."""

import re
from urllib.parse import urlsplit

from django.http import HttpResponsePermanentRedirect
from django.urls import ResolverMatch, is_valid_path, resolve, reverse
from django.urls.exceptions import Resolver404
from django.utils.encoding import escape_uri_path

from claims.http.i18n import split_language, urlconf_with_prefix

# What others hang on to an address to see where readers come from: name (as far as *)
# and whose it is. None of these can be a filter here; all else unknown is refused.
TRACKING = {
    "utm_*": "campaigns, by the names of Google Analytics",
    "mtm_*": "campaigns, by the names of Matomo",
    "matomo_*": "campaigns, by the names of Matomo",
    "piwik_*": "campaigns, by the former names of Matomo",
    "pk_campaign": "campaigns, by the former names of Matomo",
    "pk_kwd": "campaigns, by the former names of Matomo",
    "mc_*": "Mailchimp: campaign (mc_cid) and recipient (mc_eid)",
    "hsa_*": "HubSpot: an advertisement",
    "_hsenc": "HubSpot: a recipient of mail",
    "_hsmi": "HubSpot: a mail",
    "fbclid": "Facebook: a click",
    "fb_action_ids": "Facebook: an action",
    "fb_action_types": "Facebook: an action",
    "igshid": "Instagram: who shared",
    "igsh": "Instagram: who shared",
    "gclid": "Google Ads: a click",
    "gclsrc": "Google Ads: where a click came from",
    "gbraid": "Google Ads: a click in an app",
    "wbraid": "Google Ads: a click that led to an app",
    "dclid": "Google Display: a click",
    "gad_*": "Google Ads: source and campaign",
    "srsltid": "Google: a result of a search",
    "_ga": "Google Analytics: a reader between two sites",
    "_gl": "Google Analytics: a reader between two sites",
    "msclkid": "Microsoft Advertising: a click",
    "twclid": "X: a click",
    "ttclid": "TikTok: a click",
    "li_fat_id": "LinkedIn: a click",
    "epik": "Pinterest: a click",
    "rdt_cid": "Reddit: a click",
    "sccid": "Snapchat: a click",
    "yclid": "Yandex: a click",
    "ysclid": "Yandex: a result of a search",
    "_openstat": "Yandex: an advertisement",
    "mkt_tok": "Marketo: a recipient of mail",
    "vero_id": "Vero: a recipient of mail",
    "wickedid": "Wicked Reports: a click",
    "oly_anon_id": "Omeda: a reader",
    "oly_enc_id": "Omeda: a reader",
    "s_cid": "Adobe Analytics: a campaign",
    "s_kwcid": "Adobe Advertising: a word searched for",
    "cmpid": "campaigns of many newsrooms",
    "ref": "who links here",
    "ref_src": "X: who links here",
    "ref_url": "X: who links here",
}
_NAMES = frozenset(name for name in TRACKING if name[-1] != "*")
_BEGINNINGS = tuple(name[:-1] for name in TRACKING if name[-1] == "*")
_SLASHES = re.compile("/{2,}")


def without_tracking(query_string: str) -> str:
    """Return a query string without tracking parameters, all else as it was.

    >>> without_tracking("q=ferry&fbclid=1&utm_source=x")
    'q=ferry'
    """
    kept = [part for part in query_string.split("&") if not _is_tracking(part)]
    return "&".join(kept)


def _is_tracking(part):
    name = part.partition("=")[0].lower()
    return name in _NAMES or name.startswith(_BEGINNINGS)


def forgiving_addresses(get_response):
    """Pass over tracking parameters; redirect where only slashes are wrong."""

    def middleware(request):
        if request.path.startswith(reverse("admin:index")):
            return get_response(request)
        query_string = request.META.get("QUERY_STRING", "")
        # Nothing has asked for request.GET yet.
        request.META["QUERY_STRING"] = without_tracking(query_string)
        response = get_response(request)
        if response.status_code == 404 and request.method in ("GET", "HEAD"):
            path = path_of_page(request.path)
            if path and path != request.path:
                response = HttpResponsePermanentRedirect(escape_uri_path(path))
        if response.status_code == 301 and (asked := request.META["QUERY_STRING"]):
            # A page that moved is asked the same.
            location = urlsplit(response.headers["Location"])
            if not location.query:
                response.headers["Location"] = location._replace(query=asked).geturl()
        return response

    return middleware


def path_of_page(path: str) -> str:
    """Return the path that answers, should slashes be missing or too many, or ""."""
    single = _SLASHES.sub("/", path)
    code = split_language(single)[0]
    urlconf = urlconf_with_prefix(code) if code else None
    for known in (single, single.rstrip("/"), f"{single.rstrip('/')}/"):
        if known and is_valid_path(known, urlconf):
            return known
    return ""


def page_at(address: str, hosts: set[str]) -> ResolverMatch | None:
    """Return which page of this site an address leads to, redirects included."""
    try:
        parts = urlsplit(address)
        if parts.netloc not in hosts:
            return None
        return resolve(split_language(path_of_page(parts.path))[1])
    except (ValueError, Resolver404):
        return None
