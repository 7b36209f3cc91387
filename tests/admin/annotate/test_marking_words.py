"""Marking words in a real browser: by mouse, by keyboard, by pasting them."""

import pytest
from django.contrib.auth.models import Permission

from claims.models import Claim, Speaker
from claims.models.choices import ClaimStatus, SpanRole
from tests.factories import make_article, make_claim, make_speaker, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "Sanctions were a threat, John Rood said on Wednesday, emphasizing that Ankara "
    "would face more of them over the S-400 and the $2.5-billion order.\n\n"
    "“We talk, we do not threaten,” Erdoğan'ın spokesman said. The 🛰️👩🏽‍🚀 crew of "
    "nine left in May, he added.\n\n"
    "A third paragraph ends it."
)


@pytest.fixture
def article():
    return make_article(BODY, headline="Threats and talks")


def quotes():
    return sorted(Claim.objects.values_list("quote", flat=True))


@pytest.mark.slow
def test_a_drag_takes_whole_words_and_letters_only_in_letter_mode(at_desk, article):
    desk = at_desk(article, make_user("Annotators"))
    desk.drag("nkara would fa")
    assert desk.told() == "Selected: “Ankara would face”"
    desk.drag("400 and the $2")
    assert desk.told() == "Selected: “S-400 and the $2.5-billion”"
    desk.drag("rdoğan'ın spok")
    assert desk.told() == "Selected: “Erdoğan'ın spokesman”"
    desk.press("x")
    desk.says("Letter by letter")
    desk.drag("nkara would fa")
    assert desk.told() == "Selected: “nkara would fa”"
    assert not Claim.objects.exists()


@pytest.mark.slow
def test_selecting_and_copying_makes_no_claim(at_desk, article):
    desk = at_desk(article, make_user("Annotators"))
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.drag("Ankara would face")
    desk.press("Control+c")
    assert desk.page.evaluate("navigator.clipboard.readText()") == "Ankara would face"
    assert desk.page.locator(".an-form").count() == 0
    assert not Claim.objects.exists()


def test_a_claim_takes_enter_three_letters_enter_and_control_enter(at_desk, article):
    rood = make_speaker("John Rood")
    make_speaker("Rosa Root")
    desk = at_desk(article, make_user("Annotators"))
    desk.press("ArrowDown", "ArrowRight")
    words = desk.told().split("“")[1].rstrip("”")
    desk.press("Shift+ArrowRight", "Enter")
    assert desk.focus() == "f-speaker"
    assert words in desk.page.text_content("#form-quote")
    desk.type("Roo")
    # The answer may still be on its way; Enter waits for it.
    desk.press("Enter", "Control+Enter")
    desk.says("Saved", "John Rood")
    claim = Claim.objects.get()
    assert (claim.speaker, claim.status) == (rood, ClaimStatus.DRAFT)
    assert claim.quote.startswith(words)
    assert desk.listed().count() == 1
    assert desk.highlighted("lane-0") == [claim.quote]
    assert desk.focus() == "text"
    (cursor,) = desk.highlighted("cursor")
    after = BODY[BODY.index(claim.quote) + len(claim.quote) :]
    assert after.lstrip(" ,.").startswith(cursor)
    desk.press("Shift+ArrowRight")
    assert cursor in desk.told()


@pytest.mark.slow
def test_an_unknown_speaker_is_created_on_the_spot_by_those_who_may(at_desk, article):
    desk = at_desk(article, make_user("Annotators"))
    desk.drag("Ankara would face")
    desk.press("Enter")
    desk.type("Turkish Government")
    options = desk.page.locator(".an-options li")
    # The options of the first letters stand there until those of the last have come.
    options.filter(has_text="Create “Turkish Government”").wait_for()
    assert "government" in options.last.text_content()
    desk.press("Enter")
    desk.says("created")
    desk.press("Control+Enter")
    desk.says("Saved")
    assert Claim.objects.get().speaker.name == "Turkish Government"
    user = make_user("Annotators")
    user.groups.clear()
    for name in ("view_article", "view_claim", "add_claim"):
        user.user_permissions.add(Permission.objects.get(codename=name))
    other = at_desk(article, user)
    other.drag("in May")
    other.press("Enter")
    other.type("Nobody Known")
    other.page.wait_for_timeout(400)
    assert other.page.locator(".an-options li").count() == 0
    assert Speaker.objects.count() == 1


