"""Words typed or pasted are found however they are spelt, and marked as printed."""

import pytest

from claims.models import Claim
from tests.factories import make_article, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "The tramway carries 12,000 people a day, Mayor Petra Lund said.\n\n"
    "“We've spent 2.5 million marks — not the 25 million our critics claim,” Lund "
    "said. The S-400 left İstanbul; Diyarbakır'ın Straße is long.\n\n"
    "“It is a café-owner's dream,” said Élodie Brûlé. The works end in May, she said. "
    "The works end in May, the clerk said. 我们在谈判，不是威胁。"
)


@pytest.fixture
def places(at_desk):
    """Return a function: the words of the text that typed words are taken for."""
    desk = at_desk(make_article(BODY), make_user("Annotators"))
    return lambda typed, exact=False: desk.page.evaluate(
        """async ([body, typed, exact]) => {
          const desk = document.querySelector("script[src*='annotate/desk']").src;
          const {placesOf} = await import(new URL("finding.js", desk).href);
          const {wordsIn} = await import(new URL("words.js", desk).href);
          return placesOf(body, typed, exact ? null : wordsIn(body))
            .map(([start, end]) => body.slice(start, end));
        }""",
        [BODY, typed, exact],
    )


@pytest.mark.slow
def test_words_are_found_whatever_their_punctuation_capitals_and_accents(places):
    wanted = {
        # Signs left out, other dashes, spaces and apostrophes.
        "weve spent 2.5 million marks not the": (
            "We've spent 2.5 million marks — not the"
        ),
        "marks - not the": "marks — not the",
        "we’ve   spent": "We've spent",
        "lund said the s 400": "Lund said. The S-400",
        "day mayor petra": "day, Mayor Petra",
        # Accents and capitals, also those that change a letter's number of pieces.
        "a cafe owners dream": "a café-owner's dream",
        "ELODIE BRULE": "Élodie Brûlé",
        "istanbul diyarbakirin strasse": "İstanbul; Diyarbakır'ın Straße",
        # A text that has no spaces between its words.
        "在谈判 不是": "在谈判，不是",
        # Signs at the ends belong to it where they were typed.
        "\"we've spent": "“We've spent",
        'critics claim,"': "critics claim,”",
        "critics claim.": "critics claim",
        "- not the": "— not the",
        # Whole words, as with the mouse.
        "tramw": "tramway",
        "400": "S-400",
        "12000 people": "12,000 people",
    }
    assert {typed: places(typed) for typed in wanted} == {
        typed: [words] for typed, words in wanted.items()
    }


@pytest.mark.slow
def test_half_a_number_is_not_that_number(places):
    assert places("25 million") == ["25 million"]
    assert places("2.5 million") == ["2.5 million"]
    assert places("5 million") == places("000 people") == places("2 million") == []


@pytest.mark.slow
def test_the_very_same_letters_come_first_and_letters_stay_letters(places):
    assert places("said. The")[0] == "said. The"
    assert places("The works end") == ["The works end"] * 2
    assert places("the works end") == ["The works end"] * 2
    assert places("tramw", exact=True) == ["tramw"]
    assert places("words that are not there") == []


@pytest.mark.slow
def test_where_words_stand_twice_the_place_is_chosen_by_keys(at_desk):
    article = make_article(BODY)
    desk = at_desk(article, make_user("Annotators"))
    desk.press("q")
    desk.type("the works end in may")
    desk.page.locator("#w-count", has_text="2 times").wait_for()
    # Enter takes nothing of its own accord here; it leads to the places.
    desk.press("Enter")
    assert desk.page.locator("#f-speaker").count() == 0
    desk.press("ArrowDown")
    assert "clerk said" in desk.page.evaluate("document.activeElement.textContent")
    assert desk.accessible() == []
    desk.press("ArrowUp", "ArrowUp")
    assert desk.focus() == "w-words"
    desk.press("Enter", "ArrowDown", "Enter")
    desk.page.locator("#f-speaker").wait_for()
    desk.press("Control+Enter")
    desk.says("Saved")
    claim = Claim.objects.get()
    assert claim.quote == "The works end in May"
    assert claim.spans.get(role="content").start == BODY.rindex("The works end")
