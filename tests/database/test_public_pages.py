"""Public pages under the public role say all that they say to whoever may read all."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from claims.api.changes import FEED
from claims.api.records import KINDS, literals, record_select
from claims.demo.seeding import add_logins, load_seeds
from claims.models import PublicClaim, ReaderReport
from tests.database.logins import committed, three_roles
from tests.pages.samples import OTHERS, PARAGRAPH, SAMPLES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(databases=["default", "public"]),
]
SEEDS = Path(settings.BASE_DIR) / "seeds"


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker):
    """What the site answers to whoever may read everything, by sample.

    The samples are loaded by the application, as the demo does.
    """
    with django_db_blocker.unblock(), committed():
        with three_roles():
            add_logins(SEEDS)
            load_seeds(SEEDS)
        # Some samples publish something: all of it before the first page is asked.
        asked = {
            sample.label: sample.address()
            for sample in [*SAMPLES, *OTHERS]
            if sample.answer is None
        }
        yield {
            label: (address, contents(Client().get(address)))
            for label, address in asked.items()
        }


@pytest.fixture(scope="module")
def roles(answers):
    with three_roles():
        yield


# Made anew for each answer.
PASSING = {"ZIP", "report", "report in Turkish", "report on a claim"}


def contents(response):
    return response.status_code, response.getvalue()


def test_every_public_page_says_to_the_public_role_what_it_says_to_all(answers, roles):
    asked = []

    def note(execute, sql, params, many, context):
        asked.append(context["connection"].alias)
        return execute(sql, params, many, context)

    different = []
    for label, (address, answer) in answers.items():
        with (
            connections["default"].execute_wrapper(note),
            connections["public"].execute_wrapper(note),
        ):
            status, body = contents(Client().get(address))
        same = label in PASSING or body == answer[1]
        if status != answer[0] or not same:
            different.append((label, status))
    assert different == []
    # Whether the desk is ready is asked of both: it answers, is migrated, may write.
    assert (asked.count("default"), asked.count("public") > 100) == (3, True)


def test_questions_that_come_by_post_are_read_by_the_public_role_alone(answers, roles):
    asked = []

    def note(execute, sql, params, many, context):
        asked.append(context["connection"].alias)
        return execute(sql, params, many, context)

    told = []
    for tool, arguments in (
        ("search_claims", {}),
        ("get_claim", {"id": PublicClaim.objects.listed().first().pk}),
        ("find_speakers", {"q": "a"}),
        ("list_corrections", {}),
        ("rating_scale", {}),
        ("changes_since", {"number": 0}),
        ("match_claims", {"text": PARAGRAPH}),
    ):
        params = {"name": tool, "arguments": arguments}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        with (
            connections["default"].execute_wrapper(note),
            connections["public"].execute_wrapper(note),
        ):
            response = Client().post("/mcp", message, content_type="application/json")
        told.append(response.json()["result"]["isError"])
    assert told == [False] * 7
    with (
        connections["default"].execute_wrapper(note),
        connections["public"].execute_wrapper(note),
    ):
        question = {"text": PARAGRAPH}
        for path, media_type in (
            ("/check/", MULTIPART_CONTENT),
            ("/api/match", "application/json"),
        ):
            response = Client().post(path, question, content_type=media_type)
            assert "lowest level since 1998" in response.content.decode()
    assert set(asked) == {"public"}


def test_a_record_is_read_by_keys_alone_where_only_some_rows_may_be_seen(roles):
    with connections["public"].cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        values = {"keys": [1, 2], "since": 0, "lines": 9, **literals("")}
        for sql in (FEED, *map(record_select, KINDS.values())):
            cursor.execute(f"EXPLAIN {sql}", values)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            read_whole = re.findall(r"Seq Scan on (?!claims_changecounter)\w+", plan)
            assert read_whole == []
        # The control: a coalesce() is asked of those rows alone that may be seen.
        cursor.execute(
            "EXPLAIN SELECT (SELECT number FROM claims_articletext x"
            " WHERE x.id = coalesce((m ->> 'text')::bigint, w.text_id))"
            " FROM claims_publicwords w, jsonb_array_elements(marks) m"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Seq Scan on claims_articletext" in plan
        cursor.execute("RESET enable_seqscan")


def test_a_report_is_written_by_the_application(answers, roles):
    before = ReaderReport.objects.count()
    claim = PublicClaim.objects.listed().first()
    response = Client().post(
        "/report/",
        {"kind": "error", "claim": claim.pk, "message": "The date is wrong."},
    )
    assert response.status_code == 302
    assert ReaderReport.objects.count() == before + 1


def test_a_page_that_takes_too_long_is_ended_and_asks_to_come_back(answers, roles):
    def wait(execute, sql, params, many, context):
        # A page whose tag is not to be had goes on without; here that is no reason.
        if "changecounter" not in sql:
            execute("SELECT pg_sleep(60)", None, False, context)
        return execute(sql, params, many, context)

    with connections["public"].cursor() as cursor:
        cursor.execute("SET statement_timeout = '50ms'")
    with connections["public"].execute_wrapper(wait):
        response = Client().get("/claims/")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
