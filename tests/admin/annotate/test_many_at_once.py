"""Many claims of one article with few keys: found, marked, listed, pointed to."""

import pytest

from claims.desk.suggestions import suggest_claims
from claims.desk.workflow import take_step
from claims.models import Claim
from claims.models.choices import ClaimStatus, Origin
from tests.admin.annotate.desk import Desk
from tests.factories import make_article, make_claim, make_speaker, make_user

browser = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = [f"the quay number {number} opens in May" for number in range(28)]


def suggested(words=WORDS, **fields):
    """Return an article with a suggestion on each of some words, its speaker known."""
    article = make_article("\n\n".join(f"Falk said {each}." for each in words))
    falk = make_speaker("Ida Falk")
    for each in words:
        make_claim(
            each,
            article=article,
            speaker=falk,
            wording=f"{each[0].upper()}{each[1:]}.",
            status=ClaimStatus.SUGGESTED,
            origin=Origin.RULES,
            **fields,
        )
    return article


def in_status(status):
    return Claim.objects.filter(status=status).count()


@pytest.mark.django_db
def test_what_cannot_stand_alone_is_listed_only_when_somebody_was_shown_it():
    article = make_article("He opens the quay in May. The quay is new.")
    claim = make_claim(
        "He opens the quay in May",
        article=article,
        status=ClaimStatus.DRAFT,
        origin=Origin.RULES,
        wording="He opens the quay in May.",
        proposed={"wording": "He opens the quay in May.", "open_words": ["He"]},
    )
    part = make_claim("The quay", article=article, status=ClaimStatus.DRAFT)
    sound = make_claim("The quay is new", article=article, status=ClaimStatus.DRAFT)
    desk = Desk(article, make_user("Editors"))
    shown = {
        each["id"]: each["unclear"] for each in desk.get("claims/").json()["claims"]
    }
    assert "“He”" in shown[claim.pk]
    assert "no whole sentence" in shown[part.pk]
    assert shown[sound.pk] == ""
    rows = [{"id": claim.pk, "version": claim.version}]
    refused = desk.post("claims/bulk/", step="list", claims=rows).json()
    assert "“He”" in refused["results"][0]["error"]
    done = desk.post("claims/bulk/", step="list", claims=rows, confirmed=True).json()
    assert done["results"] == [{"id": claim.pk}]
    assert done["claims"][0]["status"] == "listed"
    bad = desk.post("claims/bulk/", step="list", claims=rows, confirmed="yes")
    assert bad.status_code == 400


@pytest.mark.django_db
def test_a_speaker_whom_the_text_leaves_open_is_told_before_listing():
    for name in ("Ola Berg", "Nils Dahl"):
        make_speaker(name)
    article = make_article(
        "Ola Berg met Nils Dahl on Monday. He said the harbour opened in May.\n\n"
        "Nils Dahl said the quay is new."
    )
    suggest_claims(article, by=make_user("Annotators"))
    for claim in Claim.objects.all():
        take_step("accept", claim, by=make_user("Annotators"))
    desk = Desk(article, make_user("Editors"))
    shown = {
        each["speaker"]["name"]: each["unclear"]
        for each in desk.get("claims/").json()["claims"]
    }
    assert "“he” read as Ola Berg" in shown["Ola Berg"]
    assert shown["Nils Dahl"] == ""


