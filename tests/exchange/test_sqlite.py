"""The SQLite file: columns of the CSV, keys that lead somewhere, words found."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.core.management import CommandError, call_command

from claims.desk.workflow import take_step
from claims.exchange import sqlite
from claims.exchange.former_columns import ADDED, plain_columns
from claims.models import PublishedVerdict
from claims.models.choices import ClaimStatus, PublicationKind
from tests.factories import (
    make_claim,
    make_published,
    make_speaker,
    make_topic,
    make_user,
)

HOSTILE = "=1+1 “Ø'\"\\ \t🜁 ‏שלום, É"


@pytest.fixture(scope="module")
def claims(module_db):
    """Claims with topics, joint speakers, repetition, versions, and a draft."""
    topics = [make_topic("Harbour"), make_topic("Ferry")]
    first = make_claim(
        status=ClaimStatus.LISTED, topics=topics, wording=HOSTILE, repeats=None
    )
    make_claim(status=ClaimStatus.LISTED, repeats=first)
    joint = make_published(
        make_claim(other_speakers=[make_speaker("Åsa Ek"), make_speaker("Bo Dal")]),
        rating="false",
    ).claim
    editor, verdict = make_user("Editors"), joint.verdict
    take_step("revise", verdict, by=editor, kind=PublicationKind.UPDATED, comment="=No")
    take_step("submit", verdict, by=editor)
    take_step("publish", verdict, by=make_user("Editors"))
    make_claim(status=ClaimStatus.DRAFT, wording="A draft of the desk")
    return {"first": first, "joint": joint}


@pytest.fixture
def exported(claims, db, tmp_path, settings):
    settings.FACTCHECK = {**settings.FACTCHECK, "URL": "https://desk.example"}

    def export(query=""):
        path = tmp_path / "claims.sqlite"
        call_command("export_claims", format="sqlite", query=query, output=path)
        return path

    return export


def rows(path, sql, *values):
    with closing(sqlite3.connect(path)) as file:
        return file.execute(sql, values).fetchall()


def test_claims_are_the_rows_of_the_csv_with_plain_values(exported, tmp_path):
    path, table = exported(), tmp_path / "claims.csv"
    call_command("export_claims", columns=1, output=table)
    expected = [
        {name: value.removeprefix("'") for name, value in row.items()}
        for row in csv.DictReader(io.StringIO(table.read_bytes().decode(), newline=""))
    ]
    with closing(sqlite3.connect(path)) as file:
        file.row_factory = sqlite3.Row
        found = [
            {
                name: "" if row[name] is None else str(row[name])
                for name in row.keys()  # noqa: SIM118
                if name not in ADDED
            }
            for row in file.execute("SELECT * FROM claims ORDER BY id")
        ]
    assert found == expected
    assert len(found) == 3
    told = rows(path, "SELECT name, type FROM data_dictionary ORDER BY rowid")
    assert told == [(column.name, column.kind) for column in plain_columns()]


def test_every_key_leads_somewhere_whatever_was_asked(exported, claims):
    for query in ("", "rating=none", "rating=false", "q=harbour"):
        path = exported(query)
        assert rows(path, "PRAGMA foreign_key_check") == []
        assert rows(path, "PRAGMA integrity_check") == [("ok",)]
        assert rows(path, "SELECT query FROM about") == [(query,)]
    # The control: there are keys to check.
    keys = rows(path, "SELECT count(*) FROM pragma_foreign_key_list('claims')")
    assert keys[0][0] >= 4


def test_parts_stand_one_by_one_with_their_names(exported, claims):
    path = exported()
    topics = "SELECT name FROM claim_topics JOIN topics ON slug = topic ORDER BY name"
    assert rows(path, topics) == [("Ferry",), ("Harbour",)]
    joint = "SELECT name FROM claim_speakers JOIN speakers ON slug = speaker ORDER BY 1"
    assert rows(path, joint) == [("Bo Dal",), ("Åsa Ek",)]
    assert rows(path, "SELECT repeats FROM repetitions") == [(claims["first"].pk,)]


def test_every_version_is_there_with_its_evidence(exported, claims):
    path, joint = exported(), claims["joint"]
    found = rows(path, "SELECT claim, number, note, digest FROM versions ORDER BY 2")
    published = PublishedVerdict.objects.filter(claim=joint).order_by("number")
    assert found == [
        (joint.pk, row.number, row.note or None, row.digest) for row in published
    ]
    evidence = rows(path, "SELECT version, url FROM evidence ORDER BY id")
    assert evidence == [
        (row.number, each["url"]) for row in published for each in row.evidence
    ]


def test_words_are_found_with_and_without_accents(exported, claims):
    path = exported()
    search = "SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?"
    assert rows(path, search, "e AND שלום") == [(claims["first"].pk,)]
    assert rows(path, search, "draft") == []


def test_no_draft_is_in_the_file(exported):
    assert b"A draft of the desk" not in exported().read_bytes()


def test_a_file_that_fails_replaces_none(exported, monkeypatch):
    path = exported()
    before = path.read_bytes()
    monkeypatch.setattr(sqlite, "FINISH", "SELECT nonsense;")
    with pytest.raises(CommandError, match="SQLite cannot write"):
        exported()
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_senseless_query_is_refused(exported):
    with pytest.raises(CommandError, match="No speaker here"):
        exported("speaker=nobody")


@pytest.mark.slow
def test_datasette_serves_tables_keys_and_search(exported, claims):
    pytest.importorskip("datasette", reason="pip install -e .[readers]")
    path = exported()

    def get(address):
        answer = subprocess.run(
            [sys.executable, "-m", "datasette", str(path), "--get", address],
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(answer.stdout)

    found = get("/claims/claims.json?_search=harbour&_shape=array&_labels=on")
    assert found
    assert found[0]["speaker"]["label"]
    assert isinstance(found[0]["article"], dict)
