using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>Where a proposed successor stands.</summary>
[JsonConverter(typeof(KebabCase<ProposalStatus>))]
public enum ProposalStatus
{
    /// <summary>Nobody has said yet whether the enterprise goes on in it.</summary>
    Proposed,

    /// <summary>It was recorded as successor.</summary>
    Recorded,

    /// <summary>It is none.</summary>
    Dismissed,
}

/// <summary>An enterprise that an accepted merger or split of one of the enterprise's entities named.</summary>
/// <param name="Id">Identity within the grain: <c>proposal-1</c>, ….</param>
/// <param name="Enterprise">The other enterprise, as it was named.</param>
/// <param name="Kind">Merger or split.</param>
/// <param name="Entity">The entity whose change it was.</param>
/// <param name="Change">The change on that entity.</param>
/// <param name="On">The date of its acceptance.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="DecidedOn">The date on which it was recorded or dismissed.</param>
/// <param name="Reason">Why it is none.</param>
public sealed record ProposedSuccessor(
    string Id, GrainId Enterprise, ChangeKind Kind, GrainId Entity, string Change, DateOnly On, ProposalStatus Status, DateOnly? DecidedOn = null, string? Reason = null);
