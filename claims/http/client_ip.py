"""The client's IP address behind a proxy, and the network that rate limits count."""

import ipaddress

from django.conf import settings


def client_ip(request):
    """Return the client's IP address; X-Forwarded-For counts only behind a proxy."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if forwarded and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        # The last one is what the proxy itself saw; the others anybody can write.
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


def client_network(address):
    """Return the network that stands for one client: an IPv4 address, an IPv6 /64.

    One person has many addresses in an IPv6 network.

    >>> client_network("192.0.2.1"), client_network("::ffff:192.0.2.1")
    ('192.0.2.1/32', '192.0.2.1/32')
    >>> client_network("2001:db8::7"), client_network("")
    ('2001:db8::/64', 'unknown')
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    # A server that listens on both kinds shows all of IPv4 inside one IPv6 network.
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    wide = 32 if parsed.version == 4 else 64
    return str(ipaddress.ip_network((parsed, wide), strict=False))
