"""Pictures of speakers: written anew, credited, shown, replaced and taken away."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from claims.desk.evidence_files import UnusableFile, stored_paths
from claims.desk.merging import merge_speakers
from claims.desk.speaker_pictures import FOLDER, forget_replaced, store_picture
from claims.models import Change, SpeakerPicture
from tests.admin.conftest import typed
from tests.factories import (
    CREDIT,
    make_claim,
    make_picture,
    make_published,
    make_speaker,
    make_user,
    photograph,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }


def page(path):
    return Client().get(path).content.decode()


def test_a_picture_is_square_in_two_sizes_with_nothing_of_the_camera():
    content = photograph()
    assert b"Secret camera" in content
    picture = make_picture(make_published().claim.speaker, content)
    for url, side in ((picture.small_url, 96), (picture.large_url, 384)):
        response = Client().get(url)
        assert response["Content-Type"] == "image/jpeg"
        made = Image.open(io.BytesIO(response.content))
        assert (made.format, made.size) == ("JPEG", (side, side))
        assert b"Secret camera" not in response.content and not made.getexif()
        assert "Set-Cookie" not in response and "Vary" not in response
        again = Client().get(url, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.4\n%%EOF\n", "no picture"),
        (b"not a picture at all", "no PDF, PNG, JPEG or WebP"),
        (photograph(size=(191, 400)), "too small"),
        (photograph()[:900], "damaged"),
    ],
)
def test_what_is_no_usable_picture_is_refused_and_leaves_no_file(content, reason):
    with pytest.raises(UnusableFile, match=reason):
        store_picture(content)
    assert list(stored_paths(FOLDER)) == []


@pytest.mark.parametrize("missing", CREDIT)
def test_the_database_holds_no_picture_without_its_whole_credit(missing):
    speaker = make_speaker()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_picture(speaker, **{missing: ""})


def test_readers_see_picture_and_credit_and_initials_where_there_is_none():
    claim = make_published().claim
    speaker = claim.speaker
    pages = {
        "speaker": speaker.get_absolute_url(),
        "claim": claim.get_absolute_url(),
        "list": "/speakers/",
        "home": "/",
    }
    before = {name: page(address) for name, address in pages.items()}
    assert "/pictures/" not in "".join(before.values())
    assert all(
        'class="initials"' in before[name] for name in ("speaker", "list", "home")
    )
    picture = make_picture(speaker)
    after = {name: page(address) for name, address in pages.items()}
    for name, html in after.items():
        assert f'alt="{CREDIT["alternative_text"]}"' in html, name
    for name in ("speaker", "claim"):
        for said in ("author", "licence", "licence_url", "source_url"):
            assert CREDIT[said] in after[name], (name, said)
    for name in ("list", "home"):
        leads = "on the page of the speaker"
        assert (leads in before[name], leads in after[name]) == (False, True), name
    script = r'<script type="application/ld\+json">(.*?)</script>'
    markup = {
        name: json.loads(re.search(script, after[name])[1])
        for name in ("speaker", "claim")
    }
    author = markup["claim"]["itemReviewed"]["author"]
    for image in (markup["speaker"]["image"], author["image"]):
        assert image["@type"] == "ImageObject"
        assert image["contentUrl"].endswith(picture.large_url)
        assert (image["license"], image["creditText"]) == (
            CREDIT["licence_url"],
            CREDIT["author"],
        )


def test_a_picture_is_shown_only_while_readers_know_the_speaker():
    picture = make_picture(make_speaker())
    assert Client().get(picture.large_url).status_code == 404
    make_claim(speaker=picture.speaker)
    assert Client().get(picture.large_url).status_code == 200
    assert Client().get(picture.url(97)).status_code == 404


def test_an_editor_uploads_replaces_and_removes_a_picture_and_history_tells():
    speaker = make_published().claim.speaker
    client = Client()
    client.force_login(make_user("Editors"))
    address = reverse("admin:claims_speaker_change", args=[speaker.pk])

    def send(**fields):
        given = {f"picture-0-{name}": value for name, value in fields.items()}
        return client.post(address, typed(client.get(address), **given))

    def file(colour):
        return SimpleUploadedFile("face.jpg", photograph(colour=colour))

    refused = send(upload=file("red"), **CREDIT | {"licence_url": "", "author": ""})
    assert refused.status_code == 400
    assert not SpeakerPicture.objects.exists()
    refused = send(**CREDIT)
    assert "Choose a picture." in refused.content.decode()
    assert send(upload=file("red"), **CREDIT).status_code == 302
    first = SpeakerPicture.objects.get()
    assert send(upload=file("green")).status_code == 302
    second = SpeakerPicture.objects.get()
    assert second.sha256 != first.sha256
    assert Client().get(first.large_url).status_code == 404
    assert send(DELETE="on").status_code == 302
    assert not SpeakerPicture.objects.exists()
    told = Change.objects.filter(table="speakerpicture").order_by("pk")
    assert [each.operation for each in told] == ["insert", "update", "delete"]
    assert told[1].before["sha256"] == first.sha256


def test_a_merge_keeps_a_picture_and_old_files_are_forgotten():
    old, new = make_speaker(), make_speaker()
    picture = make_picture(old)
    merge_speakers(old, new, by=make_user("Editors"))
    picture.refresh_from_db()
    assert picture.speaker == new
    kept = set(stored_paths(FOLDER))
    store_picture(photograph(colour="teal"))
    assert forget_replaced() == 0
    assert forget_replaced(older_than=-timedelta(minutes=1)) == 2
    assert set(stored_paths(FOLDER)) == kept
    assert all(default_storage.exists(name) for name in kept)
