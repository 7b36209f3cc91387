"""Nothing published is joined to a statement that nobody approved.

A published claim changes inside a revision alone; what is published is what the claim
and the scale say at that moment; whoever changed any of it is no second pair of eyes.
"""

from django.db import migrations

REFUSALS = r"""
CREATE FUNCTION claims_refuse_change(working text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF working = 'in_review' THEN
        PERFORM claims_refuse('claim_is_locked_in_review',
            'the revision of this claim is in review');
    END IF;
    PERFORM claims_refuse('claim_changes_in_a_revision',
        'something is published on this claim: it changes in a revision alone');
END $$;

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
    -- Only what this statement changed: a publication whose statement was filled in
    -- later may differ from the claim elsewhere.
    IF NEW.wording <> OLD.wording AND c.wording <> p.claim_reviewed
       OR NEW.quote <> OLD.quote AND c.quote <> p.quote
       OR NEW.via_id IS DISTINCT FROM OLD.via_id AND c.via_id IS DISTINCT FROM p.via_id
       OR NEW.attribution <> OLD.attribution AND c.attribution <> p.attribution
       OR NEW.checkability <> OLD.checkability AND c.checkability <> p.checkability
       OR (NEW.stated_on, NEW.stated_precision, NEW.stated_basis) IS DISTINCT FROM
            (OLD.stated_on, OLD.stated_precision, OLD.stated_basis)
          AND (c.stated_on, c.stated_precision, c.stated_basis) IS DISTINCT FROM
            (p.stated_on, p.stated_precision, p.stated_basis)
       OR NEW.printed_role <> OLD.printed_role
          AND c.printed_role <> '' AND c.printed_role <> p.speaker_role
       -- A merge takes the claim along to the row that the speaker now is.
       OR NEW.speaker_id IS DISTINCT FROM OLD.speaker_id
          AND c.speaker_id IS DISTINCT FROM p.speaker_id
          AND c.speaker_id IS DISTINCT FROM
            (SELECT merged_into_id FROM claims_speaker WHERE id = p.speaker_id)
    THEN
        PERFORM claims_refuse_change(working);
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
    one record;
BEGIN
    FOR one IN SELECT c.id, c.speaker_id, p.speakers, v.status FROM claims_claim c
        JOIN claims_verdict v ON v.claim_id = c.id
        JOIN claims_publishedverdict p ON p.id = c.current_id
        WHERE c.id IN (NEW.claim_id, OLD.claim_id) AND v.status <> 'draft'
    LOOP
        -- A merge leaves the speakers as they are, under the row that each now is.
        IF ARRAY(
            SELECT DISTINCT coalesce(s.merged_into_id, s.id)
            FROM claims_claim_other_speakers joint
            JOIN claims_speaker s ON s.id = joint.speaker_id
            WHERE joint.claim_id = one.id
              AND coalesce(s.merged_into_id, s.id) IS DISTINCT FROM one.speaker_id
            ORDER BY 1
        ) <> ARRAY(
            SELECT DISTINCT coalesce(s.merged_into_id, s.id)
            FROM jsonb_to_recordset(one.speakers) AS published (id bigint)
            JOIN claims_speaker s USING (id)
            WHERE coalesce(s.merged_into_id, s.id) IS DISTINCT FROM one.speaker_id
            ORDER BY 1
        ) THEN
            PERFORM claims_refuse_change(one.status);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER joint_speakers_guard
    AFTER INSERT OR UPDATE OR DELETE ON claims_claim_other_speakers
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION claims_joint_speakers_guard();

-- Marks move along with a corrected text, to the same words; else they stay.
CREATE FUNCTION claims_marks_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT c.id, p.marks, v.status FROM claims_claim c
        JOIN claims_verdict v ON v.claim_id = c.id
        JOIN claims_publishedverdict p ON p.id = c.current_id
        WHERE c.id IN (NEW.claim_id, OLD.claim_id) AND v.status <> 'draft'
          -- Of words marked otherwise before publications were whole, nothing is known.
          AND p.marks <> '[]'
    LOOP
        IF EXISTS (
            SELECT FROM (SELECT * FROM claims_span WHERE claim_id = one.id) span
            FULL JOIN jsonb_to_recordset(one.marks) AS mark
                (role text, ordinal int, text bigint, start int, exact text)
                ON mark.role = span.role AND mark.ordinal = span.ordinal
            WHERE mark.exact IS DISTINCT FROM span.exact
               OR mark.text = span.text_id AND mark.start <> span.start
        ) THEN
            PERFORM claims_refuse_change(one.status);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER marks_guard AFTER INSERT OR UPDATE OR DELETE ON claims_span
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims_marks_guard();

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

# A publication says what the claim, its speakers, its article and the scale say, unless
# it takes a verdict back or brings an earlier one again.
PUBLICATION = r"""
CREATE FUNCTION claims_publication_is_approved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c claims_claim;
    r claims_rating;
    a claims_article;
    s claims_speaker;
