"""Behind a transaction pooler, where each transaction may meet another session."""

import re
import threading
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.postgresql import base
from psycopg.errors import InvalidCursorName

from claims.models import Change, Claim, Rating, Topic, Verdict
from factcheck.database.base import DatabaseWrapper
from tests.admin.annotate.desk import Desk
from tests.database.pooler import PGBOUNCER, pooler, through
from tests.factories import make_article, make_speaker, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        PGBOUNCER is None,
        reason="no PgBouncer here: install Debian's package pgbouncer",
    ),
]
THREADS = 8
PEOPLE = ("ann", "ben", "eda", "rey")
WORDS = "The harbour will open in May"


class Walk:
    """A claim on its way to its verdict: by an author, a second, and a publisher."""

    def __init__(self, number, people, desks, speaker):
        self.number, self.speaker = number, speaker
        self.author, self.second, self.publisher = people
        self.desks = desks

    def go(self):
        """Take each step as another person, in requests that follow each other."""
        author, second = self.desks[self.author], self.desks[self.second]
        publisher = self.desks[self.publisher]
        made = author.create(
            author.mark(WORDS),
            speaker=self.speaker.pk,
            wording=f"{WORDS}, {self.author} {self.letters}.",
        )
        self.claim = done(made, 201).json()["claim"]["id"]
        self.reword(second, "before")
        done(publisher.step(self.row(), "list"))
        url = done(author.post(f"claims/{self.claim}/verdict/")).json()["url"]
        done(author.client.post(url, self.verdict_form()), 302)
        self.reword(second, "after")
        self.step(author, "submit")
        self.step(publisher, "publish")
        csv = done(second.client.get(f"/claims.csv?speaker={self.speaker.slug}"))
        assert f"{self.letters} after.".encode() in csv.getvalue()

    @property
    def letters(self):
        """The number in letters: one in figures would be asked about."""
        return "".join("abcdefghij"[int(digit)] for digit in str(self.number))

    def row(self):
        return Claim.objects.get(pk=self.claim)

    def reword(self, desk, when):
        wording = f"{WORDS}, {self.second} {self.letters} {when}."
        done(desk.change(self.row(), fields={"wording": wording}))

    def step(self, desk, name):
        verdict = Verdict.objects.get(claim=self.claim)
        address = f"/admin/claims/verdict/{verdict.pk}/"
        data = {"version": verdict.version}
        if name == "publish":
            shown = done(desk.client.get(f"{address}approve/")).content.decode()
            data["seen"] = re.search(r'name="seen" value="(\w+)"', shown)[1]
        done(desk.client.post(f"{address}step/{name}/", data), 302)

    def verdict_form(self):
        return {
            "seen": "1",
            "finding": "confirmed",
            "rating": Rating.objects.get(slug="false").pk,
            "summary": f"{self.author} found otherwise.",
            "how_verified": "Read the minutes.",
            "not_asked_reason": "The minutes leave no question open.",
            "evidence-TOTAL_FORMS": "1",
            "evidence-INITIAL_FORMS": "0",
            "evidence-0-title": "Minutes",
            "evidence-0-url": "https://council.example/minutes",
            "evidence-0-stance": "contradicts",
            "evidence-0-order": "0",
        }

    def doer_of(self, change):
        """Return who has to stand behind a row of the history."""
        before, after = change.before or {}, change.after
        if change.table == "publishedverdict" or after.get("status") == "published":
            return self.publisher
        if change.table != "claim" or not before:
            return self.author
        if before["wording"] != after["wording"]:
            return self.second
        listed = before["status"] != after["status"]
        shown = before["current_id"] != after["current_id"]
        return self.publisher if listed or shown else self.author


def done(response, status=200):
    assert response.status_code == status, response.content.decode()[-2000:]
    return response


def walks_in_threads(settings, count):
    """Let eight threads walk, each as all four people; return walks and troubles."""
    people = {name: make_user("Editors", username=name) for name in PEOPLE}
    casts = list(permutations(PEOPLE, 3))
    walks, shares = [], []
    for thread in range(THREADS):
        article, speaker = make_article(), make_speaker()
        desks = {name: Desk(article, user) for name, user in people.items()}
        numbers = range(thread, count, THREADS)
        shares.append(
            [Walk(n, casts[n * 5 % len(casts)], desks, speaker) for n in numbers]
        )
        walks += shares[-1]
    troubles = in_threads(settings, [run_all(share) for share in shares])
    return walks, troubles


def run_all(walks):
    def run():
        for walk in walks:
            walk.go()

    return run


def in_threads(settings, tasks):
    """Run each task in a thread with a connection through the pooler."""
    troubles = []

    def run(task):
        connections["default"] = through(settings)
        try:
            task()
        except BaseException as error:  # noqa: BLE001  told to the test
            troubles.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    return troubles


def history_of(walks, since):
    """Return (row of the history, name that it bears, name that it should)."""
    of_claim = {walk.claim: walk for walk in walks if hasattr(walk, "claim")}
    of_verdict = dict(Verdict.objects.values_list("pk", "claim"))
    tables = ["claim", "span", "verdict", "evidence", "publishedverdict"]
    rows = Change.objects.filter(pk__gt=since, table__in=tables)
    for change in rows.select_related("actor"):
        after = change.after
        claim = change.row if change.table == "claim" else after.get("claim_id")
        if claim is None:
            claim = of_verdict[after["verdict_id"]]
        named = change.actor.username if change.actor else None
        if claim in of_claim:
            yield change, named, of_claim[claim].doer_of(change)


