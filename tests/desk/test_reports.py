"""Readers reach the desk without an account, and not more often than they may."""

import pytest
from django.test import Client
from django.utils import timezone

from claims.desk.reports import answer_report, sender_hash
from claims.desk.throttle import WINDOW
from claims.desk.workflow import take_step
from claims.exceptions import NotPermitted
from claims.models import Change, ReaderReport
from claims.models.choices import ClaimStatus, ReportStatus
from tests.factories import make_claim, make_user, make_verdict

pytestmark = pytest.mark.django_db


def report(**changes):
    return {"kind": "error", "message": "The year is wrong.", **changes}


def test_a_report_on_a_claim_reaches_the_desk(client):
    claim = make_claim()
    page = client.get(f"/report/?claim={claim.pk}")
    assert claim.wording in page.content.decode()
    response = client.post("/report/", report(claim=claim.pk, contact="r@b.example"))
    stored = ReaderReport.objects.get()
    assert client.get(response.url).status_code == 200
    assert stored.contact.address == "r@b.example"
    assert (stored.claim, stored.status) == (claim, ReportStatus.OPEN)
    assert "127.0.0.1" not in stored.sender
    assert client.get("/report/sent/").status_code == 200


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://x.example"}]
)
def test_a_report_that_a_page_of_another_site_sends_is_refused(client, headers):
    response = client.post("/report/", report(), headers=headers)
    assert response.status_code == 403
    assert not ReaderReport.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"message": ""},
        {"message": "  "},
        {"message": "\u200b\u2060"},
        {"message": "x" * 4001},
        {"message": "a\0b"},
        {"kind": "praise"},
        {"url": "javascript:alert(1)"},
        {"contact": "nobody"},
        {"claim": "x"},
        {"claim": "9" * 30},
        {"claim": "999999"},
    ],
)
def test_bad_input_is_refused_and_kept_in_the_form(client, changes):
    response = client.post("/report/", report(**changes))
    assert response.status_code == 400
    assert response.context["form"].errors
    assert not ReaderReport.objects.exists()


def test_a_draft_cannot_be_told_from_nothing(client):
    draft = make_claim(status=ClaimStatus.DRAFT)
    answers = [
        client.post("/report/", report(claim=number)) for number in (draft.pk, 999999)
    ]
    assert {a.status_code for a in answers} == {400}
    pages = {client.get(f"/report/?claim={n}").status_code for n in (draft.pk, 999999)}
    assert pages == {404}
    assert draft.wording.encode() not in answers[0].content


def test_one_report_more_than_allowed_within_an_hour_is_put_off(client, settings):
    settings.REPORTS_FROM_ONE = 3
    for number in range(3):
        sent = client.post("/report/", report(message=f"Year {number} is wrong."))
        assert sent.status_code == 302
    response = client.post("/report/", report(message="Once more."))
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert b"Once more." in response.content
    assert ReaderReport.objects.count() == 3
    elsewhere = client.post("/report/", report(), REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 302


def test_after_an_hour_the_next_report_is_taken(client, settings):
    settings.REPORTS_FROM_ONE = 1
    assert client.post("/report/", report()).status_code == 302
    ReaderReport.objects.update(created_at=timezone.now() - WINDOW)
    assert client.post("/report/", report()).status_code == 302
    assert client.post("/report/", report(message="More.")).status_code == 429


def test_all_readers_together_are_limited_too_and_0_is_no_limit(client, settings):
    settings.REPORTS_FROM_ALL = 2
    addresses = [f"198.51.100.{n}" for n in range(3)]
    assert [
        client.post("/report/", report(), REMOTE_ADDR=each).status_code
        for each in addresses
    ] == [302, 302, 429]
    settings.REPORTS_FROM_ALL = settings.REPORTS_FROM_ONE = 0
    for number in range(6):
        sent = client.post("/report/", report(message=f"Year {number} is wrong."))
        assert sent.status_code == 302


def test_one_reader_with_many_ipv6_addresses_is_one_sender():
    assert sender_hash("2001:db8::1") == sender_hash("2001:db8::2")
    assert sender_hash("2001:db8::1") != sender_hash("2001:db8:0:1::1")
    assert sender_hash("192.0.2.1") != sender_hash("192.0.2.2")
    assert sender_hash("::ffff:192.0.2.1") == sender_hash("192.0.2.1")
    assert sender_hash("::ffff:192.0.2.1") != sender_hash("::ffff:192.0.2.2")


def test_a_forwarded_address_counts_only_behind_the_desks_own_proxy(client, settings):
    forged = {"X-Forwarded-For": "203.0.113.9"}
    client.post("/report/", report(), headers=forged)
    assert ReaderReport.objects.get().sender == sender_hash("127.0.0.1")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    forged = {"X-Forwarded-For": "203.0.113.9, 198.51.100.1"}
    client.post("/report/", report(), headers=forged)
    assert ReaderReport.objects.first().sender == sender_hash("198.51.100.1")


def test_a_right_report_is_answered_and_linked_to_its_correction(client):
    verdict = make_verdict(status="published")
    client.post("/report/", report(claim=verdict.claim_id))
    author, editor = make_user("Reviewers"), make_user("Editors")
    verdict = take_step("revise", verdict, by=author, comment="A reader was right.")
    verdict = take_step("submit", verdict, by=author)
    verdict = take_step("publish", verdict, by=editor)
    correction = verdict.claim.publications.get(number=2)
    stored = ReaderReport.objects.get()
    address = f"/admin/claims/readerreport/{stored.pk}/change/"
    desk = Client()
    desk.force_login(editor)
    page = desk.get(address)
    seen = page.context["adminform"].form["seen"].value()
    data = {"seen": seen, "status": "corrected", "answer": "You were right. Thanks."}
    assert desk.post(address, data).status_code == 400
    unseen = data | {"correction": correction.pk, "answer": "\u200b"}
    assert desk.post(address, unseen).status_code == 400
    data["correction"] = correction.pk
    assert desk.post(address, data).status_code == 302
    stored.refresh_from_db()
    assert (stored.status, stored.correction) == (ReportStatus.CORRECTED, correction)
    assert stored.answered_by == editor
    assert Change.objects.filter(table="readerreport", actor=editor).exists()
    assert desk.post(address, data | {"answer": "Late."}).status_code == 409


def test_only_editors_answer(client):
    client.post("/report/", report())
    with pytest.raises(NotPermitted):
        answer_report(
            ReaderReport.objects.get(),
            by=make_user("Reviewers"),
            status=ReportStatus.ANSWERED,
            answer="No.",
        )


def test_the_desk_reads_how_to_answer_a_reader(client):
    client.post("/report/", report(contact="reader@post.example"))
    desk = Client()
    desk.force_login(make_user("Editors"))
    stored = ReaderReport.objects.get()
    page = desk.get(f"/admin/claims/readerreport/{stored.pk}/change/").content.decode()
    assert 'href="mailto:reader@post.example"' in page
    assert "any other words they get from you" in page
