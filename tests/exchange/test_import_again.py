"""Bad rows beside good ones, a second import of a file, and one that is killed."""

import csv
import io
import json
import os
import signal
import traceback

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections

from claims.desk.annotation import change_claim
from claims.desk.workflow import take_step
from claims.exchange import import_claims
from claims.exchange.import_claims import ClaimsRefused, import_claims_file
from claims.models import Change, Claim, PublicChange, Span, Topic
from claims.models.choices import ClaimStatus
from tests.exchange.test_import_claims import a_file, row_of, state
from tests.factories import (
    make_article,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    make_user,
)
from tests.guards import without

OPEN = {"quote": "open", "quote_spans": "17-21"}


@pytest.fixture
def desk(db):
    make_speaker("Ida Falk")
    return make_article(headline="Harbour")


def a_table(tmp_path, *rows, divider=";"):
    file = tmp_path / "t.csv"
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, rows[0], delimiter=divider)
        writer.writeheader()
        writer.writerows(rows)
    return file


# --- Refused rows ---------------------------------------------------------------------


BAD = [
    row_of(stated_on="May"),
    row_of(**OPEN) | {"stated_on": ""},
    row_of(quote="Not printed; here", stated_on=""),
    row_of(speaker="nobody", stated_on=""),
]


def test_refused_rows_are_written_with_their_reasons_and_come_in_mended(desk, tmp_path):
    file, rejects = a_table(tmp_path, *BAD), tmp_path / "rejects.csv"
    out = io.StringIO()
    call_command(
        "import_claims", file, keep_going=True, rejects=rejects, stdout=out, stderr=out
    )
    assert "1 claims taken in, 0 were here already, 3 rows refused" in out.getvalue()
    with rejects.open(newline="") as text:
        rows = list(csv.DictReader(text, delimiter=";"))
    assert [{name: row[name] for name in BAD[0]} for row in rows] == [
        BAD[0],
        BAD[2],
        BAD[3],
    ]
    assert [(row["reject_line"], row["reject_column"]) for row in rows] == [
        ("2", "stated_on"),
        ("4", "quote"),
        ("5", "speaker"),
    ]
    assert "“May” is not a date" in rows[0]["reject_reason"]
    # A second time the reasons are new ones, and not those of the first time.
    again = tmp_path / "again.csv"
    with pytest.raises(ClaimsRefused):
        import_claims_file(rejects, rejects=again)
    assert again.read_text().count("reject_reason") == 1
    assert again.read_text().count("is not a date") == 1
    mended = rejects.read_text().replace(";May;", ";2026-05-04;")
    mended = mended.replace("Not printed; here", "the fare stays the same")
    rejects.write_text(mended.replace("0-28", "", 2).replace("nobody", "ida-falk"))
    result = import_claims_file(rejects)
    assert (result.new, result.known) == (2, 1)


def test_refused_lines_of_json_are_written_as_json(desk, tmp_path):
    file, rejects = a_file(tmp_path, *BAD), tmp_path / "rejects.jsonl"
    with file.open("a") as out:
        out.write("[1]\n{\n")
    result = import_claims_file(file, keep_going=True, rejects=rejects)
    assert (result.new, result.refused) == (1, 5)
    rows = [json.loads(line) for line in rejects.read_text().splitlines()]
    assert [row.pop("reject_line") for row in rows] == [1, 3, 4, 5, 6]
    assert [row.pop("reject_column") for row in rows] == [
        "stated_on",
        "quote",
        "speaker",
        "",
        "",
    ]
    assert "is not JSON" in rows[-1].pop("reject_reason")
    assert rows[-1] == {"reject_text": "{"}
    assert rows[0] == BAD[0] | {"reject_reason": rows[0]["reject_reason"]}


def test_a_line_of_several_claims_is_refused_once(desk, tmp_path):
    marks = [[0, 3, "content"], [4, 11, "content"]]
    row = {"text": "Another text, not here.", "label": marks}
    rejects = tmp_path / "rejects.jsonl"
    result = import_claims_file(a_file(tmp_path, row), keep_going=True, rejects=rejects)
    assert result.refused == 2
    [line] = rejects.read_text().splitlines()
    assert json.loads(line) | row == json.loads(line)


def test_without_keep_going_the_rejects_are_told_and_nothing_is_in(desk, tmp_path):
    before, rejects = state(), tmp_path / "rejects.csv"
    rows = BAD * 10
    with pytest.raises(CommandError, match="1 of 1 files were refused"):
        err = io.StringIO()
        call_command(
            "import_claims", a_table(tmp_path, *rows), rejects=rejects, stderr=err
        )
    assert "... and 10 more; all are in" in err.getvalue()
    assert rejects.read_text().count("\n") == 31
    assert state() == before


def test_a_good_file_leaves_no_rejects(desk, tmp_path):
    rejects = tmp_path / "rejects.csv"
    import_claims_file(a_table(tmp_path, row_of()), rejects=rejects)
    assert not rejects.exists()


