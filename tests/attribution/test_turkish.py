"""Turkish: who said what where the verb stands last and suffixes say the rest."""

from datetime import date

import pytest

from claims.attribution import StoredSpeaker, find_attributions, propose
from claims.attribution.languages.tr.cues import CUES, PHRASE_CUES
from claims.attribution.languages.tr.suffixes import verb_forms


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.stem)
def test_the_example_of_a_verb_is_found_by_it(cue):
    (found,) = find_attributions(cue.example, language="tr")
    *before, stem = cue.stem.split("_")
    words = found.cue.of(cue.example).split()
    assert words[-1] in [form for form, _ in verb_forms(stem)]
    assert words[: len(before)] == before or words[-len(before) - 1 : -1] == before
    assert found.speaker is not None


@pytest.mark.parametrize("cue", PHRASE_CUES, ids=lambda cue: cue.stem)
def test_a_noun_with_a_verb_takes_a_clause_or_a_quotation(cue):
    *before, stem = cue.stem.split("_")
    said = " ".join([*before, next(form for form, _ in verb_forms(stem))])
    for words in ("“Köprü güvenli”", "köprünün güvenli olduğu"):
        text = f"Vali Ece Kaya, {words} {said}."
        (found,) = find_attributions(text, language="tr")
        assert found.words(text) == words
        assert found.speaker.of(text) == "Vali Ece Kaya"
