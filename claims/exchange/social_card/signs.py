"""The signs of verdicts as shapes: the fonts of a card have neither ✓ nor ✗."""

from __future__ import annotations

from PIL import Image, ImageDraw

from claims.exchange.social_card.fonts import SANS, font_for

# Drawn larger and made small again, so that slanting lines have no steps.
SCALE = 4
# Lines in a square of 100, each a row of points; a circle where it says so.
CHECK = [[(12, 54), (40, 82), (88, 20)]]
CROSS = [[(18, 18), (82, 82)], [(82, 18), (18, 82)]]
DIAMOND = [[(50, 8), (92, 50), (50, 92), (8, 50), (50, 8), (92, 50)]]
DASH = [[(16, 50), (84, 50)]]
# One and a half waves, so wide that they can be told from a dash.
TILDE = [
    [(8, 60), (16, 46), (28, 40), (42, 46), (58, 56), (72, 62), (84, 56), (92, 42)]
]
PLUS_MINUS = [[(50, 8), (50, 68)], [(20, 38), (80, 38)], [(20, 90), (80, 90)]]
CIRCLE = "circle"
SHAPES: dict[str, list] = {
    "✓": CHECK,
    "✔": CHECK,
    "✗": CROSS,
    "✘": CROSS,
    "✕": CROSS,
    "✖": CROSS,
    "◇": DIAMOND,
    "◆": DIAMOND,
    "~": TILDE,
    "–": DASH,
    "−": DASH,
    "-": DASH,
    "±": PLUS_MINUS,
    "○": [CIRCLE],
    "◯": [CIRCLE],
    "●": [CIRCLE],
    "⊘": [CIRCLE, [(24, 76), (76, 24)]],
}
# For a sign that is neither a shape nor in a font: a dot.
DOT = [[(50, 50), (50, 50)]]


def sign_mask(sign: str, size: int) -> Image.Image:
    """Return a mask of a sign's characters side by side, so many pixels high."""
    parts = [_character(character, size) for character in sign if character.strip()]
    parts = parts or [_shape(DOT, size)]
    gap = size // 10
    width = sum(part.width for part in parts) + gap * (len(parts) - 1)
    mask, x = Image.new("L", (width, size)), 0
    for part in parts:
        mask.paste(part, (x, 0))
        x += part.width + gap
    return mask


def _character(character: str, size: int) -> Image.Image:
    if character in SHAPES:
        return _shape(SHAPES[character], size)
    font = font_for(character, SANS, size)
    if font is None:
        return _shape(DOT, size)
    left, top, right, bottom = font.getbbox(character)
    mask = Image.new("L", (round(right - left), size))
    place = (-left, (size - (bottom - top)) / 2 - top)
    ImageDraw.Draw(mask).text(place, character, fill=255, font=font)
    return mask


def _shape(lines: list, size: int) -> Image.Image:
    large = size * SCALE
    mask = Image.new("L", (large, large))
    draw = ImageDraw.Draw(mask)
    unit, pen = large / 100, round(large * 0.15)
    for line in lines:
        if line == CIRCLE:
            box = (10 * unit, 10 * unit, 90 * unit, 90 * unit)
            draw.ellipse(box, outline=255, width=pen)
            continue
        points = [(x * unit, y * unit) for x, y in line]
        draw.line(points, fill=255, width=pen, joint="curve")
        for x, y in (points[0], points[-1]):
            half = pen / 2
            draw.ellipse((x - half, y - half, x + half, y + half), fill=255)
    return mask.resize((size, size), Image.Resampling.LANCZOS)
