using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Supervision.Ledger.Append;

/// <summary>
/// Group commit: the one place of a silo that writes to the ledger. While others are under way the next batch fills itself; one fsync serves all its appends.
/// Three lanes, each with a connection, take turns: rows are changed before a batch's turn comes, beside those of other batches; in its turn it gets its place in
/// the ledger and is committed; then its waiters are told. Lanes run on threads of their own and block there: as continuations they would queue up behind the
/// very callers that wait for them.
/// </summary>
public sealed partial class LedgerWriter(
    NpgsqlDataSource dataSource, LedgerPosition position, TimeProvider clock, IOptions<LedgerOptions> options, ILogger<LedgerWriter> logger)
    : IHostedService, IAsyncDisposable
{
    // While one is at its turn, two can prepare: as many as a small machine has cores.
    private const int LanesCount = 3;

    private readonly BlockingCollection<PendingAppend> _queue = new(options.Value.QueueAppendsMax);

    // Taken in this order. Taking: what is taken from the queue. Placing: in which order batches come. Turns: the ledger. Telling: memory.
    private readonly Lock _taking = new();
    private readonly Lock _placing = new();
    private readonly Turns _turns = new();
    private readonly object _telling = new();

    private readonly object _preparing = new();
    private readonly Queue<PendingAppend> _heldOver = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lane[] _lanes = [.. Enumerable.Range(0, LanesCount).Select(_ => new Lane(new BatchCommitter(dataSource, clock, logger)))];
    private Task _running = Task.CompletedTask;

    // Where the ledger will end once everything that has a turn is committed, if nothing comes between; and where it ended with the last commit here.
    private Head _ahead;
    private Head _end;
    private bool _isAheadWrong;
    private int _preparingCount;
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
        _ahead = _end = _lanes[0].Committer.ReadHead();
        position.Begin(_ahead.Seq);
        _running = Task.WhenAll(_lanes.Select(Start));
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
        foreach (var lane in _lanes)
            lane.Committer.Dispose();
        _queue.Dispose();
        _stop.Dispose();
    }

    private Task Start(Lane lane) => Task.Factory.StartNew(() => Run(lane), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(Lane lane)
    {
        var stoppingToken = _stop.Token;
        try
        {
            while (CommitNext(lane, stoppingToken))
            {
            }
        }
        catch (Exception exception)
        {
            if (exception is not OperationCanceledException)
                LogWriterFailed(logger, exception);
            _queue.CompleteAdding();
            var unknown = new LedgerUnavailableException("The silo stopped before the outcome was known.", exception);
            foreach (var append in lane.Again.SelectMany(batch => batch.Appends))
                append.Fail(unknown);
            lock (_taking)
                FailQueued(unknown);
        }
    }

    /// <summary>Prepares a batch, commits it in its turn and tells those who wait for it; false when nothing will come any more.</summary>
    private bool CommitNext(Lane lane, CancellationToken stoppingToken)
    {
        if (TakeBatch(lane, stoppingToken) is not { } placed)
            return false;
        lane.Committer.Prepare(placed.Arrays);
        EndPreparing();
        Finish(lane, placed, stoppingToken);
        return true;
    }

    /// <summary>The next batch of a lane, with its turn; null when nothing will come any more.</summary>
    private PlacedBatch? TakeBatch(Lane lane, CancellationToken stoppingToken)
    {
        if (lane.Again.TryDequeue(out var again))
            return Place(lane, () => again, stoppingToken);
        lock (_taking)
            return _heldOver.Count > 0 || TakeFirst(stoppingToken) ? Place(lane, Fill, stoppingToken) : null;
    }

    /// <summary>Takes a turn for a batch and builds it behind those that have theirs.</summary>
    private PlacedBatch Place(Lane lane, Func<Batch> fill, CancellationToken stoppingToken)
    {
        lock (_placing)
        {
            BeginToPrepare();
            var turn = _turns.Next();
            var isCommitBegun = false;
            try
            {
                // In the order of turns, so that whoever is kept from beginning keeps nobody waiting who has begun.
                position.Commits.Begin(stoppingToken);
                isCommitBegun = true;
                if (_isAheadWrong)
                {
                    turn.Wait();
                    (_ahead, _isAheadWrong) = (_end, false);
                }

                var batch = fill();
                var arrays = lane.Committer.Build(batch, _ahead);
                _ahead = arrays.After;
                return new PlacedBatch(batch, arrays, turn);
            }
            catch
            {
                EndPreparing();
                turn.End();
                if (isCommitBegun)
                    position.Commits.End();
                throw;
            }
        }
    }

    /// <summary>A full batch is prepared beside another; any other goes on filling until nothing is being prepared.</summary>
    private void BeginToPrepare()
    {
        lock (_preparing)
        {
            while (_preparingCount > 0 && _queue.Count + _heldOver.Count < options.Value.BatchAppendsMax)
                Monitor.Wait(_preparing);
            _preparingCount++;
        }
    }

    private void EndPreparing()
    {
        lock (_preparing)
        {
            _preparingCount--;
            Monitor.PulseAll(_preparing);
        }
    }

    /// <summary>Commits a batch and gives the turn away before its waiters are told, so that the database need not wait for that.</summary>
    private void Finish(Lane lane, PlacedBatch placed, CancellationToken stoppingToken)
    {
        var (batch, arrays, turn) = placed;
        var isTelling = false;
        try
        {
            BatchResult result;
            try
            {
                turn.Wait();
                result = lane.Committer.Finish(batch, arrays, stoppingToken);
                if (result is BatchResult.Committed { After: var after })
                    _end = after;
                _isAheadWrong |= result is not BatchResult.Committed || !_end.Is(arrays.After);
            }
            finally
            {
                // In the order of commits: the turn is given away only now.
                Monitor.Enter(_telling, ref isTelling);
                turn.End();
            }

            Tell(lane, batch, result);
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

    /// <summary>
    /// Tells what became of a batch. What of it can still be written comes again as a batch of its own, behind what the other lane has prepared: that may hold rows
    /// which this one would wait for.
    /// </summary>
    private void Tell(Lane lane, Batch batch, BatchResult result)
    {
        switch (result)
        {
            case BatchResult.Committed committed:
                for (var i = 0; i < batch.Appends.Count; i++)
                    batch.Appends[i].Commit(committed.Places[i]);
                position.Advance(committed.From, committed.After.Seq);
                return;
            case BatchResult.Conflict conflict:
                foreach (var place in conflict.Duplicate)
                    batch.Appends[place].Complete(new AppendOutcome.Duplicate());
                foreach (var place in conflict.Stale.Where(place => !conflict.Duplicate.Contains(place)))
                    batch.Appends[place].Complete(new AppendOutcome.Stale());
                Again(batch.Without(conflict.Stale.Concat(conflict.Duplicate).ToHashSet()));
                return;
            case BatchResult.Refused refused when batch.Appends.Count == 1:
                LogAppendRefused(logger, refused.Exception);
                batch.Appends[0].Fail(refused.Exception);
                return;
            case BatchResult.Refused or BatchResult.GaveWay when batch.Appends.Count > 1:
                // One append among them is the culprit; the others must not suffer for it.
                var (first, second) = batch.Halves();
                Again(first);
                Again(second);
                return;
            default:
                Again(batch);
                return;
        }

        void Again(Batch rest)
        {
            if (rest.Appends.Count > 0)
                lane.Again.Enqueue(rest);
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

    /// <summary>One of those that follow each other.</summary>
    private sealed record Lane(BatchCommitter Committer)
    {
        /// <summary>What was not committed and comes again, as it is.</summary>
        public Queue<Batch> Again { get; } = new();
    }

    /// <summary>A batch with its turn.</summary>
    private sealed record PlacedBatch(Batch Batch, BatchArrays Arrays, Turn Turn);
}