def test_what_is_no_row_cannot_be_rejected_in_its_format(desk, tmp_path):
    file = tmp_path / "a.jsonld"
    file.write_text("[]")
    with pytest.raises(ClaimsRefused, match="of CSV and JSON Lines only"):
        import_claims_file(file, rejects=tmp_path / "rejects")
    with pytest.raises(CommandError, match="one file at a time"):
        call_command("import_claims", file, file, rejects=tmp_path / "rejects")


def test_a_file_that_breaks_off_is_refused_whole_though_its_first_rows_are_good(
    desk, tmp_path
):
    file = a_table(tmp_path, row_of())
    with file.open("ab") as out:
        out.write(b'"open\n')
    before = state()
    with pytest.raises(ClaimsRefused, match="this is not CSV"):
        import_claims_file(file, keep_going=True)
    assert state() == before


def test_what_the_database_refuses_is_found_among_the_good(desk, tmp_path):
    rows = [row_of(), row_of(**OPEN), row_of(quote="the fare", quote_spans="")]
    bad = a_table(tmp_path, *rows)

    def refuse_one(execute, sql, params, many, context):
        if "json_to_recordset" in sql and '"quote":"open"' in params[0]:
            with connection.cursor() as cursor:
                cursor.execute("SELECT claims_refuse('quote_matches_text', 'no')")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_one):
        result = import_claims_file(bad, keep_going=True)
    assert (result.new, result.refused) == (2, 1)
    assert result.problems[0].line == 3


# --- Again ----------------------------------------------------------------------------


def test_a_second_run_adds_nothing_and_brings_up_to_date_what_changed(desk, tmp_path):
    topics = [make_topic("Ports"), make_topic("Fares")]
    make_outlet("The Ferry Times")
    make_speaker("Ole Berg")
    first = row_of(wording="It opens.", topics="ports", stated_on="2026-05")
    import_claims_file(a_file(tmp_path, first, row_of(**OPEN)))
    changes = Change.objects.count()
    assert import_claims_file(a_file(tmp_path, first, row_of(**OPEN))).known == 2
    assert Change.objects.count() == changes
    second = first | {
        "wording": "It opens in May.",
        "topics": "fares",
        "other_speakers": "ole-berg",
        "via": "the-ferry-times",
        "speaker_role": "Mayor",
        "checkability": "promise",
        "stated_on": "2026-05-04",
    }
    result = import_claims_file(a_file(tmp_path, second, row_of(**OPEN)))
    assert (result.new, result.known, result.changed) == (0, 1, 1)
    claim = Claim.objects.get(wording="It opens in May.")
    assert list(claim.topics.all()) == topics[1:]
    assert claim.other_speakers.get().slug == "ole-berg"
    assert (claim.via.slug, claim.printed_role) == ("the-ferry-times", "Mayor")
    assert (claim.checkability, str(claim.stated_on)) == ("promise", "2026-05-04")
    assert (claim.stated_precision, claim.version) == ("day", 2)
    assert import_claims_file(a_file(tmp_path, second)).known == 1


def test_a_file_that_says_less_takes_nothing_away(desk, tmp_path):
    make_topic("Ports")
    full = row_of(wording="It opens.", topics="ports", checkability="promise")
    import_claims_file(a_file(tmp_path, full))
    assert import_claims_file(a_file(tmp_path, row_of())).known == 1
    result = import_claims_file(a_file(tmp_path, row_of(checkability="vague")))
    assert result.changed == 1
    claim = Claim.objects.get()
    assert (claim.wording, claim.checkability) == ("It opens.", "vague")
    assert claim.topics.get().slug == "ports"


def test_what_the_desk_has_changed_stays_and_is_named(desk, tmp_path):
    editor = make_user("Editors")
    import_claims_file(a_file(tmp_path, row_of(wording="It opens.")), by=editor)
    claim = Claim.objects.get()
    change_claim(claim, by=editor, version=1, wording="The harbour opens.")
    file = a_file(tmp_path, row_of(wording="It opens in May."))
    result = import_claims_file(file, by=editor)
    assert (result.known, result.changed) == (1, 0)
    assert result.left == [
        f"{file}, line 1: claim {claim.pk} stays as it is. It was changed at the desk."
    ]
    claim.refresh_from_db()
    assert claim.wording == "The harbour opens."


def test_a_listed_claim_is_brought_up_to_date_and_readers_are_told(desk, tmp_path):
    editor = make_user("Editors")
    import_claims_file(a_file(tmp_path, row_of(wording="It opens.")), by=editor)
    claim = Claim.objects.get()
    take_step("list", claim, by=editor)
    seen = PublicChange.objects.count()
    file = a_file(tmp_path, row_of(wording="It opens in May."))
    nobody = import_claims_file(file)
    assert "say with --by who changes it" in nobody.left[0]
    assert import_claims_file(file, by=editor).changed == 1
    claim.refresh_from_db()
    assert (claim.wording, claim.status) == ("It opens in May.", ClaimStatus.LISTED)
    assert PublicChange.objects.count() == seen + 1
    assert import_claims_file(file, by=editor).known == 1
    call_command("check_integrity", stdout=io.StringIO())


