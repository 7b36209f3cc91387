"""Damage done behind the application's back is found and named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.checks import broken_rows, public, rows
from claims.desk.workflow import take_step
from tests.factories import (
    make_claim,
    make_page,
    make_published,
    make_speaker,
    make_user,
    make_verdict,
)
from tests.guards import settle

pytestmark = pytest.mark.django_db
CHECKS = [*rows.CHECKS, *public.CHECKS]

# What somebody with the owner's password could do, and which check sees it.
DAMAGE = {
    "repeats": "UPDATE claims_claim SET repeats_id = (SELECT min(id) FROM claims_claim)"
    " WHERE id = (SELECT max(id) FROM claims_claim)",
    "spans": "UPDATE claims_span SET exact = upper(exact)",
    "places": "UPDATE claims_claim SET article_id ="
    " (SELECT max(id) FROM claims_article)",
    "anchors": "WITH newer AS (INSERT INTO claims_articletext"
    " (article_id, number, body, sha256, reason, created_at)"
    " SELECT article_id, 9, body, sha256, 'x', now() FROM claims_articletext"
    " RETURNING id, article_id) UPDATE claims_article a"
    " SET current_text_id = newer.id FROM newer WHERE newer.article_id = a.id",
    "texts": "UPDATE claims_articletext SET body = body || 'x'",
    "quotes": "UPDATE claims_claim SET quote = 'Forged.'",
    "ratings": "UPDATE claims_claim SET rating_id = NULL",
    "publications": "UPDATE claims_publishedverdict SET summary = 'Forged.'",
    "four eyes": "UPDATE claims_publishedverdict SET approver_id = author_id",
    "notes": "UPDATE claims_publishedverdict SET number = 2, kind = 'updated'",
    "listed": "UPDATE claims_claim SET speaker_id = NULL",
    "urgency": "UPDATE claims_claim SET urgency = 7",
    "merged": "UPDATE claims_speaker SET merged_into_id = (SELECT max(id) FROM"
    " claims_speaker) WHERE id < (SELECT max(id) FROM claims_speaker)",
    "page digests": "UPDATE claims_pageversion SET body = 'Forged.'",
    "former digests": "UPDATE claims_publishedverdict SET"
    " former_digest = repeat('0', 64), statement_basis = 'reconstructed'",
    "published marks": "UPDATE claims_publishedverdict SET"
    " marks = jsonb_set(marks, '{0,exact}', '\"Forged.\"')",
    "published quotes": "UPDATE claims_publishedverdict SET quote = 'Forged.'",
    "redactions": "WITH made AS (INSERT INTO claims_redaction"
    " (article_id, reason, by_id, approved_by_id, at, salt, digest)"
    " SELECT c.article_id, 'Why.', p.author_id, p.approver_id, now(), '', ''"
    " FROM claims_publishedverdict p JOIN claims_claim c ON c.id = p.claim_id"
    " RETURNING id) INSERT INTO claims_redactedrow"
    ' (redaction_id, "table", row, fields, before, after)'
    " SELECT made.id, 'publishedverdict', p.id, '{summary}', '', ''"
    " FROM made, claims_publishedverdict p",
    "published times": "UPDATE claims_publishedverdict SET"
    " published_at = now() + interval '1 day'",
    "second eyes": "UPDATE claims_change SET actor_id ="
    " (SELECT approver_id FROM claims_publishedverdict) WHERE \"table\" = 'evidence'",
    "contributors": "DELETE FROM claims_verdict_contributors",
    "steps": "DELETE FROM claims_transition WHERE step = 'publish'",
    "public record": "UPDATE claims_publicwords SET summary = 'Forged.'",
    "public marks": "UPDATE claims_publicwords SET"
    " marks = jsonb_set(marks, '{0,exact}', '\"Forged.\"')",
    "public places": "UPDATE claims_publicwords SET text_id = NULL",
    "facet counts": "UPDATE claims_facetcount SET count = count + 1",
    "facet ends": "UPDATE claims_facetcount SET claim_until = claim_from - 1",
    "lexeme counts": "UPDATE claims_lexemecount SET count = count + 1",
    "change counter": "DELETE FROM claims_publicchange WHERE number = 1",
    "change numbers": "UPDATE claims_publicclaim SET change_number = 0",
    "speakers' names": "UPDATE claims_speakername SET name = 'Forged'",
}
GUARDED = (
    "span",
    "claim",
    "article",
    "articletext",
    "change",
    "pageversion",
    "publicchange",
    "publicwords",
    "publishedverdict",
    "speaker",
    "speakername",
    "transition",
    "verdict_contributors",
    "publicclaim",
)
GUARDS = {
    "texts": "article_text_has_its_digest",
    "four eyes": "publication_has_four_eyes",
    "notes": "publication_after_the_first_has_a_note",
    "listed": "claim_listed_has_a_speaker",
}


def by_name(name):
    return next(check for check in CHECKS if check.name == name)


def damage(name):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE claims_{table} DISABLE TRIGGER USER")
        if name in GUARDS:
            tables = {"texts": "articletext", "listed": "claim"}
            table = tables.get(name, "publishedverdict")
            cursor.execute(f"ALTER TABLE claims_{table} DROP CONSTRAINT {GUARDS[name]}")
        cursor.execute(DAMAGE[name])


def test_a_healthy_desk_passes(capsys):
    verdict = make_published().claim.verdict
    verdict = take_step(
        "revise", verdict, by=make_user("Reviewers"), comment="New figures."
    )
    verdict = take_step("submit", verdict, by=verdict.author)
    verdict = take_step("publish", verdict, by=make_user("Editors"))
    take_step("ask_retract", verdict, by=make_user("Editors"), comment="Wrong.")
    take_step("retract", verdict, by=make_user("Editors"), comment="Wrong.")
    make_verdict()
    call_command("check_integrity")
    assert "Everything holds together." in capsys.readouterr().out


@pytest.fixture(scope="module")
def publication(module_db):
    """The only publication, of a desk that has some of everything."""
    made = make_published()
    make_claim("Nobody was hurt")
    make_verdict()
    make_speaker()
    make_page()
    settle()
    return made


@pytest.mark.parametrize("name", [check.name for check in CHECKS])
def test_damage_is_seen(publication, name):
    assert broken_rows(by_name(name)) == []
    damage(name)
    assert broken_rows(by_name(name)) != []


def test_the_command_names_what_is_wrong_and_fails(publication, capsys):
    damage("publications")
    with pytest.raises(CommandError, match="checks failed"):
        call_command("check_integrity")
    printed = capsys.readouterr().err
    assert f"changed after the day, or missing from the chain: {publication.pk}" in (
        printed
    )
