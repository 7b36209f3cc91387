"""Tables as people have them: dividers, encodings, empty cells, dates, part marks."""

import gzip
import io
import sys
import zipfile

import pytest
from django.core.management import CommandError, call_command

from claims.exchange.import_claims import ClaimsRefused, import_claims_file
from claims.exchange.tables import open_table
from claims.models import Claim, Outlet, Topic
from claims.text.canonical import occurrences
from tests.exchange.test_import_claims import a_file, row_of
from tests.factories import make_article, make_claim, make_speaker

BODY = (
    "Ayşe Çınar said the quay‘s lamps – forty of them – cost 900 crowns….\n\n"
    "She wrote: the #tram is late. Nobody said [...] anything."
)
HEADER = ["quote", "speaker_name", "article_headline", "article_published_on"]
ROW = ["the #tram is late", "Ayşe Çınar", "Kayık günü", "2026-05-04"]


@pytest.fixture
def desk(db):
    make_speaker("Ayşe Çınar")
    return make_article(BODY, headline="Kayık günü")


def table(*rows, divider=",", end="\r\n"):
    return "".join(divider.join(row) + end for row in rows)


def written(tmp_path, text, *, encoding="utf-8", name="t.csv"):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return file


def taken(file, **options):
    result = import_claims_file(file, **options)
    return result.new, list(Claim.objects.values_list("quote", "speaker__name"))


ONE = (1, [("the #tram is late", "Ayşe Çınar")])


# --- How the file is written ----------------------------------------------------------


@pytest.mark.parametrize("divider", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-16-le", ""),
        ("cp1254", "windows-1254"),
    ],
)
def test_a_table_is_read_however_it_is_divided_and_encoded(
    desk, tmp_path, divider, encoding, named
):
    text = table(HEADER, ROW, divider=divider)
    file = written(tmp_path, text, encoding=encoding)
    assert taken(file, encoding=named) == ONE


def test_a_code_page_that_nobody_names_is_refused_with_the_way_out(desk, tmp_path):
    file = written(tmp_path, table(HEADER, ROW), encoding="cp1254")
    with pytest.raises(ClaimsRefused, match=r"line 2: this is not UTF-8.*--encoding"):
        import_claims_file(file)
    with pytest.raises(ClaimsRefused, match="line 2: this is not ascii"):
        import_claims_file(file, encoding="ascii")
    with pytest.raises(CommandError, match="“klingon” is no encoding"):
        call_command("import_claims", file, encoding="klingon")


@pytest.mark.parametrize(
    "text",
    [
        table(HEADER, ROW, ["", "", "", ""], [" ", "", "", ""], [""]),
        table([*HEADER, "", ""], [*ROW, "", ""]),
        table(HEADER, [*ROW, "", ""]),
        "sep=,\r\n" + table(HEADER, ROW),
        "\r\n,,,\r\n" + table(HEADER, ROW),
        table(["Quote", " Speaker name ", *HEADER[2:]], ROW),
    ],
)
def test_what_a_spreadsheet_leaves_around_a_table_is_passed_over(desk, tmp_path, text):
    assert taken(written(tmp_path, text)) == ONE


def test_a_value_in_a_column_without_a_name_is_not_dropped_in_silence(desk, tmp_path):
    file = written(tmp_path, table([*HEADER, ""], [*ROW, "in May"]))
    with pytest.raises(ClaimsRefused, match="Column 5 has no name, and “in May”"):
        import_claims_file(file)


def test_lines_are_counted_across_line_ends_within_cells(desk, tmp_path):
    text = table([*HEADER, "wording"], [*ROW, '"One\r\nline.\r\n"'])
    file = written(tmp_path, "sep=,\r\n" + text + table([*ROW[:3], "2026-05-05", "x"]))
    with pytest.raises(ClaimsRefused, match="line 6: There is no article"):
        import_claims_file(file)


# --- Where it comes from --------------------------------------------------------------


