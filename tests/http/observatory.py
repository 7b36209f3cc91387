"""How MDN's HTTP Observatory scores an answer, after its published table of modifiers.

https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring
"""

import re

BASE, GOOD = 100, 90
HALF_A_YEAR = 15_768_000
STRICT = {"no-referrer", "same-origin", "strict-origin"}
STRICT |= {"strict-origin-when-cross-origin"}
ORIGINS = {"same-origin": 10, "same-site": 0, "cross-origin": -20, "": 0}
SCRIPT = re.compile(r"<script\b[^>]*\bsrc=\"([^\"]*)\"")


def score(response, session_cookie):
    """Return the score of an answer over TLS, and its modifiers by subject."""
    headers = response.headers
    given = {
        "csp": csp(headers.get("Content-Security-Policy", "")),
        "cookies": cookies(response.cookies.values(), session_cookie),
        "hsts": hsts(headers.get("Strict-Transport-Security", "")),
        "referrer": referrer(headers.get("Referrer-Policy")),
        "sniffing": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "frames": frames(headers),
        "corp": ORIGINS.get(headers.get("Cross-Origin-Resource-Policy", ""), -20),
        "scripts": scripts(response),
    }
    lost = BASE + sum(points for points in given.values() if points < 0)
    won = sum(points for points in given.values() if points > 0)
    return lost + (won if lost >= GOOD else 0), given


def directives(policy):
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: set(sources) for name, *sources in parts}


def csp(policy):
    rules = directives(policy)
    if not rules:
        return -25
    default = rules.get("default-src", {"*"})
    code = rules.get("script-src", default) | rules.get("object-src", default)
    if code & {"'unsafe-inline'", "data:", "https:", "http:", "*"}:
        return -20
    if "'unsafe-eval'" in code:
        return -10
    if any("http:" in source for sources in rules.values() for source in sources):
        return -20
    if rules.get("style-src", default) & {"'unsafe-inline'", "data:", "https:", "*"}:
        return 0
    return 10 if default == {"'none'"} else 5


def cookies(sent, session_cookie):
    points = [0]
    for cookie in sent:
        is_session = cookie.key == session_cookie
        if not cookie["secure"]:
            points.append(-40 if is_session else -20)
        if is_session and not cookie["httponly"]:
            points.append(-30)
        if cookie["samesite"] not in ("Strict", "Lax"):
            points.append(-20)
    return min(points) or (5 if len(points) == 1 and sent else 0)


def hsts(policy):
    age = re.search(r"max-age=(\d+)", policy)
    if not age:
        return -20
    return 0 if int(age[1]) >= HALF_A_YEAR else -10


def referrer(policy):
    if policy is None:
        return 0
    return 5 if policy in STRICT else -5


def frames(headers):
    rules = directives(headers.get("Content-Security-Policy", ""))
    if rules.get("frame-ancestors", {"*"}) <= {"'none'", "'self'"}:
        return 5
    return 0 if headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def scripts(response):
    """Ours all come from the site itself: those of others would need a digest."""
    if response.streaming or "html" not in response.headers.get("Content-Type", ""):
        return 0
    found = SCRIPT.findall(response.content.decode())
    return -50 if [each for each in found if not re.match(r"/(?!/)", each)] else 0
