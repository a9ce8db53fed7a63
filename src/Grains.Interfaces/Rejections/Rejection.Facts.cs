namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>What is cited for vetoes as such: the national rule that has them.</summary>
    private const string VetoArticle = "〔2024〕13号 第十五条";

    /// <summary>What is cited for incidents as such.</summary>
    private const string IncidentArticle = "〔2024〕13号 第十五条(二)";

    /// <summary>There is no such veto.</summary>
    public sealed record VetoNotFound(string Veto)
        : Rejection(RejectionClass.NotFound, "veto-not-found", Contract, $"There is no veto '{Veto}'.");

    /// <summary>Incidents are determined, not entered as vetoes.</summary>
    public sealed record VetoIsIncident()
        : Rejection(RejectionClass.Conflict, "veto-is-incident", IncidentArticle, "An incident counts once it is determined: report it, and record its determination.", "kind");

    /// <summary>The veto is not where the command needs it.</summary>
    public sealed record VetoClosed(string Veto, VetoStatus Status)
        : Rejection(RejectionClass.Conflict, "veto-closed", VetoArticle, $"{Veto} is {KebabCase<VetoStatus>.Word(Status)}.");

    /// <summary>A veto whose match nobody has confirmed counts for nothing.</summary>
    public sealed record VetoNotConfirmed(string Source, string Veto)
        : Rejection(RejectionClass.Conflict, "veto-not-confirmed", Source, $"That {Veto} is about this enterprise is not confirmed yet.");

    /// <summary>A veto stands against the grant.</summary>
    public sealed record Vetoed(string Source, GrainId Enterprise, VetoKind Kind, string Fact)
        : Rejection(RejectionClass.Conflict, "vetoed", Source, $"{KebabCase<VetoKind>.Word(Kind)} stands against {Enterprise}: {Fact}.");

    /// <summary>There is no such incident.</summary>
    public sealed record IncidentNotFound(string Incident)
        : Rejection(RejectionClass.NotFound, "incident-not-found", Contract, $"There is no incident '{Incident}'.");

    /// <summary>The incident was determined or dismissed already.</summary>
    public sealed record IncidentClosed(string Incident, IncidentStatus Status)
        : Rejection(RejectionClass.Conflict, "incident-closed", IncidentArticle, $"{Incident} is {KebabCase<IncidentStatus>.Word(Status)}.");

    /// <summary>Only what was determined can be set right.</summary>
    public sealed record IncidentNotDetermined(string Incident, IncidentStatus Status)
        : Rejection(RejectionClass.Conflict, "incident-not-determined", IncidentArticle, $"{Incident} is {KebabCase<IncidentStatus>.Word(Status)}; there is no determination to set right.");

    /// <summary>A case that would no longer follow was decided.</summary>
    public sealed record DeterminationWasDecidedOn(GrainId Entity, string Case)
        : Rejection(
            RejectionClass.Conflict, "determination-was-decided-on", "行政处罚法 第四十八条",
            $"{Case} of {Entity} was decided on this determination; the decision has to be quashed first.");

    /// <summary>A determination without the document that makes it one.</summary>
    public sealed record DeterminationWithoutDocument()
        : Rejection(RejectionClass.Invalid, "determination-without-document", IncidentArticle, "A determination is the competent department's document; its number has to be given.", "document");

    /// <summary>The ground rests on a fact about the enterprise that is not established.</summary>
    public sealed record FactNotEstablished(string Source, string Ground, string Needed)
        : Rejection(RejectionClass.Conflict, "fact-not-established", Source, $"The ground {Ground} rests on {Needed}, which the enterprise does not have.", "ground");
}
