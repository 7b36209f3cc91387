"""The public role reads nothing that is not published, and writes nothing at all."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from claims.database_roles import PUBLIC, PUBLIC_ROWS
from claims.desk.comments import add_comment
from claims.desk.relations import confirm, suggest
from claims.desk.replies import ask, note_outcome
from claims.desk.review import rate_blind
from claims.desk.text_corrections import correct_text
from claims.desk.workflow import take_step
from claims.models import (
    Claim,
    EvidenceFile,
    Follower,
    FormerSlug,
    ReaderReport,
    Redaction,
    RemovalRequest,
    ReporterContact,
    SpeakerRole,
    Verdict,
)
from claims.models.choices import ClaimStatus, VerdictStatus
from tests.database.logins import committed, three_roles
from tests.factories import (
    BODY,
    make_article,
    make_claim,
    make_outlet,
    make_page,
    make_picture,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db(databases=["default", "public"])


CANARY = "kzqxv"
# What is hidden holds it; and what is shown beside that does not.
HELD_BY = {
    *(set(PUBLIC_ROWS) - {"claims_publishedfile", "claims_claimrelation"}),
    "claims_claim",
    "claims_deskpage",
    "claims_span",
    "claims_verdict",
    "claims_evidence",
    "claims_transition",
    "claims_readerreport",
    "claims_reportercontact",
    "claims_follower",
    "claims_replyrequest",
    "claims_outcome",
    "claims_removalrequest",
    "claims_comment",
    "claims_secondrating",
    "auth_user",
}


@pytest.fixture(scope="module")
def hidden(django_db_setup, django_db_blocker):
    """Unpublished rows of every kind beside published ones, as three roles."""
    with django_db_blocker.unblock(), committed():
        hide()
        with three_roles():
            yield


def hide():
    editor, other = make_user("Editors", username=CANARY), make_user("Editors")
    body = f"{BODY} {CANARY} is a word."
    # An article without a listed claim, with everything that only it uses.
    secret = make_article(
        body, headline=f"The {CANARY}", outlet=make_outlet(f"The {CANARY}")
    )
    speaker = make_speaker(f"Ida {CANARY}", aliases=[f"Dr. {CANARY}"], title=CANARY)
    SpeakerRole.objects.create(speaker=speaker, title=CANARY)
    make_picture(speaker, alternative_text=CANARY)
    draft = make_claim(
        f"{CANARY} is a word",
        article=secret,
        speaker=speaker,
        topics=[make_topic(CANARY)],
        status=ClaimStatus.DRAFT,
        wording=f"A {CANARY}.",
    )
    # A verdict published before its claim is listed, and what was said on the way.
    verdict = make_verdict(draft, status=VerdictStatus.IN_REVIEW, summary=CANARY)
    add_comment(verdict, f"What a {CANARY}.", by=editor)
    rate_blind(
        verdict, by=other, rating=verdict.rating, finding="confirmed", reason=CANARY
    )
    verdict = take_step("return", verdict, by=editor, comment=f"No {CANARY}.")
    verdict.evidence.update(excerpt=CANARY, **copy_of(CANARY, "0", by=editor))
    verdict = take_step("submit", verdict, by=verdict.author)
    take_step("publish", verdict, by=editor)
    # A revision of what is published, a verdict that is not yet.
    shown = make_claim(topics=[make_topic()], speaker=make_speaker(aliases=["Falk"]))
    public = make_verdict(shown)
    public.evidence.update(**copy_of("public", "1", by=editor))
    take_step("submit", public, by=public.author)
    public = take_step("publish", public, by=other)
    public = take_step("revise", public, by=editor, kind="updated", comment=CANARY)
    Verdict.objects.filter(pk=public.pk).update(
        summary=CANARY, version=public.version + 1
    )
    claim = Claim.objects.get(pk=public.claim_id)
    SpeakerRole.objects.create(speaker=claim.speaker, title="Mayor")
    make_picture(claim.speaker)
    for speaker, slug in [(claim.speaker, "former"), (draft.speaker, CANARY)]:
        FormerSlug.objects.create(speaker=speaker, slug=slug, until=timezone.now())
    Claim.objects.filter(pk=claim.pk).update(wording=CANARY, version=claim.version + 1)
    verdict = make_verdict(make_claim(), summary=CANARY)
    # Of two that readers see, and of one that they do not; and one not decided on.
    for related in (shown, draft):
        confirm(suggest("contradicts", verdict.claim, related, by=editor), by=editor)
    suggest("supports", verdict.claim, shown, by=editor)
    ask(
        verdict,
        by=verdict.author,
        kind="reply",
        person=CANARY,
        channel="email",
        question=CANARY,
        asked_on=timezone.localdate(),
        until=timezone.localdate(),
    )
    note_outcome(
        verdict,
        by=verdict.author,
        kind="speaker",
        happened_on=timezone.localdate(),
        url="",
        note=CANARY,
        client_id=uuid4(),
    )
    # Texts: one of which readers see a link alone, one that was corrected.
    make_claim(article=make_article(body, text_rights="link"))
    corrected = make_claim(article=make_article(body)).article
    correct_text(corrected, BODY, by=editor, reason=f"No {CANARY}.")
    report = ReaderReport.objects.create(kind="error", message=CANARY, sender=CANARY)
    ReporterContact.objects.create(report=report, address=f"{CANARY}@post.example")
    Follower.objects.create(
        address=f"{CANARY}@post.example", token=CANARY, asked_at=timezone.now()
    )
    Redaction.objects.create(
        article=secret, reason=CANARY, by=editor, approved_by=other, salt="", digest=""
    )
    Redaction.objects.create(
        article=claim.article, reason="A court.", by=editor, approved_by=other
    )
    make_page()
    make_page("people", title=CANARY, body=CANARY, published=False)
    RemovalRequest.objects.create(
        claim=claim, kind="withdraw", reason=CANARY, asked_by=editor
    )


def copy_of(name, digit, *, by):
    """Return the columns of a row of evidence of which readers may see a copy."""
    file = EvidenceFile.objects.create(
        sha256=digit * 64, kind="pdf", size=1, path=name, added_by=by
    )
    return {"file": file, "file_name": f"{name}.pdf", "file_is_public": True}


def tables_with(alias, word):
    """Return the tables in whose columns, as far as a role may read them, a word is."""
    found = set()
    with connections[alias].cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, string_agg(quote_ident(attname), ', ')
            FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
            WHERE relnamespace = current_schema()::regnamespace AND attnum > 0
              AND relkind IN ('r', 'v', 'm', 'p') AND NOT attisdropped
              AND has_column_privilege(c.oid, attnum, 'SELECT') GROUP BY 1
            """
        )
        readable = cursor.fetchall()
        for table, columns in readable:
            cursor.execute(
                f"SELECT row_to_json(t) FROM (SELECT {columns} FROM {table}) t"
            )
            if word in str(cursor.fetchall()).lower():
                found.add(table)
    return found, {table for table, _columns in readable}


