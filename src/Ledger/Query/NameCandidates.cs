using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>An entity with a name that resembles the one asked for.</summary>
/// <param name="Grain">The entity.</param>
/// <param name="Matched">The name that resembles, normalised.</param>
/// <param name="Score">How much, from 0 to 1.</param>
public sealed record ScoredName(GrainId Grain, string Matched, double Score);

/// <summary>
/// Finds names that resemble one by the pairs of characters that both have. A pair weighs the more the fewer names have it: two names
/// that both end in what every second name ends in have nothing in common yet.
/// </summary>
public sealed class NameCandidates(NpgsqlDataSource dataSource)
{
    // From how many names of each kind it is told how common a pair is.
    private const int SampleMax = 1_000;

    private const int ComparedMax = 10_000;

    /// <summary>Less than this is chance.</summary>
    private const double ScoreMin = 0.25;

    private const string SampleSql = """
        SELECT search FROM unnest($1::text[]) AS kind (name),
            LATERAL (SELECT search FROM register WHERE grain >= name || '/' AND grain < name || '0' ORDER BY grain LIMIT $2) AS first
        """;

    private const string SharingSql = """
        SELECT grain, search FROM register WHERE terms && $1::integer[] AND grain >= $2 AND grain < $3 ORDER BY grain LIMIT $4
        """;

    private const string UnrestrictedSharingSql = $"""
        SELECT grain, search FROM register WHERE terms && $1::integer[] AND grain >= $2 AND grain < $3{EntityConditions.Unrestricted}
        ORDER BY grain LIMIT $4
        """;

    /// <summary>The most alike first, those that are equally alike in the order of identities.</summary>
    /// <param name="name">The name.</param>
    /// <param name="filter">Of which entities: kind and restriction count.</param>
    /// <param name="limit">Most candidates.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ScoredName>> FindAsync(string name, EntityFilter filter, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var kind = filter.Kind;
        var asked = EntityName.Normalise(name);
        var pairs = PairsOf(asked);
        string[] kinds = kind is null ? [.. GrainKind.Subjects.Select(subject => subject.Name)] : [kind];
        var (common, names) = await SampleAsync(kinds, cancellationToken);
        var scored = new List<ScoredName>();
        foreach (var (grain, search) in await SharingAsync(Rarest(pairs, common, names), kinds, filter, cancellationToken))
        {
            var best = search.Split('\n').Select(handle => (Handle: handle, Score: Score(handle))).MaxBy(handle => handle.Score);
            if (best.Score >= ScoreMin)
                scored.Add(new ScoredName(grain, best.Handle, Math.Round(best.Score, 3)));
        }

        return [.. scored.OrderByDescending(found => found.Score).ThenBy(found => found.Grain).Take(limit)];

        double Score(string handle)
        {
            if (handle == asked)
                return 1;
            var others = PairsOf(handle);
            var all = pairs.Sum(Weight) + others.Sum(Weight);
            // Another order of the same pairs is not the same name.
            return all == 0 ? 0 : Math.Min(0.999, 2 * others.Where(pairs.Contains).Sum(Weight) / all);
        }

        // Squared, so that a rare pair outweighs the handful of common ones that names of a sort end in.
        double Weight(string pair) => Math.Pow(Math.Log(1 + ((1.0 + names) / (1 + common.GetValueOrDefault(pair)))), 2);
    }

    private static HashSet<string> PairsOf(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        var pairs = new HashSet<string>(runes.Length);
        for (var i = 1; i < runes.Length; i++)
            pairs.Add($"{runes[i - 1]}{runes[i]}");
        return pairs;
    }

    /// <summary>The pairs that few names have, as many as bring a bounded number of names together.</summary>
    private static string[] Rarest(HashSet<string> pairs, Dictionary<string, int> common, int names)
    {
        var (budget, sum) = (50 + (names / 500), 0);
        return
        [
            .. pairs.OrderBy(pair => common.GetValueOrDefault(pair)).ThenBy(pair => pair, StringComparer.Ordinal)
                .TakeWhile((pair, place) => (sum += common.GetValueOrDefault(pair)) <= budget || place == 0),
        ];
    }

    private async Task<(Dictionary<string, int> Common, int Names)> SampleAsync(string[] kinds, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SampleSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = kinds });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = SampleMax });
        var (common, names) = (new Dictionary<string, int>(), 0);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            names++;
            foreach (var pair in reader.GetString(0).Split('\n').SelectMany(PairsOf).Distinct())
                common[pair] = common.GetValueOrDefault(pair) + 1;
        }

        return (common, names);
    }

    private async Task<List<(GrainId Grain, string Search)>> SharingAsync(string[] pairs, string[] kinds, EntityFilter filter, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(filter.Unrestricted ? UnrestrictedSharingSql : SharingSql);
        var kind = filter.Kind;
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. kinds.SelectMany(asked => SearchTerms.OfPairs(asked, pairs))] });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind is null ? "" : kind + "/" });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind is null ? "~" : kind + "0" });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ComparedMax });
        var sharing = new List<(GrainId, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            sharing.Add((GrainId.FromStored(reader.GetString(0)), reader.GetString(1)));
        return sharing;
    }
}
