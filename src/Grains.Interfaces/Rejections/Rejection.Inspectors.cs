namespace Supervision;

public abstract partial record Rejection
{
    private const string InspectorArticle = "行政处罚法 第四十二条";

    /// <summary>The grain is no inspector.</summary>
    public sealed record NotAnInspector(GrainId Grain)
        : Rejection(RejectionClass.Conflict, "not-an-inspector", Contract, $"{Grain} is not an inspector.");

    /// <summary>The inspector is not in the register.</summary>
    public sealed record InspectorNotRegistered(GrainId Grain)
        : Rejection(RejectionClass.NotFound, "inspector-not-registered", InspectorArticle, $"{Grain} is not in the register of inspectors.");

    /// <summary>The inspector is in the register already, as another one.</summary>
    public sealed record InspectorAlreadyRegistered(GrainId Grain)
        : Rejection(RejectionClass.Conflict, "inspector-already-registered", Contract, $"{Grain} is in the register with other particulars; set them right instead.", "id");

    /// <summary>A service number that differs from a registered one by upper and lower case alone.</summary>
    public sealed record InspectorLooksAlike(GrainId Grain, string Other)
        : Rejection(RejectionClass.Conflict, "inspector-looks-alike", Contract, $"{Grain} differs from the registered {Other} by upper and lower case alone.", "id");

    /// <summary>The inspector retired.</summary>
    public sealed record InspectorHasRetired(GrainId Grain, DateOnly On)
        : Rejection(RejectionClass.Conflict, "inspector-has-retired", InspectorArticle, $"{Grain} retired on {On:yyyy-MM-dd}; register it anew to bring it back.");

    /// <summary>Regions of an inspector that the actor does not answer for.</summary>
    public sealed record InspectorOutOfScope(string? Region)
        : Rejection(RejectionClass.Forbidden, "inspector-out-of-scope", Contract, Region is null
            ? "An inspector without regions inspects everywhere; only the national authority registers one."
            : $"Region {Region} of the inspector is outside the regions of your authority.", "regions");

    /// <summary>The conflict stands already.</summary>
    public sealed record ConflictAlreadyRecorded(string Conflict, GrainId Enterprise)
        : Rejection(RejectionClass.Conflict, "conflict-already-recorded", InspectorConflict.Article, $"{Conflict} with {Enterprise} stands already.", "enterprise");

    /// <summary>There is no such conflict.</summary>
    public sealed record ConflictNotFound(string Conflict)
        : Rejection(RejectionClass.NotFound, "conflict-not-found", Contract, $"There is no conflict '{Conflict}'.");

    /// <summary>The conflict is over.</summary>
    public sealed record ConflictEnded(string Conflict, DateOnly On)
        : Rejection(RejectionClass.Conflict, "conflict-ended", InspectorConflict.Article, $"{Conflict} ended on {On:yyyy-MM-dd}.");

    /// <summary>More conflicts than an inspector may have.</summary>
    public sealed record TooManyConflicts(int Given, int Most)
        : Rejection(RejectionClass.Invalid, "too-many-conflicts", Contract, $"{Given} conflicts are given; an inspector has at most {Most}.", "conflicts");

    /// <summary>Who evaluates or certifies cannot inspect.</summary>
    public sealed record EvaluatorNotInspector(string Person)
        : Rejection(RejectionClass.Conflict, "evaluator-not-inspector", "国办发〔2024〕54号", $"{Person} evaluates or certifies, and inspects: third parties carry out no inspections.");

    /// <summary>An inspector is named for a check who may not make it.</summary>
    public sealed record InspectorUnfit(string Source, string Inspector, string Reason)
        : Rejection(RejectionClass.Conflict, "inspector-unfit", Source, $"{Inspector} cannot make this check: {Reason}.", "inspectors");
}
