"""The change feed: each change once, and a mirror that has in the end what is there."""

import html
import json
import random
import re
import threading
from importlib import import_module

import pytest
from django.db import connection, connections
from django.test import Client

from claims.api import changes
from claims.api.mirror import catch_up
from claims.api.records import KINDS, TOMBSTONE, records
from claims.desk import public_record
from claims.desk.merging import merge_speakers
from claims.desk.redaction import redact
from claims.desk.workflow import take_step
from claims.exceptions import Refused
from claims.forms.base import version_token
from claims.models import Claim, PublicChange, PublicClaim, Speaker, Topic, Verdict
from claims.models.choices import ClaimStatus, PublicChangeKind, VerdictStatus
from tests.factories import (
    make_article,
    make_claim,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
    retract,
    revise,
    withdraw,
)


def feed(since=0, **headers):
    response = Client().get(f"/changes.jsonl?since={since}", headers=headers)
    assert response.status_code == 200, response.content
    *lines, end = map(json.loads, response.content.decode().splitlines())
    return lines, end


def followed(monkeypatch, mirror=None):
    """Return a mirror that has followed the feed through the test client."""
    monkeypatch.setattr("claims.api.mirror.urlopen", opened)
    return catch_up({} if mirror is None else mirror, "")


class opened:  # noqa: N801 (stands for a function)
    """The answer to an address, as urlopen gives it."""

    def __init__(self, address):
        self.lines = Client().get(address).content.splitlines()

    def __enter__(self):
        return self.lines

    def __exit__(self, *_error):
        pass


def as_stored(site="http://testserver"):
    """Return what a mirror must have: records and tombstones from the database."""
    rows = PublicClaim.objects.order_by("pk")
    listed = list(rows.listed().values_list("pk", flat=True))
    gone = list(rows.filter(state="withdrawn").values_list("pk", flat=True))
    return {
        "claims": by_key(records(KINDS["claim"], listed, site=site)),
        "withdrawn": by_key(records(TOMBSTONE, gone, site=site)),
    }


def by_key(texts):
    return {str(json.loads(text)["id"]): json.loads(text) for text in texts}


def without_place(mirror):
    return {name: mirror[name] for name in ("claims", "withdrawn")}


@pytest.mark.django_db
def test_each_change_is_a_line_and_a_record_stands_at_the_newest_alone():
    verdict = make_verdict(status=VerdictStatus.PUBLISHED)
    other = withdraw(make_published(make_claim()).claim, reason="Not a statement.")
    lines, end = feed()
    assert [(line["kind"], line["claim"]) for line in lines] == [
        ("listed", verdict.claim_id),
        ("published", verdict.claim_id),
        ("listed", other.pk),
        ("published", other.pk),
        ("withdrawn", other.pk),
    ]
    assert [bool(line["record"]) for line in lines] == [False, True, *[False] * 3]
    assert lines[1]["record"]["verdict"]["rating"]["slug"] == "false"
    assert lines[-1]["withdrawn"]["reason"] == "Not a statement."
    assert [bool(line["withdrawn"]) for line in lines] == [*[False] * 4, True]
    assert end == {
        "since": 0,
        "next": 5,
        "newest": 5,
        "url": "http://testserver/changes.jsonl?since=5",
    }
    assert feed(since=5) == ([], end | {"since": 5})


@pytest.mark.django_db
def test_an_answer_is_bounded_and_says_where_to_go_on(monkeypatch):
    for _number in range(3):
        make_claim()
    monkeypatch.setattr(changes, "LINES", 2)
    lines, end = feed()
    assert ([line["number"] for line in lines], end["next"], end["newest"]) == (
        [1, 2],
        2,
        3,
    )
    assert without_place(followed(monkeypatch)) == as_stored()


@pytest.mark.django_db
def test_what_comes_between_two_statements_is_not_passed_over(monkeypatch):
    """The end of the feed is read together with its lines, not after them."""
    make_claim()
    statements = []

    def listen(execute, sql, params, many, context):
        if "publicchange" in sql:
            statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        text = changes.changes_after(1, site="", lines=9)
    assert json.loads(text)["next"] == 1
    assert len(statements) == 1
    assert statements[0].count("claims_changecounter") == 1


