using Supervision.Silo.Orleans.Cluster;

namespace Supervision.Silo.Orleans.Statistics;

/// <summary>Shows what became of commands in the cluster.</summary>
internal sealed class ClusterStatistics(ClusterSilo cluster) : IClusterStatistics
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ClusterStatisticsRow>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var totals = await cluster.Statistics.ReadAsync(cancellationToken);
            return
            [
                .. from silo in totals
                   from counts in silo.Counts.OrderBy(counts => counts.Key, StringComparer.Ordinal)
                   select new ClusterStatisticsRow(
                       silo.Silo, counts.Key, silo.Since, silo.ReportedAt, counts.Value.Accepted, counts.Value.Rejected, counts.Value.Stale, counts.Value.Unavailable,
                       counts.Value.PassedOn, counts.Value.Unanswered),
            ];
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            throw new LedgerUnavailableException("What became of commands cannot be read now.", exception);
        }
    }
}
