"""A desk of the version before publications were whole, carried to this one."""

from contextlib import contextmanager
from importlib import import_module

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from claims.benchmark.databases import use_database
from claims.checks import definitions, problems
from claims.desk.annotation import change_claim
from claims.desk.comments import add_comment
from claims.desk.public_record import differences
from claims.desk.workflow import take_step
from claims.exceptions import Incomplete
from claims.models import (
    Claim,
    ClaimRelation,
    PublicClaim,
    PublishedHead,
    PublishedVerdict,
    ReaderReport,
    Redaction,
    SecondRating,
    Speaker,
    SpeakerRole,
    Thread,
    Verdict,
    VerdictSeen,
)
from tests.databases import copy, drop
from tests.factories import make_user, retract, revise
from tests.migrations.former_desk import DAY, FORMER, write_desk
from tests.migrations.statements import FILLED_IN, STATEMENTS, expected

# A hundred migrations, which a run has made once already for its own databases.
pytestmark = pytest.mark.slow
RULES, FILLING = "0016_public_record_rules", "0017_fill_public_record"


@contextmanager
def copied(source, name):
    """Work in a copy of a database, and drop it then."""
    own = connection.settings_dict["NAME"]
    name = f"{own}_{name}"
    connection.close()
    if source is None:
        with connection._nodb_cursor() as cursor:
            drop(cursor, name)
            cursor.execute(f'CREATE DATABASE "{name}"')
    else:
        copy(source, name)
    try:
        with use_database(name):
            yield name
    finally:
        with connection._nodb_cursor() as cursor:
            drop(cursor, name)


def migrate(target=None, looks=()):
    """Migrate to a step or the newest, and return what was seen after some steps."""
    seen = {}

    def note(action, migration=None, _fake=False):
        if action == "apply_success" and migration.name in looks:
            seen[migration.name] = looks[migration.name]()

    executor = MigrationExecutor(connection, note)
    executor.migrate([target] if target else executor.loader.graph.leaf_nodes())
    return seen


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def publications():
    return rows("SELECT * FROM claims_publishedverdict ORDER BY claim_id, number")


@pytest.fixture(scope="module")
def former(django_db_setup, django_db_blocker):
    """Name, claims, publications and definitions of a database of that version."""
    with django_db_blocker.unblock(), copied(None, "former") as name:
        migrate(FORMER)
        keys = write_desk()
        made = publications(), definitions.found()
        yield name, keys, *made


@pytest.fixture(scope="module")
def way(former, django_db_blocker):
    """That desk in a database of this version, and what was seen on the way there."""
    name, keys, *_before = former
    looks = {RULES: filled_in, FILLING: filled_twice}
    with django_db_blocker.unblock(), copied(name, "upgraded"):
        yield keys, migrate(looks=looks)


@pytest.fixture(scope="module")
def upgraded(way):
    """The claims of that desk by what became of them."""
    return way[0]


def filled_in():
    return {(row.pop("claim_id"), row.pop("number")): row for row in rows(FILLED_IN)}


def filled_twice():
    """Fill in once more, as after a power cut, and return both outcomes."""
    filled = []
    for _twice in range(2):
        import_module(f"claims.migrations.{FILLING}").fill(
            None, connection.schema_editor(atomic=False)
        )
        record = "SELECT * FROM claims_publicclaim JOIN claims_publicwords USING (id)"
        counts = rows("SELECT facet, count FROM claims_facetcount ORDER BY facet")
        filled.append((publications(), rows(f"{record} ORDER BY id"), counts))
    return filled


def page(client, claim):
    address = Claim.objects.get(pk=claim).get_absolute_url()
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_every_publication_is_there_as_it_was(former, upgraded):
    before, after = former[2], publications()
    assert len(before) == len(STATEMENTS) == len(after)
    for was, row in zip(before, after, strict=True):
        assert row | {"digest": row["former_digest"]} == row | was
        assert row["digest"] != was["digest"]


