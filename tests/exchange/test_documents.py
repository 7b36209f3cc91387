"""Articles read from files of other programs, and what is said of bad ones."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.utils import translation

from claims.exchange.articles import ImportRefused
from claims.exchange.documents import LARGEST_DOCUMENT, read_document
from claims.exchange.subtitles import paragraphs_of_subtitles
from tests.exchange.sample_files import make_page, make_pdf, make_word, zipped

FIRST = "The bridge of Sundal will be closed for two years, the council said."
SECOND = "“Nobody was asked,” Ida Falk told the Harbour Post on Monday evening."
BODY = f"{FIRST}\n\n{SECOND}"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def installed(module, *, needs=()):
    """Skip the test where a library of the extra `documents` cannot be imported."""
    for each in (module, *needs):
        pytest.importorskip(
            each, reason="pip install -e '.[documents]'", exc_type=ImportError
        )


def refusal(data, name="a.txt", **how):
    with pytest.raises(ImportRefused) as refused:
        read_document(data, name, **how)
    return str(refused.value)


# --- Word ------------------------------------------------------------------------


def test_a_word_file_tells_its_title_and_its_text_whatever_it_is_called():
    top = [("Title", "Bridge closes"), "By Mara Ilves", "4 May 2026"]
    file = read_document(make_word(*top, FIRST, SECOND), "bridge.txt")
    assert (file.headline, file.byline) == ("Bridge closes", "Mara Ilves")
    assert (file.published_on, file.body) == (date(2026, 5, 4), BODY)
    assert file.language == "en"


def test_a_word_file_is_read_as_it_would_be_printed():
    changed = (
        "<w:p><w:r><w:t>The ferry</w:t></w:r><w:del><w:r><w:delText> never"
        "</w:delText></w:r></w:del><w:ins><w:r><w:t> always</w:t></w:r></w:ins>"
        "<w:hyperlink><w:r><w:t> sails</w:t></w:r></w:hyperlink>"
        "<w:r><w:softHyphen/><w:t>.</w:t></w:r></w:p>"
    )
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr>" + cell.format("Fare") + cell.format("40 crowns") + "</w:tr>"
    table = f"<w:tbl>{row}</w:tbl>"
    file = read_document(make_word(FIRST, changed, table, SECOND), "a.docx")
    assert file.body.split("\n\n") == [
        FIRST,
        "The ferry always sails.",
        "Fare | 40 crowns",
        SECOND,
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (zipped({"mimetype": "application/x"}), "no Word document"),
        (make_word("x")[:300], "damaged"),
        (make_word("<w:p>"), "damaged"),
        (make_word(" "), "no text in the Word file"),
        (make_word("<w:tbl>" * 20_000 + "</w:tbl>" * 20_000), "damaged"),
        # Small in itself, much when it is unpacked: it is never unpacked.
        (zipped({"word/document.xml": "0" * 40_000_001}), "unpacks to 40,000,001"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old Word file"),
        (b"{\\rtf1 Text}", "an RTF file"),
    ],
)
def test_a_bad_word_file_is_refused_with_a_sentence_that_helps(data, sentence):
    assert sentence in refusal(data, "a.docx")


def test_entities_that_multiply_are_refused():
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    for outer, inner in ("ba", "cb", "dc", "ed", "fe", "gf", "hg", "ih"):
        bomb += f'<!ENTITY {outer} "{f"&{inner};" * 10}">'
    xml = f"""{bomb}]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&i;</w:t>
    </w:r></w:p></w:body></w:document>"""
    assert "damaged" in refusal(zipped({"word/document.xml": xml}), "a.docx")


def test_a_word_file_with_a_locked_part_is_refused():
    data = bytearray(make_word(FIRST))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        central = archive.start_dir
    for place in (6, central + 8):
        data[place] |= 1
    assert "password" in refusal(bytes(data), "a.docx")


# --- PDF -------------------------------------------------------------------------

COLUMNS = [
    [
        "Bridge closes",
        "By Mara Ilves",
        "4 May 2026",
        "The bridge of Sundal will be closed for two years, the coun-",
        "cil said. “Nobody was asked,” Ida Falk told the Harbour Post,",
        "which had printed her letter on Monday, and it was a well-",
        "known thing in the town that the money was gone. The ferry",
        "sails until June.",
    ],
    [
        "A second column begins here with words of its own, which go",
        "on for some lines of the same width, as they do in any pa-",
        "per, to the margin of the page (and further).",
    ],
]


def test_a_pdf_is_read_column_by_column_with_its_words_whole():
    installed("pypdfium2")
    file = read_document(make_pdf(COLUMNS, title="Microsoft Word - b.docx"), "b.pdf")
    assert (file.headline, file.byline) == ("Bridge closes", "Mara Ilves")
    assert file.published_on == date(2026, 5, 4)
    assert "the council said. “Nobody was asked,” Ida Falk told the" in file.body
    assert "a well-known thing in the town" in file.body
    assert file.body.endswith(
        "\n\nA second column begins here with words of its own, which go on for some "
        "lines of the same width, as they do in any paper, to the margin of the page "
        "(and further)."
    )
    assert {"divided", "lines"} <= {each.kind for each in file.repairs}


def test_numbers_of_pages_and_running_heads_are_no_words_of_the_article():
    installed("pypdfium2")
    pages = [
        [["Harbour Post", f"Words of page {n} go on and on and", "end here.", str(n)]]
        for n in range(1, 5)
    ]
    file = read_document(make_pdf(*pages), "a.pdf")
    assert "Harbour Post" not in file.body
    assert file.body.count("Words of page") == 4
    assert not any(line.isdecimal() for line in file.body.split("\n"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (make_pdf(COLUMNS, encrypted=True), "has a password"),
        (make_pdf([[]]), "no text in the PDF, only pictures"),
        (b"%PDF-1.7 and nothing more", "damaged, or is none"),
        (make_pdf(*[[["x"]]] * 301), "over 300 pages"),
    ],
)
def test_a_bad_pdf_is_refused_with_a_sentence_that_helps(data, sentence):
    installed("pypdfium2")
    assert sentence in refusal(data, "a.pdf")


# --- Web pages -------------------------------------------------------------------


def test_a_saved_page_tells_all_but_what_stands_around_the_article():
    installed("trafilatura", needs=["lxml.html.clean"])
    file = read_document(make_page(FIRST, SECOND).encode(), "page.html")
    assert file.body == BODY
    assert file.headline == "Bridge closes for two years"
    assert (file.byline, file.outlet) == ("Mara Ilves", "Harbour Post")
    assert (file.published_on, file.language) == (date(2026, 5, 4), "en")
    assert file.url == "https://post.example/bridge"


def test_a_page_is_read_in_the_encoding_that_it_names():
    installed("trafilatura", needs=["lxml.html.clean"])
    page = make_page(FIRST, SECOND.replace("Falk", "Şahingöz"))
    data = page.replace("utf-8", "windows-1254").encode("cp1254")
    assert "Ida Şahingöz" in read_document(data, "page.html").body


def test_a_page_without_an_article_and_one_without_an_end_are_refused():
    installed("trafilatura", needs=["lxml.html.clean"])
    assert "no article was found" in refusal(b"<html><body></body></html>")
    assert "no article was found" in refusal(b"<html>" + b"<div>" * 100_000)


def test_what_takes_too_long_ends_with_its_process(monkeypatch):
    installed("trafilatura", needs=["lxml.html.clean"])
    monkeypatch.setattr("claims.exchange.limited.LONGEST_WAIT", 0.01)
    assert "limits of time and memory" in refusal(make_page(FIRST).encode(), "a.html")


def test_without_the_extra_the_refusal_says_what_to_install(monkeypatch, tmp_path):
    for library in ("pypdfium2", "trafilatura"):
        (tmp_path / f"{library}.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    for data in (make_pdf(COLUMNS), make_page(FIRST).encode()):
        assert "pip install -e '.[documents]'" in refusal(data)


def test_an_editor_reads_the_refusal_in_the_language_of_the_desk():
    with translation.override("tr"):
        assert "the file is empty" not in refusal(b"")
        installed("pypdfium2")
        assert "has a password" not in refusal(make_pdf([[]], encrypted=True))


# --- Subtitles -------------------------------------------------------------------


def test_voices_of_webvtt_speak_as_in_a_transcript():
    text = (
        "WEBVTT - Council of Ostermoor\r\n\r\nNOTE made by a machine\r\n\r\n"
        "1\r\n00:01.000 --> 00:02.000 align:start\r\n<v.loud Ida Holt>Rents &amp;\r\n"
        "wages <i>rose</i>.</v>\r\n\r\n00:02.100 --> 00:03.000\r\n"
        "<v Ida Holt>By four per cent.\r\n\r\n"
        "01:00:03.000 --> 01:00:04.000\r\n<v Joris Dahl>They did not.\r\n"
    )
    file = read_document(text.encode(), "council-2026-05-04.vtt")
    assert file.body == (
        "Ida Holt: Rents & wages rose. By four per cent.\n\nJoris Dahl: They did not."
    )
    assert (file.headline, file.published_on) == (
        "Council of Ostermoor",
        date(2026, 5, 4),
    )


@pytest.mark.parametrize(
    ("cues", "paragraphs"),
    [
        # A sentence over two cues; a pause after one.
        ([(1, 2, "The ferry"), (2, 3, "sails.")], ["The ferry sails."]),
        ([(1, 2, "It sails."), (2, 3, "Daily.")], ["It sails. Daily."]),
        ([(1, 2, "It sails."), (5, 6, "Daily.")], ["It sails.", "Daily."]),
        # A dialogue, a name, a sign for another voice.
        ([(1, 2, "- It sails.\n- No.")], ["- It sails.", "- No."]),
        ([(1, 2, "Yes."), (2, 3, "IDA HOLT: No.")], ["Yes.", "IDA HOLT: No."]),
        ([(1, 2, "Yes."), (2, 3, ">> No.")], ["Yes.", ">> No."]),
        # Captions that roll show each line twice.
        ([(1, 2, "The ferry"), (2, 3, "The ferry\nsails.")], ["The ferry sails."]),
        # Signs of other programs.
        ([(1, 2, "{\\an8}The <b>ferry</b>")], ["The ferry"]),
    ],
)
def test_cues_of_srt_become_paragraphs(cues, paragraphs):
    text = "\n\n".join(
        f"{n}\n00:00:0{start},000 --> 00:00:0{end},000\n{words}"
        for n, (start, end, words) in enumerate(cues, 1)
    )
    assert paragraphs_of_subtitles(text) == paragraphs


def test_subtitles_of_a_windows_code_page_are_read_when_it_is_named():
    text = "1\n00:00:01,000 --> 00:00:02,000\nŞahingöz geldi.\n".encode("cp1254")
    assert "not UTF-8" in refusal(text, "a.srt")
    assert read_document(text, "a.srt", encoding="windows-1254").body == (
        "Şahingöz geldi."
    )


# --- Text, and what is none ------------------------------------------------------


def test_pasted_words_tell_their_headline_byline_and_day():
    text = f"Brücke bleibt zu\n\nVon Mara Ilves | 4. März 2026\n\n{FIRST}\n\n{SECOND}"
    file = read_document(text.encode(), "pasted")
    assert (file.headline, file.byline) == ("Brücke bleibt zu", "Mara Ilves")
    assert file.body == BODY
    # March is named in another language than that of the text.
    assert file.published_on is None
    german = text.replace(FIRST, "Die Brücke bleibt zu, und das ist nicht gut so. " * 4)
    assert read_document(german.encode(), "pasted").published_on == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "a.txt: the file is empty."),
        (b"\xef\xbb\xbf \r\n", "a.txt: the file is empty."),
        (b"x" * (LARGEST_DOCUMENT + 1), "at most 30,000,000 bytes are read"),
        (b"\x89PNG\r\n", "this is a picture"),
        (b"MIME-Version: 1.0\n", "Save the page as “HTML only”"),
        (b"\x1f\x8b\x08", "Unpack it first"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n", "no spoken words"),
        ("Ostermoor \udcff".encode(errors="surrogateescape"), "line 1: this is not"),
    ],
)
def test_a_file_that_holds_no_text_is_refused_with_what_to_do(data, sentence):
    assert sentence in refusal(data)
