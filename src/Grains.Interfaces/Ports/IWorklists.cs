using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What officers and inspectors have before them: open checks and cases and coming deadlines, those due first first.</summary>
public interface IWorklists
{
    /// <summary>The civil date now.</summary>
    DateOnly Today { get; }

    /// <summary>A page of open checks, by due date and entity.</summary>
    Task<WorkPage<CheckItem>> ChecksAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>A page of open cases, by the end of their window and entity; those whose notice is not served last.</summary>
    Task<WorkPage<CaseItem>> CasesAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>A page of the plans of energy-conservation inspection, by last day and entity; what is over last.</summary>
    /// <param name="filter">Which entries.</param>
    /// <param name="year">The year of the plan; null: of any, and what is only proposed.</param>
    /// <param name="after">The place after which the page begins.</param>
    /// <param name="limit">Most items.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<WorkPage<EnergyInspectionItem>> EnergyInspectionsAsync(WorkFilter filter, int? year, WorkPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>A page of vetoes whose match has to be confirmed, by entity.</summary>
    Task<WorkPage<VetoItem>> VetoesAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>A page of incidents that are not determined, by entity.</summary>
    Task<WorkPage<IncidentItem>> IncidentsAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>A page of what somebody has to decide about inspections, by last day and entity; objections, which have none, last.</summary>
    Task<WorkPage<InspectionTaskItem>> InspectionTasksAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>A page of what has to be served, published or withdrawn from publication, by last day and entity; what is overdue first.</summary>
    Task<WorkPage<DisclosureItem>> DisclosuresAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>A page of changes that wait for the enterprise, the city, the province or an issuing authority, by last day and entity.</summary>
    Task<WorkPage<ChangeItem>> ChangesAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>A page of adjustments that wait for the authority of their title, by entity.</summary>
    Task<WorkPage<AdjustmentItem>> AdjustmentsAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>A page of enterprises that changes named and of which nobody has said whether they are successors, by entity.</summary>
    Task<WorkPage<ProposedSuccessorItem>> ProposedSuccessorsAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>A page of what certification bodies have to do about certificates, by last day and entity.</summary>
    Task<WorkPage<CertificateItem>> CertificatesAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>A page of deadlines that have not passed, by date and entity.</summary>
    Task<WorkPage<DeadlineItem>> DeadlinesAsync(DeadlineFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken);
}

/// <summary>A place in a worklist: the item there.</summary>
/// <param name="DueOn">Its last day; null: none yet, and after all that have one.</param>
/// <param name="Entity">Its entity.</param>
/// <param name="Id">Its identity within the entity.</param>
public sealed record WorkPlace(DateOnly? DueOn, GrainId Entity, string Id);

/// <summary>A page of a worklist.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">The place after which the next page begins; null: this is the last.</param>
public sealed record WorkPage<T>(IReadOnlyList<T> Items, WorkPlace? Next);

/// <summary>Which open checks or cases are listed; an absent member does not restrict.</summary>
public sealed record WorkFilter
{
    /// <summary>Regions, six-digit codes, each with what lies below it; none: every region, also those of entities without one.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Where they stand, as a word.</summary>
    public string? Status { get; init; }

    /// <summary>Policy of the title.</summary>
    public string? Policy { get; init; }

    /// <summary>Level of the title.</summary>
    public Level? Level { get; init; }

    /// <summary>Who carries it out: one of the inspectors of a check, the normalised name of a certification body.</summary>
    public string? Inspector { get; init; }

    /// <summary>Due on this day or earlier.</summary>
    public DateOnly? DueBefore { get; init; }

    /// <summary>Whether entities that are withheld from those who do not supervise are left out.</summary>
    public bool Unrestricted { get; init; }
}

/// <summary>Which deadlines are listed.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Regions">Regions, six-digit codes, each with what lies below it; none: every region.</param>
public sealed record DeadlineFilter(DateOnly From, DateOnly To, IReadOnlyList<string> Regions)
{
    /// <summary>An enterprise under any of these identities, which is shown what it was told of; null: of any, for those who supervise.</summary>
    public IReadOnlyList<GrainId>? Own { get; init; }

    /// <summary>Whether entities that are withheld from those who do not supervise are left out.</summary>
    public bool Unrestricted { get; init; }
}

