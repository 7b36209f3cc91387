"""Who asks too often waits, and nobody can fill the memory."""

import pytest
from django.test import RequestFactory

from claims.http import token_bucket
from claims.http.token_bucket import TokenBuckets, reads_of


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_bucket_fills_again_at_an_even_pace():
    clock = Clock()
    buckets = TokenBuckets(clock)
    assert [buckets.wait_for("a", 3) for _asked in range(4)] == [0, 0, 0, 20]
    clock.now = 19.0
    assert buckets.wait_for("a", 3) == 1
    clock.now = 20.0
    assert buckets.wait_for("a", 3) == 0
    # Never more than a minute's.
    clock.now = 10_000.0
    assert [buckets.wait_for("a", 3) for _asked in range(4)] == [0, 0, 0, 20]


def test_each_network_has_a_bucket_of_its_own_and_without_a_limit_none_is_kept():
    buckets = TokenBuckets(Clock())
    assert [buckets.wait_for(name, 1) for name in ("a", "b", "a")] == [0, 0, 60]
    assert [buckets.wait_for("c", 0) for _asked in range(9)] == [0] * 9
    assert "c" not in buckets.buckets


def test_who_has_not_asked_for_longest_is_forgotten(monkeypatch):
    monkeypatch.setattr(token_bucket, "MOST_REMEMBERED", 2)
    buckets = TokenBuckets(Clock())
    for name in ("a", "b", "a", "c"):
        buckets.wait_for(name, 9)
    assert list(buckets.buckets) == ["a", "c"]


def test_a_long_question_counts_for_several_and_is_answered_by_a_full_bucket():
    clock = Clock()
    buckets = TokenBuckets(clock)
    assert [buckets.wait_for("a", 6, 4) for _asked in range(2)] == [0, 20]
    assert buckets.wait_for("a", 6, 2) == 0
    clock.now = 60.0
    assert [buckets.wait_for("a", 6, 99) for _asked in range(2)] == [0, 60]


@pytest.mark.parametrize(
    ("length", "query", "reads"),
    [("", "", 1), ("399", "", 1), ("400", "", 2), ("x", "", 1), ("-9", "q=" * 500, 3)],
)
def test_a_question_counts_by_its_length(length, query, reads):
    request = RequestFactory().get("/", QUERY_STRING=query)
    request.META["CONTENT_LENGTH"] = length
    assert reads_of(request) == reads
