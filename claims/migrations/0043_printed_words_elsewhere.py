"""A check that was published elsewhere may be about words that are printed here.

It shows the claim's own marks or none, and words where the claim has words. What its
publisher found, how, and under which definition of a rating is kept as it was there,
where the check names the kind of version that it was: as only a desk of this kind does.
"""

from django.db import migrations, models
from django.db.models import Q

ARCHIVE_IS_WHOLE = r"""
CREATE OR REPLACE FUNCTION claims_archive_is_whole() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    c claims_claim;
    s claims_speaker;
    r claims_rating;
BEGIN
    SELECT * INTO c FROM claims_claim WHERE id = NEW.claim_id;
    SELECT * INTO s FROM claims_speaker WHERE id = NEW.speaker_id;
    SELECT * INTO r FROM claims_rating WHERE id = NEW.rating_id;
    IF {words}
            OR s.merged_into_id IS NOT NULL
            OR {named}
            OR (coalesce(r.slug, ''), r.value, coalesce(r.bucket, 'unrated'))
               IS DISTINCT FROM (NEW.rating_slug, NEW.rating_value, NEW.rating_bucket)
    THEN
        PERFORM claims_refuse('publication_is_what_was_approved',
            'a check from elsewhere differs from its claim, speaker or rating');
    END IF;
    RETURN NEW;
END $$;
DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION claims_archive_is_whole()'
                   ' SET search_path = %I, pg_temp', current_schema());
END $do$;
"""
NO_WORDS = """c.quote <> '' OR NEW.quote <> '' OR NEW.marks <> '[]'
            OR NEW.text_id IS NOT NULL OR NEW.asked_by <> ''"""
WORDS = """(c.quote = '') <> (NEW.quote = '')
            OR NEW.asked_by <> '' AND NEW.source_kind = ''
            OR (NEW.marks = '[]') <> (NEW.text_id IS NULL)
            OR NEW.marks <> '[]' AND (
                NEW.quote <> c.quote
                OR NEW.marks <> coalesce((
                    SELECT jsonb_agg(jsonb_build_object(
                        'role', role, 'ordinal', ordinal, 'text', text_id,
                        'start', start, 'end', "end", 'exact', exact)
                        ORDER BY role, ordinal)
                    FROM claims_span WHERE claim_id = c.id), '[]')
                OR NEW.text_id IS DISTINCT FROM (
                    SELECT min(text_id) FROM claims_span
                    WHERE claim_id = c.id AND role = 'content'))"""
NAME_NOW = """(s.name, s.kind) IS DISTINCT FROM (NEW.speaker_name, NEW.speaker_kind)"""
# As the publication printed it: a name that the speaker has, or had.
NAMES = """s.kind IS DISTINCT FROM NEW.speaker_kind
            OR NEW.speaker_name IS DISTINCT FROM s.name AND NOT EXISTS (
                SELECT FROM claims_speakeralias
                WHERE speaker_id = s.id AND name = NEW.speaker_name UNION ALL
                SELECT FROM claims_speakername
                WHERE speaker_id = s.id AND name = NEW.speaker_name)"""


def filled(words, named):
    return ARCHIVE_IS_WHOLE.replace("{words}", words).replace("{named}", named)


def constraint():
    return models.CheckConstraint(
        condition=Q(
            publisher="",
            review_url="",
            review_key="",
            author__isnull=False,
            approver__isnull=False,
        )
        & ~Q(kind="archive")
        | ~Q(publisher="")
        & ~Q(review_key="")
        & Q(review_url__regex="^https?://[^\\s]+$")
        & (
            Q(
                kind="archive",
                author__isnull=True,
                approver__isnull=True,
                approver_name="",
                override_reason="",
            )
            & (
                ~Q(source_kind="")
                | Q(finding="not_checked", how_verified="", rating_definition="")
            )
            | Q(kind__in=["withdrawn", "relisted"], approver__isnull=False)
        ),
        name="publication_is_of_the_desk_or_of_another",
        violation_error_message=(
            "What was published elsewhere names its publisher and address, and nobody "
            "of this desk as its author."
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("claims", "0042_guards_of_many_rows")]

    operations = [
        migrations.RemoveConstraint(
            "publishedverdict", "publication_is_of_the_desk_or_of_another"
        ),
        migrations.AddConstraint("publishedverdict", constraint()),
        migrations.RunSQL(filled(WORDS, NAMES), filled(NO_WORDS, NAME_NOW)),
    ]
