"""Whom a claim is given to where no name stands, and where it is given to nobody."""

from datetime import date

import pytest

from claims.attribution import propose

MONDAY = date(2031, 5, 5)


def last(text):
    found = propose(text, MONDAY)
    return found[-1] if found else None


@pytest.mark.parametrize(
    "text",
    [
        # documents whose author is not named
        "A report from Dalby says that rents fell.",
        "New filings show that rents fell.",
        "Rents fell, according to leaked emails.",
        "The lawsuit claims that rents fell.",
        "Report Reveals Rents Fell.",
        # polls that are not named, and two of them
        "A Michigan poll found that rents fell.",
        "The poll said rents fell.",
        "A Radio Norrvik poll and a Dalby News poll differ. The poll said no.",
        "A third of bakers say they will close.",
        "22 percent of bakers said they would close.",
        "About one in five say they will close.",
        # things, and pieces of phrases
        "The unemployment rate suggests that rents fell.",
        "Nobody heard of a stern warning that rents fell.",
        "There are fears that rents fell.",
        "It is worth pointing out that rents fell.",
        "It’s also clear that rents fell.",
        "A quarter of Western bakers said rents fell.",
        "A senior Holt said rents fell.",
        # states and moods, and what an author assumes
        "Though Holt maintains a large promised lead over Lund, rents would fall.",
        "In Dalby, Catholics fear for their safety and are leaving.",
        "Ida Holt is mayor. Assuming that Holt stays, she might close the road.",
        "Holt's voters still question whether he truly opposes the toll.",
        "Telling them that a foreign power wrote its constitution did not go well.",
        "Ida Holt would cut taxes by 9 million, promising growth in return.",
        "Holt's appeal to bakers is only half the story: others have been lost.",
        "The union went on, a reaction to the modest measure being pushed by Ida Holt.",
        # those who are named beside the words, and did not say them
        "Half of them want it, and all but two said the board should meet.",
        "The people finally recognize that the king has no clothes.",
        "They used a bad word, a word Holt then repeated.",
        "The race moves to Western states this week that Lund is counting on winning.",
        "Bakers, half of whom view Lund badly according to Radio Norrvik, went on.",
        "Holt was responding to questions about complaints by Lund that rents fell.",
        "A suit led to the High Court ruling that paved the way for such clubs.",
        "Rents fell in all towns, rather than just in the north, as Holt suggested.",
        "Holt refuses the help of Lund, Congress’ most zealous advocate for low rents.",
        # nouns that are no subjects, and clauses that are no statements
        "A textbook just printed for bakers explains “the good of salt” in Dalby.",
        "Officials reported at least 20 guests at a small hall that works with choirs.",
        "The fair is expected to open in May.",
        "Footage from the fair shows that rents fell.",
        "News Guide: Rents fell by half",
        # the author
        "I don’t think that rents fell.",
        "For someone who conceded that rents fell, Ida Holt did well.",
    ],
)
def test_what_nobody_says_is_not_proposed(text):
    assert last(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # who has made a poll or a report
        ("Rents fell, according to the NHB data.", "NHB"),
        (
            "According to March's Dalby Post/Norrvik News polling, rents fell.",
            "Dalby Post/Norrvik News",
        ),
        (
            "According to a new poll from Lauben University shown on Norrvik One, "
            "rents fell.",
            "Lauben University",
        ),
        (
            "A study by economists at Lauben University found that rents fell.",
            "Lauben University",
        ),
        ("A Norrvik News 50-state poll found that rents fell.", "Norrvik News"),
        ("Ida Holt’s memoir says rents fell.", "Ida Holt"),
        ("Wednesday's Dalby News poll found that rents fell.", "Dalby News"),
        ("A New York Times poll found that rents fell.", "New York Times"),
        ("Holt in his speech said rents fell.", "Holt"),
        (
            "Jan Borg spoke. Borg complained to the reporter Per Lund that rents fell. "
            "“They fell,” he said.",
            "Jan Borg",
        ),
        # answers of the one poll of the text
        (
            "A new poll by Lauben University is out. Sixty-six percent said they had "
            "no work.",
            "Lauben University",
        ),
        (
            "Half of all bakers say they have no work. The Dalby News poll was taken "
            "in May.",
            "Dalby News",
        ),
        # who stands for "who"
        (
            "“We left,” said Ida Holt, the board’s chief clerk, who added that rents "
            "fell.",
            "Ida Holt",
        ),
        # bodies
        (
            "The Dalby Budget Office met. Rents fell, according to the budget office.",
            "Dalby Budget Office",
        ),
        ("The Justice Department said rents fell.", "Justice Department"),
        (
            "Voltera, the parent company of Nordal, grew. The company said rents fell.",
            "Voltera",
        ),
        ("The White House said rents fell.", "White House"),
        # names with more around them
        ("Ida A. Holt said rents fell. Mr. Lund left. Holt said no.", "Ida A. Holt"),
        ("Ida Holt in a telephone interview said rents fell.", "Ida Holt"),
        ("Mayor Ida Holt left. A delighted Holt said rents fell.", "Ida Holt"),
        (
            "Dalby Post contributor and harbour historian Jan Borg said rents fell.",
            "Jan Borg",
        ),
        ("A lawmaker in the Philippines said rents fell.", None),
        ("Will Holt win? Ida Holt is late. Holt said rents fell.", "Ida Holt"),
        ("Mr. Singer said rents fell.", "Singer"),
        (
            "Mayor Ida Holt left. Ms. Holt herself, as well as her campaign, said "
            "rents fell.",
            "Ida Holt",
        ),
        ("Ken Holt came. Kenneth Holt is old. Holt said rents fell.", "Ken Holt"),
    ],
)
def test_the_name_behind_other_words_is_found(text, name):
    assert last(text).speaker_name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a description of the one person named just before
        (
            "Jan Borg said rents fell. “We will build,” the Dalby senator said.",
            "Jan Borg",
        ),
        (
            "Eva Holt spoke in Dalby. “We will build,” the former mayor said.",
            "Eva Holt",
        ),
        # whose people they are
        ("Eva Holt spoke in Dalby. Her campaign said rents fell.", "Eva Holt campaign"),
        ("The Holt campaign met. The campaign said rents fell.", "Holt campaign"),
        # the bearer of a surname who bears it alone
        (
            "Eva Holt came. Holt spoke. Jan Holt did not. "
            + "The hall was full of bakers. " * 15
            + "Holt said rents fell.",
            "Eva Holt",
        ),
    ],
)
def test_whom_a_description_means_is_proposed_and_marked_as_unsure(text, name):
    found = last(text)
    assert (found.speaker_name, found.is_sure) == (name, False)


