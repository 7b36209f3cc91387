"""The OpenAPI document holds for every answer: schemathesis asks, validly or not."""

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

WHY = "schemathesis is not here: pip install -e '.[readers]'"
schemathesis = pytest.importorskip("schemathesis", reason=WHY)
checks = pytest.importorskip("schemathesis.specs.openapi.checks", reason=WHY)
# A slug that nobody has is refused, which no schema can tell.
UNTOLD = [checks.positive_data_acceptance]
MODES = list(schemathesis.GenerationMode)


@pytest.fixture
def asked(world, settings, db):
    settings.READS_A_MINUTE = 0
    settings.ALLOWED_HOSTS = ["*"]
    # The rows are seen on this connection alone: no answer may close it.
    ends = (request_started, request_finished)
    for each in ends:
        each.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    for each in ends:
        each.connect(close_old_connections)


def ask(schema, mode, examples):
    """Ask every operation so many times, and return how many there are."""
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=examples,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        def answered(case):
            case.call_and_validate(excluded_checks=UNTOLD)

        answered()
    return len(operations)


@pytest.mark.parametrize("mode", MODES)
def test_no_answer_is_another_than_the_document_tells(asked, mode):
    assert ask(asked, mode, 1) == 17


@pytest.mark.long
@pytest.mark.parametrize("mode", MODES)
def test_of_thousands_no_answer_is_another_than_the_document_tells(asked, mode):
    assert ask(asked, mode, 200) == 17
