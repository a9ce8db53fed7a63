using System.Text.Json;
using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>An entity as the interface shows it.</summary>
/// <param name="Id">Kind and key.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Key">The key.</param>
/// <param name="Name">The listed name.</param>
/// <param name="Aliases">Its other names: former, reported and recorded ones.</param>
/// <param name="Names">The same with what is known of each.</param>
/// <param name="Region">Six-digit code or null.</param>
/// <param name="RegionName">The responsible region's name or null.</param>
/// <param name="Industry">Industry or null.</param>
/// <param name="RiskClass">A to D or null.</param>
/// <param name="Standing">The standing of its best title.</param>
/// <param name="Titles">Titles held or lost.</param>
/// <param name="UnderReview">Whether a case on a title is open.</param>
/// <param name="Checks">Checks, oldest first.</param>
/// <param name="Cases">Cases, oldest first.</param>
/// <param name="Rectifications">Ordered rectifications.</param>
/// <param name="Reports">Yearly reports.</param>
/// <param name="Bans">Bans on re-application, of an enterprise.</param>
/// <param name="Expected">What is asked for next, under each policy.</param>
/// <param name="Reevaluations">Re-evaluations, oldest first.</param>
/// <param name="GoodPractices">Good practice, oldest first.</param>
/// <param name="Relations">Relations to other entities.</param>
/// <param name="MergedInto">The entity that it was merged into, or null.</param>
/// <param name="Absorbed">Entities that were merged into it.</param>
/// <param name="NextWakeUp">When the next deadline passes; null without one, and to those who are not told of every check.</param>
/// <param name="Version">The version, which is also the entity tag.</param>
/// <param name="Restricted">Whether the entity itself is withheld from those who do not supervise.</param>
public sealed record EntityView(
    GrainId Id, string Kind, string Key, string Name, IReadOnlyList<string> Aliases, IReadOnlyList<NameView> Names, string? Region, string? RegionName, string? Industry,
    string? RiskClass, Standing Standing, IReadOnlyList<TitleView> Titles, bool UnderReview, IReadOnlyList<CheckView> Checks,
    IReadOnlyList<CaseView> Cases, IReadOnlyList<RectificationView> Rectifications, IReadOnlyList<ReportView> Reports, IReadOnlyList<BanView> Bans,
    IReadOnlyList<ExpectedDeclaration> Expected, IReadOnlyList<ReEvaluationView> Reevaluations, IReadOnlyList<GoodPracticeView> GoodPractices,
    IReadOnlyList<Relation> Relations, GrainId? MergedInto, IReadOnlyList<GrainId> Absorbed, DateTimeOffset? NextWakeUp, long Version,
    bool Restricted = false)
{
    /// <summary>The enterprises in which it goes on.</summary>
    public IReadOnlyList<EnterpriseSuccessionView> Successors { get; init; } = [];

    /// <summary>The enterprises that go on in it.</summary>
    public IReadOnlyList<EnterpriseSuccessionView> Predecessors { get; init; } = [];

    /// <summary>Entries of the list of energy-conservation inspection, of an enterprise.</summary>
    public IReadOnlyList<EnergyInspectionView> EnergyInspections { get; init; } = [];

    /// <summary>Vetoes on record, of an enterprise.</summary>
    public IReadOnlyList<VetoView> Vetoes { get; init; } = [];

    /// <summary>Documents that were served, the latest first; for those who supervise, and to an enterprise its own.</summary>
    public IReadOnlyList<NoticeView> Notices { get; init; } = [];

    /// <summary>Incidents, of an enterprise.</summary>
    public IReadOnlyList<IncidentView> Incidents { get; init; } = [];

    /// <summary>What befell the titles of members and suppliers, of a park or supply chain; oldest first.</summary>
    public IReadOnlyList<AffectedRelation> AffectedRelations { get; init; } = [];

    /// <summary>Changes, oldest first.</summary>
    public IReadOnlyList<ChangeView> Changes { get; init; } = [];

    /// <summary>Adjustments that were proposed because a title was lost at another level, oldest first; only for officers, auditors and administrators.</summary>
    public IReadOnlyList<AdjustmentView> Adjustments { get; init; } = [];

    /// <summary>Enterprises that changes of its entities named as successors, oldest first; only for officers, auditors and administrators.</summary>
    public IReadOnlyList<ProposedSuccessor> ProposedSuccessors { get; init; } = [];

    /// <summary>Visits at the enterprise's door, oldest first.</summary>
    public IReadOnlyList<VisitView> Visits { get; init; } = [];
}