@pytest.mark.django_db
def test_the_tag_is_the_number_of_the_newest_change_and_an_old_one_costs_a_query(
    django_assert_num_queries,
):
    claim = make_claim()
    first = Client().get("/changes.jsonl?since=0")
    with django_assert_num_queries(1):
        same = Client().get(
            "/changes.jsonl?since=0", headers={"If-None-Match": first["ETag"]}
        )
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    public_record.note_change([claim.pk], PublicChangeKind.EDITED)
    with django_assert_num_queries(2):
        other = Client().get(
            "/changes.jsonl?since=0", headers={"If-None-Match": first["ETag"]}
        )
    assert other.status_code == 200
    assert other["ETag"] != first["ETag"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "status", "name"),
    [
        ("since=x", 400, "since"),
        ("since=-1", 400, "since"),
        ("since=", 400, "since"),
        ("since=9223372036854775808", 400, "since"),
        ("since=1&since=2", 400, "since"),
        ("since=1&until=2", 400, "until"),
        # Of a record that was put back to an earlier day.
        ("since=7", 410, "since"),
    ],
)
def test_a_senseless_number_is_refused_by_name(query, status, name):
    response = Client().get(f"/changes.jsonl?{query}")
    assert response.status_code == status
    assert list(response.json()["problems"]) == [name]


@pytest.mark.django_db
def test_words_that_are_redacted_reach_a_mirror(monkeypatch):
    publication = make_published(make_claim("Nobody was hurt"))
    mirror = followed(monkeypatch)
    assert "hurt" in json.dumps(mirror)
    redact(
        publication.claim.article,
        "Nobody was hurt",
        by=make_user("Editors"),
        approved_by=make_user("Editors"),
        reason="A court has ordered it.",
    )
    lines, _end = feed(mirror["since"])
    assert [line["kind"] for line in lines] == ["redacted"]
    followed(monkeypatch, mirror)
    assert "hurt" not in json.dumps(mirror)
    assert without_place(mirror) == as_stored()


def saved(client, thing, data):
    """Save a form of the desk's as an editor does."""
    address = f"/admin/claims/{thing._meta.model_name}/{thing.pk}/change/"
    return client.post(address, data | {"seen": version_token(thing)})


def change_outlet(claim, client):
    outlet = claim.article.outlet
    data = {
        "name": outlet.name,
        "slug": outlet.slug,
        "homepage": "https://post.example",
    }
    return saved(client, outlet, data)


def rename_topic(claim, client):
    topic = claim.topics.get()
    data = {"name": "Quays", "slug": "quays"}
    return saved(client, topic, data)


def describe_speaker(claim, client):
    speaker = claim.speaker
    data = {
        "name": speaker.name,
        "kind": speaker.kind,
        "slug": speaker.slug,
        "description": "Mayor of the harbour.",
        "wikidata_id": "",
        "roles-TOTAL_FORMS": 0,
        "roles-INITIAL_FORMS": 0,
        "picture-TOTAL_FORMS": 0,
        "picture-INITIAL_FORMS": 0,
        "aliases-TOTAL_FORMS": 0,
        "aliases-INITIAL_FORMS": 0,
    }
    return saved(client, speaker, data)


def say_again(claim, client):
    return make_claim("Nobody was hurt", article=claim.article, repeats=claim)


def withdraw_repetition(claim, client):
    again = Claim.objects.get(repeats=claim)
    return take_step("withdraw", again, by=make_user("Editors"), comment="Twice.")


BESIDE = [
    (change_outlet, "https://post.example"),
    (rename_topic, "Quays"),
    (describe_speaker, "Mayor of the harbour."),
    (say_again, '"times_said": 2'),
    (withdraw_repetition, '"times_said": 1'),
]


@pytest.mark.django_db
def test_what_stands_beside_a_claim_reaches_a_mirror_too(monkeypatch):
    claim = make_claim(topics=[make_topic("Docks")])
    make_published(claim)
    claim.refresh_from_db()
    client, mirror = Client(), {}
    client.force_login(make_user("Editors"))
    for change, told in BESIDE:
        followed(monkeypatch, mirror)
        done = change(claim, client)
        assert getattr(done, "status_code", 302) == 302, done.content.decode()
        followed(monkeypatch, mirror)
        assert told in json.dumps(mirror["claims"][str(claim.pk)]), change.__name__
        assert without_place(mirror) == as_stored()
    # The control: a change that is not numbered does not arrive.
    monkeypatch.setattr(public_record, "note_change", lambda *_a: None)
    Topic.objects.update(name="Quays again")
    public_record.note_code(0)
    assert without_place(followed(monkeypatch, mirror)) != as_stored()


@pytest.mark.django_db
def test_claims_from_before_changes_were_numbered_come_along(monkeypatch):
    make_claim()
    withdraw(make_published(make_claim()).claim)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("publicclaim", "publicchange"):
            cursor.execute(f"ALTER TABLE claims_{table} DISABLE TRIGGER USER")
        cursor.execute("UPDATE claims_publicclaim SET change_number = 0")
        cursor.execute("DELETE FROM claims_publicchange")
        for table in ("publicclaim", "publicchange"):
            cursor.execute(f"ALTER TABLE claims_{table} ENABLE TRIGGER USER")
    assert followed(monkeypatch)["claims"] == {}
    number = import_module("claims.migrations.0044_number_former_claims").NUMBER
    with connection.cursor() as cursor:
        cursor.execute(number)
    assert without_place(followed(monkeypatch)) == as_stored()


