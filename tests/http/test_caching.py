"""What caches may keep: a tag that changes with all a page shows, and no cookie."""

import hashlib
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from claims.database_roles import PUBLIC
from claims.desk.heads import publish_heads
from claims.desk.relations import confirm, suggest
from claims.http import caching
from claims.http.release import digest_of
from claims.models import (
    Article,
    Outlet,
    Rating,
    ReaderReport,
    Redaction,
    Speaker,
    SpeakerAlias,
    SpeakerRole,
    Topic,
)
from claims.models.choices import ClaimStatus, RelationKind
from tests.factories import (
    make_claim,
    make_page,
    make_picture,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
    retract,
    withdraw,
)
from tests.views.test_claim_page import correct
from tests.views.test_visibility import samples

# Written together with a number of the change counter, or in its own transaction by
# triggers of tables that are.
NUMBERED = {
    "claims_changecounter",
    "claims_publicchange",
    "claims_publicclaim",
    "claims_publicwords",
    "claims_publishedverdict",
    "claims_publishedfile",
    "claims_facetcount",
    "claims_lexemecount",
}
# They follow a table that is noted: texts an article, names and slugs a speaker, the
# history of the scale a rating; files are handed out under tags of their own.
FOLLOWING = {
    "claims_articletext",
    "claims_speakername",
    "claims_formerslug",
    "claims_change",
    "claims_evidencefile",
}
NEVER_KEPT = (
    "healthz",
    "readyz",
    "check/",
    "report/<uslug:token>/",
    "report/",
    "follow/",
    "follow/confirm/<uslug:token>/",
    "follow/leave/<uslug:token>/",
    "reply/<uslug:token>/",
    "api/match",
    "mcp",
)
# Tagged by what they hold, and asked for by it.
OF_THEIR_OWN = (
    "evidence/",
    "pictures/",
    "data/files/",
    "claims/<int:pk>/card.png",
    "claims/<int:pk>/card-",
)


@pytest.fixture(scope="module")
def claim(module_db):
    """A claim corrected once, and what stands around it."""
    topic = make_topic("Harbours")
    made = make_published(make_claim(topics=[topic], wording="The ferry stops."))
    correct(made.claim, summary="It stops in June.")
    make_claim(speaker=made.claim.speaker, wording="The ferry goes on.")
    make_page()
    connection.check_constraints()
    return made.claim


def body(response):
    return response.getvalue() if response.streaming else response.content


def addresses(claim, routes=None):
    """Return the addresses of pages, files and answers that caches may keep."""
    return [
        f"/{path}"
        for route, paths in samples(claim).items()
        if (routes is None or route in routes)
        and route not in NEVER_KEPT
        and not route.startswith(OF_THEIR_OWN)
        for path in paths
    ]


def seen(paths):
    """Return tag and content of each page that is answered by 200."""
    found = {}
    for path in paths:
        response = Client().get(path)
        if response.status_code == 200:
            found[path] = response["ETag"], hashlib.md5(body(response)).hexdigest()  # noqa: S324
    return found


# --- Each kind of change --------------------------------------------------------------


def confirm_contradiction(claim):
    by = make_user("Editors")
    other = make_claim(speaker=claim.speaker)
    confirm(suggest(RelationKind.CONTRADICTS, other, claim, by=by), by=by)


def redact(claim):
    one, other = make_user("Editors"), make_user("Editors")
    Redaction.objects.create(
        article=claim.article, reason="Asked by a court.", by=one, approved_by=other
    )


def make_head(_claim):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE claims_publishedverdict DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE claims_change DISABLE TRIGGER USER")
        for table, column in (("publishedverdict", "published_at"), ("change", "at")):
            cursor.execute(
                f"UPDATE claims_{table} SET {column} = {column} - interval '3 days'"
            )
        cursor.execute("ALTER TABLE claims_publishedverdict ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE claims_change ENABLE TRIGGER USER")
    assert publish_heads()


def updated(model, unused=None, **values):
    """Return a change of rows of a model by SQL alone, past every door."""
    return lambda _claim: model.objects.filter(**(unused or {})).update(**values)


CHANGES = {
    "a claim listed": lambda _claim: make_claim(),
    "a verdict published": lambda _claim: make_published(),
    "a verdict corrected": lambda claim: correct(claim, summary="No, in July."),
    "a verdict retracted": lambda claim: retract(claim.verdict),
    "a claim withdrawn": lambda claim: withdraw(claim),
    "a speaker described": updated(Speaker, description="Since 2020."),
    "a speaker also called": lambda claim: SpeakerAlias.objects.create(
        speaker=claim.speaker, name="The Old Salt"
    ),
    "an office": lambda claim: SpeakerRole.objects.create(
        speaker=claim.speaker, title="Harbour master"
    ),
    "a picture": lambda claim: make_picture(claim.speaker),
    "an outlet's address": updated(Outlet, homepage="https://post.example/new"),
    "a headline": updated(Article, byline="Mara Ilves"),
    "a topic renamed": updated(Topic, name="Ports"),
    "a rating defined anew": updated(
        Rating, {"slug": "mixed"}, definition="Otherwise."
    ),
    "a page about the desk": lambda _claim: make_page("methodology", body="So."),
    "a head": make_head,
    "a redaction": redact,
    "a contradiction": confirm_contradiction,
}
# Where each of these shows, or a list of everything.
FEW = {
    "", "claims/<int:pk>-<uslug:slug>/", "speakers/<uslug:slug>/", "topics/",
    "ratings/", "articles/<int:pk>-<uslug:slug>/", "outlets/<uslug:slug>.json",
    "about/",
    "corrections.atom", "corrections/heads.json", "speakers/<uslug:slug>.json",
    "speakers/<uslug:slug>/contradictions/",
}  # fmt: skip


