"""Published heads: made once a day is over, kept by others, held against the data."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from claims.checks import compare_heads, problems
from claims.desk.heads import days_due, publish_heads
from claims.models import PublishedHead
from tests.checks.test_tampering import RECOMPUTE, off
from tests.factories import make_published

pytestmark = pytest.mark.django_db

TODAY = datetime.now(UTC).date()
URL = "/corrections/heads.json"


def sql(*statements):
    with connection.cursor() as cursor:
        # Rows just written would be in the way of ALTER TABLE.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS modes ON COMMIT DROP AS SELECT"
            " tgrelid::regclass::text AS t, tgname AS name, tgenabled AS enabled"
            " FROM pg_trigger WHERE NOT tgisinternal"
        )
        for statement in statements:
            cursor.execute(statement)


def days_ago(days):
    """Let all that no head covers yet have been written some days ago."""
    sql(
        *off(
            "change",
            f"UPDATE claims_change SET at = at - interval '{days} days' WHERE id >"
            " (SELECT coalesce(max(last_change), 0) FROM claims_publishedhead)",
        )
    )


@pytest.fixture
def published():
    """A verdict published three days ago, and the heads of the days since."""
    made = make_published()
    days_ago(3)
    publish_heads()
    return made


def test_nothing_published_before_today_makes_no_head():
    make_published()
    assert publish_heads() == []


def test_each_day_gone_by_has_one_head_and_the_first_covers_what_was_before(capsys):
    make_published()
    days_ago(9)
    assert publish_heads() == [TODAY - timedelta(days=1)]
    assert publish_heads() == []
    [head] = PublishedHead.objects.all()
    assert (head.publications, head.previous) == (1, "")
    assert head.changes > 0
    assert problems() == []
    call_command("publish_heads")
    assert "Nothing is due." in capsys.readouterr().out


def test_a_head_follows_the_one_before_and_covers_what_was_published_since(published):
    sql(
        *off(
            "publishedhead",
            "UPDATE claims_publishedhead SET day = day - 2",
            "UPDATE claims_publishedhead h SET digest = claims_head_digest(h)",
        )
    )
    make_published()
    days_ago(1)
    assert publish_heads() == [TODAY - timedelta(days=2), TODAY - timedelta(days=1)]
    first, second, third = PublishedHead.objects.order_by("day")
    assert [first.publications, second.publications, third.publications] == [1, 1, 2]
    assert (second.changes, second.publications_digest) == (
        0,
        first.publications_digest,
    )
    assert (second.previous, third.previous) == (first.digest, second.digest)
    assert third.changes > 0
    assert problems() == []


@pytest.mark.parametrize(
    ("day", "rule"),
    [(TODAY, "head_is_of_a_day_gone_by"), (TODAY - timedelta(7), "heads_follow")],
)
def test_the_database_refuses_a_head_out_of_its_turn(published, day, rule):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        PublishedHead.objects.create(
            day=day,
            last_change=0,
            publications=0,
            changes=0,
            made_at=datetime.now(UTC),
        )
    assert refused.value.__cause__.diag.constraint_name.startswith(rule)


def test_the_first_publication_of_a_new_day_makes_the_heads_of_the_days_before(
    django_capture_on_commit_callbacks,
):
    make_published()
    days_ago(1)
    assert days_due() == [TODAY - timedelta(days=1)]
    with django_capture_on_commit_callbacks(execute=True):
        make_published()
    assert days_due() == []
    [head] = PublishedHead.objects.all()
    assert head.publications == 1


def test_the_heads_are_there_to_be_kept(client, published):
    response = client.get(URL)
    assert response["Access-Control-Allow-Origin"] == "*"
    [head] = json.loads(response.content)["heads"]
    row = PublishedHead.objects.get()
    assert (head["day"], head["digest"]) == (row.day.isoformat(), row.digest)
    assert (
        client.get(URL, headers={"if-none-match": response["ETag"]}).status_code == 304
    )
    assert client.get(f"{URL}?days=3").status_code == 400
    feed = client.get("/corrections.atom").content.decode()
    assert f'title="{row.day} {row.digest}"' in feed
    assert f'href="http://testserver{URL}"' in feed


# --- What the heads show -----------------------------------------------------------

REWRITTEN = off(
    "publishedverdict",
    "UPDATE claims_publishedverdict SET summary = 'Forged.'",
    RECOMPUTE,
)
# Everything made to fit: the history rewritten, the head made of it once more.
REWRITTEN_WHOLE = [
    *REWRITTEN,
    "UPDATE claims_publicwords SET summary = 'Forged.'",
    *off(
        "change",
        """UPDATE claims_change c SET after = c.after
            || jsonb_build_object('summary', p.summary, 'digest', p.digest)
        FROM claims_publishedverdict p
        WHERE c."table" = 'publishedverdict' AND c.row = p.id""",
    ),
    "CREATE TEMPORARY TABLE kept ON COMMIT DROP AS"
    " SELECT day FROM claims_publishedhead",
    *off("publishedhead", "DELETE FROM claims_publishedhead"),
    """INSERT INTO claims_publishedhead (day, last_change, publications,
           publications_digest, changes, changes_digest, previous, digest, made_at)
       SELECT day, 0, 0, '', 0, '', '', '', now() FROM kept ORDER BY day""",
]
NAMED = {
    "the chain rewritten": (REWRITTEN, "publications up to"),
    "a publication deleted with its history": (
        [
            *off(
                "claim",
                "UPDATE claims_claim SET current_id = NULL",
            ),
            *off("publicclaim", "UPDATE claims_publicclaim SET current_id = NULL"),
            *off("publishedverdict", "DELETE FROM claims_publishedverdict"),
            *off(
                "change",
                "DELETE FROM claims_change WHERE \"table\" = 'publishedverdict'",
            ),
        ],
        "0 publications up to",
    ),
    "the history of a deleted row taken": (
        off(
            "change",
            "DELETE FROM claims_change WHERE \"table\" = 'verdict_contributors'",
        ),
        "the change history up to",
    ),
    "another actor in the history": (
        off("change", "UPDATE claims_change SET actor_id = 1"),
        "the change history up to",
    ),
    "a head edited": (
        off("publishedhead", "UPDATE claims_publishedhead SET publications = 5"),
        "was changed after it was made",
    ),
    "a head edited and its digest computed again": (
        off(
            "publishedhead",
            "UPDATE claims_publishedhead SET publications = 5",
            "UPDATE claims_publishedhead h SET digest = claims_head_digest(h)",
        ),
        "1 publications up to",
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_what_the_heads_do_not_agree_with_is_named(published, name):
    assert problems() == []
    statements, words = NAMED[name]
    sql(*statements)
    told = problems()
    assert any(words in problem and "heads: " in problem for problem in told), told


def test_a_copy_that_somebody_kept_shows_a_chain_rewritten_whole(
    client, published, tmp_path, capsys
):
    copy = tmp_path / "heads.json"
    copy.write_bytes(client.get(URL).content)
    call_command("check_integrity", heads=copy)
    sql(*REWRITTEN_WHOLE)
    # The control: by itself the database holds together again.
    assert problems() == []
    with pytest.raises(CommandError):
        call_command("check_integrity", heads=copy)
    told = capsys.readouterr().err
    assert (
        f"the head of {TODAY - timedelta(days=1)} that was kept is not the one" in told
    )
    assert "digest over publications" in told


def test_a_head_that_is_gone_from_the_database_is_named(published):
    copy = json.dumps([{"day": "2020-01-01", "digest": "x"}])
    assert compare_heads(copy) == [
        "heads: the head of 2020-01-01 that was kept is not here"
    ]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"heads": []}', "[3]"])
def test_a_file_without_heads_is_refused(published, tmp_path, text):
    file = tmp_path / "heads.json"
    file.write_text(text)
    with pytest.raises(CommandError, match="cannot be read as heads"):
        call_command("check_integrity", heads=file)
