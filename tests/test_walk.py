"""The whole way of a claim in a real browser: from the printed words to the reader.

The article is read from a file in the import's format, as an editor would hand it in.
Its sentences are our own; the real sample takes the same way when its folder is given
in FACTCHECK_SAMPLE.
"""

import csv
import io
import os
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import expect

from claims.models import Article, Claim, PublishedVerdict, Speaker, SpeakerAlias
from tests.conftest import sign_in
from tests.factories import make_speaker, make_user
from tests.windows import complaints_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OWN = """date 2019-12-05 Talks over missiles go on, official says

Washington keeps talking to Turkey about giving up the S-400, Under Secretary of \
Defense for Policy John Rood said Wednesday, Daily Sabah reported.

Ankara also pointed out that it looked for other sellers because Washington would not \
sell it the Patriot.

Recep Tayyip Erdoğan said full deployment would come by April 2020.
"""
# What is marked: words of the claim, cue, speaker as printed, speaker.
OWN_CLAIMS = [
    (
        "Washington keeps talking to Turkey about giving up the S-400",
        "said",
        "John Rood",
        "John Rood",
    ),
    (
        "it looked for other sellers because Washington would not sell it the Patriot",
        "pointed out that",
        "Ankara",
        "Turkey",
    ),
]
SAMPLE_CLAIMS = [
    (
        "The U.S. will continue to engage in dialogue with Turkey",
        "said",
        "John Rood",
        "John Rood",
    ),
    (
        "the U.S. decision against selling Patriots led Turkey to seek out other "
        "sellers",
        "pointed out",
        "Ankara",
        "Turkey",
    ),
]


@pytest.fixture
def sample(tmp_path):
    """The folder of the article and the claims to mark in it."""
    folder = os.environ.get("FACTCHECK_SAMPLE")
    if folder:
        return Path(folder), SAMPLE_CLAIMS
    (tmp_path / "talks.txt").write_text(OWN, encoding="utf-8")
    return tmp_path, OWN_CLAIMS


class Desk:
    """One person's window; they are signed in, or sign in by typing themselves."""

    def __init__(self, page, server, login, *, types_password=False):
        self.page, self.server = page, server
        if not types_password:
            user = get_user_model().objects.get(username=login)
            sign_in(page.context, server, user)
            return
        self.go("/admin/login/")
        self.page.fill("#id_username", login)
        self.page.fill("#id_password", f"{login}-demo")
        self.page.click("[type=submit]")

    def go(self, path):
        return self.page.goto(self.server.url + path)

    def choose(self, field, words):
        """Pick from an autocomplete field by typing."""
        self.page.click(f".field-{field} .select2-selection")
        # A field that takes several has a box for typing beside it all the time.
        self.page.fill(".select2-dropdown .select2-search__field", words)
        self.page.click(f".select2-results__option:has-text('{words}')")

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.slow
def test_a_claim_goes_from_the_print_to_the_reader(open_window, live_server, sample):
    folder, to_mark = sample
    for login, group in [
        ("aylin", "Annotators"),
        ("rana", "Editors"),
        ("emeka", "Editors"),
    ]:
        make_user(group, username=login)
    make_speaker("John Rood", title="Under Secretary of Defense")
    turkey = Speaker.objects.create(name="Turkey", kind="government")
    SpeakerAlias.objects.create(speaker=turkey, name="Ankara", is_metonym=True)
    call_command("import_articles", str(folder), outlet="Daily Desk")
    article = Article.objects.get()

    aylin = Desk(open_window(), live_server, "aylin", types_password=True)
    for words, cue, printed, speaker in to_mark:
        mark(aylin, article, words, cue, printed, speaker)
    claim = Claim.objects.listed().get(speaker=turkey)
    assert claim.quote == to_mark[1][0]
    visitor = Client()
    assert b"Not yet reviewed" in visitor.get(claim.get_absolute_url()).content

    rana = Desk(open_window(), live_server, "rana")
    write_verdict(rana, claim)
    assert b"sold elsewhere" not in visitor.get(claim.get_absolute_url()).content
    # The author has no such button, and a forged press of it is refused.
    expect(rana.page.get_by_role("button", name="Approve and publish")).to_have_count(0)
    refused_to_its_author(rana)
    assert not PublishedVerdict.objects.exists()

    emeka = Desk(open_window(), live_server, "emeka")
    emeka.go(f"/admin/claims/verdict/{claim.verdict.pk}/change/")
    publish(emeka)
    assert PublishedVerdict.objects.get().approver.username == "emeka"

    reads_it(open_window(java_script_enabled=False), live_server, claim, to_mark[1])
    for desk in (aylin, rana, emeka):
        assert complaints_of(desk.page) == []