def from_stdin(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    out = io.StringIO()
    call_command("import_claims", "-", stdout=out)
    return out.getvalue()


def test_standard_input_is_read_as_table_json_or_packed(desk, tmp_path, monkeypatch):
    data = table(HEADER, ROW, divider=";").encode()
    assert "standard input: 1 claims taken in" in from_stdin(monkeypatch, data)
    lines = a_file(tmp_path, row_of(**dict(zip(HEADER, ROW, strict=True)), speaker=""))
    for again in (data, gzip.compress(data), gzip.compress(lines.read_bytes())):
        said = from_stdin(monkeypatch, again.replace(b"0-28", b"86-103"))
        assert "0 claims taken in, 1 were here already" in said


@pytest.mark.parametrize("name", ["t.csv.gz", "t.gz"])
def test_a_gzipped_file_is_read_and_a_cut_one_refused(desk, tmp_path, name):
    packed = gzip.compress(table(HEADER, ROW).encode())
    assert taken(written(tmp_path, packed, name=name)) == ONE
    with pytest.raises(ClaimsRefused, match="damaged or cut short"):
        import_claims_file(written(tmp_path, packed[:-9], name=name))


def test_our_own_zip_comes_back_in_and_an_altered_one_does_not(desk, tmp_path):
    make_claim("the #tram is late", article=desk)
    target = tmp_path / "claims.zip"
    call_command("export_claims", format="zip", output=target)
    assert import_claims_file(target).known == 1
    altered = tmp_path / "altered.zip"
    with zipfile.ZipFile(target) as whole, zipfile.ZipFile(altered, "w") as other:
        for name in whole.namelist():
            other.writestr(name, whole.read(name).replace(b"tram", b"boat"))
    with pytest.raises(ClaimsRefused, match="not what the ZIP's manifest says"):
        import_claims_file(altered)
    for data in (target.read_bytes()[:-40], b"PK"):
        with pytest.raises(ClaimsRefused, match="damaged or cut short"):
            import_claims_file(written(tmp_path, data, name="cut.zip"))
    locked = bytearray(target.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := locked.find(mark, at + 1)) >= 0:
            locked[at + flags] |= 1
    with pytest.raises(ClaimsRefused, match="has a password"):
        import_claims_file(written(tmp_path, bytes(locked), name="locked.zip"))


def test_a_zip_without_claims_and_one_without_an_end_are_refused(
    desk, tmp_path, monkeypatch
):
    file = tmp_path / "other.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("letters.csv", "a")
    with pytest.raises(ClaimsRefused, match=r"neither claims\.jsonl nor claims\.csv"):
        import_claims_file(file)
    monkeypatch.setattr("claims.exchange.sources.LARGEST_UNPACKED", 1000)
    with pytest.raises(ClaimsRefused, match="unpacks to over 1,000 bytes"):
        import_claims_file(
            written(tmp_path, gzip.compress(b"quote\n" * 1000), name="t.csv.gz")
        )


# --- What stands in the cells ---------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2026-05-04", "2026-05-04"),
        ("2026-05-04 00:00:00", "2026-05-04"),
        ("2026/5/4", "2026-05-04"),
        ("04.05.2026", "2026-05-04"),
        ("4.5.2026 00:00", "2026-05-04"),
        ("5/5/2026", "2026-05-05"),
        ("46146", "2026-05-04"),
        ("2026-05", "2026-05"),
        ("last week", "last week"),
    ],
)
def test_a_day_is_read_as_spreadsheets_write_it(tmp_path, printed, day):
    file = written(tmp_path, table(["quote", "stated_on"], ["x", printed]))
    found = open_table(file, {"quote", "stated_on"}, "quote")
    assert found.day("stated_on", printed) == day


@pytest.mark.parametrize(
    ("clear", "day"), [("13/06/2026", "2026-05-04"), ("06/13/2026", "2026-04-05")]
)
def test_one_clear_day_settles_the_order_of_its_column(tmp_path, clear, day):
    rows = [["x", "04/05/2026"], ["x", clear]]
    file = written(tmp_path, table(["quote", "stated_on"], *rows))
    found = open_table(file, {"quote", "stated_on"}, "quote")
    assert found.day("stated_on", "04/05/2026") == day


@pytest.mark.parametrize("other", ["05/06/2026", "13/06/2026,06/13/2026"])
def test_a_day_that_can_be_two_is_not_guessed(desk, tmp_path, other):
    days = ["04/05/2026", *other.split(",")]
    rows = [[*ROW[:3], day] for day in days]
    with pytest.raises(ClaimsRefused, match="“04/05/2026” can be read in two ways"):
        import_claims_file(written(tmp_path, table(HEADER, *rows)))


