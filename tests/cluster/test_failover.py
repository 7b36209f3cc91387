"""Readers and editors go on while a cluster under Patroni loses its primary."""

import os
import re
import secrets
from contextlib import contextmanager

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import override_settings

from claims.models import Change, PublicClaim
from factcheck.postgres.url import parse_databases
from tests.admin.annotate.desk import Desk
from tests.cluster.load import Browser, Load, Log
from tests.cluster.machine import (
    MISSING,
    PLACEHOLDER,
    SITE,
    TEMPLATES,
    Cluster,
    fill,
    values_of,
    values_of_node,
)
from tests.database.standby import until
from tests.database.test_pooler import PEOPLE, history_of, wrong_contributors
from tests.factories import make_article, make_speaker, make_user

# The whole form: LOAD_SECONDS=600 pytest -m long -n 0 -s tests/cluster
SECONDS = int(os.environ.get("LOAD_SECONDS", "150"))
READERS = int(os.environ.get("LOAD_READERS", "20"))
EDITORS = 4
ADDRESSES = (
    *("/", "/claims/", "/claims/?rating=false", "/claims/?q=harbour", "/speakers/"),
    *("/articles/", "/topics/", "/search/?q=council", "/corrections/", "/ratings/"),
    *("/claims.csv", "/claims.jsonl", "/sitemap.xml", "/data/", "/policy/"),
)


@pytest.mark.parametrize("template", sorted(path.name for path in TEMPLATES.iterdir()))
def test_each_file_of_the_cluster_is_filled_in_by_these_values(template, tmp_path):
    assert not PLACEHOLDER.search(
        fill(template, values_of_node(values_of(tmp_path), "b"))
    )


@contextmanager
def working_on(cluster):
    """Turn this process's connection to the cluster, as the owner of the tables."""
    environment = cluster.environment("desk.env", "owner.env")
    databases = parse_databases(
        {"DATABASE_URL": environment["DATABASE_OWNER_URL"]}, "unused"
    )
    before = connections.settings, connections[DEFAULT_DB_ALIAS]
    connections.settings = connections.configure_settings(databases)
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        connections.close_all()
        connections.settings, connections[DEFAULT_DB_ALIAS] = before


def make_database(cluster):
    """Make the roles, the tables and the demo's claims, as the README says."""
    node = cluster.primary()
    for name in ("desk_owner", "desk", "readers"):
        word = cluster.values[f"{name.removeprefix('desk_').upper()}_PASSWORD"]
        cluster.ask(node, f"CREATE ROLE {name} LOGIN PASSWORD '{word}'")
    cluster.ask(node, "CREATE DATABASE desk OWNER desk_owner")
    printed = cluster.manage("database_roles").stdout
    cluster.ask(node, printed.split("-- For the owner of the tables")[0], "desk")
    made = cluster.manage("demo", "--no-serve", FACTCHECK_DEBUG="1")
    assert made.returncode == 0, made.stderr
    checked = cluster.manage("check", "--deploy")
    assert "claims.W" not in checked.stderr


def casts(cluster):
    """Return for each editor at work: people, their desks over HTTP, a speaker."""
    people = {name: make_user("Editors", username=name) for name in PEOPLE}
    made = []
    for number in range(EDITORS):
        article, speaker = make_article(), make_speaker()
        desks = {}
        for name, user in people.items():
            desks[name] = Desk(article, user)
            signed_in = {
                key: each.value for key, each in desks[name].client.cookies.items()
            }
            desks[name].client = Browser(cluster.site, None, "editor", signed_in)
        names = [*PEOPLE[number:], *PEOPLE[:number]][:3]
        made.append((names, desks, speaker))
    return made


def head_of_a_file(cluster):
    """Return the headers of a static file, through whatever stands in front."""
    reader = Browser(cluster.site, Log(), "reader")
    page = reader.get("/").content.decode()
    return reader.get(re.search(r'href="(/static/[^"]+\.css)"', page)[1]).headers


def migrates(cluster, words):
    done = cluster.manage(*words, DJANGO_SETTINGS_MODULE="tests.cluster.live.settings")
    assert done.returncode == 0 or "due to lock timeout" in done.stderr, done.stderr
    return done.returncode == 0


def troubles_in_turn(cluster, load):
    """Let happen what happens to a cluster, a part of the time for each."""
    part = SECONDS / 10
    load.wait(part)

    # A replica lags: its replay is paused.
    lagging = cluster.replica("replica")
    cluster.ask(lagging, "SELECT pg_wal_replay_pause()")
    load.wait(2 * part)
    cluster.ask(lagging, "SELECT pg_wal_replay_resume()")
    load.wait(part / 2)

    # The machine of the primary dies; another is promoted, and it comes back.
    killed = cluster.primary()
    cluster.kill_node(killed)
    start = load.now()
    until(lambda: cluster.primary() not in (None, killed), "another leads", 120)
    promoted = load.now() - start
    load.wait(part)
    cluster.start_node(killed)
    until(lambda: cluster.roles().count("replica") == 2, "both follow again", 180)
    load.wait(part / 2)

    # PgBouncer is started anew.
    cluster.restart_pgbouncer()
    load.wait(part)

    # A migration runs, and is taken back; where it waits for a lock for too long it
    # gives way, and is run again.
    for arguments in (["migrate", "live"], ["migrate", "live", "zero"]):
        until(lambda words=arguments: migrates(cluster, words), "it is migrated", 180)
        load.wait(part)
    load.wait(max(0, SECONDS - load.now()))
    return {"killed": killed, "promoted after": round(promoted, 1)}


@pytest.mark.long
@pytest.mark.skipif(
    bool(MISSING), reason=f"not here: {', '.join(MISSING)}, as Debian packages them"
)
def test_nothing_is_lost_while_the_cluster_loses_its_primary(django_db_blocker):
    key = secrets.token_urlsafe(64)
    with (
        Cluster() as cluster,
        django_db_blocker.unblock(),
        working_on(cluster),
        override_settings(SECRET_KEY=key, ALLOWED_HOSTS=[SITE, "testserver"]),
    ):
        make_database(cluster)
        addresses = [
            *ADDRESSES,
            *(each.get_absolute_url() for each in PublicClaim.objects.listed()[:40]),
        ]
        cast = casts(cluster)
        cluster.start_web(key)
        assert "Content-Security-Policy" in head_of_a_file(cluster)
        before = Change.objects.order_by("-pk").values_list("pk", flat=True)[0]
        with Load(cluster.site, addresses, cast, readers=READERS) as load:
            told = troubles_in_turn(cluster, load)
        print(told)
        # It was to the primary that is none any more.
        connections.close_all()
        whole = [walk for walk in load.walks if walk.is_whole]
        history = list(history_of(load.walks, before))
        integrity = cluster.manage("check_integrity")
        print(f"{len(history)} rows of the history; check_integrity:", integrity.stdout)
        wrong = {
            "answers": load.log.errors(),
            "troubles": load.troubles,
            "lost": load.lost(),
            "names": [row for row in history if row[1] != row[2]],
            "contributors": wrong_contributors(whole),
        }
        assert {name: found for name, found in wrong.items() if found} == {}
        assert len(whole) > EDITORS
        assert integrity.returncode == 0, integrity.stderr
