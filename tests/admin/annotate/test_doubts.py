"""Which suggestions are ready and which leave something open, in a real browser."""

import pytest

from claims.models import Claim
from claims.models.choices import ClaimStatus, Origin
from tests.factories import make_article, make_claim, make_speaker, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "Falk said the harbour opens in May. Falk said it fell.\n\n"
    "Falk said the fare stays. Falk said the dinner was late. Falk said rents fell."
)
# Words of the article, the proposed wording, and what it leaves open.
ROWS = [
    ("the harbour opens in May", "The harbour opens in May.", []),
    ("it fell", "It fell.", ["pronoun"]),
    ("the fare stays", "The fare stays.", []),
    ("the dinner was late", "The dinner was late.", ["reference", "day"]),
    ("rents fell", "Rents fell.", []),
]


@pytest.fixture
def article():
    article, falk = make_article(BODY), make_speaker("Ida Falk")
    for words, wording, doubts in ROWS:
        proposed = {
            "wording": wording,
            "speaker": falk.pk,
            "stated_on": article.published_on.isoformat(),
            "open_words": ["It"] if "pronoun" in doubts else [],
            "references": ["the dinner"] if "reference" in doubts else [],
            "doubts": doubts,
        }
        make_claim(
            words,
            article=article,
            speaker=falk,
            wording=wording,
            status=ClaimStatus.SUGGESTED,
            origin=Origin.RULES,
            proposed=proposed,
        )
    return article


def claim_of(words):
    return Claim.objects.get(quote=words)


def tabs(desk):
    """Return the labels of the filters that count suggestions."""
    labels = desk.page.locator(".an-tabs button:visible").all_text_contents()
    return [each for each in labels if "(" in each]


def signs(desk):
    """Return what the state of each entry says of a suggestion."""
    return desk.listed().locator(".an-state").all_text_contents()


def test_only_ready_suggestions_are_accepted_together(at_desk, article):
    desk = at_desk(article, make_user("Annotators"))
    assert signs(desk) == [
        "Suggested · ready",
        "Suggested · open: pronoun",
        "Suggested · ready",
        "Suggested · open: reference, day",
        "Suggested · ready",
    ]
    assert tabs(desk) == ["Suggested (5)", "Ready (3)", "Open (2)"]
    assert "Accept 3 ready" in desk.page.text_content("#bulk-accept")
    desk.press("Shift+A")
    desk.says("3 suggestions accepted", "2 leave something open: “Open” shows them.")
    assert tabs(desk) == ["Suggested (2)", "Open (2)"]
    assert desk.page.locator("#bulk-accept").is_hidden()
    desk.press("Shift+A")
    desk.says("None of the suggestions shown is ready")
    left = Claim.objects.suggested().order_by("pk")
    assert [claim.quote for claim in left] == ["it fell", "the dinner was late"]
    # Alone each is taken by whoever has read it.
    desk.press("Shift+N", "a")
    desk.says("“it fell” accepted")
    assert claim_of("it fell").status == ClaimStatus.DRAFT


@pytest.mark.slow
def test_the_keys_stay_among_what_the_filter_shows(at_desk, article):
    desk = at_desk(article, make_user("Annotators"))
    desk.page.focus("[data-filter=ready]")
    desk.press("Enter")
    assert desk.listed().count() == 3
    # The text shows all marks as before.
    assert desk.highlighted("suggestion") == [words for words, *_rest in ROWS]
    desk.page.focus("#text")
    desk.press("Shift+N")
    desk.says("Claim 1 of 5, suggested (ready)")
    desk.press("a")
    desk.says("“the harbour opens in May” accepted")
    active = desk.page.get_attribute(".an-is-active", "data-id")
    assert active == str(claim_of("the fare stays").pk)
    desk.press("r", "a")
    # The control of what is said at the end: two are left, elsewhere.
    desk.says("“rents fell” accepted", "Nothing more to decide in this list.")
    desk.press("Shift+N")
    desk.says("Nothing more to decide in this list.")
    desk.page.click("[data-filter=open]")
    desk.page.focus("#text")
    desk.press("n", "r", "r")
    desk.says("“the dinner was late” rejected", "Everything is decided.")


@pytest.mark.slow
def test_what_is_open_is_told_in_sentences_until_it_is_mended(at_desk, article):
    desk = at_desk(article, make_user("Annotators"))
    dinner = claim_of("the dinner was late")
    desk.page.click(f"#claim-{dinner.pk} .an-item")
    notes = desk.page.locator(".an-is-active .an-note")
    assert notes.all_text_contents() == [
        "Only the article tells what “the dinner” refers to.",
        "A day is printed that the program may not have read rightly.",
    ]
    assert desk.accessible() == []
    desk.page.focus("#text")
    desk.press("e")
    desk.page.fill("#f-wording", "The dinner of the guild was late.")
    desk.press("Control+Enter")
    desk.says("Saved")
    # It is accepted with the edit, and nothing of it is open any more.
    assert notes.count() == 0
    assert "Draft" in desk.page.text_content(".an-is-active .an-state")
    assert tabs(desk) == ["Suggested (4)", "Ready (3)", "Open (1)"]
    desk.press("u")
    desk.says("Undone")
    assert "open: reference, day" in desk.page.text_content(".an-is-active .an-state")
