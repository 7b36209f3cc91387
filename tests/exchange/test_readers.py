"""Programs of others read the files: the same types, counts and words in each.

They are in the extra `readers`; a test whose reader is missing is skipped.
"""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from claims.exchange.columns import COLUMNS
from claims.exchange.csv_escaping import unescape_formula
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    retract,
)

KINDS = {column.name: column.kind for column in COLUMNS}
# What each program would take for something else, were it not told apart.
TRAPS = ["True", "no", "None", "n/a", "May", "1968", "12-05", "2 days ago", "1:30"]
QUERIES = {
    "true and false alone": "rating=true&rating=false",
    "false alone": "rating=false",
    "nothing reviewed": "rating=none",
    "one speaker": "speaker=may",
    "everything": "",
}


@pytest.fixture(scope="module")
def site(module_db, tmp_path_factory):
    """Return files of a small desk: CSV by query, ZIP, feed, ClaimReview."""
    folder = tmp_path_factory.mktemp("readers")
    _fill()
    client = Client()
    tables = {}
    for number, (name, query) in enumerate(QUERIES.items()):
        tables[name] = folder / f"{number}.csv"
        tables[name].write_bytes(client.get(f"/claims.csv?{query}").getvalue())
    return SimpleNamespace(
        tables=tables,
        former=client.get("/claims.csv?columns=1&rating=true&rating=false").getvalue(),
        zip=client.get("/claims.zip").getvalue(),
        feed=client.get("/claims.atom").content,
        reviews=json.loads(client.get("/claimreview.json").getvalue()),
    )


def _fill():
    article = make_article(outlet=make_outlet("None"), language="no")
    may = make_speaker("May", slug="may", wikidata_id="Q1")
    topic = make_topic("True")
    for slug in ("true", "false"):
        claim = make_claim(article=article, speaker=may, topics=[topic])
        make_published(claim, rating=slug)
    retract(make_published(make_claim(article=article, speaker=may)).claim.verdict)
    for trap in TRAPS:
        make_claim(article=article, speaker=may, wording=trap)
    make_claim(article=article, wording="<b>a</b> & b;=1+1", speaker=may)


@pytest.fixture(params=QUERIES)
def table(site, request):
    """Return one of the files, its cells by column, its columns with a value."""
    path = site.tables[request.param]
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))
    cells = {name: [row[name] for row in rows] for name in KINDS}
    filled = {name: [c for c in found if c] for name, found in cells.items()}
    return SimpleNamespace(
        path=path, rows=rows, cells=cells, filled={n: c for n, c in filled.items() if c}
    )


def test_pandas_reads_the_types_and_every_cell(table):
    pandas = pytest.importorskip("pandas", reason="pandas is in the extra readers")
    frame = pandas.read_csv(table.path)
    assert len(frame) == len(table.rows)
    types = pandas.api.types
    for name, cells in table.filled.items():
        found = frame[name]
        assert found.notna().sum() == len(cells), name
        if KINDS[name] in ("integer", "number"):
            assert types.is_numeric_dtype(found), name
            assert not types.is_bool_dtype(found), name
        else:
            assert types.is_string_dtype(found), name
            assert list(found.dropna()) == cells


def test_pandas_took_the_former_values_for_booleans(site):
    """The control: what the present values are for."""
    pandas = pytest.importorskip("pandas", reason="pandas is in the extra readers")
    frame = pandas.read_csv(io.BytesIO(site.former))
    assert pandas.api.types.is_bool_dtype(frame["bucket"])
    assert not (frame["bucket"] == "false").any()


def test_duckdb_reads_the_types_and_every_cell(table):
    duckdb = pytest.importorskip("duckdb", reason="duckdb is in the extra readers")
    read = f"read_csv('{table.path}')"
    types = {
        name: kind
        for name, kind, *_rest in duckdb.sql(f"DESCRIBE FROM {read}").fetchall()
    }
    fits = {
        "integer": "BIGINT",
        "number": "DOUBLE",
        "date": "DATE",
        "datetime": "TIMESTAMP",
        "string": "VARCHAR",
    }
    counts = ", ".join(f'count("{name}")' for name in KINDS)
    (found,) = duckdb.sql(f"SELECT {counts} FROM {read}").fetchall()
    assert len(types) == len(KINDS)
    for name, count in zip(KINDS, found, strict=True):
        cells = table.filled.get(name, [])
        assert count == len(cells), name
        if cells:
            assert types[name].startswith(fits[KINDS[name]]), (name, types[name])


def test_csvkit_reads_the_types_and_every_cell(table):
    pytest.importorskip("csvkit", reason="csvkit is in the extra readers")
    import agate

    fits = {
        "integer": agate.Number,
        "number": agate.Number,
        "date": agate.Date,
        "datetime": agate.DateTime,
        "string": agate.Text,
    }
    found = agate.Table.from_csv(str(table.path))
    assert len(found.rows) == len(table.rows)
    for column in found.columns:
        cells = table.filled.get(column.name, [])
        assert sum(value is not None for value in column.values()) == len(cells)
        # A lone 1 is a yes to it: the number of the first claim, where it stands alone.
        if cells and set(cells) != {"1"}:
            assert isinstance(column.data_type, fits[KINDS[column.name]]), column.name


