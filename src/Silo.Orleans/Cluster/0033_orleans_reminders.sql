-- For the host on Orleans; applied when it is first started on this database.
-- What Orleans wakes grains of its own by (its "reminders"; those of holders are in reminder). Its provider runs the statements below by their names; the names of parameters and
-- of the columns that are read are its contract, the table is not. The hash of a grain says which silo keeps watch over it: each asks for the part of the ring that is its own, from
-- behind one hash up to another, which may lead over the end of the ring.

CREATE TABLE orleans_reminder (
    service  text        NOT NULL,
    grain    text        NOT NULL,
    name     text        NOT NULL,
    hash     integer     NOT NULL,
    start_at timestamptz NOT NULL,
    -- Milliseconds.
    period   bigint      NOT NULL,
    version  integer     NOT NULL DEFAULT 0,
    CONSTRAINT orleans_reminder_pkey PRIMARY KEY (service, grain, name)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('UpsertReminderRowKey', '
    INSERT INTO orleans_reminder AS there (service, grain, name, hash, start_at, period)
    VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period)
    ON CONFLICT (service, grain, name) DO UPDATE
        SET hash = excluded.hash, start_at = excluded.start_at, period = excluded.period, version = there.version + 1
    RETURNING version AS "Version"'),
('ReadReminderRowKey', '
    SELECT grain AS "GrainId", name AS "ReminderName", start_at AS "StartTime", period AS "Period", version AS "Version"
    FROM orleans_reminder WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName'),
('ReadReminderRowsKey', '
    SELECT grain AS "GrainId", name AS "ReminderName", start_at AS "StartTime", period AS "Period", version AS "Version"
    FROM orleans_reminder WHERE service = @ServiceId AND grain = @GrainId'),
('ReadRangeRows1Key', '
    SELECT grain AS "GrainId", name AS "ReminderName", start_at AS "StartTime", period AS "Period", version AS "Version"
    FROM orleans_reminder WHERE service = @ServiceId AND hash > @BeginHash AND hash <= @EndHash'),
('ReadRangeRows2Key', '
    SELECT grain AS "GrainId", name AS "ReminderName", start_at AS "StartTime", period AS "Period", version AS "Version"
    FROM orleans_reminder WHERE service = @ServiceId AND (hash > @BeginHash OR hash <= @EndHash)'),
('DeleteReminderRowKey', '
    WITH gone AS (
        DELETE FROM orleans_reminder WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName AND version = @Version RETURNING 1
    )
    SELECT count(*)::integer FROM gone'),
('DeleteReminderRowsKey', '
    DELETE FROM orleans_reminder WHERE service = @ServiceId');
