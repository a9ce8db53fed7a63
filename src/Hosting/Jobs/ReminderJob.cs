using Supervision.Hosting.Reminders;

namespace Supervision.Hosting.Jobs;

/// <summary>Reminds holders of what they have to do.</summary>
public sealed class ReminderJob(Reminding reminding) : IScheduledJob
{
    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken cancellationToken) => $"{await reminding.RunAsync(cancellationToken)} reminders were made";
}
