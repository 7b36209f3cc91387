"""Nothing published is joined to a statement that nobody approved.

A published claim changes inside a revision alone; what is published is what the claim
and the scale say at that moment; whoever changed any of it is no second pair of eyes.
"""

from django.db import migrations

REFUSALS = r"""
-- The statement of a claim on which something is published, outside a revision.
CREATE FUNCTION claims_statement_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c claims_claim;
    p claims_publishedverdict;
    working text;
BEGIN
    SELECT * INTO c FROM claims_claim WHERE id = NEW.id;
    IF c.current_id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO p FROM claims_publishedverdict WHERE id = c.current_id;
    SELECT status INTO working FROM claims_verdict WHERE claim_id = c.id;
    IF working = 'draft' THEN
        RETURN NULL;
    END IF;
    IF (c.wording, c.quote, c.via_id, c.attribution, c.stated_on, c.stated_precision,
            c.stated_basis, c.checkability)
        IS DISTINCT FROM
       (p.claim_reviewed, p.quote, p.via_id, p.attribution, p.stated_on,
            p.stated_precision, p.stated_basis, p.checkability)
       OR c.printed_role <> '' AND c.printed_role <> p.speaker_role
       -- A merge takes the claim along to the row that the speaker now is.
       OR c.speaker_id IS DISTINCT FROM p.speaker_id AND c.speaker_id IS DISTINCT FROM
            (SELECT merged_into_id FROM claims_speaker WHERE id = p.speaker_id)
    THEN
        IF working = 'in_review' THEN
            PERFORM claims_refuse('claim_is_locked_in_review',
                'the revision of this claim is in review');
        END IF;
        PERFORM claims_refuse('claim_changes_in_a_revision',
            'something is published on this claim: it changes in a revision alone');
    END IF;
    RETURN NULL;
END $$;
-- At the end of the transaction: a merge, or a step, may need several statements.
CREATE CONSTRAINT TRIGGER statement_guard
    AFTER UPDATE OF wording, quote, speaker_id, via_id, attribution, stated_on,
        stated_precision, stated_basis, checkability, printed_role ON claims_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.current_id IS NOT NULL AND (
        (OLD.wording, OLD.quote, OLD.speaker_id, OLD.via_id, OLD.attribution,
            OLD.stated_on, OLD.stated_precision, OLD.stated_basis, OLD.checkability,
            OLD.printed_role)
        IS DISTINCT FROM
        (NEW.wording, NEW.quote, NEW.speaker_id, NEW.via_id, NEW.attribution,
            NEW.stated_on, NEW.stated_precision, NEW.stated_basis, NEW.checkability,
            NEW.printed_role)))
    EXECUTE FUNCTION claims_statement_guard();

CREATE FUNCTION claims_joint_speakers_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    claim bigint := coalesce(NEW.claim_id, OLD.claim_id);
    published jsonb;
    working text;
BEGIN
    SELECT p.speakers, v.status INTO published, working FROM claims_claim c
        JOIN claims_verdict v ON v.claim_id = c.id
        JOIN claims_publishedverdict p ON p.id = c.current_id
        WHERE c.id = claim;
    -- A merge leaves the speakers as they are, under the row that each now is.
    IF working <> 'draft' AND ARRAY(
        SELECT DISTINCT coalesce(s.merged_into_id, s.id)
        FROM claims_claim_other_speakers joint
        JOIN claims_speaker s ON s.id = joint.speaker_id
        WHERE joint.claim_id = claim ORDER BY 1
    ) <> ARRAY(
        SELECT DISTINCT coalesce(s.merged_into_id, s.id) FROM claims_speaker s
        WHERE s.id IN (SELECT (other ->> 'id')::bigint
                       FROM jsonb_array_elements(published) other) ORDER BY 1
    ) THEN
        PERFORM claims_refuse('claim_changes_in_a_revision',
            'something is published on this claim: it changes in a revision alone');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER joint_speakers_guard
    AFTER INSERT OR UPDATE OR DELETE ON claims_claim_other_speakers
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION claims_joint_speakers_guard();

-- A rating under a verdict stays as it is: a new wording is a new rating.
CREATE FUNCTION claims_rating_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM claims_publishedverdict WHERE rating_id = OLD.id)
            OR EXISTS (SELECT FROM claims_verdict WHERE rating_id = OLD.id) THEN
        PERFORM claims_refuse('rating_in_use_stays',
            'the rating stands under verdicts');
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER rating_guard BEFORE UPDATE ON claims_rating FOR EACH ROW
    WHEN ((OLD.label, OLD.slug, OLD.value, OLD.bucket, OLD.definition, OLD.sign)
          IS DISTINCT FROM
          (NEW.label, NEW.slug, NEW.value, NEW.bucket, NEW.definition, NEW.sign))
    EXECUTE FUNCTION claims_rating_guard();

-- Whoever wrote a part of what is under way stays one of its authors.
CREATE FUNCTION claims_contributor_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM claims_verdict WHERE id = OLD.verdict_id
               AND status IN ('draft', 'in_review')) THEN
        PERFORM claims_refuse('contributors_stay',
            'whoever wrote a part of a verdict under way stays a contributor');
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER contributor_guard BEFORE UPDATE OR DELETE ON claims_verdict_contributors
    FOR EACH ROW EXECUTE FUNCTION claims_contributor_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON claims_verdict_contributors
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
"""

