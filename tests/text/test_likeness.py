"""Signs of likeness: what two texts share besides words, and what differs."""

import pytest

from claims.text.likeness import SIGNS, WEIGHTS, margin, plain, read, signs, weigh
from claims.text.meaning import differences
from claims.text.news_words import meanings_of, words_meaning


def told(text, claim, **how):
    given = {"share": 0.5, "covered": 0.5} | how
    return dict(zip(SIGNS, signs(read(text), read(claim), **given), strict=True))


def test_numbers_are_compared_by_value_and_years_with_years():
    one = told("A fifth of pupils left.", "20 percent of the pupils have left.")
    assert (one["number same"], one["number other"]) == (0.5, 0)
    assert told("12 Prozent gingen.", "12 percent left.")["number same"] == 0.5
    other = told("18 pupils left in 2015.", "In 2015 20 pupils left.")
    assert (other["number same"], other["number other"]) == (0.5, 1)
    assert told("18 pupils left.", "They left in 2015.")["number other"] == 0
    assert told("Pupils left.", "18 pupils left.")["number missing"] == 1


def test_who_says_it_ranks_and_says_nothing_of_likeness():
    plainly, same = (
        weigh(
            signs(
                read("Rents rose."),
                read("The rent has risen."),
                share=0.4,
                covered=0.4,
                is_same_speaker=is_same,
            ),
            WEIGHTS,
        )
        for is_same in (False, True)
    )
    assert same[0] > plainly[0]
    assert same[1] == plainly[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Many are without a job.", "Unemployment is high."),
        ("İşsizlik arttı.", "Unemployment rose."),
        ("Les loyers ont doublé.", "Rents are twice as high."),
        ("Die Mieten sind gestiegen.", "Rents went up."),
    ],
)
def test_other_words_for_the_same_thing_have_a_meaning_in_common(one, other):
    assert meanings_of(one) & meanings_of(other)
    beginnings, words = words_meaning(meanings_of(one))
    assert all("_" not in each for each in [*beginnings, *words])


def test_of_a_post_the_words_of_hashtags_are_read_and_addresses_are_not():
    assert plain("See #OpenTheSchools pic.twitter.com/abc") == (
        "See Open The Schools OpenTheSchools "
    )


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("Crime has risen in Orvane.", "Crime has fallen in Orvane.", ["negation"]),
        ("It is legal to sell it.", "It is illegal to sell it.", ["negation"]),
        ("She voted for the tax.", "She voted against the tax.", ["negation"]),
        ("They bought S-400 rockets.", "They bought S-300 rockets.", ["name"]),
        ("They bought S-400 rockets.", "They bought S400 rockets.", []),
        ("One in five pupils left.", "A fifth of pupils left.", []),
        ("One in five pupils left.", "One in four pupils left.", ["number"]),
        ("It took one in five years.", "It took one in four years.", ["number"]),
        ("Every third bus runs on gas.", "A third of buses run on gas.", []),
        ("Rents doubled in a year.", "Rents tripled in a year.", ["number"]),
        ("It is the largest port.", "It is the second largest port.", ["number"]),
        ("Falk said it is shut.", "Ida Falk said it is shut.", []),
        ("Nearly 500 people left.", "Almost 500 people left.", []),
        ("Nordvik has a port.", "Eastmark has a port.", ["name"]),
        ("More cars, fewer buses.", "Fewer cars, more buses.", []),
    ],
)
def test_what_turns_the_meaning_round_differs_and_other_wording_does_not(
    one, other, kinds
):
    assert [each.kind for each in differences(one, other)] == kinds
    assert [each.kind for each in differences(other, one)] == kinds


def test_a_claim_stands_out_where_those_found_next_are_far_less_like_the_text():
    assert margin(0.4, [0.01, 0.005]) > 0 > margin(0.4, [0.38, 0.35])
    # What is found alone is not thought likelier for that than by faint others.
    assert margin(0.4, []) == margin(0.4, [0.001, 0.0001])
    assert margin(0.15, []) < margin(0.9, [])
