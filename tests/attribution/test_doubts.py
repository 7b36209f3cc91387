"""What keeps a proposal from being taken as it stands, and what does not."""

from datetime import date

import pytest

from claims.attribution import propose
from claims.attribution.languages.en.references import references

DAY = date(2024, 5, 9)  # a Thursday

READY = [
    "“Rents in Norrvik have fallen by a third since the tram opened,” Ida Holt said.",
    "Ida Holt said that rents in Norrvik had fallen by a third in ten years.",
    "Mayor Ida Holt told the Post that the old bridge at Dalby would be closed soon.",
    "Ida Holt accused the Guild of Bakers of keeping “two sets of books” for years.",
    "Ida Holt: ‘The Harbour Board Has Lied To All Of Norrvik For Years’",
    "A new Norrvik Daily poll found that 40 percent of voters would back Ida Holt.",
]
OPEN = {
    "speaker": [
        "Holt said that rents in Norrvik had fallen by a third in ten years.",
        "She said that rents in Norrvik had fallen by a third in ten years.",
        "Ida Holt came by tram. She said rents in Norrvik had fallen by a third.",
        "Super PAC says that rents in Norrvik have fallen by a third in ten years.",
        "Per and Ida Holt said that rents in Norrvik had fallen by a third.",
        "People in Port Dalby said that rents in Norrvik had fallen by a third.",
        "Norrvik, like the Harbour Board, said that rents in Dalby had fallen by half.",
        "Ida Holt's new form states that rents in Norrvik have fallen by a third.",
        "Several clerks, including Ida Holt, said that rents in Norrvik had fallen.",
        "Rents fell in Norrvik: Ida Holt welcomes the end of the tram to Dalby.",
        "Ida Holt said that rents in Norrvik fell, as her aides have told the Post.",
        "According to the Harbour Post, Per Lund said rents in Norrvik had fallen.",
        "Norrvik, like Ida Holt, said that rents in Dalby had fallen by half a year.",
        "Rents in Norrvik fell by a third, according to Harbour Commission records.",
        "Holt’s Son Says Rents In Norrvik Will Fall By A Third",
    ],
    "pronoun": [
        "“He has never seen the harbour of Norrvik in winter,” Ida Holt said.",
    ],
    "reference": [
        "Ida Holt said that the dinner had cost the town of Norrvik a fortune.",
        "Ida Holt said that this agreement would cost the town of Norrvik a fortune.",
        "Ida Holt said the rest would cost the town of Norrvik a fortune.",
        "What ails Norrvik, according to Ida Holt, another former mayor, is the tram.",
        "Ida Holt said the town of Norrvik lost three trams during the month.",
        "Ida Holt said rents would soon fall by much more than expected.",
        "“Your letter says nothing about the harbour of Norrvik,” Ida Holt said.",
        "“No, the harbour of Norrvik was never for sale,” Ida Holt replied.",
    ],
    "extent": [
        "Ida Holt said Norrvik is poor.",
        "Ida Holt wants a tram to Dalby; Per Lund seeks a bus to Osterby.",
        "While Ida Holt said rents in Norrvik fell, she would not give any figures.",
        "Ida Holt said that rents in Norrvik had fallen toDalby‘s level.",
        "Ida Holt said that rents had fallen and Mayor Per Lund praised Norrvik.",
        "Ida Holt said that rents in Norrvik should fall – a plan she had made before.",
        "Per Lund left Norrvik because, according to Ida Holt, rents would never fall.",
        "Per Lund came. Ida Holt said “rents will fall,” for one, and Lund sang aloud.",
        "“Norrvik has no harbour, and the clerk said, 'None.'.” Ida Holt recalled.",
        "“Norrvik has had no harbour for a hundred years [#x20ac],” Ida Holt said.",
        "Ida Holt said areas where Norland wants to see changes include:\n\nA tram.",
    ],
    "statement": [
        "“Will the town of Norrvik ever have a tram to Dalby?” Ida Holt said.",
        "Ida Holt hopes that rents in Norrvik will fall by a third in ten years.",
        "Ida Holt wrongly claimed that rents in Norrvik had fallen by a third.",
        "Ida Holt said she agreed with Per Lund.",
        "Ida Holt explained the matter in Norrvik, but people fall for it each year.",
        "The Harbour Board of Norrvik announced a new toll on boats sent to Dalby.",
        "Ida Holt believes that rents in Norrvik will fall by a third in ten years.",
        "Ida Holt mentioned that rents in Norrvik had fallen by a third.",
        "Ida Holt would not say whether rents in Norrvik had fallen by a third.",
    ],
    "day": [
        "In a speech of 2019, Ida Holt said that rents in Norrvik had fallen.",
        "Ida Holt said following a vote in 2019 that rents in Norrvik had fallen.",
        "“Rents in Norrvik have fallen by a third,” Ida Holt said two years before.",
        "Ida Holt said in Norrvik on May 20 that rents had fallen by a third.",
        "Ida Holt said Friday that rents in Norrvik had fallen by a third.",
    ],
}


def doubts_of(text):
    [proposal] = propose(text, DAY)
    return proposal.doubts


@pytest.mark.parametrize("text", READY)
def test_what_can_be_taken_as_it_stands_has_no_doubt(text):
    [proposal] = propose(text, DAY)
    assert proposal.doubts == ()
    assert proposal.is_ready


@pytest.mark.parametrize(
    ("doubt", "text"), [(doubt, text) for doubt in OPEN for text in OPEN[doubt]]
)
def test_what_an_editor_has_to_look_at_is_said(doubt, text):
    assert doubt in doubts_of(text)


def test_a_day_of_long_ago_is_sure_with_its_year():
    text = "Ida Holt said on May 20, 2023 that rents in Norrvik had fallen by a third."
    assert doubts_of(text) == ()


def test_a_weekday_of_few_days_ago_is_sure():
    """The control of the last line of "day": Friday was six days ago."""
    text = "Ida Holt said Wednesday that rents in Norrvik had fallen by a third."
    assert doubts_of(text) == ()


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("Ida Holt praised the dinner.", ("the dinner",)),
        ("Ida Holt praised the dinner of the Guild.", ()),
        ("Ida Holt gave a dinner, and praised the dinner.", ()),
        ("The economy grew, and the voters knew it.", ()),
        ("The group's revenue fell.", ("The group",)),
        ("She has read this report.", ("this report",)),
        ("This year was dry.", ()),
        ("Such a vote is rare.", ("Such a vote",)),
        ("Even then, rents fell.", ("Even then",)),
        ("Ida Holt said: “Yes. Rents fell.”", ("Yes",)),
        ("We did not discuss that.", ("that",)),
        ("Rents that fell were low.", ()),
        ("The others will disagree.", ("The others",)),
    ],
)
def test_words_that_point_to_the_article_are_named(wording, expected):
    assert references(wording) == expected


def test_a_proposal_names_the_words_that_point_to_the_article():
    text = "Ida Holt said that the dinner had cost the town of Norrvik a fortune."
    [proposal] = propose(text, DAY)
    assert proposal.references == ("The dinner",)
