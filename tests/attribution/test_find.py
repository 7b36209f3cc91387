"""Word orders and quotation marks: tables of a text and what must be found in it."""

import pytest

from claims.attribution import find_attributions

# text, speaker, cue, content parts, kind
CASES = [
    # the cue after its words, with the subject before and after it
    ("Rents fell, Ida Holt said.", "Ida Holt", "said", ["Rents fell"], "indirect"),
    (
        "“Rents fell,” said Ida Holt, the mayor.",
        "Ida Holt, the mayor",
        "said",
        ["“Rents fell,”"],
        "direct",
    ),
    # the cue between its words
    (
        "Rents, the mayor said, have fallen.",
        "the mayor",
        "said",
        ["Rents", "have fallen"],
        "indirect",
    ),
    (
        "“Rents,” she said, “have fallen.”",
        "she",
        "said",
        ["“Rents,”", "“have fallen.”"],
        "direct",
    ),
    # a quotation goes on in the next sentence
    (
        '"Rents fell," she said. "They will rise."',
        "she",
        "said",
        ['"Rents fell,"', '"They will rise."'],
        "direct",
    ),
    # single, low, angle and doubled single marks
    ("‘Rents fell,’ she said.", "she", "said", ["‘Rents fell,’"], "direct"),
    ("'Rents fell,' she said.", "she", "said", ["'Rents fell,'"], "direct"),
    ("„Rents fell“, she said.", "she", "said", ["„Rents fell“"], "direct"),
    ("«Rents fell», she said.", "she", "said", ["«Rents fell»"], "direct"),
    ("''Rents fell,'' she said.", "she", "said", ["''Rents fell,''"], "direct"),
    # an apostrophe ends no quotation
    (
        "‘We can’t pay the workers’ wages,’ she said.",
        "she",
        "said",
        ["‘We can’t pay the workers’ wages,’"],
        "direct",
    ),
    # opened with a curly mark, closed with a straight one
    ('“Rents fell," she said.', "she", "said", ['“Rents fell,"'], "direct"),
    # a few quoted words inside reported ones
    (
        "She called the plan “a joke.”",
        "She",
        "called",
        ["the plan “a joke.”"],
        "mixed",
    ),
    # a quotation that is never closed
    ("She said: “Rents fell", "She", "said", ["“Rents fell"], "direct"),
    # colon instead of a verb
    ("Ida Holt: “Rents fell.”", "Ida Holt", ":", ["“Rents fell.”"], "direct"),
    # somebody who is told, and when and where it was said
    (
        "Holt told reporters on Monday that rents fell.",
        "Holt",
        "told",
        ["that rents fell"],
        "indirect",
    ),
    (
        "Holt said in an interview on Monday that rents fell.",
        "Holt",
        "said",
        ["that rents fell"],
        "indirect",
    ),
    # the outlet as source, in front, behind and between
    (
        "According to the council, rents fell.",
        "the council",
        "According to",
        ["rents fell"],
        "indirect",
    ),
    (
        "Rents fell, according to the council.",
        "the council",
        "according to",
        ["Rents fell"],
        "indirect",
    ),
    (
        "Rents, according to the council, fell.",
        "the council",
        "according to",
        ["Rents", "fell"],
        "indirect",
    ),
    # an apposition, and a clause about the speaker
    (
        "Ida Holt, 52, a former driver, said rents fell.",
        "Ida Holt, 52, a former driver",
        "said",
        ["rents fell"],
        "indirect",
    ),
    # nouns and adjectives
    (
        "The paper printed the mayor's claim that rents fell.",
        "the mayor's",
        "claim",
        ["that rents fell"],
        "indirect",
    ),
    (
        "The mayor is confident that rents will fall.",
        "The mayor",
        "is confident",
        ["that rents will fall"],
        "indirect",
    ),
    # nobody is named
    (
        "The mayor is expected to resign.",
        None,
        "is expected",
        ["The mayor", "to resign"],
        "indirect",
    ),
    (
        "The plan was called a farce.",
        None,
        "was called",
        ["The plan", "a farce"],
        "indirect",
    ),
    (
        "The mayor was asked to resign.",
        None,
        "was asked",
        ["to resign"],
        "indirect",
    ),
    # a passive with its agent
    (
        "The plan was rejected by the council.",
        "the council",
        "was rejected",
        ["The plan"],
        "indirect",
    ),
    # a headline
    (
        "Talks to go on, minister says",
        "minister",
        "says",
        ["Talks to go on"],
        "indirect",
    ),
    # the words end where the main clause begins
    (
        "While the mayor said rents fell, the council left.",
        "the mayor",
        "said",
        ["rents fell"],
        "indirect",
    ),
    # "as the mayor said"
    (
        "As the mayor said, rents fell.",
        "the mayor",
        "said",
        ["rents fell"],
        "indirect",
    ),
    # a full stop and a comma: an abbreviation, and the sentence goes on
    (
        "Sen. Ida Holt, R-S.C., a former driver, said rents fell.",
        "Sen. Ida Holt, R-S.C., a former driver",
        "said",
        ["rents fell"],
        "indirect",
    ),
    # an apposition that begins with a possessive
    (
        "Tone Vik, Holt's campaign manager, said rents fell.",
        "Tone Vik, Holt's campaign manager",
        "said",
        ["rents fell"],
        "indirect",
    ),
    # an apposition with "and" after the cue
    (
        "Rents fell, said Ida Holt, its president and owner.",
        "Ida Holt, its president and owner",
        "said",
        ["Rents fell"],
        "indirect",
    ),
    # numbers, and people who were asked, as subjects
    (
        "“Rents fell,” one senior official said.",
        "one senior official",
        "said",
        ["“Rents fell,”"],
        "direct",
    ),
    (
        "Those surveyed said rents fell.",
        "Those surveyed",
        "said",
        ["rents fell"],
        "indirect",
    ),
    # sources without a name, and what is told of how they spoke
    (
        "A clerk who spoke on condition of anonymity said rents fell.",
        "A clerk who spoke on condition of anonymity",
        "said",
        ["rents fell"],
        "indirect",
    ),
    (
        "A clerk, speaking on condition of anonymity, said rents fell.",
        "A clerk, speaking on condition of anonymity",
        "said",
        ["rents fell"],
        "indirect",
    ),
    (
        "Rents fell, said a clerk who asked not to be named.",
        "a clerk who asked not to be named",
        "said",
        ["Rents fell"],
        "indirect",
    ),
    # a time, or "all", between subject and verb
    (
        "Holt earlier Monday said rents fell.",
        "Holt",
        "said",
        ["rents fell"],
        "indirect",
    ),
    (
        "Holt last week denied that rents fell.",
        "Holt",
        "denied",
        ["that rents fell"],
        "indirect",
    ),
    (
        "Holt and Vik have both argued that rents fell.",
        "Holt and Vik",
        "have both argued",
        ["that rents fell"],
        "indirect",
    ),
    (
        "Holt called Monday for lower rents.",
        "Holt",
        "called",
        ["lower rents"],
        "indirect",
    ),
    # a few quoted words in front make a statement as a verb does
    (
        "“Very glad” about the vote, Holt said.",
        "Holt",
        "said",
        ["“Very glad” about the vote"],
        "mixed",
    ),
    # a clause in front of the speaker is not said by her
    (
        "As prices rose, Holt promised to lower the fare.",
        "Holt",
        "promised",
        ["to lower the fare"],
        "indirect",
    ),
    # something said aside between cue and words
    (
        "Holt said, however, that rents fell.",
        "Holt",
        "said",
        ["that rents fell"],
        "indirect",
    ),
    # a bracket ends with its own sentence
    (
        "(Holt said rents fell.) The hall was cold.",
        "Holt",
        "said",
        ["rents fell"],
        "indirect",
    ),
    # a question in quotation marks after the cue ends the sentence
    (
        "Holt replied: “Why?” The hall was cold.",
        "Holt",
        "replied",
        ["“Why?”"],
        "direct",
    ),
    # the words stand in the next paragraph
    ("Holt said:\n\n“Rents fell.”", "Holt", "said", ["“Rents fell.”"], "direct"),
    # "who" is a subject in the passive too
    (
        "The mayor was met by Vik, who is expected to resign.",
        None,
        "is expected",
        ["who", "to resign"],
        "indirect",
    ),
    # a participle hangs on the phrase before it, or on the main clause
    (
        "The talks ended with Vik saying that rents fell.",
        "Vik",
        "saying",
        ["that rents fell"],
        "indirect",
    ),
    (
        "The council is calm since a driver left, saying that rents fell.",
        "The council",
        "saying",
        ["that rents fell"],
        "indirect",
    ),
    # a comma after the source does not make the rest of the sentence its description
    (
        "The reason, according to Holt, was the delay.",
        "Holt",
        "according to",
        ["The reason", "was the delay"],
        "indirect",
    ),
    (
        "The rents, according to Ida Holt, the mayor, fell.",
        "Ida Holt, the mayor",
        "according to",
        ["The rents", "fell"],
        "indirect",
    ),
    # nouns that could be verbs, and a colon, after "according to"
    (
        "Rents fell, according to early results.",
        "early results",
        "according to",
        ["Rents fell"],
        "indirect",
    ),
    (
        "According to Holt: “Rents fell.”",
        "Holt",
        "According to",
        ["“Rents fell.”"],
        "direct",
    ),
    # a list, "including ..." and a name that is described belong to the object
    (
        "Holt attacked drivers, nurses, and farmers for the delay.",
        "Holt",
        "attacked",
        ["drivers, nurses, and farmers for the delay"],
        "indirect",
    ),
    (
        "Holt praised two towns in the north, including Dalby.",
        "Holt",
        "praised",
        ["two towns in the north, including Dalby"],
        "indirect",
    ),
    (
        "Holt praised Ida Vik, the coach, who left in May.",
        "Holt",
        "praised",
        ["Ida Vik, the coach"],
        "indirect",
    ),
    # an infinitive and not what is agreed to
    (
        "Holt agreed to lower the fare.",
        "Holt",
        "agreed",
        ["to lower the fare"],
        "indirect",
    ),
    # whose call is renewed is told by the verb
    (
        "Holt renewed her call to lower rents.",
        "Holt",
        "renewed her call",
        ["to lower rents"],
        "indirect",
    ),
]