/// <summary>An open check.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region, or null.</param>
/// <param name="RegionName">The name of its region, or null.</param>
/// <param name="Check">The check.</param>
public sealed record CheckItem(GrainId Entity, string Name, string? Region, string? RegionName, CheckView Check);

/// <summary>An open case.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region, or null.</param>
/// <param name="RegionName">The name of its region, or null.</param>
/// <param name="Case">The case.</param>
public sealed record CaseItem(GrainId Entity, string Name, string? Region, string? RegionName, CaseView Case);

/// <summary>An entry of a plan of energy-conservation inspection.</summary>
/// <param name="Entity">The enterprise.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region, or null.</param>
/// <param name="RegionName">The name of its region, or null.</param>
/// <param name="Inspection">The entry.</param>
public sealed record EnergyInspectionItem(GrainId Entity, string Name, string? Region, string? RegionName, EnergyInspectionView Inspection);

/// <summary>A veto whose match has to be confirmed.</summary>
/// <param name="Entity">The enterprise.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region, or null.</param>
/// <param name="RegionName">The name of its region, or null.</param>
/// <param name="Veto">The veto.</param>
public sealed record VetoItem(GrainId Entity, string Name, string? Region, string? RegionName, VetoView Veto);

/// <summary>An incident that is not determined.</summary>
/// <param name="Entity">The enterprise.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region, or null.</param>
/// <param name="RegionName">The name of its region, or null.</param>
/// <param name="Incident">The incident.</param>
public sealed record IncidentItem(GrainId Entity, string Name, string? Region, string? RegionName, IncidentView Incident);

/// <summary>What an authority has to do to make something known.</summary>
[JsonConverter(typeof(KebabCase<DisclosureTask>))]
public enum DisclosureTask
{
    /// <summary>送达: serve a decision.</summary>
    Serve,

    /// <summary>公示: publish a result or a removal.</summary>
    Publish,

    /// <summary>撤回公示: withdraw from publication what was quashed or set right.</summary>
    Withdraw,
}

/// <summary>What somebody has to decide about an inspection.</summary>
[JsonConverter(typeof(KebabCase<InspectionTask>))]
public enum InspectionTask
{
    /// <summary>回避: the holder asked for another inspector.</summary>
    Recusal,

    /// <summary>Nobody was matched to a visit that was drawn.</summary>
    Assignment,

    /// <summary>The holder objected to a result.</summary>
    Objection,
}

/// <summary>Something that has to be decided about an inspection.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region, or null.</param>
/// <param name="RegionName">The name of its region, or null.</param>
/// <param name="Task">What has to be decided.</param>
/// <param name="Of">The check or energy-conservation inspection that it is about.</param>
/// <param name="Inspector">Whose recusal was asked for, or null.</param>
/// <param name="DueOn">Last day of the visit, or null.</param>
public sealed record InspectionTaskItem(
    GrainId Entity, string Name, string? Region, string? RegionName, InspectionTask Task, string Of, string? Inspector, DateOnly? DueOn);

/// <summary>Something that has to be served, published or withdrawn from publication.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region, or null.</param>
/// <param name="RegionName">The name of its region, or null.</param>
/// <param name="Task">What has to be done.</param>
/// <param name="Of">The check or case that it is about.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="Overdue">Whether that day has passed: the authority's delay, which never counts against the holder.</param>
public sealed record DisclosureItem(
    GrainId Entity, string Name, string? Region, string? RegionName, DisclosureTask Task, string Of, DateOnly DueOn, bool Overdue);

/// <summary>A change that waits for somebody.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region, or null.</param>
/// <param name="RegionName">The name of its region, or null.</param>
/// <param name="Change">The change.</param>
public sealed record ChangeItem(GrainId Entity, string Name, string? Region, string? RegionName, ChangeView Change);

/// <summary>A proposed adjustment that waits for the authority of its title.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region, or null.</param>
/// <param name="RegionName">The name of its region, or null.</param>
/// <param name="Adjustment">The proposal.</param>
public sealed record AdjustmentItem(GrainId Entity, string Name, string? Region, string? RegionName, AdjustmentView Adjustment);

/// <summary>An enterprise that a change named as successor of another one.</summary>
/// <param name="Entity">The enterprise that may go on in it.</param>
/// <param name="Name">The name of that one.</param>
/// <param name="Region">Its region, or null.</param>
/// <param name="RegionName">The name of its region, or null.</param>
/// <param name="Proposal">The proposal.</param>
public sealed record ProposedSuccessorItem(GrainId Entity, string Name, string? Region, string? RegionName, ProposedSuccessor Proposal);

