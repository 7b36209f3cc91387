"""Ticked rows: one step on all of them, within rights, each refusal with its reason."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.desk.planning import hand_over, owner_of
from claims.desk.suggestions import suggest_claims
from claims.models import Claim, ReaderReport, Transition
from claims.models.choices import Anchor, ClaimStatus
from tests.admin.annotate.conftest import AXE
from tests.admin.conftest import signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
)
from tests.test_walk import Desk
from tests.windows import complaints_of

pytestmark = pytest.mark.django_db

LIST = "/admin/claims/claim/"


def drafts(count=2, **fields):
    fields.setdefault("status", ClaimStatus.DRAFT)
    article, speaker = make_article(), make_speaker()
    return [
        make_claim(article=article, speaker=speaker, **fields) for _n in range(count)
    ]


def ask(desk, name, rows, at=LIST):
    """Tick rows of a list and press the button of a step."""
    keys = [row.pk for row in rows]
    return desk.post(at, {"action": f"together_{name}", "_selected_action": keys})


def answer(desk, name, rows, **typed):
    """Press the button on the page that asks."""
    sent = [f"{claim.pk}:{claim.version}:{owner(claim)}" for claim in rows]
    return desk.post(f"{LIST}together/{name}/", {"row": sent} | typed)


def owner(claim):
    person = owner_of(claim)
    return person.pk if person else 0


def statuses(rows):
    found = Claim.objects.in_bulk([claim.pk for claim in rows])
    return [found[claim.pk].status for claim in rows]


def test_ticked_claims_are_listed_with_one_question(annotator):
    rows = drafts(3)
    page = ask(annotator, "list", rows, f"{LIST}?queue=unlisted")
    assert page.status_code == 200
    assert [claim.pk for claim in page.context["claims"]] == [row.pk for row in rows]
    assert statuses(rows) == ["draft"] * 3
    done = answer(annotator, "list", rows, back=f"{LIST}?queue=unlisted")
    assert done.url == f"{LIST}?queue=unlisted"
    assert statuses(rows) == ["listed"] * 3
    assert "3 claims done" in annotator.get(done.url).content.decode()


def test_what_leaves_something_open_is_told_and_not_ticked(annotator):
    article = make_article(
        "“It ruins the roads of Norrvik every winter,” Ida Falk said. "
        "Ida Falk said that rents in Norrvik had fallen by half in a year."
    )
    rows = suggest_claims(article).new
    page = ask(annotator, "accept", rows)
    text = page.content.decode()
    assert text.count('name="row"') == 2
    assert re.findall(r'name="row" checked\s+value="(\d+):', text) == [str(rows[1].pk)]
    assert "The wording leaves open whom or what “It” means." in text
    assert re.findall(r'name="row" disabled\s+value="(\d+):', text) == [str(rows[0].pk)]
    assert "Accept: 1 claim" in text
    assert "1 claim leaves something open. It is not taken with others" in text
    refused = answer(annotator, "accept", rows).content.decode()
    assert "1 claim done, 1 refused" in refused
    assert "Take this claim alone, or write the name first." in refused
    assert statuses(rows) == ["suggested", "draft"]
    # The control: nothing is doubted in what is given up.
    assert ask(annotator, "reject", rows).content.decode().count('"row" checked') == 2


def test_words_in_doubt_since_a_correction_are_told_and_not_ticked(annotator):
    article = make_article(
        "Ida Falk said that rents in Norrvik had fallen by half in a year."
    )
    rows = suggest_claims(article).new
    assert '"row" disabled' not in ask(annotator, "accept", rows).content.decode()
    rows[0].spans.update(anchor=Anchor.REVIEW)
    text = ask(annotator, "accept", rows).content.decode()
    assert 'name="row" disabled' in text
    assert "it is in doubt which words are meant" in text


def test_a_row_that_is_refused_says_why_and_the_others_are_done(annotator):
    good, nameless = drafts()
    Claim.objects.filter(pk=nameless.pk).update(speaker=None, version=2)
    nameless.refresh_from_db()
    page = answer(annotator, "list", [good, nameless])
    assert page.status_code == 200
    assert statuses([good, nameless]) == ["listed", "draft"]
    text = page.content.decode()
    assert "1 claim done, 1 refused" in text
    assert "Name the speaker" in text


def test_a_form_sent_twice_does_nothing_twice(annotator):
    rows = drafts()
    answer(annotator, "list", rows)
    before = Transition.objects.count()
    again = answer(annotator, "list", rows)
    assert again.status_code == 302
    assert Transition.objects.count() == before


def test_a_row_that_somebody_changed_meanwhile_is_refused(annotator):
    seen, other = drafts()
    Claim.objects.filter(pk=seen.pk).update(wording="Another.", version=2)
    page = answer(annotator, "reject", [seen, other], answer="Not a claim.")
    assert statuses([seen, other]) == ["draft", "rejected"]
    assert "Somebody changed this first" in page.content.decode()


def test_a_published_claim_is_not_withdrawn_by_one_person(editor):
    published, bare = make_published().claim, make_claim()
    page = answer(editor, "withdraw", [published, bare], answer="Wrong place.")
    assert statuses([published, bare]) == ["listed", "withdrawn"]
    assert "another one decides" in page.content.decode()


def test_withdrawing_needs_a_reason_and_keeps_the_rows(editor):
    claim = make_claim()
    page = answer(editor, "withdraw", [claim], answer="")
    assert page.status_code == 400
    assert f'value="{claim.pk}:{claim.version}:0"' in page.content.decode()
    assert statuses([claim]) == ["listed"]


@pytest.mark.parametrize(
    ("group", "buttons"),
    [
        ("Annotators", "accept list reject assign topic checkability"),
        ("Editors", "accept list reject assign topic checkability withdraw"),
    ],
)
def test_buttons_are_those_that_somebody_may_press(group, buttons):
    drafts(1)
    desk = signed_in(make_user(group))
    html = desk.get(LIST).content.decode()
    shown = [part.split('"')[0] for part in html.split('value="together_')[1:]]
    assert shown == buttons.split()


def test_a_step_without_the_right_is_refused_as_a_whole(annotator):
    claim = make_claim()
    page = answer(annotator, "withdraw", [claim], answer="Because.")
    assert page.status_code == 403
    assert statuses([claim]) == ["listed"]
    assert ask(annotator, "withdraw", [claim]).status_code != 500


def test_claims_get_a_topic_and_keep_the_others(annotator):
    first, second = make_topic("Harbours"), make_topic("Bridges")
    rows = drafts(topics=[first])
    assert answer(annotator, "topic", rows, answer=second.pk).status_code == 302
    assert [set(claim.topics.all()) for claim in rows] == [{first, second}] * 2


def test_checkability_is_set_and_refused_under_a_verdict_in_force(annotator):
    rows = [*drafts(1), make_published().claim]
    page = answer(annotator, "checkability", rows, answer="opinion")
    found = [Claim.objects.get(pk=claim.pk).checkability for claim in rows]
    assert found == ["opinion", "checkable"]
    assert "Begin a revision" in page.content.decode()


def test_claims_are_assigned_but_not_over_somebody_who_took_one_meanwhile(editor):
    ida = make_user("Reviewers")
    free, taken = drafts()
    sent = [f"{free.pk}:1:0", f"{taken.pk}:1:0"]
    hand_over(taken, make_user("Reviewers"), by=editor.user)
    page = editor.post(f"{LIST}together/assign/", {"row": sent, "answer": ida.pk})
    assert owner_of(Claim.objects.get(pk=free.pk)) == ida
    assert owner_of(Claim.objects.get(pk=taken.pk)) != ida
    assert "Somebody else has this claim by now" in page.content.decode()


def test_rows_of_other_lists_mean_their_claims(editor):
    claims = drafts(2)
    article = claims[0].article
    verdict = make_verdict()
    report = ReaderReport.objects.create(
        kind="error", message="?", sender="x", claim=verdict.claim
    )
    ReaderReport.objects.create(kind="claim", message="?", sender="x")
    page = ask(editor, "list", [article], "/admin/claims/article/")
    assert page.context["claims"] == claims
    for rows, at in [([verdict], "verdict"), ([report], "readerreport")]:
        page = ask(editor, "assign", rows, f"/admin/claims/{at}/")
        assert page.context["claims"] == [verdict.claim]


@pytest.mark.parametrize(
    "rows", [[], ["x"], ["1:2"], ["9" * 30 + ":1:0"], ["1:1:0"] * 3, ["²:1:0"]]
)
def test_senseless_rows_end_in_a_sentence(editor, rows):
    page = editor.post(f"{LIST}together/list/", {"row": rows, "back": "//evil.example"})
    assert page.status_code in {302, 400}
    assert page.status_code == 400 or page.url == LIST


@pytest.mark.slow
def test_a_list_of_many_asks_no_more_than_one_of_few(editor):
    def asked(rows):
        with CaptureQueriesContext(connection) as queries:
            ask(editor, "assign", rows)
        return len(queries)

    few, many = drafts(1), drafts(12)
    asked(few)
    assert asked(many) == asked(few)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_claims_of_an_article_are_listed_by_three_keys(open_window, live_server):
    make_user("Annotators", username="aylin")
    rows = drafts(3)
    desk = Desk(open_window(), live_server, "aylin")
    desk.go(f"{LIST}?article={rows[0].article_id}")
    desk.page.keyboard.press("a")
    desk.page.keyboard.press("l")
    desk.page.locator(".desk-rows").wait_for()
    assert objections(desk.page) == []
    desk.page.keyboard.press("Enter")
    desk.page.locator(".success", has_text="3 claims done").wait_for()
    assert statuses(rows) == ["listed"] * 3
    # And from any page of the desk one key leads to the search.
    desk.page.keyboard.press("/")
    desk.page.keyboard.type("harbour")
    desk.page.keyboard.press("Enter")
    desk.page.locator(".desk-found").first.wait_for()
    for page in ("search/?q=harbour", "calendar/", ""):
        desk.go(f"/admin/{page}")
        assert objections(desk.page) == [], page


def objections(page):
    """Return what the browser complains of, and axe of what is new on a page."""
    found = complaints_of(page)
    if AXE.exists():
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            # Links fade from one colour into the other.
            page.evaluate(
                "Promise.all(document.getAnimations().map((a) => a.finished))"
            )
            found += page.evaluate(
                """async () => (await axe.run(document.querySelector("#content")))
                    .violations.map((each) => `${each.id}: ${each.nodes[0].html}`)"""
            )
        # What axe tries out of styles is no fault of the page.
        page.remarks.clear()
        page.evaluate("window.watched.blocked.length = 0")
    return found
