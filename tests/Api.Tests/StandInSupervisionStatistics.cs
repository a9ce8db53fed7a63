namespace Supervision.Api.Tests;

/// <summary>Two rows, of Beijing and of nowhere, whose counts tell the period that was asked for.</summary>
internal sealed class StandInSupervisionStatistics : ISupervisionStatistics
{
    public Task<IReadOnlyList<SupervisionRow>> CountAsync(StatisticsQuery query, DateOnly? from, DateOnly? to, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SupervisionRow>>([Row("110000", from?.Year ?? 0), Row(null, to?.Year ?? 0)]);

    private static SupervisionRow Row(string? region, long count) => new(
        [region], 5, 4, new Dictionary<string, long> { ["failed-spot-check"] = 1 }, new Dictionary<string, long> { ["clean"] = count }, 2,
        new Dictionary<string, long> { ["check"] = 3 });
}