@pytest.mark.parametrize(("text", "speaker", "cue", "content", "kind"), CASES)
def test_one_attribution_is_found(text, speaker, cue, content, kind):
    found = find_attributions(text)
    assert len(found) == 1
    item = found[0]
    assert (item.speaker.of(text) if item.speaker else None) == speaker
    assert item.cue.of(text) == cue
    assert [part.of(text) for part in item.content] == content
    assert item.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        # an act, not words
        "The parties signed an agreement in May.",
        "The school has not responded to the proposal.",
        # nouns that look like verbs
        "The reports are old.",
        "A claim form costs two crowns.",
        # an object, not a clause
        "The port maintained two boats in the bay.",
        # somebody else confirms it
        "The rents confirmed by the court are old.",
        # the council discussed plans, the mayor's words are not told
        "The council shelved the mayor's plans for the mill.",
        # how a source wants to be told of is no claim
        "The clerk asked not to be named.",
        # quotation marks around a title
        "She reads “War and Peace”.",
        "",
        " \n\n ",
    ],
)
def test_nothing_is_made_up(text):
    assert find_attributions(text) == []


def test_two_cues_of_one_speaker_share_the_speaker_and_split_the_words():
    text = "Ida Holt said rents fell, adding that wages rose."
    first, second = find_attributions(text)
    assert first.words(text) == "rents fell"
    assert second.words(text) == "that wages rose"
    assert first.speaker == second.speaker
    assert second.speaker.of(text) == "Ida Holt"