@pytest.mark.slow
def test_the_program_fills_in_what_it_reads_and_typing_wins(at_desk, article):
    rood = make_speaker("John Rood")
    desk = at_desk(article, make_user("Annotators"))
    desk.drag("Sanctions were a threat")
    desk.press("Enter")
    desk.page.locator("#guess-stated_on", has_text="guess").wait_for()
    assert desk.page.input_value("#f-stated_precision") == "day"
    assert desk.page.input_value("#f-speaker") == "John Rood"
    assert "Cue: said" in desk.page.text_content("#form-marks")
    desk.press("Control+Enter")
    desk.says("Saved")
    claim = Claim.objects.get()
    assert claim.speaker == rood
    assert [s.exact for s in claim.spans.filter(role="cue")] == ["said"]


@pytest.mark.slow
def test_cue_speaker_words_parts_and_edges_are_set_by_key(at_desk, article):
    claim = make_claim("Ankara would face more of them", article=article)
    claim_before = claim.version
    desk = at_desk(article, make_user("Annotators"))
    desk.press("n")
    desk.says("Claim 1 of 1")
    desk.drag("emphasizing that")
    desk.press("c")
    desk.says("is now the cue")
    assert desk.highlighted("cue") == ["emphasizing that"]
    desk.drag("John Rood")
    desk.press("w")
    desk.says("speaker as printed")
    desk.drag("in May")
    desk.press("k")
    desk.says("2 parts")
    assert desk.highlighted("active") == ["Ankara would face more of them", "in May"]
    desk.drag("nine left in May")
    desk.press("k")
    desk.says("cannot share words")
    claim.refresh_from_db()
    assert claim.quote == "Ankara would face more of them [...] in May"
    roles = dict(claim.spans.exclude(role="content").values_list("role", "exact"))
    assert roles == {"cue": "emphasizing that", "speaker": "John Rood"}
    desk.press("b", "ArrowRight", "Enter")
    desk.says("The claim is now")
    claim.refresh_from_db()
    assert claim.quote == "would face more of them [...] in May"
    desk.press("t", "ArrowRight", "ArrowLeft", "Escape")
    desk.says("stays where it was")
    # As fast as fingers can: each is undone after the other.
    desk.press("u", "u", "u", "u", "u")
    desk.says("nothing to undo")
    claim.refresh_from_db()
    assert claim.quote == "Ankara would face more of them"
    assert claim.version == claim_before + 8
    assert not claim.spans.exclude(role="content").exists()


@pytest.mark.slow
def test_a_claim_within_another_is_seen_and_clicked_apart(at_desk, article):
    outer = make_claim("We talk, we do not threaten", article=article)
    inner = make_claim("we do not threaten", article=article)
    desk = at_desk(article, make_user("Annotators"))
    assert desk.highlighted("lane-0") == [outer.quote]
    assert desk.highlighted("lane-1") == [inner.quote]
    assert "inside claim 1" in desk.page.text_content(f"#claim-{inner.pk}")
    active = desk.page.locator(".an-is-active")
    desk.click("threaten")
    assert active.get_attribute("data-id") == str(inner.pk)
    desk.click("threaten")
    assert active.get_attribute("data-id") == str(outer.pk)
    desk.click("third paragraph")
    assert active.count() == 0


@pytest.mark.slow
def test_a_selection_over_a_paragraph_break_keeps_the_break(at_desk, article):
    desk = at_desk(article, make_user("Annotators"))
    left, top, *_rest = desk.place("he added")
    *_rest, right, bottom = desk.place("A third")
    mouse = desk.page.mouse
    mouse.move(left + 1, top)
    mouse.down()
    mouse.move(right - 1, bottom, steps=4)
    mouse.up()
    desk.says("Selected")
    desk.press("Enter")
    desk.page.locator("#form-quote").wait_for()
    desk.press("Control+Enter")
    desk.says("Saved")
    assert quotes() == ["he added.\n\nA third"]


@pytest.mark.slow
def test_words_after_emoji_are_the_same_on_screen_and_in_store(at_desk, article):
    desk = at_desk(article, make_user("Annotators"))
    desk.drag("crew of nine left in May")
    desk.press("Enter", "Control+Enter")
    desk.says("Saved")
    assert quotes() == ["crew of nine left in May"]
    desk.open()
    assert desk.highlighted("lane-0") == ["crew of nine left in May"]
    desk.press("Escape", "x")
    desk.drag("👩🏽‍🚀")
    desk.press("Enter", "Control+Enter")
    desk.says("Saved")
    assert "👩🏽‍🚀" in "".join(quotes())
    span = Claim.objects.latest("pk").spans.get(role=SpanRole.CONTENT)
    assert article.current_text.body[span.start : span.end] == span.exact


