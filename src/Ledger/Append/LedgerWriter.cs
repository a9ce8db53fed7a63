using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Supervision.Ledger.Append;

/// <summary>
/// Group commit: the one place of a silo that writes to the ledger. While a commit is under way the next batch fills
/// itself; one round trip and one fsync serve all its appends. It runs on a thread of its own and blocks there: as a
/// continuation it would queue up behind the very callers that wait for it.
/// </summary>
public sealed partial class LedgerWriter(
    NpgsqlDataSource dataSource, LedgerPosition position, TimeProvider clock, IOptions<LedgerOptions> options, ILogger<LedgerWriter> logger)
    : IHostedService, IAsyncDisposable
{
    private readonly BlockingCollection<PendingAppend> _queue = new(options.Value.QueueAppendsMax);

    private readonly Queue<PendingAppend> _heldOver = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly BatchCommitter _committer = new(dataSource, clock, logger);
    private Task _running = Task.CompletedTask;
    private int _disposed;

    /// <summary>Appends that wait for a commit.</summary>
    public int QueueLength => _queue.Count;

    /// <summary>Queues an append; the task ends when it is durable or known not to be written.</summary>
    /// <exception cref="LedgerUnavailableException">The queue is full, or the silo is stopping.</exception>
    public Task<AppendOutcome> AppendAsync(AppendRequest request)
    {
        var pending = new PendingAppend(request);
        try
        {
            if (!_queue.TryAdd(pending))
                throw new LedgerUnavailableException("Too many commands wait for the ledger.");
        }
        catch (InvalidOperationException exception)
        {
            throw new LedgerUnavailableException("The silo is stopping.", exception);
        }

        return pending.Outcome;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        position.Begin(_committer.Start());
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _disposed) == 1)
            return;
        // Whatever was queued is still committed; only when the host gives up are its waiters told that nobody knows.
        _queue.CompleteAdding();
        await using (cancellationToken.Register(_stop.Cancel))
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // A writer that never ran, or was stopped before it began, has not told its waiters.
        FailQueued(new LedgerUnavailableException("The silo stopped before the outcome was known."));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A container disposes it once for each service under which it is registered.
        if (Volatile.Read(ref _disposed) == 1)
            return;
        await StopAsync(new CancellationToken(canceled: true));
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        _committer.Dispose();
        _queue.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        var stoppingToken = _stop.Token;
        try
        {
            while (_heldOver.Count > 0 || TakeFirst(stoppingToken))
            {
                // Until memory holds what this batch commits, the ledger is not followed: what another silo writes on top
                // of it would be taken out first, and then be overwritten with this.
                position.Taking.Wait(stoppingToken);
                try
                {
                    Commit(Fill(), stoppingToken);
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
            _queue.CompleteAdding();
            FailQueued(new LedgerUnavailableException("The silo stopped before the outcome was known.", exception));
        }
    }

    /// <summary>Waits for something to write; false when nothing will come any more.</summary>
    private bool TakeFirst(CancellationToken stoppingToken)
    {
        if (!_queue.TryTake(out var first, Timeout.Infinite, stoppingToken))
            return false;
        _heldOver.Enqueue(first);
        return true;
    }

    private void FailQueued(LedgerUnavailableException unknown)
    {
        while (_heldOver.TryDequeue(out var held))
            held.Fail(unknown);
        while (_queue.TryTake(out var queued))
            queued.Fail(unknown);
    }

    /// <summary>Takes what waits, in order. An append that rests on what the batch changes is left for the next, where it will be found stale.</summary>
    private Batch Fill()
    {
        var batch = new Batch();
        var again = _heldOver.Count;
        for (var i = 0; i < again; i++)
            Add(_heldOver.Dequeue());
        while (batch.Appends.Count < options.Value.BatchAppendsMax && _heldOver.Count == 0 && _queue.TryTake(out var pending))
            Add(pending);
        return batch;

        void Add(PendingAppend pending)
        {
            if (!batch.TryAdd(pending))
                _heldOver.Enqueue(pending);
        }
    }

    private void Commit(Batch batch, CancellationToken stoppingToken)
    {
        try
        {
            while (batch.Appends.Count > 0)
            {
                var result = _committer.Commit(batch, stoppingToken);
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
                        Commit(first, stoppingToken);
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
