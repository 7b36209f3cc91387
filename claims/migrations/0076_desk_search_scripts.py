"""The desk, headlines and names are searched in every script too.

A headline is searched by the language of its article. What has no language (names), or
has it in another table (the desk's claims and texts), is searched by its plain words
and English stems, and the stems of other languages find words that begin so.
"""

from django.db import migrations

TERMS = r"""
CREATE FUNCTION claim_terms(words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    found constant tsvector := claim_lexemes('simple', words);
    -- A vector holds a megabyte: what lies behind is not searched for.
    folded constant text := claim_letters(claim_plain('english', CASE
        WHEN octet_length(words) <= 200000 THEN words
        ELSE left(words, (200000.0 * length(words) / octet_length(words))::int)
        END, true));
BEGIN
    RETURN (found::text || ' ' || to_tsvector('english', folded)::text)::tsvector;
END $$;

CREATE FUNCTION claim_terms(wording text, quote text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN claim_terms(wording || ' ' || quote);

-- Every lexeme of a query as the beginning of words.
CREATE FUNCTION claim_beginnings(asked tsquery) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(asked::text, '''(?=[ )]|$)', ''':*', 'g')::tsquery;

-- What finds words in terms, while somebody is still typing the last one.
CREATE FUNCTION claim_typed(configurations text[], words text) RETURNS tsquery
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
            one := !! one;
        ELSIF piece = pieces[cardinality(pieces)] AND stem !~ '"' THEN
            one := one || claim_beginnings(claim_piece('simple', stem));
        END IF;
        every := every && one;
    END LOOP;
    RETURN found || every;
END $$;

-- What finds names by the beginnings of their words.
CREATE FUNCTION claim_named(words text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN claim_beginnings(claim_query(ARRAY['simple'], translate(words, '"-', '  ')));
"""
NO_TERMS = """
DROP FUNCTION claim_named(text);
DROP FUNCTION claim_typed(text[], text);
DROP FUNCTION claim_beginnings(tsquery);
DROP FUNCTION claim_terms(text, text);
DROP FUNCTION claim_terms(text);
"""

PIN = r"""
DO $do$
DECLARE
    function text;
BEGIN
    FOREACH function IN ARRAY ARRAY[
        'claim_terms(text)', 'claim_typed(text[], text)']
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp',
                       function, current_schema());
    END LOOP;
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0075_fill_search_vectors")]

    operations = [migrations.RunSQL([TERMS, PIN], NO_TERMS)]