@pytest.mark.django_db
def test_statements_are_filled_in_as_they_were_and_say_so(upgraded):
    assert filled_in() == expected(upgraded)


@pytest.mark.django_db
def test_without_the_filling_they_are_missing_and_twice_is_as_good_as_once(way):
    keys, seen = way
    assert seen[RULES].keys() == expected(keys).keys()
    assert seen[RULES] != expected(keys)
    once, twice = seen[FILLING]
    assert once == twice


@pytest.mark.django_db
def test_everything_holds_together_and_readers_see_each_claim(upgraded):
    assert problems() == []
    assert differences() == []
    kept = dict(PublicClaim.objects.values_list("pk", "state"))
    gone = {upgraded["withdrawn"], upgraded["unread"]}
    hidden = {upgraded["draft"], upgraded["nameless"]}
    assert kept.keys() == set(upgraded.values()) - hidden
    assert {pk for pk, state in kept.items() if state == "withdrawn"} == gone


@pytest.mark.django_db
def test_reports_and_second_ratings_are_where_they_were(upgraded):
    report = ReaderReport.objects.get()
    assert (report.claim_id, report.correction.number) == (upgraded["corrected"], 2)
    second = SecondRating.objects.get()
    assert second.verdict.claim_id == upgraded["listed"]
    assert (second.rating.slug, second.first_rating.slug) == ("mixed", "false")


@pytest.mark.django_db
def test_a_title_is_a_role_now_and_stands_on_the_pages(client, upgraded):
    assert list(
        SpeakerRole.objects.order_by("pk").values_list(
            "speaker__name", "title", "organisation", "since", "until"
        )
    ) == [
        ("Runa Holt", "Harbour master", "", None, None),
        ("R. Holt", "Official", "", None, None),
    ]
    for claim in ("listed", "corrected"):
        assert "Harbour master" in page(client, upgraded[claim])
    holt = Speaker.objects.get(name="Runa Holt")
    html = client.get(holt.get_absolute_url()).content.decode()
    assert "Harbour master" in html
    assert "R. Holt" in html


@pytest.mark.django_db
def test_pages_say_what_was_published_and_not_what_the_desk_wrote_later(
    client, upgraded
):
    html = page(client, upgraded["corrected"])
    assert "The new pier cost nine million crowns." in html
    assert "It cost nine million." in html
    assert "The sum was old." in html
    assert "dear" not in html
    first = PublishedVerdict.objects.get(claim=upgraded["corrected"], number=1)
    html = client.get(first.get_absolute_url()).content.decode()
    assert "It cost eight million." in html
    html = page(client, upgraded["merged"])
    assert "R. Holt" in html
    assert "Inland Radio" in html
    html = client.get("/corrections/").content.decode()
    assert "The sum was old." in html
    assert "It was another quay." in html


