"""In a browser: from claim to claim by key, and without any script by link."""

import pytest

from tests.factories import make_article, make_claim

BODY = (
    "“The bridge,” Falk said, “cost forty million crowns.” The crowd laughed.\n\n"
    + "\n\n".join(f"Paragraph {n} says nothing at all." for n in range(30))
    + "\n\nThe council said the ferry runs until June."
)


@pytest.fixture
def article(live_server):
    article = make_article(BODY)
    make_claim(["The bridge", "cost forty million crowns"], article=article)
    make_claim("the ferry runs until June", article=article)
    return article


@pytest.fixture
def opened(open_window, live_server, article):
    """Return a function that opens the article, at some words if told."""

    def open_article(fragment="", **options):
        page = open_window(**options)
        page.goto(live_server.url + article.get_absolute_url() + fragment)
        return page

    return open_article


@pytest.mark.slow
@pytest.mark.browser
def test_keys_go_from_claim_to_claim_and_light_up_all_their_words(opened, article):
    first, last = article.claims.order_by("pk").values_list("pk", flat=True)
    page = opened()
    page.wait_for_selector(".has-keys")
    for key, claim in [("n", first), ("j", last), ("n", last), ("k", first)]:
        page.keyboard.press(key)
        assert page.evaluate("location.hash") == f"#words-{claim}"
        lit = page.locator("mark.lit").all_text_contents()
        assert len(lit) == (2 if claim == first else 1)
        assert page.locator(f"#words-{claim}").is_visible()


@pytest.mark.browser
def test_an_address_of_a_claims_words_lights_up_all_its_parts(opened, article):
    first = article.claims.order_by("pk").first().pk
    page = opened(f"#words-{first}")
    page.wait_for_selector("mark.lit")
    assert page.locator("mark.lit").count() == 2


@pytest.mark.browser
@pytest.mark.slow
def test_a_key_typed_into_a_field_goes_nowhere(opened):
    page = opened()
    page.wait_for_selector(".has-keys")
    page.locator("input[type=search]").first.press("n")
    assert page.evaluate("location.hash") == ""


@pytest.mark.slow
@pytest.mark.browser
def test_without_script_links_lead_from_the_words_to_the_note_and_on(opened, article):
    first, last = article.claims.order_by("pk").values_list("pk", flat=True)
    page = opened(java_script_enabled=False)
    page.locator("a.ref").first.click()
    assert page.url.endswith(f"#note-{first}")
    page.locator(f"#note-{first} a[aria-label='Next claim']").click()
    assert page.url.endswith(f"#note-{last}")
    page.locator(f"#note-{last} .note-number").click()
    assert page.url.endswith(f"#words-{last}")
    assert not page.locator(".keys-hint").is_visible()


@pytest.mark.slow
@pytest.mark.browser
def test_keys_go_on_from_the_claim_in_the_focus_however_it_came_there(opened, article):
    first, last = article.claims.order_by("pk").values_list("pk", flat=True)
    page = opened(f"#words-{last}")
    page.wait_for_selector(".has-keys")
    page.locator(f"#note-{first} .note-wording a").focus()
    page.keyboard.press("n")
    assert page.evaluate("location.hash") == f"#words-{last}"
    page.locator(f"#note-{first} .note-wording a").focus()
    page.keyboard.press("j")
    assert page.evaluate("location.hash") == f"#words-{last}"
