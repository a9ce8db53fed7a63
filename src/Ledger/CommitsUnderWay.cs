namespace Supervision.Ledger;

/// <summary>
/// Keeps what this silo commits apart from whoever needs a moment without commits. A commit counts as under way until
/// memory holds what it wrote. Whoever asks for such a moment gets it before the next commit begins, so that neither
/// side waits for long.
/// </summary>
internal sealed class CommitsUnderWay
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private ManualResetEventSlim? _resumed;
    private int _underWay;
    private bool _isSuspended;

    /// <summary>A commit begins; blocks while commits are suspended.</summary>
    public void Begin(CancellationToken cancellationToken)
    {
        while (true)
        {
            ManualResetEventSlim resumed;
            lock (_lock)
            {
                if (!_isSuspended && _waiting.Count == 0)
                {
                    _underWay++;
                    return;
                }

                resumed = _resumed ??= new ManualResetEventSlim();
            }

            resumed.Wait(cancellationToken);
        }
    }

    /// <summary>Memory holds what the commit wrote, or nothing was written.</summary>
    public void End()
    {
        lock (_lock)
        {
            _underWay--;
            GoOn();
        }
    }

    /// <summary>Waits until nothing is under way; nothing begins until what is returned is disposed.</summary>
    public async Task<Suspension> SuspendAsync(CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(turn);
            GoOn();
        }

        await using (cancellationToken.UnsafeRegister(GiveUp, turn))
            await turn.Task;
        return new Suspension(this);
    }

    private void GiveUp(object? turn, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (((TaskCompletionSource)turn!).TrySetCanceled(cancellationToken))
                GoOn();
        }
    }

    private void Resume()
    {
        lock (_lock)
        {
            _isSuspended = false;
            GoOn();
        }
    }

    private void GoOn()
    {
        if (_isSuspended)
            return;
        while (_waiting.TryPeek(out var next) && (next.Task.IsCanceled || _underWay == 0))
        {
            _waiting.Dequeue();
            if (!next.TrySetResult())
                continue;
            _isSuspended = true;
            return;
        }

        if (_waiting.Count > 0)
            return;
        _resumed?.Set();
        _resumed = null;
    }

    /// <summary>A moment without commits.</summary>
    internal readonly struct Suspension(CommitsUnderWay commits) : IDisposable
    {
        public void Dispose() => commits.Resume();
    }
}
