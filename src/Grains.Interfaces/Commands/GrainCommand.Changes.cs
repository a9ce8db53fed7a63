namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>Records that the authority knows of a change that the enterprise has not filed.</summary>
    /// <param name="Kind">What changed.</param>
    /// <param name="CompletedOn">The day on which the formalities were completed.</param>
    /// <param name="Source">How the authority knows.</param>
    public sealed record NoteChange(ChangeKind Kind, DateOnly CompletedOn, string Source) : GrainCommand;

    /// <summary>Files a change; one that was noted with the same kind and day is the same.</summary>
    /// <param name="Kind">What changes.</param>
    /// <param name="CompletedOn">The day on which the formalities were completed.</param>
    /// <param name="On">The day on which it was filed; null: today.</param>
    /// <param name="Description">What the enterprise says about it.</param>
    /// <param name="Enterprise">The enterprise that files; null: entered for the holder.</param>
    /// <param name="Name">The new name, of a rename.</param>
    /// <param name="Region">The new region, of a relocation.</param>
    /// <param name="Successors">The enterprises that a merger (one) or a split leads to.</param>
    public sealed record FileChange(
        ChangeKind Kind, DateOnly CompletedOn, DateOnly? On, string Description, GrainId? Enterprise = null, string? Name = null, string? Region = null,
        IReadOnlyList<GrainId>? Successors = null) : GrainCommand;

    /// <summary>Enters the verification of a filed change.</summary>
    /// <param name="Change">The change.</param>
    /// <param name="On">The date of the verification.</param>
    /// <param name="Confirmed">Whether it is as it was filed.</param>
    /// <param name="Note">What was found.</param>
    public sealed record VerifyChange(string Change, DateOnly On, bool Confirmed, string? Note) : GrainCommand;

    /// <summary>Decides a verified change.</summary>
    /// <param name="Change">The change.</param>
    /// <param name="Outcome">Accepted or refused.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Number">Number of the decision or null.</param>
    public sealed record DecideChange(string Change, ChangeOutcome Outcome, string Reason, string? Number) : GrainCommand;

    /// <summary>Decides what becomes of a title after an accepted change.</summary>
    /// <param name="Change">The change.</param>
    /// <param name="Title">The title.</param>
    /// <param name="Outcome">Whether it continues.</param>
    /// <param name="Successor">The enterprise with which it continues; null where it ends, or where there is only one.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Number">Number of the decision or null.</param>
    public sealed record DecideSuccession(
        string Change, TitleChoice Title, SuccessionOutcome Outcome, GrainId? Successor, string Reason, string? Number) : GrainCommand;
}
