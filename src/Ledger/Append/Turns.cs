namespace Supervision.Ledger.Append;

/// <summary>Turns at one thing, served one at a time in the order in which they were taken.</summary>
internal sealed class Turns
{
    private readonly object _gate = new();
    private long _taken;
    private long _served;

    /// <summary>Takes the next turn, which then has to be ended, whether it was used or not.</summary>
    public Turn Next()
    {
        lock (_gate)
            return new Turn(this, _taken++);
    }

    internal void Wait(long number)
    {
        lock (_gate)
        {
            while (_served != number)
                Monitor.Wait(_gate);
        }
    }

    internal void Serve(long number)
    {
        lock (_gate)
        {
            while (_served != number)
                Monitor.Wait(_gate);
            _served++;
            Monitor.PulseAll(_gate);
        }
    }
}

/// <summary>One turn, of one thread.</summary>
internal sealed class Turn(Turns turns, long number)
{
    private bool _ended;

    /// <summary>Waits until those before it have ended; at once when it has come already.</summary>
    public void Wait() => turns.Wait(number);

    /// <summary>Lets the next one go on, when this one has come; once, however often it is called.</summary>
    public void End()
    {
        if (_ended)
            return;
        _ended = true;
        turns.Serve(number);
    }
}
