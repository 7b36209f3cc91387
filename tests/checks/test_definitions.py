"""The definitions written down are those that the migrations make."""

import pytest

from claims.checks import definitions, privileges

pytestmark = pytest.mark.django_db


def test_the_definitions_written_down_are_those_of_a_migrated_database():
    """Otherwise run `manage.py migrate` and `check_integrity --record-definitions`."""
    assert definitions.found() == definitions.recorded()


def test_a_migrated_database_has_nothing_to_name():
    assert definitions.problems() == []
    assert privileges.problems() == []
