using System.Diagnostics;
using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>How many entities have a search term, as the database last estimated it when it analysed the register.</summary>
public sealed class TermFrequencies(NpgsqlDataSource dataSource)
{
    private const string EstimatesSql = """
        SELECT reltuples, most_common_elems::text::integer[], most_common_elem_freqs
        FROM pg_class LEFT JOIN pg_stats ON schemaname = relnamespace::regnamespace::text AND tablename = relname AND attname = 'terms'
        WHERE pg_class.oid = 'register'::regclass AND reltuples >= 0
        """;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private TermEstimates? _estimates;
    private long _readAt;
    private int _reading;

    /// <summary>The estimates, at most a minute old; null while the register has not been analysed.</summary>
    public async ValueTask<TermEstimates?> GetAsync(CancellationToken cancellationToken)
    {
        if (_readAt != 0 && Stopwatch.GetElapsedTime(Volatile.Read(ref _readAt)) < KeptFor)
            return _estimates;
        // One reads; who comes meanwhile does with what there is.
        if (Interlocked.Exchange(ref _reading, 1) == 1)
            return _estimates;
        try
        {
            _estimates = await ReadAsync(cancellationToken);
            Volatile.Write(ref _readAt, Stopwatch.GetTimestamp());
            return _estimates;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    private async Task<TermEstimates?> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(EstimatesSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var entities = reader.GetFloat(0);
        if (await reader.IsDBNullAsync(1, cancellationToken))
            return new TermEstimates(new Dictionary<int, double>());
        // The frequencies have the least, the most and that of absence behind them.
        var (terms, frequencies) = (reader.GetFieldValue<int[]>(1), reader.GetFieldValue<float[]>(2));
        return new TermEstimates(terms.Zip(frequencies).ToDictionary(term => term.First, term => (double)(entities * term.Second)));
    }
}

/// <summary>Estimates of how many entities have the most common terms.</summary>
public sealed class TermEstimates(IReadOnlyDictionary<int, double> common)
{
    // Terms that are asked for at once: each more costs its share of the index, and three rare ones leave little to look at.
    private const int TermsMax = 3;

    /// <summary>About how many entities have the rarest of the terms, or any of them; 0: few.</summary>
    public double EntitiesWith(PartTerms part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.All ? part.Terms.Min(EntitiesWith) : part.Terms.Sum(EntitiesWith);
    }

    /// <summary>The terms by which a part is looked for: where all are asked for, the few rarest.</summary>
    public PartTerms Rarest(PartTerms part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (!part.All || part.Terms.Count <= TermsMax)
            return part;
        int[] ordered = [.. part.Terms.OrderBy(EntitiesWith)];
        var rare = ordered.Count(term => EntitiesWith(term) == 0);
        // Neighbouring terms go together; those far apart tell more.
        return part with { Terms = rare > TermsMax ? [ordered[0], ordered[rare / 2], ordered[rare - 1]] : ordered[..TermsMax] };
    }

    private double EntitiesWith(int term) => common.GetValueOrDefault(term);
}
