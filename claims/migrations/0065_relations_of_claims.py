"""How two claims relate, suggested and decided; what claims repeat is kept from that.

Today's repeats become confirmed relations, by whoever the history names. Of claims
that repeat one another in a ring the first of them repeats nothing from now on.
"""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

LOGGED = """
CREATE TRIGGER somebody_acts BEFORE INSERT OR UPDATE OR DELETE ON claims_claimrelation
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_claimrelation
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_claimrelation ENABLE ALWAYS TRIGGER somebody_acts;
ALTER TABLE claims_claimrelation ENABLE ALWAYS TRIGGER log_change;
"""
NOT_LOGGED = """
DROP TRIGGER somebody_acts ON claims_claimrelation;
DROP TRIGGER log_change ON claims_claimrelation;
"""
RULES = r"""
-- The first claim of all in the chain of confirmed relations, NULL where it has none.
CREATE FUNCTION claims_first_said(claim bigint) RETURNS bigint LANGUAGE sql STABLE
RETURN (
    WITH RECURSIVE back AS (
        SELECT to_id AS id, 1 AS step FROM claims_claimrelation
        WHERE claim_id = claim AND kind = 'repeats' AND state = 'confirmed'
        UNION ALL
        SELECT r.to_id, step + 1 FROM back JOIN claims_claimrelation r
            ON r.claim_id = back.id AND r.kind = 'repeats' AND r.state = 'confirmed'
        -- None is that long; a ring would have no end.
        WHERE step < 10000
    )
    SELECT id FROM back ORDER BY step DESC LIMIT 1
);

CREATE FUNCTION claims_relation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.claim_id, NEW.to_id, NEW.kind)
            <> (OLD.claim_id, OLD.to_id, OLD.kind) THEN
        PERFORM claims_refuse('relation_stays_what_it_is',
            'a relation keeps its two claims and its kind');
    END IF;
    IF NEW.state <> 'suggested' AND NEW.decided_by_id IS NULL
            AND (TG_OP = 'INSERT' OR (NEW.state, NEW.decided_by_id)
                 IS DISTINCT FROM (OLD.state, OLD.decided_by_id)) THEN
        PERFORM claims_refuse('relation_is_decided_by_somebody',
            'a relation is decided by a person');
    END IF;
    IF NEW.kind = 'repeats' AND NEW.state = 'confirmed' THEN
        -- One at a time: two could close a ring that neither sees.
        PERFORM pg_advisory_xact_lock(hashtext('claims_claimrelation'));
        IF EXISTS (
            WITH RECURSIVE back AS (
                SELECT NEW.to_id AS id
                UNION
                SELECT r.to_id FROM back JOIN claims_claimrelation r
                    ON r.claim_id = back.id AND r.kind = 'repeats'
                    AND r.state = 'confirmed'
            )
            SELECT FROM back WHERE id = NEW.claim_id
        ) THEN
            PERFORM claims_refuse('relations_make_no_ring',
                'the other claim repeats this one already');
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER relation_guard BEFORE INSERT OR UPDATE ON claims_claimrelation
    FOR EACH ROW EXECUTE FUNCTION claims_relation_guard();

-- Whatever repeats the claim follows it to what it repeats now.
CREATE FUNCTION claims_keep_repeats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE claims_claim c SET repeats_id = claims_first_said(c.id)
    WHERE c.id IN (
        WITH RECURSIVE later AS (
            SELECT coalesce(NEW.claim_id, OLD.claim_id) AS id
            UNION
            SELECT r.claim_id FROM later JOIN claims_claimrelation r
                ON r.to_id = later.id AND r.kind = 'repeats' AND r.state = 'confirmed'
        )
        SELECT id FROM later
    ) AND c.repeats_id IS DISTINCT FROM claims_first_said(c.id);
    RETURN NULL;
END $$;
CREATE TRIGGER keep_repeats_insert AFTER INSERT ON claims_claimrelation
    FOR EACH ROW WHEN (NEW.kind = 'repeats' AND NEW.state = 'confirmed')
    EXECUTE FUNCTION claims_keep_repeats();
CREATE TRIGGER keep_repeats_update AFTER UPDATE ON claims_claimrelation
    FOR EACH ROW WHEN (NEW.kind = 'repeats' AND NEW.state <> OLD.state
                       AND 'confirmed' IN (NEW.state, OLD.state))
    EXECUTE FUNCTION claims_keep_repeats();
CREATE TRIGGER keep_repeats_delete AFTER DELETE ON claims_claimrelation
    FOR EACH ROW WHEN (OLD.kind = 'repeats' AND OLD.state = 'confirmed')
    EXECUTE FUNCTION claims_keep_repeats();

CREATE FUNCTION claims_repeats_as_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.repeats_id IS DISTINCT FROM claims_first_said(NEW.id) THEN
        PERFORM claims_refuse('claim_repeats_as_confirmed',
            'what a claim repeats is confirmed as a relation of both');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER repeats_as_confirmed_insert BEFORE INSERT ON claims_claim
    FOR EACH ROW WHEN (NEW.repeats_id IS NOT NULL)
    EXECUTE FUNCTION claims_repeats_as_confirmed();
CREATE TRIGGER repeats_as_confirmed_update BEFORE UPDATE OF repeats_id ON claims_claim
    FOR EACH ROW WHEN (NEW.repeats_id IS DISTINCT FROM OLD.repeats_id)
    EXECUTE FUNCTION claims_repeats_as_confirmed();
ALTER TABLE claims_claim ENABLE ALWAYS TRIGGER repeats_as_confirmed_insert;
ALTER TABLE claims_claim ENABLE ALWAYS TRIGGER repeats_as_confirmed_update;

DO $do$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY[
        'relation_guard', 'keep_repeats_insert', 'keep_repeats_update',
        'keep_repeats_delete'
    ] LOOP
        EXECUTE format('ALTER TABLE claims_claimrelation ENABLE ALWAYS TRIGGER %I',
                       one);
    END LOOP;
    FOREACH one IN ARRAY ARRAY[
        'claims_relation_guard', 'claims_keep_repeats', 'claims_repeats_as_confirmed'
    ] LOOP
        EXECUTE format('ALTER FUNCTION %I() SET search_path = %I, pg_temp',
                       one, current_schema());
    END LOOP;
END $do$;
"""
NO_RULES = """
DROP FUNCTION claims_repeats_as_confirmed() CASCADE;
DROP FUNCTION claims_keep_repeats() CASCADE;
DROP FUNCTION claims_relation_guard() CASCADE;
DROP FUNCTION claims_first_said(bigint);
"""

