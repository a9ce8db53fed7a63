namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>What is cited of 工业节能监察办法 where no policy states the article.</summary>
    private const string EnergyInspectionMeasures = "工业节能监察办法";

    /// <summary>The entity is no enterprise: inspection, vetoes and incidents are about the legal person.</summary>
    public sealed record NotAnEnterprise(GrainId Grain, GrainId? Enterprise)
        : Rejection(RejectionClass.Conflict, "not-an-enterprise", Contract, Enterprise is { } behind
            ? $"{Grain} is no enterprise; this is about the enterprise behind it, {behind}."
            : $"{Grain} is no enterprise.");

    /// <summary>The policy has no energy-conservation inspection.</summary>
    public sealed record EnergyInspectionNotProvided(string Policy)
        : Rejection(RejectionClass.Conflict, "energy-inspection-not-provided", Contract, $"{Policy} has no energy-conservation inspection.", "policy");

    /// <summary>The year is not one whose plan is open.</summary>
    public sealed record PlanNotOpen(int Year, int First, int Last)
        : Rejection(RejectionClass.Invalid, "plan-not-open", EnergyInspectionMeasures, $"The plans of {First} and {Last} are open, not that of {Year}.", "year");

    /// <summary>The enterprise stands in the plan of that year.</summary>
    public sealed record EnergyAlreadyListed(string Inspection, int Year)
        : Rejection(RejectionClass.Conflict, "energy-already-listed", EnergyInspectionMeasures, $"The enterprise stands in the plan of {Year} already, as {Inspection}.");

    /// <summary>The inspection was drawn for a visit, so that it is not made in writing.</summary>
    public sealed record EnergyVisitDrawn(string Inspection, string Draw)
        : Rejection(RejectionClass.Conflict, "energy-visit-drawn", DrawArticle, $"{Inspection} was drawn for a visit by '{Draw}'; it is made on site.", "method");

    /// <summary>The inspection was not drawn for a visit.</summary>
    public sealed record EnergyVisitNotDrawn(string Inspection)
        : Rejection(RejectionClass.Conflict, "energy-visit-not-drawn", DrawArticle, $"{Inspection} was not drawn for a visit, or the visit is over.");

    /// <summary>There is no such entry: the enterprise is not listed under it.</summary>
    public sealed record EnergyInspectionNotFound(string Inspection)
        : Rejection(RejectionClass.NotFound, "energy-inspection-not-found", EnergyInspectionMeasures, $"The enterprise is not listed for energy-conservation inspection as '{Inspection}'.");

    /// <summary>The entry is only proposed, or was taken off the list.</summary>
    public sealed record EnergyNotListed(string Inspection, EnergyStatus Status)
        : Rejection(RejectionClass.Conflict, "energy-not-listed", EnergyInspectionMeasures, $"{Inspection} is {KebabCase<EnergyStatus>.Word(Status)}; only what is listed is inspected.");

    /// <summary>The entry is not proposed.</summary>
    public sealed record EnergyNotProposed(string Inspection, EnergyStatus Status)
        : Rejection(RejectionClass.Conflict, "energy-not-proposed", EnergyInspectionMeasures, $"{Inspection} is {KebabCase<EnergyStatus>.Word(Status)}, not a proposal.");

    /// <summary>The step does not follow on where the entry stands.</summary>
    public sealed record EnergyStepOutOfOrder(string Inspection, EnergyStatus Status, string Step)
        : Rejection(RejectionClass.Conflict, "energy-step-out-of-order", EnergyInspectionMeasures, $"{Inspection} is {KebabCase<EnergyStatus>.Word(Status)}; {Step} does not follow on that.");

    /// <summary>The written notice came too late before the inspection.</summary>
    public sealed record EnergyNoticeTooShort(string Source, string Member, DateOnly On, DateOnly Earliest)
        : Rejection(RejectionClass.Invalid, "energy-notice-too-short", Source, $"{On:yyyy-MM-dd} is before {Earliest:yyyy-MM-dd}, the first day that the notice leaves for an inspection.", Member);

    /// <summary>No notice was served, and no reason for doing without one is given.</summary>
    public sealed record EnergyNoticeNeeded(string Source)
        : Rejection(RejectionClass.Conflict, "energy-notice-needed", Source, "The enterprise has to be told in writing before, unless one of the reasons for doing without is given.", "withoutNotice");

    /// <summary>The reason for doing without notice is none of the policy's.</summary>
    public sealed record WithoutNoticeNotAllowed(string Source, EnergyWithoutNotice Reason)
        : Rejection(RejectionClass.Conflict, "without-notice-not-allowed", Source, $"{KebabCase<EnergyWithoutNotice>.Word(Reason)} is no reason for doing without notice.", "withoutNotice");

    /// <summary>The inspection is made in writing.</summary>
    public sealed record EnergyNotOnSite(string Inspection)
        : Rejection(RejectionClass.Conflict, "energy-not-on-site", EnergyInspectionMeasures, $"{Inspection} is made in writing; only an inspection on site has a record that is signed there.");

    /// <summary>The enterprise's opinion was not heard.</summary>
    public sealed record EnergyOpinionNotHeard(string Inspection)
        : Rejection(RejectionClass.Conflict, "energy-opinion-not-heard", EnergyInspectionMeasures, $"Before the notice of rectification of {Inspection} the enterprise's opinion has to be heard.");

    /// <summary>The opinion was heard already.</summary>
    public sealed record EnergyOpinionAlreadyHeard(string Inspection)
        : Rejection(RejectionClass.Conflict, "energy-opinion-already-heard", EnergyInspectionMeasures, $"The opinion about {Inspection} was heard already.");

    /// <summary>The rectification was put off already.</summary>
    public sealed record EnergyAlreadyExtended(string Source, string Inspection)
        : Rejection(RejectionClass.Conflict, "energy-already-extended", Source, $"The rectification of {Inspection} was put off already; that is possible once.");

    /// <summary>The enterprise asked, or reported, after its time was over.</summary>
    public sealed record EnergyTooLate(string Source, string Member, DateOnly On, DateOnly DueBy)
        : Rejection(RejectionClass.Conflict, "energy-too-late", Source, $"{On:yyyy-MM-dd} is after {DueBy:yyyy-MM-dd}, the last day of the rectification.", Member);
}
