"""Each language has its folder and its rules, and each example of a table works."""

import dataclasses
import importlib
from pathlib import Path
from types import ModuleType

import pytest

import claims.attribution.languages
from claims.attribution import (
    LANGUAGES,
    SpeakerIndex,
    find_attributions,
    has_rules,
    open_words,
    propose,
)
from claims.attribution.engine import Language, Tables, rules_from, tables_in
from claims.attribution.engine.tables import TableError
from claims.attribution.languages import rules_for

FOLDER = Path(claims.attribution.languages.__file__).parent


def language_of(code):
    module = importlib.import_module(f"claims.attribution.languages.{code}.rules")
    tables = getattr(module, "TABLES", None)
    return Language.of(tables) if tables else None


TABLED = {code: language_of(code) for code in LANGUAGES if language_of(code)}
EXAMPLES = [
    (code, cue)
    for code, language in TABLED.items()
    for cue in (*language.cues, *language.according)
]


def test_each_folder_is_a_language_and_each_language_has_a_folder():
    folders = {path.name for path in FOLDER.iterdir() if (path / "rules.py").is_file()}
    assert folders == set(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_rules_also_with_a_region(code):
    assert has_rules(code)
    assert has_rules(f"{code}-XX")
    assert rules_for(f"{code}_XX") is rules_for(code)


def test_a_text_in_a_language_without_rules_gives_nothing():
    text = "“Silta on turvallinen”, Ida Holt said."
    assert find_attributions(text, language="en")
    for language in ("fi", "", "x-en", "eng"):
        assert not has_rules(language)
        assert find_attributions(text, language=language) == []
        assert propose(text, language=language) == []


@pytest.mark.parametrize(
    ("code", "cue"), EXAMPLES, ids=[f"{code}-{cue.lemma}" for code, cue in EXAMPLES]
)
def test_the_example_of_a_cue_is_found_by_it(code, cue):
    (found,) = find_attributions(cue.example, language=code)
    assert found.speaker is not None
    words = TABLED[code].lower(found.cue.of(cue.example))
    # "teilte+mit" stands apart, and "d'_après" is one word with its apostrophe.
    forms = [form.rstrip("*").partition("+")[0] for form in cue.forms]
    assert any(form.replace("'_", "'").replace("_", " ") in words for form in forms)


@pytest.mark.parametrize("code", TABLED)
def test_no_cue_is_given_twice(code):
    lemmas = [cue.lemma for cue in (*TABLED[code].cues, *TABLED[code].according)]
    assert len(lemmas) == len(set(lemmas))


@pytest.mark.parametrize("line", ["say | says | z | x", "say | says | q |", "say"])
def test_a_line_of_a_table_that_is_wrong_is_refused(line):
    with pytest.raises(TableError, match="say"):
        rules_from(Tables(code="xx", verbs=line))


VERB = "sar | sa sagt* | {} | Holt sa: “Nei.”"


def found_in(text, letters, **tables):
    rules = rules_from(Tables(code="xx", verbs=VERB.format(letters), **tables))
    return [
        (a.speaker and a.speaker.of(text), a.cue.of(text), a.words(text), a.kind)
        for a in rules.find_attributions(text)
    ]


# Text, letters, further tables, what is found: speaker, cue, words, kind.
TABLE_CASES = [
    ("Holt sa: “Nei.”", "q", {}, ("Holt", "sa", "“Nei.”", "direct")),
    ("Holt sa: “Nei.”", "ftc", {}, None),
    ("“Nei”, sa Holt.", "f", {}, ("Holt", "sa", "“Nei”", "direct")),
    ("“Nei”, sa Holt. “Aldri.”", "f", {}, ("Holt", "sa", "“Nei” “Aldri.”", "direct")),
    ("“Nei”, sa Holt, “aldri.”", "f", {}, ("Holt", "sa", "“Nei” “aldri.”", "direct")),
    (
        "Holt sa at brua er trygg.",
        "t",
        {"complementizers": "at"},
        ("Holt", "sa", "at brua er trygg", "indirect"),
    ),
    (
        "Holt sa at brua er “trygg”.",
        "t",
        {"complementizers": "at"},
        ("Holt", "sa", "at brua er “trygg”", "mixed"),
    ),
    (
        "Brua er trygg, sa Holt.",
        "f",
        {},
        ("Holt", "sa", "Brua er trygg", "indirect"),
    ),
    (
        "Holt sa, brua er helt trygg.",
        "c",
        {},
        ("Holt", "sa", "brua er helt trygg", "indirect"),
    ),
    # a participle without its auxiliary is no cue
    ("Holt sagt: “Nei.”", "q", {"auxiliaries": "har"}, None),
    (
        "Holt har sagt: “Nei.”",
        "q",
        {"auxiliaries": "har"},
        ("Holt", "har sagt", "“Nei.”", "direct"),
    ),
    # verb second: the speaker stands after the cue
    (
        "I mai sa Holt: “Nei.”",
        "q",
        {"prepositions": "i", "verb_second": True},
        ("Holt", "sa", "“Nei.”", "direct"),
    ),
    (
        "Ifølge Holt er brua trygg.",
        "q",
        {
            "according": "ifølge | ifølge | a | Ifølge Holt er brua trygg.",
            "finite": "er",
        },
        ("Holt", "Ifølge", "er brua trygg", "indirect"),
    ),
    (
        "Brua er trygg, ifølge Holt.",
        "q",
        {"according": "ifølge | ifølge | a | Ifølge Holt er brua trygg."},
        ("Holt", "ifølge", "Brua er trygg", "indirect"),
    ),
]


@pytest.mark.parametrize(("text", "letters", "tables", "expected"), TABLE_CASES)
def test_letters_say_where_the_words_of_a_speaker_may_stand(
    text, letters, tables, expected
):
    assert found_in(text, letters, **tables) == ([expected] if expected else [])


def test_a_negated_cue_is_marked_and_keeps_the_printed_sentence():
    text = "Holt sa ikke: “Brua er trygg.”"
    rules = rules_from(Tables(code="xx", verbs=VERB.format("q"), negations="ikke"))
    (proposal,) = rules.propose(text, None, SpeakerIndex(()))
    assert proposal.attribution.negated
    assert proposal.wording == text
    (plain,) = rules.propose(text.replace(" ikke", ""), None, SpeakerIndex(()))
    assert not plain.attribution.negated
    assert plain.wording == "Brua er trygg."


def test_every_list_of_words_is_one_of_the_tables():
    names = {field.name for field in dataclasses.fields(Tables)}
    assert names >= Language.of(Tables(code="xx", verbs="")).sets.keys()


def test_words_that_point_elsewhere_stay_in_quotation_marks_after_the_name():
    text = "«Siamo pronti», ha detto Ida Falco. «Il ponte è sicuro», spiega Falco."
    first, second = propose(text, language="it")
    assert first.wording == "Ida Falco: “Siamo pronti”"
    assert first.open_words == open_words(first.wording, "it") == ("Siamo",)
    assert second.open_words == open_words(second.wording, "it") == ()
    assert second.wording == "Il ponte è sicuro."
    assert second.speaker_name == "Ida Falco"


def test_a_table_that_no_language_has_is_refused():
    module = ModuleType("words")
    module.TITLES, module.TITEL = "mayor", "Bürgermeister"
    with pytest.raises(TableError, match="titel"):
        tables_in(module)
    del module.TITEL
    assert tables_in(module) == {"titles": "mayor"}
