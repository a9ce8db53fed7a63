-- Mandatory. Runs once, in one transaction, under the migration lock.
-- Keys that are derived from names are found as a whole only: their parts are chance, and were half of an enterprise's terms.

-- What a text is found by: at each character the pair that begins there, or the three of them where all are ASCII, told apart
-- by the kind; and each line as a whole, a derived key by that alone. The same as SearchTerms makes.
CREATE OR REPLACE FUNCTION search_terms(kind text, search text) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    salt  CONSTANT integer := term_of(kind);
    terms integer[] := '{}';
    line  text;
    chars text[];
    a     integer;
    b     integer;
    c     integer;
BEGIN
    FOREACH line IN ARRAY string_to_array(search, E'\n') LOOP
        IF line !~ '^U-[0-9A-F]{16}$' THEN
            chars := string_to_array(line, NULL);
            a := ascii(chars[1]);
            b := ascii(chars[2]);
            FOR i IN 3 .. cardinality(chars) + 1 LOOP
                c := ascii(chars[i]);
                IF a < 128 AND b < 128 AND c < 128 THEN
                    terms := terms || (((a << 14) | (b << 7) | c) # salt);
                ELSE
                    terms := terms || ((a << 16) # b # salt);
                END IF;
                a := b;
                b := c;
            END LOOP;
        END IF;
        terms := terms || term_of(line);
    END LOOP;
    RETURN terms;
END $$;

-- Built anew: to take so many terms out of it one by one would take longer.
DROP INDEX register_terms;
UPDATE register SET terms = search_terms(facet.kind, register.search) FROM facet
WHERE facet.id = register.facet AND register.search ~ '(^|\n)U-[0-9A-F]{16}(\n|$)';
CREATE INDEX register_terms ON register USING gin (terms);

-- Sorts what waits into the index of terms, which only its owner may ask for.
CREATE FUNCTION sort_terms_in() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT
    AS $$ SELECT gin_clean_pending_list('register_terms') $$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO supervision_serving;
