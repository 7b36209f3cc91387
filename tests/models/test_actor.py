"""Who acts is who the history names; a desk write that names nobody is refused."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse

from claims.desk.reports import file_report
from claims.exceptions import Refused
from claims.exchange.articles import get_or_add_outlet
from claims.models import (
    Change,
    Evidence,
    Outlet,
    Presence,
    ReaderReport,
    Speaker,
    acting,
)
from claims.models.constraints import refusal_for
from tests import desk_writes
from tests.factories import make_article, make_outlet, make_user, make_verdict

# Written by readers, at sign-in, while somebody looks on, and by triggers.
NOBODYS = {
    "claims_presence",
    "claims_logintry",
    "claims_change",
    # Delivery writes them by itself; who changed an address is in the admin's log.
    "claims_message",
    "claims_subscription",
    # Kept for who is told, for a form that was sent, for an address that was asked.
    "claims_notice",
    "claims_noticechoice",
    "claims_sentform",
    "claims_linkcheck",
    # A reader writes it, and a command deletes it.
    "claims_reportercontact",
    "claims_follower",
    # Written along with a guarded table, by triggers or in the same statement.
    "claims_speakername",
    "claims_facetcount",
    "claims_formerslug",
    "claims_lexemecount",
    "claims_publicchange",
    "claims_changecounter",
    "claims_publishedfile",
    "claims_publishedhead",
    "claims_redaction",
    "claims_redactedrow",
}


def write(name="Harbour Post"):
    return make_outlet(name).pk


def actor_of(row):
    return Change.objects.get(table="outlet", row=row).actor


# --- Named --------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_history_names_who_acts_and_nested_who_acts_within():
    one, other = make_user(), make_user()
    with acting(one):
        before = write("Before")
        with acting(other):
            within = write("Within")
        after = write("After")
    alone = write("Alone")
    named = [actor_of(row) for row in (before, within, after, alone)]
    assert named == [one, other, one, None]


@pytest.mark.django_db
@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_nobody_acts_as_nobody_also_within_somebodys_block(nobody):
    with acting(make_user()), acting(nobody):
        row = write()
    assert actor_of(row) is None


@pytest.mark.django_db
def test_a_write_that_failed_leaves_nobody_named():
    with pytest.raises(IntegrityError), transaction.atomic(), acting(make_user()):
        Outlet.objects.create(name="Twice", slug="twice")
        Outlet.objects.create(name="Twice", slug="twice")
    assert actor_of(write()) is None


@pytest.mark.django_db(transaction=True)
def test_each_transaction_of_somebodys_block_names_them_and_a_lone_statement_nobody():
    somebody = make_user()
    with acting(somebody):
        with transaction.atomic():
            within = write("Within")
        with transaction.atomic():
            again = write("Again")
        Outlet.objects.filter(pk=again).update(homepage="https://post.example/")
    lone = Change.objects.get(table="outlet", row=again, operation="update")
    assert [actor_of(within), lone.actor] == [somebody, None]


# --- Asked for a name ----------------------------------------------------------------


def asking():
    """Ask for a name, as the database does of the web's role."""
    return connection.transaction_setting("factcheck.needs_actor", "on")


@pytest.fixture
def desk():
    """A row in every table that this module writes to."""
    return make_verdict()


WRITES = {
    "insert": lambda desk: Speaker.objects.create(name="New"),
    "update": lambda desk: Speaker.objects.update(description="Mayor"),
    "delete": lambda desk: Evidence.objects.all().delete(),
    "queryset of nothing": lambda desk: Speaker.objects.filter(pk=0).update(
        description=""
    ),
    "raw SQL": lambda desk: connection.cursor().execute(
        "UPDATE claims_claim SET wording = 'Forged.', version = version + 1"
    ),
    "many to many": lambda desk: desk.claim.topics.clear(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", WRITES)
def test_a_desk_write_that_names_nobody_is_refused_with_a_sentence(desk, kind):
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), asking():
        WRITES[kind](desk)
    assert refusal_for(refused.value).rule == "desk_write_names_somebody"
    assert "Nobody is named as acting" in refusal_for(refused.value).sentence
    with asking(), acting(make_user()):
        WRITES[kind](desk)


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["off", "", "0"])
def test_the_owner_of_the_tables_is_not_asked_by_itself(desk, value):
    WRITES["update"](desk)
    with connection.transaction_setting("factcheck.needs_actor", value):
        WRITES["update"](desk)
    assert Change.objects.filter(table="speaker", actor=None).exists()


@pytest.mark.django_db
def test_a_reader_reports_without_a_name_and_the_desk_answers_with_one():
    article = make_article()
    with asking():
        report = file_report(
            kind="error", message="The date is wrong.", sender="s"
        ).report
        Presence.objects.create(article=article, user=make_user())
        with pytest.raises(IntegrityError), transaction.atomic():
            ReaderReport.objects.filter(pk=report.pk).update(answer="Thank you.")
        with acting(make_user()):
            ReaderReport.objects.filter(pk=report.pk).update(answer="Thank you.")


@pytest.mark.django_db
def test_every_table_of_the_desk_asks_for_a_name():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname = 'somebody_acts' AND tgenabled = 'A'"
        )
        asks = {name for (name,) in cursor.fetchall()}
    models = apps.get_app_config("claims").get_models(include_auto_created=True)
    assert {model._meta.db_table for model in models} - asks == NOBODYS


# --- Commands, and the tests themselves ----------------------------------------------


@pytest.mark.django_db
def test_a_command_that_names_nobody_says_how_to_name_somebody(tmp_path, capsys):
    file = tmp_path / "harbour.txt"
    file.write_text(
        "date 2026-05-04 The harbour\n\nThe harbour opens in May, Mayor Falk said.\n"
    )
    make_user("Editors", username="emeka")
    with asking():
        with pytest.raises(CommandError, match="were refused"):
            call_command("import_articles", file, outlet="The Post")
        assert "name a login with --by" in capsys.readouterr().err
        call_command("import_articles", file, by="emeka", no_suggestions=True)
        with pytest.raises(CommandError, match="name a login with --by"):
            call_command("suggest_claims")
        call_command("suggest_claims", by="emeka")
        with pytest.raises(Refused, match="Nobody is named"):
            get_or_add_outlet("Another post")
    changes = Change.objects.filter(table__in=["article", "articletext", "claim"])
    assert set(changes.values_list("actor__username", flat=True)) == {"emeka"}


def write_nothing(request):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE \"claims_outlet\" SET homepage = '' WHERE id = 0")
    return HttpResponse()


@pytest.mark.django_db
def test_a_request_under_test_that_writes_outside_a_transaction_fails(rf):
    with pytest.raises(AssertionError, match="outside a transaction: UPDATE"):
        desk_writes.named(write_nothing)(rf.post("/"))
    within = transaction.atomic(write_nothing)
    with pytest.raises(IntegrityError, match="nobody is named"):
        desk_writes.named(within)(rf.post("/"))
    with acting(make_user()):
        assert desk_writes.named(within)(rf.post("/")).status_code == 200
