namespace Supervision.Hosting.Webhooks;

/// <summary>When a delivery is attempted again, by Standard Webhooks: ten attempts over three days and some hours.</summary>
public static class RetrySchedule
{
    private const double Jitter = 0.2;

    /// <summary>What lies between an attempt and the next one, the first before the second.</summary>
    public static IReadOnlyList<TimeSpan> Delays { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14),
        TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>Attempts in all.</summary>
    public static int AttemptsMax => Delays.Count + 1;

    /// <summary>
    /// What lies before the next attempt: up to a fifth longer, so that what failed together does not come back together, and never shorter, so that whoever is away for
    /// three days misses nothing; null: there is none.
    /// </summary>
    /// <param name="attempts">Attempts that were made.</param>
    public static TimeSpan? After(int attempts) =>
        attempts > Delays.Count ? null : Delays[attempts - 1] * (1 + (Jitter * Random.Shared.NextDouble()));
}
