"""Every ink can be read on every ground, by day and by night (WCAG AAA: 7 to 1)."""

import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "claims" / "static" / "claims" / "css"
GROUNDS = ["paper", "surface", "wash"]
VERDICTS = [
    "verdict-true",
    "verdict-mostly-true",
    "verdict-mixed",
    "verdict-mostly-false",
    "verdict-false",
    "verdict-unrated",
    "verdict-none",
]
INKS = ["ink", "ink-soft", "ink-faint", "accent", *VERDICTS]


def tokens():
    """Return the colours of each scheme by token: light, dark, print."""
    sheet = (CSS / "tokens.css").read_text()
    named = (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part))
        for part in re.split(r"@media [^{]+{", sheet)
    )
    # What suits a finger names no colour.
    light, dark, paper = filter(None, named)
    return {"light": light, "dark": light | dark, "print": light | paper}


SCHEMES = tokens()


def channels(colour):
    return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def luminance(colour):
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in channels(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast of two colours, as WCAG 2 defines it.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(colour, ground, share):
    parts = zip(channels(colour), channels(ground), strict=True)
    return "#" + "".join(
        f"{round(255 * (a * share + b * (1 - share))):02x}" for a, b in parts
    )


def test_contrast_is_reckoned_rightly():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert mixed("#000000", "#ffffff", 0.1) == "#e6e6e6"


@pytest.mark.parametrize(("scheme", "ground"), list(product(SCHEMES, GROUNDS)))
def test_every_ink_can_be_read_on_every_ground(scheme, ground):
    colours = SCHEMES[scheme]
    ratios = {ink: contrast(colours[ink], colours[ground]) for ink in INKS}
    assert {ink: ratio for ink, ratio in ratios.items() if ratio < 7} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_verdict_can_be_read_on_its_own_tint_and_words_on_a_mark(scheme):
    colours = SCHEMES[scheme]
    for verdict in VERDICTS:
        tint = mixed(colours[verdict], colours["surface"], 0.10)
        assert contrast(colours[verdict], tint) >= 7, verdict
    assert contrast(colours["ink"], colours["mark"]) >= 7
    assert contrast(colours["accent-ink"], colours["accent"]) >= 7
    # The borders of fields and the focus ring need 3:1.
    for line, ground in product(("line-strong", "focus"), GROUNDS):
        assert contrast(colours[line], colours[ground]) >= 3, (line, ground)


def test_no_other_style_sheet_of_the_public_pages_names_a_colour():
    for name in ("base.css", "list.css"):
        sheet = (CSS / name).read_text()
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", sheet), name


def test_the_dark_colours_are_one_list_whoever_chose_them():
    dark, _print = (CSS / "tokens.css").read_text().split("@media print")
    system, switch = dark.split(':root[data-theme="dark"]')
    system = system.split('[data-theme="light"])')[1]
    assert re.findall(r"--[a-z-]+: #\w+;", system) == re.findall(
        r"--[a-z-]+: #\w+;", switch
    )


def test_the_frame_of_the_desk_names_no_colour_of_its_own():
    sheet = (CSS / "frame.css").read_text()
    named = re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,) ])|hsl\(|rgb\([^)]*\)", sheet)
    # Shadows are no colours of anything.
    assert [each for each in named if not each.startswith("rgb(0 0 0")] == []
