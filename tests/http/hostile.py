"""Requests as somebody writes them who wants to break the site, any number of them.

Each is made of what the site does answer (its routes, names of parameters, keys of
rows) and of what it cannot expect there.
"""

import random
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import quote_from_bytes, unquote_to_bytes

from django.urls import URLResolver, get_resolver

DESK = "admin/"
LONGEST = 8_190  # The longest request line that nginx lets through.
NUMBERS = [
    *(b"0", b"-1", b"-0", b"1.5", b"1e9", b"0x10", b"00000000001", b"1_000", b"+1"),
    *(b"2147483647", b"2147483648", b"9223372036854775807", b"9223372036854775808"),
    *(b"9" * 25, b"9" * 5_000, b"NaN", b"Infinity", b"%D9%A3", b"%EF%BC%91", b"%C2%B2"),
]
DAYS = [
    *(b"2024-02-30", b"2024-02-29", b"2023-02-29", b"0000-01-01", b"0001-01-01"),
    *(b"9999-12-31", b"10000-01-01", b"2024-13-01", b"-0001-01-01", b"2024", b"epoch"),
    *(b"today", b"infinity", b"-infinity", b"2024-W05", b"1.2.2024", b"2024-1-1"),
    *(b"2024-01-01T00:00:00Z", b"2024-01-01T25:61:61.123456789%2B99:99", b"24:00"),
]
CURSORS = [
    *(b"~", b"~~", b"~1", b"1~", b"2026-05-04~1", b"2026-05-04~-1", b"~NaN"),
    *(b"2026-05-04T00:00:00.000000Z~1", b"0001-01-01~1", b"9999-12-31~" + b"9" * 30),
    *(b"0001-01-01T00:00:00.000000Z~1", b"9999-12-31T23:59:59.999999Z~1", b"%00~1"),
]
PIECES = [
    # What is not UTF-8, or stands for no character: halves, overlong forms, surrogates.
    *(b"%ff", b"%fe%ff", b"%80", b"%c3", b"%c0%af", b"%e0%80%af", b"%c1%9c", b"%bf"),
    *(b"%ed%a0%80", b"%ed%b0%80", b"%ed%a0%bd%ed%b8%80", b"%f4%90%80%80", b"%f8%88"),
    *(b"\xff", b"\xc3\xa9", b"\xed\xa0\x80", b"%EF%BF%BF", b"%EF%BF%BE", b"%EF%BF%BD"),
    # Controls, line ends, and what turns writing around or cannot be seen.
    *(b"%00", b"%0d%0aX-Made: 1", b"%0a", b"%09", b"%1b[31m", b"%7f", b"%c2%85"),
    *(b"%e2%80%ae", b"%e2%81%a6", b"%e2%80%8b", b"%c2%ad", b"%e2%80%a8", b"%f3%a0%81"),
    # Paths, and other sites.
    *(
        b"/",
        b"//",
        b"///",
        b"..",
        b"../",
        b"%2e%2e%2f",
        b"%2f",
        b"%5c",
        b"\\",
        b"%5c..",
    ),
    *(b"//evil.example/", b"/\\evil.example", b"http://evil.example", b"@evil.example"),
    *(b"%252e%252e%252f", b"%2500", b".json", b".csv", b"~", b".git/config", b"/tr/"),
    # What parts a query, and percent signs that begin nothing.
    *(b"?", b"&", b"=", b";", b"#", b"%23", b"%26", b"%3d", b"%3f", b"+", b"%20"),
    *(b"%", b"%%", b"%z", b"%u0041", b"%2", b"%s", b"%(x)s", b"%25s", b"[]", b"[0]"),
    # What is a sign to another program.
    *(b"'", b"''", b"'--", b"%22", b"`", b"$$", b"{{7*7}}", b"${7*7}", b"<script>"),
    *(b"{", b"}", b"(", b")", b"(" * 400, b"[" * 400, b"*", b"|", b"^", b"javascript:"),
    # Words that a search takes for its own.
    *(b"OR", b"-", b"-" * 200, b"%22a+b", b"<->", b":*", b"%26%26", b"!a", b"%7c%7c"),
    # Letters that are counted, folded or joined otherwise than they look.
    *(b"%c4%b0", b"%c4%b1", b"%c3%9f", b"i%cc%87", b"%ef%ac%81", b"%f0%9f%98%80"),
    *(b"a%cc%81" * 300, b"%e1%84%80" * 300, b"%d7%94", b"%e0%b8%81", b"%e6%9d%b1"),
    *(b"a", b"z" * 300, b"A" * 4_000, b"a+" * 200, b"none", b"None", b"null", b"true"),
]
NAMES = [
    *(b"after", b"before", b"order", b"page", b"fields", b"since", b"lines", b"text"),
    *(b"claim", b"url", b"format", b"maxwidth", b"maxheight", b"list", b"token", b"q"),
    *(b"next", b"utm_x", b"ref", b"", b"_method", b"language", b"speaker[]", b"%00"),
    *(b"_popup", b"o", b"e", b"p", b"all", b"_facets", b"id__in", b"pk__gt", b"q__in"),
]
METHODS = [
    *(["HEAD"] * 6 + ["POST"] * 6 + ["OPTIONS"] * 2),
    *("PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "G\xcbT"),
]
HEADERS = [
    *("HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_IF_NONE_MATCH", "HTTP_RANGE"),
    *("HTTP_IF_MODIFIED_SINCE", "HTTP_COOKIE", "HTTP_X_FORWARDED_FOR", "HTTP_ORIGIN"),
    *("HTTP_REFERER", "HTTP_X_REQUESTED_WITH", "HTTP_IF_MATCH", "HTTP_HOST"),
    *("HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE", "HTTP_SEC_FETCH_SITE"),
    *("HTTP_X_FORWARDED_PROTO", "HTTP_X_CSRFTOKEN", "HTTP_X_HTTP_METHOD_OVERRIDE"),
]
MEDIA_TYPES = [
    *("application/json", "application/x-www-form-urlencoded", "text/plain", ""),
    *("multipart/form-data; boundary=x", "multipart/form-data", "application/json; c"),
    *("application/json; charset=utf-7", "text/html; charset=nothing", "\xff/\xfe"),
]
BODIES = [
    *(b"", b"{}", b"[]", b"null", b'{"text": 1}', b'{"text": "\\ud800"}', b"{" * 9_000),
    *(b"[" * 9_000, b"--x\r\n\r\n--x--", b"--x\r\nContent-Disposition: form-data;"),
    *(
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": []}',
        b"\xff\x00",
    ),
    b'{"jsonrpc": "2.0", "id": [], "method": "tools/call", "params": {"name": []}}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name":'
    b' "search_claims", "arguments": {"q": 1, "rating": {}, "speaker": null}}}',
]


def routes(resolver=None, before=""):
    """Return all routes of the site, with placeholders as they stand in URLconfs."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = f"{before}{pattern.pattern}"
        nested = isinstance(pattern, URLResolver)
        found += routes(pattern, route) if nested else [route]
    return found


@dataclass
class Request:
    """What goes to a WSGI application: the target as the request line has it."""

    method: str
    target: bytes
    headers: dict = field(default_factory=dict)
    body: bytes = b""

    def environ(self):
        """Return what gunicorn makes of it (PEP 3333)."""
        path, _mark, query = self.target.partition(b"#")[0].partition(b"?")
        return {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
            "RAW_URI": self.target.decode("latin-1"),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "testserver",
            "CONTENT_LENGTH": str(len(self.body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(self.body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **self.headers,
        }


class Writer:
    """Writes one request after another, the same ones from the same seed."""

    def __init__(self, seed, keys, slugs, parameters):
        """Take keys and slugs of what the site has, and the names of its filters."""
        self.chance = random.Random(seed)
        self.keys = [str(key).encode() for key in keys]
        self.slugs = [slug.encode() for slug in slugs]
        self.words = [*self.keys, *self.slugs]
        self.parameters = [*(name.encode() for name in parameters), *NAMES]
        every = routes()
        self.desk = [route for route in every if route.startswith(DESK)]
        self.public = [route for route in every if not route.startswith(DESK)]

    def requests(self, number):
        """Yield so many requests."""
        for _each in range(number):
            yield self.request()

    def request(self):
        chance = self.chance
        target = self._path()
        if chance.random() < 0.7:
            target += b"?" + self._query()
        # A web server cuts a request line at a blank or a line end.
        for cut in b" \t\r\n":
            target = target.replace(bytes([cut]), b"+")
        made = Request("GET", target[:LONGEST])
        if chance.random() < 0.2:
            made.method = chance.choice(METHODS)
        if made.method not in ("GET", "HEAD"):
            made.body = chance.choice([*BODIES, self._query()])
            made.headers["CONTENT_TYPE"] = chance.choice(MEDIA_TYPES)
        if chance.random() < 0.2:
            value = unquote_to_bytes(self._value())[:LONGEST].decode("latin-1")
            # A web server refuses these within a header.
            value = value.translate({0: None, 10: None, 13: None})
            made.headers[chance.choice(HEADERS)] = value
        return made

    def _path(self):
        chance, kind = self.chance, self.chance.random()
        if kind < 0.05:
            return b"/" + b"".join(chance.choices(PIECES, k=chance.randint(1, 6)))
        # Whoever is not signed in is told little by the desk, and always the same.
        path = "/" + chance.choice(self.desk if kind > 0.85 else self.public)
        while (begin := path.find("<")) >= 0 and (end := path.find(">", begin)) >= 0:
            value = self._value(number="int:" in path[begin:end])
            path = path[:begin] + value.decode("latin-1") + path[end + 1 :]
        raw = path.encode("latin-1", "replace")
        if kind < 0.2:
            raw = self._spoilt(raw)
        language = chance.choice([b"/tr", b"/de", b"/en", b"/xx"])
        return language + raw if 0.7 < kind < 0.85 else raw

    def _query(self):
        chance = self.chance
        # Mostly few parameters, now and then more than any form has.
        count = 2_500 if chance.random() < 0.002 else chance.choice([1, 1, 1, 2, 3, 5])
        if count > 5:
            return b"&".join([chance.choice(self.parameters) + b"=1"] * count)
        pairs = []
        for _each in range(count):
            name = chance.choice(self.parameters)
            pairs.append(b"%s=%s" % (name, self._value()))
            if chance.random() < 0.15:
                pairs.append(b"%s=%s" % (name, self._value()))
        query = b"&".join(pairs)
        return self._spoilt(query) if chance.random() < 0.1 else query

    def _value(self, number=False):
        chance, kind = self.chance, self.chance.random()
        if number and kind < 0.6:
            return chance.choice(self.keys)
        if kind < 0.35:
            return chance.choice(self.slugs)
        if number or kind < 0.45:
            return chance.choice(NUMBERS)
        if kind < 0.52:
            return chance.choice(DAYS)
        if kind < 0.58:
            return chance.choice(CURSORS)
        if kind < 0.62:
            return quote_from_bytes(chance.randbytes(chance.randint(1, 40))).encode()
        if kind < 0.7:
            return self._spoilt(chance.choice([*self.words, *DAYS, *CURSORS]))
        return b"".join(chance.choices(PIECES, k=chance.choice([1, 1, 2, 3, 8])))

    def _spoilt(self, raw):
        """Return it with something put in, taken out or said twice."""
        place = self.chance.randint(0, len(raw))
        put_in = self.chance.choice([*PIECES, raw[:40], b""])
        return raw[:place] + put_in + raw[place + self.chance.randint(0, 2) :]
