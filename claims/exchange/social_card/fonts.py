"""Finding a font for a text: one that has every sign of it, or none.

A font has no fallback: what it lacks would be drawn as a box. So the fonts of the
setting CARD_FONTS are asked first, then those in `fonts/` here (Latin, Greek,
Cyrillic), then those that Debian's packages install.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import chain
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

HERE = Path(__file__).parent / "fonts"
SERIF, SANS = "serif", "sans"
OWN = {SERIF: HERE / "NotoSerif-Bold.ttf", SANS: HERE / "NotoSans-SemiBold.ttf"}
# Where fonts-noto-core, fonts-noto-cjk, fonts-droid-fallback and fonts-dejavu-core put
# theirs: the first of a kind that has all signs of a text is taken.
FOLDER = Path("/usr/share/fonts")
INSTALLED = (
    "truetype/noto/NotoSans*-Bold.ttf",
    "opentype/noto/NotoSansCJK-Bold.ttc",
    "truetype/droid/DroidSansFallback*.ttf",
    "truetype/dejavu/DejaVuSans-Bold.ttf",
)
# In no font, and never drawn by themselves.
UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
ABSENT = "\U0010fffe"
CHECKED_AT = 24  # pixels


def font_for(text: str, face: str, size: int) -> ImageFont.FreeTypeFont | None:
    """Return a font that has every sign of a text, or None where no font here has."""
    signs = {c for c in text if unicodedata.category(c) not in UNSEEN}
    for path in chain(settings.CARD_FONTS, [str(OWN[face])], installed()):
        if all(has_sign(path, sign) for sign in signs):
            return loaded(path, size)
    return None


@lru_cache(maxsize=1)
def installed() -> list[str]:
    """Return the paths of the fonts that this machine has for other scripts."""
    return [str(path) for pattern in INSTALLED for path in sorted(FOLDER.glob(pattern))]


@lru_cache(maxsize=64)
def loaded(path: str, size: int) -> ImageFont.FreeTypeFont | None:
    """Return a font of a size, or None if its file is none."""
    try:
        return ImageFont.truetype(path, size)
    except OSError:
        return None


@lru_cache(maxsize=20_000)
def has_sign(path: str, sign: str) -> bool:
    """Return whether a font draws a sign, and not the box for what it lacks."""
    return _drawn(path, sign) != _drawn(path, ABSENT)


@lru_cache(maxsize=1_000)
def _drawn(path: str, sign: str) -> tuple[tuple[int, int], bytes] | None:
    try:
        font = ImageFont.truetype(
            path, CHECKED_AT, layout_engine=ImageFont.Layout.BASIC
        )
    except OSError:
        return None
    mask = font.getmask(sign)
    return mask.size, bytes(mask)
