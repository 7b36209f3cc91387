"""Who is meant, when it was said, whether it can be checked, and how it is worded."""

from datetime import date

import pytest

from claims.attribution import SpeakerIndex, StoredSpeaker, propose
from claims.attribution.folding import fold
from claims.attribution.languages.en.checkability import checkability
from claims.attribution.languages.en.dates import stated_on
from claims.attribution.languages.en.names import parse_name

THURSDAY = date(2019, 12, 5)


def last(text, **more):
    return propose(text, THURSDAY, **more)[-1]


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        # surname to full name
        (
            "Mayor Ida Holt met the union. Holt said rents fell.",
            "Ida Holt",
            "“Holt” is Ida Holt elsewhere in the text",
        ),
        # pronoun to the person before, by gender where it is known
        (
            "Ms. Ida Holt met Mr. Per Lund. She said rents fell.",
            "Ida Holt",
            "“she” read as Ida Holt",
        ),
        (
            "Ms. Ida Holt met Mr. Per Lund. He said rents fell.",
            "Per Lund",
            "“he” read as Per Lund",
        ),
        # office to the person who holds it
        (
            "Mayor Ida Holt met the union. The mayor said rents fell.",
            "Ida Holt",
            "so titled before",
        ),
        # seat to state
        ("The Kremlin said rents fell.", "Russia", "stands for"),
        # a body by the last word of its name
        (
            "The Harbour Authority met. The authority said rents fell.",
            "Harbour Authority",
            "named before",
        ),
        # "who" to the word it belongs to
        ("Ida Holt, who said rents fell, left.", "Ida Holt", "“who” refers to"),
        # left open
        ("He said rents fell.", None, "nobody named before"),
        ("They said rents fell.", None, "may be several"),
        ("A spokesman said rents fell.", None, "gives no name"),
        (
            "Ida Holt met Per Holt. Holt said rents fell.",
            None,
            "more than one person called Holt",
        ),
    ],
)
def test_a_speaker_is_resolved_with_a_reason_or_left_open(text, name, reason):
    proposal = last(text)
    assert proposal.speaker_name == name
    assert reason in proposal.speaker_reason


def test_a_seat_of_government_and_its_state_are_one_stored_speaker():
    desk = [StoredSpeaker(4, "Turkey", ("Ankara",)), StoredSpeaker(5, "John Rood")]
    text = "Turkey said no. Ankara added that talks go on. Rood denied this."
    keys = [p.speaker_key for p in propose(text, THURSDAY, desk)]
    assert keys == [4, 4, 5]


def test_two_stored_speakers_of_one_name_leave_the_key_open():
    desk = SpeakerIndex([StoredSpeaker(1, "Ida Holt"), StoredSpeaker(2, "IDA HOLT")])
    assert last("Ida Holt said rents fell.", speakers=desk).speaker_key is None


def test_names_are_compared_without_case_accents_and_dotless_i():
    assert fold("Kemal Arıkan") == fold("KEMAL ARIKAN") == fold("Kemal Árikan")
    assert fold("Ida Holt") != fold("Ida Holte")


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("Under Secretary of Defense for Policy John Rood", "John Rood", "person"),
        ("the mayor of Dalby, Rune Falk", "Rune Falk", "person"),
        ("Analyst Mei Tanaka of Orchard Securities", "Mei Tanaka", "person"),
        ("Greek shipowner Nikos Varelis", "Nikos Varelis", "person"),
        ("The manufacturer, Voltera", "Voltera", "organisation"),
        # a capital at the front of a sentence, and one of the name
        ("Chipmaker Quillon", "Quillon", "organisation"),
        ("Daily Post", "Daily Post", "organisation"),
        ("St Bride's Hospital", "St Bride's Hospital", "organisation"),
        ("Bank of Norland", "Bank of Norland", "organisation"),
        ("Moscow", "Russia", "government"),
        ("a spokesman for the buyer", "", "unnamed"),
        ("many voters", "", "group"),
    ],
)
def test_a_name_is_taken_out_of_the_words_around_it(words, name, kind):
    parsed = parse_name(words)
    assert (parsed.name, parsed.kind) == (name, kind)