# What a claim repeats is no edit of it: whoever has it open goes on.
BEFORE, AFTER = "ARRAY['quote', 'rating_id'", "ARRAY['quote', 'repeats_id', 'rating_id'"
GUARD = """
DO $do$
DECLARE
    definition text := pg_get_functiondef('claims_claim_guard()'::regprocedure);
BEGIN
    IF strpos(definition, $q${before}$q$) = 0 THEN
        RAISE EXCEPTION 'The part to change is missing in claims_claim_guard().';
    END IF;
    EXECUTE replace(definition, $q${before}$q$, $q${after}$q$);
END $do$;
"""

CARRY = r"""
-- After a way back and forth, no number stands for two relations in the history.
SELECT setval(pg_get_serial_sequence('claims_claimrelation', 'id'), max(row))
FROM claims_change WHERE "table" = 'claimrelation' HAVING max(row) > 0;
INSERT INTO claims_claimrelation (claim_id, to_id, kind, state, tier, suggested_by_id,
                                  suggested_at, decided_by_id, decided_at)
SELECT c.id, c.repeats_id, 'repeats', 'confirmed', '', by.id,
       coalesce(told.at, c.created_at), by.id, coalesce(told.at, c.created_at)
FROM claims_claim c
LEFT JOIN LATERAL (
    SELECT actor_id, at FROM claims_change
    WHERE "table" = 'claim' AND row = c.id
      AND (after ->> 'repeats_id')::bigint = c.repeats_id
      AND before ->> 'repeats_id' IS DISTINCT FROM after ->> 'repeats_id'
    ORDER BY id DESC LIMIT 1
) told ON true
LEFT JOIN auth_user by ON by.id = coalesce(told.actor_id, c.created_by_id)
-- Where claims repeat one another in a ring, the first of them repeats nothing.
WHERE c.repeats_id IS NOT NULL AND c.id <> coalesce((
    WITH RECURSIVE ring AS (
        SELECT c.repeats_id AS id
        UNION
        SELECT earlier.repeats_id FROM ring JOIN claims_claim earlier USING (id)
        WHERE earlier.repeats_id IS NOT NULL
    )
    SELECT min(id) FROM ring WHERE EXISTS (SELECT FROM ring WHERE id = c.id)
), 0);
"""
KEEP = r"""
CREATE TEMPORARY TABLE moved ON COMMIT DROP AS
    SELECT id FROM claims_claim
    WHERE repeats_id IS NOT NULL AND repeats_id IS DISTINCT FROM claims_first_said(id);
UPDATE claims_claim c SET repeats_id = claims_first_said(c.id)
    FROM moved WHERE moved.id = c.id;
-- What readers see of it changes with it.
UPDATE claims_publicclaim f SET repeats_id = first.id
    FROM moved JOIN claims_claim c USING (id)
    LEFT JOIN claims_claim first ON first.id = c.repeats_id AND first.status = 'listed'
    WHERE moved.id = f.id AND f.repeats_id IS DISTINCT FROM first.id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
# The way back would lose the others.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_claimrelation
               WHERE kind <> 'repeats' OR state <> 'confirmed') THEN
        RAISE EXCEPTION 'There are relations of claims, suggestions or refusals, which '
            'the version before cannot hold: restore the copy made before the upgrade.';
    END IF;
END $$;
-- The history says where they went.
DELETE FROM claims_claimrelation;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0064_ends_of_facets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="claim",
            name="repeats",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="repetitions",
                to="claims.claim",
            ),
        ),
        migrations.CreateModel(
            name="ClaimRelation",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("repeats", "Repeats"),
                            ("contradicts", "Contradicts"),
                            ("supports", "Supports"),
                            ("part_of", "Is part of"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("suggested", "Suggested"),
                            ("confirmed", "Confirmed"),
                            ("rejected", "Rejected"),
                        ],
                        default="suggested",
                        max_length=9,
                    ),
                ),
                ("suggested_at", models.DateTimeField(auto_now_add=True)),
                ("score", models.FloatField(null=True)),
                (
                    "tier",
                    models.CharField(
                        blank=True,
                        choices=[("very close", "Very close"), ("similar", "Similar")],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relations",
                        to="claims.claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "suggested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relations_to",
                        to="claims.claim",
                        verbose_name="earlier or other claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "relation of claims",
                "verbose_name_plural": "relations of claims",
                "ordering": ["-suggested_at", "-id"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        models.OrderBy(
                            models.F("score"), descending=True, nulls_last=True
                        ),
                        models.F("id"),
                        condition=models.Q(("state", "suggested")),
                        name="relation_suggested",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("claim", "to", "kind"),
                        name="relation_is_stored_once",
                        violation_error_message="This relation is stored already.",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("claim", "to"),
                        django.db.models.functions.comparison.Greatest("claim", "to"),
                        condition=models.Q(("kind", "contradicts")),
                        name="contradiction_is_stored_once",
                        violation_error_message="This relation is stored already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "repeats"), ("state", "confirmed")),
                        fields=("claim",),
                        name="claim_repeats_one",
                        violation_error_message="This claim is confirmed to repeat another one. Undo that first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("claim", models.F("to")), _negated=True),
                        name="relation_joins_two_claims",
                        violation_error_message="A claim has no relation to itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["repeats", "contradicts", "supports", "part_of"],
                            )
                        ),
                        name="relation_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["suggested", "confirmed", "rejected"])
                        ),
                        name="relation_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("state", "suggested")
                            ),
                            models.Q(
                                models.Q(("state", "suggested"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="relation_decision_has_its_time",
                    ),
                ],
            },
        ),
        migrations.RunSQL(LOGGED, NOT_LOGGED),
        migrations.RunSQL(CARRY, REFUSAL),
        migrations.RunSQL(RULES, NO_RULES),
        migrations.RunSQL(
            GUARD.format(before=BEFORE, after=AFTER),
            GUARD.format(before=AFTER, after=BEFORE),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