/// <summary>A name beside the listed one; members as in <see cref="OtherName"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Status">What it is.</param>
/// <param name="From">First day or null.</param>
/// <param name="Until">Last day, or the day on which the next name took its place, or null.</param>
/// <param name="Source">What shows it, or null.</param>
public sealed record NameView(string Name, NameStatus Status, DateOnly? From, DateOnly? Until, string? Source);

/// <summary>A title as the interface shows it; members as in <see cref="Title"/>.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Honour">The honour.</param>
/// <param name="Level">The level.</param>
/// <param name="Authority">The issuing authority.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Since">From which date.</param>
/// <param name="Certificate">Number or null.</param>
/// <param name="GrantedOn">Date of the grant.</param>
/// <param name="Evaluator">The third party or null.</param>
/// <param name="Batch">The batch or null.</param>
/// <param name="ValidUntil">Last day of validity or null.</param>
/// <param name="CleanChecks">Consecutive clean random checks.</param>
/// <param name="ExemptUntil">Last day of the exemption or null.</param>
/// <param name="ReevaluationDue">Last day for the re-evaluation or null.</param>
/// <param name="Grade">Its grade after the latest round, or null.</param>
/// <param name="Removal">How it was lost or null.</param>
public sealed record TitleView(
    string Policy, string Honour, Level Level, string Authority, TitleStatus Status, DateOnly Since, string? Certificate, DateOnly GrantedOn,
    string? Evaluator, string? Batch, DateOnly? ValidUntil, int CleanChecks, DateOnly? ExemptUntil, DateOnly? ReevaluationDue, GradeView? Grade, RemovalView? Removal)
{
    /// <summary>The certificate behind it, or null under policies without any.</summary>
    public CertificateView? CertificateState { get; init; }

    /// <summary>How it was given up, or null.</summary>
    public WithdrawalView? Withdrawal { get; init; }

    /// <summary>The title that it follows from by itself, with the article; null: it was granted by a list of its own.</summary>
    public Derivation? DerivedFrom { get; init; }
}

/// <summary>A certificate as the interface shows it; members as in <see cref="TitleCertificate"/>.</summary>
/// <param name="State">What it has become; null: it is valid.</param>
/// <param name="Since">From which day.</param>
/// <param name="Trigger">What brought that about, or null.</param>
/// <param name="Article">The article, or null.</param>
/// <param name="Reason">Why, or null.</param>
/// <param name="Number">The number of the body's decision, or null.</param>
/// <param name="IssuedOn">The day of issue.</param>
/// <param name="RenewedOn">The day of the last renewal, or null.</param>
/// <param name="ValidUntil">The last day of validity.</param>
/// <param name="SurveillanceBy">The last day of the next surveillance, or null.</param>
/// <param name="Surveillances">The surveillances, oldest first.</param>
/// <param name="SuspendedUntil">The last day of the suspension, or null.</param>
/// <param name="RenewalAppliedOn">The day of the application for renewal that waits, or null.</param>
/// <param name="PublishBy">The last day for publishing what it has become, or null.</param>
/// <param name="Overdue">What the body has let pass.</param>
public sealed record CertificateView(
    CertificateState? State, DateOnly Since, string? Trigger, string? Article, string? Reason, string? Number, DateOnly IssuedOn, DateOnly? RenewedOn, DateOnly ValidUntil,
    DateOnly? SurveillanceBy, IReadOnlyList<Surveillance> Surveillances, DateOnly? SuspendedUntil, DateOnly? RenewalAppliedOn, DateOnly? PublishBy,
    IReadOnlyList<CertificateDuty> Overdue)
{
    /// <summary>The last day for what the body has to do; null: it has not to.</summary>
    public DateOnly? DueOn(CertificateDuty duty) => duty switch
    {
        CertificateDuty.Surveillance => SurveillanceBy,
        CertificateDuty.Revocation => SuspendedUntil,
        _ => PublishBy,
    };
}

