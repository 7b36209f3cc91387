"""DATABASE_URL, understood or refused."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck.postgres.url import parse_database_url, parse_databases


def test_without_a_url_the_embedded_server_is_chosen_with_a_login_for_each_role():
    databases = parse_databases({}, Path("/data/pg"))
    users = {alias: database.pop("USER") for alias, database in databases.items()}
    assert users == {
        "default": "factcheck_app",
        "owner": "factcheck",
        "public": "factcheck_public",
    }
    assert (
        list(databases.values())
        == [
            {
                "ENGINE": "factcheck.postgres",
                "NAME": "factcheck",
                "DATA_FOLDER": Path("/data/pg"),
            }
        ]
        * 3
    )


@pytest.mark.parametrize(
    ("owner", "public", "users"),
    [
        ("", "", {"default": "app"}),
        ("postgresql://own@h/d", "", {"default": "app", "owner": "own"}),
        (
            "postgresql://own@h/d",
            " postgresql://readers@h/d",
            {"default": "app", "owner": "own", "public": "readers"},
        ),
        # The same role twice is one role.
        ("postgresql://app@h/d", "postgresql://app@h/d", {"default": "app"}),
    ],
)
def test_each_url_is_the_login_of_a_role(owner, public, users):
    databases = parse_databases(
        {
            "DATABASE_URL": "postgresql://app@h/d",
            "DATABASE_OWNER_URL": owner,
            "DATABASE_PUBLIC_URL": public,
        },
        "unused",
    )
    assert {alias: each["USER"] for alias, each in databases.items()} == users


@pytest.mark.parametrize(
    "variable", ["DATABASE_OWNER_URL", "DATABASE_PUBLIC_URL", "DATABASE_REPLICA_URLS"]
)
def test_a_login_to_a_server_beside_the_embedded_one_is_refused(variable):
    with pytest.raises(ImproperlyConfigured, match=f"{variable} is set and"):
        parse_databases({variable: "postgresql://a@h/d"}, "unused")


def replicas(urls, **others):
    given = {"DATABASE_URL": "postgresql://app@h/d", "DATABASE_REPLICA_URLS": urls}
    return parse_databases(given | others, "unused")


@pytest.mark.parametrize("between", [",", " ", ",\n  "])
def test_replicas_are_logins_of_whoever_reads_public_pages(between):
    urls = ("postgresql://readers@one,two:6/d", "postgres://readers@three/d?a=b")
    public = "postgresql://readers@h/d"
    databases = replicas(between.join(urls), DATABASE_PUBLIC_URL=public)
    assert list(databases) == ["default", "public", "replica_1", "replica_2"]
    assert databases["replica_1"]["HOST"] == "one,two"
    assert databases["replica_2"]["OPTIONS"] == {"a": "b", "connect_timeout": "2"}
    # Without a public login, the application's.
    assert "replica_1" in replicas("postgresql://app@one/d")


def test_a_replica_that_would_show_readers_more_is_refused():
    with pytest.raises(ImproperlyConfigured, match="replica 2 logs in as another"):
        replicas(
            "postgresql://readers@one/d,postgresql://app:hunter2@two/d",
            DATABASE_PUBLIC_URL="postgresql://readers@h/d",
        )


def test_of_several_logins_each_names_its_role():
    urls = {
        "DATABASE_URL": "postgresql:///d",
        "DATABASE_OWNER_URL": "postgresql://owner@/d",
    }
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL names no user"):
        parse_databases(urls, "unused")
    # The control: a single one need not.
    assert parse_databases({"DATABASE_URL": "postgresql:///d"}, "unused")


def test_a_bad_url_is_named_by_its_variable():
    urls = {
        "DATABASE_URL": "postgresql://a@h/d",
        "DATABASE_PUBLIC_URL": "mysql://a:hunter2@h/d",
    }
    with pytest.raises(ImproperlyConfigured, match="DATABASE_PUBLIC_URL cannot"):
        parse_databases(urls, "unused")


def test_a_url_becomes_djangos_settings():
    assert parse_database_url("postgresql://desk:secret@db.example:5433/facts") == {
        "ENGINE": "factcheck.database",
        "NAME": "facts",
        "USER": "desk",
        "PASSWORD": "secret",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


@pytest.mark.parametrize(
    ("url", "key", "value"),
    [
        ("postgres://h/d", "NAME", "d"),
        ("postgres://h/d", "PORT", ""),
        ("postgres://a%40b:p%2F%23%3A%25@h/d", "USER", "a@b"),
        ("postgres://a%40b:p%2F%23%3A%25@h/d", "PASSWORD", "p/#:%"),
        ("postgres://a:p@q@h/d", "PASSWORD", "p@q"),
        ("postgres://h/d%20e", "NAME", "d e"),
        ("postgres://[::1]:5433/d", "HOST", "::1"),
        ("postgres://%2Frun%2FPg/d", "HOST", "/run/Pg"),
        ("postgres:///d?host=/run/pg", "OPTIONS", {"host": "/run/pg"}),
        (
            "postgres://h/d?sslmode=verify-full&options=-c%20a%3Db",
            "OPTIONS",
            {"sslmode": "verify-full", "options": "-c a=b"},
        ),
        ("  postgres://h/d\n", "NAME", "d"),
        # Several hosts, of which the driver takes the first that will do.
        ("postgres://a:p@one:5433,two/d", "HOST", "one,two"),
        ("postgres://a:p@one:5433,two/d", "PORT", "5433,5432"),
        ("postgres://a:p@one,two/d", "PORT", ""),
        ("postgres://[::1]:5433,%2Frun%2FPg:5434/d", "HOST", "::1,/run/Pg"),
        (
            "postgres://one,two/d?target_session_attrs=primary",
            "OPTIONS",
            {"target_session_attrs": "primary"},
        ),
        ("postgres:///d?host=one,two", "OPTIONS", {"host": "one,two"}),
    ],
)
def test_each_part_of_a_url_arrives(url, key, value):
    assert parse_database_url(url)[key] == value


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://a:hunter2@h/d", "does not start with postgresql://"),
        ("hunter2", "does not start with postgresql://"),
        ("postgres://a:hunter2@h", "name of the database is missing"),
        ("postgres://a:hunter2@h/", "name of the database is missing"),
        ("postgres://a:hunter2@h/d/e", "not percent-encoded"),
        ("postgres://a:hunter2#x@h/d", "not percent-encoded"),
        ("postgres://a:hunter2/x@h/d", "not percent-encoded"),
        ("postgres://a:hunter2@h:port/d", "port"),
        ("postgres://a:hunter2@h:70000/d", "port"),
        ("postgres://a:hunter2@h,i:port/d", "port"),
        ("postgres://a:hunter2@[h/d", "not percent-encoded"),
        ("postgres://a:hunter2@h/d?sslmode", "query string is not valid"),
    ],
)
def test_a_bad_url_is_refused_without_showing_its_password(url, reason):
    with pytest.raises(ImproperlyConfigured) as refusal:
        parse_database_url(url)
    assert reason in str(refusal.value)
    assert "hunter2" not in str(refusal.value)
    # Not in the chained error either, which a traceback would print.
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


def test_choosing_a_database_loads_no_backend():
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, factcheck.postgres.url as u; u.parse_databases({}, 'x');"
            "print([m for m in sys.modules if m.startswith(('django.db', 'psycopg'))])",
        ],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip() == "[]"
