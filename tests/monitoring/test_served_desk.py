"""What a desk under gunicorn tells its operator, and what it never tells."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote_plus
from urllib.request import urlopen

import pytest
from django.test import override_settings

from claims.management.commands.serve_metrics import serve
from tests.monitoring.conftest import PATIENCE

WORDS = "the tram to Velmora will be free"
SECRETS = [WORDS, quote_plus(WORDS), "Velmora"]
FORM = f"summary={quote_plus(WORDS)}".encode()
MANY = 200


def scrape(folder):
    """Return the figures as Prometheus is told them, by their names with labels."""
    with override_settings(METRICS=str(folder)):
        server, _thread = serve("127.0.0.1", 0)
        try:
            address = f"http://127.0.0.1:{server.server_port}/metrics"
            with urlopen(address, timeout=PATIENCE) as answer:
                text = answer.read().decode()
        finally:
            server.shutdown()
            server.server_close()
    rows = re.findall(r"^(\w+(?:\{[^}]*\})?) (\S+)$", text, re.M)
    return {name: float(value) for name, value in rows}


def test_each_request_is_one_line_without_what_was_asked(served):
    path = f"/claims/?q={quote_plus(WORDS)}"
    _status, headers, _body = served.ask(path, X_Request_ID="a-proxy.number_1")
    assert headers["X-Request-ID"] == "a-proxy.number_1"
    line = served.line("a-proxy.number_1")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/claims/", 200)
    assert (line["level"], line["user"]) == ("INFO", None)
    assert line["milliseconds"] > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z", line["time"])
    assert [word for word in SECRETS if word in served.log.read_text()] == []


@pytest.mark.parametrize("number", ["short", 'a"quoted one', "x" * 65])
def test_a_request_number_that_could_harm_a_log_is_replaced(served, number):
    headers = served.ask("/healthz", X_Request_ID=number)[1]
    assert re.fullmatch("[0-9a-f]{32}", headers["X-Request-ID"])


def test_an_error_is_logged_and_reported_by_its_place_alone(served):
    status, headers, _body = served.ask(f"/fail/?q={quote_plus(WORDS)}", FORM)
    assert status == 500
    line = served.line(headers["X-Request-ID"], "django.request")
    assert line["message"] == "Internal Server Error: /fail/"
    assert line["exception"]["class"] == "django.db.utils.DataError"
    assert line["exception"]["sqlstate"] == "22P02"
    assert any(place.endswith(" fail") for place in line["exception"]["places"])
    assert served.line(headers["X-Request-ID"])["status"] == 500
    report = served.reports.get(timeout=PATIENCE)
    assert "DataError" in report and "failing_urls" in report
    assert [word for word in SECRETS if word in report] == []
    assert [word for word in SECRETS if word in served.log.read_text()] == []


@pytest.mark.slow
@pytest.mark.django_db
def test_prometheus_is_told_what_all_processes_counted_together(served):
    name = 'factcheck_requests_total{method="GET",route="claims:robots",status="200"}'
    before, asked = scrape(served.metrics).get(name, 0), 0
    with ThreadPoolExecutor(8) as people:
        while asked < MANY and len(list(served.metrics.glob("counter_*.db"))) < 2:
            list(people.map(lambda _: served.ask("/robots.txt"), range(20)))
            asked += 20
    assert len(list(served.metrics.glob("counter_*.db"))) == 2
    served.ask("/no/such/page/")
    served.ask("/fail/", FORM)
    for probe in ("healthz", "readyz"):
        served.ask(f"/{probe}")
    told = scrape(served.metrics)
    assert told[name] == before + asked
    for probe in ("healthz", "readyz"):
        assert told[f'factcheck_request_seconds_count{{route="claims:{probe}"}}'] >= 1
    assert told['factcheck_request_seconds_count{route="claims:robots"}'] >= asked
    none = 'factcheck_requests_total{method="GET",route="none",status="404"}'
    assert told[none] == 1
    assert told['factcheck_database_errors_total{kind="DataError"}'] >= 1


def test_gunicorn_says_each_thing_once_and_as_json(served):
    lines = served.log.read_text().splitlines()
    assert len([line for line in lines if "Listening at" in line]) == 1
    assert [line for line in lines if not line.startswith("{")] == []


def test_figures_are_not_on_the_public_site(served):
    assert served.ask("/metrics")[0] == 404
