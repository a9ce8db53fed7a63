namespace Supervision;

/// <summary>
/// Sends commands to grains. An answer is given once the outcome is durable: accepted commands are in the ledger, and a
/// rejection rests on the state as it was in the ledger at that moment.
/// </summary>
public interface IGrainClient
{
    /// <summary>Sends a command and waits for its outcome.</summary>
    /// <param name="grain">The grain addressed.</param>
    /// <param name="command">The command.</param>
    /// <param name="context">Who sends it, and how it may be sent again.</param>
    /// <param name="cancellationToken">Ends the waiting, never the command: what became of it is then unknown until it is sent again with its command id.</param>
    /// <exception cref="LedgerUnavailableException">The queue is full or the database does not answer; sending again later may succeed.</exception>
    ValueTask<CommandOutcome> SendAsync(GrainId grain, GrainCommand command, CommandContext context, CancellationToken cancellationToken);
}

/// <summary>What comes with a command.</summary>
/// <param name="Actor">Who sends it.</param>
/// <param name="Identity">The identity under which it may be sent again; null: it is carried out each time it is sent.</param>
/// <param name="ExpectedVersion">The version it is meant for; null: whichever is current.</param>
public sealed record CommandContext(Actor Actor, CommandIdentity? Identity = null, long? ExpectedVersion = null);

/// <summary>The identity of a command and what it asked for.</summary>
/// <param name="Id">Made of the sender's key, the route and the idempotency key.</param>
/// <param name="RequestHash">SHA-256 of the request, so that another request under the same identity is noticed.</param>
public sealed record CommandIdentity(Guid Id, byte[] RequestHash);

/// <summary>How a command ended.</summary>
public enum CommandStatus
{
    /// <summary>Carried out.</summary>
    Accepted,

    /// <summary>Refused.</summary>
    Rejected,

    /// <summary>The same identity was used for another request.</summary>
    IdentityReused,

    /// <summary>The same command is still being carried out.</summary>
    Running,
}

/// <summary>The outcome of a command.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Rejection">Why it was refused.</param>
/// <param name="Entity">The entity after the command, as the first answer showed it; null for grains that are no entities.</param>
/// <param name="Created">What was created below the entity's address; empty: the entity itself; null: nothing.</param>
/// <param name="Seq">The ledger up to which the outcome is reflected.</param>
/// <param name="Changed">Whether the command recorded anything.</param>
public sealed record CommandOutcome(
    CommandStatus Status, Rejection? Rejection, EntitySnapshot? Entity, string? Created, long Seq, bool Changed);

/// <summary>The ledger cannot take a command now.</summary>
public sealed class LedgerUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public LedgerUnavailableException()
    {
    }

    /// <summary>Creates the exception with a message for the sender.</summary>
    public LedgerUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public LedgerUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Seconds after which sending again may succeed.</summary>
    public int RetryAfterSeconds { get; init; } = 1;
}
