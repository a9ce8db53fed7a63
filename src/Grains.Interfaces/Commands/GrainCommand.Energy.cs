namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>Lists an enterprise for energy-conservation inspection in the plan of a year, or a proposed entry.</summary>
    /// <param name="Year">The year of the plan: this one or the next.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Policy">The policy whose rules apply; null: that of the proposal.</param>
    /// <param name="Inspection">The proposed entry; null: a new one.</param>
    public sealed record ListEnergyInspection(int Year, string Reason, string? Policy, string? Inspection = null) : GrainCommand;

    /// <summary>Lists an enterprise that was drawn for the plan of a year; sent again it changes nothing.</summary>
    /// <param name="Draw">The draw.</param>
    /// <param name="Policy">The policy whose rules apply.</param>
    /// <param name="Year">The year of the plan.</param>
    public sealed record ListDrawnEnterprise(string Draw, string Policy, int Year) : GrainCommand;

    /// <summary>Has an enterprise in the plan of a year visited because it was drawn; sent again it changes nothing.</summary>
    /// <param name="Draw">The draw.</param>
    /// <param name="Policy">The policy whose rules apply.</param>
    /// <param name="Year">The year of the plan.</param>
    /// <param name="DueBy">Last day of the visit.</param>
    /// <param name="Inspectors">Ids of the inspectors matched; none where nobody could be.</param>
    /// <param name="Unassigned">Why nobody could be matched, or null.</param>
    /// <param name="ApprovedBy">Who approved the draw (pseudonym), and with it the visit.</param>
    public sealed record OrderDrawnInspection(
        string Draw, string Policy, int Year, DateOnly DueBy, IReadOnlyList<string> Inspectors, string? Unassigned, string ApprovedBy) : GrainCommand;

    /// <summary>Names who makes the visit for which an inspection was drawn.</summary>
    /// <param name="Inspection">The entry.</param>
    /// <param name="Inspectors">Ids of the inspectors.</param>
    /// <param name="Reason">Why.</param>
    public sealed record AssignEnergyInspectors(string Inspection, IReadOnlyList<string> Inspectors, string Reason) : GrainCommand;

    /// <summary>Takes an entry off the list, with the reason; a proposed one, too.</summary>
    /// <param name="Inspection">The entry.</param>
    /// <param name="Reason">Why.</param>
    public sealed record DelistEnergyInspection(string Inspection, string Reason) : GrainCommand;

    /// <summary>Records that the enterprise was told of the inspection in writing.</summary>
    /// <param name="Inspection">The entry.</param>
    /// <param name="On">The date of service.</param>
    /// <param name="Channel">How it was served.</param>
    /// <param name="PlannedOn">The date announced for the inspection.</param>
    /// <param name="Method">Written or on site.</param>
    public sealed record NotifyEnergyInspection(string Inspection, DateOnly On, string Channel, DateOnly PlannedOn, EnergyMethod Method) : GrainCommand;

    /// <summary>Enters what an inspection found.</summary>
    /// <param name="Inspection">The entry.</param>
    /// <param name="Outcome">What was found.</param>
    /// <param name="On">The date of the inspection.</param>
    /// <param name="Method">Written or on site.</param>
    /// <param name="Inspectors">Who carried it out, by their ids.</param>
    /// <param name="Findings">What was found, item by item.</param>
    /// <param name="WithoutNotice">Why there was no notice; null: there was one.</param>
    public sealed record RecordEnergyResult(
        string Inspection, EnergyOutcome Outcome, DateOnly On, EnergyMethod Method, IReadOnlyList<string> Inspectors, IReadOnlyList<Finding> Findings,
        EnergyWithoutNotice? WithoutNotice) : GrainCommand;

    /// <summary>Records that the enterprise signed the record of an inspection on site, or that it did not.</summary>
    /// <param name="Inspection">The entry.</param>
    /// <param name="On">The date.</param>
    /// <param name="HolderSigned">Whether it was signed.</param>
    /// <param name="Reason">Why it was not.</param>
    public sealed record SignEnergyRecord(string Inspection, DateOnly On, bool HolderSigned, string? Reason) : GrainCommand;

    /// <summary>Records the enterprise's opinion about what was found, or that it has none.</summary>
    /// <param name="Inspection">The entry.</param>
    /// <param name="On">The date on which it was heard.</param>
    /// <param name="Text">The opinion; private.</param>
    public sealed record HearEnergyOpinion(string Inspection, DateOnly On, PrivateText Text) : GrainCommand;

    /// <summary>Records service of the notice of rectification; the enterprise's time runs from it.</summary>
    /// <param name="Inspection">The entry.</param>
    /// <param name="On">The date of service.</param>
    /// <param name="Number">The number of the notice.</param>
    public sealed record OrderEnergyRectification(string Inspection, DateOnly On, string Number) : GrainCommand;

    /// <summary>Puts the end of the rectification off, once, at the enterprise's request.</summary>
    /// <param name="Inspection">The entry.</param>
    /// <param name="RequestedOn">The date on which the enterprise asked.</param>
    /// <param name="Reason">Why.</param>
    public sealed record ExtendEnergyRectification(string Inspection, DateOnly RequestedOn, string Reason) : GrainCommand;

    /// <summary>Records that the enterprise reported that it has rectified.</summary>
    /// <param name="Inspection">The entry.</param>
    /// <param name="On">The date of its report.</param>
    /// <param name="Evidence">What shows it.</param>
    public sealed record ReportEnergyRectification(string Inspection, DateOnly On, string Evidence) : GrainCommand;

    /// <summary>Enters what the re-check of a reported rectification found.</summary>
    /// <param name="Inspection">The entry.</param>
    /// <param name="On">The date of the re-check.</param>
    /// <param name="Rectified">Whether everything is rectified.</param>
    /// <param name="Inspectors">Who carried it out, by their ids.</param>
    /// <param name="Findings">What was found, item by item.</param>
    public sealed record RecheckEnergyRectification(
        string Inspection, DateOnly On, bool Rectified, IReadOnlyList<string> Inspectors, IReadOnlyList<Finding> Findings) : GrainCommand;
}
