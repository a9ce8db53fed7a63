using Supervision.Hosting.Duties;
using Supervision.Hosting.WakeUps;
using Supervision.Ledger.Clock;

namespace Supervision.Hosting.Clock;

/// <summary>Moves manual time through every instant at which something is due, as if it had been lived through.</summary>
public sealed class ManualClock(
    ManualTime time, Supervision.Ledger.Query.WakeUps wakeUps, Waker waker, DutyScheduling scheduling, RoundGrading grading, ManualClockStore store)
    : IManualClock, IDisposable
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
            await scheduling.RunAsync(cancellationToken);
            while (await NextAsync(to, cancellationToken) is { } due)
            {
                time.MoveTo(due);
                // Nothing woken and the same still due: it cannot be woken. Another silo may have been quicker with it.
                if (await waker.WakeDueAsync(Now, cancellationToken) == 0 && await wakeUps.NextAsync(due, cancellationToken) is not null)
                    throw new InvalidOperationException($"A grain that is due at {due:O} cannot be woken; the log says which.");
                await grading.RunDueAsync(Now, cancellationToken);
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

    /// <summary>The next instant at which a grain is due or a round is ranked.</summary>
    private async Task<DateTimeOffset?> NextAsync(DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        var waking = await wakeUps.NextAsync(upTo, cancellationToken);
        return await grading.NextAsync(waking ?? upTo, cancellationToken) ?? waking;
    }

    /// <inheritdoc/>
    public void Dispose() => _moving.Dispose();
}
