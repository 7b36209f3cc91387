"""Languages of texts: told by script and common words, or left open."""

import time
import unicodedata
from pathlib import Path

import pytest

from claims.text.language import COMMON, SCRIPTS, detect_language

TEXTS = {
    file.stem: file.read_text(encoding="utf-8")
    for file in sorted((Path(__file__).parent / "languages").glob("*.txt"))
}
# Written in Latin letters, so that only the words tell.
BY_WORDS = [code for code in TEXTS if code in COMMON]


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_is_told_by_its_language(code):
    assert detect_language(TEXTS[code]) == code


@pytest.mark.parametrize("code", BY_WORDS)
def test_each_paragraph_alone_is_told_or_left_open(code):
    paragraphs = TEXTS[code].strip().split("\n\n")
    found = [detect_language(paragraph) for paragraph in paragraphs]
    assert set(found) <= {code, None}
    assert found.count(code) >= len(paragraphs) - 1


@pytest.mark.parametrize("code", BY_WORDS)
def test_a_text_in_capitals_and_in_decomposed_letters_is_told_as_well(code):
    assert detect_language(unicodedata.normalize("NFD", TEXTS[code])) == code
    if code != "tr":  # whose İ and ı no program can bring back from capitals
        assert detect_language(TEXTS[code].upper()) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345 67,8 %",
        "Ferry runs",
        # Names, which are the same everywhere.
        "Ida Falk, Bo Ask, Norrvik, Sellen, Harbour Post, Radio Norrvik, Una Marlow.",
        # Half and half: nobody can say which one it is.
        "The mayor said that it was not for the town to pay. "
        "Die Stadt hat noch nicht gesagt, dass sie das auch will.",
        # One Greek word is no Greek text.
        "Ferry to Σύρος",
        # A language whose words no table holds.
        "Tha an t-aiseag eadar am baile agus an eilean gu bhith a' stad aig deireadh "
        "an t-samhraidh, thuirt an comhairle oidhche Mhàirt.",
    ],
)
def test_what_cannot_be_told_is_left_open(text):
    assert detect_language(text) is None


def test_foreign_names_and_a_foreign_quotation_do_not_turn_the_language():
    names = "Erdoğan, Çağlar, Şimşek, Müller, Søndergård, Łukasz, Núñez and São Paulo. "
    assert detect_language(TEXTS["en"] + names * 3) == "en"
    assert detect_language(TEXTS["en"] + TEXTS["de"].split("\n\n")[1]) == "en"


def test_no_language_stands_in_both_tables_and_no_word_twice():
    scripts = {code for first, others in SCRIPTS.values() for code in (first, *others)}
    assert not scripts & set(COMMON)
    for code, words in COMMON.items():
        assert len(words.split()) == len(set(words.split())), code


def test_the_longest_text_takes_no_longer_than_its_beginning():
    text = TEXTS["fi"] * 1_000
    started = time.process_time()
    assert detect_language(text) == "fi"
    assert time.process_time() - started < 0.5
