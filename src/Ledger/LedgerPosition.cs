namespace Supervision.Ledger;

/// <summary>The seq up to which the memory of this silo reflects the ledger.</summary>
public sealed class LedgerPosition
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private long _seq;

    /// <summary>What is being committed here; suspended while what others wrote is taken out of memory.</summary>
    internal CommitsUnderWay Commits { get; } = new();

    /// <summary>The seq.</summary>
    public long Seq => Volatile.Read(ref _seq);

    /// <summary>Those who wait for a seq.</summary>
    internal int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>Waits until the memory reflects the ledger up to a seq.</summary>
    public async Task WaitForAsync(long seq, CancellationToken cancellationToken)
    {
        if (seq <= Seq)
            return;
        TaskCompletionSource completion;
        lock (_lock)
        {
            if (seq <= _seq)
                return;
            completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(completion, seq);
        }

        try
        {
            await completion.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Whoever asks for a seq that never comes must leave nothing behind.
            lock (_lock)
                _waiting.Remove(completion, out _, out _);
            throw;
        }
    }

    /// <summary>Everything from the position to a seq is reflected. Nothing happens when there is a gap or nothing new.</summary>
    internal void Advance(long from, long to)
    {
        lock (_lock)
        {
            if (from > _seq || to <= _seq)
                return;
            Volatile.Write(ref _seq, to);
            while (_waiting.TryPeek(out var completion, out var seq) && seq <= to)
            {
                _waiting.Dequeue();
                completion.SetResult();
            }
        }
    }

    /// <summary>Begins at a seq, before which nothing is in memory.</summary>
    internal void Begin(long seq) => Advance(_seq, seq);
}
