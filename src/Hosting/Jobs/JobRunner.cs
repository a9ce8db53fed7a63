using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;
using Supervision.Grains.Calendars;
using Supervision.Hosting.Clock;
using Supervision.Ledger.Jobs;

namespace Supervision.Hosting.Jobs;

/// <summary>Runs jobs, whoever asks for it, and keeps how they ended.</summary>
public sealed partial class JobRunner(IReadOnlyList<JobDefinition> jobs, IServiceProvider services, JobRunStore store, TimeProvider clock, ILogger<JobRunner> logger) : IJobs
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobView>> ListAsync(CancellationToken cancellationToken)
    {
        var last = await store.LastAsync(cancellationToken);
        return [.. jobs.OrderBy(job => job.Name, StringComparer.Ordinal).Select(job => new JobView(
            job.Name, job.Description, job.Cron, CivilTime.TimeZone, NextRunOf(job), last.GetValueOrDefault(job.Name)))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobRunView>?> RunsAsync(string job, CancellationToken cancellationToken) =>
        Find(job) is { } found ? await store.RunsAsync(found.Name, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<JobRunView?> RunAsync(string job, string by, CancellationToken cancellationToken)
    {
        if (Find(job) is not { } found)
            return null;
        var (startedAt, began) = (clock.GetUtcNow(), Stopwatch.GetTimestamp());
        var (outcome, detail) = await RunAsync(found, byHand: !string.Equals(by, Actor.System.Id, StringComparison.Ordinal), cancellationToken);
        var run = new JobRunView(startedAt, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds, outcome, detail, by);
        try
        {
            await store.KeepAsync(found.Name, run, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            // What was done is done; only that is not on record.
            LogNotKept(logger, found.Name, exception.Message);
        }

        return run;
    }

    private async Task<(JobOutcome Outcome, string Detail)> RunAsync(JobDefinition job, bool byHand, CancellationToken cancellationToken)
    {
        try
        {
            var scheduled = (IScheduledJob)services.GetRequiredService(job.Type);
            return (JobOutcome.Done, await (byHand ? scheduled.RunByHandAsync(cancellationToken) : scheduled.RunAsync(cancellationToken)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next run goes on where this one ended.
            LogFailed(logger, exception, job.Name);
            return (JobOutcome.Failed, exception.Message);
        }
    }

    private JobDefinition? Find(string name) => jobs.FirstOrDefault(job => string.Equals(job.Name, name, StringComparison.Ordinal));

    private DateTimeOffset? NextRunOf(JobDefinition job) => clock is ManualTime
        ? null
        : new CronExpression(job.Cron, TimeZoneInfo.FindSystemTimeZoneById(CivilTime.TimeZone)).GetNextValidTimeAfter(clock.GetUtcNow())?.ToUniversalTime();

    [LoggerMessage(EventId = 3401, Level = LogLevel.Error, Message = "The job {Job} was interrupted; its next run goes on")]
    private static partial void LogFailed(ILogger logger, Exception exception, string job);

    [LoggerMessage(EventId = 3402, Level = LogLevel.Warning, Message = "That the job {Job} ran could not be recorded: {Reason}")]
    private static partial void LogNotKept(ILogger logger, string job, string reason);
}
