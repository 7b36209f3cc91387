"""Drawing a social card: 1200 by 630 pixels, as PNG."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageColor, ImageDraw, ImageFont, features

from claims.exchange.social_card.card import SocialCard
from claims.exchange.social_card.fonts import SANS, SERIF, font_for
from claims.exchange.social_card.signs import sign_mask

WIDTH, HEIGHT = 1200, 630
MARGIN, BAND, FOOT = 72, 16, 150
INNER = WIDTH - 2 * MARGIN
WORD_SIZES = (64, 58, 52, 46, 40)
LEADING = 1.28
MOST_LINES = 5
TOKENS = Path(__file__).parents[2] / "static" / "claims" / "css" / "tokens.css"
REDACTED = re.compile("█+")
# Words of these scripts have no blanks between them: a line may end anywhere.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def card_png(card: SocialCard) -> bytes:
    """Return the picture; what no font here can write is left out."""
    image = Image.new("RGB", (WIDTH, HEIGHT), colour("paper"))
    draw = ImageDraw.Draw(image)
    tone = colour(f"verdict-{card.tone.replace('_', '-')}")
    draw.rectangle((0, 0, WIDTH, BAND), fill=tone)
    speaker = _line(card.speaker, SANS, 34, INNER)
    if speaker:
        _write(draw, (MARGIN, 58), speaker, colour("ink-soft"))
    place = 118, HEIGHT - FOOT - 24
    if not _paragraph(draw, card.words, *place, colour("ink")):
        # No font here has these letters: the verdict then says all that is said.
        _paragraph(draw, card.label, *place, tone)
    _foot(image, draw, card, tone)
    out = BytesIO()
    # Few colours stand on a card: a palette of them weighs a third.
    palette = image.quantize(128, method=Image.Quantize.FASTOCTREE)
    palette.save(out, "PNG", optimize=True)
    return out.getvalue()


def _foot(image, draw, card: SocialCard, tone) -> None:
    """Draw the verdict: its sign in a pill, its words, the days; the desk's name."""
    top = HEIGHT - FOOT
    draw.rectangle((0, top, WIDTH, HEIGHT), fill=colour("surface"))
    draw.line((0, top, WIDTH, top), fill=colour("line"), width=2)
    sign = sign_mask(card.sign, 44)
    pill = (MARGIN, top + 33, MARGIN + max(84, sign.width + 44), top + 117)
    tint = _mixed(tone, colour("surface"), 0.1)
    draw.rounded_rectangle(pill, 42, fill=tint, outline=tone, width=4)
    middle = (pill[0] + pill[2] - sign.width) // 2
    image.paste(Image.new("RGB", sign.size, tone), (middle, top + 53), sign)
    left = pill[2] + 28
    desk = _line(card.desk, SERIF, 26, 380)
    room = WIDTH - MARGIN - left
    if desk:
        words, font = desk
        width = font.getlength(words)
        _write(draw, (WIDTH - MARGIN - width, top + 32), desk, colour("ink"))
        room -= round(width) + 40
    for label in (_line(card.label, SANS, 44, room), _line(card.label, SANS, 32, room)):
        # A long label in smaller letters, before it is cut.
        if label and not label[0].endswith("…"):
            break
    if label:
        _write(draw, (left, top + 22 + (44 - label[1].size) // 2), label, tone)
    days = _line(card.days, SANS, 24, WIDTH - MARGIN - left)
    if days:
        _write(draw, (left, top + 86), days, colour("ink-faint"))


def _paragraph(draw, words: str, top: int, bottom: int, ink) -> bool:
    """Write a text as large as it goes into a box, cut by words where it must be.

    Return whether there is a font for it.
    """
    words = _writable(words)
    direction = direction_of(words)
    for size in WORD_SIZES:
        found = font_for(words, SERIF, size)
        if found is None:
            return False
        font = found
        step = round(size * LEADING)
        most = min(MOST_LINES, (bottom - top) // step)
        lines = list(wrapped(words, font, INNER))
        if len(lines) <= most:
            break
    if len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines = [*lines[: most - 1], shortened(rest, font, INNER)]
    # Where there is room, what is said stands in the middle of it.
    y = top + max(0, bottom - top - step * len(lines)) // 3
    for line in lines:
        _write(draw, (MARGIN, y), (line, font), ink, direction)
        y += step
    return True


def _line(words: str, face: str, size: int, room: float):
    """Return a text cut to a width with its font, or None if no font has its signs."""
    words = _writable(words)
    font = font_for(words, face, size)
    return None if font is None else (shortened(words, font, room), font)


def _write(draw, place, line, fill, direction: str = "") -> None:
    words, font = line
    direction = direction or direction_of(words)
    shaped = {"direction": direction} if features.check("raqm") else {}
    if direction == "rtl" and place[0] == MARGIN:
        draw.text((WIDTH - MARGIN, place[1]), words, fill, font, anchor="ra", **shaped)
    else:
        draw.text(place, words, fill, font, anchor="la", **shaped)


def wrapped(words: str, font: ImageFont.FreeTypeFont, room: float) -> Iterator[str]:
    """Yield the lines of a text; a word longer than a line is broken where it ends."""
    line = ""
    for word in _pieces(words):
        longer = line + word
        if font.getlength(longer.rstrip()) <= room:
            line = longer
            continue
        if line.strip():
            yield line.strip()
        line = word.lstrip()
        while font.getlength(line.rstrip()) > room:
            end = _fitting(line, font, room)
            yield line[:end]
            line = line[end:]
    if line.strip():
        yield line.strip()


def shortened(words: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """Return a text, or as many of its words as fit with an ellipsis at the end."""
    if font.getlength(words) <= room:
        return words
    pieces = list(_pieces(words))
    while len(pieces) > 1:
        pieces.pop()
        kept = "".join(pieces).rstrip(" ,;:–—-.…") + "…"
        if font.getlength(kept) <= room:
            return kept
    end = _fitting(words, font, room - font.getlength("…"))
    return words[:end].rstrip() + "…"


def direction_of(words: str) -> str:
    """Return the direction of the first letter that has one, as `dir=auto` does."""
    for character in words:
        direction = STRONG.get(unicodedata.bidirectional(character))
        if direction:
            return direction
    return "ltr"


def _pieces(words: str) -> Iterator[str]:
    """Yield what a line may be broken between: words with their blank, or signs."""
    for word in re.findall(r"\s*\S+", words):
        start = 0
        for found in UNSPACED.finditer(word):
            if found.start() > start and not word[start : found.start()].isspace():
                yield word[start : found.start()]
                start = found.start()
            # Marks that end a clause stay on the line of the sign before them.
            if found[0] not in "、。，．）」』】":
                yield word[start : found.end()]
                start = found.end()
        if start < len(word):
            yield word[start:]


def _fitting(words: str, font, room: float) -> int:
    """Return how many characters of a text fit, one at least."""
    end = 1
    while end < len(words) and font.getlength(words[: end + 1]) <= room:
        end += 1
    # A mark above or below a letter stays with it.
    while end > 1 and end < len(words) and unicodedata.combining(words[end]):
        end -= 1
    return end


def _writable(words: str) -> str:
    """Return a text on one line, with words that were taken off the site left out."""
    return " ".join(REDACTED.sub("[…]", unicodedata.normalize("NFC", words)).split())


@lru_cache(maxsize=1)
def _site_colours() -> dict[str, str]:
    found = re.findall(r"--([\w-]+): (#[0-9a-f]+);", TOKENS.read_text("utf-8"))
    # The light ones come first in the file.
    return dict(reversed(found))


def colour(token: str) -> tuple[int, int, int]:
    """Return a colour of the site by its token, the desk's own if it has one."""
    for shade in (settings.FACTCHECK["COLOURS"].get(token), _site_colours()[token]):
        try:
            return ImageColor.getrgb(shade or "")[:3]
        except ValueError:
            # A colour of CSS that Pillow does not know: the site's own.
            continue
    raise KeyError(token)


def _mixed(shade, ground, part: float) -> tuple[int, ...]:
    return tuple(
        round(part * a + (1 - part) * b) for a, b in zip(shade, ground, strict=True)
    )
