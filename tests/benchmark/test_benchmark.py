"""The measuring itself, on archives small enough for a test."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count
from django.test import override_settings
from django.urls import get_resolver

from claims import sitemaps
from claims.api.tools import TOOLS
from claims.benchmark import addresses, costs, report
from claims.benchmark.archive import fill_database
from claims.benchmark.databases import (
    kept_database,
    temporary_database,
    use_database,
)
from claims.checks import all_checks, broken_rows, definitions
from claims.lists.filters import ClaimQuery
from claims.models import (
    Article,
    Change,
    Claim,
    ClaimRelation,
    PublicClaim,
    PublishedVerdict,
    Speaker,
    Topic,
    Verdict,
)
from tests.databases import drop
from tests.factories import make_claim, make_speaker


def databases():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database"
            " WHERE starts_with(datname, current_database() || '_bench')"
        )
        return cursor.fetchall()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_archive_is_dirty_and_holds_together_with_its_guards_awake():
    archive = fill_database(600)
    assert Claim.objects.count() == archive.claims == 600
    busiest = Speaker.objects.get(slug=archive.busiest)
    quiet = Speaker.objects.get(slug=archive.quiet)
    assert busiest.claims.count() > 3 * quiet.claims.count()
    assert PublishedVerdict.objects.filter(number=8).exists()
    assert PublicClaim.objects.filter(state="withdrawn").exists()
    assert Verdict.objects.filter(status="in_review").exists()
    assert ClaimRelation.objects.filter(kind="repeats").exists()
    assert Speaker.objects.filter(merged_into__isnull=False).exists()
    largest = Article.objects.annotate(size=Count("claims")).order_by("-size")[0]
    assert largest.size == 300
    checks = all_checks(by_history=False)
    assert {check.name: broken_rows(check) for check in checks} == {
        check.name: [] for check in checks
    }
    assert definitions.problems() == []
    # It goes on like any other.
    speaker = make_speaker(name="Ilka Dvorsin")
    assert Change.objects.filter(table="speaker", row=speaker.pk).count() == 1
    every_address_is_measured_or_named(archive)
    an_answer_is_charged_for_what_it_asks(archive)
    # The control: with a guard left asleep the check of the definitions says so.
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_span DISABLE TRIGGER quote_matches_text")
    assert definitions.problems() == [
        "triggers: the trigger claims_span.quote_matches_text is switched off"
    ]


def every_address_is_measured_or_named(archive):
    made = list(addresses.public_addresses(archive))
    names = {each if isinstance(each, str) else each.name for each in made}
    routes = {
        str(pattern) or "/"
        for name, pattern in addresses._routes(get_resolver("claims.urls").url_patterns)
        if f"claims:{name}" not in addresses.PASSED_OVER
    }
    assert routes <= names
    assert {f"MCP {tool}" for tool in TOOLS} <= names
    assert set(addresses.SECTIONS) == set(sitemaps.SECTIONS)
    assert len(list(addresses.list_addresses(archive))) > 300
    desk = list(addresses.desk_addresses(archive))
    assert "/admin/claims/verdict/?queue=blind" in {
        each.path for each in desk if not isinstance(each, str)
    }


def an_answer_is_charged_for_what_it_asks(archive):
    client = costs.new_client()
    page = addresses.Address("claims", "/claims/", "list")
    cost = costs.cost_of_address(client, page, samples=1)
    assert cost.status == 200
    assert cost.queries == 4
    if cost.buffers is not None:
        assert cost.buffers > 50
    assert cost.ms > 0
    gone = addresses.Address("gone", "/claims/0/", "public")
    assert costs.cost_of_address(client, gone, samples=1).status == 404
    # What is written for the measuring is taken back.
    with override_settings(SECOND_FACTOR=False):
        editor = costs.new_client(get_user_model().objects.get(username="person-1"))
        before = Change.objects.count()
        written = [
            each
            for each in addresses.desk_addresses(archive)
            if not isinstance(each, str) and each.kind == "write"
        ]
        for each in written:
            assert costs.cost_of_address(editor, each, samples=1).status < 400
    assert written
    assert Change.objects.count() == before


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_it_works_beside_the_desks_own_database_and_leaves_nothing(tmp_path, capsys):
    make_speaker(name="Ilka Dvorsin")
    whole = ["--claims", "1000", "--every", "7"]
    call_command("benchmark", *whole, "--json", str(tmp_path / "costs"))
    printed, progress = capsys.readouterr()
    (found,) = json.loads((tmp_path / "costs").read_text())
    assert found["claims"] == 1000
    assert {each["name"] for each in found["costs"]} >= {"list", "/", "claims/"}
    assert "| claims/ |" in printed
    options = ["--claims", "1000", "--lists", "--every", "60"]
    call_command("benchmark", *options, "--json", str(tmp_path / "lists"))
    capsys.readouterr()
    (lists,) = json.loads((tmp_path / "lists").read_text())
    assert {each["kind"] for each in lists["costs"]} == {"floor", "list"}
    assert progress.startswith("Filling an archive of 1,000 claims ...")
    assert Speaker.objects.get().name == "Ilka Dvorsin"
    assert databases() == []


@pytest.mark.django_db(transaction=True)
def test_a_list_is_charged_for_every_page_that_it_reads(monkeypatch):
    for _number in range(5):
        make_claim()
    client, asked = costs.new_client(), addresses.Address("list", "/claims/", "list")

    def charged():
        return costs.cost_of_address(client, asked, samples=2).buffers

    once = charged()
    if once is None:
        pytest.skip("a server before version 18 does not count them")
    assert 0 < once < report.limit_of(100_000)
    # The control: twice the statements, more to pay.
    twice = ClaimQuery.page
    monkeypatch.setattr(ClaimQuery, "page", lambda *a: (twice(*a), twice(*a))[1])
    assert charged() > once


def cost(name, buffers, queries=3, **details):
    return costs.Cost(
        name, "public", 200, [4.0], queries=queries, buffers=buffers, **details
    )


def test_limits_are_of_queries_buffers_and_plans_and_never_of_time():
    small = report.Measured(1_000, [cost("a/", 2_000), cost("b/", 100)], {})
    good = [cost("a/", 3_000), cost("b/", 2_500)]
    slow = [costs.Cost("a/", "public", 200, [9_000.0], queries=3, buffers=100)]
    for costs_found in (good, slow):
        large = report.Measured(20_000, costs_found, {})
        assert list(report.over_limits([small, large])) == []
    bad = [
        cost("a/", 3_001, queries=7),
        cost("b/", 2_501, scanned=["claims_claim"]),
        cost("search/", 0, queries=12),
        # What holds everything grows.
        cost("claims.csv", 1_000_000),
        costs.Cost("broken/", "desk", 500),
        costs.Cost("admin:index", "desk", 200, buffers=20_001),
        cost("changes.jsonl", 60_001),
    ]
    large = report.Measured(20_000, bad, {})
    assert list(report.over_limits([small, large])) == [
        "a/ asks 7 queries, at most 6",
        "a/ touches 3,001 buffers, at most 3,000",
        "b/ reads all of claims_claim",
        "b/ touches 2,501 buffers, at most 2,500",
        "search/ asks 12 queries, at most 4",
        "broken/ answered 500",
        "admin:index touches 20,001 buffers, at most 20,000",
        "changes.jsonl touches 60,001 buffers, at most 60,000",
    ]


def test_the_table_has_a_line_for_each_address():
    floor = costs.Cost("row", "floor", 200, [2.0], queries=1, buffers=10)
    small = report.Measured(1_000, [floor, cost("a/", 100, floor="row")], {})
    large = report.Measured(20_000, [floor, cost("a/", 150, floor="row")], {})
    assert report.as_markdown([small, large]).splitlines()[3] == (
        "| a/ | 4.0 | 4.0 | 3 | 100 | 0.0 | 2.0 | 4.0 | 4.0 | 3 | 150 | 0.0 | 2.0"
        " | 1.0 | 1.5 |"
    )


@pytest.mark.django_db
def test_too_few_claims_are_refused_with_a_sentence():
    with pytest.raises(CommandError, match="1,000 claims or more"):
        call_command("benchmark", "--claims", "10")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_an_archive_that_was_left_half_filled_is_made_anew():
    name = f"{connection.settings_dict['NAME']}_bench_kept"

    def has_topics():
        return Topic.objects.exists()

    try:
        with kept_database(name, has_topics):
            Topic.objects.create(name="Harbours", slug="harbours")
        with kept_database(name, has_topics):
            assert has_topics()
        with kept_database(name, lambda: False):
            assert not has_topics()
    finally:
        with connection._nodb_cursor() as cursor:
            drop(cursor, name)


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
