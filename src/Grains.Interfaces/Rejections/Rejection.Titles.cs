namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>The policy does not grant this honour to this kind.</summary>
    public sealed record HonourNotGranted(string Policy, string? Honour, GrainKind Kind, string Source)
        : Rejection(RejectionClass.Conflict, "honour-not-granted", Source, Honour is null
            ? $"{Policy} grants nothing to the kind {Kind}."
            : $"{Policy} does not grant {Honour} to the kind {Kind}.", "honour");

    /// <summary>The policy grants several honours to this kind and none was named.</summary>
    public sealed record HonourAmbiguous(string Policy, GrainKind Kind)
        : Rejection(RejectionClass.Invalid, "honour-ambiguous", Contract, $"{Policy} grants several honours to the kind {Kind}; name one.", "honour");

    /// <summary>The policy does not grant the honour at this level.</summary>
    public sealed record LevelNotGranted(string Policy, string Honour, Level Level, string Source)
        : Rejection(RejectionClass.Conflict, "level-not-granted", Source, $"{Policy} does not grant {Honour} at level {KebabCase<Level>.Word(Level)}.", "level");

    /// <summary>The policy is that of another region.</summary>
    public sealed record OutsidePolicyRegion(string Policy, string Region, string? Of, string Source)
        : Rejection(RejectionClass.Conflict, "outside-policy-region", Source, $"{Policy} is for entities of {Region}, not of {Of ?? "no region"}.", "policy");

    /// <summary>The title is held already.</summary>
    public sealed record TitleAlreadyHeld(TitleRef Title)
        : Rejection(RejectionClass.Conflict, "title-already-held", Contract, $"{Title.Honour} ({KebabCase<Level>.Word(Title.Level)}, {Title.Policy}) is held already.");

    /// <summary>The enterprise is banned from applying again.</summary>
    public sealed record Banned(string Source, GrainId Enterprise, DateOnly Until)
        : Rejection(RejectionClass.Conflict, "banned", Source, $"{Enterprise} may not be granted a title until {Until:yyyy-MM-dd} has passed.");

    /// <summary>The date of a grant or transfer lies outside the dates of the policy.</summary>
    public sealed record OutsidePolicyDates(string Policy, string Member, DateOnly On, DateOnly From, DateOnly? To, string Source)
        : Rejection(RejectionClass.Conflict, "outside-policy-dates", Source, To is { } to
            ? $"{Policy} grants this from {From:yyyy-MM-dd} to {to:yyyy-MM-dd}, not on {On:yyyy-MM-dd}."
            : $"{Policy} grants this from {From:yyyy-MM-dd}, not on {On:yyyy-MM-dd}.", Member);

    /// <summary>The entity holds no such title.</summary>
    public sealed record TitleNotHeld(TitleChoice Title)
        : Rejection(RejectionClass.Conflict, "title-not-held", Contract, $"The entity has no title under {Title.Policy} that fits.", "policy");

    /// <summary>Several titles fit.</summary>
    public sealed record TitleAmbiguous(TitleChoice Title)
        : Rejection(RejectionClass.Conflict, "title-ambiguous", Contract, $"Several titles under {Title.Policy} fit; name honour and level.", "level");

    /// <summary>The title is not in force.</summary>
    public sealed record TitleNotInForce(TitleStatus Status, string Source)
        : Rejection(RejectionClass.Conflict, "title-not-in-force", Source, $"The title is {KebabCase<TitleStatus>.Word(Status)}.");

    /// <summary>The title follows from another one, and nothing is decided about it by itself.</summary>
    public sealed record TitleIsDerived(TitleRef Title, string Source)
        : Rejection(
            RejectionClass.Conflict, "title-derived", Source,
            $"The title follows from {Title.Honour} ({KebabCase<Level>.Word(Title.Level)}, {Title.Policy}) and stands as that does; act on that one.");

    /// <summary>The title was not removed.</summary>
    public sealed record TitleNotRemoved(TitleStatus Status)
        : Rejection(RejectionClass.Conflict, "title-not-removed", "行政处罚法 第四十八条", $"The title is {KebabCase<TitleStatus>.Word(Status)}; there is no removal to quash.");

    /// <summary>The case named is not the one that removed the title.</summary>
    public sealed record CaseDidNotRemove(string Case, string Removal)
        : Rejection(RejectionClass.Conflict, "case-did-not-remove", "行政处罚法 第四十八条", $"The title was removed by {Removal}, not by {Case}.", "case");

    /// <summary>A transfer to the policy that the title is under.</summary>
    public sealed record TransferToSamePolicy(string Policy)
        : Rejection(RejectionClass.Invalid, "transfer-to-same-policy", Contract, $"The title is under {Policy} already.", "to");

    /// <summary>An ordered rectification is under way, and the other policy has none.</summary>
    public sealed record RectificationUnderWay(string Rectification, string Policy)
        : Rejection(RejectionClass.Conflict, "rectification-under-way", Contract, $"{Rectification} is not done yet, and {Policy} has no rectification.", "to");

    /// <summary>No grant or result was recorded by the event named.</summary>
    public sealed record NothingToCorrect(long Version, string What)
        : Rejection(RejectionClass.NotFound, "nothing-to-correct", Contract, $"The event of version {Version} did not record a {What} that stands.", "corrects");

    /// <summary>The correction, or the new name, changes nothing.</summary>
    public sealed record CorrectionChangesNothing()
        : Rejection(RejectionClass.Invalid, "correction-changes-nothing", Contract, "Every value given is the one that stands.");
}
