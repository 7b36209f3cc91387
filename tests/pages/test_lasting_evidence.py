"""A verdict with tables, quotes, pictures and files, in a browser; its preview too."""

import re

import pytest
from playwright.sync_api import expect

from claims.desk.evidence_files import keep
from claims.desk.workflow import take_step
from claims.models import Evidence
from claims.models.choices import PublicationKind
from tests.conftest import sign_in
from tests.desk.files_made import PDF, picture
from tests.factories import make_user, make_verdict
from tests.pages.conftest import npm_file
from tests.pages.looking import WIDTH, complaints_of_axe

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

WHY = """The harbour board's own figures say otherwise. It **fell** in each year:

| Year | Ships | Crowns a ship | Crowns in all | Source of the figures |
|------|------:|--------------:|--------------:|-----------------------|
| 2023 | 1,204 | 31,000 | 37,324,000 | [Yearbook, table 4](https://harbour.example/4) |
| 2024 | 1,102 | 32,500 | 35,815,000 | [Yearbook, table 5](https://harbour.example/5) |

> No year since 2019 was better than the one before it.

![Ships a year, as columns](ships.png)

## What we do not know

1. What the board *planned* for 2025.
2. Whether `harbour.csv` is complete: https://harbour.example/harbour.csv.
"""


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def verdict():
    """A published correction, with a public picture and a public PDF."""
    verdict = make_verdict(explanation=WHY)
    row = verdict.evidence.get()
    row.file = keep(picture(size=(900, 420)), by=verdict.author)
    row.file_name, row.file_is_public = "ships.png", True
    row.save()
    Evidence.objects.create(
        verdict=verdict,
        title="Minutes of the harbour board",
        url="https://harbour.example/minutes",
        file=keep(PDF, by=verdict.author),
        file_name="minutes.pdf",
        file_is_public=True,
        order=2,
    )
    editor = make_user("Editors")
    take_step("submit", verdict, by=verdict.author)
    take_step("publish", verdict, by=editor)
    take_step(
        "revise",
        verdict,
        by=verdict.author,
        kind=PublicationKind.CLARIFIED,
        comment="The table names [its sources](https://harbour.example/) now.",
    )
    take_step("submit", verdict, by=verdict.author)
    return take_step("publish", verdict, by=editor)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scheme", "width"),
    [("dark", 360), ("light", 360), ("light", 1280), ("dark", 1280)],
)
def test_readers_see_tables_quotes_pictures_and_files(
    open_window, live_server, verdict, scheme, width, tmp_path
):
    page = open_window(
        keep=False, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page.goto(live_server.url + verdict.claim.get_absolute_url())
    written = page.locator(".written")
    expect(written.locator("table").first).to_be_visible()
    shown = written.locator("img")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 900)
    assert page.evaluate(WIDTH) <= width
    axe = npm_file("axe-core", "axe.min.js").read_text(encoding="utf-8")
    assert complaints_of_axe(page, axe) == []
    assert page.evaluate("() => window.watched.blocked") == []
    assert page.remarks == []
    page.screenshot(path=tmp_path / f"claim-{scheme}-{width}.png", full_page=True)


@pytest.mark.slow
def test_a_text_is_previewed_as_it_is_typed_by_keys_alone(open_window, live_server):
    author = make_user("Reviewers")
    verdict = make_verdict(author=author, explanation="It *rose*.")
    page = open_window(keep=False)
    sign_in(page.context, live_server, author)
    page.goto(f"{live_server.url}/admin/claims/verdict/{verdict.pk}/change/")
    page.locator("#id_explanation").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    preview = page.locator("#id_explanation + details")
    expect(preview.locator(".written em")).to_have_text("rose")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\n[x](ftp://a.example) <b>**fell**")
    expect(preview.locator(".written strong")).to_have_text("fell")
    expect(preview.locator("li")).to_have_text(re.compile("is no link"))
    assert preview.locator(".written b").count() == 0
    assert page.evaluate("() => window.watched.blocked") == []
    assert page.remarks == []
    axe = npm_file("axe-core", "axe.min.js").read_text(encoding="utf-8")
    within = {"include": ["details.desk-commonmark[open]"]}
    page.evaluate(axe)
    found = page.evaluate("(where) => axe.run(where).then((r) => r.violations)", within)
    assert [each["id"] for each in found] == []
