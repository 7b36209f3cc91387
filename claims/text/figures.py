"""Figures as values: "4.500" is four and a half, or four thousand five hundred."""

from __future__ import annotations

import re

from claims.text.numeral_words import LANGUAGES


def figure_values(figure: str, language: str = "en") -> tuple[float, ...]:
    """Return the values of a figure, none where its signs make no number.

    >>> figure_values("4.500"), figure_values("4.500", "de"), figure_values("4.500", "")
    ((4.5,), (4500.0,), (4.5, 4500.0))
    """
    figure = re.sub("[ \u00a0\u202f'’]", "", figure)
    signs = re.findall("[.,]", figure)
    # "¹" is a digit, but of no number.
    if not re.sub("[.,]", "", figure).isdecimal():
        return ()
    if not signs:
        return (float(figure),)
    groups = re.split("[.,]", figure)
    if len(set(signs)) == 2:
        if signs.count(signs[-1]) > 1 or {len(g) for g in groups[1:-1]} != {3}:
            return ()
        return (float("".join(groups[:-1]) + "." + groups[-1]),)
    thousands = float("".join(groups))
    is_grouped = len(groups[0]) <= 3 and {len(g) for g in groups[1:]} == {3}
    if len(signs) > 1:
        return (thousands,) if is_grouped else ()
    decimal = float(f"{groups[0]}.{groups[1]}")
    if not is_grouped or groups[0] == "0":
        return (decimal,)
    words = LANGUAGES.get(language)
    if words is None:
        return (decimal, thousands)
    return (decimal,) if words.decimal == signs[0] else (thousands,)
