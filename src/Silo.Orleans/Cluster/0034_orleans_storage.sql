-- For the host on Orleans; applied when it is first started on this database.
-- What grains of Orleans' own keep, which is what became of commands in the cluster; the state of the register's grains is in the ledger. The storage provider runs the statements below by
-- their names; the names of parameters and of the columns that are read are its contract, the table is not. Keys that read as numbers come as numbers, others as text. A version that is not
-- the one that was read is answered as it came, which tells the provider that nothing was written.

CREATE TABLE orleans_state (
    service     text        NOT NULL,
    type        text        NOT NULL,
    key         text        NOT NULL,
    key_high    bigint      NOT NULL,
    key_low     bigint      NOT NULL,
    payload     bytea,
    modified_at timestamptz NOT NULL DEFAULT now(),
    version     integer     NOT NULL DEFAULT 1,
    CONSTRAINT orleans_state_pkey PRIMARY KEY (service, type, key, key_high, key_low)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('WriteToStorageKey', '
    WITH changed AS (
        UPDATE orleans_state SET payload = @PayloadBinary, modified_at = now(), version = version + 1
        WHERE service = @ServiceId AND type = @GrainTypeString AND key = coalesce(@GrainIdExtensionString::text, '''') AND key_high = @GrainIdN0 AND key_low = @GrainIdN1
            AND version = @GrainStateVersion::integer
        RETURNING version
    ), made AS (
        INSERT INTO orleans_state (service, type, key, key_high, key_low, payload)
        SELECT @ServiceId, @GrainTypeString, coalesce(@GrainIdExtensionString::text, ''''), @GrainIdN0, @GrainIdN1, @PayloadBinary
        WHERE @GrainStateVersion::integer IS NULL
        ON CONFLICT DO NOTHING
        RETURNING version
    )
    SELECT coalesce((SELECT version FROM changed), (SELECT version FROM made), @GrainStateVersion::integer) AS "NewGrainStateVersion"'),
('ReadFromStorageKey', '
    SELECT payload AS "PayloadBinary", version AS "Version" FROM orleans_state
    WHERE service = @ServiceId AND type = @GrainTypeString AND key = coalesce(@GrainIdExtensionString::text, '''') AND key_high = @GrainIdN0 AND key_low = @GrainIdN1'),
('ClearStorageKey', '
    WITH changed AS (
        UPDATE orleans_state SET payload = NULL, modified_at = now(), version = version + 1
        WHERE service = @ServiceId AND type = @GrainTypeString AND key = coalesce(@GrainIdExtensionString::text, '''') AND key_high = @GrainIdN0 AND key_low = @GrainIdN1
            AND version = @GrainStateVersion::integer
        RETURNING version
    )
    SELECT coalesce((SELECT version FROM changed), @GrainStateVersion::integer) AS "NewGrainStateVersion"'),
('DeleteStorageKey', '
    WITH gone AS (
        DELETE FROM orleans_state
        WHERE service = @ServiceId AND type = @GrainTypeString AND key = coalesce(@GrainIdExtensionString::text, '''') AND key_high = @GrainIdN0 AND key_low = @GrainIdN1
            AND version = @GrainStateVersion::integer
        RETURNING version + 1 AS version
    )
    SELECT coalesce((SELECT version FROM gone), @GrainStateVersion::integer) AS "NewGrainStateVersion"')
-- The benchmark has statements of its own under these names.
ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;