def test_a_second_speaker_ends_the_words_of_the_first():
    text = "Holt said rents fell, but Vik said they rose; others say nothing changed."
    found = find_attributions(text)
    assert [(a.speaker.of(text), a.words(text)) for a in found] == [
        ("Holt", "rents fell"),
        ("Vik", "they rose"),
        ("others", "nothing changed"),
    ]


def test_a_quotation_goes_on_although_its_sentence_mentions_another_speaker():
    text = "“Rents fell,” said Ida Holt, who praised the council. “They will rise.”"
    found = find_attributions(text)
    assert [a.words(text) for a in found] == [
        "“Rents fell,” “They will rise.”",
        "the council",
    ]


def test_an_outlet_that_relays_is_not_the_speaker():
    text = "Rents fell, the mayor said Monday, Daily Post reported."
    (item,) = find_attributions(text)
    assert item.speaker.of(text) == "the mayor"
    assert item.via.of(text) == "Daily Post"
    assert item.words(text) == "Rents fell"


def test_a_quotation_runs_over_paragraphs_until_somebody_else_speaks():
    text = "“One,” said Holt.\n\n“Two.\n\n“Three.”\n\nThe hall was cold.\n\n“Four.”"
    (item,) = find_attributions(text)
    assert [part.of(text) for part in item.content] == [
        "“One,”",
        "“Two.",
        "“Three.”",
    ]


def test_the_words_of_somebody_quoted_are_not_searched_for_speakers():
    text = "“My aunt said that rents fell,” Holt added."
    (item,) = find_attributions(text)
    assert item.speaker.of(text) == "Holt"
