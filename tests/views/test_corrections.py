"""The list of corrections: who asked for each, and the same list as a file."""

import csv
import io
import json

import pytest

from claims.checks import all_checks, broken_rows
from claims.desk.reports import answer_report, correction_asked_by, file_report
from claims.desk.workflow import take_step
from claims.models import Claim, PublishedVerdict
from claims.models.choices import AskedBy, ReportStatus
from tests.factories import (
    make_claim,
    make_published,
    make_speaker,
    make_user,
    make_verdict,
    withdraw,
)
from tests.views.test_claim_page import correct

pytestmark = pytest.mark.django_db


def correct_for(claim, asked_by, note):
    """Publish a correction that somebody asked for, and return it."""
    claim.refresh_from_db()
    author = make_user("Reviewers")
    verdict = take_step(
        "revise", claim.verdict, by=author, comment=note, asked_by=asked_by
    )
    verdict = take_step("submit", verdict, by=author)
    take_step("publish", verdict, by=make_user("Editors"))
    claim.refresh_from_db()
    return claim.current


def page(client, query=""):
    response = client.get(f"/corrections/{query}")
    assert response.status_code == 200
    return response.content.decode()


def table(client, query=""):
    response = client.get(f"/corrections.csv{query}")
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def data(client, query=""):
    response = client.get(f"/corrections.json{query}")
    assert response.status_code == 200
    return json.loads(b"".join(response.streaming_content))["corrections"]


@pytest.fixture(scope="module")
def published(module_db):
    made = make_claim(speaker=make_speaker("Ida Falk"), wording="It opens in May.")
    return make_published(made, rating="false").claim_id


@pytest.fixture
def claim(published):
    return Claim.objects.get(pk=published)


def test_who_asked_stands_with_the_correction_and_in_the_claims_history(client, claim):
    correct_for(claim, AskedBy.SPEAKER, "She sent the minutes.")
    assert "asked for by: The speaker" in " ".join(page(client).split())
    html = client.get(f"/claims/{claim.pk}/", follow=True).content.decode()
    assert "asked for by: The speaker" in " ".join(html.split())


def test_without_another_word_the_desk_itself_asked(claim):
    assert correct(claim, summary="Other.").asked_by == AskedBy.DESK
    claim.refresh_from_db()
    withdraw(claim)
    claim.refresh_from_db()
    assert claim.current.asked_by == AskedBy.DESK
    assert claim.publications.get(number=1).asked_by == ""


def test_what_one_correction_was_asked_for_by_is_not_said_of_the_next(claim):
    correct_for(claim, AskedBy.SPEAKER, "She sent the minutes.")
    assert correct(claim, summary="Other.").asked_by == AskedBy.DESK
    claim.refresh_from_db()
    assert claim.verdict.correction_asked_by == ""


def test_a_correction_that_a_report_is_tied_to_was_asked_for_by_a_reader(client, claim):
    report = file_report(
        kind="error", message="See page two.", sender="s", claim=claim
    ).report
    version = correct(claim, summary="Other.")
    assert version.asked_by == AskedBy.DESK
    answer_report(
        report,
        by=make_user("Editors"),
        status=ReportStatus.CORRECTED,
        answer="Thank you.",
        correction=version,
    )
    assert "asked for by: A reader" in " ".join(page(client).split())
    assert [row["asked_by"] for row in table(client)] == ["reader"]
    assert len(data(client, "?asked_by=reader")) == 1
    assert data(client, "?asked_by=desk") == []


def test_a_retraction_and_a_withdrawal_tell_who_asked_as_well(claim):
    other = make_published().claim
    editor, reviewer = make_user("Editors"), make_user("Reviewers")
    for step, thing in [("retract", claim.verdict), ("withdraw", other)]:
        thing = take_step(f"ask_{step}", thing, by=reviewer, comment="Wrong.")
        take_step(step, thing, by=editor, comment="Wrong.", asked_by=AskedBy.READER)
    kinds = PublishedVerdict.objects.filter(asked_by=AskedBy.READER)
    assert set(kinds.values_list("kind", flat=True)) == {"retracted", "withdrawn"}


def test_publications_without_it_keep_their_digests(claim):
    correct_for(claim, AskedBy.SPEAKER, "She sent the minutes.")
    (check,) = (each for each in all_checks() if each.name == "publications")
    assert broken_rows(check) == []


