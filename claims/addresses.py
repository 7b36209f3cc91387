"""Addresses: absolute ones of this site, and the network ones of who asks."""

import ipaddress

from django.conf import settings
from django.http import HttpResponsePermanentRedirect

from claims.languages import split_language


def absolute(request):
    """Return the function that turns a path of this site into an absolute address.

    A page has one address, whatever language a reader chose to see it in.
    """
    site = settings.FACTCHECK["URL"] or f"{request.scheme}://{request.get_host()}"
    return lambda path: f"{site}{split_language(path)[1]}"


def moved(path):
    """Return the redirect to the one address of a page whose words have changed."""
    return HttpResponsePermanentRedirect(path)


def address_of(request):
    """Return the network address of who asks, as the desk's own proxy passes it on."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if forwarded and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        # The last one is what the proxy itself saw; the others anybody can write.
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


def network_of(address):
    """Return what of a network address stands for one person or household.

    Of an IPv6 address that is the network, of which one person has many hosts.

    >>> network_of("192.0.2.1"), network_of("::ffff:192.0.2.1"), network_of("")
    ('192.0.2.1/32', '192.0.2.1/32', 'unknown')
    >>> network_of("2001:db8::7")
    '2001:db8::/64'
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    # A server that listens on both kinds shows all of IPv4 inside one IPv6 network.
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    wide = 32 if parsed.version == 4 else 64
    return str(ipaddress.ip_network((parsed, wide), strict=False))
