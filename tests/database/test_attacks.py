"""As the application's role, SQL changes no publication and none of its history.

Each attack is tried as somebody whom the database knows, in a transaction of its own,
and has to be refused by the database: for want of a right, or by a rule. The control
makes the same attacks as the owner of the tables with the rules switched off.
"""

import pytest
from django.db import DatabaseError, connection, transaction

from claims.database_roles import APPLICATION
from claims.models import acting
from factcheck.database.owner import as_owner

with_three_logins = pytest.mark.django_db(databases=["default", "public"])


def again(changes, *, tail="", of="{second}"):
    """Return the statement that stores a publication once more, with changes."""
    columns = """
    SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
    WHERE table_name = 'claims_publishedverdict' AND is_generated = 'NEVER'
    """
    return f"""DO $do$ DECLARE names text := ({columns}); BEGIN
        EXECUTE format('INSERT INTO claims_publishedverdict (%1$s) SELECT %1$s FROM
            jsonb_populate_record(NULL::claims_publishedverdict, (
                SELECT to_jsonb(p) - ''search'' || jsonb_build_object(''id'', 9000001)
                    || $changes${changes}$changes$::jsonb
                FROM claims_publishedverdict p WHERE id = {of})){tail}', names);
    END $do$"""


def next_one(**changes):
    """Return what a publication after the second would be, with some of it forged."""
    fields = {
        "number": "3",
        "kind": '"clarified"',
        "note": '"Said once more."',
        "author_id": "{author}",
        "approver_id": "{outsider}",
        "published_at": '"now"',
    } | changes
    inside = ", ".join(f'"{name}": {value}' for name, value in fields.items())
    return again("{{" + inside + "}}")