@pytest.mark.django_db
def test_a_verdict_never_moves_under_another_name(client, upgraded):
    html = page(client, upgraded["deleted"])
    assert "Runa Hold" in html
    # Other claims of the article are offered below.
    assert "Odd Berg" not in html[: html.index('class="related')]
    berg = Speaker.objects.get(name="Odd Berg")
    assert "tugs" not in client.get(berg.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_a_verdict_that_named_nobody_names_whom_the_claim_named_since(client, upgraded):
    html = page(client, upgraded["named"])
    assert "Odd Berg" in html
    assert '"name": "Odd Berg"' in html
    version = PublishedVerdict.objects.get(claim=upgraded["named"])
    assert client.get(version.get_absolute_url()).status_code == 200
    assert (
        b"Odd Berg"
        in client.get(f"/claims/{upgraded['named']}.json", follow=True).content
    )


@pytest.mark.django_db
def test_a_verdict_that_names_nobody_comes_to_no_reader(upgraded):
    author = make_user("Reviewers")
    claim = Claim.objects.get(pk=upgraded["nameless"])
    verdict = revise(claim.verdict, by=author)
    with pytest.raises(Incomplete, match="Name the speaker"):
        take_step("submit", verdict, by=author)
    claim.refresh_from_db()
    claim = change_claim(
        claim, by=author, version=claim.version, speaker=Speaker.objects.first()
    )
    with pytest.raises(Incomplete, match="names no speaker"):
        take_step("list", claim, by=author)


@pytest.mark.django_db
def test_what_was_taken_back_keeps_its_page_and_says_why(client, upgraded):
    html = page(client, upgraded["retracted"])
    assert "etracted" in html
    assert "It was another quay." in html
    for claim, why in [("withdrawn", "It was a joke."), ("unread", "Said by nobody.")]:
        html = page(client, upgraded[claim])
        assert "This claim was withdrawn" in html
        assert why in html
    draft = Claim.objects.get(pk=upgraded["draft"])
    assert client.get(draft.get_absolute_url()).status_code == 404
    html = client.get("/claims/").content.decode()
    assert "The fish market moves" not in html
    assert "The town owns both tugs" in html


@pytest.mark.django_db
def test_what_claims_repeated_is_confirmed_by_whoever_said_so(upgraded):
    names = {key: name for name, key in upgraded.items()}
    told = [
        (names[row.claim_id], names[row.to_id], row.decided_by.username)
        for row in ClaimRelation.objects.repeats().confirmed().order_by("claim_id")
    ]
    # The first in a ring repeats nothing.
    assert told == [
        ("unread", "merged", "edda"),
        ("draft", "deleted", "edda"),
        ("deleted", "listed", "ann"),
    ]
    assert Claim.objects.get(pk=upgraded["draft"]).repeats_id == upgraded["listed"]
    assert Claim.objects.get(pk=upgraded["merged"]).repeats_id is None


@pytest.mark.django_db
def test_the_desk_goes_on_with_what_it_has(client, upgraded):
    author, editor = make_user("Reviewers"), make_user("Editors")
    withdrawn = Claim.objects.get(pk=upgraded["withdrawn"])
    take_step("list", withdrawn, by=editor, comment="It was none after all.")
    assert "This claim was withdrawn" not in page(client, withdrawn.pk)
    verdict = Claim.objects.get(pk=upgraded["corrected"]).verdict
    verdict = revise(verdict, by=author)
    verdict = take_step("submit", verdict, by=author)
    verdict = take_step("publish", verdict, by=editor)
    # Now the wording that the desk gave it has been approved.
    assert "The pier was dear." in page(client, upgraded["corrected"])
    retract(Claim.objects.get(pk=upgraded["deleted"]).verdict)
    assert problems() == []
    assert differences() == []


@pytest.mark.long
def test_the_way_back_and_forth_again_changes_nothing(
    former, upgraded, django_db_blocker
):
    _name, keys, published, before = former
    with django_db_blocker.unblock():
        source = connection.settings_dict["NAME"]
        with copied(source, "back"):
            migrate(FORMER)
            assert definitions.found() == before
            assert publications() == published
            migrate()
            assert filled_in() == expected(keys)
            assert problems() == []


def seen(claims):
    VerdictSeen.objects.create(
        verdict=Claim.objects.get(pk=claims["listed"]).verdict,
        round=1,
        user=make_user("Editors"),
    )


def redacted(claims):
    Redaction.objects.create(
        article=Claim.objects.get(pk=claims["listed"]).article,
        by=make_user("Editors"),
        approved_by=make_user("Editors"),
        reason="A court said so.",
    )


def with_a_head(claims):
    PublishedHead.objects.create(day=DAY, last_change=0, publications=0, changes=0)


def asked_by_a_reader(claims):
    verdict = Claim.objects.get(pk=claims["corrected"]).verdict
    by = make_user("Reviewers")
    take_step("revise", verdict, by=by, comment="A reader says.", asked_by="reader")


def asked_to_go(claims):
    claim = Claim.objects.get(pk=claims["corrected"])
    take_step("ask_withdraw", claim, by=make_user("Reviewers"), comment="Why not.")


def told_of_a_change(claims):
    claim = Claim.objects.get(pk=claims["unread"])
    take_step("list", claim, by=make_user("Editors"), comment="Said after all.")


def published_anew(claims):
    claim = Claim.objects.get(pk=claims["withdrawn"])
    take_step("list", claim, by=make_user("Editors"), comment="No joke.")


def commented(claims):
    add_comment(Claim.objects.get(pk=claims["listed"]), "So?", by=make_user("Editors"))


LOST = {
    "0019_removal_requests": asked_to_go,
    "0023_what_changed": told_of_a_change,
    "0024_who_asked": asked_by_a_reader,
    "0027_published_heads": with_a_head,
    "0028_redactions": redacted,
    "0030_blind_means_blind": seen,
    "0054_threads_of_comments": commented,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", LOST)
def test_a_step_back_that_would_lose_something_is_refused(name, upgraded):
    migration = import_module(f"claims.migrations.{name}").Migration
    numbers = import_module("claims.migrations.0044_number_former_claims").BACK
    # The last operation is the first one on the way back.
    refusal = migration.operations[-1].reverse_sql
    with connection.cursor() as cursor:
        cursor.execute(numbers)
        cursor.execute(refusal)
        LOST[name](upgraded)
        with pytest.raises(DatabaseError, match="before the upgrade"):
            cursor.execute(refusal)


@pytest.mark.django_db
def test_the_command_says_in_a_sentence_why_it_stops(upgraded):
    seen(upgraded)
    # As the database keeps it: its checks at the end of a transaction have passed.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(CommandError, match="not rate it blind"):
        call_command("migrate", "claims", "0029", verbosity=0)


@pytest.mark.django_db
def test_comments_on_verdicts_become_a_thread_for_each_and_rights_are_kept(upgraded):
    new = import_module("claims.migrations.0054_threads_of_comments").Migration
    migrate(new.dependencies[0])
    verdicts = dict(Verdict.objects.order_by("pk").values_list("status", "pk"))
    assert {"in_review", "published"} <= set(verdicts)
    author = make_user()
    with connection.cursor() as cursor:
        for status, text in [
            ("in_review", "One."),
            ("published", "Two."),
            ("in_review", "Three."),
        ]:
            cursor.execute(
                "INSERT INTO claims_verdictcomment"
                " (verdict_id, text, about_version, by_id, at)"
                " VALUES (%s, %s, 7, %s, clock_timestamp())",
                [verdicts[status], text, author.pk],
            )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    migrate()
    told = {
        thread.claim.verdict.status: (
            [comment.text for comment in thread.comments.all()],
            thread.resolved_by,
        )
        for thread in Thread.objects.all()
    }
    assert told == {
        "in_review": (["One.", "Three."], None),
        "published": (["Two."], author),
    }
    assert make_user("Annotators").has_perms(
        ["claims.add_comment", "claims.view_comment", "claims.view_thread"]
    )
    assert not Permission.objects.filter(codename__endswith="verdictcomment").exists()


def with_a_dated_role(claims):
    speaker = Claim.objects.get(pk=claims["listed"]).speaker
    SpeakerRole.objects.update(since=DAY)
    SpeakerRole.objects.create(speaker=speaker, organisation="Port", until=DAY)


@pytest.mark.django_db
@pytest.mark.parametrize("lose", [published_anew, with_a_dated_role])
def test_what_the_former_tables_cannot_hold_is_not_lost(lose, upgraded):
    filling = import_module(f"claims.migrations.{FILLING}")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_speakerrole")
        cursor.execute(filling.REFUSAL)
        lose(upgraded)
        with pytest.raises(DatabaseError, match="before the upgrade"):
            cursor.execute(filling.REFUSAL)
