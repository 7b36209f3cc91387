"""The measuring itself, on archives small enough for a test."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.benchmark import measuring, report
from claims.benchmark.archive import fill_database
from claims.benchmark.databases import temporary_database, use_database
from claims.checks import all_checks, broken_rows, definitions
from claims.management.commands.benchmark import as_table
from claims.models import Change, Claim, PublishedVerdict, Span, Speaker
from tests.factories import make_speaker


def databases():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database"
            " WHERE starts_with(datname, current_database() || '_bench')"
        )
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)
def test_an_archive_holds_together_and_has_its_guards_awake():
    archive = fill_database(600)
    assert Claim.objects.count() == archive.claims == 600
    assert Span.objects.count() == 600
    assert PublishedVerdict.objects.filter(number=2).exists()
    busiest = Speaker.objects.get(slug=archive.busiest)
    quiet = Speaker.objects.get(slug=archive.quiet)
    assert busiest.claims.count() > 3 * quiet.claims.count()
    checks = all_checks(by_history=False)
    assert {check.name: broken_rows(check) for check in checks} == {
        check.name: [] for check in checks
    }
    assert definitions.problems() == []
    # It goes on like any other.
    speaker = make_speaker(name="Ilka Dvorsin")
    assert Change.objects.filter(table="speaker", row=speaker.pk).count() == 1
    with pytest.raises(measuring.BenchmarkFailed, match="/claims/0/ answered 404"):
        measuring.time_page("/claims/0/", measuring.Timed())
    # The control: with a guard left asleep the check of the definitions says so.
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_span DISABLE TRIGGER quote_matches_text")
    assert definitions.problems() == [
        "triggers: the trigger claims_span.quote_matches_text is switched off"
    ]


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_it_works_beside_the_desks_own_database_and_leaves_nothing(monkeypatch, capsys):
    make_speaker(name="Ilka Dvorsin")
    # So small an archive says nothing of speed: all bars but one are out of reach.
    monkeypatch.setattr(report, "ROUNDS", 1)
    monkeypatch.setattr(measuring, "SAMPLES", 1)
    monkeypatch.setattr(report, "MOST_GROWTH", 100)
    monkeypatch.setattr(report, "MOST_COUNTED_GROWTH", 100)
    monkeypatch.setattr(report, "MOST_DEEP", 100)
    monkeypatch.setattr(report, "MOST_STREAMED", 0)
    with pytest.raises(CommandError, match=r"^Over the limit: CSV / the same [^;]*$"):
        call_command("benchmark", "--claims", "1000", "--json")
    printed, progress = capsys.readouterr()
    found = json.loads(printed)
    assert found["claims"] == 1000
    assert {row["name"] for row in found["rows"]} >= {"home", "claims", *report.COUNTED}
    assert progress.startswith("Filling an archive with 100 claims ...")
    assert Speaker.objects.get().name == "Ilka Dvorsin"
    assert databases() == []


def test_the_table_has_a_line_for_each_page():
    rows = [report.Row("home", 12.345, 4, 9.5, 1.1)]
    bars = [report.Bar("deep", 1.0, 1.3), report.Bar("CSV", 1.9, 2.5)]
    assert as_table(report.Report(50_000, rows, bars)).splitlines() == [
        "50,000 claims",
        "                                           ms  queries  / plain  / tenth",
        "home                                     12.3        4      9.5     1.10",
        "deep: 1.00, at most 1.3",
        "CSV: 1.90, at most 2.5",
    ]


@pytest.mark.django_db
def test_too_few_claims_are_refused_with_a_sentence():
    with pytest.raises(CommandError, match="1,000 claims or more"):
        call_command("benchmark", "--claims", "10")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_failure_half_way_drops_the_database_and_turns_back():
    own = connection.settings_dict["NAME"]
    with pytest.raises(RuntimeError), temporary_database(f"{own}_bench_half"):
        raise RuntimeError
    assert connection.settings_dict["NAME"] == own
    with pytest.raises(RuntimeError), use_database("postgres"):
        raise RuntimeError
    assert connection.settings_dict["NAME"] == own
    assert databases() == []
