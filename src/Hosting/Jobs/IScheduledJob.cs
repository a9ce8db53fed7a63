namespace Supervision.Hosting.Jobs;

/// <summary>What runs by the clock. It asks what is due now: missed, late or doubled runs change nothing.</summary>
public interface IScheduledJob
{
    /// <summary>Does what is due.</summary>
    /// <returns>What was done, in words.</returns>
    Task<string> RunAsync(CancellationToken cancellationToken);

    /// <summary>The same for somebody who asks for it by hand: also what the clock would look at again only later.</summary>
    Task<string> RunByHandAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);
}

/// <summary>A job and when it runs.</summary>
/// <param name="Name">Its name, in addresses and in the scheduler's store.</param>
/// <param name="Cron">Second, minute, hour, day of the month, month, day of the week, in China's time.</param>
/// <param name="Description">What it does.</param>
/// <param name="Type">The class that does it.</param>
public sealed record JobDefinition(string Name, string Cron, string Description, Type Type)
{
    /// <summary>The definition of a job.</summary>
    public static JobDefinition Of<TJob>(string name, string cron, string description)
        where TJob : IScheduledJob => new(name, cron, description, typeof(TJob));
}
