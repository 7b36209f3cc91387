"""Where a host gives one login: everything runs, and what is missing is said."""

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection, router

from claims.management.roles import give_rights
from claims.models import PublicClaim
from factcheck.database.owner import as_owner

pytestmark = pytest.mark.django_db


def test_there_are_no_rights_to_give():
    with pytest.raises(CommandError, match="Set DATABASE_OWNER_URL"):
        call_command("database_roles")
    assert not give_rights(connection)


def test_it_is_warned_of():
    numbers = [issue.id for issue in run_checks() if issue.id.startswith("claims.")]
    assert numbers == ["claims.W001", "claims.W002"]


def test_it_does_the_work_of_the_owner_and_of_the_public_role(client):
    before = connection.connection
    with as_owner():
        assert connection.connection is before
    read = []

    def note(execute, sql, params, many, context):
        read.append(router.db_for_read(PublicClaim))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert client.get("/claims/").status_code == 200
    assert set(read) == {"default"}