@pytest.mark.parametrize(
    ("around", "day", "precision", "basis"),
    [
        ("said Wednesday", "2019-12-04", "day", "weekday"),
        # the day of publication itself
        ("said on Thursday", "2019-12-05", "day", "weekday"),
        ("said last Thursday", "2019-11-28", "day", "weekday"),
        ("said yesterday", "2019-12-04", "day", "stated"),
        ("said on 3 May 2018", "2018-05-03", "day", "stated"),
        ("said on May 3, 2018", "2018-05-03", "day", "stated"),
        # a day without a year is the last such day
        ("said on December 24", "2018-12-24", "day", "stated"),
        ("said in March", "2019-03-01", "month", "stated"),
        ("said in 2015", "2015-01-01", "year", "stated"),
        ("said last month", "2019-11-01", "month", "stated"),
        ("said two years ago", "2017-01-01", "year", "stated"),
        ("has argued", "2019-12-05", "on_or_before", "article_date"),
        ("said on 31 February", "2019-12-05", "on_or_before", "article_date"),
        ("says on Mondays", "2019-12-05", "on_or_before", "article_date"),
    ],
)
def test_the_day_of_a_statement(around, day, precision, basis):
    found = stated_on(around, THURSDAY)
    assert (found.day.isoformat(), found.precision, found.basis) == (
        day,
        precision,
        basis,
    )


def test_without_a_day_of_publication_only_a_full_date_is_known():
    assert stated_on("said Wednesday", None).precision == "unknown"
    assert stated_on("said on 3 May", None).day is None
    assert stated_on("on 2018-05-03", None).day == date(2018, 5, 3)


def test_a_day_inside_the_claim_is_not_the_day_of_the_statement():
    proposal = last("Holt said the bridge was closed on Monday.")
    assert proposal.precision == "on_or_before"
    proposal = last("Holt said on Tuesday the bridge was closed on Monday.")
    assert proposal.stated_on == date(2019, 12, 3)


@pytest.mark.parametrize(
    ("content", "lemma", "act", "expected"),
    [
        ("rents fell by 4 percent", "say", False, "checkable"),
        ("prices will rise", "say", False, "prediction"),
        ("prices rise", "predict", False, "prediction"),
        ("to build a school", "promise", False, "promise"),
        ("it would impose sanctions", "warn", False, "promise"),
        ("the mayor should resign", "say", False, "opinion"),
        ("the plan is a disaster", "say", False, "opinion"),
        ("the offer", "reject", True, "reported_act"),
        ("it", "reject", True, "vague"),
        ("why nobody came", "ask", False, "vague"),
    ],
)
def test_checkability_is_proposed(content, lemma, act, expected):
    assert checkability(content, lemma, act) == expected


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        # a seat of government
        (
            "Washington warned it would impose sanctions.",
            "The United States would impose sanctions.",
        ),
        # a pronoun that means the speaker
        ("Mayor Ida Holt said she had lied.", "Ida Holt had lied."),
        # "it" may mean the thing in the sentence before, or something else
        (
            "The bridge is closed. Ida Holt said it was unsafe.",
            "Ida Holt said it was unsafe.",
        ),
        # the first person in quotation marks
        ("“I have no money,” Mayor Ida Holt said.", "Ida Holt has no money."),
        # an act keeps speaker and cue
        ("Ankara has rejected the offer.", "Turkey has rejected the offer."),
        # a surname inside the claim
        (
            "Mayor Ida Holt left. The union said Holt had lied.",
            "Ida Holt had lied.",
        ),
        # a place stays a place
        (
            "The union said talks in Moscow had failed.",
            "Talks in Moscow had failed.",
        ),
        # what is left open stays as it is
        ("He said he was tired.", "He said he was tired."),
    ],
)
def test_a_wording_stands_alone_in_the_tense_of_the_article(text, wording):
    assert last(text).wording == wording


@pytest.mark.parametrize(
    ("title", "name"), [("Ms.", "Ida Holt"), ("Mr.", "Per Holt"), ("Mayor", None)]
)
def test_a_form_of_address_tells_two_bearers_of_a_surname_apart(title, name):
    text = f"Ms. Ida Holt met Mr. Per Holt. {title} Holt said rents fell."
    assert last(text).speaker_name == name


def test_somebody_whom_only_a_headline_names_is_nobody_named_before():
    text = "Ida Holt Wins Over The Council\n\nThe union met. She said rents fell."
    assert last(text).speaker_name is None
    # The control: the same words as a sentence of the article.
    named = text.replace("Wins Over The Council", "wins over the council.")
    assert last(named).speaker_name == "Ida Holt"
