-- Mandatory. Runs once, in one transaction, under the migration lock.
-- Keys that are bound to an enterprise or body, and entities that are withheld from all who do not supervise.

ALTER TABLE api_key
    ADD COLUMN enterprise grain_id,
    ADD COLUMN body       text,
    ADD CONSTRAINT api_key_binding_check CHECK (
        (enterprise IS NOT NULL) = (role = 'enterprise') AND (body IS NOT NULL) = (role IN ('certification-body', 'evaluator')));

-- Every identity that is withheld, and the entity whose restriction withholds it. Follows from the states; written by the trigger
-- below, so that appends need not know of it.
CREATE TABLE restriction (
    by    grain_id NOT NULL,
    grain grain_id NOT NULL,
    CONSTRAINT restriction_pkey PRIMARY KEY (by, grain)
);
CREATE INDEX restriction_grain ON restriction (grain);

CREATE FUNCTION keep_restriction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.type = 'entity.restricted' THEN
        INSERT INTO restriction (by, grain)
        SELECT NEW.grain, NEW.grain UNION SELECT NEW.grain, absorbed FROM jsonb_array_elements_text(NEW.data::jsonb -> 'absorbed') AS absorbed
        ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM restriction WHERE by = NEW.grain;
    END IF;
    RETURN NULL;
END $$;
-- The condition is looked at without calling the function, so that all other events pass by.
CREATE TRIGGER ledger_restriction AFTER INSERT ON ledger FOR EACH ROW
    WHEN (NEW.type IN ('entity.restricted', 'entity.released')) EXECUTE FUNCTION keep_restriction();

GRANT SELECT, INSERT, DELETE ON restriction TO supervision_serving;
GRANT EXECUTE ON FUNCTION keep_restriction TO supervision_serving;
