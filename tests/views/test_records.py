"""Records in JSON at addresses by number, which no renaming moves."""

import json

import pytest

from claims.desk.merging import merge_speakers
from claims.models import Rating
from claims.models.choices import TextRights
from tests.factories import (
    BODY,
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    withdraw,
)

pytestmark = pytest.mark.django_db


def data(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


def test_a_claims_record_is_its_line_of_the_file(client):
    claim = make_published().claim
    line = b"".join(client.get("/claims.jsonl").streaming_content)
    assert client.get(f"/claims/{claim.pk}.json").content == line
    version = data(client, f"/claims/{claim.pk}/versions/1.json")
    assert json.loads(line)["versions"] == [version]
    assert client.get(f"/claims/{claim.pk}/versions/2.json").status_code == 404


def test_every_url_in_a_record_leads_to_a_page_and_holds_no_name(client):
    claim = make_published(
        make_claim(
            speaker=make_speaker("Ida Falk"),
            article=make_article(outlet=make_outlet("The Harbour Post")),
            topics=[make_topic("Roads")],
        )
    ).claim
    record = data(client, f"/claims/{claim.pk}.json")
    rows = [
        record["speaker"],
        record["article"],
        record["article"]["outlet"],
        *record["topics"],
        data(client, f"/ratings/id/{claim.current.rating_id}.json"),
        record["versions"][0],
        record,
    ]
    for row in rows:
        path = row["url"].removeprefix("http://testserver")
        assert not any(part in path for part in ("falk", "harbour", "roads", "false"))
        assert client.get(path, follow=True).status_code == 200, path
        beside = data(client, f"{path.rstrip('/')}.json")
        assert {name: beside[name] for name in row} == row


def test_a_name_leads_to_the_same_record(client):
    claim = make_claim(speaker=make_speaker("Ida Falk"), topics=[make_topic("Roads")])
    record = data(client, "/speakers/ida-falk.json")
    assert record == data(client, f"/speakers/id/{claim.speaker_id}.json")
    assert record["listed_claims"] == 1
    assert data(client, "/topics/roads.json")["name"] == "Roads"
    assert client.get("/speakers/nobody.json").status_code == 404


def test_nothing_is_said_of_what_readers_do_not_see(client):
    hidden = make_speaker("Ann Other")
    topic = make_topic("Hidden")
    for path in (
        f"/speakers/id/{hidden.pk}.json",
        f"/speakers/id/{hidden.pk}/",
        f"/topics/id/{topic.pk}.json",
        f"/articles/{make_article().pk}.json",
        "/claims/1234567.json",
        "/ratings/id/1234567.json",
    ):
        assert client.get(path).status_code == 404, path


def test_the_number_of_a_merged_speaker_leads_to_what_it_became(client):
    kept = make_claim(speaker=make_speaker("Ida Falk")).speaker
    merged = make_claim(speaker=make_speaker("I. Falk")).speaker
    merge_speakers(merged, kept, by=make_user("Editors", superuser=True))
    answer = client.get(f"/speakers/id/{merged.pk}/")
    assert answer["Location"] == kept.get_absolute_url()
    assert data(client, f"/speakers/id/{merged.pk}.json")["id"] == kept.pk


def test_the_scale_tells_every_rating_with_its_definition(client):
    ratings = data(client, "/ratings.json")["ratings"]
    assert [one["id"] for one in ratings] == [one.pk for one in Rating.objects.all()]
    assert all(one["definition"] for one in ratings)


@pytest.mark.parametrize(
    ("rights", "shown"),
    [(TextRights.FULL, 3), (TextRights.EXCERPT, 1), (TextRights.LINK, 0)],
)
def test_an_article_is_told_as_far_as_its_rights_allow(client, rights, shown):
    claim = make_claim(article=make_article(text_rights=rights))
    record = data(client, f"/articles/{claim.article_id}.json")
    assert len(record["paragraphs"]) == shown
    if rights == TextRights.FULL:
        assert "\n\n".join(record["paragraphs"]) == BODY
    assert [one["id"] for one in record["claims"]] == [claim.pk]


def test_of_a_withdrawn_claim_programs_are_told_why_and_when(client):
    claim = make_published().claim
    withdraw(claim, reason="Not a statement.")
    for path in (f"/claims/{claim.pk}.json", f"/claims/{claim.pk}/versions/1.json"):
        answer = client.get(path)
        assert answer.status_code == 410
        assert answer.json()["reason"] == "Not a statement."
        assert answer.json()["url"] == f"http://testserver/claims/{claim.pk}/"
