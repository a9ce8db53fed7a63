using Orleans.Concurrency;

namespace Supervision.Silo.Orleans.Statistics;

/// <summary>
/// Keeps what became of commands in one cluster, beyond the life of its silos; its key is <c>cluster/</c> and the name of the cluster. None of it is in the ledger, and
/// nothing is decided by it.
/// </summary>
internal interface IStatisticsGrain : IGrainWithStringKey
{
    /// <summary>Takes what a silo has counted since it was started; taking it twice changes nothing.</summary>
    Task ReportAsync(SiloReport report);

    /// <summary>What is kept, by silo.</summary>
    [ReadOnly]
    Task<IReadOnlyList<SiloTotals>> ReadAsync();
}

/// <summary>What a silo has counted.</summary>
/// <param name="Silo">Where the other silos reach it.</param>
/// <param name="Generation">Which start of it this is; a later one has a greater number.</param>
/// <param name="At">The silo's time.</param>
/// <param name="Counts">The counts since that start, by kind of grain.</param>
[GenerateSerializer, Immutable]
internal sealed record SiloReport(
    [property: Id(0)] string Silo, [property: Id(1)] int Generation, [property: Id(2)] DateTimeOffset At, [property: Id(3)] IReadOnlyDictionary<string, CommandCounts> Counts);

/// <summary>What a silo has counted over all its starts.</summary>
/// <param name="Silo">Where the other silos reach it.</param>
/// <param name="Since">When it was first heard of.</param>
/// <param name="ReportedAt">When it was last heard of.</param>
/// <param name="Counts">The counts by kind of grain.</param>
[GenerateSerializer, Immutable]
internal sealed record SiloTotals(
    [property: Id(0)] string Silo, [property: Id(1)] DateTimeOffset Since, [property: Id(2)] DateTimeOffset ReportedAt,
    [property: Id(3)] IReadOnlyDictionary<string, CommandCounts> Counts);

/// <inheritdoc cref="IStatisticsGrain"/>
// The type is stored with the state.
[GrainType("statistics")]
internal sealed class StatisticsGrain([PersistentState("statistics", StatisticsGrain.Storage)] IPersistentState<StatisticsState> stored) : Grain, IStatisticsGrain
{
    /// <summary>The provider of storage that keeps it.</summary>
    public const string Storage = "statistics";

    public async Task ReportAsync(SiloReport report)
    {
        if (stored.State.Take(report))
            await stored.WriteStateAsync();
    }

    public Task<IReadOnlyList<SiloTotals>> ReadAsync() => Task.FromResult<IReadOnlyList<SiloTotals>>(
        [.. stored.State.Silos.OrderBy(silo => silo.Key, StringComparer.Ordinal).Select(silo => silo.Value.Totals(silo.Key))]);
}
