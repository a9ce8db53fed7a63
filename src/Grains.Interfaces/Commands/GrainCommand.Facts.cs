namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>Records a veto that a list or somebody has about the enterprise's credit code; it counts once an officer confirms the match.</summary>
    /// <param name="Kind">The fact.</param>
    /// <param name="On">The day on which it happened or began.</param>
    /// <param name="Source">Who publishes it.</param>
    /// <param name="Reference">The number of the document or entry there, or null.</param>
    public sealed record RecordVeto(VetoKind Kind, DateOnly On, string Source, string? Reference) : GrainCommand;

    /// <summary>Confirms, as another person than recorded it, that a veto is about this enterprise.</summary>
    /// <param name="Veto">The veto.</param>
    public sealed record ConfirmVeto(string Veto) : GrainCommand;

    /// <summary>Says that a veto is not about this enterprise; undecided cases that it opened are withdrawn.</summary>
    /// <param name="Veto">The veto.</param>
    /// <param name="Reason">Why.</param>
    public sealed record RejectVeto(string Veto, string Reason) : GrainCommand;

    /// <summary>Records that what a confirmed veto is about is over.</summary>
    /// <param name="Veto">The veto.</param>
    /// <param name="On">The day on which it was over.</param>
    /// <param name="Reason">What shows it.</param>
    public sealed record EndVeto(string Veto, DateOnly On, string Reason) : GrainCommand;

    /// <summary>Records the report of an incident; nothing follows from it alone.</summary>
    /// <param name="Kind">What went wrong.</param>
    /// <param name="On">The day on which it happened.</param>
    /// <param name="Report">What was reported, and by whom.</param>
    public sealed record ReportIncident(IncidentKind Kind, DateOnly On, string Report) : GrainCommand;

    /// <summary>Records the determination of an incident by the department that is competent for it.</summary>
    /// <param name="Incident">The incident.</param>
    /// <param name="On">The date of the document.</param>
    /// <param name="Department">The department.</param>
    /// <param name="Document">The number of its document; without one it is refused.</param>
    /// <param name="ResponsibleUnit">Who answers for it, by name or credit code.</param>
    /// <param name="Level">The level.</param>
    public sealed record DetermineIncident(
        string Incident, DateOnly On, string Department, string? Document, string ResponsibleUnit, IncidentLevel Level) : GrainCommand;

    /// <summary>
    /// Sets the determination of an incident right, as another person than recorded it. Undecided cases that no longer follow from it are withdrawn; what was decided on it has
    /// to be quashed first.
    /// </summary>
    /// <param name="Incident">The incident.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="On">The right date of the document; null: it stays.</param>
    /// <param name="Department">The right department; null: it stays.</param>
    /// <param name="Document">The right number of its document; null: it stays.</param>
    /// <param name="ResponsibleUnit">Who answers for it, by name or credit code; null: it stays.</param>
    /// <param name="Level">The right level; null: it stays.</param>
    public sealed record CorrectDetermination(
        string Incident, string Reason, DateOnly? On = null, string? Department = null, string? Document = null, string? ResponsibleUnit = null, IncidentLevel? Level = null)
        : GrainCommand;

    /// <summary>Records that what was reported was no incident, or none of this enterprise.</summary>
    /// <param name="Incident">The incident.</param>
    /// <param name="Reason">Why.</param>
    public sealed record DismissIncident(string Incident, string Reason) : GrainCommand;

    /// <summary>
    /// Takes a fact about an enterprise over to one of the entities behind which it stands: cases are opened on titles that it is a ground against, once
    /// each, or withdrawn where it no longer stands. Sent by the reader of effects; sent again it changes nothing.
    /// </summary>
    /// <param name="Fact">The fact.</param>
    /// <param name="On">The civil date from which it was established.</param>
    public sealed record ApplyFact(FactRef Fact, DateOnly On) : GrainCommand;

    /// <summary>
    /// Takes the service, or the decision, of the joint cases of an enterprise over to one of the entities behind which it stands. Sent by the
    /// reader of effects; sent again it changes nothing.
    /// </summary>
    /// <param name="Decision">Whether the decision, too.</param>
    public sealed record ApplyJointCases(bool Decision) : GrainCommand;

    /// <summary>
    /// Tells a park or supply chain what befell a title of one of its members or suppliers. Sent by the reader of effects; sent again it changes nothing.
    /// </summary>
    /// <param name="Entity">The entity whose title it is.</param>
    /// <param name="Title">The title.</param>
    /// <param name="Status">Where it stands since.</param>
    /// <param name="On">The civil date.</param>
    public sealed record TellRelated(GrainId Entity, TitleRef Title, TitleStatus Status, DateOnly On) : GrainCommand;
}
