using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Supervision.Ledger.Append;

/// <summary>
/// Group commit: the one place of a silo that writes to the ledger. While a commit is under way the next batch fills
/// itself; one round trip and one fsync serve all its appends. Two lanes take turns at the database: while the one's
/// batch is under way, the other tells the waiters of its last batch and builds its next. They run on threads of their
/// own and block there: as continuations they would queue up behind the very callers that wait for them.
/// </summary>
public sealed partial class LedgerWriter(
    NpgsqlDataSource dataSource, LedgerPosition position, TimeProvider clock, IOptions<LedgerOptions> options, ILogger<LedgerWriter> logger)
    : IHostedService, IAsyncDisposable
{
    private readonly BlockingCollection<PendingAppend> _queue = new(options.Value.QueueAppendsMax);

    // Taken in this order. Filling: what is taken from the queue, and in which order. Turn: the database. Telling: memory.
    private readonly Lock _filling = new();
    private readonly object _turn = new();
    private readonly object _telling = new();

    private readonly Queue<PendingAppend> _heldOver = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly BatchCommitter _committer = new(dataSource, clock, logger);
    private Task _running = Task.CompletedTask;

    // Where the ledger will end once everything that is built has been committed, if nothing comes between.
    private Head _ahead;
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
        _ahead = _committer.Start();
        position.Begin(_ahead.Seq);
        _running = Task.WhenAll(StartLane(), StartLane());
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

    private Task StartLane() => Task.Factory.StartNew(RunLane, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void RunLane()
    {
        var stoppingToken = _stop.Token;
        try
        {
            while (CommitNext(stoppingToken))
            {
            }
        }
        catch (Exception exception)
        {
            if (exception is not OperationCanceledException)
                LogWriterFailed(logger, exception);
            _queue.CompleteAdding();
            lock (_filling)
                FailQueued(new LedgerUnavailableException("The silo stopped before the outcome was known.", exception));
        }
    }

    /// <summary>Fills a batch, commits it in its turn and tells those who wait for it; false when nothing will come any more.</summary>
    private bool CommitNext(CancellationToken stoppingToken)
    {
        var hasTurn = false;
        try
        {
            Batch batch;
            BatchArrays arrays;
            lock (_filling)
            {
                if (_heldOver.Count == 0 && !TakeFirst(stoppingToken))
                    return false;
                // A full batch is built while the other lane's is under way; any other goes on filling until its turn.
                if (_queue.Count + _heldOver.Count < options.Value.BatchAppendsMax)
                    Monitor.Enter(_turn, ref hasTurn);
                batch = Fill();
                arrays = _committer.Build(batch, hasTurn ? _committer.Head : _ahead);
                _ahead = arrays.After;
            }

            if (!hasTurn)
                Monitor.Enter(_turn, ref hasTurn);
            Commit(batch, arrays, ref hasTurn, stoppingToken);
            return true;
        }
        finally
        {
            if (hasTurn)
                Monitor.Exit(_turn);
        }
    }

    /// <summary>Commits a batch and gives the turn away before its waiters are told, so that the database need not wait for that.</summary>
    private void Commit(Batch batch, BatchArrays arrays, ref bool hasTurn, CancellationToken stoppingToken)
    {
        var written = new List<(Batch, BatchResult.Committed)>();
        var isTelling = false;
        position.Commits.Begin(stoppingToken);
        try
        {
            try
            {
                Write(batch, arrays, written, stoppingToken);
            }
            finally
            {
                // In the order of commits: the turn is given away only now.
                Monitor.Enter(_telling, ref isTelling);
                Monitor.Exit(_turn);
                hasTurn = false;
                foreach (var (part, committed) in written)
                    Tell(part, committed);
            }
        }
        catch (Exception exception)
        {
            // Those that have been told already are not told again.
            foreach (var append in batch.Appends)
                append.Fail(new LedgerUnavailableException("The silo stopped before the outcome was known.", exception));
            throw;
        }
        finally
        {
            position.Commits.End();
            if (isTelling)
                Monitor.Exit(_telling);
        }
    }

    private void Tell(Batch batch, BatchResult.Committed committed)
    {
        for (var i = 0; i < batch.Appends.Count; i++)
            batch.Appends[i].Commit(committed.Places[i]);
        position.Advance(committed.From, committed.To);
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

    /// <summary>Writes a batch, without those of its appends that cannot be written; these are told at once.</summary>
    private void Write(Batch batch, BatchArrays? ready, List<(Batch, BatchResult.Committed)> written, CancellationToken stoppingToken)
    {
        while (batch.Appends.Count > 0)
        {
            switch (_committer.Commit(batch, ready, stoppingToken))
            {
                case BatchResult.Committed committed:
                    written.Add((batch, committed));
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
                    Write(first, null, written, stoppingToken);
                    batch = second;
                    break;
            }

            ready = null;
        }
    }
}
