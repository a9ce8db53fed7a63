namespace Supervision.Hosting.Clock;

/// <summary>Time that moves only when it is told to. Timers keep real time: they drive machinery, not deadlines.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider, IMovesTime
{
    private long _ticks = start.UtcTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Moves to an instant; earlier ones are ignored.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        if (instant.UtcTicks > Volatile.Read(ref _ticks))
            Volatile.Write(ref _ticks, instant.UtcTicks);
    }

    /// <inheritdoc/>
    Task IMovesTime.MoveToAsync(DateTimeOffset instant)
    {
        MoveTo(instant);
        return Task.CompletedTask;
    }
}

/// <summary>Moves manual time everywhere where grains decide by it: in this silo, or in every silo of a cluster.</summary>
public interface IMovesTime
{
    /// <summary>Moves to an instant; done when no grain decides by an earlier one any more.</summary>
    Task MoveToAsync(DateTimeOffset instant);
}