@pytest.fixture(scope="module")
def before(claim):
    """What the few pages say before anything changes."""
    return seen(addresses(claim, FEW))


def stale(claim, change, before):
    """Return which pages a change shows on, and which of them kept their tag."""
    with transaction.atomic():
        # All tests are one transaction, in which the rows of all were noted once.
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('claims.page_noted', '', true)")
        CHANGES[change](claim)
        # As at the end of a transaction.
        connection.check_constraints()
        after = seen(before)
        transaction.set_rollback(True)
    # An archive tells when it was made.
    both = [path for path in before if path in after and ".zip" not in path]
    shown = [path for path in both if before[path][1] != after[path][1]]
    return shown, [path for path in shown if before[path][0] == after[path][0]]


@pytest.mark.parametrize("change", CHANGES)
def test_no_page_keeps_its_tag_when_it_shows_something_else(claim, before, db, change):
    shown, kept = stale(claim, change, before)
    assert shown and not kept


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_nor_does_any_other_address(claim, db, change):
    shown, kept = stale(claim, change, seen(addresses(claim)))
    assert shown and not kept


@pytest.mark.parametrize(
    ("table", "change"),
    [("rating", "a rating defined anew"), ("topic", "a topic renamed")],
)
def test_the_test_above_would_find_a_table_that_nothing_notes(
    claim, before, db, table, change
):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE claims_{table} DISABLE TRIGGER note_page")
    shown, kept = stale(claim, change, before)
    assert kept == shown


def test_whatever_readers_may_read_is_numbered_or_noted(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'note_page'"
        )
        noted = {name for (name,) in cursor.fetchall()}
    assert noted == set(PUBLIC) - NUMBERED - FOLLOWING
    assert not noted & (NUMBERED | FOLLOWING)


def test_work_that_no_reader_sees_changes_no_tag(claim, before, db):
    draft = make_claim(
        speaker=make_speaker("Nobody Yet", aliases=["Anon"]),
        topics=[make_topic("Secret")],
        status=ClaimStatus.DRAFT,
    )
    make_verdict(draft)
    Topic.objects.filter(name="Secret").update(name="More secret")
    by = make_user("Editors")
    suggest(RelationKind.CONTRADICTS, draft, claim, by=by)
    make_page("people", published=False)
    connection.check_constraints()
    assert seen(before) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LANGUAGE_CODE", "tr"),
        ("READS_A_MINUTE", 7),
        ("FACTCHECK", {"NAME": "The Other Desk"}),
        ("FACTCHECK", {"COLOURS": {"accent": "#7a1f2b"}}),
        ("FACTCHECK", {"URL": "https://desk.example"}),
    ],
)
def test_a_setting_that_shows_changes_the_tag(client, db, settings, name, value):
    before = client.get("/api/")["ETag"]
    if isinstance(value, dict):
        value = settings.FACTCHECK | value
    setattr(settings, name, value)
    assert client.get("/api/")["ETag"] != before


def test_a_deployment_changes_the_tag_and_a_copy_of_it_does_not(tmp_path):
    digests = []
    for number, words in enumerate(("one", "one", "two")):
        folder = tmp_path / str(number) / "templates"
        folder.mkdir(parents=True)
        (folder / "home.html").write_text(words)
        digests.append(digest_of(folder.parent))
    assert digests[0] == digests[1] != digests[2]


def test_figures_of_the_day_are_told_anew_the_next_day(client, claim, db, monkeypatch):
    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=1)

    before = {path: client.get(path)["ETag"] for path in ("/audit/", "/compliance/")}
    assert all(client.get(path)["ETag"] == before[path] for path in before)
    monkeypatch.setattr(caching, "datetime", Tomorrow)
    assert all(client.get(path)["ETag"] != before[path] for path in before)


def test_a_report_shows_in_the_figures_alone(client, claim, db):
    home, figures = client.get("/")["ETag"], client.get("/compliance/")["ETag"]
    ReaderReport.objects.create(kind="error", message="The buoy.", sender="x")
    connection.check_constraints()
    assert client.get("/")["ETag"] == home
    assert client.get("/compliance/")["ETag"] != figures


# --- What is answered -----------------------------------------------------------------


