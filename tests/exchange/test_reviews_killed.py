"""An import of published checks that is killed leaves nothing half."""

import os
import signal

import pytest
from django.core.management import call_command
from django.db import connection, connections

from claims.exchange.reviews import import_reviews
from claims.models import Article, Claim, Outlet, PublishedVerdict, Speaker
from tests.exchange.reviews_made import write_reviews
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 40


def import_in_a_process(path, user, *, killed_at=None):
    """Import a file in a process of its own, killed at its n-th statement; return how
    it ended."""
    pid = os.fork()
    if pid == 0:
        # The parent's connections stay the parent's: they are left open, unused.
        for each in connections.all(initialized_only=True):
            each.connection = None
        seen = 0

        def kill(execute, *query):
            nonlocal seen
            seen += 1
            if seen == killed_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*query)

        try:
            with connection.execute_wrapper(kill):
                import_reviews([path], by=user)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(pid, 0)[1]


def rows():
    models = (Claim, PublishedVerdict, Speaker, Outlet, Article)
    return [model.objects.count() for model in models]


def test_killed_at_any_statement_nothing_is_stored_and_a_second_run_stores_all(
    tmp_path,
):
    """The control is the last run: what is not killed has stored everything."""
    user = make_user("Editors")
    path = tmp_path / "checks.jsonl"
    write_reviews(path, COUNT, every_broken=0)
    empty = rows()
    for statement in (8, 20, 32):
        ended = import_in_a_process(path, user, killed_at=statement)
        assert os.WIFSIGNALED(ended), f"the import had only {statement} statements"
        assert os.WTERMSIG(ended) == signal.SIGKILL
        assert rows() == empty
    assert import_in_a_process(path, user) == 0
    assert PublishedVerdict.objects.count() == COUNT
    call_command("check_integrity", verbosity=0)