@pytest.mark.parametrize(
    ("quote", "parts"),
    [
        ("Ayşe Çınar said […] 900 crowns", ["Ayşe Çınar said", "900 crowns"]),
        ("Ayşe Çınar said[...]900 crowns", ["Ayşe Çınar said", "900 crowns"]),
        # It is printed so.
        ("said [...] anything", ["said [...] anything"]),
    ],
)
def test_a_part_mark_parts_words_unless_it_is_printed(desk, tmp_path, quote, parts):
    import_claims_file(written(tmp_path, table(HEADER, [quote, *ROW[1:]])))
    assert list(Claim.objects.get().spans.values_list("exact", flat=True)) == parts


@pytest.mark.parametrize(
    "quote",
    [
        *(
            f"{sign}the #{sign}tram is{sign} late"
            for sign in "\u202a\u202c\ufeff\u200b\u00ad\u2066"
        ),
        *(f"the #tram{sign}is late" for sign in "\x0b\u2028"),
    ],
)
def test_signs_that_nobody_can_see_do_not_part_words_from_their_article(
    desk, tmp_path, quote
):
    assert taken(written(tmp_path, table(HEADER, [quote, *ROW[1:]]))) == ONE


@pytest.mark.parametrize(
    "typed",
    [
        "quay's lamps -- forty of them -- cost 900 crowns...",
        "quay´s lamps – forty of them – cost 900 crowns…",
        "quay`s lamps --- forty of them - cost 900 crowns...",
        "quay′s LAMPS — forty of them − cost 900 crowns…",
    ],
)
def test_words_are_found_as_keyboards_write_them(typed):
    [(start, end)] = occurrences(BODY, typed)
    assert BODY[start:end] == "quay‘s lamps – forty of them – cost 900 crowns…"
    assert occurrences(BODY, typed.replace("900", "9.0")) == []


# --- One row for one thing ------------------------------------------------------------


def test_a_topic_and_an_outlet_are_one_by_slug_and_by_name(desk, tmp_path):
    header = [*HEADER, "topics", "via"]
    by_slug = table(header, [*ROW, "public-works c", "the-kayik-post"])
    import_claims_file(written(tmp_path, by_slug), add_missing=True)
    row = row_of(**dict(zip(HEADER, ROW, strict=True)), speaker="", quote_spans="")
    named = {
        "text": BODY,
        "entities": [{"id": 1, "label": "content", "start_offset": 0, "end_offset": 4}],
        "claims": [
            {
                "wording": row["quote"],
                "topics": ["Public works", "C++"],
                "via": "The Kayık Post",
                "places": [["content", 0, 4]],
            }
        ],
    }
    import_claims_file(a_file(tmp_path, named), add_missing=True)
    assert sorted(Topic.objects.values_list("name", "slug")) == [
        ("C", "c"),
        ("C++", "c-2"),
        ("Public works", "public-works"),
    ]
    assert Outlet.objects.filter(slug__startswith="the-kay").count() == 2
    # ı is another letter than i: a name that the slug does not give is another one.


def test_what_a_file_says_and_nobody_reads_is_named(desk, tmp_path):
    header = [*HEADER, "rating", "summary", "evidence_urls", "repeats"]
    row = [*ROW, "false", "It was early.", "https://records.example/1", ""]
    out = io.StringIO()
    call_command("import_claims", written(tmp_path, table(header, row)), stdout=out)
    assert "not read: rating, summary, evidence_urls\n" in out.getvalue()
    lines = a_file(tmp_path, dict(zip(header, row, strict=True)) | {"rating": None})
    assert import_claims_file(lines).not_read.keys() == {"summary", "evidence_urls"}


def test_a_row_that_names_no_article_says_what_would(desk, tmp_path):
    file = written(tmp_path, table(HEADER[:2], ROW[:2]))
    with pytest.raises(ClaimsRefused, match="names no article; give article_headline"):
        import_claims_file(file)
    file = written(tmp_path, table(HEADER[:3], ROW[:3]))
    with pytest.raises(ClaimsRefused, match=r"“Kayık günü” alone .* give its day too"):
        import_claims_file(file)
    assert taken(file, article=desk) == ONE


@pytest.mark.parametrize("ends_count_as", [1, 2])
def test_marks_count_a_line_end_of_two_signs_as_their_program_does(
    desk, tmp_path, ends_count_as
):
    start = BODY.index("the #tram") + 2 * (ends_count_as - 1)
    row = {
        "text": BODY.replace("\n", "\r\n"),
        "entities": [
            {
                "id": 1,
                "label": "content",
                "start_offset": start,
                "end_offset": start + len("the #tram is late"),
            }
        ],
    }
    assert import_claims_file(a_file(tmp_path, row)).new == 1
    assert Claim.objects.get().quote == "the #tram is late"