/// <summary>What a certification body has to do about the certificate of a title.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region, or null.</param>
/// <param name="RegionName">The name of its region, or null.</param>
/// <param name="Duty">What the body has to do.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="Overdue">Whether that day has passed.</param>
/// <param name="Body">The body, as the title names it, or null.</param>
/// <param name="Title">The title.</param>
public sealed record CertificateItem(
    GrainId Entity, string Name, string? Region, string? RegionName, CertificateDuty Duty, DateOnly? DueOn, bool Overdue, string? Body, TitleView Title);

/// <summary>A deadline of an entity.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region, or null.</param>
/// <param name="RegionName">The name of its region, or null.</param>
/// <param name="Deadline">The deadline.</param>
public sealed record DeadlineItem(GrainId Entity, string Name, string? Region, string? RegionName, Deadline Deadline);

/// <summary>What ends with a day.</summary>
[JsonConverter(typeof(KebabCase<DeadlineKind>))]
public enum DeadlineKind
{
    /// <summary>The time for carrying out a check.</summary>
    Check,

    /// <summary>The holder's window for a statement.</summary>
    StatementWindow,

    /// <summary>The time for a rectification.</summary>
    Rectification,

    /// <summary>An exemption from random checks.</summary>
    Exemption,

    /// <summary>A ban on re-application.</summary>
    Ban,

    /// <summary>The next step of an energy-conservation inspection: the plan's year, the notice of rectification, the rectification or the re-check.</summary>
    EnergyInspection,

    /// <summary>The yearly look for vetoes among listed titles.</summary>
    VetoCheck,

    /// <summary>A round of declarations.</summary>
    Declaration,

    /// <summary>The time for filing again what was returned.</summary>
    DeclarationRefiling,

    /// <summary>The time that a written demand gives.</summary>
    DeclarationDemand,

    /// <summary>The time for announcing a re-evaluation.</summary>
    ReEvaluationAnnouncement,

    /// <summary>The time for the holder's report for a re-evaluation.</summary>
    ReEvaluationReport,

    /// <summary>The time for the evaluation.</summary>
    ReEvaluation,

    /// <summary>The wait of approved good practice for its publication, which follows on the next day.</summary>
    GoodPractice,

    /// <summary>The time for serving a decision.</summary>
    Service,

    /// <summary>The time for publishing a result or a removal.</summary>
    Publication,

    /// <summary>The time for withdrawing from publication what was quashed or set right.</summary>
    Withdrawal,

    /// <summary>The time for filing a change that the authority knows of.</summary>
    ChangeFiling,

    /// <summary>The certification body's time for its surveillance.</summary>
    Surveillance,

    /// <summary>The longest time of a suspension, after which the body revokes.</summary>
    CertificateRevocation,

    /// <summary>The body's time for publishing what it decided about a certificate.</summary>
    CertificatePublication,

    /// <summary>The validity of a certificate, for the renewal of which the holder has not applied.</summary>
    CertificateValidity,

    /// <summary>The approval of a check that could not wait for it.</summary>
    Approval,
}

/// <summary>Who has to act by a deadline; an authority's own delay never counts against the holder.</summary>
[JsonConverter(typeof(KebabCase<DeadlineOwner>))]
public enum DeadlineOwner
{
    /// <summary>The authority.</summary>
    Authority,

    /// <summary>The holder of the title.</summary>
    Holder,

    /// <summary>The certification body.</summary>
    Body,
}

/// <summary>A deadline: the last day of something.</summary>
/// <param name="DueOn">The last day.</param>
/// <param name="Kind">What ends with it.</param>
/// <param name="Id">What has the deadline: a check, case, rectification or ban by its id, an exemption or announcement by policy, honour and level of its title, a round by policy, name and year.</param>
/// <param name="Owner">Who has to act by then; null: nobody, something merely ends.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Honour">The honour of the title, or null where it is about no title.</param>
/// <param name="Level">The level of the title, or null.</param>
/// <param name="Article">The article behind it.</param>
public sealed record Deadline(
    DateOnly DueOn, DeadlineKind Kind, string Id, DeadlineOwner? Owner, string Policy, string? Honour, Level? Level, string Article);