/// <summary>How a title was given up.</summary>
/// <param name="On">The day on which the letter came in.</param>
/// <param name="Letter">The reference of the letter, or null.</param>
/// <param name="Article">The article.</param>
/// <param name="Pending">Whether what was open on it goes on.</param>
public sealed record WithdrawalView(DateOnly On, string? Letter, string Article, bool Pending);

/// <summary>A successor or predecessor of an enterprise.</summary>
/// <param name="Enterprise">The other enterprise.</param>
/// <param name="Change">The change.</param>
/// <param name="On">The day from which it is so.</param>
/// <param name="Document">The decision or document that shows it.</param>
public sealed record EnterpriseSuccessionView(GrainId Enterprise, ChangeKind Change, DateOnly On, string Document);

/// <summary>How a title was lost.</summary>
/// <param name="On">Date of the decision.</param>
/// <param name="Ground">The ground.</param>
/// <param name="Article">The article.</param>
/// <param name="Case">The case.</param>
/// <param name="Number">Number of the decision or null.</param>
/// <param name="BanUntil">Last day of the ban or null.</param>
public sealed record RemovalView(DateOnly On, string Ground, string Article, string Case, string? Number, DateOnly? BanUntil);

/// <summary>A check as the interface shows it.</summary>
/// <param name="Id">Identity within the entity.</param>
/// <param name="Policy">The policy of its title.</param>
/// <param name="Honour">The honour of its title.</param>
/// <param name="Level">The level of its title.</param>
/// <param name="Basis">Random or directed.</param>
/// <param name="Reason">Reason of a directed check.</param>
/// <param name="Draw">Reference of the draw.</param>
/// <param name="DrawnElsewhere">Whether the draw was made on another platform.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="OrderedOn">Date of the order.</param>
/// <param name="DueBy">Last day.</param>
/// <param name="Overdue">Whether that day passed without a result.</param>
/// <param name="NotifiedOn">When the holder was told.</param>
/// <param name="Inspectors">Ids of the inspectors.</param>
/// <param name="Items">Items to be checked.</param>
/// <param name="Outcome">What was found.</param>
/// <param name="On">Date of the check.</param>
/// <param name="ConfirmedOn">Date of confirmation.</param>
/// <param name="Findings">What was found, item by item.</param>
/// <param name="Declaration">The declaration that it verifies, or null.</param>
/// <param name="Verified">Declared and verified values.</param>
public sealed record CheckView(
    string Id, string Policy, string Honour, Level Level, CheckBasis Basis, string? Reason, string? Draw, bool DrawnElsewhere, CheckStatus Status,
    DateOnly OrderedOn, DateOnly DueBy, bool Overdue, DateOnly? NotifiedOn, IReadOnlyList<string> Inspectors, IReadOnlyList<string> Items,
    CheckOutcome? Outcome, DateOnly? On, DateOnly? ConfirmedOn, IReadOnlyList<Finding> Findings, string? Declaration, IReadOnlyList<VerifiedIndicator> Verified)
{
    /// <summary>The publication of the result, or null.</summary>
    public PublicationView? Publication { get; init; }

    /// <summary>The visit on which it is made, or null.</summary>
    public VisitRef? Visit { get; init; }

    /// <summary>Why it goes before its approval, and whether that was made up for; or null.</summary>
    public EmergencyView? Emergency { get; init; }

    /// <summary>Whether it is made from papers and data alone.</summary>
    public bool Remote { get; init; }

    /// <summary>Why it is made on site although papers and data would do, or null.</summary>
    public string? OnSite { get; init; }

    /// <summary>Requests for the recusal of inspectors.</summary>
    public IReadOnlyList<RecusalView> Recusals { get; init; } = [];

    /// <summary>Whether the record was signed, or null while there is none.</summary>
    public InspectionRecordView? Record { get; init; }

    /// <summary>The date on which the result was served, or null.</summary>
    public DateOnly? ResultServedOn { get; init; }

    /// <summary>The last day for an objection, once the result was served; or null.</summary>
    public DateOnly? ObjectBy { get; init; }

    /// <summary>The objection to the result, or null.</summary>
    public ObjectionView? Objection { get; init; }
}

