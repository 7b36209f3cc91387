"""A public speaker's slug may change: the old one leads on and is nobody else's.

Names are compared in any order of their words too.
"""

import django.db.models.deletion
from django.db import migrations, models

# Words apart and sorted, each as it looks: "Falk, Ida" is "Ida Falk".
WORDS = r"""
CREATE FUNCTION claim_skeleton_words(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(string_agg(word, ' ' ORDER BY word COLLATE "C"), '') FROM (
        SELECT claim_skeleton(piece) AS word
        FROM regexp_split_to_table(words, '[\s,;‐‑‒–—―−-]+') piece
    ) pieces WHERE word <> ''
);
CREATE INDEX speaker_skeleton_words ON claims_speaker (claim_skeleton_words(name));
CREATE INDEX speaker_alias_skeleton_words
    ON claims_speakeralias (claim_skeleton_words(name));
"""
NO_WORDS = """
DROP INDEX speaker_skeleton_words, speaker_alias_skeleton_words;
DROP FUNCTION claim_skeleton_words(text);
"""

# The check of the unique index comes first: whoever takes a slug that is being given
# up waits there, and sees then whose it was.
SLUGS = r"""
DROP FUNCTION claims_speaker_slug_stays() CASCADE;
CREATE FUNCTION claims_keep_former_slug() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.was_public AND NEW.slug <> OLD.slug THEN
        INSERT INTO claims_formerslug (speaker_id, slug, until)
            VALUES (OLD.id, OLD.slug, clock_timestamp())
            ON CONFLICT (slug) DO NOTHING;
    END IF;
    IF EXISTS (SELECT FROM claims_formerslug
               WHERE slug = NEW.slug AND speaker_id <> NEW.id) THEN
        PERFORM claims_refuse('speaker_slug_was_anothers',
            'readers know another speaker under this address');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_former_slug AFTER INSERT OR UPDATE OF slug ON claims_speaker
    FOR EACH ROW EXECUTE FUNCTION claims_keep_former_slug();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON claims_formerslug
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON claims_formerslug
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_formerslug
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_formerslug ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE claims_formerslug ENABLE ALWAYS TRIGGER append_only_whole;
ALTER TABLE claims_formerslug ENABLE ALWAYS TRIGGER log_change;
"""
PIN = r"""
DO $do$
BEGIN
    EXECUTE format('ALTER FUNCTION {function} SET search_path = %I, pg_temp',
                   current_schema());
END $do$;
"""
SLUGS_STAY = r"""
DROP FUNCTION claims_keep_former_slug() CASCADE;
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


class Migration(migrations.Migration):
    dependencies = [("claims", "0064_ends_of_facets")]

    operations = [
        migrations.CreateModel(
            name="FormerSlug",
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
                    "slug",
                    models.SlugField(allow_unicode=True, max_length=80, unique=True),
                ),
                ("until", models.DateTimeField()),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_slugs",
                        to="claims.speaker",
                    ),
                ),
            ],
            options={"ordering": ["speaker", "-until", "-id"]},
        ),
        migrations.RunSQL(
            [SLUGS, PIN.format(function="claims_keep_former_slug()")],
            [SLUGS_STAY, PIN.format(function="claims_speaker_slug_stays()")],
        ),
        migrations.RunSQL(WORDS, NO_WORDS),
    ]
