"""A report is stored once, followed by its sender alone, and becomes a claim."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.utils import timezone

from claims.desk.reports import forget_contacts
from claims.desk.workflow import take_step
from claims.exchange.delivery import deliver_due, forget_old
from claims.models import (
    Change,
    Claim,
    Message,
    ReaderReport,
    ReporterContact,
    Speaker,
)
from claims.models.choices import ClaimStatus, ReportStatus
from claims.views import reports as view
from tests.factories import make_claim, make_published, make_user, make_verdict

pytestmark = pytest.mark.django_db

CANARY = "zqkanary"


@pytest.fixture(autouse=True)
def full_buckets():
    view.buckets.buckets.clear()


@pytest.fixture
def mails(settings):
    settings.MAIL_FROM = "Desk <desk@desk.example>"
    settings.FACTCHECK = settings.FACTCHECK | {"URL": "https://desk.example"}
    settings.DEBUG = True
    return mail.outbox


@pytest.fixture
def editor():
    client = Client()
    client.user = make_user("Editors")
    client.force_login(client.user)
    return client


def send(client, **changes):
    data = {"kind": "error", "message": "The year is wrong."} | changes
    return client.post("/report/", data)


def address(report, page="change"):
    return f"/admin/claims/readerreport/{report.pk}/{page}/"


# --- Sent twice -----------------------------------------------------------------------


def test_a_form_sent_twice_is_one_report_with_one_page_to_follow_it(client):
    page = client.get("/report/").content.decode()
    token = re.search(r'name="form_token" value="([\w-]{43})"', page)[1]
    first, second = (send(client, form_token=token) for _each in range(2))
    assert first.url == second.url
    assert ReaderReport.objects.count() == 1
    # Another reader who would use the same token gets another report.
    other = client.post(
        "/report/",
        {"kind": "error", "message": "The year is wrong.", "form_token": token},
        REMOTE_ADDR="198.51.100.7",
    )
    assert other.url != first.url and ReaderReport.objects.count() == 2


def test_the_same_words_within_an_hour_are_one_report(client):
    send(client, form_token="one")
    again = send(client, form_token="two")
    assert again.url == "/report/sent/"
    assert ReaderReport.objects.count() == 1
    ReaderReport.objects.update(created_at=timezone.now() - timedelta(hours=2))
    send(client, form_token="three")
    assert ReaderReport.objects.count() == 2


def test_the_page_of_a_report_tells_how_far_the_desk_is_and_nothing_else(client):
    claim = make_claim(wording=f"Wording {CANARY}.")
    response = send(
        client,
        claim=claim.pk,
        message=f"Message {CANARY}",
        contact=f"{CANARY}@post.example",
    )
    report = ReaderReport.objects.get()
    assert response.url.split("/")[2] not in repr(report.__dict__)
    said = {}
    for status in ReportStatus:
        ReaderReport.objects.update(
            status=status,
            answer=f"Answer {CANARY}",
            led_to=claim if status in {"taken_up", "known"} else None,
        )
        page = client.get(response.url)
        assert page.status_code == 200
        assert CANARY not in page.content.decode()
        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]
        said[status] = re.search(r'class="lead">\s*(.+?)\s*<', page.content.decode())[1]
    assert len(set(said.values())) == len(ReportStatus)


@pytest.mark.parametrize("token", ["x", "x" * 3000, "0" * 64])
def test_a_page_that_belongs_to_no_report_is_not_here(client, token):
    send(client)
    assert client.get(f"/report/{token}/").status_code == 404


def test_nobody_tries_tokens_of_reports_without_end(client, monkeypatch):
    monkeypatch.setattr(view, "TRIES_A_MINUTE", 2)
    codes = [client.get(f"/report/{n:064}/").status_code for n in range(3)]
    assert codes == [404, 404, 429]


# --- Whose it is ----------------------------------------------------------------------


def test_an_address_is_seen_by_editors_alone_and_in_no_history(client):
    send(client, contact=f"{CANARY}@post.example", wants_notice="on")
    report = ReaderReport.objects.get()
    assert not Change.objects.filter(after__icontains=CANARY).exists()
    for group, sees in {"Annotators": 0, "Reviewers": 0, "Editors": 1}.items():
        desk = Client()
        desk.force_login(make_user(group))
        pages = [
            desk.get(address(report)),
            desk.get("/admin/claims/readerreport/"),
            desk.get(f"/admin/claims/readerreport/?q={CANARY[:4]}"),
            desk.get(address(report, "history")),
        ]
        shown = [CANARY in page.content.decode() for page in pages]
        assert shown == [bool(sees), False, False, False], group


def test_what_the_history_took_along_before_is_hidden_with_it(client):
    send(client)
    change = Change.objects.filter(table="readerreport").get()
    Change.objects.bulk_create(
        [
            Change(
                table="readerreport",
                row=change.row,
                operation="insert",
                at=timezone.now(),
                after={"contact": f"{CANARY}@post.example"},
            )
        ]
    )
    old = Change.objects.get(after__contact__startswith=CANARY)
    page = f"/admin/claims/change/{old.pk}/change/"
    for group, code in {"Reviewers": 302, "Editors": 200}.items():
        desk = Client()
        desk.force_login(make_user(group))
        assert desk.get(page).status_code == code


def test_addresses_are_deleted_after_a_while_and_reports_stay(client, settings, mails):
    settings.REPORT_CONTACT_DAYS = 10
    send(client, contact="r@b.example")
    send(client, contact="r@b.example", message="Another thing.")
    old = ReporterContact.objects.first()
    ReporterContact.objects.filter(pk=old.pk).update(
        created_at=timezone.now() - timedelta(days=10, minutes=1)
    )
    Message.objects.create(
        key=f"report-{old.pk}",
        channel="mail",
        recipient="r@b.example",
        event="report",
        payload="",
        dead_at=timezone.now(),
    )
    forget_old()
    assert not ReporterContact.objects.filter(pk=old.pk).exists()
    assert ReporterContact.objects.count() == 1 and not Message.objects.exists()
    assert ReaderReport.objects.count() == 2
    assert forget_contacts() == 0
    assert not Change.objects.filter(table="reportercontact").exists()


# --- What becomes of it ---------------------------------------------------------------


def test_a_claim_is_made_of_a_report_in_one_step(client, editor):
    send(
        client,
        kind="suggestion",
        message="The ferry is free on Sundays.",
        url="https://post.example/ferry",
    )
    report = ReaderReport.objects.get()
    page = editor.get(address(report))
    proposed = page.context["take_up_form"].initial
    assert (proposed["words"], proposed["url"]) == (report.message, report.url)
    data = {name: str(value) for name, value in proposed.items()}
    for _pressed in range(2):
        response = editor.post(address(report, "take-up"), data)
    claim = Claim.objects.get()
    assert response.url == f"/admin/claims/claim/{claim.pk}/change/"
    assert claim.quote == "The ferry is free on Sundays."
    assert (claim.status, claim.article.url) == (ClaimStatus.DRAFT, report.url)
    report.refresh_from_db()
    assert (report.status, report.led_to) == (ReportStatus.TAKEN_UP, claim)
    assert report.answered_by == editor.user


def test_a_report_is_named_as_a_duplicate_of_a_claim(client, editor):
    send(client, kind="suggestion")
    claim, report = make_claim(), ReaderReport.objects.get()
    response = editor.post(address(report, "known"), {"claim": claim.pk})
    assert response.url == f"/admin/claims/claim/{claim.pk}/change/"
    report.refresh_from_db()
    assert (report.status, report.led_to) == (ReportStatus.KNOWN, claim)
    assert "take_up_form" not in editor.get(address(report)).context


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("take-up", {}),
        ("take-up", {"words": "a\0b", "headline": "x", "published_on": "2026-05-04"}),
        ("take-up", {"words": "A.", "headline": "A", "published_on": "0"}),
        ("known", {"claim": "999999"}),
        ("known", {"claim": "x"}),
    ],
)
def test_nonsense_makes_no_claim_and_leaves_the_report_open(client, editor, page, data):
    send(client)
    report = ReaderReport.objects.get()
    assert editor.post(address(report, page), data).status_code == 400
    report.refresh_from_db()
    assert report.status == ReportStatus.OPEN and not Claim.objects.exists()


@pytest.mark.parametrize("page", ["take-up", "known"])
def test_only_those_who_answer_reports_make_claims_of_them(client, page):
    send(client)
    report = ReaderReport.objects.get()
    for group in ("Annotators", "Reviewers"):
        desk = Client()
        desk.force_login(make_user(group))
        assert desk.post(address(report, page), {"claim": 1}).status_code == 403
    somebody = make_user(is_staff=True)
    somebody.user_permissions.set(
        Permission.objects.filter(
            codename__in=["view_readerreport", "change_readerreport"]
        )
    )
    desk = Client()
    desk.force_login(somebody)
    data = {"words": "A ferry.", "headline": "A", "published_on": "2026-05-04"}
    assert desk.post(address(report, "take-up"), data).status_code == 403
    assert not Claim.objects.exists()


# --- Told once ------------------------------------------------------------------------


def corrected(client, editor, **changes):
    """Return a report that led to a correction: from False to True."""
    verdict = make_verdict(status="published")
    send(client, claim=verdict.claim_id, **changes)
    verdict = take_step("revise", verdict, by=verdict.author, comment="A reader saw.")
    verdict.rating_id, verdict.version = true_rating(), verdict.version + 1
    verdict.save()
    verdict = take_step("submit", verdict, by=verdict.author)
    verdict = take_step("publish", verdict, by=make_user("Editors"))
    report = ReaderReport.objects.get()
    seen = editor.get(address(report)).context["adminform"].form["seen"].value()
    response = editor.post(
        address(report),
        {
            "seen": seen,
            "status": "corrected",
            "answer": "Thanks.",
            "correction": verdict.claim.current_id,
        },
    )
    assert response.status_code == 302
    return report


def true_rating():
    return make_published(rating="true").rating_id


def test_who_asked_for_it_is_told_old_and_new_verdict_once(client, editor, mails):
    report = corrected(client, editor, contact="r@b.example", wants_notice="on")
    for _each in range(2):
        deliver_due()
    [letter] = mails
    assert letter.to == ["r@b.example"]
    assert "Before: False" in letter.body and "Now: True" in letter.body
    claim = report.claim_id
    assert f"https://desk.example/claims/{claim}/versions/2/" in letter.body
    assert "Thanks." not in letter.body
    forget_old()
    Message.objects.all().delete()
    deliver_due()
    assert len(mails) == 1


def test_who_did_not_ask_is_not_written_to(client, editor, mails):
    corrected(client, editor, contact="r@b.example")
    deliver_due()
    assert mails == []


def test_whose_report_became_a_claim_is_told_of_its_verdict(client, editor, mails):
    send(
        client,
        kind="suggestion",
        message="The ferry is free.",
        contact="r@b.example",
        wants_notice="on",
    )
    report = ReaderReport.objects.get()
    editor.post(
        address(report, "take-up"),
        {"words": report.message, "headline": "A", "published_on": "2026-05-04"},
    )
    claim = Claim.objects.get()
    claim.speaker, claim.version = Speaker.objects.create(name="Ida Falk"), 2
    claim.save()
    verdict = make_verdict(claim, status="published")
    deliver_due()
    assert mails == []  # published, and its claim not listed yet
    take_step("list", verdict.claim, by=editor.user)
    deliver_due()
    [letter] = mails
    assert "Before: Not yet reviewed" in letter.body and "Now: False" in letter.body


def test_to_be_told_one_says_where(client):
    response = send(client, wants_notice="on")
    assert response.status_code == 400
    assert "contact" in response.context["form"].errors