@pytest.mark.django_db
def test_the_client_that_the_page_shows_runs_as_it_is_pasted(monkeypatch):
    make_published(make_claim())
    withdraw(make_published(make_claim()).claim)
    page = Client().get("/api/").content.decode()
    (code,) = re.findall(r"<pre[^>]*><code[^>]*>(.*?)</code></pre>", page, re.DOTALL)
    monkeypatch.setattr("urllib.request.urlopen", opened)
    pasted = {}
    exec(html.unescape(code), pasted)  # noqa: S102
    assert without_place(pasted["mirror"]) == as_stored()


# --- A busy desk -----------------------------------------------------------------


class Writer:
    """Somebody at the desk who does one thing after the other, whatever comes first."""

    def __init__(self, number):
        self.chance = random.Random(number)
        self.author, self.editor = make_user("Reviewers"), make_user("Editors")
        article = make_article(headline=f"Busy day {number}")
        self.speakers = [make_speaker() for _n in range(3)]
        self.claims = [
            make_claim(article=article, speaker=speaker, status=ClaimStatus.DRAFT).pk
            for speaker in self.speakers
            for _n in range(2)
        ]
        self.done = []

    def work(self, steps):
        for _n in range(steps):
            act = self.chance.choice(ACTS)
            claim = Claim.objects.get(pk=self.chance.choice(self.claims))
            try:
                act(self, claim)
            except (Refused, Verdict.DoesNotExist):
                continue
            self.done.append(act.__name__)

    def list_it(self, claim):
        take_step("list", claim, by=self.editor)

    def publish(self, claim):
        if Verdict.objects.filter(claim=claim).exists():
            return self.correct(claim)
        return make_verdict(claim, author=self.author, status=VerdictStatus.PUBLISHED)

    def correct(self, claim):
        verdict = revise(claim.verdict, by=self.author)
        verdict.summary = f"Said more clearly, {self.chance.random()}."
        verdict.version += 1
        verdict.save()
        verdict = take_step("submit", verdict, by=self.author)
        take_step("publish", verdict, by=self.editor)

    def retract(self, claim):
        retract(claim.verdict)

    def withdraw(self, claim):
        if claim.current_id:
            withdraw(claim)
        else:
            take_step("withdraw", claim, by=self.editor, comment="No statement.")

    def rename(self, claim):
        speaker = claim.speaker
        speaker.name = f"Speaker {self.chance.random()}"
        speaker.save()
        public_record.write_speaker(speaker, PublicChangeKind.RENAMED)

    def merge(self, claim):
        others = [s for s in self.speakers if s.pk != claim.speaker_id]
        into = Speaker.objects.get(pk=self.chance.choice(others).pk)
        merge_speakers(claim.speaker, into, by=self.editor)


ACTS = [
    Writer.list_it,
    Writer.list_it,
    Writer.publish,
    Writer.correct,
    Writer.retract,
    Writer.withdraw,
    Writer.rename,
    Writer.merge,
]


def busy_days(live_server, writers, steps):
    """Let writers work while a mirror follows; return it and what was done."""
    people = [Writer(number) for number in range(writers)]
    failures, mirror, rounds = [], {}, 0

    def run(person):
        try:
            person.work(steps)
        except BaseException as error:  # noqa: BLE001  told to the test below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        catch_up(mirror, live_server.url)
        rounds += 1
    for thread in threads:
        thread.join()
    assert failures == []
    catch_up(mirror, live_server.url)
    return mirror, {name for person in people for name in person.done}, rounds


def check_mirror(mirror, live_server):
    stored = as_stored(live_server.url)
    assert without_place(mirror) == stored
    assert mirror["since"] == PublicChange.objects.count()
    # Who was away all the time gets the same.
    assert without_place(catch_up({}, live_server.url)) == stored


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_mirror_of_a_busy_desk_has_in_the_end_what_is_there(live_server, settings):
    settings.READS_A_MINUTE = 0
    mirror, _done, rounds = busy_days(live_server, writers=2, steps=12)
    assert rounds > 1
    check_mirror(mirror, live_server)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_mirror_of_a_desk_at_work_all_day_has_what_is_there(live_server, settings):
    settings.READS_A_MINUTE = 0
    mirror, done, rounds = busy_days(live_server, writers=4, steps=200)
    assert rounds > 10
    assert done == {act.__name__ for act in ACTS}
    check_mirror(mirror, live_server)
