using Npgsql;

namespace Supervision.Ledger.Inspectors;

/// <summary>An inspector as it was read from the database.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Version">The version.</param>
/// <param name="State">The stored state in UTF-8.</param>
public sealed record StoredInspector(GrainId Grain, long Version, byte[] State);

/// <summary>Reads inspectors and what is private of them.</summary>
public sealed class InspectorStore(NpgsqlDataSource dataSource)
{
    private const string AllSql = "SELECT grain, version, state FROM entity WHERE grain >= 'inspector/' AND grain < 'inspector0'";

    private const string SomeSql = "SELECT grain, version, state FROM entity WHERE grain = ANY ($1)";

    // An inspector has few events, so its chain is followed to those that brought names.
    private const string NamesSql = """
        WITH RECURSIVE chain AS (
            SELECT grain, last_seq AS seq FROM entity WHERE grain = ANY ($1)
            UNION ALL
            SELECT chain.grain, ledger.previous_seq FROM chain JOIN ledger ON ledger.seq = chain.seq WHERE ledger.previous_seq > 0)
        SELECT chain.grain, private_member.salt, private_member.value
        FROM chain JOIN private_member ON private_member.seq = chain.seq AND private_member.member = 'name'
        """;

    /// <summary>Every inspector.</summary>
    public async Task<IReadOnlyList<StoredInspector>> AllAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(AllSql);
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Some inspectors; those without events are absent.</summary>
    public async Task<IReadOnlyList<StoredInspector>> SomeAsync(IReadOnlyCollection<GrainId> grains, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SomeSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. grains.Select(grain => grain.Value)] });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Every name that some inspectors have had and that was not erased, with the salt of its hash.</summary>
    public async Task<ILookup<GrainId, PrivateText>> NamesAsync(IReadOnlyCollection<GrainId> grains, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(NamesSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. grains.Select(grain => grain.Value)] });
        var names = new List<(GrainId Grain, PrivateText Name)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            names.Add((GrainId.FromStored(reader.GetString(0)), PrivateText.Of(reader.GetString(2), reader.GetFieldValue<byte[]>(1))));
        return names.ToLookup(pair => pair.Grain, pair => pair.Name);
    }

    private static async Task<IReadOnlyList<StoredInspector>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var inspectors = new List<StoredInspector>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            inspectors.Add(new StoredInspector(GrainId.FromStored(reader.GetString(0)), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        return inspectors;
    }
}
