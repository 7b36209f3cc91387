"""Files: whole, exact, safe in a spreadsheet, and never wider than what was asked."""

import csv
import hashlib
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import ClientCursor

from claims.desk.workflow import take_step
from claims.exchange import columns, copying, csv_export, export
from claims.exchange.columns import COLUMNS
from claims.exchange.csv_escaping import (
    EscapedRows,
    escape_formula,
    unescape_formula,
)
from claims.exchange.data_dictionary import data_dictionary
from claims.exchange.import_claims import import_claims_file
from claims.lists.filters import ClaimQuery
from claims.models import PublicClaim
from claims.models.choices import ClaimStatus, VerdictStatus
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
)

NAMES = [column.name for column in COLUMNS]
CSV = export.FORMATS["csv"]


def content(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def moment(at):
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.fixture
def client():
    return Client()


@pytest.mark.django_db
def test_the_csv_is_exactly_this(client):
    article = make_article(
        headline="Harbour opens",
        outlet=make_outlet("The Harbour Post"),
        url="https://harbour.example/opens",
    )
    claim = make_claim(
        ["“The bridge cost 40 million crowns,”", "“Nobody was hurt.”"],
        article=article,
        speaker=make_speaker("Ida Falk", wikidata_id="Q12", title="Mayor"),
        other_speakers=[make_speaker("Town council")],
        wording="The bridge cost 40 million crowns, and nobody was hurt.",
        via=make_outlet("Far Gazette"),
        cue="said on Monday",
        speaker_words="Falk",
        stated_on=date(2026, 5, 1),
        stated_precision="month",
        topics=[make_topic("Roads"), make_topic("Harbour")],
    )
    verdict = make_verdict(
        claim, author=make_user("Reviewers", username="rev"), as_of=date(2026, 5, 3)
    )
    verdict = take_step("submit", verdict, by=verdict.author)
    at = datetime(2026, 5, 4, 10, 0, 0, 5, tzinfo=UTC)
    take_step("publish", verdict, by=make_user("Editors", username="ed"), at=at)
    claim.refresh_from_db()
    expected = {
        "id": str(claim.pk),
        "url": f"http://testserver/claims/{claim.pk}/",
        "wording": "The bridge cost 40 million crowns, and nobody was hurt.",
        "claim_reviewed": "The bridge cost 40 million crowns, and nobody was hurt.",
        "quote": "“The bridge cost 40 million crowns,” [...] “Nobody was hurt.”",
        "cue": "said on Monday",
        "speaker_words": "Falk",
        "speaker": "ida-falk",
        "speaker_name": "Ida Falk",
        "speaker_kind": "person",
        "speaker_role": "Mayor",
        "other_speakers": "town-council",
        "speaker_wikidata": "Q12",
        "via": "far-gazette",
        "outlet": "the-harbour-post",
        "outlet_name": "The Harbour Post",
        "article_page": f"http://testserver/articles/{article.pk}/",
        "article_headline": "Harbour opens",
        "article_url": "https://harbour.example/opens",
        "article_published_on": "2026-05-04",
        "language": "en",
        "text_number": "1.0",
        "text_sha256": article.current_text.sha256,
        "quote_spans": " ".join(
            f"char={span.start},{span.end}"
            for span in claim.spans.filter(role="content")
        ),
        "cue_spans": "char=45,59",
        "speaker_spans": "char=40,44",
        "attribution": "indirect",
        "stated_on": "2026-05-01",
        "stated_precision": "month",
        "stated_basis": "article_date",
        "checkability": "checkable",
        "topics": "harbour roads",
        "repeats": "",
        "review": "reviewed",
        "finding": "confirmed",
        "rating": "1-false",
        "rating_label": "False (1 of 5)",
        "rating_value": "1.0",
        "bucket": "1-false",
        "summary": "The record says otherwise.",
        "as_of": "2026-05-03",
        "evidence_urls": "https://council.example/minutes",
        "version": "1.0",
        "version_url": f"http://testserver/claims/{claim.pk}/versions/1/",
        "version_kind": "first",
        "version_note": "",
        "published_at": "2026-05-04T10:00:00Z",
        "author": "rev",
        "approver": "ed",
        "digest": claim.current.digest,
        "listed_at": moment(claim.listed_at),
        "changed_at": moment(PublicClaim.objects.get().changed_at),
        "times_said": "1.0",
        "published_elsewhere_by": "",
        "review_url": "",
        "first_rating": "",
        "first_published_at": "",
        "spoken_second": "",
        "published_precision": "",
    }
    out = io.StringIO()
    csv.writer(out).writerows([expected.keys(), expected.values()])
    assert content(client.get("/claims.csv")).decode() == out.getvalue()

    body = article.current_text.body
    for role, printed in [("quote", expected["quote"]), ("cue", expected["cue"])]:
        places = re.findall(r"char=(\d+),(\d+)", expected[f"{role}_spans"])
        parts = [body[int(start) : int(end)] for start, end in places]
        assert " [...] ".join(parts) == printed


@pytest.mark.django_db
def test_a_file_holds_exactly_what_its_query_means(client):
    article = make_article()
    falk = make_speaker("Ida Falk")
    kept = [make_claim(article=article, speaker=falk) for _ in range(3)]
    make_claim(article=article)
    for ending in ("csv", "jsonl", "zip"):
        response = client.get(f"/claims.{ending}?speaker=ida-falk&order=oldest")
        assert response.headers["Claims-Rows"] == "3"
        content(response)
    data = content(client.get("/claims.csv?speaker=ida-falk"))
    assert [row["id"] for row in rows_of(data)] == [str(claim.pk) for claim in kept]
    empty = content(client.get("/claims.csv?rating=true"))
    assert empty.decode() == ",".join(NAMES) + "\r\n"


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["csv", "jsonl", "zip"])
def test_a_senseless_query_gives_no_file(client, ending):
    response = client.get(f"/claims.{ending}?speaker=nobody&colour=red")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "colour: There is no such filter." in response.text
    assert "speaker: No speaker here is called “nobody”." in response.text


