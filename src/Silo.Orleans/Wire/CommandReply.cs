using Supervision.Hosting.Activations;

namespace Supervision.Silo.Orleans.Wire;

/// <summary>What the activation of a grain answers to a command.</summary>
[Immutable]
internal sealed class CommandReply
{
    private CommandReply(GrainOutcome? outcome, Unavailability? unavailability, bool isForeign) =>
        (Outcome, Unavailability, IsForeign) = (outcome, unavailability, isForeign);

    /// <summary>How the command ended; null: the ledger cannot take it now.</summary>
    public GrainOutcome? Outcome { get; }

    /// <summary>Why the ledger cannot take the command; null: it ended.</summary>
    public Unavailability? Unavailability { get; }

    /// <summary>Whether it was decided on another silo, so that memory here does not reflect it yet.</summary>
    public bool IsForeign { get; }

    public static CommandReply Of(GrainOutcome outcome) => new(outcome, null, isForeign: false);

    public static CommandReply Of(LedgerUnavailableException exception) =>
        new(null, new Unavailability(exception.Message, exception.RetryAfterSeconds), isForeign: false);

    internal static CommandReply Foreign(GrainOutcome? outcome, Unavailability? unavailability) => new(outcome, unavailability, isForeign: true);
}

/// <summary>That a command cannot be taken now.</summary>
/// <param name="Message">Why.</param>
/// <param name="RetryAfterSeconds">Seconds after which sending again may succeed.</param>
[GenerateSerializer, Immutable]
internal sealed record Unavailability([property: Id(0)] string Message, [property: Id(1)] int RetryAfterSeconds);

[GenerateSerializer]
internal struct CommandReplySurrogate
{
    [Id(0)]
    public Unavailability? Unavailability;

    [Id(1)]
    public int Status;

    [Id(2)]
    public byte[]? Rejection;

    [Id(3)]
    public EntityRecord? Grain;

    [Id(4)]
    public string? Created;

    [Id(5)]
    public long Seq;

    [Id(6)]
    public WrittenRecord[] Written;
}

/// <summary>A grain as it is carried: its state as the ledger stores it.</summary>
[GenerateSerializer, Immutable]
internal sealed record EntityRecord(
    [property: Id(0)] string Grain, [property: Id(1)] byte[]? State, [property: Id(2)] long Version, [property: Id(3)] long LastSeq)
{
    public static EntityRecord Of(Activation activation) =>
        new(activation.Grain.Value, activation.ToStored(), activation.Version, activation.LastSeq);

    public Activation ToActivation() => Activation.Resting(Supervision.GrainId.FromStored(Grain), State, Version, LastSeq);
}

/// <summary>A grain of which events were recorded.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct WrittenRecord([property: Id(0)] string Grain, [property: Id(1)] long Version, [property: Id(2)] long Seq);

[RegisterConverter]
internal sealed class CommandReplyConverter : IConverter<CommandReply, CommandReplySurrogate>
{
    public CommandReply ConvertFromSurrogate(in CommandReplySurrogate surrogate) => surrogate.Unavailability is { } unavailability
        ? CommandReply.Foreign(null, unavailability)
        : CommandReply.Foreign(
            new GrainOutcome(
                (CommandStatus)surrogate.Status, surrogate.Rejection is null ? null : WireJson.Read<Rejection>(surrogate.Rejection), surrogate.Grain?.ToActivation(),
                surrogate.Created, surrogate.Seq,
                [.. surrogate.Written.Select(written => new WrittenGrain(Supervision.GrainId.FromStored(written.Grain), written.Version, written.Seq))]),
            null);

    public CommandReplySurrogate ConvertToSurrogate(in CommandReply value) => value.Outcome is not { } outcome
        ? new CommandReplySurrogate { Unavailability = value.Unavailability, Written = [] }
        : new CommandReplySurrogate
        {
            Status = (int)outcome.Status,
            Rejection = outcome.Rejection is null ? null : WireJson.Write(outcome.Rejection),
            Grain = outcome.Grain is null ? null : EntityRecord.Of(outcome.Grain),
            Created = outcome.Created,
            Seq = outcome.Seq,
            Written = [.. outcome.Written.Select(written => new WrittenRecord(written.Grain.Value, written.Version, written.Seq))],
        };
}
