"""Whoever changes a claim while its verdict is under way is no second pair of eyes.

What is published holds the claim's wording, words and speaker too. A merge of two
rows of one speaker changes neither.
"""

from django.db import migrations

CREATE = r"""
CREATE FUNCTION claims_note_claim_contributor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF claims_acting() IS NOT NULL AND (
        NEW.wording <> OLD.wording
        OR NEW.quote <> OLD.quote
        OR NEW.speaker_id IS DISTINCT FROM OLD.speaker_id AND NOT EXISTS (
            SELECT FROM claims_speaker was JOIN claims_speaker now
                ON now.id = NEW.speaker_id
            WHERE was.id = OLD.speaker_id AND (
                was.folded = now.folded
                OR was.folded IN (SELECT folded FROM claims_speakeralias
                                  WHERE speaker_id = now.id)
            )
        )
    ) THEN
        INSERT INTO claims_verdict_contributors (verdict_id, user_id)
            SELECT id, claims_acting() FROM claims_verdict
            WHERE claim_id = NEW.id AND status IN ('draft', 'in_review')
            ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER note_claim_contributor
    AFTER UPDATE OF wording, quote, speaker_id ON claims_claim
    FOR EACH ROW EXECUTE FUNCTION claims_note_claim_contributor();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_desk_search")]

    operations = [
        migrations.RunSQL(
            CREATE, "DROP FUNCTION claims_note_claim_contributor() CASCADE;"
        ),
    ]
