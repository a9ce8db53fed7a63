-- Mandatory. Runs once, in one transaction, under the migration lock.
-- The register anew: one narrow row an entity, with what it is filtered by as one number and what it is searched by as numbers.

DROP TRIGGER entity_entered ON entity;
DROP TRIGGER entity_changed ON entity;
DROP FUNCTION enter_in_register();
DROP FUNCTION change_in_register();
DROP TABLE register;
DROP FUNCTION bigrams(text);
-- Whatever asked for them asks for facets now.
DROP INDEX title_filter, title_status, title_exempt;

-- What entities are filtered by, once for all that are alike. There are few: a combination stays when nobody has it any more.
CREATE TABLE facet (
    id         bigint CONSTRAINT facet_pkey PRIMARY KEY,
    kind       text   NOT NULL,
    region     text   COLLATE "C",
    risk_class text,
    standing   text   NOT NULL,
    -- "policy level status", and " exempt" behind it where an exemption was ever granted, each once, in order.
    titles     text[] NOT NULL
);

CREATE TABLE register (
    facet      bigint    NOT NULL,
    grain      grain_id  NOT NULL,
    enterprise grain_id,
    -- Normalised names, keys and numbers, one a line.
    search     text      NOT NULL,
    terms      integer[] NOT NULL
);

-- The first four bytes of the SHA-256 of a text.
CREATE FUNCTION term_of(value text) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ('x' || encode(substr(sha256(convert_to(value, 'UTF8')), 1, 4), 'hex'))::bit(32)::integer;

-- What a text is found by: at each character the pair that begins there, or the three of them where all are ASCII, told apart
-- by the kind; and each line as a whole. The same as SearchTerms makes.
CREATE FUNCTION search_terms(kind text, search text) RETURNS integer[]
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
        terms := terms || term_of(line);
    END LOOP;
    RETURN terms;
END $$;

-- The first eight bytes of the SHA-256 of a facet's words, one a line. The same as Facet makes.
CREATE FUNCTION facet_id(kind text, region text, risk_class text, standing text, titles text[]) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ('x' || encode(substr(sha256(convert_to(
        array_to_string(ARRAY[kind, coalesce(region, ''), coalesce(risk_class, ''), standing] || titles, E'\n'), 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint;

-- What a grain's titles are filtered by.
CREATE FUNCTION facet_titles(of_grain text) RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (
        SELECT coalesce(array_agg(held ORDER BY held), '{}')
        FROM (
            SELECT DISTINCT (policy || ' ' || level || ' ' || status || CASE WHEN exempt_until IS NULL THEN '' ELSE ' exempt' END) COLLATE "C"
            FROM title WHERE grain = of_grain
        ) AS titles (held));

CREATE TEMPORARY TABLE entered ON COMMIT DROP AS
SELECT grain, kind, region, risk_class, standing, facet_titles(grain) AS titles, enterprise, search, 0::bigint AS facet
FROM entity WHERE search IS NOT NULL;
UPDATE entered SET facet = facet_id(kind, region, risk_class, standing, titles);
INSERT INTO facet (id, kind, region, risk_class, standing, titles)
SELECT DISTINCT facet, kind, region, risk_class, standing, titles FROM entered;
-- In the order in which it is read.
INSERT INTO register (facet, grain, enterprise, search, terms)
SELECT facet, grain, enterprise, search, search_terms(kind, search) FROM entered ORDER BY grain;

ALTER TABLE register ADD CONSTRAINT register_pkey PRIMARY KEY (grain);
CREATE INDEX register_facet ON register (facet, grain);
CREATE INDEX register_enterprise ON register (enterprise, grain) WHERE enterprise IS NOT NULL;
CREATE INDEX register_terms ON register USING gin (terms);

-- The register follows entity and title, which a batch writes one after the other: what changed is noted, and entered when the
-- batch commits. Whoever writes the register, too, says so by supervision.register = 'written' for the transaction.
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config(
        'supervision.changed',
        concat_ws(E'\n', nullif(current_setting('supervision.changed', true), ''), CASE TG_OP WHEN 'DELETE' THEN OLD.grain ELSE NEW.grain END),
        true);
    RETURN NULL;
END $$;

CREATE TRIGGER entity_entered AFTER INSERT ON entity FOR EACH ROW
    WHEN (NEW.search IS NOT NULL AND current_setting('supervision.register', true) IS DISTINCT FROM 'written')
    EXECUTE FUNCTION note_change();
-- Of these columns only: an append that moves nothing but the state fires nothing.
CREATE TRIGGER entity_changed AFTER UPDATE OF region, risk_class, standing, enterprise, search ON entity FOR EACH ROW
    WHEN ((OLD.region, OLD.risk_class, OLD.standing, OLD.enterprise, OLD.search)
        IS DISTINCT FROM (NEW.region, NEW.risk_class, NEW.standing, NEW.enterprise, NEW.search))
    EXECUTE FUNCTION note_change();
CREATE TRIGGER title_changed AFTER INSERT ON title FOR EACH ROW
    WHEN (current_setting('supervision.register', true) IS DISTINCT FROM 'written')
    EXECUTE FUNCTION note_change();
CREATE TRIGGER title_dropped AFTER DELETE ON title FOR EACH ROW EXECUTE FUNCTION note_change();

CREATE FUNCTION enter_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed CONSTANT text[] := ARRAY(SELECT DISTINCT unnest(string_to_array(nullif(current_setting('supervision.changed', true), ''), E'\n')));
BEGIN
    IF cardinality(changed) = 0 THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('supervision.changed', '', true);

    DELETE FROM register USING entity
    WHERE register.grain = ANY (changed) AND entity.grain = register.grain AND entity.search IS NULL;

    WITH titled AS MATERIALIZED (
        SELECT grain, kind, region, risk_class, standing, facet_titles(grain) AS titles, enterprise, search
        FROM entity WHERE grain = ANY (changed) AND search IS NOT NULL
    ),
    wanted AS MATERIALIZED (SELECT *, facet_id(kind, region, risk_class, standing, titles) AS facet FROM titled),
    met AS (
        INSERT INTO facet (id, kind, region, risk_class, standing, titles)
        SELECT DISTINCT facet, kind, region, risk_class, standing, titles FROM wanted
        ON CONFLICT (id) DO NOTHING
    )
    INSERT INTO register (facet, grain, enterprise, search, terms)
    SELECT wanted.facet, wanted.grain, wanted.enterprise, wanted.search,
        CASE WHEN register.search = wanted.search THEN register.terms ELSE search_terms(wanted.kind, wanted.search) END
    FROM wanted LEFT JOIN register ON register.grain = wanted.grain
    WHERE (register.facet, register.enterprise, register.search) IS DISTINCT FROM (wanted.facet, wanted.enterprise, wanted.search)
    ON CONFLICT (grain) DO UPDATE SET
        facet = excluded.facet, enterprise = excluded.enterprise, search = excluded.search, terms = excluded.terms;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER batch_entered AFTER INSERT ON batch DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.last_seq IS NOT NULL) EXECUTE FUNCTION enter_changes();

GRANT SELECT, INSERT ON facet TO supervision_serving;
GRANT SELECT, INSERT, UPDATE, DELETE ON register TO supervision_serving;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO supervision_serving;
