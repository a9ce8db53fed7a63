namespace Supervision;

/// <summary>A change as the interface shows it; members as in <see cref="Change"/>.</summary>
/// <param name="Id">Identity within the entity.</param>
/// <param name="Kind">What changes.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="CompletedOn">The day on which the formalities were completed.</param>
/// <param name="DueBy">The enterprise's last day for filing it.</param>
/// <param name="Late">Whether that day passed before it was filed.</param>
/// <param name="Concerns">The policies under which it has to be filed, with what follows from its being late.</param>
/// <param name="Source">How the authority came to know of it before it was filed.</param>
/// <param name="Description">What the enterprise says about it.</param>
/// <param name="Name">The new name of a rename.</param>
/// <param name="Region">The new region of a relocation.</param>
/// <param name="Successors">The enterprises that a merger or split leads to.</param>
/// <param name="FiledOn">The date of filing.</param>
/// <param name="WaitsFor">The authorities that have to act next, for example <c>municipal/430100</c>; none: the enterprise, or nobody.</param>
/// <param name="VerifiedOn">The date of the verification.</param>
/// <param name="Confirmed">Whether the verification found it as filed.</param>
/// <param name="Note">What it found.</param>
/// <param name="Reevaluations">The re-evaluations that it triggered.</param>
/// <param name="DecidedOn">The date of the decision.</param>
/// <param name="Reason">Why it was decided so.</param>
/// <param name="Number">Number of the decision.</param>
/// <param name="Pending">Titles that wait for a decision of their issuing authority.</param>
/// <param name="Successions">What was decided about titles.</param>
public sealed record ChangeView(
    string Id, ChangeKind Kind, ChangeStatus Status, DateOnly CompletedOn, DateOnly DueBy, bool Late, IReadOnlyList<ChangeConcern> Concerns, string? Source,
    string? Description, string? Name, string? Region, IReadOnlyList<GrainId> Successors, DateOnly? FiledOn, IReadOnlyList<string> WaitsFor, DateOnly? VerifiedOn,
    bool? Confirmed, string? Note, IReadOnlyList<string> Reevaluations, DateOnly? DecidedOn, string? Reason, string? Number, IReadOnlyList<TitleRef> Pending,
    IReadOnlyList<SuccessionView> Successions);

/// <summary>What an issuing authority decided about a title after a change.</summary>
/// <param name="Policy">The policy of the title then.</param>
/// <param name="Honour">The honour.</param>
/// <param name="Level">The level.</param>
/// <param name="Outcome">Whether it continues.</param>
/// <param name="Successor">The enterprise with which it continues.</param>
/// <param name="On">The date of the decision.</param>
/// <param name="Reason">Why.</param>
/// <param name="Number">Number of the decision.</param>
public sealed record SuccessionView(
    string Policy, string Honour, Level Level, SuccessionOutcome Outcome, GrainId? Successor, DateOnly On, string Reason, string? Number);
