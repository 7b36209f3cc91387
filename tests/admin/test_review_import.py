"""Published checks taken in from the admin: dry run, mapping, progress, for Editors."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import Claim, PublishedVerdict
from tests.exchange.test_reviews import PLAIN
from tests.factories import make_user

pytestmark = pytest.mark.django_db
TABLE = (
    "url,claim,rating,speaker\n"
    "https://check.example/1,The bay is dry.,Barely true,Tove Aldmark\n"
    "https://check.example/2,,True,Tove Aldmark\n"
)


@pytest.fixture
def url():
    return reverse("admin:claims_publishedverdict_import")


@pytest.fixture
def editor(client):
    user = make_user("Editors")
    client.force_login(user)
    return user


def upload(words, name="checks.json"):
    return SimpleUploadedFile(name, words.encode())


def hidden(response):
    """Return the fields of the form that the dry run shows."""
    form = response.context["form"]
    return {name: form[name].value() or "" for name in ("packed", "name", "mapping")}


@pytest.mark.parametrize("group", ["Annotators", "Reviewers"])
def test_who_may_not_publish_takes_nothing_in(client, url, group):
    client.force_login(make_user(group))
    assert client.get(url).status_code == 403
    answer = client.post(url, {"file": upload(json.dumps(PLAIN)), "take": "1"})
    assert answer.status_code == 403
    assert not Claim.objects.exists()


def test_a_visitor_is_sent_to_the_login(client, url):
    assert client.get(url).status_code == 302


def test_a_dry_run_shows_what_would_come_and_then_it_is_taken_in(client, url, editor):
    assert client.get(url).status_code == 200
    shown = client.post(url, {"file": upload(json.dumps(PLAIN))})
    assert "The canal of Orvik froze nine times." in shown.content.decode()
    assert "nothing is stored yet" in shown.content.decode()
    assert not Claim.objects.exists()
    taken = client.post(url, hidden(shown) | {"take": "1"})
    body = b"".join(taken).decode()
    assert "1 of 1 review" in body
    assert "Taken in: 1 checks of 1 new claims" in body
    assert body.rstrip().endswith("</html>")
    assert PublishedVerdict.objects.get().publisher == "Lantern Checks"
    again = b"".join(client.post(url, hidden(shown) | {"take": "1"})).decode()
    assert "1 were here already" in again


def test_a_table_gets_a_mapping_and_its_broken_rows_are_named(client, url, editor):
    first = client.post(url, {"file": upload(TABLE, "checks.csv")})
    proposed = json.loads(hidden(first)["mapping"])
    assert proposed["labels"] == {"Barely true": "mostly_false", "True": "true"}
    second = client.post(url, hidden(first) | {"take": "1"})
    body = second.content.decode()
    assert "checks.csv, line 3" in body
    assert "What is claimed" in body
    assert not Claim.objects.exists()
    third = client.post(url, hidden(second) | {"take": "1", "keep_going": "on"})
    assert "Taken in: 1 checks" in b"".join(third).decode()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"packed": "not packed at all"},
        {"packed": "\0"},
        {"file": upload("[]"), "mapping": "{"},
        {"file": upload("[]"), "mapping": '{"columns": {"a": "b"}}'},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(client, url, editor, sent):
    answer = client.post(url, sent | {"take": "1"})
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()


@pytest.mark.parametrize(
    "words", ["", "[]", "<p>", "\0", "{", "a\tb\n", "[[[[", "\ud7ff"]
)
def test_a_file_without_reviews_is_said_to_be_one(client, url, editor, words):
    answer = client.post(url, {"file": upload(words or " "), "take": "1"})
    assert answer.status_code == 200
    assert answer.context["may_take"] is False or not answer.context["may_take"]
    assert answer.context["found"]["problems"]
