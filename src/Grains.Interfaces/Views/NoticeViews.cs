namespace Supervision;

/// <summary>A served document as the interface shows it.</summary>
/// <param name="Id">Identity within the entity: what it belongs to and what it tells, for example <c>case-1/decision</c>.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Of">The check, case or energy-conservation inspection that it belongs to.</param>
/// <param name="Number">Its number, or null.</param>
/// <param name="Authority">The issuing authority.</param>
/// <param name="ServedOn">The date of service.</param>
/// <param name="Method">How it was served, or null.</param>
/// <param name="RespondBy">The last day for what it asks of the receiver, counted from service: a statement, a rectification; or null.</param>
/// <param name="Remedies">What the receiver may do about it, and until when.</param>
/// <param name="Documents">The document itself, by SHA-256, to be read below the entity.</param>
public sealed record NoticeView(
    string Id, NoticeKind Kind, string Of, string? Number, string Authority, DateOnly ServedOn, string? Method, DateOnly? RespondBy,
    IReadOnlyList<OpenRemedy> Remedies, IReadOnlyList<string> Documents)
{
    /// <summary>What the notice of a check or a drawn visit tells: the firm's frequency so far, items, inspectors and the right to ask for recusal; null for any other.</summary>
    public CheckNotice? Told { get; init; }
}

/// <summary>A served document in the inbox of its receiver.</summary>
/// <param name="Entity">The entity that it is about.</param>
/// <param name="Name">The name of the entity.</param>
/// <param name="Notice">The document.</param>
public sealed record NoticeItem(GrainId Entity, string Name, NoticeView Notice);

/// <summary>A publication as the interface shows it.</summary>
/// <param name="DueBy">Last day for publishing it.</param>
/// <param name="On">Date on which it was published, or null.</param>
/// <param name="Place">Where it was published, or null.</param>
/// <param name="WithdrawBy">Last day for withdrawing it, once what it says was quashed or set right; or null.</param>
/// <param name="WithdrawnOn">Date on which it was withdrawn, or null.</param>
/// <param name="Overdue">Whether the last day of what has to be done next has passed.</param>
public sealed record PublicationView(DateOnly DueBy, DateOnly? On, string? Place, DateOnly? WithdrawBy, DateOnly? WithdrawnOn, bool Overdue);
