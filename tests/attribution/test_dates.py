"""Only a day that modifies the cue is the day of a statement."""

from datetime import date

import pytest

from claims.attribution import propose
from claims.attribution.languages.en.dates import stated_on

# a Monday
PUBLISHED = date(2031, 5, 5)


def day_of(text):
    found = propose(text, PUBLISHED)[-1]
    return found.stated_on.isoformat(), found.precision


@pytest.mark.parametrize(
    "text",
    [
        # how long somebody has held a post, and when somebody was born
        "Ida Holt, mayor since 2019, said rents fell.",
        "Ida Holt, who has led the town since 1999, said rents fell.",
        "Ida Holt, born in 1971, said rents fell.",
        "Per Lund, elected in 2020, said rents fell.",
        # the day of something else
        "Ahead of Friday’s vote, Ida Holt said rents fell.",
        "Ahead of the fair on 12 June, Ida Holt said rents fell.",
        "Before the vote on Friday, Ida Holt said rents fell.",
        "After Thursday's fire, Ida Holt said rents fell.",
        "The council met on Friday, and Ida Holt said rents fell.",
        "When the council met on Friday, Ida Holt said rents fell.",
        # an outlet, a person, a habit
        "Ida Holt told the Mail on Sunday that rents fell.",
        "Wednesday Ames said rents fell.",
        "Ida Holt says on Mondays that rents fell.",
        # in the claim itself
        "Ida Holt said rents fell in 2019.",
        "“Rents fell on Friday,” Ida Holt said.",
        # a noun is described by a day
        "Then came the packed April 9 fair, where Ida Holt said rents fell.",
        "Ida Holt praised Friday's vote and said rents fell.",
        # the day of another attribution in the sentence
        "Rents fell on Friday, says Ida Holt, adding that wages rose.",
    ],
)
def test_another_day_is_not_that_of_the_statement(text):
    assert day_of(text) == ("2031-05-05", "on_or_before")


@pytest.mark.parametrize(
    ("around", "day", "precision"),
    [
        ("said last Friday", "2031-05-02", "day"),
        ("said late Thursday", "2031-05-01", "day"),
        ("said on Thursday night", "2031-05-01", "day"),
        ("said last night", "2031-05-04", "day"),
        ("said earlier this week", "2031-05-05", "on_or_before"),
        ("said earlier this month", "2031-05-01", "month"),
        ("said on Friday last week", "2031-05-02", "day"),
        ("§ on Friday ¤ |", "2031-05-02", "day"),
        ("On Friday, § ¤ |", "2031-05-02", "day"),
        ("In an interview on Friday, § ¤ |", "2031-05-02", "day"),
        ("| , § ¤ for the first time on Friday", "2031-05-02", "day"),
        ("§ ¤ in March |", "2031-03-01", "month"),
        ("§ ¤ last week |", "2031-05-04", "on_or_before"),
        ("§ ¤ last fall |", "2030-01-01", "year"),
        # a day after the publication is none
        ("§ ¤ on 12 June 2031 |", "2031-05-05", "on_or_before"),
        ("§ ¤ in December 2031 |", "2031-05-05", "on_or_before"),
        ("§ ¤ in 2032 |", "2031-05-05", "on_or_before"),
    ],
)
def test_a_day_beside_the_cue_is_read(around, day, precision):
    found = stated_on(around, PUBLISHED)
    assert (found.day.isoformat(), found.precision) == (day, precision)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ida Holt said on Friday that rents fell.", "2031-05-02"),
        ("Ida Holt on Friday rejected the plan.", "2031-05-02"),
        ("“Rents fell,” Ida Holt said in Norrvik on Friday.", "2031-05-02"),
        ("On Friday Ida Holt said rents fell.", "2031-05-02"),
        ("Friday night Ida Holt said rents fell.", "2031-05-02"),
        # what is said at an event is said on its day
        ("At Friday's debate, Ida Holt said rents fell.", "2031-05-02"),
        ("Ida Holt said during Friday night’s town debate that no.", "2031-05-02"),
        ("“No,” said Ida Holt, the mayor, in a call Friday with us.", "2031-05-02"),
    ],
)
def test_a_day_in_a_sentence_is_read_where_it_belongs_to_the_cue(text, day):
    assert day_of(text) == (day, "day")


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        # the day of what is written
        ("A March Dalby News poll found that rents fell.", "2031-03-01", "month"),
        ("A 2029 study by Lauben University says rents fell.", "2029-01-01", "year"),
        ("Friday's Dalby News poll found that rents fell.", "2031-05-02", "day"),
    ],
)
def test_the_day_of_a_poll_or_study_is_read_in_its_name(text, day, precision):
    assert day_of(text) == (day, precision)


def test_what_was_said_at_the_time_of_something_has_no_day():
    [found] = propose("Ida Holt said at the time that rents fell.", PUBLISHED)
    assert (found.stated_on, found.precision) == (None, "unknown")


def test_a_month_beside_a_verb_in_the_present_is_not_the_day():
    words = "§ in March ¤ |"
    assert stated_on(words, PUBLISHED).precision == "month"
    assert stated_on(words, PUBLISHED, is_present=True).precision == "on_or_before"
