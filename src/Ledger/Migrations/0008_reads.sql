-- Mandatory. Runs once, in one transaction, under the migration lock.
-- What lists, searches and readings of the past look things up by.

-- As before, without sorting the pairs of each text: an index keeps each but once anyway, and this halves its cost.
CREATE OR REPLACE FUNCTION bigrams(value text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    RETURN (SELECT coalesce(array_agg(substr(value, i, 2)), '{}') FROM generate_series(1, length(value) - 1) AS i);

-- The columns of the registered entities that lists and searches look at, apart from the state: beside it a page holds few
-- rows, and reading a hundred of them costs a hundred pages. Kept by the triggers below, in the transaction of the append.
CREATE TABLE register (
    grain      grain_id NOT NULL,
    region     text COLLATE "C",
    risk_class text,
    standing   text     NOT NULL,
    enterprise grain_id,
    search     text     NOT NULL
);
INSERT INTO register (grain, region, risk_class, standing, enterprise, search)
SELECT grain, region, risk_class, standing, enterprise, search FROM entity WHERE search IS NOT NULL;
ALTER TABLE register ADD CONSTRAINT register_pkey PRIMARY KEY (grain);
CREATE INDEX register_region ON register (region, risk_class, grain) WHERE region IS NOT NULL;
CREATE INDEX register_enterprise ON register (enterprise, grain) WHERE enterprise IS NOT NULL;
CREATE INDEX register_search ON register USING gin (bigrams(search));
-- Exact handles: a thousand names, keys and numbers are looked up in one statement.
CREATE INDEX register_handle ON register USING gin (string_to_array(search, E'\n'));
DROP INDEX entity_kind, entity_region, entity_enterprise, entity_search;

CREATE FUNCTION enter_in_register() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO register (grain, region, risk_class, standing, enterprise, search)
    SELECT grain, region, risk_class, standing, enterprise, search FROM inserted WHERE search IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION change_in_register() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.search IS NULL THEN
        DELETE FROM register WHERE grain = NEW.grain;
    ELSE
        INSERT INTO register (grain, region, risk_class, standing, enterprise, search)
        VALUES (NEW.grain, NEW.region, NEW.risk_class, NEW.standing, NEW.enterprise, NEW.search)
        ON CONFLICT (grain) DO UPDATE SET
            region = excluded.region, risk_class = excluded.risk_class, standing = excluded.standing, enterprise = excluded.enterprise,
            search = excluded.search;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER entity_entered AFTER INSERT ON entity
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION enter_in_register();
-- Of these columns only: an append that moves nothing but the state fires nothing.
CREATE TRIGGER entity_changed AFTER UPDATE OF region, risk_class, standing, enterprise, search ON entity FOR EACH ROW
    WHEN ((OLD.region, OLD.risk_class, OLD.standing, OLD.enterprise, OLD.search)
        IS DISTINCT FROM (NEW.region, NEW.risk_class, NEW.standing, NEW.enterprise, NEW.search))
    EXECUTE FUNCTION change_in_register();

-- The few titles that are not simply in force, and the exempt ones.
CREATE INDEX title_status ON title (status, grain) WHERE status <> 'listed';
CREATE INDEX title_exempt ON title (grain) WHERE exempt_until IS NOT NULL;

-- Where in the ledger an instant lies.
CREATE INDEX batch_at ON batch (at) WHERE at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON register TO supervision_serving;