READR = {
    "logical": re.compile(r"T|F|TRUE|FALSE|true|false"),
    "number": re.compile(r"[-+]?(\d[\d,]*)?\.?\d*([eE][-+]?\d+)?"),
    "date": re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}"),
    "time": re.compile(r"\d{1,2}:\d{2}(:\d{2})?(\s*[AaPp][Mm])?"),
}


def test_readr_would_guess_no_words_to_be_anything_else(table):
    """By the rules of its guess: what all cells of a column match, it becomes."""
    for name, cells in table.filled.items():
        assert "NA" not in cells
        if KINDS[name] == "string":
            for rule in READR.values():
                assert not all(rule.fullmatch(cell) for cell in cells), name


def test_postgresql_takes_the_file_into_a_table_of_its_types(table):
    fits = {
        "integer": "bigint",
        "number": "numeric",
        "date": "date",
        "datetime": "timestamptz",
        "string": "text",
    }
    columns = ", ".join(f'"{name}" {fits[kind]}' for name, kind in KINDS.items())
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS taken")
        cursor.execute(f"CREATE TEMPORARY TABLE taken ({columns})")
        with cursor.copy("COPY taken FROM STDIN WITH (FORMAT csv, HEADER match)") as c:
            c.write(table.path.read_bytes())
        counts = ", ".join(f'count("{name}")' for name in KINDS)
        cursor.execute(f"SELECT {counts} FROM taken")
        found = cursor.fetchone()
    assert list(found) == [len(table.filled.get(name, [])) for name in KINDS]


def test_datasette_serves_what_csvkit_has_put_into_sqlite(table, tmp_path):
    pytest.importorskip("datasette", reason="datasette is in the extra readers")
    pytest.importorskip("agatesql", reason="csvkit is in the extra readers")
    import asyncio

    import agate
    import agatesql  # noqa: F401 - adds to_sql to tables
    import sqlalchemy
    from datasette.app import Datasette

    if not table.rows:
        pytest.skip("there is no table of no rows")
    database = tmp_path / "desk.db"
    with sqlalchemy.create_engine(f"sqlite:///{database}").begin() as opened:
        agate.Table.from_csv(str(table.path)).to_sql(opened, "claims")

    async def ask():
        path = "/desk/claims.json?_shape=objects&_size=max"
        return (await Datasette([str(database)]).client.get(path)).json()

    # In a thread of its own: a browser of other tests may keep this one's loop busy.
    with ThreadPoolExecutor(1) as thread:
        rows = thread.submit(asyncio.run, ask()).result()["rows"]
    assert len(rows) == len(table.rows)
    for name in ("rating", "bucket", "review", "speaker", "wording"):
        cells = [row[name] for row in rows]
        assert cells == [cell or None for cell in table.cells[name]]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_shows_the_words_that_are_written(table, tmp_path):
    as_shown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    command = ["soffice", "--headless", "--convert-to", as_shown]
    subprocess.run(
        [*command, "--outdir", tmp_path, table.path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with (tmp_path / table.path.name).open(newline="") as file:
        shown = list(csv.DictReader(file))
    for name, kind in KINDS.items():
        if kind == "string":
            assert [row[name] for row in shown] == table.cells[name]


def test_no_spreadsheet_finds_a_formula_wherever_it_parts_the_file(table):
    text = table.path.read_bytes().decode()
    for sign in (",", ";", "\t", "\n"):
        for line in text.splitlines():
            for cell in line.split(sign):
                assert not re.match(r'[" ]*[=+@-]', cell), (sign, cell)


def test_what_was_guarded_comes_back(site):
    path = site.tables["everything"]
    rows = csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""))
    wordings = [unescape_formula(row["wording"]) for row in rows]
    assert set(TRAPS) <= set(wordings)


def test_frictionless_finds_nothing_in_the_package(site, tmp_path):
    frictionless = pytest.importorskip(
        "frictionless", reason="frictionless is in the extra readers"
    )
    with zipfile.ZipFile(io.BytesIO(site.zip)) as archive:
        archive.extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["fieldName", "note"])
    assert report.tasks[0].stats["rows"] == 13
    # The control: a value that is on no list.
    path = tmp_path / "claims.csv"
    path.write_bytes(path.read_bytes().replace(b",1-false,", b",0-false,"))
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_pyld_expands_the_reviews_to_terms_of_schema_org(site):
    jsonld = pytest.importorskip("pyld.jsonld", reason="pyld is in the extra readers")

    def load(url, options):
        assert url.startswith("https://schema.org")
        context = {"@context": {"@vocab": "https://schema.org/"}}
        return {"contextUrl": None, "documentUrl": url, "document": context}

    (found,) = jsonld.expand(site.reviews, {"documentLoader": load})
    items = found["https://schema.org/dataFeedElement"]
    assert len(items) == 2
    assert "0-" not in json.dumps(sorted(found))


def test_a_feed_reader_shows_the_words_as_they_were_printed(site):
    feedparser = pytest.importorskip(
        "feedparser", reason="feedparser is in the extra readers"
    )
    feed = feedparser.parse(site.feed)
    assert not feed.bozo
    assert len(feed.entries) == 13
    entry = next(one for one in feed.entries if "&" in one.title)
    assert entry.title == "<b>a</b> & b;=1+1"
    assert entry.title_detail.type == entry.summary_detail.type == "text/plain"
    assert re.fullmatch(r"http://testserver/claims/\d+/", entry.link)
