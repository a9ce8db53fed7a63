using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Supervision.Ledger.Audit;

/// <summary>
/// Writes the audit trail, many records at once, on one connection: denials cost their sender nothing but a place in the
/// queue, and privileged actions wait until theirs are durable.
/// </summary>
public sealed partial class AuditTrail(NpgsqlDataSource dataSource, ILogger<AuditTrail> logger) : BackgroundService, IAudit
{
    // Denials are bounded by their folding, privileged actions by the requests under way.
    private const int QueueMax = 10_000;

    private const int RowsMax = 1_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly AuditStore _store = new(dataSource);
    private readonly Channel<Queued> _queue = Channel.CreateBounded<Queued>(new BoundedChannelOptions(QueueMax) { SingleReader = true });
    private readonly DenialFolding _denials = new();
    private readonly Lock _folding = new();

    /// <summary>Records one action of a process that does nothing else, at one attempt.</summary>
    public static Task RecordOnceAsync(NpgsqlDataSource dataSource, AuditEntry done, CancellationToken cancellationToken) =>
        new AuditStore(dataSource).InsertAsync([(done, 1)], cancellationToken);

    /// <inheritdoc/>
    public Task RecordAsync(AuditEntry done, CancellationToken cancellationToken) => EnqueueAsync([(done, 1)], cancellationToken);

    /// <inheritdoc/>
    public void Deny(AuditEntry denial)
    {
        lock (_folding)
        {
            if (_denials.Take(denial) is { } first)
                Enqueue([(first, 1)]);
        }
    }

    /// <inheritdoc/>
    public async Task<Page<AuditRecord>> ListAsync(AuditFilter filter, long? before, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        IReadOnlyList<(AuditEntry, long)> counted;
        lock (_folding)
            counted = _denials.Counted();
        await EnqueueAsync(counted, cancellationToken);
        var records = await _store.ListAsync(filter, before, limit, cancellationToken);
        var more = records.Count > limit;
        if (more)
            records.RemoveAt(limit);
        return new Page<AuditRecord>(records, more);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        EndWindow();
        _queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
        // A service that is stopped early may never have run: what is left is written here, at one attempt.
        var left = new List<Queued>();
        while (_queue.Reader.TryRead(out var next))
            left.Add(next);
        await WriteAsync(left, new CancellationToken(canceled: true));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var windows = new Timer(_ => EndWindow(), null, DenialFolding.Window, DenialFolding.Window);
        var batch = new List<Queued>();
        // Ends when the queue is completed and empty: what was queued before the stop is written.
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            Take(batch);
            await WriteAsync(batch, stoppingToken);
            batch.Clear();
        }
    }

    private void Take(List<Queued> batch)
    {
        for (var rows = batch.Sum(queued => queued.Rows.Count); rows < RowsMax && _queue.Reader.TryRead(out var next); rows += next.Rows.Count)
            batch.Add(next);
    }

    private void EndWindow()
    {
        lock (_folding)
            Enqueue(_denials.EndWindow());
    }

    private void Enqueue(IReadOnlyList<(AuditEntry, long)> rows)
    {
        if (rows.Count > 0 && !_queue.Writer.TryWrite(new Queued(rows, null)))
            LogLost(logger, rows.Count);
    }

    private async Task EnqueueAsync(IReadOnlyList<(AuditEntry, long)> rows, CancellationToken cancellationToken)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _queue.Writer.WriteAsync(new Queued(rows, written), cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            throw new LedgerUnavailableException("The service is stopping.", closed);
        }

        await written.Task.WaitAsync(cancellationToken);
    }

    private async Task WriteAsync(List<Queued> batch, CancellationToken stoppingToken)
    {
        while (batch.Count > 0)
        {
            try
            {
                await _store.InsertAsync([.. batch.SelectMany(queued => queued.Rows)], CancellationToken.None);
                foreach (var queued in batch)
                    queued.Written?.TrySetResult();
                return;
            }
            catch (NpgsqlException exception)
            {
                LogNotWritten(logger, exception.Message);
                // Whoever waits is told; what nobody waits for is tried again until it is written.
                foreach (var queued in batch)
                    queued.Written?.TrySetException(new LedgerUnavailableException("The database does not answer.", exception));
                batch.RemoveAll(queued => queued.Written is not null);
                await Task.Delay(RetryAfter, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stoppingToken.IsCancellationRequested)
                {
                    LogLost(logger, batch.Sum(queued => queued.Rows.Count));
                    return;
                }

                // Whoever came meanwhile is told by the next attempt; else it would wait behind denials for as long as the database does not answer.
                Take(batch);
            }
        }
    }

    [LoggerMessage(EventId = 2501, Level = LogLevel.Warning, Message = "The audit trail could not be written: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string reason);

    [LoggerMessage(EventId = 2502, Level = LogLevel.Error, Message = "{Count} records of denials were lost")]
    private static partial void LogLost(ILogger logger, int count);

    /// <summary>Rows that are written together, and who waits for them.</summary>
    private sealed record Queued(IReadOnlyList<(AuditEntry Entry, long Times)> Rows, TaskCompletionSource? Written);
}
