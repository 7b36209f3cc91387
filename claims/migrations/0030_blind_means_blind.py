"""Who has read a verdict under way gives no blind rating of it in that round."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON claims_verdictseen
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON claims_verdictseen
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_verdictseen ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE claims_verdictseen ENABLE ALWAYS TRIGGER append_only_whole;
CREATE TRIGGER somebody_acts BEFORE INSERT OR UPDATE OR DELETE ON claims_verdictseen
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();
ALTER TABLE claims_verdictseen ENABLE ALWAYS TRIGGER somebody_acts;
"""


def guard(blind):
    """Return the guard of second ratings, with or without the rule on looking."""
    return f"""
CREATE OR REPLACE FUNCTION claims_second_rating_guard()
RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    copy record;
BEGIN
    SELECT v.status, v.rating_id, v.finding, v.author_id,
           coalesce(p.number, 0) + 1 AS round
        INTO copy FROM claims_verdict v JOIN claims_claim c ON c.id = v.claim_id
        LEFT JOIN claims_publishedverdict p ON p.id = c.current_id
        WHERE v.id = NEW.verdict_id FOR SHARE OF v;
    IF NOT FOUND THEN
        RETURN NEW;  -- the foreign key says so
    END IF;
    IF copy.status <> 'in_review' THEN
        PERFORM claims_refuse('second_rating_while_in_review',
            'the verdict is not in review');
    END IF;
    IF EXISTS (SELECT FROM claims_verdict_contributors
               WHERE verdict_id = NEW.verdict_id AND user_id = NEW.by_id) THEN
        PERFORM claims_refuse('second_rating_is_another_persons',
            'the second rater wrote a part of the verdict');
    END IF;{blind}
    NEW.round := copy.round;
    NEW.first_rating_id := copy.rating_id;
    NEW.first_finding := copy.finding;
    NEW.first_author_id := copy.author_id;
    RETURN NEW;
END $$;
"""


BLIND = """
    IF EXISTS (SELECT FROM claims_verdictseen
               WHERE verdict_id = NEW.verdict_id AND user_id = NEW.by_id
                 AND round = copy.round) THEN
        PERFORM claims_refuse('second_rating_is_blind',
            'the second rater has read the verdict');
    END IF;"""

# The way back would lose them.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM claims_verdictseen JOIN claims_verdict v ON v.id = verdict_id
        WHERE v.status IN ('draft', 'in_review')
    ) THEN
        RAISE EXCEPTION 'Somebody has read a verdict under way and may not rate it '
            'blind: publish these first, or restore the copy made before the upgrade.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0029_visible_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VerdictSeen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("round", models.PositiveIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seen",
                        to="claims.verdict",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("verdict", "round", "user"),
                        name="verdict_is_first_seen_once",
                    )
                ],
            },
        ),
        migrations.RunSQL([PROTECT, guard(BLIND)], guard("")),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
