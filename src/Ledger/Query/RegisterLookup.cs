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

    /// <summary>
    /// The entities that have each text as a name, former name, key or number, that of a certificate included, normalised, or as
    /// their whole identity: in the order of the texts, and of identities. Restricted ones are left out.
    /// </summary>
    public async Task<IReadOnlyList<IReadOnlyList<GrainId>>> FindAsync(IReadOnlyList<string> texts, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var handles = new Dictionary<string, HashSet<GrainId>>();
        foreach (var text in texts)
        {
            handles.TryAdd(EntityName.Normalise(text), []);
            // An identity leads to whoever has its key now, also when it was merged into another.
            if (IdentityOf(text) is { } identity)
                handles.TryAdd(EntityName.Normalise(identity.Key), []);
        }

        await using var command = dataSource.CreateCommand(HandleSql);
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. handles.Keys.Select(SearchTerms.OfWhole).Distinct()] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            foreach (var handle in reader.GetString(1).Split('\n'))
            {
                if (handles.TryGetValue(handle, out var holders))
                    holders.Add(GrainId.FromStored(reader.GetString(0)));
            }
        }

        return [.. texts.Select(text => HoldersOf(text).Distinct().Order().Take(limit).ToArray())];

        IEnumerable<GrainId> HoldersOf(string text)
        {
            IEnumerable<GrainId> holders = handles[EntityName.Normalise(text)];
            return IdentityOf(text) is { } identity ? holders.Concat(handles[EntityName.Normalise(identity.Key)].Where(grain => grain.Kind == identity.Kind)) : holders;
        }
    }

    private static GrainId? IdentityOf(string text) => GrainId.TryParse(text.Trim(), out var identity) ? identity : null;
}
