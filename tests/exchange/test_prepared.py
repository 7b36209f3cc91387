"""Downloads of all claims made beforehand: whole, dated, and gone where need be."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from claims.exchange.prepared import FOLDER, KEPT, _read, prepare, prepared
from claims.models import ChangeCounter
from tests.factories import (
    make_claim,
    make_published,
    make_user,
    withdraw,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    # Another storage may have had files of the same day and number.
    _read.cache_clear()


def bytes_of(response):
    return b"".join(response.streaming_content)


def names():
    return sorted(default_storage.listdir(FOLDER)[1])


def test_what_is_made_is_what_the_list_gives_now_and_bears_its_checksum(client):
    claim = make_published().claim
    made, is_new = prepare()
    assert is_new and made.number == ChangeCounter.objects.get().number
    page = client.get("/data/").content.decode()
    for file in made.files:
        assert f'href="/data/files/{file.name}"' in page and file.sha256 in page
        response = client.get(f"/data/files/{file.name}")
        content = bytes_of(response)
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert response["Content-Length"] == str(len(content)) == str(file.size)
        assert response["ETag"] == f'"{file.sha256}"'
        assert "immutable" in response["Cache-Control"]
        assert response["Access-Control-Allow-Origin"] == "*"
        known = {"If-None-Match": response["ETag"]}
        again = client.get(f"/data/files/{file.name}", headers=known)
        assert again.status_code == 304
    table, lines, archive = (
        next(file for file in made.files if file.name.endswith(f".{ending}"))
        for ending in ("csv", "jsonl", "zip")
    )
    assert [file.rows for file in made.files] == [1, 1, 1]
    whole = bytes_of(client.get(f"/data/files/{lines.name}"))
    assert json.loads(whole)["id"] == claim.pk
    packed = bytes_of(client.get(f"/data/files/{archive.name}"))
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert opened.read("claims.jsonl") == whole
        assert opened.read("claims.csv") == bytes_of(
            client.get(f"/data/files/{table.name}")
        )


def test_a_state_is_made_once_and_a_made_file_never_changes(client):
    verdict = make_published()
    made, _is_new = prepare()
    [before] = [bytes_of(client.get(f"/data/files/{made.files[0].name}"))]
    assert prepare() == (made, False)
    withdraw(verdict.claim)
    newer, is_new = prepare()
    assert is_new and newer.number > made.number
    assert newer.files[0].rows == 0
    assert bytes_of(client.get(f"/data/files/{made.files[0].name}")) == before
    assert prepared() == [newer, made]


def test_the_newest_sets_stay_and_what_a_killed_run_left_goes(monkeypatch):
    make_published()
    default_storage.save(f"{FOLDER}/claims-2026-01-01-999999.csv", io.BytesIO(b"half"))
    assert prepared() == []
    for _number in range(KEPT + 2):
        make_claim()
        prepare()
    assert len(prepared()) == KEPT
    assert len(names()) == KEPT * 4
    assert "claims-2026-01-01-999999.csv" not in names()


@pytest.mark.parametrize(
    "name", ["claims-2026-01-01-1.csv", "..%2f..%2fsecret", "claims.csv", "x" * 300]
)
def test_no_other_file_is_to_be_had(client, name):
    make_published()
    prepare()
    default_storage.save(f"{FOLDER}/claims-2026-01-01-1.csv", io.BytesIO(b"half"))
    assert client.get(f"/data/files/{name}").status_code == 404


def test_words_taken_off_the_site_take_the_files_with_them(client, capsys):
    article = make_claim().article
    made, _is_new = prepare()
    by, approved_by = make_user("Editors"), make_user("Editors")
    call_command(
        "redact",
        article=article.pk,
        words="harbour",
        reason="A court asked for it.",
        by=by.username,
        approved_by=approved_by.username,
    )
    assert "Downloads made beforehand, deleted: 1" in capsys.readouterr().out
    assert client.get(f"/data/files/{made.files[0].name}").status_code == 404
    assert names() == []


def test_without_any_the_page_says_nothing_of_them(client):
    assert "made beforehand" not in client.get("/data/").content.decode()
    call_command("prepare_downloads")
    assert "made beforehand" in client.get("/data/").content.decode()
