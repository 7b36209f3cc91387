"""Lists of the desk: named after what they hold, as wide as the window, never mute."""

import pytest

from claims.desk.workflow import take_step
from claims.models import ReaderReport
from claims.models.choices import VerdictStatus
from tests.admin.conftest import signed_in
from tests.factories import make_claim, make_speaker, make_user, make_verdict
from tests.test_walk import Desk
from tests.windows import complaints_of

pytestmark = pytest.mark.django_db

LISTS = (
    "article",
    "claim",
    "verdict",
    "speaker",
    "readerreport",
    "publishedverdict",
    "secondrating",
    "transition",
    "change",
)
SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll('.results')]
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => `${box.tagName}.${box.className}: ${box.scrollWidth}`)"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 360])
def test_no_list_and_no_decision_has_to_be_pushed_sideways(
    open_window, live_server, width
):
    make_user(username="ida", superuser=True, first_name="Ida", last_name="Falkenberg")
    writer = make_user("Reviewers", first_name="Bartholomew", last_name="Osterhagen")
    claim = make_claim(
        speaker=make_speaker("The Harbour and Waterways Administration"),
        wording="The harbour of Quellhaven, closed for eleven years, will open in May.",
    )
    make_verdict(claim, author=writer, status=VerdictStatus.PUBLISHED, assignee=writer)
    make_verdict(author=writer, rating="not-checkable", assignee=make_user("Editors"))
    ReaderReport.objects.create(
        kind="error", message="The year is wrong. " * 20, sender="x", claim=claim
    )
    desk = Desk(open_window(), live_server, "ida")
    desk.page.set_viewport_size({"width": width, "height": 800})
    waits = make_verdict(author=writer, status=VerdictStatus.IN_REVIEW)
    for page in (*(f"{name}/" for name in LISTS), f"verdict/{waits.pk}/approve/"):
        desk.go(f"/admin/claims/{page}")
        assert desk.page.evaluate(SIDEWAYS) == [], page
    assert complaints_of(desk.page) == []


def test_a_list_is_named_after_its_queue_and_leads_back(editor):
    make_claim(status="draft")
    page = editor.get("/admin/claims/claim/?queue=unlisted")
    assert page.context["title"] == "Claims not yet listed"
    assert "Back to the queues" in page.content.decode()
    everything = editor.get("/admin/claims/claim/")
    assert everything.context["title"] == "Claims"
    assert "Back to the queues" not in everything.content.decode()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("verdict/?queue=returned", "Nothing is waiting here."),
        ("verdict/?status__exact=published", "Nothing matches."),
        ("claim/?q=nowhere", "Nothing matches."),
        ("verdict/", "There is nothing here yet."),
        ("readerreport/", "No reader has written yet."),
        ("secondrating/", "Nobody has rated a verdict a second time yet."),
    ],
)
def test_an_empty_list_says_why_it_is_empty(editor, address, words):
    assert words in editor.get(f"/admin/claims/{address}").content.decode()


def test_a_filter_is_titled_with_its_question_alone(editor):
    html = editor.get("/admin/claims/verdict/").content.decode()
    assert "Is it true?" in html
    assert "By is it true?" not in html
    assert "Not rated yet" in html


def test_somebody_elses_queue_is_just_the_list(reviewer):
    make_verdict(status=VerdictStatus.IN_REVIEW)
    page = reviewer.get("/admin/claims/verdict/?queue=second_eyes")
    assert page.context["title"] == "Verdicts"
    assert "/approve/" not in page.content.decode()


def test_whoever_is_to_rate_blind_does_not_read_the_rating_on_the_way(editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW, rating="mostly-false")
    page = editor.get("/admin/claims/verdict/?queue=blind")
    row = page.content.decode().split('id="result_list"')[1].split("</table>")[0]
    assert f"/admin/claims/verdict/{verdict.pk}/blind/" in row
    assert f"/admin/claims/verdict/{verdict.pk}/change/" not in row
    assert "Mostly false" not in row
    # The control: once it is published, the list of all verdicts does say it.
    take_step("publish", verdict, by=make_user("Editors"))
    everything = editor.get("/admin/claims/verdict/").content.decode()
    assert (
        "Mostly false" in everything.split('id="result_list"')[1].split("</table>")[0]
    )


def test_a_second_pair_of_eyes_is_led_to_the_page_on_which_to_decide(editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    html = editor.get("/admin/claims/verdict/?queue=second_eyes").content.decode()
    assert f"/admin/claims/verdict/{verdict.pk}/approve/" in html


def test_lists_call_people_by_their_names():
    author = make_user("Reviewers", first_name="Ida", last_name="Falk")
    make_verdict(author=author, status=VerdictStatus.PUBLISHED)
    desk = signed_in(make_user("Editors"))
    for name in ("verdict", "publishedverdict", "transition"):
        assert "Ida Falk" in desk.get(f"/admin/claims/{name}/").content.decode(), name
