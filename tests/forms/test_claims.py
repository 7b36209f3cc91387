"""The claim form finds the words that are pasted, or asks which ones are meant."""

import pytest
from django.core.exceptions import ValidationError

from claims.forms.claims import ClaimForm, PlacesField, PlacesWidget
from tests.factories import make_article, make_speaker

TWICE = "The fare rises, Falk said. Nobody believed it. The fare rises, she said again."


def claim_form(**changes):
    data = {
        "article": make_article(TWICE).pk,
        "speaker": make_speaker().pk,
        "quote": "Nobody believed it",
        "attribution": "indirect",
        "checkability": "checkable",
        "stated_on": "2026-05-04",
        "stated_precision": "day",
        "stated_basis": "weekday",
    }
    return ClaimForm(data | changes)


def test_of_what_a_browser_sends_only_its_own_numbered_places_are_read():
    sent = {
        "quote_0": "2",
        "quote_12": "1",
        "quote_x": "3",
        "quote_²": "1",
        "cue_0": "4",
    }
    chosen = PlacesWidget().value_from_datadict(sent, {}, "quote")
    assert chosen == {0: "2", 12: "1"}


@pytest.mark.parametrize("number", ["x", "", "-1", "1.5", "٣", "9999999"])
def test_a_place_that_is_no_number_is_refused(number):
    with pytest.raises(ValidationError, match="Choose one of the places"):
        PlacesField().to_python({0: number})
    assert PlacesField().has_changed({0: 1}, {0: number})


@pytest.mark.django_db
def test_words_that_stand_twice_wait_for_a_choice_and_take_it():
    undecided = claim_form(quote="The fare rises")
    assert not undecided.is_valid()
    assert set(undecided.errors) == {"quote_places"}
    [(part, words, places)] = undecided.fields["quote_places"].widget.parts
    assert (part, words, len(places)) == (0, "The fare rises", 2)
    chosen = claim_form(quote="The fare rises", quote_places_0="2")
    assert chosen.is_valid(), chosen.errors
    [mark] = chosen.marks
    assert (mark.start, mark.exact) == (TWICE.rindex("The fare"), "The fare rises")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("quote", "The fare falls", "do not stand in the article"),
        ("quote", "The fare rises [...] ", "nothing between two [...]"),
        ("cue", "denied", "do not stand in the article"),
    ],
)
def test_words_that_cannot_be_marked_are_refused_at_their_field(field, words, sentence):
    form = claim_form(**{"quote_places_0": "1", field: words})
    assert not form.is_valid()
    assert sentence in str(form.errors[field])


@pytest.mark.django_db
def test_parts_are_marked_in_the_order_in_which_they_are_pasted():
    form = claim_form(quote="said again [...] Nobody believed it", cue="Falk said")
    assert form.is_valid(), form.errors
    assert [(mark.role, mark.ordinal, mark.exact) for mark in form.marks] == [
        ("content", 0, "said again"),
        ("content", 1, "Nobody believed it"),
        ("cue", 0, "Falk said"),
    ]
