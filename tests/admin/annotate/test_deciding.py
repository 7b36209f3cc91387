"""Suggestions, undo, colleagues and broken lines, in real browsers."""

import pytest
from django.test import Client

from claims.desk.annotation import change_claim
from claims.desk.text_corrections import correct_text
from claims.models import Claim
from claims.models.choices import ClaimStatus, Origin, SpanRole
from tests.conftest import sign_in
from tests.factories import (
    BODY,
    make_article,
    make_claim,
    make_speaker,
    make_topic,
    make_user,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BRIDGE = "The bridge cost 40 million crowns"
WORDS = ["The harbour will open in May", BRIDGE, "Nobody was hurt", "the fare stays"]


@pytest.fixture
def article():
    return make_article(headline="Harbour news")


def suggest(article, words, rule="said that", score=0.82):
    return make_claim(
        words,
        article=article,
        status=ClaimStatus.SUGGESTED,
        origin=Origin.RULES,
        rule=rule,
        score=score,
    )


def states():
    return list(Claim.objects.order_by("pk").values_list("status", flat=True))


@pytest.mark.slow
def test_what_is_told_of_a_long_claim_says_that_it_is_shortened(at_desk):
    words = "the ferry " * 9 + "stops"
    article = make_article(body=f"They say {words} in June.")
    suggest(article, words)
    desk = at_desk(article, make_user("Annotators"))
    desk.press("n", "a")
    desk.says("the ferry …” accepted")


@pytest.mark.slow
def test_suggestions_are_accepted_and_rejected_one_by_one_and_keep_their_score(
    at_desk, article
):
    claims = [suggest(article, words) for words in WORDS[:3]]
    desk = at_desk(article, make_user("Annotators"))
    assert desk.highlighted("suggestion") == WORDS[:3]
    assert "0 of 3 suggestions decided" in desk.page.text_content("#counts")
    desk.press("Shift+n")
    desk.says("Claim 1 of 3", "suggested")
    assert "said that" in desk.page.text_content(".an-origin")
    assert "0.82" in desk.page.text_content(".an-origin")
    # Two fast presses decide on two claims, not twice on one.
    desk.press("a", "r")
    desk.says("rejected")
    assert desk.page.get_attribute(".an-is-active", "data-id") == str(claims[2].pk)
    assert states() == ["draft", "rejected", "suggested"]
    assert desk.highlighted("suggestion") == [WORDS[2]]
    desk.page.click("[data-filter=rejected]")
    desk.page.click(f"#claim-{claims[1].pk} .an-item")
    assert "0.82" in desk.page.text_content(".an-origin")
    desk.page.click("[data-filter=all]")
    desk.page.focus("#text")
    desk.press("u", "u")
    desk.until(lambda: states() == ["suggested"] * 3)
    desk.press("Shift+u")
    desk.until(lambda: states()[0] == "draft")


@pytest.mark.slow
def test_all_suggestions_of_one_rule_are_accepted_at_once_and_undone_at_once(
    at_desk, article
):
    for words in WORDS[:3]:
        suggest(article, words)
    suggest(article, WORDS[3], rule="according to")
    desk = at_desk(article, make_user("Annotators"))
    desk.page.select_option("#rule", "said that")
    assert desk.listed().count() == 3
    desk.page.click("#bulk-accept")
    desk.says("3 suggestions accepted")
    assert states() == ["draft", "draft", "draft", "suggested"]
    desk.page.focus("#text")
    desk.press("u")
    desk.says("Undone")
    assert states() == ["suggested"] * 4
    assert desk.listed().count() == 3


@pytest.mark.slow
def test_suggestions_can_be_listed_likeliest_first(at_desk, article):
    for words, score in zip(WORDS[:3], (0.2, 0.9, 0.5), strict=True):
        suggest(article, words, score=score)
    desk = at_desk(article, make_user("Annotators"))
    assert desk.listed().locator(".an-words").all_text_contents() == WORDS[:3]
    desk.page.select_option("#order", "score")
    first, second, third = WORDS[:3]
    assert desk.listed().locator(".an-words").all_text_contents() == [
        second,
        third,
        first,
    ]
    assert "likeliest first" in desk.page.get_attribute("#list", "aria-label")


@pytest.mark.slow
def test_where_none_of_many_can_be_taken_back_it_says_why(at_desk, article):
    for words in WORDS[:2]:
        suggest(article, words)
    desk = at_desk(article, make_user("Annotators"))
    desk.page.click("#bulk-accept")
    desk.says("2 suggestions accepted")
    bob = make_user("Annotators", first_name="Bob")
    for claim in Claim.objects.all():
        change_claim(claim, by=bob, version=claim.version, wording="Bob's wording.")
    desk.page.focus("#text")
    desk.press("u")
    desk.says("Cannot undo: Somebody changed this first.")
    assert states() == ["draft", "draft"]


@pytest.mark.slow
def test_an_edited_suggestion_is_accepted_with_the_edit(at_desk, article):
    suggest(article, BRIDGE)
    desk = at_desk(article, make_user("Annotators"))
    desk.press("n", "e")
    desk.page.fill("#f-wording", "The bridge cost 40 million.")
    desk.press("Control+Enter")
    desk.says("Saved")
    claim = Claim.objects.get()
    assert (claim.status, claim.wording) == ("draft", "The bridge cost 40 million.")
    desk.press("u")
    desk.says("Undone", "accepted")
    claim.refresh_from_db()
    assert (claim.status, claim.wording) == ("suggested", BRIDGE)


@pytest.mark.slow
def test_what_was_done_can_be_undone_and_redone_after_the_page_was_loaded_again(
    at_desk, article
):
    for words in WORDS[:2]:
        suggest(article, words)
    desk = at_desk(article, make_user("Annotators"))
    desk.press("n", "e")
    desk.page.fill("#f-wording", "The harbour will open in May 2024.")
    desk.press("Control+Enter")
    desk.page.locator("#words-ask-tick").check()
    desk.page.click("#words-ask-yes")
    desk.says("Saved")
    desk.press("n", "r")
    desk.says("rejected")
    assert states() == ["draft", "rejected"]
    loaded_again(desk)
    desk.press("u", "u")
    desk.until(lambda: states() == ["suggested"] * 2)
    assert Claim.objects.earliest("pk").wording == WORDS[0]
    loaded_again(desk)
    # These two texts were confirmed once.
    desk.press("Shift+u")
    desk.until(lambda: states()[0] == "draft")
    assert Claim.objects.earliest("pk").wording == "The harbour will open in May 2024."
    # What a colleague did while the page was away is not undone.
    bob = make_user("Annotators", first_name="Bob")
    claim = Claim.objects.earliest("pk")
    change_claim(claim, by=bob, version=claim.version, wording="Bob's wording.")
    loaded_again(desk)
    desk.press("u")
    desk.says("Cannot undo", "Bob")


def loaded_again(desk):
    desk.page.reload()
    desk.page.wait_for_selector("html[data-desk=ready]")
    desk.page.focus("#text")


@pytest.mark.slow
def test_undo_never_overwrites_a_colleague(at_desk, article):
    claim = suggest(article, BRIDGE)
    desk = at_desk(article, make_user("Annotators"))
    desk.press("n", "a")
    desk.says("accepted")
    claim.refresh_from_db()
    bob = make_user("Annotators", first_name="Bob")
    change_claim(claim, by=bob, version=claim.version, wording="Bob's wording.")
    desk.press("u")
    desk.says("Cannot undo: changed since by Bob")
    claim.refresh_from_db()
    assert (claim.status, claim.wording) == ("draft", "Bob's wording.")


@pytest.mark.slow
def test_two_editors_see_each_other_and_each_others_claims(at_desk, article):
    make_speaker("Ida Falk")
    ann = at_desk(article, make_user("Annotators", first_name="Ann"), own_time=True)
    bob = at_desk(article, make_user("Annotators", first_name="Bob"), own_time=True)
    assert "Ann is here too" in bob.page.text_content("#people")
    ann.drag("Nobody was hurt")
    ann.press("Enter")
    ann.type("fal")
    bob.drag("The harbour will open")
    bob.press("Enter", "Control+Enter")
    bob.says("Saved")
    scrolled = ann.page.evaluate("scrollY")
    ann.later(6)
    ann.listed().first.wait_for()
    assert "Bob is here too" in ann.page.text_content("#people")
    assert ann.focus() == "f-speaker"
    assert ann.page.input_value("#f-speaker") == "fal"
    assert ann.page.evaluate("scrollY") == scrolled
    ann.press("Enter", "Control+Enter")
    ann.says("Saved")
    bob.later(6)
    bob.listed().nth(1).wait_for()
    assert Claim.objects.count() == 2


@pytest.mark.parametrize(
    "choice", ["use-mine", pytest.param("keep-theirs", marks=pytest.mark.slow)]
)
def test_a_conflict_shows_both_versions_and_loses_neither_unasked(
    at_desk, article, choice
):
    claim = make_claim(BRIDGE, article=article, status=ClaimStatus.DRAFT)
    desk = at_desk(article, make_user("Annotators"))
    desk.press("n", "e")
    desk.page.fill("#f-wording", "My wording.")
    bob = make_user("Annotators", first_name="Bob")
    change_claim(
        claim,
        by=bob,
        version=claim.version,
        wording="Bob's wording.",
        checkability="opinion",
    )
    desk.press("Control+Enter")
    conflict = desk.page.locator("#form-conflict")
    conflict.locator("table").wait_for()
    shown = conflict.text_content()
    assert "Bob changed this claim first" in shown
    assert "My wording." in shown and "Bob's wording." in shown
    # What is not typed here is not "yours" but stays theirs.
    (row,) = conflict.locator("tr", has_text="Can it be checked?").all()
    assert row.locator("td").all_text_contents() == ["Opinion", "as theirs"]
    assert desk.accessible() == []
    desk.page.click(f"#{choice}")
    desk.says("Saved" if choice == "use-mine" else "Their version stays")
    claim.refresh_from_db()
    wanted = "My wording." if choice == "use-mine" else "Bob's wording."
    # What was not typed here stays as the colleague left it.
    assert (claim.wording, claim.checkability) == (wanted, "opinion")


@pytest.mark.slow
def test_a_topic_chosen_here_outlasts_a_colleagues_change(at_desk, article):
    topic = make_topic("Harbours")
    claim = make_claim(BRIDGE, article=article, status=ClaimStatus.DRAFT)
    desk = at_desk(article, make_user("Annotators"))
    desk.press("n", "e")
    desk.page.fill("#f-topics", "harb")
    desk.page.locator(".an-options li", has_text="Harbours").click()
    bob = make_user("Annotators", first_name="Bob")
    change_claim(claim, by=bob, version=claim.version, wording="Bob's wording.")
    desk.press("Control+Enter")
    desk.page.locator("#form-conflict table").wait_for()
    desk.page.click("#use-mine")
    desk.says("Saved")
    claim.refresh_from_db()
    assert (claim.wording, list(claim.topics.all())) == ("Bob's wording.", [topic])


@pytest.mark.slow
def test_a_save_whose_answer_is_lost_or_that_is_pressed_twice_makes_one_claim(
    at_desk, article
):
    desk = at_desk(article, make_user("Annotators"))
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    desk.page.route("**/annotate/claims/", lose)
    desk.drag("Nobody was hurt")
    desk.press("Enter", "Control+Enter", "Control+Enter")
    desk.says("Saved")
    assert (lost, Claim.objects.count()) == ([201], 1)
    assert desk.listed().count() == 1
    desk.page.unroute("**/annotate/claims/")
    # The same for a change: it has landed, so it is no conflict.
    claim = Claim.objects.get()
    lost.clear()

    def lose_change(route):
        if route.request.method == "PATCH" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    desk.page.route("**/annotate/claims/*/", lose_change)
    desk.press("e")
    desk.page.fill("#f-wording", "Nobody was hurt on Monday.")
    desk.press("Control+Enter")
    desk.says("Saved")
    claim.refresh_from_db()
    assert (lost, claim.wording, claim.version) == (
        [200],
        "Nobody was hurt on Monday.",
        2,
    )


@pytest.mark.slow
def test_signed_out_and_offline_nothing_typed_is_lost(at_desk, article, live_server):
    user = make_user("Annotators")
    desk = at_desk(article, user, own_time=True)
    desk.drag("Nobody was hurt")
    desk.press("Enter")
    desk.page.fill("#f-wording", "Nobody was hurt by it.")
    Client().logout()
    desk.page.context.clear_cookies(name="sessionid")
    desk.press("Control+Enter")
    alert = desk.page.locator("#alert")
    alert.filter(has_text="signed out").wait_for()
    assert alert.locator("a").get_attribute("target") == "_blank"
    assert desk.page.input_value("#f-wording") == "Nobody was hurt by it."
    assert not Claim.objects.exists()
    assert desk.accessible() == []
    # The draft outlives the page; after signing in the same form is saved.
    sign_in(desk.page.context, live_server, user)
    desk.open()
    assert desk.page.input_value("#f-wording") == "Nobody was hurt by it."
    desk.page.context.clear_cookies(name="csrftoken")
    desk.page.context.set_offline(True)
    desk.press("Control+Enter")
    # It is tried again, and later again, before it is given up.
    no_answer = alert.filter(has_text="No answer")
    desk.until(lambda: desk.later(1) or no_answer.is_visible())
    assert not Claim.objects.exists()
    desk.page.context.set_offline(False)
    desk.page.focus("#f-wording")
    desk.press("Control+Enter")
    desk.says("Saved")
    assert Claim.objects.get().wording == "Nobody was hurt by it."
    assert alert.is_hidden()


@pytest.mark.slow
def test_a_draft_finds_its_words_in_a_text_corrected_meanwhile(at_desk, article):
    desk = at_desk(article, make_user("Annotators"))
    desk.drag("Nobody was hurt")
    desk.press("Enter")
    editor = make_user("Annotators")
    article.refresh_from_db()
    correct_text(article, BODY.replace("Ida", "Idda"), by=editor, reason="x")
    desk.press("Control+Enter")
    desk.page.locator("#form-error", has_text="found again").wait_for()
    desk.press("Control+Enter")
    desk.says("Saved")
    span = Claim.objects.get().spans.get(role=SpanRole.CONTENT)
    assert (span.text.number, span.exact) == (2, "Nobody was hurt")
    desk.drag("The bridge cost 40 million")
    desk.press("Enter")
    article.refresh_from_db()
    body = article.current_text.body.replace("40 million", "44 million")
    correct_text(article, body, by=editor, reason="x")
    desk.press("Control+Enter")
    desk.page.locator("#form-error", has_text="no longer in the text").wait_for()
    desk.press("Control+Enter")
    desk.drag("The bridge cost 44 million")
    desk.press("m")
    desk.says("has these words")
    desk.page.focus("#f-speaker")
    desk.press("Control+Enter")
    desk.page.locator("#words-ask-tick").check()
    desk.page.click("#words-ask-yes")
    desk.says("Saved")
    assert Claim.objects.latest("pk").quote == "The bridge cost 44 million"
