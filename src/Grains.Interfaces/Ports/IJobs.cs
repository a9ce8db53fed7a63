using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What runs by the clock. Every job asks what is due now, so that a run missed, late, doubled or by hand changes nothing.</summary>
public interface IJobs
{
    /// <summary>Every job, by name.</summary>
    Task<IReadOnlyList<JobView>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The last runs of a job, newest first; null: there is no such job.</summary>
    Task<IReadOnlyList<JobRunView>?> RunsAsync(string job, CancellationToken cancellationToken);

    /// <summary>Runs a job now, on this silo; null: there is no such job.</summary>
    /// <param name="job">The name.</param>
    /// <param name="by">Who runs it (pseudonym).</param>
    /// <param name="cancellationToken">Ends the run between two steps; the next one goes on.</param>
    Task<JobRunView?> RunAsync(string job, string by, CancellationToken cancellationToken);
}

/// <summary>How a run ended.</summary>
[JsonConverter(typeof(KebabCase<JobOutcome>))]
public enum JobOutcome
{
    /// <summary>Everything that was due is done.</summary>
    Done,

    /// <summary>It was interrupted; the next run goes on.</summary>
    Failed,
}

/// <summary>A job as it is shown.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Cron">When it runs: second, minute, hour, day of the month, month, day of the week.</param>
/// <param name="TimeZone">The time zone of that.</param>
/// <param name="NextRun">When it runs next; null on manual time, which fires what is due itself.</param>
/// <param name="LastRun">The last run; null before the first.</param>
public sealed record JobView(string Name, string Description, string Cron, string TimeZone, DateTimeOffset? NextRun, JobRunView? LastRun);

/// <summary>A run of a job.</summary>
/// <param name="StartedAt">When it began, by the silo's clock.</param>
/// <param name="DurationMilliseconds">How long it took, in real time.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">What it did, or why it was interrupted.</param>
/// <param name="By">Who ran it (pseudonym); <c>system</c>: the schedule.</param>
public sealed record JobRunView(DateTimeOffset StartedAt, long DurationMilliseconds, JobOutcome Outcome, string Detail, string By);