# A publication says what the claim and the scale say, unless it takes a verdict back
# or brings an earlier one again.
PUBLICATION = r"""
CREATE FUNCTION claims_publication_is_approved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c claims_claim;
    r claims_rating;
BEGIN
    IF NEW.kind IN ('retracted', 'withdrawn', 'relisted') THEN
        RETURN NEW;
    END IF;
    SELECT * INTO c FROM claims_claim WHERE id = NEW.claim_id;
    SELECT * INTO r FROM claims_rating WHERE id = NEW.rating_id;
    IF (c.wording, c.quote, c.speaker_id, c.via_id, c.attribution, c.stated_on,
            c.stated_precision, c.stated_basis, c.checkability,
            r.label, r.slug, r.value, r.bucket, r.definition, r.sign)
        IS DISTINCT FROM
       (NEW.claim_reviewed, NEW.quote, NEW.speaker_id, NEW.via_id, NEW.attribution,
            NEW.stated_on, NEW.stated_precision, NEW.stated_basis, NEW.checkability,
            NEW.rating_label, NEW.rating_slug, NEW.rating_value, NEW.rating_bucket,
            NEW.rating_definition, NEW.rating_sign)
    THEN
        PERFORM claims_refuse('publication_is_what_was_approved',
            'the publication differs from the claim or the scale');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER publication_is_approved BEFORE INSERT ON claims_publishedverdict
    FOR EACH ROW EXECUTE FUNCTION claims_publication_is_approved();
ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER publication_is_approved;
"""

