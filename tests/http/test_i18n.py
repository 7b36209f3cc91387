"""The site in another language: its words translated, and nothing but the words."""

import functools
import html
import io
import json
import re
import struct
import zipfile
from datetime import date

import pytest
from django.conf import settings as project
from django.test import Client

from claims.http.i18n import split_language
from claims.models.choices import PublicationKind
from claims.reading import days
from claims.templatetags import claims_site
from tests.factories import (
    make_article,
    make_claim,
    make_published,
    make_speaker,
    make_topic,
)
from tests.test_catalogue import NAMES, Visible, catalogue, entries
from tests.views.test_claim_page import correct
from tests.views.test_visibility import samples

# What a browser asks for decides nothing on a public page.
TURKISH = {"accept-language": "tr"}


# --- The pages ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def claims(module_db):
    """Claims of every shape; their words are such as the site itself never says."""
    bare = make_claim(
        wording="Zzz one.",
        article=make_article(headline="Zzz print"),
        speaker=make_speaker("Zzz Council"),
    )
    full = make_claim(
        wording="Zzz two.",
        article=make_article(headline="Zzz press", published_on=date(2026, 5, 4)),
        speaker=make_speaker("Zzz Falk", title="Zzz Mayor", description="Zzz since."),
        topics=[make_topic("Zzz Harbours")],
        cue="said",
        speaker_words="Mayor Ida Falk",
        repeats=bare,
    )
    verdict = make_published(full).claim
    correct(verdict, PublicationKind.CLARIFIED, summary="Zzz clearer.")
    other = make_claim(
        wording="Zzz three.",
        article=make_article(headline="Zzz paper"),
        speaker=bare.speaker,
    )
    return [full, make_published(other).claim]


def pages(claims):
    """Return the address of every public page of these claims."""
    found = {
        f"/{path}"
        for claim in claims
        for paths in samples(claim).values()
        for path in paths
    }
    # Without the file endings, whose answers are no pages.
    found = {path for path in found if path.split("?")[0].endswith("/")}
    found |= {
        "/claims/?rating=nonsense",
        "/claims/?rating=false&speaker=nobody",
        "/claims/?q=nothing-like-it",
        "/search/?q=nothing-like-it",
        "/speakers/?q=nobody",
        "/articles/?q=nothing",
        "/not/here/",
    }
    return sorted(found)


def shown(path, code="tr"):
    response = Client().get(f"/{code}{path}" if code else path, follow=True)
    assert response["Content-Type"].startswith(("text/html", "application/json")), path
    return response.content.decode()


@pytest.mark.slow
def test_every_page_is_in_turkish_below_its_address(claims, db):
    english = {
        message
        for (_context, message), words in catalogue("tr").items()
        if message not in words
    }
    for path in pages(claims):
        if path.startswith("/suggest/"):
            continue
        page = in_language("tr", path).text
        left = english & set(Visible(page).in_language("tr"))
        assert left <= {path.partition("?q=")[2]}, path