@pytest.mark.django_db
def test_a_file_says_how_long_it_is_and_what_its_checksum_is(client):
    make_claim()
    response = client.get("/claims.csv")
    data = content(response)
    assert int(response.headers["Content-Length"]) == len(data)
    assert response.headers["Claims-SHA256"] == hashlib.sha256(data).hexdigest()
    today = datetime.now(UTC).date()
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="claims-{today}.csv"'
    )
    assert "Set-Cookie" not in response.headers


@pytest.mark.django_db
def test_a_mark_for_excel_is_there_only_when_asked_for(client):
    assert content(client.get("/claims.csv")).startswith(b"id,")
    assert content(client.get("/claims.csv?bom=1")).startswith(b"\xef\xbb\xbfid,")
    assert client.get("/claims.csv?bom=yes").status_code == 400


@pytest.mark.django_db
def test_the_zip_proves_that_its_table_is_whole(client):
    make_published(make_claim())
    data = content(client.get("/claims.zip?rating=false"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        table = archive.read("claims.csv")
        manifest = json.loads(archive.read("manifest.json"))
        package = json.loads(archive.read("datapackage.json"))
        dictionary = archive.read("data-dictionary.csv").decode()
    assert manifest["rows"] == len(rows_of(table)) == 1
    assert manifest["bytes"] == len(table)
    assert manifest["sha256"] == hashlib.sha256(table).hexdigest()
    assert manifest["source"] == "http://testserver/claims/?rating=false"
    assert (manifest["columns"], manifest["dialect"]) == (NAMES, 2)
    fields = package["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == NAMES
    enums = {f["name"]: f.get("constraints", {}).get("enum") for f in fields}
    assert {one.name: list(one.values) or None for one in COLUMNS} == enums
    described = list(csv.DictReader(io.StringIO(dictionary)))
    assert [row["name"] for row in described] == NAMES
    assert all(row["meaning"] for row in described)


@pytest.mark.django_db
@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_a_part_of_a_zip_cannot_be_opened(client, kept):
    make_claim()
    data = content(client.get("/claims.zip"))
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(data[: int(len(data) * kept)]))


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "'quoted'",
    "＝1",
    'both " and ,',
    "two\nlines",
    "a;=1+1;''-2; @x",
    'a\t"=1\n\n＝1',
    "back\\slash \\n \\\\ end\\",
    "\\.",
    "Türkçe ğüşiöç 😀 مرحبا",
]


# What some program takes for a boolean, a date, a number or nothing.
GUESSED = ["True", "no", "n/a", "'none'", "''true'", "May", "[May]", "May 5", "1;-2"]


@pytest.mark.django_db
@pytest.mark.parametrize("words", [*HOSTILE, *GUESSED])
def test_hostile_words_come_out_safe_and_come_back_exact(client, words):
    make_claim(wording=words)
    row = rows_of(content(client.get("/claims.csv")))[0]
    assert row["wording"][0] not in "=+-@\t\r＝"
    assert unescape_formula(row["wording"]) == words
    line = json.loads(content(client.get("/claims.jsonl")))
    assert line["wording"] == words


@pytest.mark.django_db
@given(st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8"))))
@settings(deadline=None)
def test_a_guard_can_always_be_taken_off(cells):
    cells = [
        *HOSTILE,
        *GUESSED,
        "plain",
        "＠x",
        "\nx",
        "\rx",
        "'x",
        *filter(None, cells),
    ]
    rows = EscapedRows()
    client = ClientCursor(connection.connection)
    # Between cells of words stands one that is none, which nothing is done to.
    chosen = client.mogrify(
        "SELECT %s || x, 1, %s || x FROM unnest(%s::text[]) y(x)",
        [rows.mark, rows.mark, cells],
    )
    with client.copy(f"COPY ({chosen}) TO STDOUT (FORMAT csv)") as copy:
        text = "".join(rows.escaped(bytes(row).decode()) for row in copy)
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    guarded = [first for first, _, _ in read]
    assert read == [[cell, "1", cell] for cell in guarded]
    assert [unescape_formula(cell) for cell in guarded] == cells
    assert [escape_formula(cell) for cell in cells] == guarded
    assert not {cell[:1] for cell in guarded} & set("=+-@\t\r\n＝＋－＠")
    assert "plain" in guarded


@pytest.mark.django_db
def test_a_retracted_verdict_leaves_its_trace_but_no_rating(client):
    claim = make_verdict(status=VerdictStatus.RETRACTED).claim
    (row,) = rows_of(content(client.get("/claims.csv")))
    assert row["id"] == str(claim.pk)
    assert row["review"] == row["version_kind"] == "retracted"
    assert (row["version"], row["version_note"]) == ("2.0", "Wrong source.")
    for name in ("finding", "rating", "rating_label", "bucket"):
        assert row[name] == "retracted"
    assert row["summary"] == row["rating_value"] == row["as_of"] == ""


@pytest.mark.django_db
def test_a_repeated_claim_that_is_no_longer_listed_is_not_named(client):
    first = make_claim()
    make_claim(article=first.article, repeats=first)
    first_url = f"http://testserver/claims/{first.pk}/"
    assert rows_of(content(client.get("/claims.csv")))[1]["repeats"] == first_url
    take_step("withdraw", first, by=make_user("Editors"), comment="Not said.")
    (row,) = rows_of(content(client.get("/claims.csv")))
    assert row["repeats"] == ""


@pytest.mark.django_db
def test_nothing_unpublished_is_in_any_file(client):
    listed = make_claim()
    make_verdict(
        listed,
        status=VerdictStatus.IN_REVIEW,
        summary="canarysummary",
        explanation="canaryexplanation",
        how_verified="canaryverified",
        not_asked_reason="canaryreason",
    )
    make_claim(
        article=make_article(headline="canaryheadline"),
        wording="canarywording",
        speaker=make_speaker("canaryspeaker"),
        status=ClaimStatus.DRAFT,
    )
    for ending in ("csv", "jsonl"):
        data = content(client.get(f"/claims.{ending}"))
        assert b"canary" not in data
        assert data.count(b"\n") == (2 if ending == "csv" else 1)
    with zipfile.ZipFile(io.BytesIO(content(client.get("/claims.zip")))) as archive:
        assert not any(b"canary" in archive.read(name) for name in archive.namelist())


@pytest.mark.django_db
def test_a_file_costs_the_same_few_statements_for_any_number_of_rows(
    client, django_assert_num_queries
):
    article = make_article()
    for _ in range(3):
        make_claim(article=article)
    # The tag; savepoint, slot, number of rows, end of savepoint; one COPY.
    with django_assert_num_queries(5):
        content(client.get("/claims.csv"))


@pytest.mark.django_db
def test_no_file_is_begun_that_the_database_cannot_finish(client, monkeypatch):
    make_claim()
    broken = columns.FROM.replace("ORDER BY m.id", "WHERE 1 / (c.id - c.id) = 1")
    monkeypatch.setattr(csv_export, "FROM", broken)
    client.raise_request_exception = False
    response = client.get("/claims.csv")
    assert response.status_code == 500
    assert b"wording" not in response.content.split(b"</html>")[-1]
    assert not response.streaming


@pytest.mark.django_db(transaction=True)
def test_so_many_files_at_a_time_and_no_more(client):
    make_claim()
    other = connections.create_connection("default")
    try:
        with transaction.atomic(), other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_lock(%s, slot) FROM generate_series(0, %s) slot",
                [copying.LOCK, copying.SLOTS - 1],
            )
            response = client.get("/claims.csv")
            assert response.status_code == 429
            assert response.headers["Retry-After"] == "10"
            cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [copying.LOCK])
            assert client.get("/claims.csv").status_code == 200
    finally:
        other.close()


def test_every_column_has_a_name_of_its_own_and_a_meaning():
    assert len(set(NAMES)) == len(NAMES)
    assert all(name.isidentifier() for name in NAMES)
    assert all(str(column.meaning).endswith((".", "?")) for column in COLUMNS)
    assert data_dictionary().count("\r\n") == len(COLUMNS) + 1


@pytest.mark.django_db
def test_a_query_can_be_exported_from_a_place_on():
    article = make_article()
    made = [make_claim(article=article) for _ in range(3)]
    place = ClaimQuery("").page(1).next
    file = export.export_file(CSV, ClaimQuery(f"after={place}"), site="").file
    ids = [int(row["id"]) for row in rows_of(file.read())]
    assert ids == [made[0].pk, made[1].pk]


@pytest.mark.django_db
def test_a_short_name_that_begins_like_a_formula_is_guarded_too(tmp_path):
    make_claim(speaker=make_speaker("One", slug="-1-2"))
    file = export.export_file(CSV, ClaimQuery(""), site="").file.read()
    assert rows_of(file)[0]["speaker"] == "[-1-2]"
    (tmp_path / "c.csv").write_bytes(file)
    assert import_claims_file(tmp_path / "c.csv").known == 1
