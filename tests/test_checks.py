"""Damage done behind the application's back is found and named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.checks import CHECKS, broken_rows
from tests.factories import make_claim, make_published, make_speaker

pytestmark = pytest.mark.django_db

# What somebody with the owner's password could do, and which check sees it.
DAMAGE = {
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
    "merged": "UPDATE claims_speaker SET merged_into_id = (SELECT max(id) FROM"
    " claims_speaker) WHERE id < (SELECT max(id) FROM claims_speaker)",
    "triggers": "ALTER TABLE claims_change DISABLE TRIGGER append_only",
}
GUARDED = ("span", "claim", "article", "articletext", "publishedverdict", "speaker")
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
    make_published()
    call_command("check_integrity")
    assert "Everything holds together." in capsys.readouterr().out


@pytest.mark.parametrize("name", [check.name for check in CHECKS])
def test_damage_is_seen(name):
    make_published()
    make_claim("Nobody was hurt")
    make_speaker()
    assert broken_rows(by_name(name)) == []
    damage(name)
    assert broken_rows(by_name(name)) != []


def test_the_command_names_what_is_wrong_and_fails(capsys):
    publication = make_published()
    damage("publications")
    with pytest.raises(CommandError, match="checks failed"):
        call_command("check_integrity")
    printed = capsys.readouterr().err
    assert f"changed after the day, or missing from the chain: {publication.pk}" in (
        printed
    )