class TestInTheBrowser:
    pytestmark = browser

    @pytest.mark.slow
    def test_28_claims_of_one_article_are_listed_with_three_keys(self, at_desk):
        desk = at_desk(suggested(), make_user("Editors"))
        desk.press("Shift+A")
        desk.says("28 suggestions accepted")
        desk.press("Shift+L")
        desk.page.locator("#ask-title", has_text="List 28 claims?").wait_for()
        assert desk.accessible() == []
        desk.press("Enter")
        # Each is published for readers; a busy machine takes its time.
        told = desk.page.locator("#live", has_text="28 claims listed.")
        told.wait_for(timeout=60_000)
        assert in_status("listed") == 28
        # The control: there is nothing more to list, and nothing is asked.
        desk.press("Shift+L")
        desk.says("No draft here can be listed")

    @pytest.mark.slow
    def test_open_pronouns_and_fragments_are_told_and_left_out(self, at_desk):
        article = suggested([*WORDS[:2], "he opens it himself", "a new quay of stone"])
        make_claim("Falk said he opens it", article=article, status=ClaimStatus.DRAFT)
        Claim.objects.filter(status="draft").update(speaker=None, version=2)
        desk = at_desk(article, make_user("Editors"))
        desk.press("Shift+A")
        desk.says("suggestions accepted")
        desk.press("Shift+L")
        desk.page.locator("#ask-title", has_text="List 2 claims?").wait_for()
        notes = desk.page.locator("#ask-notes li").all_text_contents()
        assert len(notes) == 3, notes
        assert "“He”" in notes[0] and "no whole sentence" in notes[1]
        assert "1 draft has no speaker yet" in notes[2]
        desk.press("Enter")
        desk.says("2 claims listed.")
        desk.press("Shift+L")
        desk.page.locator("#ask-title", has_text="List 0 claims?").wait_for()
        assert desk.accessible() == []
        desk.page.check("#ask-tick")
        desk.page.click("#ask-yes")
        desk.says("2 claims listed.")
        assert (in_status("listed"), in_status("draft")) == (4, 1)

    @pytest.mark.slow
    def test_all_places_of_words_are_marked_by_one_key_and_taken_back_by_one(
        self, at_desk
    ):
        sentence = "The ferry sails at nine. "
        article = make_article(f"{sentence * 14}\n\nNobody saw it.")
        desk = at_desk(article, make_user("Annotators"))
        desk.press("q")
        desk.type("the ferry sails")
        desk.page.locator("#w-count", has_text="14 times").wait_for()
        assert desk.highlighted("draft") == ["The ferry sails"] * 14
        assert desk.accessible() == []
        desk.press("Shift+Enter")
        desk.says("14 places marked")
        assert in_status("draft") == 14
        assert set(Claim.objects.values_list("quote", flat=True)) == {"The ferry sails"}
        assert desk.focus() == "text"
        desk.press("u")
        desk.says("Undone")
        assert in_status("rejected") == 14
        desk.press("Shift+U")
        desk.says("Done again")
        assert in_status("draft") == 14
        desk.press("q")
        desk.type("the ferry sails")
        desk.page.locator("#w-count", has_text="14 times").wait_for()
        desk.press("Shift+Enter")
        desk.says("marked already")
        assert Claim.objects.count() == 14

    @pytest.mark.slow
    def test_the_link_to_a_claim_is_copied_and_leads_to_it(self, at_desk):
        article = suggested(WORDS[:3])
        last = Claim.objects.order_by("pk").last()
        desk = at_desk(article, make_user("Annotators"))
        desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        desk.press("y")
        desk.says("Choose a claim first")
        desk.press("n", "p", "y")
        desk.says("Link copied")
        link = desk.page.evaluate("navigator.clipboard.readText()")
        assert link == f"{desk.address}#claim-{last.pk}"
        desk.press("n")
        desk.page.goto("about:blank")
        desk.page.goto(link)
        active = desk.page.locator(f".an-is-active[data-id='{last.pk}']")
        active.wait_for()
        active.locator("[data-act=link]").click()
        desk.says("Link copied")

    @pytest.mark.slow
    @pytest.mark.parametrize(("width", "is_beside"), [(800, True), (700, False)])
    def test_claims_stand_beside_the_text_down_to_800_pixels(
        self, at_desk, width, is_beside
    ):
        desk = at_desk(
            suggested(WORDS[:3]),
            make_user("Annotators"),
            viewport={"width": width, "height": 700},
        )
        text, panel = (
            desk.page.locator(each).bounding_box() for each in ("#text", "#panel")
        )
        assert (panel["x"] >= text["x"] + text["width"]) == is_beside
        assert text["width"] > 400
        assert panel["x"] + panel["width"] <= width

    @pytest.mark.slow
    def test_the_tool_bar_is_one_line_on_a_telephone(self, at_desk):
        desk = at_desk(
            suggested(WORDS[:3]),
            make_user("Annotators"),
            viewport={"width": 360, "height": 700},
        )
        desk.press("n")
        desk.says("Claim 1 of 3")
        desk.drag("opens in May")
        shown = desk.page.locator("#text-bar button:visible")
        boxes = [each.bounding_box() for each in shown.all()]
        assert len(boxes) == 7
        assert len({box["y"] for box in boxes}) == 1
        wide = "document.documentElement.scrollWidth"
        assert desk.page.evaluate(wide) == 360
        shown.last.click()
        desk.says("Letter by letter")
        assert desk.accessible() == []
