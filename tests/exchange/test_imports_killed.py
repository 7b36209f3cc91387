"""Imports of published checks and of articles that are killed leave nothing half."""

import os
import signal

import pytest
from django.core.management import call_command
from django.db import connection, connections

from claims.exchange.reviews import import_reviews
from claims.models import (
    Article,
    ArticleText,
    Claim,
    Outlet,
    PublishedVerdict,
    Span,
    Speaker,
)
from tests.exchange.reviews_made import write_reviews
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 40
SHORT, LONG = 3, 40
A_ROUND = 10  # kills, before a run that is left alone
NUMBERS = [SHORT, pytest.param(LONG, marks=pytest.mark.long)]
ARTICLE = """date 2026-05-04 Ferry {number} stops

The ferry number {number} stops in June, Mayor Ida Falk said on Monday.

“The pier of line {number} is unsafe,” Falk said.
"""


def in_a_process(task, *, killed_at=None):
    """Run a task in a process of its own, killed at its n-th statement; return whether
    it was."""
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
                task()
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitpid(pid, 0)[1]
    assert status in (0, signal.SIGKILL)
    return status == signal.SIGKILL


def rows():
    models = (Claim, PublishedVerdict, Speaker, Outlet, Article)
    return [model.objects.count() for model in models]


@pytest.mark.slow
@pytest.mark.parametrize("kills", NUMBERS)
def test_checks_killed_at_any_statement_are_not_there_and_a_second_run_stores_all(
    tmp_path, kills
):
    """The control is the last run: what is not killed has stored everything."""
    user = make_user("Editors")
    path = tmp_path / "checks.jsonl"
    write_reviews(path, COUNT, every_broken=0)
    empty = rows()

    def task():
        import_reviews([path], by=user)

    for kill in range(kills):
        statement = 1 + (kill * 11 + 7) % 32
        assert in_a_process(task, killed_at=statement), f"never came to {statement}"
        assert rows() == empty
    assert not in_a_process(task)
    assert PublishedVerdict.objects.count() == COUNT
    call_command("check_integrity", verbosity=0)


@pytest.mark.parametrize("kills", NUMBERS)
def test_articles_killed_at_any_statement_are_whole_and_a_second_run_adds_the_rest(
    tmp_path, kills
):
    done, made, statement = 0, 0, 5
    while done < kills:
        for _each in range(3):
            made += 1
            (tmp_path / f"{made}.txt").write_text(ARTICLE.format(number=made))

        def task():
            call_command("import_articles", str(tmp_path), verbosity=0)

        # Looking at what is here already takes as many statements once there is much.
        for _kill in range(A_ROUND):
            if not in_a_process(task, killed_at=statement):
                break
            done += 1
            statement = 1 + (statement + 12) % 70
            # Each is there with its text, and its claims with their marks.
            assert not Article.objects.filter(current_text=None).exists()
            assert not Claim.objects.filter(spans=None).exists()
        in_a_process(task)
        assert Article.objects.count() == ArticleText.objects.count() == made
        headlines = Article.objects.values_list("headline", flat=True).distinct()
        assert headlines.count() == made
        assert Claim.objects.count() >= made
        assert Span.objects.exists()
    assert done >= kills
    call_command("check_integrity", verbosity=0)
