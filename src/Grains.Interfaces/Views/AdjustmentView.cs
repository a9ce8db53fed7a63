namespace Supervision;

/// <summary>A proposed adjustment as the interface shows it.</summary>
/// <param name="Id">Identity within the entity.</param>
/// <param name="Policy">The policy of the title to be looked at.</param>
/// <param name="Honour">Its honour.</param>
/// <param name="Level">Its level.</param>
/// <param name="Authority">The authority that decides about it.</param>
/// <param name="Lost">The title that was lost.</param>
/// <param name="LostOn">The date of the loss.</param>
/// <param name="LostBy">How it was lost.</param>
/// <param name="Ground">The ground of its removal, or null.</param>
/// <param name="Case">The case of its removal, or null.</param>
/// <param name="Status">Where the proposal stands.</param>
/// <param name="DecidedOn">The date of the decision, or of the withdrawal.</param>
/// <param name="Reason">Why the title stays as it is, or nothing was left to decide.</param>
/// <param name="Opened">The case that was opened.</param>
public sealed record AdjustmentView(
    string Id, string Policy, string Honour, Level Level, string Authority, TitleRef Lost, DateOnly LostOn, TitleStatus LostBy, string? Ground, string? Case,
    AdjustmentStatus Status, DateOnly? DecidedOn, string? Reason, string? Opened);