BEGIN
    IF NEW.kind IN ('retracted', 'withdrawn', 'relisted') THEN
        RETURN NEW;
    END IF;
    SELECT * INTO c FROM claims_claim WHERE id = NEW.claim_id;
    SELECT * INTO r FROM claims_rating WHERE id = NEW.rating_id;
    SELECT * INTO a FROM claims_article WHERE id = c.article_id;
    SELECT * INTO s FROM claims_speaker WHERE id = c.speaker_id;
    IF c.speaker_id IS NULL THEN
        PERFORM claims_refuse('publication_names_a_speaker',
            'the claim names nobody under whom the verdict would stand');
    END IF;
    IF (c.wording, c.quote, c.speaker_id, c.via_id, c.attribution, c.stated_on,
            c.stated_precision, c.stated_basis, c.checkability,
            r.label, r.slug, r.value, r.bucket, r.definition, r.sign,
            coalesce(s.name, ''), coalesce(s.kind, ''),
            coalesce(
                nullif(c.printed_role, ''),
                nullif(claims_role_on(s.id, coalesce(c.stated_on, a.published_on)), ''),
                ''),
            a.headline, a.url, a.published_on,
            coalesce((SELECT name FROM claims_outlet WHERE id = a.outlet_id), ''),
            coalesce((SELECT name FROM claims_outlet WHERE id = c.via_id), ''))
        IS DISTINCT FROM
       (NEW.claim_reviewed, NEW.quote, NEW.speaker_id, NEW.via_id, NEW.attribution,
            NEW.stated_on, NEW.stated_precision, NEW.stated_basis, NEW.checkability,
            NEW.rating_label, NEW.rating_slug, NEW.rating_value, NEW.rating_bucket,
            NEW.rating_definition, NEW.rating_sign,
            NEW.speaker_name, NEW.speaker_kind, NEW.speaker_role,
            NEW.headline, NEW.article_url, NEW.article_published_on,
            NEW.outlet_name, NEW.via_name)
       OR NEW.marks <> coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                'role', role, 'ordinal', ordinal, 'text', text_id, 'start', start,
                'end', "end", 'exact', exact) ORDER BY role, ordinal)
            FROM claims_span WHERE claim_id = c.id), '[]')
       OR ARRAY(SELECT ROW(id, name) FROM claims_speaker WHERE id IN (
                SELECT speaker_id FROM claims_claim_other_speakers
                WHERE claim_id = c.id) ORDER BY id)
          IS DISTINCT FROM
          ARRAY(SELECT ROW(id, name)
                FROM jsonb_to_recordset(NEW.speakers) AS other (id bigint, name varchar)
                ORDER BY id)
    THEN
        PERFORM claims_refuse('publication_is_what_was_approved',
            'the publication differs from the claim, its speaker, article or scale');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER publication_is_approved BEFORE INSERT ON claims_publishedverdict
    FOR EACH ROW EXECUTE FUNCTION claims_publication_is_approved();
ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER publication_is_approved;
"""

# The author of a retraction, of a withdrawal or of a return is who asked for it. Whoever
# wrote a part of a verdict may well decide that it goes.
PUBLICATION_GUARD = (
    (
        "IF copy.author_id IS DISTINCT FROM NEW.author_id THEN",
        "IF NEW.kind NOT IN ('retracted', 'withdrawn', 'relisted')"
        " AND copy.author_id IS DISTINCT FROM NEW.author_id THEN",
    ),
    (
        "IF NEW.override_reason = '' AND EXISTS (",
        "IF NEW.kind NOT IN ('retracted', 'withdrawn')"
        " AND NEW.override_reason = '' AND EXISTS (",
    ),
)


def changed_guard(pairs):
    """Return the SQL that puts one condition of the guard in the place of another."""
    definition = "pg_get_functiondef('claims_publication_guard()'::regprocedure)"
    for before, after in pairs:
        definition = f"replace({definition}, $q${before}$q$, $q${after}$q$)"
    return f"DO $do$ BEGIN EXECUTE {definition}; END $do$;"


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
    PERFORM claims_contribute(ARRAY[NEW.claim_id, OLD.claim_id]);
    RETURN NULL;
END $$;
CREATE TRIGGER note_joint_contributor
    AFTER INSERT OR UPDATE OR DELETE ON claims_claim_other_speakers
    FOR EACH ROW EXECUTE FUNCTION claims_note_joint_contributor();

-- The same words at another place, another cue: the quote alone does not tell.
CREATE FUNCTION claims_note_marks_contributor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR
        (OLD.claim_id, OLD.role, OLD.ordinal, OLD.text_id, OLD.start, OLD."end",
            OLD.exact)
        IS DISTINCT FROM
        (NEW.claim_id, NEW.role, NEW.ordinal, NEW.text_id, NEW.start, NEW."end",
            NEW.exact)
    THEN
        PERFORM claims_contribute(ARRAY[NEW.claim_id, OLD.claim_id]);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER note_marks_contributor AFTER INSERT OR UPDATE OR DELETE ON claims_span
    FOR EACH ROW EXECUTE FUNCTION claims_note_marks_contributor();

-- Another name, kind, alias, office or merge of a speaker bears on every claim of
-- that speaker whose verdict is under way.
CREATE FUNCTION claims_note_speaker_contributor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    speakers bigint[];
BEGIN
    IF claims_acting() IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_TABLE_NAME = 'claims_speaker' THEN
        speakers := ARRAY[NEW.id, OLD.merged_into_id, NEW.merged_into_id];
    ELSE
        speakers := ARRAY[OLD.speaker_id, NEW.speaker_id];
    END IF;
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

-- The headline, outlet, day and address of the article are printed with the verdict,
-- and its text around the words of the claim.
CREATE FUNCTION claims_note_article_contributor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_contribute(ARRAY(
        SELECT id FROM claims_claim WHERE article_id = NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER note_article_contributor
    AFTER UPDATE OF headline, outlet_id, url, published_on, current_text_id
    ON claims_article FOR EACH ROW WHEN (
        (OLD.headline, OLD.outlet_id, OLD.url, OLD.published_on, OLD.current_text_id)
        IS DISTINCT FROM
        (NEW.headline, NEW.outlet_id, NEW.url, NEW.published_on, NEW.current_text_id))
    EXECUTE FUNCTION claims_note_article_contributor();

CREATE FUNCTION claims_note_outlet_contributor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_contribute(ARRAY(
        SELECT c.id FROM claims_verdict v JOIN claims_claim c ON c.id = v.claim_id
        JOIN claims_article a ON a.id = c.article_id
        WHERE v.status IN ('draft', 'in_review')
          AND NEW.id IN (c.via_id, a.outlet_id)));
    RETURN NULL;
END $$;
CREATE TRIGGER note_outlet_contributor AFTER UPDATE OF name ON claims_outlet
    FOR EACH ROW WHEN (OLD.name <> NEW.name)
    EXECUTE FUNCTION claims_note_outlet_contributor();

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
DROP FUNCTION claims_marks_guard() CASCADE;
DROP FUNCTION claims_refuse_change(text);
DROP FUNCTION claims_rating_guard() CASCADE;
DROP FUNCTION claims_contributor_guard() CASCADE;
DROP TRIGGER no_truncate ON claims_verdict_contributors;
DROP FUNCTION claims_publication_is_approved() CASCADE;
DROP FUNCTION claims_note_joint_contributor() CASCADE;
DROP FUNCTION claims_note_marks_contributor() CASCADE;
DROP FUNCTION claims_note_outlet_contributor() CASCADE;
DROP FUNCTION claims_note_speaker_contributor() CASCADE;
DROP FUNCTION claims_note_article_contributor() CASCADE;
DROP FUNCTION claims_note_rating_contributor() CASCADE;
"""
    + FORMER_CLAIM_CONTRIBUTOR
    + "DROP FUNCTION claims_contribute(bigint[]);"
    + changed_guard((after, before) for before, after in PUBLICATION_GUARD)
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0017_fill_public_record")]

    operations = [
        migrations.RunSQL(
            [
                REFUSALS,
                PUBLICATION,
                changed_guard(PUBLICATION_GUARD),
                CONTRIBUTORS,
            ],
            UNDO,
        ),
    ]
