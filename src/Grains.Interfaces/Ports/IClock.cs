namespace Supervision;

/// <summary>The clock of a silo that runs on manual time.</summary>
public interface IManualClock
{
    /// <summary>The instant at which it stands.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Moves time forward through every instant at which something is due, and returns when all of it has happened.</summary>
    /// <param name="to">Where to; not before <see cref="Now"/>.</param>
    /// <param name="cancellationToken">Ends the moving between two instants.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> lies before <see cref="Now"/>.</exception>
    Task<DateTimeOffset> MoveToAsync(DateTimeOffset to, CancellationToken cancellationToken);
}
