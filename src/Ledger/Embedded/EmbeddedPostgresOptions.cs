namespace Supervision.Ledger.Embedded;

/// <summary>What a process wants with the server in a directory.</summary>
public enum EmbeddedPostgresRole
{
    /// <summary>
    /// Runs the server: starts it or takes over one whose owner died, restarts it when it dies, stops it at the end.
    /// One owner at a time.
    /// </summary>
    Owner,

    /// <summary>
    /// Uses the server: attaches to a running one and leaves it running. Where none runs, starts one for its own
    /// lifetime and stops it at the end.
    /// </summary>
    Guest,
}

/// <summary>How the embedded PostgreSQL is run.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>
    /// Where the server lives: its data, settings, socket, logs and password. Created when missing, with its parents.
    /// As root the server runs as user <c>postgres</c>, who must be able to pass through every parent directory.
    /// </summary>
    public required string Directory { get; init; }

    /// <summary>
    /// Memory for shared buffers, in megabytes, capped at a quarter of what this process may use. More keeps more of
    /// the register in memory and takes it from the file cache. Default: 4,096.
    /// </summary>
    public int SharedBuffersMegabytes { get; init; } = 4096;

    /// <summary>
    /// Whether buffers of a gigabyte and more are taken in huge pages where the machine allows it, for which its kernel is told as root that it may hand them out. The
    /// server has them from its start to its end, whether it uses them or not. Default: true.
    /// </summary>
    public bool HugePages { get; init; } = true;

    /// <summary>Most connections at once. Each idle one costs a few megabytes. Default: 200.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>What this process wants with the server. Default: <see cref="EmbeddedPostgresRole.Owner"/>.</summary>
    public EmbeddedPostgresRole Role { get; init; } = EmbeddedPostgresRole.Owner;

    /// <summary>
    /// Whether a commit survives a power cut (fsync). False is for tests only: faster, and a crash of the machine may
    /// destroy the data. Default: true.
    /// </summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>
    /// Longest wait for the server to be ready. Recovery after a kill replays up to 8 GB of log, which takes minutes
    /// on a slow disk. Default: 10 minutes.
    /// </summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Longest wait for a clean stop; after it the server is stopped at once and recovers at the next start.
    /// Default: 2 minutes.
    /// </summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Checks every value and reports all that are wrong.</summary>
    /// <exception cref="ArgumentException">At least one value is out of range.</exception>
    internal void Validate()
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(Directory))
            failures.Add($"{nameof(Directory)} is empty.");
        // A line break would break out of the settings file; PostgreSQL cannot quote it.
        else if (Directory.Any(char.IsControl))
            failures.Add($"{nameof(Directory)} has a control character in it.");
        if (SharedBuffersMegabytes < 16)
            failures.Add($"{nameof(SharedBuffersMegabytes)} is {SharedBuffersMegabytes}; at least 16 are needed.");
        if (MaxConnections is < 10 or > 10_000)
            failures.Add($"{nameof(MaxConnections)} is {MaxConnections}; it must be from 10 to 10000.");
        if (StartTimeout < TimeSpan.FromSeconds(1) || StartTimeout > TimeSpan.FromDays(1))
            failures.Add($"{nameof(StartTimeout)} is {StartTimeout}; it must be from a second to a day.");
        if (StopTimeout < TimeSpan.FromSeconds(1) || StopTimeout > TimeSpan.FromDays(1))
            failures.Add($"{nameof(StopTimeout)} is {StopTimeout}; it must be from a second to a day.");
        if (failures.Count > 0)
            throw new ArgumentException($"Embedded PostgreSQL options: {string.Join(' ', failures)}");
    }
}
