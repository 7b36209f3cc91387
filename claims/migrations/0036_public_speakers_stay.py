"""Whom readers have seen as a speaker stays, at the same address."""

from django.db import migrations

NAMES_STAY = r"""
CREATE OR REPLACE FUNCTION claims_names_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM claims_claim WHERE speaker_id = OLD.speaker_id)
            OR EXISTS (SELECT FROM claims_publishedverdict
                       WHERE speaker_id = OLD.speaker_id) THEN
        PERFORM claims_refuse('append_only', 'the names of a speaker with claims stay');
    END IF;{more}
    RETURN OLD;
END $$;
"""
# A joint statement names its other speakers by number: the row of one that is gone
# could be missed nowhere, and the address be given to another person.
PUBLIC = r"""
    IF EXISTS (SELECT FROM claims_speaker WHERE id = OLD.speaker_id AND was_public)
            OR EXISTS (SELECT FROM claims_publishedverdict WHERE speakers @>
                       jsonb_build_array(jsonb_build_object('id', OLD.speaker_id))) THEN
        PERFORM claims_refuse('speaker_readers_know_stays',
            'readers have seen this speaker');
    END IF;"""
SLUG = r"""
CREATE FUNCTION claims_speaker_slug_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_refuse('speaker_slug_stays',
        'readers know this speaker under this address');
    RETURN NULL;
END $$;
CREATE TRIGGER speaker_slug_stays BEFORE UPDATE OF slug ON claims_speaker FOR EACH ROW
    WHEN (OLD.was_public AND NEW.slug <> OLD.slug)
    EXECUTE FUNCTION claims_speaker_slug_stays();
"""
PIN = r"""
DO $do$
DECLARE
    function text;
BEGIN
    FOREACH function IN ARRAY ARRAY[
        'claims_names_stay()', 'claims_speaker_slug_stays()']
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp',
                       function, current_schema());
    END LOOP;
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0035_publications_taken_back")]

    operations = [
        migrations.RunSQL(
            [NAMES_STAY.replace("{more}", PUBLIC), SLUG, PIN],
            [
                "DROP FUNCTION claims_speaker_slug_stays() CASCADE;",
                NAMES_STAY.replace("{more}", ""),
                PIN.replace(", 'claims_speaker_slug_stays()'", "").replace(
                    "'claims_names_stay()',", "'claims_names_stay()'"
                ),
            ],
        ),
    ]
