-- For the host on Orleans; applied when it is first started on this database, beside the migrations of the ledger.
-- Which silos there are. Orleans' clustering provider runs the statements below by their names; the names of parameters and of the columns that are read are its contract, the
-- tables are not. Every change of the members counts up the cluster's version and is refused when somebody else was quicker: both in one statement, so both or neither.

CREATE TABLE OrleansQuery (
    QueryKey  varchar(64)   CONSTRAINT orleansquery_pkey PRIMARY KEY,
    QueryText varchar(8000) NOT NULL
);

CREATE TABLE orleans_cluster (
    cluster text    CONSTRAINT orleans_cluster_pkey PRIMARY KEY,
    version integer NOT NULL DEFAULT 0
);

CREATE TABLE orleans_silo (
    cluster    text        NOT NULL CONSTRAINT orleans_silo_cluster_fkey REFERENCES orleans_cluster (cluster),
    address    text        NOT NULL,
    port       integer     NOT NULL,
    generation integer     NOT NULL,
    name       text        NOT NULL,
    host       text        NOT NULL,
    status     integer     NOT NULL,
    proxy_port integer     NOT NULL,
    suspicions text,
    started_at timestamptz NOT NULL,
    alive_at   timestamptz NOT NULL,
    CONSTRAINT orleans_silo_pkey PRIMARY KEY (cluster, address, port, generation)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey', '
    WITH made AS (INSERT INTO orleans_cluster (cluster) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::integer FROM made'),
('InsertMembershipKey', '
    WITH advanced AS (
        UPDATE orleans_cluster SET version = version + 1
        WHERE cluster = @DeploymentId AND version = @Version AND NOT EXISTS (
            SELECT FROM orleans_silo AS there
            WHERE there.cluster = @DeploymentId AND there.address = @Address AND there.port = @Port AND there.generation = @Generation)
        RETURNING cluster
    ), joined AS (
        INSERT INTO orleans_silo (cluster, address, port, generation, name, host, status, proxy_port, started_at, alive_at)
        SELECT cluster, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM advanced
        RETURNING 1
    )
    SELECT count(*)::integer FROM joined'),
('UpdateMembershipKey', '
    WITH advanced AS (
        UPDATE orleans_cluster SET version = version + 1
        WHERE cluster = @DeploymentId AND version = @Version AND EXISTS (
            SELECT FROM orleans_silo AS there
            WHERE there.cluster = @DeploymentId AND there.address = @Address AND there.port = @Port AND there.generation = @Generation)
        RETURNING cluster
    ), changed AS (
        UPDATE orleans_silo AS silo SET status = @Status, suspicions = @SuspectTimes::text, alive_at = @IAmAliveTime
        FROM advanced
        WHERE silo.cluster = advanced.cluster AND silo.address = @Address AND silo.port = @Port AND silo.generation = @Generation
        RETURNING 1
    )
    SELECT count(*)::integer FROM changed'),
('UpdateIAmAlivetimeKey', '
    UPDATE orleans_silo SET alive_at = @IAmAliveTime
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),
('MembershipReadRowKey', '
    SELECT silo.address AS "Address", silo.port AS "Port", silo.generation AS "Generation", silo.name AS "SiloName", silo.host AS "HostName", silo.status AS "Status",
        silo.proxy_port AS "ProxyPort", silo.suspicions AS "SuspectTimes", silo.started_at AS "StartTime", silo.alive_at AS "IAmAliveTime", orleans_cluster.version AS "Version"
    FROM orleans_cluster
    LEFT JOIN orleans_silo AS silo ON silo.cluster = orleans_cluster.cluster AND silo.address = @Address AND silo.port = @Port AND silo.generation = @Generation
    WHERE orleans_cluster.cluster = @DeploymentId'),
('MembershipReadAllKey', '
    SELECT silo.address AS "Address", silo.port AS "Port", silo.generation AS "Generation", silo.name AS "SiloName", silo.host AS "HostName", silo.status AS "Status",
        silo.proxy_port AS "ProxyPort", silo.suspicions AS "SuspectTimes", silo.started_at AS "StartTime", silo.alive_at AS "IAmAliveTime", orleans_cluster.version AS "Version"
    FROM orleans_cluster
    LEFT JOIN orleans_silo AS silo ON silo.cluster = orleans_cluster.cluster
    WHERE orleans_cluster.cluster = @DeploymentId'),
-- 3: active.
('CleanupDefunctSiloEntriesKey', '
    DELETE FROM orleans_silo WHERE cluster = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3'),
('DeleteMembershipTableEntriesKey', '
    WITH gone AS (DELETE FROM orleans_silo WHERE cluster = @DeploymentId)
    DELETE FROM orleans_cluster WHERE cluster = @DeploymentId'),
('GatewaysQueryKey', '
    SELECT address AS "Address", proxy_port AS "ProxyPort", generation AS "Generation"
    FROM orleans_silo WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0');
