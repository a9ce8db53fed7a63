using Supervision.Ledger.Load;

namespace Supervision.Hosting.Jobs;

/// <summary>Forgets outcomes of commands after their time: a command sent again later is a new one.</summary>
public sealed class ForgetOutcomesJob(CommandOutcomes outcomes, TimeProvider clock) : IScheduledJob
{
    /// <summary>How long an idempotency key gets its first answer.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken cancellationToken) =>
        $"{await outcomes.ForgetAsync(clock.GetUtcNow() - Kept, cancellationToken)} outcomes were forgotten";
}
