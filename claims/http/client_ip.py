"""Where a request comes from, for what may be done only so often from one place."""

import ipaddress

from django.conf import settings


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
