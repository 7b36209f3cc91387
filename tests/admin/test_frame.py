"""The frame of the desk in a browser: forms that fit, one set of buttons and keys."""

import pytest

from claims.desk.workflow import begin_verdict
from tests.factories import make_claim, make_user, make_verdict
from tests.test_walk import Desk

SCREEN = {"width": 1280, "height": 800}

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(open_window, live_server):
    make_user("Editors", username="rana")
    page = open_window(viewport=SCREEN)
    return Desk(page, live_server, "rana")


def form_of(row):
    return f"/admin/claims/{row._meta.model_name}/{row.pk}/change/"


def buttons(page):
    return page.locator(".submit-row button:visible, .submit-row a:visible")


@pytest.mark.slow
def test_the_forms_of_a_claim_and_of_a_verdict_fit_two_screens(desk):
    claim = make_claim(cue="said", speaker_words="Ida Falk", status="draft")
    listed = make_claim(cue="said", speaker_words="Ida Falk")
    verdict = begin_verdict(listed, by=make_user("Reviewers"))
    with_a_source = make_verdict()
    for row in (claim, verdict, with_a_source):
        desk.go(form_of(row))
        end = desk.page.evaluate(
            "document.querySelector('#content-main form[id$=_form]')"
            ".getBoundingClientRect().bottom + scrollY"
        )
        assert end <= 2 * SCREEN["height"], row
        # Saving is in sight, wherever one is in the form.
        assert desk.page.locator(".submit-row .default").first.is_visible()


@pytest.mark.slow
def test_a_form_has_one_set_of_buttons_and_its_key_saves_from_any_field(desk):
    verdict = make_verdict()
    desk.go(form_of(verdict))
    assert buttons(desk.page).all_text_contents() == [
        "Save",
        "Save and close",
        "Submit for review",
        "Save and see the public page",
    ]
    desk.page.fill("#id_summary", "Another answer.")
    desk.page.locator("#id_how_verified").press("Control+Enter")
    desk.page.locator(".messagelist .success").wait_for()
    assert desk.page.input_value("#id_summary") == "Another answer."
    assert desk.page.url.endswith(form_of(verdict))


@pytest.mark.slow
def test_the_desk_has_no_small_capitals_and_the_sites_own_colours(desk):
    desk.go("/admin/claims/claim/")
    shown = desk.page.evaluate(
        """() => {
          const all = [...document.querySelectorAll("body *")];
          const style = getComputedStyle(document.documentElement);
          return {
            capitals: all
              .filter((each) => getComputedStyle(each).textTransform === "uppercase")
              .map((each) => each.textContent),
            same: ["accent", "ink", "paper"].map((name) =>
              style.getPropertyValue(`--${name}`)),
            body: getComputedStyle(document.body).backgroundColor,
          };
        }"""
    )
    assert shown["capitals"] == []
    assert shown["same"] == ["#1c4f7c", "#1c1b19", "#faf9f6"]
    assert shown["body"] == "rgb(250, 249, 246)"


@pytest.mark.slow
def test_the_theme_switch_chooses_the_sites_own_dark_colours(desk):
    desk.go("/admin/")
    for theme, ground in {
        "dark": "rgb(20, 22, 25)",
        "light": "rgb(250, 249, 246)",
    }.items():
        desk.page.evaluate(
            "(theme) => { document.documentElement.dataset.theme = theme; }", theme
        )
        colour = "getComputedStyle(document.body).backgroundColor"
        assert desk.page.evaluate(colour) == ground
