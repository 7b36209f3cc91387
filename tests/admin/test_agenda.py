"""The calendar: what is due and when, on its page and as a file for other programs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.desk import agenda as calendar
from claims.desk.agenda import Entry, agenda
from claims.desk.planning import hand_over, set_urgency
from claims.exchange.icalendar import AllDay, icalendar
from claims.models import CalendarAddress, Notice, Verdict
from claims.models.choices import NoticeKind, VerdictStatus
from tests.admin.conftest import signed_in
from tests.factories import make_claim, make_user, make_verdict

pytestmark = pytest.mark.django_db

PAGE = "/admin/calendar/"


def due(claim, days, *, of=None):
    boss = make_user("Editors")
    if of is not None:
        hand_over(claim, of, by=boss)
    set_urgency(claim, by=boss, due_on=timezone.localdate() + timedelta(days=days))
    return claim


def recheck(days, **fields):
    day = timezone.localdate() + timedelta(days=days)
    return make_verdict(status=VerdictStatus.PUBLISHED, recheck_on=day, **fields)


def soon(of=None):
    today = timezone.localdate()
    return agenda(today - timedelta(days=9), today + timedelta(days=9), of=of)


def address_of(client):
    """Make a private address and return it."""
    return client.post(PAGE).context["address"].replace("http://testserver", "")


def content_lines(body):
    """Return the lines of a calendar, unfolded as RFC 5545 (3.1) says."""
    assert body.endswith(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    return body.decode().replace("\r\n ", "").split("\r\n")[:-1]


def values(body, name):
    """Return the values of a property, unescaped (3.3.11), in a calendar's events."""
    found = []
    for line in content_lines(body):
        key, _colon, value = line.partition(":")
        if key.split(";")[0] == name:
            signs = iter(value)
            found.append(
                "".join(
                    sign if sign != "\\" else {"n": "\n"}.get(one := next(signs), one)
                    for sign in signs
                )
            )
    return found


def test_the_calendar_holds_deadlines_and_rechecks_each_with_its_owner():
    ida = make_user("Reviewers", first_name="Ida")
    mine, nobodys = due(make_claim(), 1, of=ida), due(make_claim(), 2)
    again = recheck(3, assignee=ida)
    recheck(40)
    done = due(make_claim(), 4)
    make_verdict(done, status=VerdictStatus.PUBLISHED)
    assert [(entry.row, entry.owner) for entry in soon()] == [
        (mine.pk, ida),
        (nobodys.pk, None),
        (again.pk, ida),
    ]
    assert [entry.row for entry in soon(of=ida)] == [mine.pk, again.pk]


def test_another_part_of_the_desk_adds_deadlines_by_one_function(monkeypatch):
    def answers(first, last, of):
        day = first + timedelta(days=1)
        yield Entry("ask-1", day, "Answer due", "A title", of, "claim_change", 1)

    monkeypatch.setattr(calendar, "SOURCES", [*calendar.SOURCES, answers])
    assert [entry.title for entry in soon()] == ["A title"]


@pytest.mark.slow
def test_the_calendar_asks_no_more_for_many_entries():
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert [str(entry.owner) for entry in soon()]
        return len(queries)

    ida = make_user("Reviewers")
    due(make_claim(), 1, of=ida)
    few = asked()
    for _n in range(3):
        due(make_claim(), 2, of=ida)
        recheck(2, assignee=ida)
    assert asked() == few == 4


def test_whoever_has_something_due_tomorrow_is_told_once():
    ida = make_user("Reviewers")
    claim = due(make_claim(), 1, of=ida)
    due(make_claim(), 3, of=ida)
    due(make_claim(), 1)
    for _time in range(2):
        calendar.tell_of_deadlines()
    told = Notice.objects.get(kind=NoticeKind.DEADLINE)
    assert (told.user, told.row) == (ida, claim.pk)


def test_the_page_shows_mine_everybodys_and_what_is_late(reviewer):
    due(make_claim(wording="The ferry is late."), -1)
    due(make_claim(wording="The ferry is mine."), 1, of=reviewer.user)
    mine = reviewer.get(PAGE).content.decode()
    assert "The ferry is mine." in mine
    assert "The ferry is late." not in mine
    everybodys = reviewer.get(f"{PAGE}?of=everybody").content.decode()
    assert "The ferry is late." in everybodys
    assert "Overdue" in everybodys


def test_a_private_address_opens_a_calendar_without_a_session(reviewer):
    claim = due(make_claim(wording="Bread, milk; and \\ more."), 1, of=reviewer.user)
    address = address_of(reviewer)
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert values(answer.content, "SUMMARY") == [f"Verdict due: {claim.wording}"]
    assert values(answer.content, "UID") == [f"claim-{claim.pk}-due@testserver"]
    assert reviewer.get(PAGE).context["address"] == ""
    assert address.split("/")[-1] not in str(CalendarAddress.objects.values())


def test_nothing_of_a_draft_is_in_the_calendar_but_its_title(reviewer):
    verdict = make_verdict(author=reviewer.user, summary="zqkanary", rating="false")
    due(verdict.claim, 1)
    body = Client().get(f"{address_of(reviewer)}?of=everybody").content.decode()
    assert verdict.claim.wording in body.replace("\r\n ", "")
    assert "zqkanary" not in body
    assert "False" not in body


def test_an_address_is_void_once_it_is_renewed_dropped_or_its_person_leaves(reviewer):
    first = address_of(reviewer)
    second = address_of(reviewer)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    user = reviewer.user
    user.is_active = False
    user.save()
    assert Client().get(second).status_code == 404
    user.is_active = True
    user.save()
    reviewer.post(PAGE, {"drop": "1"})
    assert Client().get(second).status_code == 404
    assert Client().get(f"{PAGE}nonsense.ics").status_code == 404
    assert Client().post(second).status_code in {403, 405}


def test_who_may_not_see_claims_has_no_calendar():
    stranger = make_user(is_staff=True)
    assert signed_in(stranger).get(PAGE).status_code == 403
    assert signed_in(stranger).post(PAGE).status_code == 403
    assert Client().get(PAGE).status_code == 302


HARD = [
    "Comma, semicolon; backslash \\ and “quotes”",
    "Two lines\nand a third\r\nhere",
    "İğdır’da köprü " * 20,
    "橋" * 60,
    "🦀" * 40,
    "A bell \x07 and a NUL \x00",
]


@pytest.mark.parametrize("words", HARD)
def test_any_words_are_escaped_and_folded_so_that_they_come_back(words):
    event = AllDay("one@desk", date(2027, 2, 28), words, "", "https://a.example/?a,b;c")
    body = icalendar("Desk", [event], at=datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC))
    clean = words.replace("\r\n", "\n").replace("\x07", "").replace("\x00", "")
    assert values(body, "SUMMARY") == [clean]
    lines = content_lines(body)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert "DTSTART;VALUE=DATE:20270228" in lines
    assert "DTEND;VALUE=DATE:20270301" in lines
    assert "DTSTAMP:20270102T030405Z" in lines
    assert "URL:https://a.example/?a,b;c" in lines


def test_a_published_verdict_is_due_no_more_once_it_is_checked():
    verdict = recheck(1)
    Verdict.objects.filter(pk=verdict.pk).update(
        recheck_on=None, version=verdict.version + 1
    )
    assert soon() == []
