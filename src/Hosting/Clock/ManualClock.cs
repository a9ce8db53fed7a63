using Supervision.Hosting.Effects;
using Supervision.Hosting.WakeUps;
using Supervision.Ledger.Clock;

namespace Supervision.Hosting.Clock;

/// <summary>Moves manual time through every instant at which something is due, as if it had been lived through.</summary>
public sealed class ManualClock(ManualTime time, Supervision.Ledger.Query.WakeUps wakeUps, Waker waker, EffectReader effects, ManualClockStore store) : IManualClock, IDisposable
{
    private readonly SemaphoreSlim _moving = new(1, 1);

    /// <inheritdoc/>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <inheritdoc/>
    public async Task<DateTimeOffset> MoveToAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        await _moving.WaitAsync(cancellationToken);
        try
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(to, Now);
            await effects.RunAsync(cancellationToken);
            while (await wakeUps.NextAsync(to, cancellationToken) is { } due)
            {
                time.MoveTo(due);
                // Nothing woken and the same still due: it cannot be woken. Another silo may have been quicker with it.
                if (await waker.WakeDueAsync(Now, cancellationToken) == 0 && await wakeUps.NextAsync(due, cancellationToken) is not null)
                    throw new InvalidOperationException($"A grain that is due at {due:O} cannot be woken; the log says which.");
                await effects.RunAsync(cancellationToken);
            }

            time.MoveTo(to);
            await store.WriteAsync(Now, cancellationToken);
            return Now;
        }
        finally
        {
            _moving.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _moving.Dispose();
}
