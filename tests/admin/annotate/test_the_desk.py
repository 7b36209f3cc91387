"""The desk around the marking: corrections, verdicts, rights, looks, long articles."""

import json
import random
import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from claims.checks import all_checks, broken_rows
from claims.desk.text_corrections import correct_text
from claims.exchange.import_claims import import_claims_file
from claims.models import Claim, Verdict
from claims.models.choices import Anchor, ClaimStatus, Origin
from tests.factories import (
    BODY,
    make_article,
    make_claim,
    make_published,
    make_user,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BRIDGE = "The bridge cost 40 million crowns"


def suggest(article, words):
    return make_claim(
        words,
        article=article,
        status=ClaimStatus.SUGGESTED,
        origin=Origin.RULES,
        rule="said that",
        score=0.82,
    )


def correct(desk, old, new, reason="A typo."):
    """Correct the text as a person does, up to the preview."""
    page = desk.page
    page.click("#correct-open")
    body = page.input_value("#correct-body")
    assert old in body
    page.fill("#correct-body", body.replace(old, new))
    page.fill("#correct-reason", reason)
    page.click("#correct-preview")
    page.locator("#plan-counts").wait_for()
    return page.text_content("#correct-plan")


# --- Correcting the text -----------------------------------------------------------


@pytest.mark.slow
def test_a_typo_before_the_claims_is_corrected_and_every_mark_is_on_its_words(at_desk):
    article = make_article()
    for words in (BRIDGE, "Nobody was hurt"):
        make_claim(words, article=article)
    desk = at_desk(article, make_user("Annotators"))
    assert "All claims stay: 2 of 2" in correct(desk, "Ida Falk", "Ida M. Falk")
    assert desk.accessible() == []
    desk.page.click("#correct-save")
    desk.says("every claim is on its words")
    assert sorted(desk.highlighted("lane-0")) == ["Nobody was hurt", BRIDGE]
    assert "text 2" in desk.page.text_content("#text-number")
    assert desk.page.text_content("#text p").count("Ida M. Falk") == 1


@pytest.mark.slow
def test_changed_words_are_shown_side_by_side_and_confirmed_with_one_key(at_desk):
    article = make_article()
    claim = make_claim(BRIDGE, article=article)
    desk = at_desk(article, make_user("Annotators"))
    shown = correct(desk, "40 million", "44 million")
    assert "1 needs your eye" in shown
    desk.page.click("#correct-cancel")
    assert claim.spans.get().anchor == Anchor.EXACT
    # A correction that was not saved is there again.
    desk.page.click("#correct-open")
    assert "44 million" in desk.page.input_value("#correct-body")
    desk.page.fill("#correct-reason", "The court's figure.")
    desk.page.click("#correct-preview")
    desk.page.click("#correct-save")
    desk.says("1 claim needs your eye")
    new = BRIDGE.replace("40", "44")
    assert desk.highlighted("doubt") == [new]
    desk.press("n")
    doubts = desk.page.locator(".an-doubts")
    assert doubts.locator("del").all_text_contents() == ["40"]
    assert doubts.locator("ins").all_text_contents() == ["44"]
    assert desk.accessible() == []
    desk.press("a")
    # The wording still says 40: that is asked about, and no key alone confirms it.
    desk.page.locator("#words-ask-tick").check()
    desk.page.click("#words-ask-yes")
    desk.says("Confirmed")
    claim.refresh_from_db()
    assert claim.quote == new
    assert desk.highlighted("doubt") == []
    assert desk.highlighted("lane-0") == [new]


@pytest.mark.slow
def test_deleted_words_are_listed_first_and_the_claim_keeps_its_verdict(at_desk):
    article = make_article()
    bridge = make_published(make_claim(BRIDGE, article=article)).claim
    hurt = make_claim("Nobody was hurt", article=article)
    desk = at_desk(article, make_user("Annotators"))
    shown = correct(desk, BODY.split("\n\n")[1] + "\n\n", "")
    assert "2 no longer found" in shown
    assert BRIDGE in shown and "Nobody was hurt" in shown
    desk.page.click("#correct-save")
    desk.says("2 claims need your eye")
    first = desk.listed().first
    assert "needs an eye" in first.text_content()
    for claim in (bridge, hurt):
        claim.refresh_from_db()
        assert claim.status == ClaimStatus.LISTED
    assert bridge.current is not None and bridge.quote == BRIDGE
    # Readers keep the claim and its verdict, and are told that the text has changed.
    site = desk.page.url.split("/admin")[0]
    public = desk.page.request.get(site + bridge.get_absolute_url())
    assert public.status == 200
    assert BRIDGE in public.text() and "text was corrected since" in public.text()
    desk.press("n", "r")
    desk.says("no longer in the text")
    desk.page.wait_for_timeout(100)
    assert Claim.objects.with_doubtful_words().count() == 1
    # A person finds the other one's words elsewhere and attaches it there.
    desk.press("n")
    desk.page.click(".an-is-doubt .an-item")
    desk.page.focus("#text")
    desk.drag("The harbour will open")
    desk.press("m")
    desk.says("The claim stands at")
    assert not Claim.objects.with_doubtful_words().exists()
    assert desk.page.request.get(site + "/claims/").status == 200


@pytest.mark.slow
def test_a_correction_can_start_from_a_colleagues_text(at_desk):
    article = make_article()
    make_claim(BRIDGE, article=article)
    desk = at_desk(article, make_user("Annotators"))
    correct(desk, "40 million", "44 million")
    article.refresh_from_db()
    theirs = BODY.replace("Ida Falk", "Ida M. Falk")
    correct_text(article, theirs, by=make_user("Annotators"), reason="Her name.")
    desk.page.click("#correct-save")
    desk.page.locator("#correct-error", has_text="would replace").wait_for()
    assert "44 million" in desk.page.input_value("#correct-body")
    desk.page.click("#correct-anew")
    assert desk.page.input_value("#correct-body") == theirs
    assert desk.page.locator("#correct-error").is_hidden()
    # It is gone for good, not only until the dialog is opened again.
    desk.page.click("#correct-cancel")
    desk.page.click("#correct-open")
    assert desk.page.input_value("#correct-body") == theirs


# --- Verdicts and other articles ---------------------------------------------------


@pytest.mark.slow
def test_one_key_leads_to_the_verdict_form_and_one_back(at_desk):
    claim = make_claim(BRIDGE, status=ClaimStatus.DRAFT)
    desk = at_desk(claim.article, make_user("Reviewers"))
    desk.press("n", "d")
    desk.page.locator("#back-to-desk").wait_for()
    assert not Verdict.objects.exists()
    # The admin goes to the first field of a new row before.
    # Not by a function: the page's own policy forbids what that does to poll.
    desk.page.locator("[id^=id_rating]:focus").wait_for(state="attached")
    assert "1 ✓ True" in desk.page.text_content(".desk-back")
    desk.press("5")
    desk.page.fill("#id_summary", "Not so.")
    desk.page.get_by_role("button", name="Save", exact=True).click()
    desk.page.locator(".success", has_text="saved").wait_for()
    verdict = Verdict.objects.get(claim=claim)
    assert desk.page.url.endswith(
        reverse("admin:claims_verdict_change", args=[verdict.pk])
    )
    assert (verdict.rating.label, verdict.summary) == ("False", "Not so.")
    desk.page.fill("#id_summary", "Not at all so.")
    desk.press("Escape")
    desk.page.locator(".desk-back", has_text="not saved").wait_for()
    desk.press("Escape")
    desk.page.wait_for_selector("html[data-desk=ready]")
    assert desk.page.get_attribute(".an-is-active", "data-id") == str(claim.pk)
    assert "verdict: draft" in desk.page.text_content(".an-is-active")
    assert desk.focus() == "text"


@pytest.mark.slow
def test_g_goes_to_the_next_article_with_something_to_decide(at_desk):
    here, other = make_article("Nobody said a word."), make_article()
    suggest(other, BRIDGE)
    desk = at_desk(here, make_user("Annotators"))
    desk.page.click("#no-claims")
    desk.says("nothing to mark")
    desk.press("g")
    desk.page.wait_for_url(f"**/{other.pk}/annotate/")
    desk.page.wait_for_selector("html[data-desk=ready]")
    desk.press("n", "a")
    desk.says("Everything is decided")
    assert "1 of 1 suggestion decided" in desk.page.text_content("#counts")
    desk.press("g")
    desk.says("No other article waits")


# --- Who may, and how it looks -----------------------------------------------------


def test_with_view_rights_alone_the_desk_is_only_read(at_desk):
    claim = suggest(make_article(), BRIDGE)
    viewer = make_user(is_staff=True)
    for name in ("view_article", "view_claim"):
        viewer.user_permissions.add(Permission.objects.get(codename=name))
    desk = at_desk(claim.article, viewer)
    assert desk.page.locator("#text-bar").is_hidden()
    assert desk.page.locator("#correct-open").count() == 0
    desk.press("n", "a")
    desk.says("only look")
    assert desk.page.locator(".an-acts button:not([data-act=link])").count() == 0
    desk.drag("Nobody was hurt")
    desk.press("Enter")
    desk.says("only look")
    assert desk.page.locator(".an-form").count() == 0
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.SUGGESTED
    assert desk.accessible() == []


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.slow
def test_the_theme_that_is_chosen_colours_the_desk_and_its_marks(at_desk, system):
    claim = suggest(make_article(), BRIDGE)
    desk = at_desk(claim.article, make_user("Annotators"), color_scheme=system)
    colours = {}
    for theme in ("auto", "light", "dark"):
        desk.page.evaluate(
            "(theme) => { document.documentElement.dataset.theme = theme; }", theme
        )
        colours[theme] = desk.page.evaluate(
            """() => [getComputedStyle(document.getElementById("main")).backgroundColor,
              getComputedStyle(document.querySelector("#text p"),
                "::highlight(desk-suggestion)").backgroundColor]"""
        )
    assert colours["light"] == ["rgb(255, 254, 251)", "rgb(227, 239, 255)"]
    assert colours["dark"] == ["rgb(23, 25, 28)", "rgb(27, 51, 80)"]
    assert colours["auto"] == colours[system]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_of_the_desk_shuts_anybody_out(at_desk, scheme):
    article = make_article()
    make_claim(["The harbour will open", "in May"], article=article, cue="said")
    make_published(make_claim(BRIDGE, article=article))
    make_claim("bridge cost", article=article, status=ClaimStatus.DRAFT)
    suggest(article, "Nobody was hurt")
    suggest(article, "the fare stays the same")
    desk = at_desk(article, make_user("Editors"), color_scheme=scheme)
    assert desk.accessible() == []
    desk.press("n")
    assert desk.accessible() == []
    desk.press("s", "Enter")
    desk.type("fal")
    desk.page.locator(".an-options li").first.wait_for()
    assert desk.accessible() == []
    desk.press("Escape")
    desk.page.fill("#f-wording", "")
    desk.press("Escape")
    assert desk.page.locator("#reopen").is_visible()
    desk.press("q")
    desk.type("the")
    assert desk.accessible() == []
    desk.press("Escape", "?")
    assert desk.accessible() == []
    desk.press("Escape")
    desk.page.click("[data-filter=rejected]")
    assert desk.accessible() == []


@pytest.mark.slow
def test_a_narrow_window_and_large_type_keep_everything_in_reach(at_desk):
    article = make_article()
    make_claim(BRIDGE, article=article)
    desk = at_desk(
        article, make_user("Annotators"), viewport={"width": 800, "height": 700}
    )
    for width in (760, 640, 400):
        # 400 points of a page are what 200 % zoom leaves of a window of 800.
        desk.page.set_viewport_size({"width": width, "height": 700})
        wide = desk.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, width
        text = desk.page.locator("#text").bounding_box()
        panel = desk.page.locator("#panel").bounding_box()
        assert text["width"] > width * 0.8
        assert panel["y"] >= text["y"] + text["height"]
    desk.page.focus("#text")
    desk.press("n")
    desk.says("Claim 1 of 1")
    live = desk.page.locator("#live").bounding_box()
    assert 0 < live["y"] < 700
    assert desk.accessible() == []


@pytest.mark.slow
def test_states_differ_without_colour(at_desk):
    article = make_article()
    make_claim(BRIDGE, article=article)
    suggest(article, "Nobody was hurt")
    desk = at_desk(article, make_user("Annotators"), forced_colors="active")
    styles = desk.page.evaluate(
        """() => Object.fromEntries(["lane-0", "suggestion", "cue", "speaker", "doubt"]
          .map((name) => [name, getComputedStyle(document.querySelector("#text p"),
            `::highlight(desk-${name})`).textDecorationStyle]))"""
    )
    assert styles == {
        "lane-0": "solid",
        "suggestion": "dashed",
        "cue": "wavy",
        "speaker": "dotted",
        "doubt": "double",
    }
    states = desk.page.locator(".an-state").all_text_contents()
    assert [each.split()[0] for each in states] == ["Listed", "Suggested"]


@pytest.mark.slow
def test_without_scripts_the_article_is_read_and_a_claim_is_pasted(at_desk):
    article = make_article()
    desk = at_desk(article, make_user("Annotators"), java_script_enabled=False)
    assert BODY.split("\n\n")[0] in desk.page.text_content("#text")
    desk.page.click("noscript a")
    assert "add" in desk.page.url
    desk.page.fill("#id_quote", "Nobody was hurt")
    desk.page.fill("#id_wording", "Nobody was hurt.")
    desk.page.click("[name=_save]")
    claim = Claim.objects.get()
    assert (claim.quote, claim.article) == ("Nobody was hurt", article)


def test_the_page_holds_no_inline_script_style_or_handler(client):
    article = make_article()
    client.force_login(make_user("Editors"))
    page = client.get(reverse("admin:claims_article_annotate", args=[article.pk]))
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy
    html = page.content.decode()
    scripts = re.findall(r"<script\b([^>]*)>", html)
    assert all("src=" in each or "application/json" in each for each in scripts)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)