# The author of a retraction, of a withdrawal or of a return is who asked for it.
AUTHOR = r"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('claims_publication_guard()'::regprocedure);
BEGIN
    EXECUTE replace(definition,
        'IF copy.author_id IS DISTINCT FROM NEW.author_id THEN',
        'IF NEW.kind NOT IN (''retracted'', ''withdrawn'', ''relisted'')
            AND copy.author_id IS DISTINCT FROM NEW.author_id THEN');
END $do$;
"""

CONTRIBUTORS = r"""
CREATE FUNCTION claims_contribute(claims bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF claims_acting() IS NOT NULL THEN
        INSERT INTO claims_verdict_contributors (verdict_id, user_id)
            SELECT id, claims_acting() FROM claims_verdict
            WHERE claim_id = ANY(claims) AND status IN ('draft', 'in_review')
            ON CONFLICT DO NOTHING;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION claims_note_claim_contributor() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_contribute(ARRAY[NEW.id]);
    RETURN NULL;
END $$;
DROP TRIGGER note_claim_contributor ON claims_claim;
CREATE TRIGGER note_claim_contributor
    AFTER UPDATE OF wording, quote, speaker_id, via_id, attribution, stated_on,
        stated_precision, stated_basis, checkability, printed_role ON claims_claim
    FOR EACH ROW WHEN (
        (OLD.wording, OLD.quote, OLD.speaker_id, OLD.via_id, OLD.attribution,
            OLD.stated_on, OLD.stated_precision, OLD.stated_basis, OLD.checkability,
            OLD.printed_role)
        IS DISTINCT FROM
        (NEW.wording, NEW.quote, NEW.speaker_id, NEW.via_id, NEW.attribution,
            NEW.stated_on, NEW.stated_precision, NEW.stated_basis, NEW.checkability,
            NEW.printed_role))
    EXECUTE FUNCTION claims_note_claim_contributor();

CREATE FUNCTION claims_note_joint_contributor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_contribute(ARRAY[coalesce(NEW.claim_id, OLD.claim_id)]);
    RETURN NULL;
END $$;
CREATE TRIGGER note_joint_contributor
    AFTER INSERT OR UPDATE OR DELETE ON claims_claim_other_speakers
    FOR EACH ROW EXECUTE FUNCTION claims_note_joint_contributor();

-- Another name, kind, alias, office or merge of a speaker bears on every claim of
-- that speaker whose verdict is under way.
CREATE FUNCTION claims_note_speaker_contributor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row jsonb := to_jsonb(coalesce(NEW, OLD));
    speakers bigint[];
BEGIN
    IF claims_acting() IS NULL THEN
        RETURN NULL;
    END IF;
    speakers := CASE TG_TABLE_NAME WHEN 'claims_speaker'
        THEN ARRAY[(row ->> 'id')::bigint, (row ->> 'merged_into_id')::bigint]
        ELSE ARRAY[(row ->> 'speaker_id')::bigint] END;
    PERFORM claims_contribute(ARRAY(
        SELECT c.id FROM claims_claim c JOIN claims_verdict v ON v.claim_id = c.id
        WHERE v.status IN ('draft', 'in_review') AND (
            c.speaker_id = ANY(speakers) OR EXISTS (
                SELECT FROM claims_claim_other_speakers joint
                WHERE joint.claim_id = c.id AND joint.speaker_id = ANY(speakers)))));
    RETURN NULL;
END $$;
CREATE TRIGGER note_speaker_contributor
    AFTER UPDATE OF name, kind, title, slug, merged_into_id ON claims_speaker
    FOR EACH ROW WHEN (
        (OLD.name, OLD.kind, OLD.title, OLD.slug, OLD.merged_into_id) IS DISTINCT FROM
        (NEW.name, NEW.kind, NEW.title, NEW.slug, NEW.merged_into_id))
    EXECUTE FUNCTION claims_note_speaker_contributor();
CREATE TRIGGER note_speaker_contributor
    AFTER INSERT OR UPDATE OR DELETE ON claims_speakeralias
    FOR EACH ROW EXECUTE FUNCTION claims_note_speaker_contributor();
CREATE TRIGGER note_speaker_contributor
    AFTER INSERT OR UPDATE OR DELETE ON claims_speakerrole
    FOR EACH ROW EXECUTE FUNCTION claims_note_speaker_contributor();

-- The headline, outlet, day and address of the article are printed with the verdict.
CREATE FUNCTION claims_note_article_contributor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_contribute(ARRAY(
        SELECT id FROM claims_claim WHERE article_id = NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER note_article_contributor
    AFTER UPDATE OF headline, outlet_id, url, published_on ON claims_article
    FOR EACH ROW WHEN (
        (OLD.headline, OLD.outlet_id, OLD.url, OLD.published_on) IS DISTINCT FROM
        (NEW.headline, NEW.outlet_id, NEW.url, NEW.published_on))
    EXECUTE FUNCTION claims_note_article_contributor();

CREATE FUNCTION claims_note_rating_contributor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_contribute(ARRAY(
        SELECT claim_id FROM claims_verdict WHERE rating_id = NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER note_rating_contributor AFTER UPDATE ON claims_rating FOR EACH ROW
    WHEN (to_jsonb(OLD) - 'order' IS DISTINCT FROM to_jsonb(NEW) - 'order')
    EXECUTE FUNCTION claims_note_rating_contributor();
"""

FORMER_CLAIM_CONTRIBUTOR = r"""
DROP TRIGGER note_claim_contributor ON claims_claim;
CREATE OR REPLACE FUNCTION claims_note_claim_contributor() RETURNS trigger
LANGUAGE plpgsql AS $$
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

UNDO = (
    """
DROP FUNCTION claims_statement_guard() CASCADE;
DROP FUNCTION claims_joint_speakers_guard() CASCADE;
DROP FUNCTION claims_rating_guard() CASCADE;
DROP FUNCTION claims_contributor_guard() CASCADE;
DROP TRIGGER no_truncate ON claims_verdict_contributors;
DROP FUNCTION claims_publication_is_approved() CASCADE;
DROP FUNCTION claims_note_joint_contributor() CASCADE;
DROP FUNCTION claims_note_speaker_contributor() CASCADE;
DROP FUNCTION claims_note_article_contributor() CASCADE;
DROP FUNCTION claims_note_rating_contributor() CASCADE;
"""
    + FORMER_CLAIM_CONTRIBUTOR
    + "DROP FUNCTION claims_contribute(bigint[]);"
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0017_fill_public_record")]

    operations = [
        migrations.RunSQL([REFUSALS, PUBLICATION, AUTHOR, CONTRIBUTORS], UNDO),
    ]