def test_what_is_published_changes_by_no_import(desk, tmp_path):
    editor = make_user("Editors")
    import_claims_file(a_file(tmp_path, row_of(wording="It opens.")), by=editor)
    claim = Claim.objects.get()
    take_step("list", claim, by=editor)
    make_published(claim)
    before = state()
    result = import_claims_file(
        a_file(tmp_path, row_of(wording="It opens in May.")), by=editor
    )
    assert (result.changed, len(result.left)) == (0, 1)
    assert state() == before


# --- Guards, at a thousand as at one --------------------------------------------------


def test_claims_come_in_with_their_quotes_and_are_written_once(desk, tmp_path):
    import_claims_file(a_file(tmp_path, row_of(), row_of(**OPEN)))
    assert not Change.objects.filter(table="claim", operation="update").exists()
    logged = Change.objects.filter(table="claim").order_by("row")
    assert [each.after["quote"] for each in logged] == [
        "The harbour will open in May",
        "open",
    ]
    assert Change.objects.filter(table="span").count() == 2
    call_command("check_integrity", stdout=io.StringIO())


@pytest.mark.parametrize(
    ("guard", "was", "is_", "rule"),
    [
        (("claim", "claim_guard"), '"quote":"open"', '"quote":"shut"', "quote_is"),
        (("span", "quote_matches_text"), '"start":17', '"start":16', "as_long"),
        (
            ("span", "quote_matches_text"),
            '"start":17,"end":21',
            '"start":18,"end":22',
            "quote_matches_text",
        ),
    ],
)
def test_one_bad_claim_in_the_statement_is_refused_by_its_guard(
    desk, tmp_path, guard, was, is_, rule
):
    file = a_file(tmp_path, row_of(), row_of(**OPEN))
    before = state()

    def forge(execute, sql, params, many, context):
        if "json_to_recordset" in sql:
            rows, actor, marks = params
            params = [rows.replace(was, is_), actor, marks.replace(was, is_)]
        return execute(sql, params, many, context)

    def refused():
        with connection.execute_wrapper(forge):
            with pytest.raises(ClaimsRefused) as refusal:
                import_claims_file(file)
            return refusal.value.problems

    assert [problem.line for problem in refused()] == [2]
    assert state() == before
    if rule != "as_long":
        with without(guard), connection.execute_wrapper(forge):
            assert import_claims_file(file).new == 2


# --- Killed ---------------------------------------------------------------------------


def connect_anew():
    """Connect, though the server may still be ending sessions of the test before."""
    for _try in range(3):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except OperationalError:
            connection.close()
        else:
            return


def killed_at(statement, file):
    """Import a file in a process that is killed at a statement; return if it was."""
    connections.close_all()
    child = os.fork()
    if not child:
        signal.alarm(60)  # fails, where it would wait for ever
        connect_anew()
        count = 0

        def die(execute, *arguments):
            nonlocal count
            count += 1
            if count == statement:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*arguments)

        try:
            with connection.execute_wrapper(die):
                import_claims_file(file, add_missing=True)
            os._exit(0)
        except BaseException:  # noqa: BLE001 - told by the exit status
            traceback.print_exc()
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), status
    return status == signal.SIGKILL


def kill_again_and_again(tmp_path, kills, rows):
    """Kill imports at one statement after another, begun anew where one is done."""
    make_article(headline="Harbour")
    make_speaker("Ida Falk")
    file, at = a_file(tmp_path, *rows), 1
    whole = 0
    for _kill in range(kills):
        before = state(), Topic.objects.count()
        if killed_at(at, file):
            assert (state(), Topic.objects.count()) == before
            at += 1
        else:
            # Past the last statement: all is in, and a further run adds nothing.
            whole, at = whole + 1, 1
            assert Claim.objects.count() == len(rows)
    result = import_claims_file(file, add_missing=True)
    assert (result.new, result.known) in ((len(rows), 0), (0, len(rows)))
    assert Claim.objects.count() == len(rows)
    assert Span.objects.count() == len(rows)
    return whole


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_nothing_half(tmp_path):
    rows = [row_of(topics="ports"), row_of(**OPEN)]
    kill_again_and_again(tmp_path, 10, rows)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_two_hundred_killed_imports_leave_nothing_half(tmp_path, monkeypatch):
    monkeypatch.setattr(import_claims, "BATCH", 2)
    rows = [
        row_of(quote="The harbour will open in May"[:length], quote_spans=f"0-{length}")
        | {"topics": f"ports topic-{length}"}
        for length in (3, 11, 16, 21, 24, 28)
    ]
    assert kill_again_and_again(tmp_path, 200, rows) > 1
