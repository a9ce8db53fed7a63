using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>The listing of an enterprise.</summary>
/// <param name="Year">The year of the plan: this one or the next.</param>
/// <param name="Policy">The policy whose rules apply.</param>
/// <param name="Reason">Why.</param>
internal sealed record EnergyListingBody(long Year, string Policy, [property: FreeText] string Reason);

/// <summary>The listing of a proposed entry.</summary>
/// <param name="Year">The year of the plan: this one or the next.</param>
/// <param name="Reason">Why.</param>
internal sealed record EnergyAcceptanceBody(long Year, [property: FreeText] string Reason);

/// <summary>Why an entry is taken off the list.</summary>
/// <param name="Reason">Why.</param>
internal sealed record DelistingBody([property: FreeText] string Reason);

/// <summary>Who makes the visit for which an inspection was drawn.</summary>
/// <param name="Inspectors">Ids of the inspectors.</param>
/// <param name="Reason">Why.</param>
internal sealed record EnergyAssignmentBody(IReadOnlyList<string> Inspectors, [property: FreeText] string Reason);

/// <summary>The written notice of an inspection.</summary>
/// <param name="On">The date of service.</param>
/// <param name="Channel">How it was served.</param>
/// <param name="PlannedOn">The date announced.</param>
/// <param name="Method">Written or on site.</param>
internal sealed record EnergyNoticeBody(DateOnly On, string Channel, DateOnly PlannedOn, EnergyMethod Method);

/// <summary>What an inspection found.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="On">The date of the inspection.</param>
/// <param name="Method">Written or on site.</param>
/// <param name="Inspectors">Ids of those who carried it out.</param>
/// <param name="Findings">What was found, item by item.</param>
/// <param name="WithoutNotice">Why there was no notice; left out: there was one.</param>
internal sealed record EnergyResultBody(
    EnergyOutcome Outcome, DateOnly On, EnergyMethod Method, IReadOnlyList<string> Inspectors, IReadOnlyList<FindingBody>? Findings = null,
    EnergyWithoutNotice? WithoutNotice = null)
{
    /// <summary>The command.</summary>
    public GrainCommand ToCommand(string inspection) => new GrainCommand.RecordEnergyResult(
        inspection, Outcome, On, Method, Inspectors, [.. (Findings ?? []).Select(finding => new Finding(finding.Item, finding.Text))], WithoutNotice);
}

/// <summary>The enterprise's opinion about what was found.</summary>
/// <param name="On">The date on which it was heard.</param>
/// <param name="Text">Its text, or that there is none; can be erased.</param>
internal sealed record OpinionBody(DateOnly On, [property: FreeText] string Text);

/// <summary>The notice of rectification.</summary>
/// <param name="On">The date of service.</param>
/// <param name="Number">The number of the notice.</param>
internal sealed record EnergyOrderBody(DateOnly On, string Number);

/// <summary>An extension of the rectification.</summary>
/// <param name="RequestedOn">The date on which the enterprise asked.</param>
/// <param name="Reason">Why.</param>
internal sealed record ExtensionBody(DateOnly RequestedOn, [property: FreeText] string Reason);

/// <summary>What the re-check found.</summary>
/// <param name="On">The date of the re-check.</param>
/// <param name="Rectified">Whether everything is rectified.</param>
/// <param name="Inspectors">Ids of those who carried it out.</param>
/// <param name="Findings">What was found, item by item.</param>
internal sealed record RecheckBody(DateOnly On, bool Rectified, IReadOnlyList<string> Inspectors, IReadOnlyList<FindingBody>? Findings = null)
{
    /// <summary>The command.</summary>
    public GrainCommand ToCommand(string inspection) => new GrainCommand.RecheckEnergyRectification(
        inspection, On, Rectified, Inspectors, [.. (Findings ?? []).Select(finding => new Finding(finding.Item, finding.Text))]);
}
