using Supervision.Hosting.Draws;
using Supervision.Hosting.Duties;
using Supervision.Hosting.Effects;
using Supervision.Hosting.Transfers;
using Supervision.Hosting.WakeUps;
using Supervision.Hosting.Webhooks;
using Supervision.Ledger.Clock;

namespace Supervision.Hosting.Clock;

/// <summary>Moves manual time through every instant at which something is due, as if it had been lived through.</summary>
public sealed class ManualClock(
    ManualTime time, IMovesTime moves, Supervision.Ledger.Query.WakeUps wakeUps, Waker waker, EffectReader effects, DueTransfers transfers, TitleRecognition recognition,
    DutyScheduling scheduling, ViolatorListing violators, RoundGrading grading, DrawPlans draws, Dispatcher webhooks, ManualClockStore store)
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
            // What an interrupted move or a policy adopted since the last one left.
            await transfers.RunAsync(Now, cancellationToken);
            await recognition.RunAsync(Now, cancellationToken);
            await scheduling.RunAsync(cancellationToken);
            await effects.RunAsync(cancellationToken);
            await violators.RunAsync(Now, cancellationToken);
            await draws.RunDueAsync(Now, cancellationToken);
            await webhooks.SettleAsync(cancellationToken);
            while (true)
            {
                var due = await wakeUps.NextAsync(to, cancellationToken);
                var turn = transfers.NextAfter(Now, due ?? to) ?? due;
                turn = recognition.NextAfter(Now, turn ?? to) ?? turn;
                turn = await grading.NextAsync(turn ?? to, cancellationToken) ?? turn;
                turn = ViolatorListing.NextAfter(Now, turn ?? to) ?? turn;
                turn = await draws.NextAfterAsync(Now, turn ?? to, cancellationToken) ?? turn;
                if ((await webhooks.NextAfterAsync(Now, turn ?? to, cancellationToken) ?? turn) is not { } next)
                    break;
                await moves.MoveToAsync(next);
                if (due <= Now)
                    await WakeAsync(due.Value, cancellationToken);
                await transfers.RunAsync(Now, cancellationToken);
                await recognition.RunAsync(Now, cancellationToken);
                await grading.RunDueAsync(Now, cancellationToken);
                await violators.RunAsync(Now, cancellationToken);
                await draws.RunDueAsync(Now, cancellationToken);
                await effects.RunAsync(cancellationToken);
                await webhooks.SettleAsync(cancellationToken);
            }

            await moves.MoveToAsync(to);
            await webhooks.SettleAsync(cancellationToken);
            await store.WriteAsync(Now, cancellationToken);
            return Now;
        }
        finally
        {
            _moving.Release();
        }
    }

    private async Task WakeAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        // Nothing woken and the same still due: it cannot be woken. Another silo may have been quicker with it.
        if (await waker.WakeDueAsync(Now, cancellationToken) == 0 && await wakeUps.NextAsync(due, cancellationToken) is not null)
            throw new InvalidOperationException($"A grain that is due at {due:O} cannot be woken; the log says which.");
    }

    /// <inheritdoc/>
    public void Dispose() => _moving.Dispose();
}
