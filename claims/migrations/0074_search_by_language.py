"""Search vectors by the language of the article, in every script.

`claim_vector(language, words)` gives the words of a text as they are searched,
`claim_query(configurations, words)` what a reader means by theirs. The vectors of the
public record are filled anew by the migration after this one.

The functions of before stay: columns and indexes on names are made with them.
"""

from django.db import migrations

# The one place for "which configuration has which language".
CONFIGURATION = r"""
CREATE FUNCTION claim_configuration(language text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE lower(regexp_replace(language, '[-_].*', ''))
    WHEN 'ar' THEN 'arabic' WHEN 'hy' THEN 'armenian' WHEN 'eu' THEN 'basque'
    WHEN 'ca' THEN 'catalan' WHEN 'da' THEN 'danish' WHEN 'nl' THEN 'dutch'
    WHEN 'en' THEN 'english' WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french'
    WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek' WHEN 'hi' THEN 'hindi'
    WHEN 'hu' THEN 'hungarian' WHEN 'id' THEN 'indonesian' WHEN 'ga' THEN 'irish'
    WHEN 'it' THEN 'italian' WHEN 'lt' THEN 'lithuanian' WHEN 'ne' THEN 'nepali'
    WHEN 'no' THEN 'norwegian' WHEN 'nb' THEN 'norwegian' WHEN 'nn' THEN 'norwegian'
    WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian' WHEN 'ru' THEN 'russian'
    WHEN 'sr' THEN 'serbian' WHEN 'es' THEN 'spanish' WHEN 'sv' THEN 'swedish'
    WHEN 'ta' THEN 'tamil' WHEN 'tr' THEN 'turkish' WHEN 'yi' THEN 'yiddish'
    ELSE 'simple' END;
"""

LETTERS = r"""
-- One form of each letter: no case, no accents, ß as ss, œ as oe, one alef, one ya.
-- The short i of Russian is a letter of its own, by which its endings are told.
CREATE FUNCTION claim_letters(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    folded text := lower(words);
BEGIN
    IF octet_length(words) = length(words) THEN
        RETURN folded;
    END IF;
    -- Most texts have these letters alone, and need nothing slower.
    folded := translate(replace(folded, U&'i\0307', 'i'),
        'çğışöüâîûéèêëàáíóúñäãõåïôòìùøđłžščćżźśńąęěřůýőűț',
        'cgisouaiueeeeaaiounaaoaiooiuodlzscczzsnaeeruyout');
    IF octet_length(folded) = length(folded) THEN
        RETURN folded;
    END IF;
    folded := lower(normalize(regexp_replace(
        replace(normalize(replace(words, 'İ', 'I'), NFKD), U&'\0438\0306', U&'\0439'),
        '[\u0300-\u036f\u0654\u0655]+', '', 'g'), NFC));
    RETURN translate(
        replace(replace(replace(replace(folded,
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        'ıłøđðŧħŋςأإآٱىیېکةھہ', 'iloddthnσاااايييكههه');
END $$;

-- Runs of Chinese, Japanese, Korean, Thai and the like as pairs of letters. The last
-- letter of a run stands alone too: whoever asks for one finds it by its start.
CREATE FUNCTION claim_pairs(words text, to_be_found boolean) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    one constant text := '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007'
        '\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff'
        '\U00020000-\U0003ffff]';
    pairs text;
BEGIN
    IF words !~ one THEN
        RETURN words;
    END IF;
    -- Each letter twice, the first of a run once: what stands in twos then are pairs.
    pairs := regexp_replace(words, '(' || one || ')', '\1\1', 'g');
    pairs := regexp_replace(pairs, '(?<!' || one || ')' || one, ' ', 'g');
    pairs := regexp_replace(pairs, '(' || one || one || '?)', '\1 ', 'g');
    IF NOT to_be_found THEN
        pairs := regexp_replace(pairs,
            '(' || one || one || ' )' || one || '(?!' || one || ')', '\1', 'g');
    END IF;
    RETURN pairs;
END $$;
"""

