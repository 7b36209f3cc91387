"""Words are blanked character for character, in marks that touch them too."""

import pytest

from claims.text.redacted import Blanking

BODY = "Falk said: “The bridge cost 40 million crowns.”"
WORDS = "40 million"
BLANKED = BODY.replace(WORDS, "██████████")


def mark(exact, role="content", ordinal=0):
    start = BODY.index(exact)
    return {
        "role": role,
        "ordinal": ordinal,
        "text": 7,
        "start": start,
        "end": start + len(exact),
        "exact": exact,
    }


@pytest.fixture
def blanking():
    made = Blanking(WORDS, "40-million")
    assert made.body(7, BODY) == BLANKED
    return made


@pytest.mark.parametrize("exact", ["cost 40", "million crowns", "40 million", "0 mill"])
def test_a_mark_is_what_now_stands_at_its_place(blanking, exact):
    place = mark(exact)
    blanked = blanking.row(place)
    assert blanked == {**place, "exact": BLANKED[place["start"] : place["end"]]}


def test_the_words_around_a_mark_are_blanked_where_they_are_cut_short(blanking):
    row = {**mark("bridge"), "prefix": "The ", "suffix": " cost 40"}
    assert blanking.row(row)["suffix"] == " cost ██"
    assert blanking.row(row)["prefix"] == "The "


def test_a_quotation_made_of_such_marks_follows_them(blanking):
    blanking.learn([mark("bridge cost 40"), mark("crowns", ordinal=1)])
    row = {"quote": "bridge cost 40 [...] crowns", "wording": "It cost 40."}
    assert blanking.row(row) == {
        "quote": "bridge cost ██ [...] crowns",
        "wording": "It cost 40.",
    }


def test_words_within_lists_and_rows_are_blanked_and_all_else_stays(blanking):
    row = {"evidence": [{"title": "A 40 million bill", "order": 3}], "note": None}
    assert blanking.row(row) == {
        "evidence": [{"title": "A ██████████ bill", "order": 3}],
        "note": None,
    }


def test_a_slug_is_blanked_where_it_belongs_to_what_is_redacted(blanking):
    row = {"slug": "a-bridge-for-40-million"}
    assert blanking.row(row) == row
    assert blanking.row(row, with_slug=True) == {"slug": "a-bridge-for-xxxxxxxxxx"}