def pretended():
    """Return a compiled catalogue in which each message is its own translation."""
    pairs = {"": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; "}
    pairs[""] += "plural=(n > 1);\n"
    for _flags, row in entries("tr"):
        context = f"{row['msgctxt']}\x04" if "msgctxt" in row else ""
        messages = [row["msgid"], row.get("msgid_plural", "")]
        if any(messages):
            key = context + "\0".join(filter(None, messages))
            pairs[key] = "\0".join(between_marks(one) for one in messages if one)
    return compiled(pairs)


def between_marks(message):
    """Return a message with its words between «», its tags and values left alone.

    >>> between_marks('See <a href="x">this</a> of %(day)s.')
    '«See »<a href="x">«this»</a>« of »%(day)s«.»'
    """
    kept = re.compile(r"(<[^>]*>|%\(\w+\)[sd]|%[sd%]|\{\})")
    return "".join(
        part if kept.fullmatch(part) else f"«{part}»"
        for part in kept.split(message)
        if part
    )


def compiled(pairs):
    """Return the bytes of a .mo file."""
    rows = [(key.encode(), pairs[key].encode()) for key in sorted(pairs)]
    start = 28 + 16 * len(rows)
    tables, body = [b"", b""], b""
    for column in (0, 1):
        for row in rows:
            place = start + len(body)
            tables[column] += struct.pack("<2I", len(row[column]), place)
            body += row[column] + b"\0"
    head = (0x950412DE, 0, len(rows), 28, 28 + 8 * len(rows), 0, 0)
    return struct.pack("<7I", *head) + b"".join(tables) + body


@pytest.mark.slow
def test_no_word_on_a_page_is_left_unmarked(
    claims, db, settings, tmp_path, monkeypatch
):
    """With every message between «», what stands outside is data, or was forgotten."""
    # Fields and days as earlier tests wrote them have the words of the real catalogue.
    monkeypatch.setattr(claims_site, "_EMPTY_FIELDS", {})
    for kept in ("_in_words", "_said", "_checked"):
        monkeypatch.setattr(days, kept, getattr(days, kept).__wrapped__)
    folder = tmp_path / "tr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(pretended())
    settings.LOCALE_PATHS = [tmp_path]
    names = {
        settings.FACTCHECK["NAME"],
        "Zzz Harbours",
        *dict(project.LANGUAGES).values(),
    }
    names |= {claim.speaker.name for claim in claims}
    names |= {"The Harbour Post", "Town council", "Minutes of the council"}
    seen = 0
    for path in pages(claims):
        if path.startswith(("/suggest/", "/check/?")):
            continue
        for words in Visible(shown(path)).in_language("tr"):
            seen += "«" in words
            # A message may hold another one.
            while words != (words := re.sub(r"«[^«»]*»", "", words)):
                pass
            for name in names:
                words = words.replace(name, "")
            # A citation is made of nothing but what it cites.
            words = re.sub(
                r".*http://testserver.*|/claims/\?rating=\w+|\?columns=1", "", words
            )
            words = NAMES.sub("", words)
            left = re.findall(r"[^\W\d_]{3,}", words)
            assert not [word for word in left if not is_data(word)], (path, words)
    assert seen > 300


MONTHS = "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"


SAMPLES = {"zzz", "user", "nothing", "like", "words", "harbour", "nonsense", "nobody"}


def is_data(word):
    """Return whether a word is a month, a part of our samples, or of an address."""
    return word in MONTHS.split() or word.lower() in SAMPLES


# --- Words, dates and numbers -------------------------------------------------------


def test_the_address_alone_decides_the_language_and_caches_need_no_vary(claims, db):
    for path, code in (("/claims/", "en"), ("/tr/claims/", "tr"), ("/not/", "en")):
        for asked in ({}, TURKISH, {"accept-language": "en-GB,tr;q=0.5"}):
            headers = asked | {"cookie": "django_language=tr; sessionid=x"}
            response = Client().get(path, headers=headers)
            assert f'<html lang="{code}"' in response.content.decode()
            assert response["Content-Language"] == code
            assert "Vary" not in response and not response.cookies


def test_dates_counts_and_shares_are_written_the_turkish_way(claims, db, client):
    page = shown(claims[0].get_absolute_url())
    assert '<time datetime="2026-05-04">4 Mayıs 2026</time>' in page
    listed = html.unescape(shown("/claims/"))
    assert re.search(r">\s*3 iddia\s*</h2>", listed)
    nothing_yet = html.unescape(shown("/claims/?rating=none"))
    assert re.search(r">\s*1 iddia\s*</h2>", nothing_yet)
    audit = shown("/audit/")
    assert "%100</dd>" in audit
    assert "100%</dd>" in shown("/audit/", "en")


def test_quoted_words_keep_their_own_language_and_direction(db):
    article = make_article(
        "المدينة تقول: الميناء يفتح في مايو.", headline="Zzz", language="ar"
    )
    claim = make_claim("الميناء يفتح في مايو", article=article, wording="Zzz four.")
    for path in (claim.get_absolute_url(), article.get_absolute_url(), "/claims/"):
        page = shown(path)
        inside = r'[^>]*>\s*<p dir="auto">'
        quoted = rf'<(blockquote|p)[^>]* lang="ar"(\s+dir="auto">|{inside})'
        assert re.search(quoted, page), path
        # The desk writes in English, whatever the reader's language.
        assert "Zzz four." in Visible(page).in_language("en"), path
        assert "Zzz four." not in Visible(page).in_language("tr"), path


def test_a_desk_may_write_in_turkish(claims, db, settings):
    settings.LANGUAGE_CODE = "tr"
    page = Client().get(claims[0].get_absolute_url()).content.decode()
    assert '<html lang="tr"' in page
    assert "Zzz two." in Visible(page).in_language("tr")
    english = shown(claims[0].get_absolute_url(), "en")
    assert "Zzz two." in Visible(english).in_language("tr")


def test_what_programs_read_is_the_same_in_every_language(claims, db, client):
    claim = claims[0]
    files = [
        "/claims.csv",
        "/claims.jsonl",
        "/claimreview.json",
        "/sitemap.xml",
        f"/claims/{claim.pk}-{claim.slug}.json",
        f"/claims/{claim.pk}/cite.bib",
        f"/claims/{claim.pk}/cite.json",
    ]
    for path in files:
        english = b"".join(client.get(path, headers={"accept-language": "en"}))
        turkish = b"".join(client.get(path, headers=TURKISH))
        assert english == turkish, path
    for path in (claim.get_absolute_url(), "/data/"):
        marks = {
            re.search(r'ld\+json">(.*?)</script>', shown(path, code), re.S)[1]
            for code in ("", "en", "tr")
        }
        assert len(marks) == 1, path
    feeds = [
        client.get("/corrections.atom", headers={"accept-language": code}).content
        for code in ("en", "tr")
    ]
    for tag in (
        rb"<id>.*?</id>",
        rb"<link .*?>",
        rb"<category .*?>",
        rb"<updated>.*?<",
    ):
        english, turkish = (re.findall(tag, feed) for feed in feeds)
        assert english == turkish and english, tag
    packages = [
        zipfile.ZipFile(io.BytesIO(b"".join(client.get("/claims.zip", headers=asked))))
        for asked in ({"accept-language": "en"}, TURKISH)
    ]
    for name in ("claims.csv", "datapackage.json", "data-dictionary.csv"):
        assert packages[0].read(name) == packages[1].read(name), name


# --- Choosing a language ------------------------------------------------------------


@functools.cache
def in_language(code, path):
    """Return the answer at an address of a language; both tests below look at it."""
    other = {"tr": "en", "en": "tr"}[code]
    asked = {"accept-language": other}
    return Client().get(f"/{code}{path}", headers=asked, follow=True)


def test_a_language_in_the_address_decides(claims, db):
    for path in pages(claims):
        for code in ("tr", "en"):
            response = in_language(code, path)
            if path.startswith("/suggest/"):
                assert json.loads(response.content)["suggestions"] is not None
                continue
            page = response.content.decode()
            assert re.search(rf'<html[^>]* lang="{code}"', page), path
            # No link leads out of the chosen language but those that change it.
            links = re.findall(r'<a href="(/[^"]*)"(?! rel="alternate)', page)
            pages_linked = [
                link for link in links if link.split("?")[0].split("#")[0].endswith("/")
            ]
            assert all(link.startswith(f"/{code}/") for link in pages_linked), path


def test_a_page_has_one_address_in_every_language(claims, db):
    for path in pages(claims):
        response = in_language("tr", path)
        if response.status_code != 200 or path.startswith("/suggest/"):
            continue
        plain = split_language(response.request["PATH_INFO"])[1]
        if plain == "/":
            # Search engines take no page for a copy of a front page.
            assert "Link" not in response
        else:
            assert response["Link"] == f'<http://testserver{plain}>; rel="canonical"'
        page = response.content.decode()
        addresses = re.findall(
            r'(?:canonical|og:url)" (?:href|content)="([^"]+)"', page
        )
        assert all("/tr/" not in address for address in addresses), path


def test_a_reader_can_change_the_language_without_a_cookie(claims, db, client):
    response = client.get("/claims/?rating=false&q=harbour")
    links = dict(
        re.findall(
            r'<a href="([^"]+)" rel="alternate nofollow" hreflang="(\w\w)"',
            response.content.decode(),
        )
    )
    assert links == {
        f"/{code}/claims/?rating=false&amp;q=harbour": code for code in ("tr", "de")
    }
    response = client.get("/tr/claims/?rating=false&q=harbour")
    assert response.status_code == 200
    page = response.content.decode()
    assert '<span lang="tr">Türkçe</span>' in page
    assert 'href="/claims/?rating=false&amp;q=harbour"' in page
    assert not response.cookies and not client.cookies


def test_files_have_no_language_in_front(claims, db, client):
    page = client.get("/tr/claims/").content.decode()
    assert 'href="/claims.csv"' in page and 'href="/claims.atom"' in page
    for path in ("/tr/claims.csv", "/tr/claims.atom", "/tr/sitemap.xml", "/tr/admin/"):
        assert client.get(path).status_code == 404, path


def test_a_moved_page_stays_in_the_chosen_language(claims, db, client):
    claim = claims[0]
    response = client.get(f"/tr/claims/{claim.pk}-otherwise/")
    assert response.status_code == 301
    assert response["Location"] == f"/tr{claim.get_absolute_url()}"
    assert client.get("/tr")["Location"] == "/tr/"
    address = f"http://testserver/tr{claim.get_absolute_url()}"
    answer = client.get("/oembed", {"url": address}).json()
    assert answer["title"] == claim.wording and "/tr/" not in answer["html"]


def test_only_the_sites_languages_stand_in_front(client, db):
    assert split_language("/tr/claims/") == ("tr", "/claims/")
    assert split_language("/translations/") == ("", "/translations/")
    assert client.get("/fr/claims/").status_code == 404
    assert {code for code, _name in project.LANGUAGES} == {"de", "en", "tr"}


def test_what_the_report_form_refuses_is_said_in_turkish(db):
    response = Client().post("/tr/report/", {"kind": "error", "message": ""})
    assert response.status_code == 400
    page = response.content.decode()
    assert "Henüz gönderilmedi." in page and "Not sent yet." not in page
