"""Webhooks: signing by Standard Webhooks, and one POST to an address that is public.

The host's name is looked up once and the connection goes to what was found and judged:
a name that changes its address meanwhile (DNS rebinding) leads nowhere else. No
redirect is followed, no proxy asked, and of the answer only its status is read.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from email.message import Message
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from claims.models.fields import without_login

# From the look-up to the status of the answer.
PATIENCE = 15
GONE = 410
# Networks that carry the address of another one inside.
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotDelivered(Exception):
    """A message did not arrive; the text says why.

    `is_gone`: the receiver wants nothing more. `retry_after`: seconds it asked for.
    """

    def __init__(self, why: str, *, is_gone: bool = False, retry_after: int = 0):
        self.is_gone, self.retry_after = is_gone, retry_after
        super().__init__(why)


# --- Signing --------------------------------------------------------------------------


def signed_headers(
    identifier: str, body: bytes, secrets: Iterable[str], *, at: int
) -> dict[str, str]:
    """Return the headers by which a receiver knows who sent a message, and once.

    >>> secret = "whsec_" + base64.b64encode(b"0123456789abcdef" * 2).decode()
    >>> signed_headers("msg_1", b"{}", [secret], at=1767225600)["webhook-signature"]
    'v1,xWGJR5eJlNf7v3UWI+tR8c8+are/ujPbwLcmOxWpZGU='
    """
    signed = f"{identifier}.{at}.".encode() + body
    signatures = (_signature(secret, signed) for secret in secrets)
    return {
        "webhook-id": identifier,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signatures),
    }


def _signature(secret, signed):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


# --- Which addresses ------------------------------------------------------------------


def check_address(url: str, *, may_be_private: bool) -> None:
    """Raise ValidationError where a URL cannot be a webhook's; nothing is looked up."""
    URLValidator(schemes=["http", "https"])(url)
    parts = urlsplit(url)
    without_login(url)
    if may_be_private:
        return
    if parts.scheme != "https":
        raise ValidationError(_("The address must start with https://."))
    try:
        literal = ipaddress.ip_address(parts.hostname or "")
    except ValueError:
        return
    if not is_public(literal):
        raise ValidationError(_("This is an address of a private network."))


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Return whether an address, and one that it carries inside, is on the internet.

    >>> [is_public(ipaddress.ip_address(each)) for each in ("8.8.8.8", "10.0.0.1")]
    [True, False]
    >>> is_public(ipaddress.ip_address("::ffff:127.0.0.1"))
    False
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo:
            inner = address.teredo[1]
        elif address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def look_up(host: str, port: int, *, may_be_private: bool) -> list[str]:
    """Return the IP addresses of a host; raise NotDelivered where one is private."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NotDelivered(_("There is no host of this name.")) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not may_be_private:
        for each in addresses:
            if not is_public(ipaddress.ip_address(each.partition("%")[0])):
                raise NotDelivered(_("The host has an address of a private network."))
    return addresses


# --- Sending --------------------------------------------------------------------------


class PinnedConnection(HTTPConnection):
    """A connection to addresses looked up before; TLS asks for the host's name."""

    def __init__(self, host, port, addresses, deadline, *, tls):
        super().__init__(host, port)
        self.addresses, self.deadline, self.tls = addresses, deadline, tls

    def connect(self):
        self.sock = self.connected()
        if self.tls:
            self.sock = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
        # A time-out of the socket ends one wait; this ends them all.
        left = max(self.deadline - time.monotonic(), 0)
        self.watchdog = threading.Timer(left, _cut, [self.sock])
        self.watchdog.daemon = True
        self.watchdog.start()
        if self.tls:
            self.sock.do_handshake()

    def connected(self):
        """Return a socket to the first address that answers."""
        problem: OSError = TimeoutError()
        for address in self.addresses:
            left = self.deadline - time.monotonic()
            if left <= 0:
                break
            try:
                return socket.create_connection((address, self.port), left)
            except OSError as error:
                problem = error
        raise problem

    def close(self):
        if hasattr(self, "watchdog"):
            self.watchdog.cancel()
        super().close()


def connection_to(
    url: str, deadline: float, *, may_be_private: bool
) -> tuple[PinnedConnection, str]:
    """Return a connection to where a URL leads, not opened yet, and the path there.

    Raises NotDelivered where there is no such host, or it is in a private network.
    """
    parts = urlsplit(url)
    tls = parts.scheme == "https"
    port = parts.port or (443 if tls else 80)
    try:
        host = (parts.hostname or "").encode("idna").decode()
    except UnicodeError:
        raise NotDelivered(_("There is no host of this name.")) from None
    addresses = look_up(host, port, may_be_private=may_be_private)
    connection = PinnedConnection(host, port, addresses, deadline, tls=tls)
    path = iri_to_uri(urlunsplit(("", "", parts.path or "/", parts.query, "")))
    return connection, path


def _cut(sock):
    with suppress(OSError):
        # That of the plain socket: another thread still reads from the one of TLS.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def answer_of(
    request: tuple[str, str, bytes | None, dict[str, str]],
    deadline: float,
    *,
    may_be_private: bool,
) -> tuple[int, Message]:
    """Send a method, address, body and headers; return status and headers answered.

    Raises NotDelivered where no whole answer came before the deadline.
    """
    method, url, body, headers = request
    connection, path = connection_to(url, deadline, may_be_private=may_be_private)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        # What was cut off may look like an answer.
        if time.monotonic() >= deadline:
            raise TimeoutError
        return answer.status, answer.headers
    except ssl.SSLCertVerificationError:
        raise NotDelivered(_("The host's certificate is not valid.")) from None
    except (OSError, HTTPException) as error:
        if time.monotonic() >= deadline:
            raise NotDelivered(_("There was no answer in time.")) from None
        why = _("The connection failed (%(kind)s).") % {"kind": type(error).__name__}
        raise NotDelivered(why) from None
    finally:
        connection.close()


def post(
    url: str,
    body: bytes,
    headers: dict[str, str],
    *,
    may_be_private: bool,
    patience: float = PATIENCE,
) -> None:
    """POST a signed message; return when the receiver took it, else NotDelivered."""
    deadline = time.monotonic() + patience
    try:
        check_address(url, may_be_private=may_be_private)
    except ValidationError as refusal:
        raise NotDelivered(" ".join(refusal.messages)) from None
    sent = {"Content-Type": "application/json", "User-Agent": "factcheck-workbench"}
    status, answered = answer_of(
        ("POST", url, body, sent | headers), deadline, may_be_private=may_be_private
    )
    retry_after = answered.get("Retry-After", "")
    if not 200 <= status < 300:
        raise NotDelivered(
            _("The answer was HTTP %(status)s.") % {"status": status},
            is_gone=status == GONE,
            retry_after=int(retry_after) if retry_after.isdecimal() else 0,
        )
