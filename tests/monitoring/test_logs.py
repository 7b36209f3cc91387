import json
import logging
import sys

import pytest
from django.conf import settings
from django.test import Client

from factcheck.monitoring.logs import JSONFormatter
from tests.factories import make_user

WORDS = "the bridge at Orrin stays shut"


def record(message, *args, exc_info=None):
    return logging.LogRecord("x", logging.ERROR, "f.py", 1, message, args, exc_info)


def failed():
    try:
        raise ValueError(WORDS)
    except ValueError:
        return sys.exc_info()


def test_an_exception_is_named_without_what_it_says():
    failure = record("It failed: %s", failed()[1], exc_info=failed())
    line = JSONFormatter().format(failure)
    assert WORDS not in line
    assert json.loads(line)["message"] == "It failed: ValueError"
    assert json.loads(line)["exception"]["class"] == "ValueError"
    # The plain form says all, which is why it is for a machine of one's own.
    assert WORDS in logging.Formatter().format(failure)


def test_a_server_that_is_away_is_told_of_in_its_first_line():
    away = ConnectionRefusedError("refused\nDETAIL: a row")
    line = json.loads(JSONFormatter().format(record("Away: %s", away)))
    assert line["message"] == "Away: ConnectionRefusedError: refused"


@pytest.mark.parametrize("message", ["%d rows", "50 % of all", "/a/?q=free tram"])
def test_a_message_always_becomes_one_line(message):
    line = JSONFormatter().format(record(message, "a\nb"))
    assert "\n" not in line and json.loads(line)["level"] == "ERROR"


@pytest.mark.django_db
def test_a_line_names_the_person_by_number_and_ends_with_the_file(caplog, settings):
    settings.MIDDLEWARE = ["factcheck.monitoring.logs.RequestLog", *settings.MIDDLEWARE]
    user = make_user("Editors")
    client = Client()
    client.force_login(user)
    with caplog.at_level(logging.INFO, "factcheck.requests"):
        client.get("/admin/")
        assert caplog.records[-1].of_request["user"] == user.pk
        caplog.clear()
        answer = client.get("/claims.csv")
        assert answer.streaming and caplog.records == []
        b"".join(answer.streaming_content)
        answer.close()
    assert caplog.records[-1].of_request["path"] == "/claims.csv"


def test_logs_are_plain_and_nothing_is_sent_unless_asked_for():
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "plain"
    assert settings.METRICS == settings.ERRORS == ""
    assert not [name for name in settings.MIDDLEWARE if "monitoring" in name]