# --- A long article ----------------------------------------------------------------


@pytest.mark.slow
def test_300_claims_on_50_000_characters_are_all_there_and_a_key_touches_few(
    at_desk, tmp_path
):
    chance = random.Random(5)
    words = [line.split()[0] for line in BODY.replace("“", "").split(". ")]
    words += BODY.split()
    paragraphs = [" ".join(chance.choices(words, k=100)) + "." for _n in range(85)]
    article = make_article("\n\n".join(paragraphs))
    text = article.current_text
    assert len(text.body) > 45_000
    step = len(text.body) // 301
    places = []
    for number in range(300):
        start = text.body.index(" ", number * step) + 1
        places.append((start, text.body.index(" ", start + 60)))
    file = tmp_path / "claims.jsonl"
    file.write_text(
        "\n".join(
            json.dumps({"quote": text.body[start:end], "quote_spans": f"{start}-{end}"})
            for start, end in places
        )
    )
    assert import_claims_file(file, article=article).new == 300
    desk = at_desk(article, make_user("Annotators"))
    assert desk.listed().count() == 300
    lanes = [len(desk.highlighted(f"lane-{n}")) for n in range(3)]
    assert sum(lanes) == 300
    changed = desk.page.evaluate(
        """async () => {
          let nodes = 0;
          const watch = new MutationObserver((records) => {
            for (const each of records) nodes += each.addedNodes.length;
          });
          const list = document.getElementById("list");
          watch.observe(list, {childList: true, subtree: true});
          const text = document.getElementById("text");
          for (let n = 0; n < 20; n += 1) {
            const key = new KeyboardEvent("keydown", {key: "n", bubbles: true});
            text.dispatchEvent(key);
            await new Promise(requestAnimationFrame);
          }
          return nodes / 20;
        }"""
    )
    # Two items are made anew for each key, however many there are.
    assert changed < 12
    # The marks lie over the text; its paragraphs are single pieces of words still.
    pieces = desk.page.evaluate(
        "[...document.querySelectorAll('#text p')].map((p) => p.childNodes.length)"
    )
    assert set(pieces) == {1}


@pytest.mark.slow
def test_after_all_this_everything_stored_still_holds_together(at_desk):
    article = make_article()
    for words in (BRIDGE, "Nobody was hurt", "the fare stays the same"):
        make_claim(words, article=article)
    editor = make_user("Annotators")
    desk = at_desk(article, editor, own_time=True)
    desk.drag("The harbour will open in May")
    desk.press("Enter", "Control+Enter")
    desk.says("Saved")
    article.refresh_from_db()
    correct_text(article, BODY.replace("40", "44"), by=editor, reason="x")
    desk.later(6)
    desk.page.locator("#counts", has_text="1 needs your eye").wait_for()
    desk.press("Shift+n", "a")
    desk.page.locator("#words-ask-tick").check()
    desk.page.click("#words-ask-yes")
    desk.says("Confirmed")
    desk.press("u")
    desk.page.wait_for_timeout(200)
    for check in all_checks():
        assert broken_rows(check) == [], check.name
