"""The linter of migrations names what would stop a site that is served meanwhile."""

import pytest

from tests.migrations import live_sql

pytestmark = pytest.mark.skipif(
    not live_sql.SQUAWK, reason="no squawk here: pip install -e '.[dev]'"
)

BAD = """
ALTER TABLE claims_speaker DROP COLUMN title CASCADE;
ALTER TABLE claims_claim ADD COLUMN mood varchar(9) NOT NULL;
CREATE INDEX claim_mood ON claims_claim (mood);
"""
GOOD = """
CREATE TABLE claims_mood (id bigint PRIMARY KEY);
ALTER TABLE claims_claim ADD COLUMN mood varchar(9);
"""


def test_a_migration_that_takes_a_column_away_is_named():
    found = live_sql.findings([("0999_moods", BAD), ("0998_few_moods", GOOD)])
    assert {(name, rule) for name, rule, _line in found} == {
        ("0999_moods", "ban-drop-column"),
        ("0999_moods", "adding-required-field"),
        ("0999_moods", "require-concurrent-index-creation"),
    }
    told = live_sql.problems([("0999_moods", BAD)])
    line = "ALTER TABLE claims_speaker DROP COLUMN title CASCADE;"
    assert f"0999_moods: ban-drop-column: {line}" in told


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_migration_since_the_former_version_stops_the_site():
    assert live_sql.problems(live_sql.statements()) == []
