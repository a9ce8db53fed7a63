using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>Finds entities by what identifies them exactly.</summary>
public sealed class RegisterLookup(NpgsqlDataSource dataSource)
{
    // One after the other: a list of them all at once is one that no index is asked for.
    private const string HandleSql = $"""
        SELECT grain, search FROM unnest($1::integer[]) AS asked (term),
            LATERAL (SELECT grain, search FROM register WHERE terms @> ARRAY[asked.term]{EntityConditions.Unrestricted}) AS found
        """;

    private const string CertificateSql = $"""
        SELECT title.grain, certificate FROM title JOIN register ON register.grain = title.grain
        WHERE certificate = ANY ($1::text[]){EntityConditions.Unrestricted} ORDER BY title.grain
        """;

    /// <summary>
    /// The entities that have each text as a name, former name, key or number, normalised, as the number of a certificate, or as
    /// their whole identity: in the order of the texts, and of identities. Restricted ones are left out.
    /// </summary>
    public async Task<IReadOnlyList<IReadOnlyList<GrainId>>> FindAsync(IReadOnlyList<string> texts, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var (found, handles) = (new Dictionary<string, SortedSet<GrainId>>(), new Dictionary<string, SortedSet<GrainId>>());
        foreach (var text in texts)
        {
            found.TryAdd(text, []);
            handles.TryAdd(EntityName.Normalise(text), []);
        }

        var certificates = found.Keys.ToLookup(text => text.Trim());
        // An identity leads to whoever has its key now, also when it was merged into another.
        foreach (var identity in found.Keys.Select(IdentityOf).OfType<GrainId>())
            handles.TryAdd(EntityName.Normalise(identity.Key), []);
        await using var batch = dataSource.CreateBatch();
        Add<int>(batch, HandleSql, [.. handles.Keys.Select(SearchTerms.OfWhole).Distinct()]);
        Add<string>(batch, CertificateSql, [.. certificates.Select(group => group.Key)]);
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                foreach (var handle in reader.GetString(1).Split('\n'))
                {
                    if (handles.TryGetValue(handle, out var holders))
                        holders.Add(GrainId.FromStored(reader.GetString(0)));
                }
            }

            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                foreach (var text in certificates[reader.GetString(1)])
                    found[text].Add(GrainId.FromStored(reader.GetString(0)));
            }
        }

        foreach (var (text, grains) in found)
        {
            grains.UnionWith(handles[EntityName.Normalise(text)]);
            if (IdentityOf(text) is { } identity)
                grains.UnionWith(handles[EntityName.Normalise(identity.Key)].Where(grain => grain.Kind == identity.Kind));
        }

        return [.. texts.Select(text => found[text].Take(limit).ToArray())];
    }

    private static GrainId? IdentityOf(string text) => GrainId.TryParse(text.Trim(), out var identity) ? identity : null;

    private static void Add<T>(NpgsqlBatch batch, string sql, T[] values)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values });
        batch.BatchCommands.Add(command);
    }
}
