"""An index of codes in use, and a search at the desk that asks an index for less.

That index alone tells whether a listed claim has a code. Of words being typed the same
was asked in several ways (a word, its beginning, that of its stem), each of which reads
all places of the words found; what another covers is left out.
"""

from django.db import migrations, models
from django.db.models import Q

from factcheck.database.operations import AddIndex

# Of any of several words those that no beginning among them covers.
SHORTEST = r"""
CREATE OR REPLACE FUNCTION claim_shortest(asked tsquery) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN asked::text ~ '[&<!(]' THEN asked ELSE coalesce((
    SELECT string_agg(DISTINCT word, ' | ')
    FROM unnest(string_to_array(asked::text, ' | ')) word
    WHERE NOT EXISTS (
        SELECT FROM unnest(string_to_array(asked::text, ' | ')) begun
        WHERE begun LIKE '%'':*' AND begun <> word
          AND starts_with(word, left(begun, -3)))
)::tsquery, asked) END;
"""
NO_SHORTEST = "DROP FUNCTION claim_shortest(tsquery);"
TYPED = r"""
CREATE OR REPLACE FUNCTION claim_typed(configurations text[], words text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    pieces constant text[] := ARRAY(
        SELECT piece[1] FROM regexp_matches(
            translate(words, '“”„‟«»＂', repeat('"', 7)),
            '(-*(?:"[^"]*"?|[^\s"]+))', 'g') piece);
    piece text;
    stem text;
    one tsquery;
    every tsquery := '';
    found tsquery := '';
BEGIN
    FOREACH piece IN ARRAY pieces LOOP
        IF lower(piece) = 'or' THEN
            found := found || every;
            every := '';
            CONTINUE;
        END IF;
        stem := ltrim(piece, '-');
        one := claim_piece('simple', stem) || claim_piece('english', stem);
        -- Of three letters too much begins with them.
        FOR number IN 1 .. cardinality(configurations) LOOP
            IF configurations[number] NOT IN ('simple', 'english')
               AND length(stem) > 3 THEN
                one := one || claim_beginnings(
                    claim_piece(configurations[number], stem));
            END IF;
        END LOOP;
        IF numnode(claim_piece('english', stem)) = 0 THEN
            -- A word that stands in every text.
            CONTINUE;
        END IF;
        IF stem <> piece THEN
            one := !! {one};
        ELSIF piece = pieces[cardinality(pieces)] AND stem !~ '"' THEN
            one := one || claim_beginnings(claim_piece('simple', stem));
        END IF;
        every := every && {one};
    END LOOP;
    RETURN found || every;
END $$;
"""
SHORT = TYPED.replace("{one}", "claim_shortest(one)")
FORMER = TYPED.replace("{one}", "one")
# What replaces a function forgets where names in it are looked up.
PIN = r"""
DO $do$
BEGIN
    EXECUTE format('ALTER FUNCTION claim_typed(text[], text)'
                   ' SET search_path = %I, pg_temp', current_schema());
END $do$;
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0116_index_of_joint_statements")]

    operations = [
        AddIndex(
            "facetcount",
            models.Index(
                fields=["facet"], condition=Q(count__gt=0), name="facet_in_use"
            ),
        ),
        migrations.RunSQL([SHORTEST, SHORT, PIN], [FORMER, PIN, NO_SHORTEST]),
    ]