@pytest.mark.parametrize(
    "text",
    [
        # somebody who stands in the same sentence is another one
        "Jan Borg left. When Jan Borg had gone, the senator said rents fell.",
        "Jan Borg left. Per Lund asked Ida Holt, but the senator said rents fell.",
        "Per Lund left. Rents fell, said the younger Mr. Lund.",
        # two persons, of whom neither has spoken
        "Jan Borg met Per Lund. “We will build,” the senator said.",
        # another office, and another sex
        "Governor Jan Borg left. “We will build,” the senator said.",
        "Jan Borg left. “We will build,” the congresswoman said.",
        # those who speak for others, or ask
        "Jan Borg left. “We will build,” the spokesman said.",
        "Jan Borg left. “Why?” the reporter asked.",
        # a bearer of the surname has just been named in full
        "Eva Holt came. Holt spoke. Jan Holt came. Holt said rents fell.",
    ],
)
def test_a_description_that_may_be_somebody_elses_stays_open(text):
    assert last(text).speaker_name is None


def test_who_is_spoken_of_in_a_clause_does_not_say_what_another_one_found():
    text = (
        "Jan Borg, who leads the guild, said that a board named by Mayor Per Lund "
        "estimated that rents fell."
    )
    assert propose(text, MONDAY)[0].speaker_name == "Jan Borg"
    assert "Jan Borg" not in [p.speaker_name for p in propose(text, MONDAY)][1:]


def test_the_answers_of_a_poll_are_told_as_printed():
    found = last(
        "A Dalby News poll is out. A third of bakers said that taxes are high."
    )
    assert found.wording == "A third of bakers said that taxes are high."


def test_a_speaker_is_not_the_body_of_a_clause_about_him():
    text = "“It is hard here,” said the designer, who works for a shop at Lund Group."
    assert last(text).speaker_name is None