PLAIN = r"""
-- A text as words with blanks between them, as letters stand in it.
CREATE FUNCTION claim_plain(configuration text, words text, to_be_found boolean)
RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    -- Signs nobody sees; accents that belong to no letter; the points of Arabic and
    -- Hebrew; the tones of Thai.
    unseen constant text := '[\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2'
        '\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u0e47-\u0e4e'
        '\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+';
    -- What is no letter; the marks of Indic scripts belong to their letters.
    blank constant text := '[^[:alnum:]·\u0900-\u0dff\u0e00-\u0fff'
        '\u1000-\u109f\u1780-\u17ff]+';
    p text := words;
BEGIN
    IF p !~ '[^a-zA-Z ]' THEN
        RETURN p;
    END IF;
    IF octet_length(p) <> length(p) THEN
        IF p IS NOT NFKC NORMALIZED THEN
            p := normalize(p, NFKC);
        END IF;
        p := regexp_replace(p, unseen, '', 'g');
        p := translate(p,
            '’‘ʼʹ′׳״‐‑–−٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९।॥',
            '''''''''''''"----012345678901234567890123456789  ');
        p := regexp_replace(p, '([\u05d0-\u05ea])["'']([\u05d0-\u05ea])', '\1\2', 'g');
        p := claim_pairs(p, to_be_found);
    END IF;
    IF configuration = 'turkish' THEN
        -- Ankara'nın
        p := regexp_replace(p, '([[:alpha:]])''[[:alpha:]]+', '\1', 'g');
    END IF;
    IF p ~ '[+#&]' THEN
        -- C++, C#, AT&T
        p := regexp_replace(p, '\m([[:alpha:]])\+\+', '\1plusplus ', 'g');
        p := regexp_replace(p, '\m([[:alpha:]])#', '\1sharp ', 'g');
        p := regexp_replace(p,
            '\m([[:alpha:]]{1,2})&([[:alpha:]]{1,2})\M', '\1and\2', 'g');
    END IF;
    IF position('.' IN p) > 0 THEN
        -- U.S., J. K.
        p := regexp_replace(p,
            '\m([[:alpha:]])\.(?:\s?(?=[[:alpha:]]\.)|(?=[[:alpha:]]\M))', '\1', 'g');
    END IF;
    IF p ~ '[0-9]' THEN
        -- 3.5 is one number; 04.05.2026 and 2019-2021 are several.
        p := regexp_replace(p,
            '(?<![0-9.])([0-9]+)\.([0-9]+)(?![0-9]|\.[0-9])', '\1·\2', 'g');
        -- S-400, S400 and S-400s are one, T-72B3 is a T-72.
        p := regexp_replace(p,
            '\m([[:alpha:]]{1,2})-?([0-9]+)(?:s\M|(?=\M|[[:alpha:]]))',
            ' \1\2 ', 'g');
        -- Covid19 as Covid-19, 10km as 10 km, the 1990s as 1990.
        p := regexp_replace(p, '([[:alpha:]]{3})([0-9])', '\1 \2', 'g');
        p := regexp_replace(p, '([0-9])(?:s\M|([[:alpha:]]{2,}))', '\1 \2', 'g');
    END IF;
    RETURN replace(regexp_replace(p, blank, ' ', 'g'), '·', '.');
END $$;
"""

VECTOR = r"""
-- The stems of a text with and without accents, since stems are told by them and many
-- type none; a Mueller as a Muller too, which finds Müller as well.
CREATE FUNCTION claim_lexemes(configuration text, words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    stems constant regconfig := configuration::regconfig;
    -- A vector holds a megabyte: what lies behind the first 200,000 bytes is not found.
    plain constant text := claim_plain(configuration, CASE
        WHEN octet_length(words) <= 200000 THEN words
        ELSE left(words, (200000.0 * length(words) / octet_length(words))::int)
        END, true);
    folded constant text := claim_letters(plain);
    found tsvector := to_tsvector(stems, folded);
    others text := '';
    names text;
BEGIN
    IF folded <> lower(plain) AND configuration <> 'simple' THEN
        others := claim_letters(to_tsvector(stems, plain)::text);
    END IF;
    IF plain ~ '[[:upper:]]\S*[aouAOU][eE]' OR plain ~ '[AOU]e' THEN
        names := regexp_replace(plain,
            '(?:^|(?<=\s))(?![[:upper:]]\S{4,})\S+', 'x', 'g');
        names := regexp_replace(names,
            '(?<![aeiouyqAEIOUYQ])([aouAOU])[eE](?![aeiouAEIOU])', '\1', 'g');
        others := others || ' '
            || ts_delete(to_tsvector(stems, claim_letters(names)), 'x')::text;
    END IF;
    IF others <> '' THEN
        -- As text, so that both forms of a word stand at its place.
        found := (found::text || ' ' || others)::tsvector;
    END IF;
    RETURN found;
END $$;

-- The last lexeme tells the configuration: no word begins with a sign.
CREATE FUNCTION claim_vector(language text, words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN claim_lexemes(claim_configuration(language), words)
    || array_to_tsvector(ARRAY['=' || claim_configuration(language)]);
"""

