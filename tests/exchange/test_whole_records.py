"""Whole records: a line of claims.jsonl says everything that readers see of a claim."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from claims.desk.workflow import take_step
from claims.exchange.data_dictionary import record_dictionary
from claims.exchange.record_fields import CLAIM_FIELDS
from claims.exchange.whole_records import described
from claims.models import SpeakerRole
from claims.models.choices import VerdictStatus
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
)


def lines_of(path="/claims.jsonl"):
    response = Client().get(path)
    assert response.status_code == 200
    data = b"".join(response.streaming_content)
    assert data.endswith(b"\n") or not data
    return [json.loads(line) for line in data.decode().split("\n")[:-1]]


def paths_of(record, inside=""):
    """Yield the path of every value in a record, as the dictionary writes it."""
    for name, value in record.items():
        yield inside + name
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                ending = "[]." if isinstance(value, list) else "."
                yield from paths_of(one, f"{inside}{name}{ending}")


@pytest.mark.django_db
def test_a_record_holds_the_claim_its_versions_and_whom_it_names():
    falk = make_speaker("Ida Falk", wikidata_id="Q12", aliases=["The mayor"])
    SpeakerRole.objects.create(
        speaker=falk, title="Mayor", organisation="Harbour party", since="2020-01-02"
    )
    article = make_article(
        headline="Harbour opens",
        outlet=make_outlet("The Harbour Post"),
        url="https://harbour.example/opens",
    )
    first = make_claim(article=article, speaker=falk)
    claim = make_claim(
        ["“The bridge cost 40 million crowns,”", "“Nobody was hurt.”"],
        article=article,
        speaker=falk,
        other_speakers=[make_speaker("Town council")],
        wording='He said "\\n", and\nmore.',
        via=make_outlet("Far Gazette"),
        cue="said on Monday",
        repeats=first,
        stated_on=date(2026, 5, 1),
        topics=[make_topic("Roads"), make_topic("Harbour")],
    )
    verdict = make_verdict(
        claim,
        author=make_user("Reviewers", username="rev"),
        as_of=date(2026, 5, 3),
        explanation="At length.",
    )
    verdict = take_step("submit", verdict, by=verdict.author)
    at = datetime(2026, 5, 4, 10, 0, 0, 5, tzinfo=UTC)
    take_step("publish", verdict, by=make_user("Editors", username="ed"), at=at)
    _first, record = lines_of()

    assert list(record) == [field.name for field in CLAIM_FIELDS]
    assert record["dialect"] == 2
    assert record["url"] == f"http://testserver/claims/{claim.pk}/"
    assert record["wording"] == 'He said "\\n", and\nmore.'
    assert record["marks"][0] == {
        "role": "content",
        "ordinal": 0,
        "text": 1,
        "start": 62,
        "end": 98,
        "exact": "“The bridge cost 40 million crowns,”",
    }
    assert record["text"] == {
        "number": 1,
        "sha256": article.current_text.sha256,
    }
    speaker = record["speaker"]
    assert speaker["url"] == f"http://testserver/speakers/id/{falk.pk}/"
    assert speaker["aliases"] == [{"name": "The mayor", "is_metonym": False}]
    assert speaker["roles"][0]["organisation"] == "Harbour party"
    assert speaker["roles"][0]["since"] == "2020-01-02"
    assert speaker["wikidata_id"] == "Q12"
    assert record["speaker_role"] == "Mayor, Harbour party"
    (other,) = record["other_speakers"]
    assert other["speaker_name"] == other["speaker"]["name"] == "Town council"
    assert record["via"]["name"] == "Far Gazette"
    assert record["article"]["printed_url"] == "https://harbour.example/opens"
    assert record["article"]["outlet"]["name"] == "The Harbour Post"
    assert [topic["name"] for topic in record["topics"]] == ["Harbour", "Roads"]
    assert record["repeats"] == {
        "id": first.pk,
        "url": f"http://testserver/claims/{first.pk}/",
    }
    assert (record["times_said"], record["review"]) == (2, "reviewed")
    (version,) = record["versions"]
    assert record["verdict"] == version
    assert version["published_at"] == "2026-05-04T10:00:00.000005Z"
    assert version["rating"]["slug"] == "false"
    assert version["rating"]["bucket"] == "1-false"
    assert version["rating"]["definition"]
    assert version["explanation"] == "At length."
    assert version["claim_reviewed"] == record["wording"]
    assert version["marks"] == record["marks"]
    assert version["evidence"][0]["url"] == "https://council.example/minutes"
    assert version["evidence"][0]["is_primary"] is True
    assert (version["author"], version["approver"]) == ("rev", "ed")


@pytest.mark.django_db
def test_a_retracted_verdict_is_among_the_versions_and_nowhere_else():
    make_verdict(status=VerdictStatus.RETRACTED)
    (record,) = lines_of()
    assert (record["review"], record["verdict"]) == ("retracted", None)
    assert [one["kind"] for one in record["versions"]] == ["first", "retracted"]


@pytest.mark.django_db
def test_what_is_not_there_is_null_and_an_empty_list_is_a_list():
    make_claim(stated_on=None, stated_precision="unknown")
    (record,) = lines_of()
    for name in ("stated_on", "via", "repeats", "verdict", "speaker_role"):
        assert record[name] is None
    for name in ("versions", "topics", "other_speakers"):
        assert record[name] == []
    assert (record["review"], record["times_said"]) == ("not_reviewed", 1)


@pytest.mark.django_db
def test_the_dictionary_describes_every_field_of_a_record():
    make_verdict(status=VerdictStatus.PUBLISHED)
    (record,) = lines_of()
    known = {path for path, _field in described(CLAIM_FIELDS)}
    assert set(paths_of(record)) <= known
    rows = list(csv.DictReader(io.StringIO(record_dictionary(), newline="")))
    assert {row["name"] for row in rows} == known
    assert len(rows) == len(known)
    assert all(row["meaning"].endswith((".", "?")) for row in rows)
