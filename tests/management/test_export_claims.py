"""manage.py export_claims: the same files as on the page, or a sentence."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.exchange.test_export import content
from tests.factories import make_claim, make_published, make_speaker

pytestmark = pytest.mark.django_db


def test_the_command_writes_what_the_page_sends(client, tmp_path, settings):
    settings.FACTCHECK = settings.FACTCHECK | {"URL": "https://desk.example"}
    make_published(make_claim(speaker=make_speaker("Ida Falk")))
    make_claim()
    target = tmp_path / "claims.csv"
    query = "speaker=ida-falk"
    call_command("export_claims", query=query, output=target)
    assert target.read_bytes() == content(client.get(f"/claims.csv?{query}"))
    assert b"https://desk.example/claims/" in target.read_bytes()
    call_command("export_claims", format="claimreview", output=target)
    feed = json.loads(target.read_bytes())
    assert len(feed["dataFeedElement"]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["claims.csv"]


def test_the_command_refuses_what_the_page_refuses(tmp_path):
    with pytest.raises(CommandError, match="No speaker here is called “nobody”"):
        call_command("export_claims", query="speaker=nobody", output=tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("query", "output", "sentence"),
    [
        ("", "nowhere/claims.csv", "No such file or directory"),
        ("", ".", "is a folder; name a file"),
        ("&".join(["speaker=a"] * 3000), "claims.csv", "no query of the list"),
        ("q=\udcff", "claims.csv", "no query of the list"),
    ],
)
def test_the_command_says_what_is_wrong_and_leaves_nothing(
    tmp_path, query, output, sentence
):
    make_claim()
    with pytest.raises(CommandError, match=sentence):
        call_command("export_claims", query=query, output=tmp_path / output)
    assert list(tmp_path.iterdir()) == []
