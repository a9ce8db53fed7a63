namespace Supervision;

/// <summary>
/// What officers work through: open checks and cases, the plans of energy-conservation inspection, vetoes, incidents and changes that wait, what has to be
/// made known, what certification bodies have to do. Follows from the state.
/// </summary>
/// <param name="Item"><c>check</c>, <c>case</c>, <c>energy-inspection</c>, <c>veto</c>, <c>incident</c>, <c>disclosure</c>, <c>inspection-task</c>, <c>change</c>,
/// <c>certificate</c>, <c>adjustment</c> or <c>successor</c>.</param>
/// <param name="Id">Its id on the grain.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Policy">The policy of its title or rules; null where no policy is concerned.</param>
/// <param name="Level">The level of its title; null where it is about none.</param>
/// <param name="DueOn">Last day of what comes next; null where nothing is due.</param>
/// <param name="Inspectors">Who carries it out, one a line: the inspectors of a check, the normalised name of a certification body; null for anything else.</param>
public sealed record WorkColumns(string Item, string Id, string Status, string? Policy, string? Level, DateOnly? DueOn, string? Inspectors)
{
    /// <summary>An open check.</summary>
    public const string Check = "check";

    /// <summary>An open case.</summary>
    public const string Case = "case";

    /// <summary>An entry of a plan of energy-conservation inspection; what is over stays in its plan, without a day.</summary>
    public const string EnergyInspection = "energy-inspection";

    /// <summary>A veto whose match nobody has confirmed.</summary>
    public const string Veto = "veto";

    /// <summary>What has to be served, published or withdrawn from publication; its id is the task and the check or case.</summary>
    public const string Disclosure = "disclosure";

    /// <summary>What somebody has to decide about an inspection; its id is the task and what it is about.</summary>
    public const string InspectionTask = "inspection-task";

    /// <summary>An incident that is not determined.</summary>
    public const string Incident = "incident";

    /// <summary>A change that is not decided, or because of which titles wait for a decision.</summary>
    public const string Change = "change";

    /// <summary>What a certification body has to do about a certificate.</summary>
    public const string Certificate = "certificate";

    /// <summary>An adjustment that is proposed for a title because one was lost at another level.</summary>
    public const string Adjustment = "adjustment";

    /// <summary>An enterprise that a change named, of which nobody has said whether it is a successor.</summary>
    public const string Successor = "successor";

    /// <summary>The id of what a body has to do about the certificate of a title.</summary>
    public static string CertificateId(TitleRef title, CertificateDuty duty) =>
        $"{title.ToPath()}/{KebabCase<CertificateDuty>.Word(duty)}";
}

/// <summary>How the open work of a grain changes.</summary>
/// <param name="Done">What is no longer open, as it was.</param>
/// <param name="Changed">What stays open and is no longer as it was, as it was and as it is.</param>
/// <param name="New">What is open since.</param>
public sealed record ChangedWork(IReadOnlyList<WorkColumns> Done, IReadOnlyList<(WorkColumns Was, WorkColumns Is)> Changed, IReadOnlyList<WorkColumns> New);
