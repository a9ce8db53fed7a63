namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>What was drawn cannot be checked, listed or visited; the reason is one of the words by which draws leave titles out.</summary>
    public sealed record DrawnTitleRefused(GrainId Entity, string Reason)
        : Rejection(RejectionClass.Conflict, "drawn-title-refused", "优化营商环境条例 第五十四条", $"{Entity} was drawn in vain: {Reason}.");

    /// <summary>The enterprise has been visited as often this year as the published cap allows.</summary>
    public sealed record InspectionCapReached(string Source, GrainId Enterprise, int Year, int Cap)
        : Rejection(
            RejectionClass.Conflict, "inspection-cap-reached", Source,
            $"{Enterprise} has the {Cap} visits of {Year} that the cap allows. Join a planned one, or order what may exceed the cap.");

    /// <summary>There is no such visit at the enterprise.</summary>
    public sealed record VisitNotFound(string Visit)
        : Rejection(RejectionClass.NotFound, "visit-not-found", Contract, $"There is no visit '{Visit}' at the enterprise.", "visit");

    /// <summary>Checks are made on the visit; who comes is assigned on one of them.</summary>
    public sealed record VisitHasChecks(string Visit)
        : Rejection(RejectionClass.Conflict, "visit-has-checks", Contract, $"Checks are made on {Visit}; who comes is assigned on one of them.");

    /// <summary>The visit is over.</summary>
    public sealed record VisitNotPlanned(string Visit, VisitStatus Status)
        : Rejection(RejectionClass.Conflict, "visit-not-planned", "国办发〔2024〕54号", $"{Visit} is {KebabCase<VisitStatus>.Word(Status)}.");
}