QUERY = r"""
-- What finds one piece of a query: a word, or words in their order.
CREATE FUNCTION claim_piece(configuration text, piece text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    stems constant regconfig := configuration::regconfig;
    plain constant text := trim(claim_plain(configuration, piece, false));
    folded constant text := claim_letters(plain);
    found tsquery := phraseto_tsquery(stems, folded);
    other tsquery;
BEGIN
    -- In a script without blanks one letter means any pair that begins with it.
    IF length(plain) = 1 AND octet_length(plain) > 1
       AND claim_pairs(plain || plain, true) <> plain || plain
    THEN
        RETURN (quote_literal(plain) || ':*')::tsquery;
    END IF;
    IF folded = lower(plain) AND folded !~ '[aou]e' THEN
        RETURN found;
    END IF;
    FOR other IN
        SELECT claim_letters(phraseto_tsquery(stems, plain)::text)::tsquery
        WHERE folded <> lower(plain) AND configuration <> 'simple'
        UNION ALL SELECT phraseto_tsquery(stems, claim_letters(
            replace(replace(replace(replace(lower(plain),
                'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ø', 'oe')))
        WHERE plain ~* '[äöüø]'
        -- Mueller finds Muller and Müller, a poet finds no pot.
        UNION ALL SELECT phraseto_tsquery(stems, claim_letters(string_agg(
            CASE WHEN length(word) > 5 OR word ~ '^[[:upper:]]\S{4}'
                   OR configuration IN ('german', 'danish', 'norwegian', 'swedish')
                 THEN regexp_replace(lower(word),
                     '(?<![aeiouyq])([aou])e(?![aeiou])', '\1', 'g')
                 ELSE word END, ' ' ORDER BY place)))
        FROM string_to_table(plain, ' ') WITH ORDINALITY w (word, place)
        WHERE folded ~ '[aou]e'
    LOOP
        IF numnode(other) > 0 AND NOT other <@ found THEN
            found := found || other;
        END IF;
    END LOOP;
    RETURN found;
END $$;

-- Words, "phrases", -word and OR, as what finds them in each configuration: its stems
-- in the texts that it was made for. Empty where no word can be searched for.
CREATE FUNCTION claim_query(configurations text[], words text) RETURNS tsquery
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

DO $do$
DECLARE
    function text;
BEGIN
    FOREACH function IN ARRAY ARRAY[
        'claim_plain(text, text, boolean)', 'claim_lexemes(text, text)',
        'claim_piece(text, text)', 'claim_query(text[], text)']
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp',
                       function, current_schema());
    END LOOP;
END $do$;
"""
NO_FUNCTIONS = """
DROP FUNCTION claim_query(text[], text);
DROP FUNCTION claim_piece(text, text);
DROP FUNCTION claim_vector(text, text);
DROP FUNCTION claim_lexemes(text, text);
DROP FUNCTION claim_plain(text, text, boolean);
DROP FUNCTION claim_pairs(text, boolean);
DROP FUNCTION claim_letters(text);
DROP FUNCTION claim_configuration(text);
"""

# The guard of the public record compares the vector with the one of its words.
GUARD = r"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('claims_record_is_whole()'::regprocedure);
BEGIN
    IF position({before} IN definition) = 0 THEN
        RAISE EXCEPTION 'claims_record_is_whole() compares vectors in another way';
    END IF;
    EXECUTE replace(definition, {before}, {after});
END $do$;
"""
ENGLISH = """'to_tsvector(
                ''english'', claim_fold(NEW.wording || '' '' || NEW.quote))'"""
BY_LANGUAGE = """'claim_vector(
                (SELECT language FROM claims_article WHERE id = c.article_id),
                NEW.wording || '' '' || NEW.quote)'"""


def fill_in_english(apps, schema_editor):
    """Fill the vectors as they were: what is taken back needs them at once."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_publicwords SET vector = to_tsvector('english',"
            " claim_fold(wording || ' ' || quote))"
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0070_words_spelt_alike")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, fill_in_english),
        migrations.RunSQL(
            [
                CONFIGURATION,
                LETTERS,
                PLAIN,
                VECTOR,
                QUERY,
                GUARD.format(before=ENGLISH, after=BY_LANGUAGE),
            ],
            [GUARD.format(before=BY_LANGUAGE, after=ENGLISH), NO_FUNCTIONS],
        ),
    ]
