"""German, French and Spanish: every line of the tables works, and whole articles."""

from pathlib import Path

import pytest

from claims.attribution import find_attributions
from claims.attribution.engine.tables import Language
from claims.attribution.languages.de.rules import TABLES as GERMAN
from claims.attribution.languages.es.rules import TABLES as SPANISH
from claims.attribution.languages.fr.rules import TABLES as FRENCH
from claims.attribution.score import score_language

PRACTICE = Path(__file__).parent / "practice"
LANGUAGES = [Language.of(tables) for tables in (GERMAN, FRENCH, SPANISH)]
CUES = [
    pytest.param(language.tables.code, cue, id=f"{language.tables.code} {cue.lemma}")
    for language in LANGUAGES
    for cue in (*language.cues, *language.according)
]


@pytest.mark.parametrize(("code", "cue"), CUES)
def test_the_example_of_a_line_is_found_by_it(code, cue):
    found = find_attributions(cue.example, language=code)
    assert len(found) == 1
    words = found[0].cue.of(cue.example).lower().replace("’", "'")
    assert any(
        form.rstrip("*").partition("+")[0].replace("_", " ").replace("' ", "'") in words
        for form in cue.forms
    )
    assert found[0].speaker


@pytest.mark.parametrize(("code", "least"), [("de", 0.85), ("fr", 0.9), ("es", 0.85)])
def test_articles_of_several_kinds_are_read_well_enough(code, least):
    figures = score_language(PRACTICE / code)
    assert figures.gold >= 30
    assert figures.f1 >= least