def test_the_step_asks_and_begins_with_a_reader_while_a_report_is_open(client, claim):
    assert correction_asked_by(claim) == AskedBy.DESK
    file_report(kind="error", message="See page two.", sender="s", claim=claim)
    assert correction_asked_by(claim) == AskedBy.READER
    editor = make_user("Editors")
    client.force_login(editor)
    address = f"/admin/claims/verdict/{claim.verdict.pk}/step/revise/"
    html = client.get(address).content.decode()
    assert '<option value="reader" selected>A reader</option>' in html
    data = {
        "version": claim.verdict.version,
        "kind": "updated",
        "comment": "Page two.",
        "asked_by": "speaker",
    }
    assert client.post(address, data).status_code == 302
    claim.verdict.refresh_from_db()
    assert claim.verdict.correction_asked_by == AskedBy.SPEAKER


def test_other_steps_do_not_ask_who_asked(client):
    verdict = make_verdict()
    client.force_login(verdict.author)
    address = f"/admin/claims/verdict/{verdict.pk}/step/submit/"
    assert 'name="asked_by"' not in client.get(address).content.decode()


def test_the_files_hold_what_the_page_shows_under_the_same_filters(client, claim):
    correct_for(claim, AskedBy.SPEAKER, "She sent the minutes.")
    claim.refresh_from_db()
    withdraw(claim, reason="A hoax.")
    claim.refresh_from_db()
    for query, notes in [
        ("", ["A hoax.", "She sent the minutes."]),
        ("?kind=withdrawn", ["A hoax."]),
        ("?asked_by=speaker", ["She sent the minutes."]),
        ("?kind=withdrawn&asked_by=speaker", []),
    ]:
        assert [row["note"] for row in table(client, query)] == notes
        assert [row["note"] for row in data(client, query)] == notes
        html = page(client, query)
        for note in ("A hoax.", "She sent the minutes."):
            assert (note in html) is (note in notes)
        suffix = query.replace("&", "&amp;")
        assert f'href="/corrections.csv{suffix}"' in html
        assert f'href="/corrections.json{suffix}"' in html


def test_a_row_holds_the_whole_correction(client, claim):
    version = correct_for(claim, AskedBy.SPEAKER, "She sent the minutes.")
    expected = {
        "claim": claim.pk,
        "claim_url": f"http://testserver/claims/{claim.pk}/",
        "version": 2,
        "version_url": f"http://testserver/claims/{claim.pk}/versions/2/",
        "published_at": version.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "kind": "updated",
        "asked_by": "speaker",
        "note": "She sent the minutes.",
        "claim_reviewed": "It opens in May.",
        "speaker_name": "Ida Falk",
        "rating_before": "false",
        "rating": "false",
        "author": version.author_name,
        "approver": version.approver_name,
        "override": None,
        "digest": version.digest,
    }
    assert data(client) == [expected]
    # In a table it could be taken for a boolean.
    expected |= {"rating_before": "[false]", "rating": "[false]"}
    assert table(client) == [
        {name: "" if value is None else str(value) for name, value in expected.items()}
    ]


def test_no_spreadsheet_runs_a_correction(client, claim):
    correct_for(claim, AskedBy.DESK, "=cmd|' /C calc'!A0")
    [row] = table(client)
    assert row["note"] == "'=cmd|' /C calc'!A0"
    assert data(client)[0]["note"] == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_file_says_how_to_tell_that_it_is_whole(client, claim, ending):
    correct_for(claim, AskedBy.DESK, "So.")
    response = client.get(f"/corrections.{ending}")
    body = b"".join(response.streaming_content)
    assert int(response["Content-Length"]) == len(body)
    assert response["Claims-Rows"] == "1"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert f".{ending}" in response["Content-Disposition"]
    again = client.get(
        f"/corrections.{ending}", headers={"if-none-match": response["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["", ".csv", ".json", ".atom"])
@pytest.mark.parametrize("query", ["asked_by=nobody", "colour=red", "kind=first"])
def test_a_senseless_filter_is_refused_by_name_everywhere(client, path, query):
    response = client.get(f"/corrections{path or '/'}?{query}")
    assert response.status_code == 400
    assert query.split("=")[0] in response.content.decode()


def test_an_empty_list_is_a_whole_file(client):
    assert table(client) == data(client) == []


@pytest.mark.slow
def test_the_files_ask_the_same_of_the_database_however_long(
    client, claim, django_assert_max_num_queries
):
    for number in range(6):
        correct(claim, note=f"Note {number}.", summary=f"Summary {number}.")
    for path in ("/corrections.csv", "/corrections.json"):
        # The change number, the slot and its settings, how many there are, they.
        with django_assert_max_num_queries(20):
            assert b"Note 5." in b"".join(client.get(path).streaming_content)
