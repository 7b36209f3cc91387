"""Twice the text takes about twice the time, whatever the text is made of."""

import time

import pytest

from claims.attribution import find_attributions, propose

FAMILIES = {
    "straight quotation marks": '"',
    "opening quotation marks": "“",
    "single marks": "'a ",
    "mixed marks": "“a \"b ''c ‘d ",
    "one endless sentence": "the mayor and the council of the town with the plan ",
    "said said said": "said ",
    "he said that he said that": "he said that ",
    "brackets": "(",
    "nested brackets with words": "(the mayor said (",
    "capitals": "THE MAYOR SAID NO ",
    "names": "Ida Holt ",
    "one long word": "a",
    "commas": "Holt, a, ",
    "as as as": "he said as as as “q” ",
    "blank lines": "\n\n",
    "paragraphs of quotations": "“Yes.”\n\n",
    "unclosed quotation in each paragraph": "“Yes\n\n",
    "according to": "according to ",
    "his claim of": "his claim of ",
    "many surnames": "A{0} B{0} said it. He agreed that B{0} left. ",
    "ordinary prose": "The mayor, Ida Holt, said on Monday that rents had risen. "
    "“It is bad,” she added. According to the council, Ankara warned of more.\n\n",
}


def text_of(piece, size):
    if "{0}" in piece:
        count = size // len(piece)
        return "".join(piece.format(number) for number in range(count))
    # Whole pieces, so that a mark at the end does not change what the text is.
    return piece * (size // len(piece))


def seconds(function, text, runs):
    best = float("inf")
    for _ in range(runs):
        began = time.process_time()
        function(text)
        best = min(best, time.process_time() - began)
    return best


def ratio(function, piece, size, runs):
    """Return how much longer twice the text takes; the best of a few tries."""
    best = float("inf")
    for _ in range(runs):
        small = seconds(function, text_of(piece, size), 2)
        large = seconds(function, text_of(piece, 2 * size), 2)
        best = min(best, large / max(small, 1e-6))
        if best <= 2.3:
            break
    return best


@pytest.mark.parametrize("name", FAMILIES)
def test_time_grows_with_the_text_and_not_faster(name):
    # A quadratic step would show as 4; the bound leaves room for a busy machine.
    assert ratio(find_attributions, FAMILIES[name], 12_000, 6) < 3


def test_a_quadratic_function_would_be_caught():
    def quadratic(text):
        for at in range(0, len(text), 10):
            text.count("x", at)

    assert ratio(quadratic, "ordinary ", 60_000, 3) > 3


@pytest.mark.long
@pytest.mark.parametrize("function", [find_attributions, propose])
@pytest.mark.parametrize("name", FAMILIES)
def test_time_grows_linearly_up_to_two_million_characters(name, function):
    assert ratio(function, FAMILIES[name], 1_000_000, 3) <= 2.3