PUBLICATIONS = {
    "update": "UPDATE claims_publishedverdict SET summary = 'Never said.'",
    "update one": "UPDATE claims_publishedverdict SET speaker_name = 'Another' "
    "WHERE id = {first}",
    "update within a query": "WITH gone AS (UPDATE claims_publishedverdict SET note = "
    "'x' WHERE id = {second} RETURNING 1) SELECT count(*) FROM gone",
    "merge": "MERGE INTO claims_publishedverdict p USING (VALUES (1)) v (n) "
    "ON p.id = {first} WHEN MATCHED THEN UPDATE SET summary = 'Never said.'",
    "upsert": again(
        '{{"id": {second}}}', tail=" ON CONFLICT (id) DO UPDATE SET summary = ''x''"
    ),
    "delete": "DELETE FROM claims_publishedverdict WHERE id = {second}",
    "truncate": "TRUNCATE claims_publishedverdict CASCADE",
    "move": "ALTER TABLE claims_publishedverdict RENAME TO gone",
    "forge with a gap": next_one(number="5"),
    "forge under a number that is taken": next_one(number="2"),
    "forge in the past": next_one(published_at='"2020-01-01T00:00:00Z"'),
    "forge in the future": next_one(published_at='"2120-01-01T00:00:00Z"'),
    "forge another author": next_one(author_id="{outsider}"),
    "forge what a claim does not say": next_one(claim_reviewed='"Never said."'),
    "forge another speaker": next_one(speaker_id="{stranger}"),
    "forge another quote": next_one(quote='"Never printed."'),
    "forge a rating": next_one(rating_label='"True"'),
    "forge another statement as listed again": next_one(
        kind='"relisted"', claim_reviewed='"Never said."'
    ),
    "list again what was not withdrawn": next_one(kind='"relisted"'),
    "retract it with another summary": next_one(
        kind='"retracted"', summary='"Never said."', override_reason='"Alone."'
    ),
    "leave an answer out": next_one(replies="[]"),
    "forge why nobody was asked": next_one(not_asked_reason='"Never said."'),
    "forge a correction": next_one(outcomes='[{{"kind": "speaker"}}]'),
    "forge without a note": next_one(note='""'),
    "forge a first one": next_one(kind='"first"'),
    "approve what one wrote": next_one(approver_id="{author}"),
    "publish what one wrote, by its row": again(
        '{{"claim_id": {reviewed}, "number": 1, "kind": "first", "note": "", '
        '"approver_id": {author}}}'
    ),
}
HISTORY = {
    "rewrite the history": "UPDATE claims_change SET actor_id = NULL",
    "thin the history": "DELETE FROM claims_change WHERE id % 2 = 0",
    "empty the history": "TRUNCATE claims_change",
    "add to the history": 'INSERT INTO claims_change ("table", row, operation, at) '
    "VALUES ('claim', {claim}, 'update', now())",
    "change a step taken": "UPDATE claims_transition SET by_id = {outsider}",
    "delete a step taken": "DELETE FROM claims_transition WHERE claim_id = {claim}",
    "change the feed": "UPDATE claims_publicchange SET kind = 'listed'",
    "delete from the feed": "DELETE FROM claims_publicchange",
    "skip numbers of the feed": "INSERT INTO claims_publicchange (number, kind, at) "
    "VALUES (9000001, 'listed', now())",
    "turn the feed back": "UPDATE claims_changecounter SET number = 0",
    "rewrite a text": "UPDATE claims_articletext SET body = 'Never printed.', "
    "sha256 = encode(sha256('Never printed.'), 'hex') WHERE id = {text}",
    "delete a text": "DELETE FROM claims_articletext WHERE id = {text}",
    "rename in the past": "UPDATE claims_speakername SET name = 'Another'",
    "forget a former name": "DELETE FROM claims_speakername "
    "WHERE speaker_id = {speaker}",
    "forget a former address": "UPDATE claims_speaker SET slug = slug || 's' "
    "WHERE id = {speaker}; DELETE FROM claims_formerslug",
    "give a former address away": "UPDATE claims_speaker SET slug = slug || 's' "
    "WHERE id = {speaker}; UPDATE claims_formerslug SET speaker_id = {stranger}",
    "take a former address": "UPDATE claims_speaker SET slug = 'one' "
    "WHERE id = {speaker}; UPDATE claims_speaker SET slug = 'two' WHERE id = {speaker};"
    " UPDATE claims_speaker SET slug = 'one' WHERE id = {stranger}",
    "invent a former address": "INSERT INTO claims_formerslug (speaker_id, slug, until)"
    " VALUES ({speaker}, 'invented', now())",
    "invent a former name": "INSERT INTO claims_speakername (speaker_id, name, since) "
    "VALUES ({speaker}, 'Another', now())",
    "change the counts": "UPDATE claims_facetcount SET count = 0",
    "change a comment": "UPDATE claims_comment SET text = 'x'",
    "delete a comment": "DELETE FROM claims_comment",
    "say that nobody was named": "DELETE FROM claims_mention",
    "delete a thread": "DELETE FROM claims_thread",
    "change a question": "UPDATE claims_replyrequest SET question = 'Never asked.' "
    "WHERE id = {asked}",
    "change an answer": "UPDATE claims_replyrequest SET answer = 'Never said.' "
    "WHERE id = {answered}",
    "take an answer away": "UPDATE claims_replyrequest SET answer = '', answered_on = "
    "NULL, answered_at = NULL, entered_by_id = NULL WHERE id = {answered}",
    "answer for somebody": "UPDATE claims_replyrequest SET answer = 'Never said.', "
    "answered_on = current_date, answered_at = now(), link_until = 'infinity', "
    "link_hash = repeat('0', 64) WHERE id = {asked}",
    "forget a request": "DELETE FROM claims_replyrequest WHERE id = {asked}",
    "delete a second rating": "DELETE FROM claims_secondrating",
    "change what was confirmed": "UPDATE claims_wordingcheck SET quote = 'x'",
    "forget who confirmed": "DELETE FROM claims_wordingcheck",
    "forget who wrote": "DELETE FROM claims_verdict_contributors "
    "WHERE verdict_id = {review}",
    "forget who wrote, calling it published": "UPDATE claims_verdict SET "
    "status = 'published', version = version + 1 WHERE id = {review}; "
    "DELETE FROM claims_verdict_contributors WHERE verdict_id = {review}; "
    "UPDATE claims_verdict SET status = 'in_review', version = version + 1 "
    "WHERE id = {review}",
    "say that another wrote": "INSERT INTO claims_verdict_contributors (verdict_id, "
    "user_id) VALUES ({review}, {outsider})",
    "say it by a function": "SELECT claims_contribute(ARRAY[{reviewed}])",
    "turn a number back": "SELECT setval('claims_publishedverdict_id_seq', 1)",
}
STATEMENT = {
    "change a published claim": "UPDATE claims_claim SET wording = 'Never said.', "
    "version = version + 1 WHERE id = {claim}",
    "give it to another speaker": "UPDATE claims_claim SET speaker_id = {stranger}, "
    "version = version + 1 WHERE id = {claim}",
    "give it a second speaker": "INSERT INTO claims_claim_other_speakers (claim_id, "
    "speaker_id) VALUES ({claim}, {stranger})",
    "take its words away": "DELETE FROM claims_span WHERE claim_id = {claim}",
    "move its words": 'UPDATE claims_span SET start = start + 1, "end" = "end" + 1 '
    "WHERE claim_id = {claim}",
    "show an older publication": "UPDATE claims_claim SET current_id = {first} "
    "WHERE id = {claim}",
    "show another rating": "UPDATE claims_claim SET rating_id = {otherrating} "
    "WHERE id = {claim}",
    "delete a claim": "DELETE FROM claims_claim WHERE id = {claim}",
    "withdraw it alone": "UPDATE claims_claim SET status = 'withdrawn', "
    "version = version + 1 WHERE id = {claim}",
    "change the meaning of a rating": "UPDATE claims_rating SET definition = 'x' "
    "WHERE id = {rating}",
    "delete a rating": "DELETE FROM claims_rating WHERE id = {rating}",
    "delete a speaker": "DELETE FROM claims_speaker WHERE id = {speaker}",
}
RECORD = {
    "change what readers see": "UPDATE claims_publicwords SET wording = 'Never said.' "
    "WHERE id = {claim}",
    "change the summary": "UPDATE claims_publicwords SET summary = 'x' "
    "WHERE id = {claim}",
    "change the marked words": "UPDATE claims_publicwords SET marks = '[]' "
    "WHERE id = {claim}",
    "show a file of the desk": "INSERT INTO claims_publishedfile (claim_id, file_id) "
    "SELECT {claim}, id FROM claims_evidencefile",
    "take a file from readers": "DELETE FROM claims_publishedfile",
    "put another file in its place": "UPDATE claims_evidencefile SET path = 'x'",
    "change the rating": "UPDATE claims_publicclaim SET rating = {otherrating} "
    "WHERE id = {claim}",
    "hide the verdict": "UPDATE claims_publicclaim SET rating = 0, current_id = NULL "
    "WHERE id = {claim}",
    "bring an old verdict back": "UPDATE claims_publicclaim SET current_id = {first} "
    "WHERE id = {claim}",
    "change the speaker": "UPDATE claims_publicclaim SET speaker_id = {stranger} "
    "WHERE id = {claim}",
    "hide the claim": "UPDATE claims_publicclaim SET state = 'withdrawn' "
    "WHERE id = {claim}",
    "file it under another speaker": "UPDATE claims_publicclaim SET facets = "
    "array_append(facets, 100000000 + {stranger}) WHERE id = {claim}",
    "find it under another speaker": "UPDATE claims_publicwords SET facets = "
    "array_append(facets, 100000000 + {stranger}) WHERE id = {claim}",
    "hide it in a search": "UPDATE claims_publicwords SET vector = '' "
    "WHERE id = {claim}",
    "sort it under another day": "UPDATE claims_publicclaim SET sort_date = "
    "'2001-01-01' WHERE id = {claim}",
    "mark its words elsewhere": "UPDATE claims_publicwords SET marks = "
    "jsonb_set(marks, '{{0,start}}', '1') WHERE id = {claim}",
    "call its words the speaker": "UPDATE claims_publicwords SET marks = "
    "jsonb_set(marks, '{{0,role}}', '\"speaker\"') WHERE id = {claim}",
    "show it in another text": "UPDATE claims_publicwords SET text_id = "
    "{othertext} WHERE id = {claim}",
    "call it withdrawn": "UPDATE claims_publicwords SET state = 'withdrawn', "
    "withdrawal_reason = 'x' WHERE id = {claim}",
    "withdraw it on another day": "UPDATE claims_publicclaim SET withdrawn_at = now() "
    "WHERE id = {claim}",
    "list it on another day": "UPDATE claims_claim SET listed_at = '2001-01-01', "
    "version = version + 1 WHERE id = {claim}",
    "hide that it changed": "UPDATE claims_publicclaim SET change_number = 0 "
    "WHERE id = {claim}",
    "delete the row": "DELETE FROM claims_publicwords WHERE id = {claim}",
}
RULES = {
    "switch a trigger off": "ALTER TABLE claims_publishedverdict DISABLE TRIGGER USER",
    "drop a trigger": "DROP TRIGGER append_only ON claims_publishedverdict",
    "add a trigger": "CREATE TRIGGER aaa BEFORE INSERT ON claims_publishedverdict "
    "FOR EACH ROW EXECUTE FUNCTION claims_append_only()",
    "drop a constraint": "ALTER TABLE claims_articletext "
    "DROP CONSTRAINT article_text_has_its_digest",
    "replace a function": "CREATE OR REPLACE FUNCTION claims_append_only() RETURNS "
    "trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "rename a function": "ALTER FUNCTION claims_publication_guard() RENAME TO gone",
    "add a rule": "CREATE RULE no AS ON INSERT TO claims_change DO INSTEAD NOTHING",
    "change a column": "ALTER TABLE claims_publishedverdict ALTER COLUMN note "
    "TYPE varchar(1) USING ''",
    "take the table": "ALTER TABLE claims_publishedverdict OWNER TO CURRENT_USER",
    "drop the table": "DROP TABLE claims_publishedverdict CASCADE",
    "open the rows": "ALTER TABLE claims_article DISABLE ROW LEVEL SECURITY",
    # Without an option to grant, the database answers a grant by a warning alone.
    "grant itself a right": "GRANT UPDATE ON claims_publishedverdict TO CURRENT_USER; "
    "UPDATE claims_publishedverdict SET summary = 'Never said.'",
    "put a table in front": "CREATE TEMPORARY TABLE claims_verdict_contributors "
    "(verdict_id bigint, user_id bigint)",
    "put a function in front": "CREATE FUNCTION claims_acting(integer) RETURNS bigint "
    "LANGUAGE sql RETURN 1",
    "put a schema in front": "CREATE SCHEMA aaa",
}
# Nobody but a superuser may: there is no control.
POWERS = {
    "switch all triggers off": "SET session_replication_role = replica",
    "become the superuser": "ALTER ROLE CURRENT_USER SUPERUSER",
    "pass the policies by": "ALTER ROLE CURRENT_USER BYPASSRLS",
    "become the owner": "DO $$ BEGIN EXECUTE format('SET ROLE %I', (SELECT relowner::"
    "regrole FROM pg_class WHERE relname = 'claims_claim')); END $$",
    "join the owner": "DO $$ BEGIN EXECUTE format('GRANT %s TO CURRENT_USER', (SELECT "
    "relowner::regrole FROM pg_class WHERE relname = 'claims_claim')); END $$",
    "run a program": "COPY claims_publishedverdict FROM PROGRAM 'true'",
    "write a file": "COPY claims_publishedverdict TO 'aaa'",
}
BY_OWNER = {**PUBLICATIONS, **HISTORY, **STATEMENT, **RECORD, **RULES}
ATTACKS = {**BY_OWNER, **POWERS}
# For want of a right, by a rule or constraint with its name, or by what refers to it.
REFUSED = {"42501", "23514", "23505", "23503", "23001"}


