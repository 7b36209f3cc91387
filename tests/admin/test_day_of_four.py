"""A day of four people of the desk, a reader and somebody asked: in a browser."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import expect

from claims.models import Claim, Notice, ReaderReport
from tests.factories import make_speaker, make_user
from tests.test_walk import Desk, pick
from tests.windows import complaints_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "The new ferry has carried four million people in its first year"
SUMMARY = "The port counted 3.1 million people."
SECOND = "The port counted 3.1 million people, 3.4 million with the night boats."
MENTION = "@emeka is the port the best source here?"
QUESTION = "Which count do you mean?"
ANSWER = "All trips there and back are counted, the night boats too."
RETURNED = "Say which months the port counted."
TABLE = "| Year | People |\n|---|---|\n| 2025 | 3.1 million |"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def people(open_window, live_server):
    """Return the windows of an annotator, a reviewer and two editors."""
    groups = {
        "aylin": "Annotators",
        "jonas": "Reviewers",
        "rana": "Editors",
        "emeka": "Editors",
    }
    desks = {}
    for login, group in groups.items():
        make_user(group, username=login, email=f"{login}@desk.example")
        desks[login] = Desk(open_window(), live_server, login)
    return desks


@pytest.mark.slow
def test_a_day_of_four_people(people, open_window, live_server, settings):
    aylin, jonas, rana, emeka = people.values()
    make_speaker("Ida Falk")
    outside = open_window()
    claim = intake(outside, live_server, rana)
    mark_and_list(aylin, claim)
    hand_over(rana, claim)
    write(jonas, claim)
    link = ask_for_reply(jonas, claim)
    answer(outside, link)
    mention(jonas, claim)
    verdict = claim.verdict
    told(emeka, "jonas")
    unseen_by(aylin, Client(), claim)
    submit(jonas, claim)
    send_back(emeka, verdict)
    told(jonas, "emeka")
    jonas.page.goto(live_server.url + form_of(verdict))
    jonas.page.fill("#id_explanation", f"All months count.\n\n{TABLE}")
    jonas.press("Submit for review")
    approve(emeka, verdict)
    seen_by_readers(open_window(java_script_enabled=False), live_server, claim)
    correct(jonas, verdict)
    approve(emeka, verdict)
    page = Client().get(claim.get_absolute_url()).content.decode()
    assert SECOND in page
    assert "The night boats were left out." in page
    settings.FACTCHECK = settings.FACTCHECK | {"URL": "https://desk.example"}
    settings.MAIL_FROM, settings.MAIL_SERVER = "The Desk <desk@desk.example>", {}
    settings.DIGEST_HOUR, settings.DEBUG = 0, True
    call_command("deliver", "--once", verbosity=0)
    by_mail()
    for desk in people.values():
        assert complaints_of(desk.page) == []


def form_of(verdict):
    return f"/admin/claims/verdict/{verdict.pk}/change/"


def intake(page, server, rana):
    """A reader suggests a claim; an editor takes it up, and returns it."""
    page.goto(f"{server.url}/report/")
    page.locator("input[name=kind]").last.check()
    page.locator("textarea").first.fill(f"The mayor said: {WORDS}.")
    page.fill("input[type=email]", "reader@readers.example")
    page.locator("input[name=wants_notice]").check()
    page.get_by_role("button", name="Send to the desk").click()
    expect(page.locator("main")).to_contain_text("Thank you")
    report = ReaderReport.objects.get()
    rana.go(f"/admin/claims/readerreport/{report.pk}/change/")
    rana.page.locator("summary:has-text('Take up as a claim')").click()
    rana.page.fill("#id_words", WORDS)
    rana.page.fill("#id_headline", "A year of the ferry")
    rana.page.fill("#id_published_on", "2026-05-04")
    rana.press("Make the claim")
    expect(rana.page.locator("#content")).to_contain_text(WORDS)
    return Claim.objects.get()


def mark_and_list(aylin, claim):
    aylin.go(f"/admin/claims/claim/{claim.pk}/change/")
    aylin.page.fill("#id_wording", f"{WORDS}.")
    aylin.choose("speaker", "Ida Falk")
    aylin.press("Save")
    expect(aylin.page.locator(".messagelist .success")).to_be_visible()
    aylin.page.locator("summary:has-text('List for readers')").click()
    aylin.press("List for readers")
    expect(aylin.page.locator(".desk-status-listed").first).to_be_visible()


def hand_over(rana, claim):
    rana.go(f"/admin/claims/claim/{claim.pk}/planning/")
    rana.page.locator("[name=person]").last.select_option(label="jonas")
    rana.press("Hand over")
    rana.go(f"/admin/claims/claim/{claim.pk}/change/")
    expect(rana.page.locator("#content")).to_contain_text("jonas has it")


def write(jonas, claim):
    """The reviewer finds the claim on the front page and writes, with a kept copy."""
    jonas.go("/admin/")
    expect(jonas.page.locator(".desk-board")).to_contain_text(WORDS[:30])
    jonas.go(f"/admin/claims/claim/{claim.pk}/change/")
    jonas.press("Write a verdict")
    page = jonas.page

    page.locator("[name=finding]").first.wait_for()
    pick(page, "finding", "They said it")
    pick(page, "rating", "Mostly false")
    page.fill("#id_summary", SUMMARY)
    page.fill("#id_explanation", TABLE)
    page.fill("#id_how_verified", "Read the [count](https://port.example/count).")
    page.fill("#id_evidence-0-title", "Count of the port")
    page.fill("#id_evidence-0-url", "https://port.example/count")
    page.locator("details:has(#id_evidence-0-upload) > summary").click()
    page.set_input_files(
        "#id_evidence-0-upload",
        {"name": "count.pdf", "mimeType": "application/pdf", "buffer": PDF},
    )
    page.locator("#id_evidence-0-file_is_public").check()
    jonas.press("Save")
    expect(page.locator(".errornote")).to_have_count(0)
    expect(page.locator("#content")).to_contain_text("SHA-256")


def ask_for_reply(jonas, claim):
    """Ask the speaker, and return the address under which they answer."""
    jonas.go(form_of(claim.verdict).replace("/change/", "/replies/"))
    page = jonas.page
    page.fill("#id_ask-person", "Office of the mayor")
    page.locator("#id_ask-channel").select_option(label="e-mail")
    page.fill("#id_ask-question", QUESTION)
    jonas.press("Note the request")
    jonas.press("Make a link to answer")
    return page.locator(".desk-link").inner_text()


def answer(page, link):
    page.goto(link)
    expect(page.locator("main")).to_contain_text(QUESTION)
    expect(page.locator("main")).to_contain_text(WORDS)
    for draft in (SUMMARY, "jonas", "3.1 million"):
        expect(page.locator("body")).not_to_contain_text(draft)
    page.fill("[name=answer]", ANSWER)
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("main")).to_contain_text("Thank you")
    page.goto(link)
    expect(page.locator("[name=answer]")).to_have_count(0)


def mention(jonas, claim):
    jonas.go(form_of(claim.verdict))
    jonas.page.locator(".desk-comments textarea[name=text]").last.fill(MENTION)
    jonas.press("Comment")
    expect(jonas.page.locator(".desk-comments")).to_contain_text(MENTION)


def told(desk, doer):
    """Somebody has an unread notice of what another did, and it leads there."""
    desk.go("/admin/")
    told = desk.page.locator(".desk-told b")
    expect(told).to_be_visible()
    desk.page.locator(".desk-told").click()
    expect(desk.page.locator("#result_list")).to_contain_text(doer)


def unseen_by(aylin, visitor, claim):
    """An annotator has no form of the verdict, a reader no word of it."""
    aylin.go(form_of(claim.verdict))
    expect(aylin.page.locator("#id_summary")).to_have_count(0)
    page = visitor.get(claim.get_absolute_url()).content.decode()
    assert "Not yet reviewed" in page
    for draft in (SUMMARY, QUESTION, ANSWER, MENTION, "jonas"):
        assert draft not in page


def submit(jonas, claim):
    jonas.go(form_of(claim.verdict))
    jonas.press("Submit for review")
    expect(jonas.page.locator(".desk-status-in_review").first).to_be_visible()


def send_back(emeka, verdict):
    emeka.go(f"/admin/claims/verdict/{verdict.pk}/approve/")
    page = emeka.page
    page.locator("summary:has-text('Return to the author')").click()
    page.locator("details[open] textarea[name=comment]").fill(RETURNED)
    emeka.press("Return")
    emeka.go(form_of(verdict))
    expect(page.locator(".desk-status-draft").first).to_be_visible()


def approve(desk, verdict):
    desk.go(f"/admin/claims/verdict/{verdict.pk}/approve/")
    desk.press("Approve and publish exactly this")
    expect(desk.page.locator(".desk-status-published").first).to_be_visible()


def seen_by_readers(page, server, claim):
    page.goto(server.url + claim.get_absolute_url())
    main = page.locator("main")
    for words in (SUMMARY, QUESTION, ANSWER, "Office of the mayor"):
        expect(main).to_contain_text(words)
    for words in (RETURNED, MENTION):
        expect(main).not_to_contain_text(words)
    expect(main.locator("table td").first).to_have_text("2025")
    copy = main.locator("a[href$='.pdf']").first.get_attribute("href")
    answer = page.context.request.get(server.url + copy)
    assert answer.status == 200
    assert answer.body() == PDF
    assert page.context.cookies() == []


def correct(jonas, verdict):
    jonas.go(form_of(verdict))
    box = jonas.page.locator(
        "details", has=jonas.page.locator("summary:has-text('Revise')")
    )
    box.locator("> summary").click()
    box.locator("textarea[name=comment]").fill("The night boats were left out.")
    box.locator("select[name=kind]").select_option("fact_corrected")
    box.get_by_role("button", name="Revise", exact=True).click()
    expect(jonas.page.locator(".desk-status-draft").first).to_be_visible()
    jonas.page.fill("#id_summary", SECOND)
    jonas.press("Submit for review")
    expect(jonas.page.locator(".desk-status-in_review").first).to_be_visible()


def by_mail():
    """Whoever is told by mail reads a title and a link, and no word of a draft."""
    reader = [each for each in mail.outbox if each.to == ["reader@readers.example"]]
    assert len(reader) == 1
    assert "Mostly false" in reader[0].body
    to_desk = [each for each in mail.outbox if each.to != ["reader@readers.example"]]
    assert {each.to[0] for each in to_desk} <= {
        f"{name}@desk.example" for name in ("aylin", "jonas", "rana", "emeka")
    }
    for each in to_desk:
        for draft in (RETURNED, MENTION, ANSWER, "3.1 million"):
            assert not re.search(re.escape(draft), each.body)
    assert Notice.objects.filter(user__username="emeka").exists()
