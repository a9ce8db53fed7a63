using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Supervision.Ledger.Append;

/// <summary>
/// Group commit: the one place of a silo that writes to the ledger. While a commit is under way the next batch fills
/// itself; one round trip and one fsync serve all its appends.
/// </summary>
public sealed partial class LedgerWriter(
    NpgsqlDataSource dataSource, LedgerPosition position, TimeProvider clock, IOptions<LedgerOptions> options, ILogger<LedgerWriter> logger)
    : IHostedService, IAsyncDisposable
{
    private readonly Channel<PendingAppend> _queue = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(options.Value.QueueAppendsMax) { SingleReader = true });

    private readonly Queue<PendingAppend> _heldOver = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly BatchCommitter _committer = new(dataSource, clock, logger);
    private Task _running = Task.CompletedTask;
    private int _disposed;

    /// <summary>Appends that wait for a commit.</summary>
    public int QueueLength => _queue.Reader.Count;

    /// <summary>Queues an append; the task ends when it is durable or known not to be written.</summary>
    /// <exception cref="LedgerUnavailableException">The queue is full, or the silo is stopping.</exception>
    public Task<AppendOutcome> AppendAsync(AppendRequest request)
    {
        var pending = new PendingAppend(request);
        if (!_queue.Writer.TryWrite(pending))
            throw new LedgerUnavailableException("Too many commands wait for the ledger.");
        return pending.Outcome;
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var head = await _committer.StartAsync(cancellationToken);
        position.Begin(head);
        _running = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Whatever was queued is still committed; only when the host gives up are its waiters told that nobody knows.
        _queue.Writer.TryComplete();
        await using (cancellationToken.Register(_stop.Cancel))
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // A writer that never ran, or was stopped before it began, has not told its waiters.
        FailQueued(new LedgerUnavailableException("The silo stopped before the outcome was known."));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A container disposes it once for each service under which it is registered.
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await StopAsync(new CancellationToken(canceled: true));
        await _committer.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (_heldOver.Count > 0 || await _queue.Reader.WaitToReadAsync(stoppingToken))
            {
                // Until memory holds what this batch commits, the ledger is not followed: what another silo writes on top
                // of it would be taken out first, and then be overwritten with this.
                await position.Taking.WaitAsync(stoppingToken);
                try
                {
                    await CommitAsync(Fill(), stoppingToken);
                }
                finally
                {
                    position.Taking.Release();
                }
            }
        }
        catch (Exception exception)
        {
            if (exception is not OperationCanceledException)
                LogWriterFailed(logger, exception);
            _queue.Writer.TryComplete();
            FailQueued(new LedgerUnavailableException("The silo stopped before the outcome was known.", exception));
        }
    }

    private void FailQueued(LedgerUnavailableException unknown)
    {
        while (_heldOver.TryDequeue(out var held))
            held.Fail(unknown);
        while (_queue.Reader.TryRead(out var queued))
            queued.Fail(unknown);
    }

    /// <summary>Takes what waits, in order. An append that rests on what the batch changes is left for the next, where it will be found stale.</summary>
    private Batch Fill()
    {
        var batch = new Batch();
        var again = _heldOver.Count;
        for (var i = 0; i < again; i++)
            Add(_heldOver.Dequeue());
        while (batch.Appends.Count < options.Value.BatchAppendsMax && _heldOver.Count == 0 && _queue.Reader.TryRead(out var pending))
            Add(pending);
        return batch;

        void Add(PendingAppend pending)
        {
            if (!batch.TryAdd(pending))
                _heldOver.Enqueue(pending);
        }
    }

    private async Task CommitAsync(Batch batch, CancellationToken stoppingToken)
    {
        try
        {
            while (batch.Appends.Count > 0)
            {
                var result = await _committer.CommitAsync(batch, stoppingToken);
                switch (result)
                {
                    case BatchResult.Committed committed:
                        for (var i = 0; i < batch.Appends.Count; i++)
                            batch.Appends[i].Commit(committed.Places[i]);
                        position.Advance(committed.From, committed.To);
                        return;
                    case BatchResult.Conflict conflict:
                        foreach (var place in conflict.Duplicate)
                            batch.Appends[place].Complete(new AppendOutcome.Duplicate());
                        foreach (var place in conflict.Stale.Where(place => !conflict.Duplicate.Contains(place)))
                            batch.Appends[place].Complete(new AppendOutcome.Stale());
                        batch = batch.Without(conflict.Stale.Concat(conflict.Duplicate).ToHashSet());
                        break;
                    case BatchResult.Refused refused when batch.Appends.Count == 1:
                        LogAppendRefused(logger, refused.Exception);
                        batch.Appends[0].Fail(refused.Exception);
                        return;
                    case BatchResult.Refused:
                        // One append among them is the culprit; the others must not suffer for it.
                        var (first, second) = batch.Halves();
                        await CommitAsync(first, stoppingToken);
                        batch = second;
                        break;
                }
            }
        }
        catch (Exception exception)
        {
            foreach (var append in batch.Appends)
                append.Fail(new LedgerUnavailableException("The silo stopped before the outcome was known.", exception));
            throw;
        }
    }
}