def attack(statement):
    """Make an attack, look at once at what waits for the end, and take it back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_there_are_more_than_forty_ways():
    assert len(ATTACKS) > 80


@with_three_logins
@pytest.mark.parametrize("name", ATTACKS)
def test_the_application_cannot(desk, name):
    somebody = type("User", (), {"pk": desk.keys["editor"]})
    with acting(somebody), pytest.raises(DatabaseError) as refusal:
        attack(desk.sql(ATTACKS[name]))
    assert refusal.value.__cause__.sqlstate in REFUSED, refusal.value


@with_three_logins
def test_what_readers_have_seen_is_not_hidden_from_them(desk):
    statement = "UPDATE claims_article SET was_public = false RETURNING was_public"
    somebody = type("User", (), {"pk": desk.keys["editor"]})
    assert (True,) in given_back(statement, acting(somebody))
    # The control.
    off = "ALTER TABLE claims_article DISABLE TRIGGER was_public_stays"
    assert (True,) not in given_back(statement, as_owner(), before=off)


def given_back(statement, as_somebody, before="SELECT"):
    """Return the rows that a statement gives, and take it back."""
    with as_somebody, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(before)
        cursor.execute(statement)
        transaction.set_rollback(True)
        return cursor.fetchall()


@with_three_logins
@pytest.mark.parametrize("name", BY_OWNER)
def test_the_owner_can_once_the_rules_are_off(desk, name):
    """The control: what is refused above is an attack."""
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        for table in APPLICATION:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for (constraint,) in constraints(cursor):
            cursor.execute(
                f"ALTER TABLE claims_publishedverdict DROP CONSTRAINT {constraint}"
            )
        cursor.execute(desk.sql(BY_OWNER[name]))
        transaction.set_rollback(True)


def constraints(cursor):
    cursor.execute(
        "SELECT quote_ident(conname) FROM pg_constraint WHERE contype IN ('c', 'u')"
        " AND conrelid = 'claims_publishedverdict'::regclass"
    )
    return cursor.fetchall()
