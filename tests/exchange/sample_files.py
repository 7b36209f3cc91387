"""Files of articles as other programs write them, made here: PDF, Word, web pages."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

LINE = 14  # points from one line of a PDF to the next


def make_pdf(*pages, encrypted=False, title=""):
    """Return a PDF; a page is a list of columns, a column a list of lines."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (
            b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages))),
            len(pages),
        ),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
        b"/Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) >>" % title.encode("cp1252"),
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
        % (b"00" * 32, b"11" * 32),
    ]
    for number, columns in enumerate(pages):
        drawn = b"BT /F1 10 Tf\n"
        for column, lines in enumerate(columns):
            for row, line in enumerate(lines):
                words = line.encode("cp1252")
                for sign in (b"\\", b"(", b")"):
                    words = words.replace(sign, b"\\" + sign)
                place = (50 + 270 * column, 800 - LINE * row)
                drawn += b"1 0 0 1 %d %d Tm (%s) Tj\n" % (*place, words)
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (7 + 2 * number),
            b"<< /Length %d >>\nstream\n%sET\nendstream" % (len(drawn) + 2, drawn),
        ]
    data, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b"/Encrypt 5 0 R /ID [<00> <00>] " if encrypted else b""
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer << /Size %d /Root 1 0 R /Info 4 0 R %s>>\n"
        % (len(objects) + 1, lock)
        + b"startxref\n%d\n%%%%EOF" % len(data)
    )


def make_word(*blocks, title=""):
    """Return a .docx; a block is a text, (style, text), or XML that begins with <."""
    parts = []
    for block in blocks:
        style, words = block if isinstance(block, tuple) else ("", block)
        if words.startswith("<"):
            parts.append(words)
            continue
        named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        parts.append(f"<w:p>{named}<w:r><w:t>{escape(words)}</w:t></w:r></w:p>")
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        f'<w:document xmlns:w="{word}"><w:body>{"".join(parts)}</w:body></w:document>'
    )
    core = (
        '<c:coreProperties xmlns:c="urn:core" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title></c:coreProperties>"
    )
    return zipped({"word/document.xml": body, "docProps/core.xml": core})


def zipped(files):
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return written.getvalue()


def make_page(*paragraphs, head="", lang="en"):
    """Return a web page with what stands around an article on one."""
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8">
<title>Bridge closes for two years | Harbour Post</title>
<meta property="og:title" content="Bridge closes for two years">
<meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2026-05-04T08:00:00+02:00">
<meta name="author" content="Mara Ilves">
<link rel="canonical" href="https://post.example/bridge">{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
<article><h1>Bridge closes for two years</h1>
{"".join(f"<p>{escape(each)}</p>" for each in paragraphs)}
</article>
<aside><h2>Most read this week</h2><p><a href="/l">The lamp that stayed</a></p></aside>
<footer><p>Copyright Harbour Post</p></footer></body></html>"""
