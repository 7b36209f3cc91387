"""Twice the text takes about twice the time, whatever the text is made of."""

import gc
import time

import pytest

from claims.attribution import find_attributions, propose
from claims.attribution.languages.en.sentences import sentences_of

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
    "he said, but she said": "he said no, but she said ",
    "with Holt saying": "with Holt saying ",
    "a colon before each paragraph": "Holt said:\n\n",
    "turns of a transcript": "Holt: Why did it fall?\nVik: It fell in May.\n\n",
    "a label at each line": "Ida of Holt and Vik Ida Holt\n",
    "short lines": "Holt said\nno ",
    "as saying": "quoted as saying ",
    "many surnames": "A{0} B{0} said it. He agreed that B{0} left. ",
    "ordinary prose": "The mayor, Ida Holt, said on Monday that rents had risen. "
    "“It is bad,” she added. According to the council, Ankara warned of more.\n\n",
}


def text_of(piece, size):
    if "{0}" in piece:
        # Numbers of one width: with longer ones twice the pieces is more than twice
        # the text.
        numbers = (f"{number:06}" for number in range(size))
        width = len(piece.format("000000"))
        return "".join(piece.format(next(numbers)) for _ in range(size // width))
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


# The worst of other languages: clauses without an end, subjects without a verb.
OTHERS = {
    "de": [
        "„",
        "sagte ",
        "sagte, dass ",
        "laut ",
        "Ida Holt der ",
        "hat will teilte mit, ",
        "Er sei ",
        "Er sagte dies. Sie habe recht. ",
        "„Nein“, sagte Holt, und „Ja“, so Ida Holt, ",
        "Holt: Nein.\n\n",
        "14.32 Uhr: ",
        "Die Bürgermeisterin Ida Holt sagte, die Brücke sei sicher. Er sagte nein.\n\n",
    ],
    "es": [
        "—",
        "dijo que ",
        "según ",
        "y, el lunes, ",
        "según explicó, ",
        "«No —dijo Holt—. Sí», ",
        "—No —dijo Ida Holt—. Sí.\n\n",
        "La alcaldesa, Ida Holt, dijo que no. Añadió que sí. Él negó eso.\n\n",
    ],
    "fr": [
        "«",
        "a dit que ",
        "selon ",
        "d'l'a ",
        ", a dit ",
        "« Non, a dit Ida. Oui ",
        "-t-il ",
        "et le maire d'ajouter ",
        "A{0} B{0} a dit non. Il a dit oui. B{0} a dit « oui ».\n\n",
        "« Non », a dit la maire, Ida Holt. Elle assure que le pont est sûr.\n\n",
    ],
    "it": ["«", "ha ", "ha detto ", "«Sì», ha detto Ida Falco, ", "la sindaca di "],
    "tr": [
        "Ece Kaya ",
        "olduğunu ",
        "söyledi ",
        "dedi, ",
        "açıklamada ",
        "Kaya'nın ",
        "konuşan ",
        "göre ",
        "Kaya: ",
        "“Yol kapalı” diyen Vali Ece Kaya, yolun dar olduğunu belirterek, ",
        "Vali Ece Kaya, yolun dar olduğunu söyledi. “Kapalı” dedi.\n\n",
        "Valilikten yapılan açıklamada yolun kapandığı belirtildi. ",
        "Karasu Belediyesi, “a” dedi. Belediye, “b” dedi. ",
    ],
}


@pytest.mark.parametrize(
    ("language", "piece"),
    [
        pytest.param(language, piece, marks=[pytest.mark.slow] if place % 3 else [])
        for language, pieces in OTHERS.items()
        for place, piece in enumerate(pieces)
    ],
)
def test_time_grows_with_the_text_in_other_languages(language, piece):
    def read(text):
        propose(text, None, (), language)

    assert ratio(read, piece, 12_000, 6) < 3


@pytest.mark.parametrize("name", FAMILIES)
def test_time_grows_with_the_text_and_not_faster(name):
    # A quadratic step would show as 4; the bound leaves room for a busy machine.
    assert ratio(find_attributions, FAMILIES[name], 12_000, 6) < 3


def test_a_quadratic_function_would_be_caught():
    def quadratic(text):
        for at in range(0, len(text), 10):
            text.count("x", at)

    assert ratio(quadratic, "ordinary ", 30_000, 2) > 3


def test_the_garbage_collector_has_nothing_to_look_at_in_a_sentence():
    # It would look again and again at all that is kept of a long text.
    (sentence,) = sentences_of("The mayor said that rents fell.")
    gc.collect()
    kept = (sentence.words, sentence.starts, sentence.ends)
    assert not any(gc.is_tracked(item) for item in kept)


@pytest.mark.long
@pytest.mark.parametrize("function", [find_attributions, propose])
@pytest.mark.parametrize("name", FAMILIES)
def test_time_grows_linearly_up_to_two_million_characters(name, function):
    assert ratio(function, FAMILIES[name], 1_000_000, 3) <= 2.3