def wrong_contributors(walks):
    wrong = []
    for walk in walks:
        verdict = Verdict.objects.filter(claim=getattr(walk, "claim", 0)).first()
        if verdict is not None:
            names = verdict.contributors.values_list("username", flat=True)
            if set(names) != {walk.author, walk.second}:
                wrong.append((walk.number, set(names)))
    return wrong


def behind_the_pooler(walks):
    """Walk; return troubles, rows of the history, those that name another, and the
    contributor lists that do."""
    last = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with pooler() as settings:
        gone, troubles = walks_in_threads(settings, walks)
    rows = list(history_of(gone, last))
    wrong = [(change.table, named, doer) for change, named, doer in rows]
    wrong = [each for each in wrong if each[1] != each[2]]
    return troubles, rows, wrong, wrong_contributors(gone)


def assert_nobody_is_named_for_another(walks, least):
    troubles, rows, wrong, contributors = behind_the_pooler(walks)
    assert troubles == []
    assert len(rows) >= least
    assert (wrong, contributors) == ([], [])
    assert {named for _change, named, _doer in rows} == set(PEOPLE)


@pytest.mark.slow
def test_no_row_of_the_history_names_another():
    assert_nobody_is_named_for_another(walks=4, least=50)


@pytest.mark.long
def test_no_row_of_a_long_history_names_another():
    assert_nobody_is_named_for_another(walks=96, least=1_200)


@pytest.mark.slow
def test_set_for_the_session_the_history_does_name_others(monkeypatch):
    """The control: a session goes to whoever comes next."""

    @contextmanager
    def for_the_session(self, name, value):
        sql = "SELECT current_setting(%s, true), set_config(%s, %s, false)"
        with self.cursor() as cursor:
            cursor.execute(sql, [name, name, value])
            before = cursor.fetchone()[0]
        try:
            yield
        finally:
            if not self.needs_rollback:
                with self.cursor() as cursor:
                    cursor.execute(sql, [name, name, before or ""])

    monkeypatch.setattr(DatabaseWrapper, "transaction_setting", for_the_session)
    _troubles, _rows, wrong, _contributors = behind_the_pooler(walks=8)
    assert wrong != []


# --- Cursors -------------------------------------------------------------------------


def read_with_another_between():
    """Read rows one by one, while another takes the session that gave the first."""
    Topic.objects.bulk_create(Topic(name=str(n), slug=str(n)) for n in range(3))
    read = []

    def reader():
        rows = Topic.objects.iterator(chunk_size=1)
        read.append(next(rows))
        mine.set()
        assert taken.wait(60)
        try:
            read.extend(rows)
        finally:
            over.set()

    def other():
        assert mine.wait(60)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            taken.set()
            assert over.wait(60)

    mine, taken, over = (threading.Event() for _ in range(3))
    with pooler() as settings:
        troubles = in_threads(settings, [reader, other])
    return len(read), troubles


def test_rows_read_one_by_one_need_no_session():
    assert read_with_another_between() == (3, [])


def test_a_cursor_that_outlives_its_transaction_is_lost(monkeypatch):
    """The control: Django's own cursor for reading in pieces."""
    django = base.DatabaseWrapper.chunked_cursor
    monkeypatch.setattr(DatabaseWrapper, "chunked_cursor", django)
    count, troubles = read_with_another_between()
    assert (count, [type(each) for each in troubles]) == (1, [InvalidCursorName])


# --- Prepared statements, locks, settings --------------------------------------------


def ask_again_with_another_between(**options):
    """Ask the same twice, while another takes the session that was asked first."""
    with pooler() as settings:
        mine, other = (
            DatabaseWrapper(settings | {"OPTIONS": options}, "default") for _n in "12"
        )
        try:
            with mine.cursor() as cursor:
                cursor.execute("SELECT 1")
            other.set_autocommit(False)
            with other.cursor() as cursor:
                cursor.execute("SELECT 2")
            with mine.cursor() as cursor:
                cursor.execute("SELECT 1")
                return cursor.fetchone()[0]
        finally:
            mine.close()
            other.close()


def test_no_statement_is_prepared_for_a_session():
    assert ask_again_with_another_between() == 1


def test_a_prepared_statement_is_not_there_in_another_session():
    """The control: what two options do that Django leaves off."""
    with pytest.raises(DatabaseError, match="prepared statement"):
        ask_again_with_another_between(server_side_binding=True, prepare_threshold=0)


# What outlives its transaction, and then belongs to whoever comes next.
OF_A_SESSION = re.compile(
    r"pg_(?:try_)?advisory_lock|CURSOR WITH HOLD|\bLISTEN \w|CREATE TEMP"
    r"|[\"\']SET (?!LOCAL |TRANSACTION |CONSTRAINTS )\w|[\"\']PREPARE "
)
# The benchmark has databases of its own, a backup is written for other programs, and
# what gives roles their rights closes its connection afterwards.
APART = {"migrations", "benchmark", "backups.py", "roles.py"}


def test_nothing_is_asked_that_outlives_its_transaction():
    root = Path(settings.BASE_DIR)
    files = [*root.glob("claims/**/*.py"), *root.glob("factcheck/**/*.py")]
    found = [
        (path.name, line.strip())
        for path in files
        if not APART & set(path.parts)
        for line in path.read_text(encoding="utf-8").splitlines()
        if OF_A_SESSION.search(line)
    ]
    assert found == []
    for bad in ('"SET statement_timeout = 0"', "SELECT pg_advisory_lock(1)"):
        assert OF_A_SESSION.search(bad)
