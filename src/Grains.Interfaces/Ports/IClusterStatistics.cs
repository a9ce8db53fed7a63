namespace Supervision;

/// <summary>What became of commands in a cluster of silos. It is kept beside the ledger, for whoever runs the silos; nothing is decided by it.</summary>
public interface IClusterStatistics
{
    /// <summary>The counts, by silo and kind of grain.</summary>
    /// <exception cref="LedgerUnavailableException">They cannot be read now.</exception>
    Task<IReadOnlyList<ClusterStatisticsRow>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>What became of commands on grains of one kind, on one silo, over all its starts.</summary>
/// <param name="Silo">Where the other silos reach it; <c>others</c>: those not heard of for longest, together.</param>
/// <param name="Kind">The kind of grain.</param>
/// <param name="Since">When the silo was first heard of.</param>
/// <param name="ReportedAt">When it was last heard of; silos report every minute.</param>
/// <param name="Accepted">Commands that it decided and accepted.</param>
/// <param name="Rejected">Commands that it decided and refused, for whatever reason.</param>
/// <param name="Stale">Decisions that the ledger did not take, because they rested on what was not so any more; each was made again.</param>
/// <param name="Unavailable">Commands that got to where their grain is active and were not decided, because the ledger took nothing.</param>
/// <param name="PassedOn">Commands that came to this silo and were decided by another.</param>
/// <param name="Unanswered">Commands that came to this silo and whose own one did not answer.</param>
public sealed record ClusterStatisticsRow(
    string Silo, string Kind, DateTimeOffset Since, DateTimeOffset ReportedAt, long Accepted, long Rejected, long Stale, long Unavailable, long PassedOn, long Unanswered);
