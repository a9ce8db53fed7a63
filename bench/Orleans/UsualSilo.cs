using System.Text;
using Npgsql;
using Orleans.Storage;
using Supervision.Grains.Policies;
using Supervision.Hosting.Inspectors;

namespace Supervision.Bench.Orleans;

/// <summary>
/// A silo of Orleans with grains of the usual kind, on the same database: ADO.NET storage, tuned as far as it goes without changing it: prepared statements, and
/// states serialized by System.Text.Json as the ledger does.
/// </summary>
internal sealed class UsualSilo : IAsyncDisposable
{
    public const string Storage = "usual";

    private const string SchemaSql = """
        DROP TABLE IF EXISTS usual_storage;
        CREATE TABLE usual_storage (
            id_hash integer NOT NULL, id_high bigint NOT NULL, id_low bigint NOT NULL, id_text text, type_hash integer NOT NULL, type text NOT NULL, service text NOT NULL,
            payload bytea, modified_at timestamptz NOT NULL, version integer NOT NULL
        ) WITH (fillfactor = 60);
        CREATE INDEX usual_storage_hash_index ON usual_storage (id_hash, type_hash);
        DELETE FROM OrleansQuery WHERE QueryKey LIKE '%StorageKey';
        INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('WriteToStorageKey', '
            WITH changed AS (
                UPDATE usual_storage SET payload = @PayloadBinary, modified_at = now(), version = version + 1
                WHERE id_hash = @GrainIdHash AND type_hash = @GrainTypeHash AND id_high = @GrainIdN0 AND id_low = @GrainIdN1 AND type = @GrainTypeString
                    AND id_text IS NOT DISTINCT FROM @GrainIdExtensionString::text AND service = @ServiceId AND version = @GrainStateVersion::integer
                RETURNING version
            ), made AS (
                INSERT INTO usual_storage (id_hash, id_high, id_low, id_text, type_hash, type, service, payload, modified_at, version)
                SELECT @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainIdExtensionString::text, @GrainTypeHash, @GrainTypeString, @ServiceId, @PayloadBinary, now(), 1
                WHERE @GrainStateVersion::integer IS NULL
                RETURNING version
            )
            SELECT coalesce((SELECT version FROM changed), (SELECT version FROM made), @GrainStateVersion::integer) AS "NewGrainStateVersion"'),
        ('ReadFromStorageKey', '
            SELECT payload AS "PayloadBinary", modified_at AS "ModifiedOn", version AS "Version" FROM usual_storage
            WHERE id_hash = @GrainIdHash AND type_hash = @GrainTypeHash AND id_high = @GrainIdN0 AND id_low = @GrainIdN1 AND type = @GrainTypeString
                AND id_text IS NOT DISTINCT FROM @GrainIdExtensionString::text AND service = @ServiceId'),
        ('ClearStorageKey', 'SELECT @GrainStateVersion::integer AS "NewGrainStateVersion"'),
        ('DeleteStorageKey', 'SELECT @GrainStateVersion::integer AS "NewGrainStateVersion"')
        """;

    private readonly IHost _host;

    private UsualSilo(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<UsualSilo> StartAsync(BenchSilo silo, CancellationToken cancellationToken)
    {
        await using (var owner = NpgsqlDataSource.Create(silo.Database.ConnectionString))
        await using (var schema = owner.CreateCommand(SchemaSql))
            await schema.ExecuteNonQueryAsync(cancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(silo.Get<RuleBook>());
        builder.Services.AddSingleton(silo.Get<InspectorDirectory>());
        builder.UseOrleans(orleans =>
        {
            orleans.UseLocalhostClustering(siloPort: 15198, gatewayPort: 0, serviceId: "usual", clusterId: "usual");
            orleans.AddAdoNetGrainStorage(Storage, storage =>
            {
                storage.Invariant = "Npgsql";
                storage.ConnectionString = new NpgsqlConnectionStringBuilder(silo.Database.ConnectionString) { MaxAutoPrepare = 50, AutoPrepareMinUsages = 1, MaxPoolSize = 64, NoResetOnClose = true }.ConnectionString;
                storage.GrainStorageSerializer = new StateSerializer();
            });
        });
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new UsualSilo(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private sealed class StateSerializer : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => input is UsualState { Grain: { } state } usual
            ? new BinaryData([.. Encoding.UTF8.GetBytes($"{usual.Version}\n"), .. LedgerJson.Write(state)])
            : throw new NotSupportedException();

        public T Deserialize<T>(BinaryData input)
        {
            var text = input.ToMemory();
            var end = text.Span.IndexOf((byte)'\n');
            return (T)(object)new UsualState { Version = long.Parse(Encoding.UTF8.GetString(text.Span[..end])), Grain = LedgerJson.ReadState(text.Span[(end + 1)..]) };
        }
    }
}
