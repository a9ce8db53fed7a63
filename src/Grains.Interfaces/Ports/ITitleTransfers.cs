using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>
/// Moves many titles to the rules of another policy, a page of entities at a time, in the order of their identities.
/// Each entity is a command of its own, so that it is done whole or not at all; what is done no longer fits the
/// selection, so that whoever was interrupted begins again without harm.
/// </summary>
public interface ITitleTransfers
{
    /// <summary>Why a request is refused before any title is looked at; null: it is not.</summary>
    Rejection? Refuse(TransferRequest request);

    /// <summary>Transfers, or tells what would be transferred, on the next entities that fit.</summary>
    /// <param name="request">Which titles, and where to.</param>
    /// <param name="after">Entities after this one.</param>
    /// <param name="limit">Most entities.</param>
    /// <param name="cancellationToken">Ends the work between two entities.</param>
    /// <returns>The outcome for each title, in the order of entities.</returns>
    /// <exception cref="LedgerUnavailableException">The ledger cannot take commands now; the entities up to there are done.</exception>
    Task<TransferPage> RunAsync(TransferRequest request, GrainId? after, int limit, CancellationToken cancellationToken);
}

/// <summary>Which titles are transferred, and where to.</summary>
/// <param name="From">The policy that they are under.</param>
/// <param name="To">The policy that they are supervised under from then on.</param>
/// <param name="On">The day from which the other rules apply.</param>
/// <param name="Kind">Of entities of this kind; null: of any.</param>
/// <param name="Region">Of entities in this region; null: of any.</param>
/// <param name="Level">Of this level; null: of any.</param>
/// <param name="Honour">Of this honour; null: of any.</param>
/// <param name="DryRun">Whether everything is decided and nothing is written.</param>
/// <param name="Actor">Who transfers.</param>
public sealed record TransferRequest(
    string From, string To, DateOnly On, string? Kind, string? Region, Level? Level, string? Honour, bool DryRun, Actor Actor);

/// <summary>What became of one title.</summary>
[JsonConverter(typeof(KebabCase<TransferStatus>))]
public enum TransferStatus
{
    /// <summary>It is under the other policy, or would be.</summary>
    Transferred,

    /// <summary>It stays where it is; <c>code</c> and <c>detail</c> say why.</summary>
    Rejected,
}

/// <summary>The outcome for one title.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Name">Its listed name.</param>
/// <param name="Honour">The honour.</param>
/// <param name="Level">The level.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Code">Code of the rejection or null.</param>
/// <param name="Article">Article of the rejection or null.</param>
/// <param name="Detail">What was wrong, or null.</param>
public sealed record TransferOutcome(
    GrainId Entity, string Name, string Honour, Level Level, TransferStatus Status, string? Code, string? Article, string? Detail)
{
    /// <summary>Whether it was rejected because whoever transfers is not competent, which the audit trail keeps; its code tells so to others.</summary>
    [JsonIgnore]
    public bool IsDenied { get; init; }
}

/// <summary>A page of outcomes.</summary>
/// <param name="Items">The outcomes.</param>
/// <param name="Last">The last entity that was looked at, after which the next page begins; null when there are no more.</param>
public sealed record TransferPage(IReadOnlyList<TransferOutcome> Items, GrainId? Last);
