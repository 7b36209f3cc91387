"""A suggestion whose speaker is only guessed is not accepted in silence."""

import pytest

from claims.models import Claim, Speaker
from claims.models.choices import ClaimStatus, Origin
from tests.admin.annotate.desk import Desk
from tests.factories import make_article, make_claim, make_speaker, make_user

browser = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = [
    "The harbour will open in May",
    "The bridge cost 40 million crowns",
    "Nobody was hurt",
    "the fare stays the same",
]


def suggest(article, words, name="Ida Falk", **fields):
    """Store a suggestion as the program does that knows no speaker of a name."""
    claim = make_claim(
        words,
        article=article,
        status=ClaimStatus.SUGGESTED,
        origin=Origin.RULES,
        rule="said that",
        score=0.82,
        **fields,
    )
    Claim.objects.filter(pk=claim.pk).update(
        speaker=None, proposed={"speaker_name": name}, version=claim.version + 1
    )
    claim.refresh_from_db()
    return claim


@pytest.fixture
def article():
    article = make_article()
    for words in WORDS[:3]:
        suggest(article, words)
    Speaker.objects.all().delete()
    return article


class TestInTheBrowser:
    pytestmark = browser

    @pytest.mark.slow
    def test_accepting_asks_who_it_is_and_the_next_of_that_name_is_known(
        self, at_desk, article
    ):
        suggest(article, WORDS[3], name=None, speaker_words="The town council")
        Speaker.objects.all().delete()
        desk = at_desk(article, make_user("Annotators"))
        desk.press("n")
        desk.says("speaker perhaps Ida Falk")
        desk.press("a")
        desk.says("No speaker here is called “Ida Falk” yet")
        assert desk.focus() == "f-speaker"
        assert desk.page.input_value("#f-speaker") == "Ida Falk"
        options = desk.page.locator(".an-options li")
        options.filter(has_text="Create “Ida Falk”").wait_for()
        assert desk.accessible() == []
        assert set(Claim.objects.values_list("status", flat=True)) == {"suggested"}
        desk.press("Enter")
        desk.says("created")
        desk.press("Control+Enter")
        desk.says("accepted, said by Ida Falk")
        assert desk.focus() == "text"
        # On to the next one; there is such a speaker now.
        desk.press("a")
        desk.says("accepted, said by Ida Falk")
        assert Claim.objects.filter(speaker__name="Ida Falk").count() == 2
        desk.press("u")
        desk.says("Undone")
        assert Claim.objects.filter(speaker=None, status="suggested").count() == 3
        desk.press("a", "a")
        desk.says("accepted, said by Ida Falk", "Nobody was hurt")
        # Nothing is known of the last one's speaker but the words in the text.
        last = desk.page.locator(".an-is-suggested .an-who")
        last.filter(has_text="in the text: “The town council”").wait_for()

    @pytest.mark.slow
    def test_a_name_that_nobody_needs_is_emptied_and_told(self, at_desk, article):
        desk = at_desk(article, make_user("Annotators"))
        desk.press("n", "a")
        desk.page.locator(".an-options li").first.wait_for()
        desk.page.fill("#f-speaker", "")
        desk.press("Control+Enter")
        desk.says("accepted, without a speaker")
        assert "1 without a speaker" in desk.page.text_content("#counts")
        desk.page.click("[data-filter=unnamed]")
        assert desk.listed().count() == 1
        # Nothing was typed, so nothing is offered again.
        desk.page.click("[data-filter=all]")
        desk.page.focus("#text")
        desk.press("a")
        desk.page.locator(".an-options li").first.wait_for()
        desk.press("Escape", "Escape")
        assert desk.page.locator(".an-form, #reopen").count() == 0

    @pytest.mark.slow
    def test_many_at_once_are_told_by_how_many_still_need_a_speaker(
        self, at_desk, article
    ):
        suggest(article, WORDS[3], name="Arvo Tamm")
        make_speaker("ida falk")
        desk = at_desk(article, make_user("Annotators"))
        desk.page.click("#bulk-accept")
        desk.says("4 suggestions accepted", "1 still needs a speaker")
        assert Claim.objects.filter(speaker__name="ida falk").count() == 3
        desk.page.click("[data-filter=unnamed]")
        assert desk.listed().count() == 1
        desk.page.focus("#text")
        desk.press("u")
        desk.says("Undone")
        assert set(Claim.objects.values_list("status", flat=True)) == {"suggested"}

    @pytest.mark.slow
    def test_a_form_with_something_typed_is_not_replaced_by_another(
        self, at_desk, article
    ):
        desk = at_desk(article, make_user("Annotators"))
        desk.drag("the ferry runs until June")
        desk.press("Enter")
        desk.page.fill("#f-wording", "The ferry runs until the end of June.")
        first = desk.listed().first
        first.locator("[data-act=accept]").click()
        desk.says("Save or close the form first")
        first.locator(".an-item").click()
        first.locator("[data-act=edit]").click()
        desk.says("Save or close the form first")
        typed = desk.page.input_value("#f-wording")
        assert typed == "The ferry runs until the end of June."


@pytest.mark.django_db
def test_accepting_many_leaves_a_name_open_that_two_speakers_have(article):
    make_speaker("Ida Falk")
    make_speaker("Harbour mayor", aliases=["ida falk"])
    desk = Desk(article, make_user("Annotators"))
    claims = list(Claim.objects.order_by("pk"))
    rows = [{"id": claim.pk, "version": claim.version} for claim in claims]
    rows[0]["version"] -= 1
    answer = desk.post("claims/bulk/", step="accept", claims=rows).json()
    assert [("error" in each) for each in answer["results"]] == [True, False, False]
    assert [each["speaker"] for each in answer["claims"]] == [None, None]
    assert {each["status"] for each in answer["claims"]} == {"draft"}


@pytest.mark.django_db
def test_a_name_is_not_given_where_the_step_is_refused(article):
    make_speaker("Ida Falk")
    claim = Claim.objects.order_by("pk").first()
    Claim.objects.filter(pk=claim.pk).update(status="rejected", version=3)
    desk = Desk(article, make_user("Annotators"))
    rows = [{"id": claim.pk, "version": 3}]
    answer = desk.post("claims/bulk/", step="accept", claims=rows).json()
    assert "error" in answer["results"][0]
    claim.refresh_from_db()
    assert (claim.speaker, claim.version) == (None, 3)
