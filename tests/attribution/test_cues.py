"""Every cue has an example, and every example works."""

import pytest

from claims.attribution import find_attributions
from claims.attribution.languages.en.cues import ADJECTIVES, CUES, NOUNS, verb_forms


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.words)
def test_the_example_of_a_verb_is_found_by_it(cue):
    found = find_attributions(cue.example)
    assert len(found) == 1
    words = found[0].cue.of(cue.example).split()
    assert set(words) & {cue.lemma, *verb_forms(cue.lemma)}


@pytest.mark.parametrize("word", sorted(NOUNS))
def test_the_example_of_a_noun_is_found_by_it(word):
    example = NOUNS[word].example
    found = find_attributions(example)
    assert [NOUNS[word].words in a.cue.of(example) for a in found] == [True]
    assert found[0].speaker.of(example) == example.split(NOUNS[word].words)[0].strip()


@pytest.mark.parametrize("word", sorted(ADJECTIVES))
def test_the_example_of_an_adjective_is_found_by_it(word):
    example = ADJECTIVES[word].example
    found = find_attributions(example)
    assert [word in a.cue.of(example) for a in found] == [True]


def test_no_cue_is_given_twice():
    words = [cue.words for cue in CUES]
    assert len(words) == len(set(words))