def test_nothing_unpublished_is_readable_in_any_table(hidden):
    found, readable = tables_with("public", CANARY)
    assert (found, readable) == (set(), set(PUBLIC))
    # The controls: it is there, and of all tables there is something to see.
    assert tables_with("default", CANARY)[0] >= HELD_BY
    with connections["public"].cursor() as cursor:
        for table in set(PUBLIC) - {"claims_change", "claims_publishedhead"}:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() > (0,), table


def test_of_relations_those_confirmed_of_claims_that_readers_see_are_readable(hidden):
    with connections["public"].cursor() as cursor:
        cursor.execute("SELECT kind, state FROM claims_claimrelation")
        assert cursor.fetchall() == [("contradicts", "confirmed")]


@pytest.mark.parametrize(
    "question",
    [
        "SELECT claims_public_text(id) FROM claims_articletext",
        "SELECT claims_public_text(n) FROM generate_series(1, 99) n",
        f"SELECT claims_public_articles('{CANARY}'::tsquery, 9)",
        f"SELECT claims_public_speakers('{CANARY}:*'::tsquery, 'dr. {CANARY}')",
        f"SELECT claims_public_verdicts('{CANARY}'::tsquery, 9)",
    ],
)
def test_no_function_hands_out_what_is_unpublished(hidden, question):
    with connections["public"].cursor() as cursor:
        cursor.execute(question)
        answer = str(cursor.fetchall())
    assert CANARY not in answer
    assert "claims_public_text" in question or answer == "[]"


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("claims_article", "headline"),
        ("claims_publishedverdict", "summary"),
        ("claims_speakeralias", "name"),
    ],
)
def test_no_error_tells_of_a_hidden_row(hidden, table, column):
    leak = (
        f"SELECT FROM {table} WHERE CASE WHEN {column} ILIKE '%{CANARY}%'"
        f" THEN {column}::int = 1 END"
    )
    with connections["public"].cursor() as cursor:
        cursor.execute(leak)
        assert cursor.fetchall() == []
    # The control: where the row is seen, its words stand in the error.
    with (
        pytest.raises(DatabaseError, match=f"(?i){CANARY}"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(leak)


def test_nothing_can_be_written(hidden):
    with connections["public"].cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, privilege FROM pg_class c, unnest(ARRAY['INSERT', 'UPDATE',
                'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) privilege
            WHERE relnamespace = current_schema()::regnamespace
              AND relkind IN ('r', 'v') AND has_table_privilege(c.oid, privilege)
            UNION ALL
            SELECT relname, 'USAGE' FROM pg_class c
            WHERE relnamespace = current_schema()::regnamespace
              AND CASE relkind WHEN 'S'
                  THEN has_sequence_privilege(c.oid, 'USAGE, UPDATE') END
            """
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize(
    "write",
    [
        "UPDATE claims_publicwords SET wording = 'x'",
        "DELETE FROM claims_publicclaim",
        "INSERT INTO claims_rating (label) VALUES ('x')",
        "CREATE TABLE x ()",
        "CREATE TEMPORARY TABLE x ()",
        "SELECT nextval('claims_claim_id_seq')",
        "SELECT FROM claims_rating FOR UPDATE",
        # Naming somebody as acting opens nothing.
        "SET factcheck.actor = 1; SELECT claims_contribute(ARRAY[1]::bigint[])",
    ],
)
def test_a_write_is_refused_even_where_the_session_allows_it(hidden, write):
    alone = connections.create_connection("public")
    try:
        with alone.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")
            with pytest.raises(DatabaseError) as refusal:
                cursor.execute(write)
    finally:
        alone.close()
    assert refusal.value.__cause__.sqlstate == "42501"


def test_only_triggers_write_with_the_rights_of_the_owner(hidden):
    """Whatever else has these rights, any login may call."""
    with connections["public"].cursor() as cursor:
        cursor.execute(
            """
            SELECT proname FROM pg_proc WHERE prosecdef AND provolatile = 'v'
            AND pronamespace = current_schema()::regnamespace
            AND prorettype <> 'trigger'::regtype
            """
        )
        assert cursor.fetchall() == []


def test_a_session_begins_read_only_and_ends_what_takes_too_long(hidden):
    with connections["public"].cursor() as cursor:
        cursor.execute("SELECT rolconfig FROM pg_roles WHERE rolname = current_user")
        assert sorted(cursor.fetchone()[0]) == [
            "default_transaction_read_only=on",
            "idle_in_transaction_session_timeout=60s",
            "lock_timeout=5s",
            "statement_timeout=15s",
        ]
