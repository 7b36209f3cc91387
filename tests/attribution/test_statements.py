"""Which attributions are offered to an editor: where somebody says something."""

import pytest

from claims.attribution import find_attributions, propose

STATED = [
    "Ida Holt said rents fell.",
    "Ida Holt accused the bank of theft.",
    "Ida Holt ruled out talks.",
    "Ida Holt rejected the plan.",
    "Ida Holt predicted a dry summer.",
    "Ida Holt pledged to lower rents.",
    "Ida Holt refused to say whether rents fell.",
    "Ida Holt is concerned that rents fell.",
    "Ida Holt made the claim that rents fell.",
    "The Harbour Board report shows that rents fell.",
    "The latest Dalby News poll showed Holt leading the field.",
    "Researchers found that rents fell.",
    "Nobody claimed that rents fell.",
    "Ida Holt maintains the road is safe.",
    "Ida Holt denied this.",
    "Many residents say that rents fell.",
    "“Rents fell,” they would say.",
    "Ida Holt criticised Jan Lund.",
    "Ida Holt blasted the bank for its fees.",
    "Ida Holt continued to say that rents fell.",
    "The third resident said that rents fell.",
    "Majority Leader Ida Holt said that rents fell.",
    "Rents fell, as Ida Holt claimed.",
    "Police said that rents fell.",
    "City management said that rents fell.",
    "In a survey for the Harbour Post, Ida Holt led by four points.",
]
# Each kind twice, so that no row rests on one word.
NOT_STATED = {
    "an act or a mood": [
        "Ida Holt backed the bridge.",
        "Ida Holt voted for the bridge.",
        "Ida Holt refused to sit down.",
        "Ida Holt savaged the bank.",
        "When Ida Holt rejected the plan, we left.",
        "Ida Holt endorsed the town’s “new” bridge.",
    ],
    "an act towards somebody": [
        "Ida Holt praised Mr. Lund.",
        "Ida Holt thanked him.",
    ],
    "a portrait under a name": [
        "Ida Holt: A miracle.\n\nBriefly in front, Ida Holt has seen her lead fall."
        "\n\nPer Lund: See you later?\n\nPer Lund was not on the stage.",
    ],
    "a place before a colon": [
        "NORRVIK: The council has closed the baths.",
        "DALBY: A ferry has sunk.",
    ],
    "a paper of somebody else's": [
        "Rents fell, according to its Harbour Board reports.",
        "Rents fell, according to her Harbour Board filings.",
    ],
    "places where somebody served": [
        "Who served in Osterland, Norland and Westland, praised the mayor for it.",
    ],
    "a relative clause that tells an act": [
        "The clerk, who attacked the plan, is old.",
        "A bridge which threatens the harbour is new.",
        "The board should not confirm the plan.",
    ],
    "a wish in a relative clause": [
        "The clerks, who want to keep the bridge, are old.",
    ],
    "a thing that shows something": [
        "The delay shows that rents fell.",
        "A row of photos reveals how the bridge fell.",
    ],
    "what the author concludes": [
        "Ida Holt seems to like the bridge.",
        "Ida Holt knows that rents fell.",
        "I believe that rents fell.",
        "“Rents fell,” I said.",
        "The fire made clear that rents fell.",
    ],
    "what nobody has said yet": [
        "Ida Holt would say that rents fell.",
        "Ida Holt is ready to say that rents fell.",
        "The clerk came to the bank to complain that rents fell.",
        "If Ida Holt says that rents fell, we pay.",
    ],
    "what a reader might say": [
        "You say that rents fell.",
        "Everyone says that rents fell.",
    ],
    "what nobody is named for": [
        "The bridge is expected to close in May.",
        "Anyone who says that rents fell is wrong.",
        "Ida Holt has reportedly left the town.",
    ],
    "a share of those polled": [
        "Sixty-six percent said that rents fell.",
        "About two-thirds of the bakers said that rents fell.",
        "Nearly six in 10 bakers said that rents fell.",
        "A majority of her voters said that rents fell.",
    ],
    "a sum or a mere noun": [
        "With $26 million in state saying that rents fell, we left.",
        "It is worth pointing out that rents fell.",
    ],
    "who only owns or is described": [
        "Lund is a liar, cheat and birther who has claimed that rents fell.",
        "Lund's aides still question whether she opposes it and worry that she may.",
        "Though Holt maintains a large pledged lead over Lund, a win would help.",
        "Assuming that rents fall, Ida Holt may stay.",
    ],
    "what the author turns round or adds": [
        "Rents will not fall, as some have claimed.",
        "Rents never fell, as Ida Holt claimed.",
        "Holt lost in towns with old sailors, who own boats, according to a survey.",
        "On the day that the Post said that rents fell, the mayor left.",
        "The study found nothing about the ferry that had been hidden.",
    ],
    "a question": [
        "Ida Holt did not ask her about it.",
        "Ida Holt asked whether rents fell.",
        "Asked how rents fell, she left.",
        "Why did Ida Holt say that rents fell?",
    ],
}


@pytest.mark.parametrize("text", STATED)
def test_what_somebody_said_is_proposed(text):
    assert len(propose(text)) == len(find_attributions(text)) == 1


@pytest.mark.parametrize(
    "text", [text for texts in NOT_STATED.values() for text in texts]
)
def test_what_states_nothing_is_found_and_not_proposed(text):
    assert find_attributions(text)
    assert propose(text) == []
