"""A search takes its words apart once, not once for each language of the archive.

Most words are letters without accents, which every language stems as they stand. Which
languages there are is planned once in a session, not once in each search.
"""

from django.db import migrations

# The vector of each listed claim has a lexeme that tells its configuration; no word
# begins with that sign.
CONFIGURATIONS = """
CREATE FUNCTION claims_configurations() RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN coalesce(
        (SELECT array_agg(substr(word, 2) ORDER BY count DESC, word)
         FROM claims_lexemecount WHERE word LIKE '=%' AND count > 0),
        '{english}');
END $$;
"""
NO_CONFIGURATIONS = "DROP FUNCTION claims_configurations();"

QUERY = r"""
CREATE OR REPLACE FUNCTION claim_query(configurations text[], words text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    -- Initials with blanks between them are one word.
    asked constant text := translate(
        regexp_replace(
            regexp_replace(words, '([\u05d0-\u05ea])["״]([\u05d0-\u05ea])', '\1\2', 'g'),
            '\m([[:alpha:]]\.)\s(?=[[:alpha:]]\.)', '\1', 'g'),
        U&'“”„‟«»＂－\3000', repeat('"', 7) || '- ');
    -- Of each piece the minuses before it, what it asks for, and the same in small
    -- letters where every language stems it as it stands.
    pieces constant text[] := ARRAY(
        SELECT ARRAY[
            piece[1], said,
            CASE WHEN said !~ '[^a-zA-Z]' AND said !~* '[aou]e' THEN lower(said) END,
            CASE WHEN piece[1] = '' AND lower(piece[3]) = 'or' THEN 'or' END]
        FROM regexp_matches(asked, '(-*)(?:"([^"]*)"?|([^\s"]+))', 'g') piece,
            coalesce(piece[2], piece[3]) said);
    configuration text;
    stems regconfig;
    piece text[];
    one tsquery;
    every tsquery;
    wanted tsquery;
    -- What is wanted, and in which configurations: mostly the same in many.
    queries tsquery[] := '{}';
    sayers text[] := '{}';
    sayer text;
    place integer;
    found tsquery := '';
BEGIN
    IF pieces = '{}' THEN
        RETURN found;
    END IF;
    FOREACH configuration IN ARRAY configurations LOOP
        stems := configuration::regconfig;
        every := '';
        wanted := '';
        FOREACH piece SLICE 1 IN ARRAY pieces LOOP
            IF piece[4] IS NOT NULL THEN
                wanted := wanted || every;
                every := '';
                CONTINUE;
            END IF;
            IF piece[3] IS NOT NULL THEN
                one := phraseto_tsquery(stems, piece[3]);
            ELSE
                one := claim_piece(configuration, piece[2]);
            END IF;
            IF piece[1] <> '' THEN
                one := !! one;
            END IF;
            every := every && one;
        END LOOP;
        wanted := wanted || every;
        IF numnode(wanted) > 0 THEN
            sayer := quote_literal('=' || configuration);
            place := array_position(queries, wanted);
            IF place IS NULL THEN
                queries := queries || wanted;
                sayers := sayers || sayer;
            ELSE
                sayers[place] := sayers[place] || ' | ' || sayer;
            END IF;
        END IF;
    END LOOP;
    FOR place IN 1 .. cardinality(queries) LOOP
        one := queries[place];
        -- Of so many there is an OR between each two.
        IF numnode(sayers[place]::tsquery) < 2 * cardinality(configurations) - 1 THEN
            one := one && sayers[place]::tsquery;
        END IF;
        found := found || one;
    END LOOP;
    RETURN found;
END $$;
"""
FORMER_QUERY = r"""
CREATE OR REPLACE FUNCTION claim_query(configurations text[], words text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    -- Initials with blanks between them are one word.
    asked constant text := translate(
        regexp_replace(
            regexp_replace(words, '([\u05d0-\u05ea])["״]([\u05d0-\u05ea])', '\1\2', 'g'),
            '\m([[:alpha:]]\.)\s(?=[[:alpha:]]\.)', '\1', 'g'),
        U&'“”„‟«»＂－\3000', repeat('"', 7) || '- ');
    configuration text;
    piece text[];
    one tsquery;
    every tsquery;
    wanted tsquery;
    -- By what is wanted, in which configurations: mostly the same in many.
    wanted_in jsonb := '{}';
    found tsquery := '';
    said text;
    sayers jsonb;
BEGIN
    FOREACH configuration IN ARRAY configurations LOOP
        every := '';
        wanted := '';
        FOR piece IN
            SELECT regexp_matches(asked, '(-*)(?:"([^"]*)"?|([^\s"]+))', 'g')
        LOOP
            IF piece[1] = '' AND lower(piece[3]) = 'or' THEN
                wanted := wanted || every;
                every := '';
                CONTINUE;
            END IF;
            one := claim_piece(configuration, coalesce(piece[2], piece[3]));
            IF piece[1] <> '' THEN
                one := !! one;
            END IF;
            every := every && one;
        END LOOP;
        wanted := wanted || every;
        IF numnode(wanted) > 0 THEN
            said := wanted::text;
            wanted_in := jsonb_set(wanted_in, ARRAY[said],
                coalesce(wanted_in -> said, '[]') || to_jsonb(configuration));
        END IF;
    END LOOP;
    FOR said, sayers IN SELECT * FROM jsonb_each(wanted_in) LOOP
        one := said::tsquery;
        IF jsonb_array_length(sayers) < cardinality(configurations) THEN
            one := one && (
                SELECT string_agg(quote_literal('=' || name), ' | ')
                FROM jsonb_array_elements_text(sayers) name)::tsquery;
        END IF;
        found := found || one;
    END LOOP;
    RETURN found;
END $$;
"""
# What replaces a function forgets where names in it are looked up.
PIN = r"""
DO $do$
DECLARE
    function text;
BEGIN
    FOREACH function IN ARRAY ARRAY[{functions}] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp',
                       function, current_schema());
    END LOOP;
END $do$;
"""
PINNED = PIN.format(functions="'claims_configurations()', 'claim_query(text[], text)'")
PINNED_AGAIN = PIN.format(functions="'claim_query(text[], text)'")


class Migration(migrations.Migration):
    dependencies = [("claims", "0112_indexes_of_the_front_page")]

    operations = [
        migrations.RunSQL(
            [CONFIGURATIONS, QUERY, PINNED],
            [FORMER_QUERY, NO_CONFIGURATIONS, PINNED_AGAIN],
        )
    ]
