namespace Supervision.Hosting.Activations;

/// <summary>How a command ended, as it is known where it was decided.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Rejection">Why it was refused.</param>
/// <param name="Grain">The grain addressed after the command; null where it was not looked at.</param>
/// <param name="Created">What was created below the grain's address; empty: the entity itself; null: nothing.</param>
/// <param name="Seq">The ledger up to which the outcome is reflected.</param>
/// <param name="Written">The grains of which events were recorded, also by a refused command that found deadlines passed.</param>
public sealed record GrainOutcome(
    CommandStatus Status, Rejection? Rejection, Activation? Grain, string? Created, long Seq, IReadOnlyList<WrittenGrain> Written)
{
    /// <summary>Decisions that were made before and not taken by the ledger, because they rested on memory that others had overtaken.</summary>
    public int StaleDecisions { get; init; }

    /// <summary>An outcome for which the grain was not looked at.</summary>
    public static GrainOutcome Unread(CommandStatus status, long seq) => new(status, null, null, null, seq, []);

    /// <summary>The outcome as its sender is told of it.</summary>
    public CommandOutcome ToCommandOutcome() => new(Status, Rejection, Grain?.LaterSnapshot(), Created, Seq, Changed: Rejection is null && Written.Count > 0);
}

/// <summary>A grain to which an outcome has added events.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Version">Its version since.</param>
/// <param name="Seq">The seq of its last event.</param>
public readonly record struct WrittenGrain(GrainId Grain, long Version, long Seq);
