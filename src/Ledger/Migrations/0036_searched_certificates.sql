-- Mandatory. Runs once, in one transaction, under the migration lock.
-- Numbers of certificates are searched by part and compared normalised, as names and keys are: they stand among the texts of their entity.

-- The compared form, as EntityName.Normalise makes it of what numbers consist of.
CREATE FUNCTION pg_temp.normalised(value text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    wide    CONSTANT text := (SELECT string_agg(chr(c), '' ORDER BY c) FROM generate_series(x'FF01'::integer, x'FF5E'::integer) AS c);
    narrow  CONSTANT text := (SELECT string_agg(chr(c), '' ORDER BY c) FROM generate_series(33, 126) AS c);
    -- White space, and what has no width.
    ignored CONSTANT text := (
        SELECT string_agg(chr(c), '')
        FROM unnest(ARRAY[32, 133, 160, 173, 1564, 5760, 6158, 8232, 8233, 8239, 8287, 12288, 65279]
            || ARRAY(SELECT generate_series(9, 13)) || ARRAY(SELECT generate_series(8192, 8207)) || ARRAY(SELECT generate_series(8234, 8238))
            || ARRAY(SELECT generate_series(8288, 8292)) || ARRAY(SELECT generate_series(8294, 8303))) AS c);
    roman   CONSTANT text[] := ARRAY['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
BEGIN
    value := translate(value, ignored, '');
    FOR i IN 1 .. 20 LOOP
        value := replace(value, chr(9311 + i), i::text);
        IF i <= 12 THEN
            value := replace(replace(value, chr(8543 + i), roman[i]), chr(8559 + i), roman[i]);
        END IF;
    END LOOP;
    value := translate(value, wide, narrow);
    value := translate(value, '〔【〖﹙﹝﹛「『〈《｟[{', repeat('(', 13));
    value := translate(value, '〕】〗﹚﹞﹜」』〉》｠]}', repeat(')', 13));
    RETURN upper(translate(value, '•・･‧∙', repeat('·', 5)));
END $$;

CREATE TEMPORARY TABLE added ON COMMIT DROP AS
SELECT grain, string_agg(number, E'\n' ORDER BY number COLLATE "C") AS numbers
FROM (
    SELECT DISTINCT entity.grain, entity.search, pg_temp.normalised(certificate) AS number
    FROM title JOIN entity ON entity.grain = title.grain WHERE certificate IS NOT NULL AND entity.search IS NOT NULL
) AS numbered
WHERE number <> '' AND number <> ALL (string_to_array(search, E'\n'))
GROUP BY grain;

-- The register is written here as well, so that nothing has to be noted.
ALTER TABLE entity DISABLE TRIGGER entity_changed;
UPDATE entity SET search = search || E'\n' || numbers FROM added WHERE added.grain = entity.grain;
ALTER TABLE entity ENABLE TRIGGER entity_changed;
UPDATE register SET search = register.search || E'\n' || numbers, terms = search_terms(facet.kind, register.search || E'\n' || numbers)
FROM added, facet WHERE added.grain = register.grain AND facet.id = register.facet;

DROP FUNCTION pg_temp.normalised(text);

-- What asked for it asks for terms now.
DROP INDEX IF EXISTS title_certificate;
