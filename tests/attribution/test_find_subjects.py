"""Who speaks: the words that are the subject of a cue, and those that never are.

Each row is a text and its attributions: speaker, cue and content.
"""

import pytest

from claims.attribution import find_attributions

KINDS = {
    "an auxiliary contracted with its pronoun": [
        ("He's predicting that rents fall.", "He's | predicting | that rents fall"),
        ("They’ve said that rents fell.", "They’ve | said | that rents fell"),
        (
            "Holt, who's called for a vote, was ill.",
            "who's | called | a vote",
        ),
    ],
    "an aside that begins with to": [
        (
            "Holt, to her credit, refused to leave.",
            "Holt, to her credit, | refused | to leave",
        ),
        (
            "The mayor, to his regret, admitted that rents fell.",
            "The mayor, to his regret, | admitted | that rents fell",
        ),
    ],
    "an age, a home and a party between name and cue": [
        (
            "Jon Vik, 22, of Dalby, Norland, said rents fell.",
            "Jon Vik, 22, of Dalby, Norland, | said | rents fell",
        ),
        (
            "Sen. Ida Holt (R-Dalby), said rents fell.",
            "Sen. Ida Holt (R-Dalby) | said | rents fell",
        ),
        (
            "Jon Vik, of Dalby, said rents fell.",
            "Jon Vik, of Dalby, | said | rents fell",
        ),
    ],
    "a time or an aside before the verb": [
        ("Holt was ill but on Friday wrote that rents fell.", "Holt | wrote | that"),
        ("A poll released this week showed that rents fell.", "A poll | showed | that"),
        ("Holt earlier in the day denied that rents fell.", "Holt | denied | that"),
        ("Critics have in fact said that rents fell.", "Critics | have in fact said |"),
    ],
    "a relative clause that ends with another name": [
        (
            "A clerk who spoke with the Daily Post said rents fell.",
            "A clerk who spoke with the Daily Post | said | rents fell",
        ),
        (
            "Drivers who came with Vik said rents fell.",
            "Drivers who came with Vik | said | rents fell",
        ),
    ],
    "a participle and what it hangs on": [
        # whoever wrote the letter asked, not the letter
        (
            "Holt wrote a letter asking that rents fall.",
            "Holt | asking | that rents fall",
        ),
        # a plural that could be a verb has no subject
        (
            "Holt revised her harbour plans in May, saying that rents fell.",
            "Holt | saying | that rents fell",
        ),
        # the comma stands within the quotation marks
        (
            "Holt sued after Vik built the “Old Mill,” saying that rents fell.",
            "Holt | saying | that rents fell",
        ),
        # a verb that no list knows
        (
            "She escalated her attack, insisting that rents fell.",
            "She | insisting | that rents fell",
        ),
        # who added it also says what follows
        (
            "Vik cannot say that “it works,” Holt added, saying that rents fell.",
            "Holt | added | Vik cannot say\nHolt | saying | that rents fell",
        ),
        # the nearest verb counts after "by"
        (
            "While groups push for a vote, Holt won by promising to go.",
            "groups | push | a vote\nHolt | promising | to go",
        ),
    ],
    "people who were asked, and what some hope": [
        ("In Dalby, those surveyed say rents fell.", "those surveyed | say | rents"),
        ("If it works, as some voters hope, rents fall.", "some voters | hope | If it"),
    ],
}
ROWS = [(kind, *row) for kind, rows in KINDS.items() for row in rows]

# Somebody acts, or a day goes by, and nothing is claimed.
NOTHING = [
    "The firm opened a hall showing its wares.",
    "Holt came home, seeing prices rise.",
    "The council met to discuss the plan.",
    "The firm left the hall, finding the road blocked.",
    "Holt faced a crowd of farmers supporting Vik.",
]


@pytest.mark.parametrize(
    ("kind", "text", "expected"), ROWS, ids=[row[1][:40] for row in ROWS]
)
def test_the_subject_of_a_cue_is_found(kind, text, expected):
    found = find_attributions(text)
    rows = expected.split("\n")
    assert len(found) == len(rows), [a.words(text) for a in found]
    for item, row in zip(found, rows, strict=True):
        speaker, cue, words = (part.strip() for part in row.split("|"))
        assert item.speaker.of(text) == speaker.rstrip(","), kind
        assert item.cue.of(text) == cue, kind
        assert item.words(text).startswith(words), kind


@pytest.mark.parametrize("text", NOTHING)
def test_a_mere_act_is_no_attribution(text):
    assert find_attributions(text) == []


def test_a_day_is_no_speaker():
    for text in ("Friday said rents fell.", "This week found that rents fell."):
        assert all(item.speaker is None for item in find_attributions(text))