/// <summary>A case as the interface shows it.</summary>
/// <param name="Id">Identity within the entity.</param>
/// <param name="Policy">The policy of its title.</param>
/// <param name="Honour">The honour of its title.</param>
/// <param name="Level">The level of its title.</param>
/// <param name="Ground">The ground.</param>
/// <param name="Article">The article.</param>
/// <param name="Evidence">What supports it.</param>
/// <param name="Urgent">Whether the shorter window applies.</param>
/// <param name="Check">The check that opened it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="OpenedOn">Date of opening.</param>
/// <param name="ServedOn">Date of service.</param>
/// <param name="WindowEnds">Last day for the statement.</param>
/// <param name="DecisionDue">Whether the authority may and must decide now.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="DecidedOn">Date of the decision.</param>
/// <param name="Number">Number of the decision.</param>
/// <param name="Reason">Reason of the decision.</param>
/// <param name="Declaration">The declaration that it is about, or null.</param>
/// <param name="Reevaluation">The re-evaluation that opened it, or null.</param>
public sealed record CaseView(
    string Id, string Policy, string Honour, Level Level, string Ground, string Article, string? Evidence, bool Urgent, string? Check, CaseStatus Status,
    DateOnly OpenedOn, DateOnly? ServedOn, DateOnly? WindowEnds, bool DecisionDue, CaseOutcome? Outcome, DateOnly? DecidedOn, string? Number, string? Reason,
    string? Declaration, string? Reevaluation)
{
    /// <summary>The fact about the enterprise that the case rests on, or null.</summary>
    public FactRef? Fact { get; init; }

    /// <summary>The date on which the decision was served, or null.</summary>
    public DateOnly? DecisionServedOn { get; init; }

    /// <summary>The last day for serving the decision, while it is not served; or null.</summary>
    public DateOnly? ServeBy { get; init; }

    /// <summary>Whether that day passed without service.</summary>
    public bool ServiceOverdue { get; init; }

    /// <summary>The publication of the decision, or null.</summary>
    public PublicationView? Publication { get; init; }

    /// <summary>The authority that decides it together with those on the enterprise's other titles, or null.</summary>
    public string? Joint { get; init; }
}

/// <summary>A rectification as the interface shows it.</summary>
/// <param name="Id">Identity within the entity.</param>
/// <param name="Policy">The policy of its title.</param>
/// <param name="Case">The case that ordered it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="DueBy">Last day; null until the decision that orders it is served, where its time runs from that.</param>
/// <param name="CompletedOn">When it was done.</param>
public sealed record RectificationView(string Id, string Policy, string Case, RectificationStatus Status, DateOnly? DueBy, DateOnly? CompletedOn);

