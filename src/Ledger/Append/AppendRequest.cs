namespace Supervision.Ledger.Append;

/// <summary>What one command wants to be written, together or not at all.</summary>
/// <param name="Grains">Every grain it writes or read, with the version that its decision rests on.</param>
/// <param name="Command">Its identity and outcome, where it may be sent again.</param>
/// <param name="OnCommitted">
/// Runs on the writer, before anything after this append can commit, with the seq before the first event of the batch
/// part that is this append's: brings memory up to the ledger.
/// </param>
public sealed record AppendRequest(IReadOnlyList<GrainAppend> Grains, CommandRecord? Command, Action<AppendCommitted> OnCommitted);

/// <summary>A grain that an append writes, or only read.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="ExpectedVersion">The version that the decision rests on.</param>
/// <param name="LastSeq">The seq of the event of that version; 0 without events.</param>
/// <param name="Events">The events, in order; none: the grain was only read.</param>
/// <param name="State">The state after them, as stored, in UTF-8.</param>
/// <param name="Columns">The columns, where they change or the grain is new.</param>
/// <param name="Titles">The titles, where they change.</param>
/// <param name="Work">What changes of its open work; null: nothing.</param>
/// <param name="WakeUp">The next wake-up; null: none.</param>
/// <param name="WakeUpMoves">Whether it is another than before.</param>
public sealed record GrainAppend(
    GrainId Grain, long ExpectedVersion, long LastSeq, IReadOnlyList<NewEvent> Events, byte[] State, EntityColumns? Columns,
    IReadOnlyList<TitleColumns>? Titles, ChangedWork? Work, DateTimeOffset? WakeUp, bool WakeUpMoves)
{
    /// <summary>The version after the events.</summary>
    public long Version => ExpectedVersion + Events.Count;

    /// <summary>A grain on whose version a decision rests without changing it.</summary>
    public static GrainAppend Read(GrainId grain, long version) => new(grain, version, 0, [], [], null, null, null, null, WakeUpMoves: false);
}

/// <summary>An event on its way to the ledger.</summary>
/// <param name="Type">The stored name.</param>
/// <param name="At">When it was recorded, in whole milliseconds.</param>
/// <param name="EffectiveOn">When it took effect.</param>
/// <param name="Actor">The pseudonym.</param>
/// <param name="CommandId">The command, where it has an identity.</param>
/// <param name="Data">The stored text, in UTF-8.</param>
/// <param name="LeafHash">The hash of its leaf.</param>
/// <param name="Private">Texts that are kept beside the ledger.</param>
public sealed record NewEvent(
    string Type, DateTimeOffset At, DateOnly EffectiveOn, string Actor, Guid? CommandId, byte[] Data, byte[] LeafHash, IReadOnlyList<PrivateMember> Private);

/// <summary>A private text of an event.</summary>
/// <param name="Member">The event's member that holds its hash.</param>
/// <param name="Salt">The salt.</param>
/// <param name="Value">The text.</param>
public sealed record PrivateMember(string Member, byte[] Salt, string Value);

/// <summary>The outcome of a command that may be sent again.</summary>
/// <param name="Identity">Its identity.</param>
/// <param name="Grain">The grain addressed.</param>
/// <param name="Version">The grain's version after it.</param>
/// <param name="Created">What it created below the grain's address.</param>
/// <param name="Rejection">Why it was refused, where it was.</param>
/// <param name="Seq">The seq of the grain's last event then; set when it is read back.</param>
public sealed record CommandRecord(CommandIdentity Identity, GrainId Grain, long Version, string? Created, Rejection? Rejection, long Seq = 0);

/// <summary>Where an append came to stand.</summary>
/// <param name="LastSeqs">For each of its grains the seq of its last event, in the order of the request.</param>
/// <param name="Seq">The ledger after the batch.</param>
public sealed record AppendCommitted(long[] LastSeqs, long Seq);

/// <summary>How an append ended.</summary>
public abstract record AppendOutcome
{
    private AppendOutcome()
    {
    }

    /// <summary>It is durable.</summary>
    public sealed record Committed(AppendCommitted At) : AppendOutcome;

    /// <summary>A grain has another version than the decision rests on; nothing was written.</summary>
    public sealed record Stale : AppendOutcome;

    /// <summary>Its command id has an outcome already; nothing was written.</summary>
    public sealed record Duplicate : AppendOutcome;
}
