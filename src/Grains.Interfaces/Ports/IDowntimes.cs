namespace Supervision;

/// <summary>Downtimes that authorities declare, and the deadlines that they move.</summary>
public interface IDowntimes
{
    /// <summary>Declares a downtime.</summary>
    /// <param name="id">Its key; null: one is made of the first day and a number.</param>
    /// <param name="command">The days.</param>
    /// <param name="context">Who declares it, and how it may be sent again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LedgerUnavailableException">The ledger cannot take commands now.</exception>
    Task<DowntimeOutcome> DeclareAsync(string? id, GrainCommand.DeclareDowntime command, CommandContext context, CancellationToken cancellationToken);

    /// <summary>Confirms, as a second person, a downtime.</summary>
    Task<DowntimeOutcome> ConfirmAsync(string id, CommandContext context, CancellationToken cancellationToken);

    /// <summary>A downtime; null: there is none of that key.</summary>
    DowntimeView? Find(string id);

    /// <summary>Every downtime, the latest first.</summary>
    IReadOnlyList<DowntimeView> List();

    /// <summary>
    /// What time had brought about before a downtime was confirmed, because deadlines fell into it; it stays, and officers put right what has to be
    /// (docs/architecture.md, Downtime).
    /// </summary>
    /// <param name="id">The downtime.</param>
    /// <param name="after">Those recorded after this place in the ledger.</param>
    /// <param name="limit">Most of them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null: there is no such downtime.</returns>
    Task<Page<PassedDeadline>?> PassedAsync(string id, long after, int limit, CancellationToken cancellationToken);
}

/// <summary>What became of a command to a downtime.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Rejection">Why it was refused.</param>
/// <param name="Downtime">The downtime afterwards; null where it was refused.</param>
public sealed record DowntimeOutcome(CommandStatus Status, Rejection? Rejection, DowntimeView? Downtime);

/// <summary>A downtime as the interface shows it; members as in <see cref="GrainState.Downtime"/>.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Region">Whose deadlines, by region; null: everywhere.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="MovedTo">The last day that deadlines have instead.</param>
/// <param name="Reason">Why.</param>
/// <param name="DeclaredOn">Date of the declaration.</param>
/// <param name="ConfirmedAt">When a second person confirmed it, or null.</param>
public sealed record DowntimeView(
    string Id, string? Region, DateOnly From, DateOnly To, DateOnly MovedTo, string Reason, DateOnly DeclaredOn, DateTimeOffset? ConfirmedAt);

/// <summary>What a deadline that passed within a downtime had brought about.</summary>
/// <param name="Seq">The place of the event in the ledger.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Event">The name of the event, for example <c>declaration.overdue</c>.</param>
/// <param name="EffectiveOn">The day after the last day.</param>
/// <param name="Data">The event as it is stored.</param>
public sealed record PassedDeadline(long Seq, GrainId Entity, string Event, DateOnly EffectiveOn, string Data);
