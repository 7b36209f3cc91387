"""Whatever a superuser does behind the application's back is named, each in words.

Every tampering is done in a transaction of its own and rolled back with it.
"""

import pytest
from django.db import connection, connections, transaction

from claims.checks import problems
from claims.database_roles import statements
from claims.desk.workflow import take_step
from claims.models import SpeakerRole
from tests.conftest import LOGINS
from tests.factories import (
    make_claim,
    make_published,
    make_speaker,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db


def off(table, *statements):
    """Return statements run with the triggers of a table off, and on again after."""
    return [
        f"ALTER TABLE claims_{table} DISABLE TRIGGER USER",
        *statements,
        # As somebody would who tidies up after: each back in its own mode.
        f"""DO $$ DECLARE one record; BEGIN
            FOR one IN SELECT name, enabled FROM modes WHERE t = 'claims_{table}' LOOP
                EXECUTE format('ALTER TABLE claims_{table} ENABLE %s TRIGGER %I',
                    CASE one.enabled WHEN 'A' THEN 'ALWAYS' ELSE '' END, one.name);
            END LOOP; END $$""",
    ]


RECOMPUTE = """DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT id, claim_id, number FROM claims_publishedverdict
               ORDER BY claim_id, number LOOP
        UPDATE claims_publishedverdict p SET digest = claims_publication_digest(p,
            coalesce((SELECT digest FROM claims_publishedverdict b
                WHERE b.claim_id = one.claim_id AND b.number = one.number - 1), ''))
        WHERE id = one.id;
    END LOOP; END $$"""
PUBLICATION = "claims_publishedverdict"
NEWEST = "(SELECT id FROM claims_publishedverdict WHERE number = 2)"
TWO = [
    f"(SELECT {pick}(id) FROM claims_claim WHERE status = 'listed')"
    for pick in ("min", "max")
]

TAMPERINGS = {
    # --- What was published -----------------------------------------------------
    "a summary rewritten": (
        off("publishedverdict", f"UPDATE {PUBLICATION} SET summary = 'Forged.'"),
        "publications changed after the day",
    ),
    "a summary rewritten and the chain computed again": (
        off(
            "publishedverdict",
            f"UPDATE {PUBLICATION} SET summary = 'Forged.'",
            RECOMPUTE,
        ),
        "rows of claims_publishedverdict that are not as their history left them",
    ),
    "the newest version deleted": (
        [
            *off(
                "claim",
                "UPDATE claims_claim c SET current_id = (SELECT id FROM"
                " claims_publishedverdict p WHERE p.claim_id = c.id AND number = 1)"
                f" WHERE current_id = {NEWEST}",
            ),
            *off(
                "publicclaim",
                "UPDATE claims_publicclaim SET current_id = NULL"
                f" WHERE current_id = {NEWEST}",
            ),
            *off("publishedverdict", f"DELETE FROM {PUBLICATION} WHERE id = {NEWEST}"),
        ],
        "rows of claims_publishedverdict that are not as their history left them, "
        "or are missing",
    ),
    "the evidence edited": (
        off(
            "publishedverdict",
            f"UPDATE {PUBLICATION} SET evidence ="
            " jsonb_set(evidence, '{0,url}', '\"https://forged.example/\"')",
        ),
        "publications changed after the day",
    ),
    "a former digest made up": (
        off(
            "publishedverdict",
            f"UPDATE {PUBLICATION} SET statement_basis = 'reconstructed',"
            " former_digest = repeat('a', 64)",
            RECOMPUTE,
        ),
        "publications whose words are not those of their former digest",
    ),
    "the day of publication moved": (
        off(
            "publishedverdict",
            f"UPDATE {PUBLICATION} SET published_at = published_at - interval '9 days'",
            RECOMPUTE,
        ),
        "rows of claims_publishedverdict that are not as their history left them",
    ),
    "the marks moved": (
        off(
            "publishedverdict",
            f"UPDATE {PUBLICATION} SET marks = jsonb_set(marks, '{{0,start}}', '1')",
            RECOMPUTE,
        ),
        "publications whose marked words are not the text's words",
    ),
    # --- Who approved it ----------------------------------------------------------
    "the author made the approver": (
        [
            f"ALTER TABLE {PUBLICATION} DROP CONSTRAINT publication_has_four_eyes",
            *off(
                "publishedverdict", f"UPDATE {PUBLICATION} SET approver_id = author_id"
            ),
        ],
        "publications approved by their author without a reason given",
    ),
    "the reason of an override emptied": (
        [
            f"ALTER TABLE {PUBLICATION} DROP CONSTRAINT publication_has_four_eyes",
            *off("publishedverdict", f"UPDATE {PUBLICATION} SET override_reason = ''"),
        ],
        "publications changed after the day",
    ),
    "a contributor deleted": (
        off("verdict_contributors", "DELETE FROM claims_verdict_contributors"),
        "verdicts under way that lack somebody who, by the history, wrote a part",
    ),
    # --- The statement and the text -----------------------------------------------
    "a text and its sum rewritten": (
        off(
            "articletext",
            "UPDATE claims_articletext SET body = 'Forged. ' || body,"
            " sha256 = encode(sha256(convert_to('Forged. ' || body, 'UTF8')), 'hex')",
        ),
        "rows of claims_articletext that are not as their history left them",
    ),
    "a claim worded otherwise": (
        off("claim", "UPDATE claims_claim SET wording = 'Forged.'"),
        "rows of claims_claim that are not as their history left them",
    ),
    "a speaker's former name edited": (
        off("speakername", "UPDATE claims_speakername SET name = 'Forged'"),
        "speakers whose former names are not those of their history",
    ),
    "a role backdated": (
        off("speakerrole", "UPDATE claims_speakerrole SET since = '1990-01-01'"),
        "rows of claims_speakerrole that are not as their history left them",
    ),
    "a claim made to repeat another": (
        off(
            "claim",
            f"UPDATE claims_claim SET repeats_id = {TWO[0]} WHERE id = {TWO[1]}",
        ),
        "claims that repeat another than the first one confirmed for them",
    ),
    "a relation confirmed by nobody": (
        off(
            "claimrelation",
            "INSERT INTO claims_claimrelation (claim_id, to_id, kind, state, tier,"
            " suggested_at, decided_at) VALUES"
            f" ({TWO[1]}, {TWO[0]}, 'repeats', 'confirmed', '', now(), now())",
        ),
        "claims that repeat another than the first one confirmed for them",
    ),
    # --- The public record --------------------------------------------------------
    "a repeat shown with another verdict": (
        off("publicclaim", "UPDATE claims_publicclaim SET times_said = times_said + 1"),
        "claims that readers see otherwise than they were published or listed",
    ),
    "a row of the public record edited": (
        off("publicwords", "UPDATE claims_publicwords SET wording = 'Forged.'"),
        "claims that readers see otherwise than they were published or listed",
    ),
    "a claim taken from the public record": (
        off(
            "publicclaim",
            "DELETE FROM claims_publicwords",
            "DELETE FROM claims_publicclaim",
        ),
        "claims that readers see otherwise than they were published or listed",
    ),
    "a facet count edited": (
        ["UPDATE claims_facetcount SET count = count + 1"],
        "facet codes whose count is not the number of listed claims",
    ),
    "the ends of a facet drawn closer": (
        ["UPDATE claims_facetcount SET stated_from = stated_until + 1"],
        "facet codes of listed claims that lie outside of the ends kept for them",
    ),
    "a public change removed": (
        off("publicchange", "DELETE FROM claims_publicchange WHERE number = 1"),
        "numbers of public changes that were given out and are missing",
    ),
    "the newest public change removed": (
        off(
            "publicchange",
            "DELETE FROM claims_publicchange WHERE number ="
            " (SELECT max(number) FROM claims_publicchange)",
        ),
        "numbers of public changes that were given out and are missing",
    ),
    # --- The history ----------------------------------------------------------------
    "the history thinned": (
        off("change", "DELETE FROM claims_change WHERE operation = 'update'"),
        "rows of claims_claim that are not as their history left them",
    ),
    "one change taken from the middle": (
        off(
            "change",
            "DELETE FROM claims_change WHERE id = (SELECT min(id) FROM claims_change"
            " WHERE operation = 'update' AND \"table\" = 'verdict')",
        ),
        "rows of claims_verdict from whose history a change was taken or rewritten",
    ),
    "the beginning of a row's history taken": (
        off("change", "DELETE FROM claims_change WHERE operation = 'insert'"),
        "rows of claims_claim from whose history a change was taken or rewritten",
    ),
    "a step taken from the record": (
        off("transition", "DELETE FROM claims_transition WHERE step = 'submit'"),
        "claims whose steps do not lead from one to the next",
    ),
    # --- The guards -------------------------------------------------------------------
    "a trigger dropped": (
        ["DROP TRIGGER append_only ON claims_transition"],
        "the trigger claims_transition.append_only is gone",
    ),
    "a function emptied": (
        [
            "CREATE OR REPLACE FUNCTION claims_append_only() RETURNS trigger"
            " LANGUAGE plpgsql AS $$ BEGIN RETURN coalesce(NEW, OLD); END $$"
        ],
        "the function claims_append_only() is not the one that the migrations made",
    ),
    "the function of the digest replaced": (
        [
            "CREATE OR REPLACE FUNCTION claims_publication_digest("
            "p claims_publishedverdict, before text) RETURNS text LANGUAGE sql STABLE"
            " RETURN p.digest"
        ],
        "the function claims_publication_digest(p claims_publishedverdict, before text)"
        " is not the one that the migrations made",
    ),
    "a trigger made ordinary": (
        ["ALTER TABLE claims_change ENABLE TRIGGER append_only"],
        "the trigger claims_change.append_only was made ENABLE ALWAYS and is now "
        "ENABLE only",
    ),
    "a trigger switched off": (
        ["ALTER TABLE claims_claim DISABLE TRIGGER statement_guard"],
        "the trigger claims_claim.statement_guard is switched off",
    ),
    "a trigger given a condition that never holds": (
        [
            "DROP TRIGGER publication_guard ON claims_publishedverdict",
            "CREATE TRIGGER publication_guard BEFORE INSERT ON claims_publishedverdict"
            " FOR EACH ROW WHEN (false) EXECUTE FUNCTION claims_publication_guard()",
            f"ALTER TABLE {PUBLICATION} ENABLE ALWAYS TRIGGER publication_guard",
        ],
        "the trigger claims_publishedverdict.publication_guard is not the one",
    ),
    "a trigger added": (
        [
            "CREATE TRIGGER zz BEFORE INSERT ON claims_publishedverdict"
            " FOR EACH ROW EXECUTE FUNCTION claims_append_only()"
        ],
        "there is a trigger claims_publishedverdict.zz that no migration made",
    ),
    "a rule that swallows": (
        ["CREATE RULE swallow AS ON INSERT TO claims_transition DO INSTEAD NOTHING"],
        "there is a rule claims_transition.swallow that no migration made",
    ),
    "a CHECK dropped": (
        [f"ALTER TABLE {PUBLICATION} DROP CONSTRAINT publication_has_four_eyes"],
        "the constraint claims_publishedverdict.publication_has_four_eyes is gone",
    ),
    "a CHECK made harmless": (
        [
            f"ALTER TABLE {PUBLICATION} DROP CONSTRAINT publication_has_four_eyes",
            f"ALTER TABLE {PUBLICATION} ADD CONSTRAINT publication_has_four_eyes"
            " CHECK (true)",
        ],
        "the constraint claims_publishedverdict.publication_has_four_eyes is not",
    ),
    "a unique constraint dropped": (
        [f"ALTER TABLE {PUBLICATION} DROP CONSTRAINT publication_numbers_are_unique"],
        "the constraint claims_publishedverdict.publication_numbers_are_unique is gone",
    ),
    "a unique index dropped": (
        ["DROP INDEX removal_is_asked_once"],
        "the unique index claims_removalrequest.removal_is_asked_once is gone",
    ),
    "a column that may be empty": (
        [f"ALTER TABLE {PUBLICATION} ALTER COLUMN approver_name DROP NOT NULL"],
        "the column claims_publishedverdict.approver_name is not the one",
    ),
    # --- Who may do what --------------------------------------------------------------
    "a privilege given to everybody": (
        [f"GRANT UPDATE ON {PUBLICATION} TO PUBLIC"],
        "everybody: UPDATE on claims_publishedverdict, and should not",
    ),
}

# What takes a superuser is tried on a server of its own: tests/database.
WITH_ROLES = {
    "the application's privileges widened": (
        [f"GRANT DELETE ON {PUBLICATION} TO {{application}}"],
        "{application}: DELETE on claims_publishedverdict, and should not",
    ),
    "a number of publications to be set": (
        ["GRANT UPDATE ON claims_publishedverdict_id_seq TO {application}"],
        "{application}: UPDATE on claims_publishedverdict_id_seq, and should not",
    ),
    "one column opened to the public role": (
        ["GRANT UPDATE (summary) ON claims_publicwords TO {public}"],
        "{public}: UPDATE on claims_publicwords (summary), and should not",
    ),
    "the desk opened to the public role": (
        ["GRANT SELECT ON claims_verdict TO {public}"],
        "{public}: SELECT on claims_verdict, and should not",
    ),
    "hidden rows opened to the public role": (
        ["ALTER TABLE claims_article DISABLE ROW LEVEL SECURITY"],
        "claims_article: its policies are not those of the public role",
    ),
    "published rows hidden from everybody else": (
        [
            "ALTER TABLE claims_publicwords ENABLE ROW LEVEL SECURITY",
            "CREATE POLICY hide ON claims_publicwords USING (false)",
        ],
        "claims_publicwords: its policies are not those of the public role",
    ),
}


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    """A claim published twice, one in review, a listed one, and an override.

    Made once; each test undoes its own tampering.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        verdict = make_published(rating="mostly-true").claim.verdict
        author = verdict.author
        verdict = take_step("revise", verdict, by=author, comment="New figures.")
        verdict = take_step("submit", verdict, by=author)
        take_step("publish", verdict, by=make_user("Editors"))
        alone = make_user("Editors")
        verdict = take_step("submit", make_verdict(author=alone), by=alone)
        take_step("publish", verdict, by=alone, override_reason="Nobody else is here.")
        make_verdict(status="in_review")
        mayor = make_speaker()
        SpeakerRole.objects.create(speaker=mayor, title="Mayor")
        make_claim("Nobody was hurt", cue="Falk said", speaker=mayor)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        transaction.set_rollback(True)


def tamper(statements):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE modes ON COMMIT DROP AS SELECT"
            " tgrelid::regclass::text AS t, tgname AS name, tgenabled AS enabled"
            " FROM pg_trigger WHERE NOT tgisinternal"
        )
        for statement in statements:
            cursor.execute(statement)


def test_a_desk_left_alone_has_nothing_to_name(desk):
    tamper([*off("publishedverdict"), *off("claim"), *off("change")])
    assert problems() == []


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_tampering_is_named(desk, name):
    statements, words = TAMPERINGS[name]
    tamper(statements)
    told = problems()
    assert any(words in problem for problem in told), told


@pytest.fixture
def roles(monkeypatch):
    """Name the three roles in the settings and give them their rights."""
    if len(LOGINS) < 3:
        pytest.skip("there is one login for everything here")
    logins = connections.configure_settings(dict(LOGINS))
    monkeypatch.setattr(connections, "settings", logins)
    names = [LOGINS[alias]["USER"] for alias in ("default", "public")]
    with connection.cursor() as cursor:
        for statement in statements(*names):
            cursor.execute(statement)
    return dict(zip(("application", "public"), names, strict=True))


def test_the_roles_as_they_should_be_have_nothing_to_name(desk, roles):
    assert problems() == []


@pytest.mark.parametrize("name", WITH_ROLES)
def test_a_tampering_with_a_role_is_named(desk, roles, name):
    made, words = WITH_ROLES[name]
    tamper([each.format(**roles) for each in made])
    told = problems()
    assert any(words.format(**roles) in problem for problem in told), told
