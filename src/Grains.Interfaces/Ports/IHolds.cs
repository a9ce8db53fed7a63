using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>
/// The brake: a bulk command that would change more existing titles than it may stops before anything is done, and waits for
/// another person. Released, it is sent again by who sent it first. What time brings about never stops.
/// </summary>
public interface IHolds
{
    /// <summary>Whether a transfer of many titles has to stop; the hold at which it waits, or null: it may go on.</summary>
    Task<HoldView?> StopAsync(TransferRequest request, CancellationToken cancellationToken);

    /// <summary>A page of holds, newest first.</summary>
    /// <param name="status">Those of this status; null: of any.</param>
    /// <param name="before">Holds before this number; null: from the newest on.</param>
    /// <param name="limit">Most holds.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<Page<HoldView>> ListAsync(HoldStatus? status, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>A hold; null: there is none of that number.</summary>
    Task<HoldView?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of what the held command would do now; null: there is no such hold.</summary>
    Task<TransferPage?> WouldDoAsync(long id, GrainId? after, int limit, CancellationToken cancellationToken);

    /// <summary>Decides a hold as another person than asked for it.</summary>
    /// <param name="id">The hold.</param>
    /// <param name="release">How it is decided: released or refused.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<HoldDecision> DecideAsync(long id, HoldStatus release, string? reason, Actor actor, CancellationToken cancellationToken);
}

/// <summary>Where a hold stands.</summary>
[JsonConverter(typeof(KebabCase<HoldStatus>))]
public enum HoldStatus
{
    /// <summary>Nobody has decided yet.</summary>
    Waiting,

    /// <summary>The command may be sent again by who sent it first, for a day.</summary>
    Released,

    /// <summary>The command is not carried out.</summary>
    Refused,
}

/// <summary>A bulk command that was stopped.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Operation">What was asked for, <c>title-transfer</c>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Titles">How many existing titles it would change.</param>
/// <param name="Existing">How many titles are held in all.</param>
/// <param name="Transfer">The transfer, without who asked for it.</param>
/// <param name="AskedBy">Who asked for it (pseudonym).</param>
/// <param name="AskedAt">When.</param>
/// <param name="DecidedBy">Who decided (pseudonym); null: nobody yet.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Reason">Why it was decided so.</param>
public sealed record HoldView(
    long Id, string Operation, HoldStatus Status, long Titles, long Existing, HeldTransfer Transfer, string AskedBy, DateTimeOffset AskedAt, string? DecidedBy,
    DateTimeOffset? DecidedAt, string? Reason);

/// <summary>Which titles a held transfer moves, and where to.</summary>
/// <param name="From">The policy that they are under.</param>
/// <param name="To">The other policy.</param>
/// <param name="On">The day from which the other rules apply.</param>
/// <param name="Kind">Of entities of this kind; null: of any.</param>
/// <param name="Region">Of entities in this region; null: of any.</param>
/// <param name="Level">Of this level; null: of any.</param>
/// <param name="Honour">Of this honour; null: of any.</param>
public sealed record HeldTransfer(string From, string To, DateOnly On, string? Kind, string? Region, Level? Level, string? Honour);

/// <summary>What became of a decision on a hold.</summary>
/// <param name="Hold">The hold as it is now; null: there is none of that number.</param>
/// <param name="Rejection">Why the decision was refused; null: it was not.</param>
public sealed record HoldDecision(HoldView? Hold, Rejection? Rejection);
