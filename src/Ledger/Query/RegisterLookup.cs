using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>Finds entities by what identifies them exactly.</summary>
public sealed class RegisterLookup(NpgsqlDataSource dataSource)
{
    private const string HandleSql = $"""
        SELECT grain, search FROM register WHERE string_to_array(search, E'\n') && $1::text[]{EntityConditions.UnrestrictedSql} ORDER BY grain
        """;

    private const string CertificateSql = $"""
        SELECT title.grain, certificate FROM title JOIN register ON register.grain = title.grain
        WHERE certificate = ANY ($1::text[]){EntityConditions.UnrestrictedSql} ORDER BY title.grain
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
        Add(batch, HandleSql, handles.Keys);
        Add(batch, CertificateSql, certificates.Select(group => group.Key));
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

    private static void Add(NpgsqlBatch batch, string sql, IEnumerable<string> values)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. values] });
        batch.BatchCommands.Add(command);
    }
}