/// <summary>A yearly report as the interface shows it.</summary>
/// <param name="Id">Identity within the entity.</param>
/// <param name="Policy">The policy that asks for it.</param>
/// <param name="Round">The round, as the policy names it.</param>
/// <param name="Year">The year that it is about.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Due">The last day of the round.</param>
/// <param name="Number">The number of the version that stands; 0: never filed.</param>
/// <param name="FiledOn">The date of that version.</param>
/// <param name="Late">Whether it came after the last day.</param>
/// <param name="Standard">The standard whose indicators are declared.</param>
/// <param name="Indicators">The declared values.</param>
/// <param name="Score">The score, from 0 to 100.</param>
/// <param name="Reference">Where the table itself is to be found.</param>
/// <param name="ReturnedFor">Why it was returned last.</param>
/// <param name="RefileBy">The last day for filing again what is returned.</param>
/// <param name="DemandedOn">The date on which the written demand was served.</param>
/// <param name="DemandDueBy">The last day that the demand gives.</param>
public sealed record ReportView(
    string Id, string Policy, string Round, int Year, DeclarationStatus Status, DateOnly Due, int Number, DateOnly? FiledOn, bool Late, string? Standard,
    IReadOnlyList<DeclaredIndicator> Indicators, decimal? Score, string? Reference, string? ReturnedFor, DateOnly? RefileBy, DateOnly? DemandedOn, DateOnly? DemandDueBy);

/// <summary>A re-evaluation as the interface shows it; members as in <see cref="ReEvaluation"/>.</summary>
/// <param name="Id">Identity within the entity.</param>
/// <param name="Policy">The policy of its title.</param>
/// <param name="Honour">The honour of its title.</param>
/// <param name="Level">The level of its title.</param>
/// <param name="Change">The change that triggered it, or null.</param>
/// <param name="DueOn">The day on which it was due after years, or null.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="OpenedOn">The date of the announcement, or of the change's verification.</param>
/// <param name="ReportBy">The holder's last day.</param>
/// <param name="ReportedOn">The date of the report.</param>
/// <param name="EvaluateBy">The authority's last day.</param>
/// <param name="Delayed">Whether the authority let that day pass.</param>
/// <param name="ConcludedOn">The date on which it ended.</param>
public sealed record ReEvaluationView(
    string Id, string Policy, string Honour, Level Level, ChangeKind? Change, DateOnly? DueOn, ReEvaluationStatus Status, DateOnly OpenedOn, DateOnly ReportBy,
    DateOnly? ReportedOn, DateOnly? EvaluateBy, bool Delayed, DateOnly? ConcludedOn);

/// <summary>Good practice as the interface shows it; members as in <see cref="GoodPractice"/>.</summary>
/// <param name="Id">Identity within the entity.</param>
/// <param name="Policy">The policy of its title.</param>
/// <param name="Honour">The honour of its title.</param>
/// <param name="Level">The level of its title.</param>
/// <param name="Text">What is done well.</param>
/// <param name="FiledOn">The date of filing.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="PublishOn">The day of publication.</param>
public sealed record GoodPracticeView(string Id, string Policy, string Honour, Level Level, string Text, DateOnly FiledOn, GoodPracticeStatus Status, DateOnly? PublishOn);

/// <summary>The grade of a title after the latest round.</summary>
/// <param name="Grade">The grade.</param>
/// <param name="Year">The year that the declarations were about.</param>
/// <param name="Score">The score that was ranked.</param>
public sealed record GradeView(string Grade, int Year, decimal? Score);

/// <summary>A ban as the interface shows it.</summary>
/// <param name="Id">Identity within the enterprise.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Article">The article.</param>
/// <param name="Cause">The entity whose title was removed.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="Status">Where it stands.</param>
public sealed record BanView(string Id, string Policy, string Article, GrainId Cause, DateOnly From, DateOnly Until, BanStatus Status)
{
    /// <summary>The predecessor whose ban it is, or null: its own.</summary>
    public GrainId? Of { get; init; }
}

/// <summary>How views are written: camelCase, absent members as null, Chinese text readable.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(EntityView))]
public sealed partial class ViewJson : JsonSerializerContext
{
    /// <summary>The context that writes views.</summary>
    public static ViewJson Views { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new InstantConverter() },
    });

    /// <summary>The bytes of a view, in UTF-8.</summary>
    public static byte[] Write(EntityView view) => JsonSerializer.SerializeToUtf8Bytes(view, Views.EntityView);
}

/// <summary>Instants are written in UTC with a Z.</summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>The form of an instant, whole seconds where nothing is lost.</summary>
    public static string Format(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Format(value));
    }
}
