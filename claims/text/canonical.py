"""Canonical form of article text (NFC, line ends); finding words in it; its digest.

Offsets are Unicode code points, half-open, as in Python's own slices.
"""

import hashlib
import re
import unicodedata
from html import unescape
from html.entities import html5

from claims.text.visible import has_invisible, visible

# Start and end of a stretch in the text.
Place = tuple[int, int]

MAX_CHARACTERS = 2_000_000
CONTEXT = 32

# Folds that keep one character one character, so that a place in the folded text
# is the same place in the text.
_LOOSE = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"'}
    | {"»": '"', "–": "-", "—": "-", "‑": "-", "‐": "-", "\u00a0": " ", "\n": " "}
    | {"´": "'", "`": "'", "′": "'", "″": '"', "−": "-", "―": "-"}
)
# What stands for one sign where a keyboard has only others: -- for –, ... for ….
# Spaces around them are a matter of taste.
_TYPED = {
    r"\s{0,2}-{1,3}\s{0,2}": re.compile("-{1,3}"),
    r"\s{0,2}(?:…|\.{3})\s{0,2}": re.compile(r"…|\.{3}"),
}

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")

# Double quotation marks, and the single ones they become within double ones.
_DOUBLE = re.compile('[“”„‟"]')
_SINGLE = {"“": "‘", "”": "’", "„": "‚", "‟": "‛"}
_PAIRS = {"“”", "„“", "„”", '""'}


class TextRefused(ValueError):
    """The text cannot be an article's text; the message says why."""


def canonical(text: str) -> str:
    r"""Return the text as it is stored: NFC, one kind of line end, trimmed.

    Blank lines between paragraphs become exactly one. Raise TextRefused for what
    cannot be stored: NUL, lone surrogates, nothing at all, too much.

    >>> canonical("\ufeffOne.\r\n\r\n\r\n  Two. \n")
    'One.\n\nTwo.'
    """
    if "\0" in text:
        raise TextRefused("The text contains a NUL character, which no text has.")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise TextRefused("The text contains half a character (a lone surrogate).")
    text = visible(text)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    blocks = re.split(r"\n[^\S\n]*\n\s*", text.strip())
    body = "\n\n".join(
        "\n".join(line.strip() for line in block.split("\n")) for block in blocks
    )
    if not body:
        raise TextRefused("The text is empty.")
    if len(body) > MAX_CHARACTERS:
        raise TextRefused(
            f"The text has {len(body):,} characters; at most {MAX_CHARACTERS:,} fit."
        )
    return body


def undo_entities(words: str) -> str:
    """Return words with HTML's character references undone, as a copied page has them.

    >>> undo_entities("&ldquo;A &amp; B&rdquo; &copy &nothing;")
    '“A & B” &copy &nothing;'
    """
    return _ENTITY.sub(_undone, words)


def _undone(reference: re.Match[str]) -> str:
    whole: str = reference[0]
    is_known = whole[1] == "#" or whole[1:] in html5
    # A name of no character stays: unescape() would undo its beginning.
    return unescape(whole) if is_known else whole


def visible_text(words: str) -> str:
    """Return words trimmed; nothing where a reader would see nothing in them.

    >>> visible_text(" Nobody else is here. "), visible_text("\\u200b .")
    ('Nobody else is here.', '')
    """
    return words.strip() if any(map(str.isalnum, words)) else ""


def digest(body: str) -> str:
    """Return the SHA-256 of a body's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(body.encode()).hexdigest()


def paragraphs(body: str) -> list[Place]:
    r"""Return (start, end) of each paragraph of a canonical body, in order.

    >>> paragraphs("One.\n\nTwo.")
    [(0, 4), (6, 10)]
    """
    places, start = [], 0
    for block in body.split("\n\n"):
        places.append((start, start + len(block)))
        start += len(block) + 2
    return places


def occurrences(body: str, words: str) -> list[Place]:
    """Return (start, end) of each place where the words stand in the body.

    The exact words first; only where they do not occur at all, the words with
    other quotation marks, dashes, ellipses, line breaks or letter case.

    >>> occurrences("He said “no”. No!", 'said "no"')
    [(3, 12)]
    >>> occurrences("It’s – he said – over…", "it´s -- he said -- over...")
    [(0, 22)]
    >>> occurrences("It’s – he said – over…", "said—over ...")
    [(10, 22)]
    """
    words = unicodedata.normalize("NFC", words).strip()
    if not words:
        return []
    found = starts_of(body, words)
    if not found and has_invisible(words):
        # Articles are stored without them.
        words = visible(words).strip()
        if not words:
            return []
        found = starts_of(body, words)
    if found:
        return [(start, start + len(words)) for start in found]
    body, words = body.translate(_LOOSE), words.translate(_LOOSE)
    words = re.sub(r"\s?(-{1,3}|…|\.{3})\s?", r"\1", re.sub(r"\s+", " ", words))
    pattern = r"\s{1,2}".join(map(_loose_pattern, words.split(" ")))
    return [
        _without_blanks(body, *match.span())
        for match in re.finditer(pattern, body, re.IGNORECASE)
    ]


def _without_blanks(body: str, start: int, end: int) -> Place:
    """Return a place without the blanks at its ends."""
    found = body[start:end]
    return start + len(found) - len(found.lstrip()), end - len(found) + len(
        found.rstrip()
    )


def _loose_pattern(word: str) -> str:
    """Return the pattern of a folded word in which a sign may be typed otherwise."""
    pieces = re.split(r"(-{1,3}|…|\.{3})", word)
    return "".join(
        next((typed for typed, sign in _TYPED.items() if sign.fullmatch(piece)), None)
        or re.escape(piece)
        for piece in pieces
    )


def starts_of(body: str, words: str) -> list[int]:
    """Return where exactly these words begin, each time they stand in the body.

    >>> starts_of("aXaXa", "aXa")
    [0, 2]
    """
    starts, start = [], body.find(words)
    while start >= 0:
        starts.append(start)
        start = body.find(words, start + 1)
    return starts


def context(body: str, start: int, end: int) -> tuple[str, str]:
    """Return the 32 characters before and the 32 after a place in the body."""
    return body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT]


def within_quotes(words: str) -> str:
    """Return the words as they read inside double quotation marks: their own single.

    Marks that hold all of the words fall away, for they would say the same twice.
    For reading only: what is stored, and what is told as data, keeps its own marks.

    >>> within_quotes("“The light”, he said, “was out.”")
    '‘The light’, he said, ‘was out.’'
    >>> within_quotes('She said "no" ("never").')
    'She said ‘no’ (‘never’).'
    >>> within_quotes("“The light was out.”")
    'The light was out.'
    """

    def single(match: re.Match[str]) -> str:
        mark, before = match.group(), words[: match.start()][-1:]
        if mark != '"':
            return _SINGLE[mark]
        return "‘" if not before or before.isspace() or before in "([{-–—/" else "’"

    inner = words[1:-1]
    if inner and words[0] + words[-1] in _PAIRS and not _DOUBLE.search(inner):
        return inner
    return _DOUBLE.sub(single, words)
