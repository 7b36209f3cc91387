"""How the desk meets the codes: states, figures, and the balance of its reviews."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from claims.desk.agenda import agenda
from claims.desk.reports import answer_report
from claims.management.page_checks import pages_that_codes_ask_for
from claims.models import ReaderReport, SpeakerRole
from claims.models.choices import PageSlug, ReportStatus
from claims.reading.balance import balance
from claims.reading.codes import CODES, EFCSN, IFCN
from claims.reading.compliance import State, figures, findings, in_words
from claims.reading.desk_pages import published_slugs
from claims.reading.working_days import answer_due, due_on
from tests.factories import (
    make_article,
    make_claim,
    make_page,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
    retract,
)

pytestmark = pytest.mark.django_db


def today():
    return timezone.now().date()


def states(code):
    counted = figures(today())
    return {
        str(found.criterion.asks): found.state
        for row in findings(code, counted, published_slugs())
        for found in row["findings"]
    }


def report_from(day, **fields):
    report = ReaderReport.objects.create(
        kind="error", message="The buoy.", sender="x", **fields
    )
    at = datetime.combine(day, datetime.min.time(), tzinfo=UTC)
    ReaderReport.objects.filter(pk=report.pk).update(created_at=at)
    report.refresh_from_db()
    return report


def answered(report):
    answer_report(
        report, by=make_user("Editors"), status=ReportStatus.ANSWERED, answer="It is."
    )


# --- States ---------------------------------------------------------------------------


def test_on_an_empty_site_nothing_is_met_but_what_the_program_sees_to():
    found = {asks: state for code in CODES for asks, state in states(code).items()}
    assert {asks for asks, state in found.items() if state != State.NOT_MET} == {
        "Readers have a way to reach the desk.",
        "Corrections are told openly, where the mistake stood.",
        "Corrections are made in the open.",
    }
    page = Client().get("/compliance/").content.decode()
    assert page.count("✗") == page.count("Not met") - 2 > 10


def test_a_published_page_is_the_desks_word_and_no_proof():
    asks = "Who pays is named, and has no say in what is found."
    assert states(IFCN)[asks] == State.NOT_MET
    make_page("funding", published=False)
    assert states(IFCN)[asks] == State.NOT_MET
    make_page("people")
    assert states(IFCN)[asks] == State.NOT_MET
    page = make_page("funding", language="tr")
    assert page.slug in published_slugs()
    assert states(IFCN)[asks] == State.SAID


def test_a_share_of_reviews_meets_or_fails_what_is_asked():
    asks = "More than one source is asked where there is more than one."
    assert states(IFCN)[asks] == State.NOT_MET
    make_published()
    assert states(IFCN)[asks] == State.NOT_MET
    primary = "Primary sources are used where there are any."
    assert states(IFCN)[primary] == State.MET
    assert "two sources or more: 0%" in in_words(figures(today()))["two_sources"]


def test_an_address_that_a_code_asks_for_has_to_be_set(settings):
    asks = "It is published, and says that one may turn to the EFCSN."
    make_page("corrections")
    assert states(EFCSN)[asks] == State.NOT_MET
    face = settings.FACTCHECK | {"EFCSN_COMPLAINTS": "https://efcsn.example/"}
    with override_settings(FACTCHECK=face):
        assert states(EFCSN)[asks] == State.SAID


# --- Seven working days ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "holidays", "due"),
    [
        # A Monday, a Saturday, and a Friday with a holiday in the week after.
        (date(2026, 5, 4), (), date(2026, 5, 13)),
        (date(2026, 5, 9), (), date(2026, 5, 19)),
        (date(2026, 5, 8), {date(2026, 5, 14)}, date(2026, 5, 20)),
    ],
)
def test_seven_working_days_pass_over_weekends_and_holidays(day, holidays, due):
    assert due_on(day, 7, holidays) == due


def test_answers_are_counted_from_the_report_to_the_answer():
    make_page("complaints")
    complaints = states(EFCSN).items()
    asks = next(words for words, _state in complaints if "seven working days" in words)
    assert states(EFCSN)[asks] == State.SAID
    long_ago = today() - timedelta(days=40)
    answered(report_from(today()))
    counted = figures(today())
    assert (counted.reports, counted.reports_in_time, counted.reports_late) == (1, 1, 0)
    assert states(EFCSN)[asks] == State.MET
    late = report_from(long_ago)
    counted = figures(today())
    assert (counted.reports, counted.reports_answered, counted.reports_late) == (
        2,
        1,
        1,
    )
    assert states(EFCSN)[asks] == State.NOT_MET
    answered(late)
    counted = figures(today())
    assert (counted.reports_in_time, counted.reports_late) == (1, 0)
    # What is older than a year, or no error, is not counted.
    report_from(today() - timedelta(days=400))
    ReaderReport.objects.create(kind="suggestion", message="Check it.", sender="x")
    assert figures(today()).reports == 2


def test_when_a_report_was_answered_is_the_databases_word():
    report = report_from(today())
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_readerreport SET answered_at = '2020-01-01' WHERE id = %s",
            [report.pk],
        )
    report.refresh_from_db()
    assert report.answered_at is None
    answered(report)
    report.refresh_from_db()
    assert timezone.now() - report.answered_at < timedelta(minutes=5)


def test_open_reports_stand_in_the_calendar_of_those_who_may_answer_them():
    report = report_from(today() - timedelta(days=7))
    due = answer_due(today() - timedelta(days=7))
    answered(report_from(today()))

    def entries(of=None):
        found = agenda(today() - timedelta(days=3), today() + timedelta(days=9), of=of)
        return [(each.key, each.day) for each in found if "report" in each.key]

    assert entries() == [(f"report-{report.pk}-answer", due)]
    assert entries(make_user("Editors")) == entries()
    assert entries(make_user("Annotators")) == []


# --- Balance --------------------------------------------------------------------------


def reviewed(speaker, topic, **fields):
    claim = make_claim(speaker=speaker, topics=[topic] if topic else [], **fields)
    return make_published(claim)


def test_reviews_are_counted_by_the_affiliation_of_the_day_as_it_was_published():
    speaker = make_speaker("Ida Falk")
    SpeakerRole.objects.create(
        speaker=speaker, title="Mayor", organisation="Harbour List"
    )
    council = make_speaker("Town council", kind="organisation")
    reviewed(speaker, make_topic("Harbours"))
    reviewed(speaker, None)
    reviewed(council, None)
    reviewed(make_speaker("Ole Brandt"), None)
    # An office that nobody has published with a review counts for nothing.
    SpeakerRole.objects.create(
        speaker=speaker, title="Senator", organisation="zqkanary", since=today()
    )
    retract(reviewed(council, None).claim.verdict)
    tables = {table.name: table for table in balance().tables}
    found = {row.name: row.count for row in tables["affiliation"].rows if row.is_named}
    assert found == {"Harbour List": 2, "Town council": 1}
    assert sum(row.count for row in tables["affiliation"].rows) == 4
    assert {str(row.name): row.count for row in tables["topic"].rows} == {
        "Harbours": 1,
        "none": 3,
    }
    assert {str(row.name): row.count for row in tables["kind"].rows} == {
        "Person": 3,
        "Organisation": 1,
    }


def test_the_csv_holds_every_count_and_no_formula():
    reviewed(make_speaker("=1+1", kind="group"), None)
    response = Client().get("/compliance/balance.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode())))
    now = timezone.now()
    quarter = [str(now.year), str((now.month + 2) // 3)]
    assert rows[0] == ["dimension", "value", "year", "quarter", "reviews"]
    assert ["affiliation", "'=1+1", *quarter, "1"] in rows
    assert ["kind", "group", *quarter, "1"] in rows


@pytest.mark.slow
def test_the_pages_say_what_they_count_and_cost_the_same_queries(
    django_assert_max_num_queries,
):
    reviewed(make_speaker("Ida Falk"), make_topic("Harbours"))
    for path, most in (("/compliance/", 14), ("/compliance/balance/", 3)):
        for _n in range(2):
            with django_assert_max_num_queries(most):
                assert Client().get(path).status_code == 200
            reviewed(make_speaker(), make_topic())
    page = Client().get("/compliance/balance/").content.decode()
    assert "no proof of fairness" in page


def test_an_unchanged_page_is_not_made_again_and_a_changed_one_is():
    client = Client()
    for path in ("/compliance/", "/compliance/balance/"):
        tag = client.get(path)["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        make_published(make_claim(article=make_article()))
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200
    tag = client.get("/compliance/")["ETag"]
    report_from(today())
    assert client.get("/compliance/", headers={"If-None-Match": tag}).status_code == 200
    tag = client.get("/compliance/")["ETag"]
    make_page()
    # As at the end of a transaction.
    connection.check_constraints()
    assert client.get("/compliance/", headers={"If-None-Match": tag}).status_code == 200


# --- manage.py check ------------------------------------------------------------------


def test_check_names_each_page_that_is_missing_and_each_address():
    told = pages_that_codes_ask_for()
    assert [each.id for each in told] == ["claims.W005", "claims.I001", "claims.I001"]
    assert "funding" in told[0].msg
    for slug in PageSlug:
        make_page(slug)
    assert [each.id for each in pages_that_codes_ask_for()] == ["claims.I001"] * 2


def test_a_verdict_in_draft_changes_no_figure():
    before = Client().get("/compliance/").content, balance()
    make_verdict()
    assert (Client().get("/compliance/").content, balance()) == before