def mark(desk, article, words, cue, printed, speaker):
    desk.go("/admin/claims/claim/add/")
    desk.choose("article", article.headline[:30])
    desk.page.fill("#id_quote", words)
    desk.page.fill("#id_cue", cue)
    desk.page.fill("#id_speaker_words", printed)
    desk.choose("speaker", speaker)
    desk.page.fill("#id_wording", f"{speaker}: {words}."[:400])
    desk.press("Save")
    outcome = desk.page.locator(".errornote, .messagelist .success").first
    expect(outcome).to_be_visible()
    if desk.page.locator(".errornote").count():
        # The cue stands in several places: the first is the one meant.
        desk.page.locator("input[type=radio][value='1']").first.check()
        desk.press("Save")
        expect(desk.page.locator(".messagelist .success")).to_be_visible()
    expect(desk.page.locator(".errornote")).to_have_count(0)
    expect(desk.page.locator("#content")).to_contain_text(words.split(".")[-1].strip())
    desk.page.locator("summary:has-text('List for readers')").click()
    desk.press("List for readers")
    expect(desk.page.locator(".desk-status-listed").first).to_be_visible()


def write_verdict(desk, claim):
    desk.go(f"/admin/claims/claim/{claim.pk}/change/")
    desk.press("Write a verdict")
    page = desk.page
    page.locator("[name=finding]").first.wait_for()
    pick(page, "finding", "They said it")
    pick(page, "rating", "Mostly true")
    page.fill("#id_summary", "The systems were sold elsewhere first.")
    page.fill("#id_explanation", "The record of the sale says so.")
    page.fill("#id_how_verified", "Read the record of the sale.")
    page.fill("#id_not_asked_reason", "The record leaves no question open.")
    page.fill("#id_evidence-0-title", "Record of the sale")
    page.fill("#id_evidence-0-url", "https://records.example/sale")
    desk.press("Save")
    expect(page.locator(".errornote")).to_have_count(0)
    desk.press("Submit for review")
    expect(page.locator(".desk-status-in_review").first).to_be_visible()


def pick(page, name, label):
    """Choose in a select or among radio buttons, whichever the form has."""
    select = page.locator(f"select[name={name}]")
    if select.count():
        select.select_option(label=label)
    else:
        page.locator(f"label:has(input[name={name}])", has_text=label).first.click()


def refused_to_its_author(desk):
    """Send the publish form as its author, as the button of somebody else would."""
    page = desk.page
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    address = page.url.split("/change/")[0] + "/step/publish/"
    version = page.locator("[name=version]").first.get_attribute("value")
    response = desk.page.context.request.post(
        address,
        form={"csrfmiddlewaretoken": token, "version": version, "comment": ""},
        headers={"Referer": page.url},
    )
    assert response.status == 403
    assert "somebody else has to publish" in response.text()


def publish(desk):
    desk.page.get_by_role("link", name="Compare and decide").click()
    desk.press("Approve and publish exactly this")
    expect(desk.page.locator(".desk-status-published").first).to_be_visible()


def reads_it(page, live_server, claim, marked):
    """Look at everything as a reader without an account and without scripts."""
    words, cue, printed, speaker = marked
    for path in (
        claim.get_absolute_url(),
        claim.speaker.get_absolute_url(),
        claim.article.get_absolute_url(),
    ):
        assert page.goto(live_server.url + path).status == 200
        expect(page.locator("main")).to_contain_text("Mostly true")
        expect(page.locator("main")).to_contain_text(words)
    assert page.context.cookies() == []
    url = f"{live_server.url}/claims.csv?speaker=turkey"
    table = page.context.request.get(url).text()
    [row] = csv.DictReader(io.StringIO(table))
    assert row["quote"] == words
    assert row["cue"] == cue
    assert printed in row.values()
    assert speaker in row.values()
    assert "4-mostly-true" in row.values()
