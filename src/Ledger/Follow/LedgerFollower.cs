using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Supervision.Ledger.Follow;

/// <summary>What has to know when another silo has written.</summary>
public interface ILedgerFollowing
{
    /// <summary>Reads what it keeps of grains whose changes it is about to be told of.</summary>
    Task PrepareAsync(IReadOnlyCollection<GrainId> changed, CancellationToken cancellationToken);

    /// <summary>A grain has come to a version that this silo did not write.</summary>
    void OnForeignChange(GrainId grain, long version, long seq);
}

/// <summary>
/// Brings this silo's memory up to what other silos have written, by looking at the head at short intervals. A silo that
/// writes alone never reads anything here: its own commits advance the position.
/// </summary>
public sealed partial class LedgerFollower(
    NpgsqlDataSource dataSource, LedgerPosition position, ILedgerFollowing following, IOptions<LedgerOptions> options, ILogger<LedgerFollower> logger)
    : BackgroundService
{
    private const string HeadSql = "SELECT seq FROM head";

    private const string ChangesSql = """
        SELECT grain, max(version), max(seq) FROM ledger WHERE seq > $1 AND seq <= $2 GROUP BY grain
        """;

    // Events taken in at one reading, so that a silo far behind does not hold them all in memory.
    private const long EventsMax = 50_000;

    /// <summary>Reads everything up to the head now.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(HeadSql);
        var head = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        while (position.Seq is var from && from < head)
            await TakeInAsync(from, Math.Min(head, from + EventsMax), cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.FollowIntervalMilliseconds));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CatchUpAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                LogUnreachable(logger, exception.Message);
            }
        }
    }

    private async Task TakeInAsync(long from, long to, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ChangesSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = to });
        var changes = new List<(GrainId Grain, long Version, long Seq)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                changes.Add((GrainId.FromStored(reader.GetString(0)), reader.GetInt64(1), reader.GetInt64(2)));
        }

        await following.PrepareAsync([.. changes.Select(change => change.Grain)], cancellationToken);
        // Only once a commit of this silo that may be among them is in memory, too: what another silo wrote on top of it
        // would be taken out first, and then be overwritten with it.
        using (await position.Commits.SuspendAsync(cancellationToken))
        {
            foreach (var (grain, version, seq) in changes)
                following.OnForeignChange(grain, version, seq);
            position.Advance(from, to);
        }
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Debug, Message = "The ledger cannot be followed at the moment: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string reason);
}