@pytest.mark.slow
def test_pasted_words_are_found_and_marked_without_a_selection(at_desk, article):
    desk = at_desk(article, make_user("Annotators"))
    desk.press("q")
    assert desk.focus() == "w-words"
    desk.type('"we talk, we do')
    desk.page.locator("#w-count", has_text="once").wait_for()
    assert desk.page.locator("#w-hits button").count() == 1
    desk.press("Enter")
    desk.page.locator("#f-speaker").wait_for()
    desk.press("Control+Enter")
    desk.says("Saved")
    assert quotes() == ["“We talk, we do"]
    desk.press("q")
    desk.type("said")
    desk.page.locator("#w-count", has_text="2 times").wait_for()
    desk.page.locator("#w-hits button").nth(1).click()
    desk.page.locator("#f-speaker").wait_for()
    desk.press("Control+Enter")
    desk.says("Saved: “said”")
    # Cue and speaker stand beside it where the answer with them was there in time.
    words = Claim.objects.latest("pk").spans.get(role=SpanRole.CONTENT)
    assert words.start == BODY.rindex("said")
    desk.press("q")
    desk.type("words that are not there")
    desk.page.locator("#w-count", has_text="do not stand").wait_for()
    desk.press("Escape")
    assert desk.focus() == "text"


@pytest.mark.slow
def test_the_whole_job_is_done_by_keyboard_and_the_focus_is_always_seen(
    at_desk, article
):
    make_speaker("John Rood")
    desk = at_desk(article, make_user("Annotators"))
    assert desk.focus() == "text"
    desk.press("s", "s")
    assert desk.told().startswith("Selected: “Sanctions")
    desk.press("Escape", "ArrowDown", "ArrowUp", "Shift+ArrowDown")
    assert len(desk.told()) > 40
    desk.press("Enter")
    desk.type("roo")
    desk.press("Enter", "Tab")
    desk.type(" More words.")
    desk.press("Shift+Tab", "Control+Enter")
    desk.says("Saved")
    assert Claim.objects.get().wording.endswith("More words.")
    desk.press("e")
    desk.page.locator("#form-title", has_text="Edit").wait_for()
    desk.press("Escape", "l")
    # No reason is asked for, so there is no empty box to wonder about.
    desk.page.wait_for_selector("#ask[open]")
    assert not desk.page.is_visible("#ask-reason")
    assert desk.page.locator("#ask").is_visible()
    desk.press("Enter")
    desk.says("done")
    assert Claim.objects.get().status == ClaimStatus.LISTED
    seen = set()
    for _stop in range(25):
        desk.press("Tab")
        style = desk.page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            return [e.id || e.className || e.tagName,
              s.outlineStyle !== "none" || s.boxShadow !== "none"
              || e === document.body]; }"""
        )
        assert style[1], style[0]
        seen.add(style[0])
    assert len(seen) > 8


@pytest.mark.slow
def test_the_keys_are_listed_and_single_letters_can_be_turned_off(at_desk, article):
    make_claim("Ankara would face", article=article, status=ClaimStatus.DRAFT)
    desk = at_desk(article, make_user("Annotators"))
    desk.press("?")
    assert desk.page.locator("#help").is_visible()
    assert desk.page.locator("#help-keys dt").count() > 20
    desk.page.uncheck("#letters")
    desk.press("Escape")
    desk.page.focus("#text")
    desk.press("n")
    desk.page.wait_for_timeout(50)
    assert desk.page.locator(".an-is-active").count() == 0
    desk.press("Control+a", "?")
    desk.page.check("#letters")
    desk.press("Escape")
    desk.page.focus("#text")
    desk.press("n")
    desk.says("Claim 1 of 1")
    desk.press("Delete")
    desk.says("deleted")
    assert Claim.objects.get().status == ClaimStatus.REJECTED
    desk.press("u")
    desk.says("Undone")
    assert Claim.objects.get().status == ClaimStatus.DRAFT
    desk.press("Shift+U")
    desk.says("Done again")