# One of each sort of answer; every address in the slow form.
SORTS = {
    "", "claims/<int:pk>/", "claims/<int:pk>-<uslug:slug>/", "claims.csv",
    "claims.atom", "claims.zip", "claimreview.json", "changes.jsonl", "compliance/",
    "api/openapi.json", "robots.txt", "desk.css", "favicon.ico", "suggest/",
}  # fmt: skip
ALL = pytest.param(None, marks=pytest.mark.slow, id="all")


@pytest.mark.parametrize("routes", [pytest.param(SORTS, id="sorts"), ALL])
def test_who_has_the_newest_page_costs_one_query(
    client, claim, db, django_assert_num_queries, routes
):
    for path in addresses(claim, routes):
        first = client.get(path)
        body(first)
        if first.status_code != 200:
            continue
        most = 2 if path == "/compliance/" else 1
        with django_assert_num_queries(most):
            again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, body(again)) == (304, b""), path
        for name in ("ETag", "Cache-Control", "CDN-Cache-Control", "Content-Language"):
            assert again[name] == first[name], path
        origin = "Access-Control-Allow-Origin"
        if origin in first:
            assert again[origin] == "*", path


@pytest.mark.parametrize("routes", [pytest.param(SORTS, id="sorts"), ALL])
def test_pages_say_how_long_they_may_be_kept_and_set_no_cookie(
    claim, db, settings, routes
):
    settings.S_MAXAGE = 90
    editor = Client()
    editor.force_login(make_user("Editors"))
    for path in addresses(claim, routes):
        for client in (Client(), editor):
            response = client.get(path)
            body(response)
            assert "Vary" not in response and not response.cookies, path
            kept = response["Cache-Control"]
            if response.status_code in (200, 301, 302):
                own = path.startswith(("/suggest/", "/favicon", "/desk.css"))
                start = "public, max-age=" if own else "public, max-age=0, s-maxage=90,"
                assert kept.startswith(start), path
            elif response.status_code >= 400:
                assert kept == "no-store", path


def test_what_is_somebodys_own_is_never_kept(claim, db):
    for route in NEVER_KEPT:
        for path in samples(claim)[route]:
            response = Client().get(f"/{path}")
            assert "no-store" in response["Cache-Control"], path
            assert "ETag" not in response and not response.cookies, path
    sent = {"kind": "", "message": ""}
    for response in (
        Client().post("/report/", sent),
        Client().post("/check/", {"text": "The ferry stops."}),
        Client().post("/claims/"),
        Client().get("/claims/?rating=x"),
        Client().get("/admin/"),
        Client().get("/admin/login/"),
        Client().get("/not/here/"),
    ):
        assert "no-store" in response["Cache-Control"]
        assert "public" not in response["Cache-Control"]


def test_a_tag_is_of_one_address_and_stands_for_a_page_that_is_there(client, claim, db):
    tag = client.get("/claims/")["ETag"]
    for path, status in (
        ("/claims/?order=x", 400),
        ("/speakers/", 200),
        ("/tr/claims/", 200),
        ("/claims/999999/", 404),
    ):
        assert client.get(path, headers={"If-None-Match": tag}).status_code == status
        anything = client.get(path, headers={"If-None-Match": "*"}).status_code
        assert anything == (304 if status == 200 else status)
    tracked = client.get("/claims/?fbclid=1", headers={"If-None-Match": tag})
    assert tracked.status_code == 304


def test_no_cache_keeps_what_changes_while_the_program_is_written(client, db, settings):
    settings.DEBUG = True
    response = client.get("/")
    assert "ETag" not in response and response["Cache-Control"] == "no-store"


# --- Dates ----------------------------------------------------------------------------


def set_modified(moment):
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_changecounter DISABLE TRIGGER USER")
        cursor.execute("UPDATE claims_changecounter SET modified = %s", [moment])
        cursor.execute("ALTER TABLE claims_changecounter ENABLE TRIGGER USER")


def test_a_date_is_told_once_nothing_more_can_happen_within_it(
    client, claim, db, monkeypatch
):
    monkeypatch.setattr(caching, "_settled", 0)
    now = timezone.now().replace(microsecond=0)
    set_modified(now + timedelta(seconds=5))
    assert "Last-Modified" not in client.get("/claims/")
    set_modified(now - timedelta(minutes=5))
    told = client.get("/claims/")["Last-Modified"]
    assert told == http_date((now - timedelta(minutes=5)).timestamp())
    known = {"If-Modified-Since": told}
    assert client.get("/claims/", headers=known).status_code == 304
    assert client.get("/claims/999999/", headers=known).status_code == 404
    # Within the same second as the change before.
    make_claim()
    with connection.cursor() as cursor:
        cursor.execute("SELECT modified FROM claims_changecounter")
        assert cursor.fetchone()[0] >= now
    assert client.get("/claims/", headers=known).status_code == 200


def test_each_change_has_a_second_of_its_own(db):
    moments = set()
    with connection.cursor() as cursor:
        for _n in range(5):
            cursor.execute("UPDATE claims_changecounter SET number = number")
            cursor.execute("SELECT modified FROM claims_changecounter")
            moments.add(cursor.fetchone()[0].replace(microsecond=0))
    assert len(moments) == 5
