using Supervision.Hosting.Jobs;

namespace Supervision.Silo.Orleans.Alarms;

/// <summary>
/// Asks what is due every few minutes and wakes it, by a reminder that Orleans keeps: a net below the scheduler's job, which does the same every ten seconds.
/// What was woken by either is not due any more, so the other finds nothing.
/// </summary>
internal interface IAlarmGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>The key of the only one.</summary>
    const string Key = "wake-ups";

    /// <summary>Sets the alarm, unless it is set.</summary>
    Task SetAsync();
}

/// <inheritdoc cref="IAlarmGrain"/>
// The type is stored with the reminder.
[GrainType("alarm")]
internal sealed class AlarmGrain(WakeUpJob job) : Grain, IAlarmGrain
{
    /// <summary>The name of the reminder; another period needs another name, as what is set stays.</summary>
    public const string ReminderName = "every-five-minutes";

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    public async Task SetAsync()
    {
        // Set anew by each silo that starts, it would begin anew, and never ring where silos come and go.
        if (await this.GetReminder(ReminderName) is null)
            await this.RegisterOrUpdateReminder(ReminderName, Period, Period);
    }

    // What takes longer than Orleans waits for goes on; the next ring comes behind it.
    public Task ReceiveReminder(string reminderName, TickStatus status) => job.RunAsync(CancellationToken.None);
}
