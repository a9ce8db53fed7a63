using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What a grain remembers: the outcome of its events in order. Immutable; changed only by evolving it with an event.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "of")]
[JsonDerivedType(typeof(Subject), "subject")]
[JsonDerivedType(typeof(AdoptedRules), "rules")]
[JsonDerivedType(typeof(Draw), "draw")]
[JsonDerivedType(typeof(Inspector), "inspector")]
[JsonDerivedType(typeof(Downtime), "downtime")]
public abstract partial record GrainState
{
    private GrainState()
    {
    }

    /// <summary>A supervised entity of the register, of whatever kind.</summary>
    public sealed record Subject : GrainState
    {
        /// <summary>The listed name.</summary>
        public required string Name { get; init; }

        /// <summary>Its other names, in the order in which they were recorded; null without any.</summary>
        public IReadOnlyList<OtherName>? Names { get; init; }

        /// <summary>The first day of the listed name, once it was renamed.</summary>
        public DateOnly? NamedSince { get; init; }

        /// <summary>Six-digit code; null where the list gives none.</summary>
        public string? Region { get; init; }

        /// <summary>Industry as listed.</summary>
        public string? Industry { get; init; }

        /// <summary>Credit-risk class, A (lowest) to D.</summary>
        public string? RiskClass { get; init; }

        /// <summary>Relations to other grains, the enterprise first among them.</summary>
        public IReadOnlyList<Relation> Relations { get; init; } = [];

        /// <summary>Titles held or lost, in the order of granting.</summary>
        public IReadOnlyList<Title> Titles { get; init; } = [];

        /// <summary>Checks, in the order in which they were ordered.</summary>
        public IReadOnlyList<Check> Checks { get; init; } = [];

        /// <summary>Cases, in the order in which they were opened.</summary>
        public IReadOnlyList<Case> Cases { get; init; } = [];

        /// <summary>Ordered rectifications.</summary>
        public IReadOnlyList<Rectification> Rectifications { get; init; } = [];

        /// <summary>Declarations, in the order in which they were filed or became overdue; null without any.</summary>
        public IReadOnlyList<Declaration>? Declarations { get; init; }

        /// <summary>The declaration asked for next, under each policy of a title in force that asks for any; null without any.</summary>
        public IReadOnlyList<ExpectedDeclaration>? Expected { get; init; }

        /// <summary>Re-evaluations, in the order in which they were announced or triggered; null without any.</summary>
        public IReadOnlyList<ReEvaluation>? ReEvaluations { get; init; }

        /// <summary>Good practice, in the order of filing; null without any.</summary>
        public IReadOnlyList<GoodPractice>? GoodPractices { get; init; }

        /// <summary>Bans on re-application; only an enterprise has them.</summary>
        public IReadOnlyList<Ban> Bans { get; init; } = [];

        /// <summary>The enterprises in which it goes on, in the order in which they were recorded; null without any.</summary>
        public IReadOnlyList<EnterpriseSuccession>? Successors { get; init; }

        /// <summary>The enterprises that go on in it; null without any.</summary>
        public IReadOnlyList<EnterpriseSuccession>? Predecessors { get; init; }

        /// <summary>Entries of the list of energy-conservation inspection, in the order in which they were added; null without any.</summary>
        public IReadOnlyList<EnergyInspection>? EnergyInspections { get; init; }

        /// <summary>Vetoes on record; null without any.</summary>
        public IReadOnlyList<Veto>? Vetoes { get; init; }

        /// <summary>Incidents; null without any.</summary>
        public IReadOnlyList<Incident>? Incidents { get; init; }

        /// <summary>Changes, in the order in which they were noted or filed; null without any.</summary>
        public IReadOnlyList<Change>? Changes { get; init; }

        /// <summary>Adjustments that were proposed because a title was lost at another level; null without any.</summary>
        public IReadOnlyList<Adjustment>? Adjustments { get; init; }

        /// <summary>Enterprises that changes of its entities named as successors; null without any.</summary>
        public IReadOnlyList<ProposedSuccessor>? ProposedSuccessors { get; init; }

        /// <summary>Visits at the enterprise's door, in the order in which they were planned or recorded; null without any.</summary>
        public IReadOnlyList<Visit>? Visits { get; init; }

        /// <summary>What befell the titles of members and suppliers, in the order in which it was told; null without any.</summary>
        public IReadOnlyList<AffectedRelation>? Affected { get; init; }

        /// <summary>The entity of the same kind that it was merged into; it is empty since then, and commands are for that one.</summary>
        public GrainId? MergedInto { get; init; }

        /// <summary>Entities that were merged into it; null without any.</summary>
        public IReadOnlyList<GrainId>? Absorbed { get; init; }

        /// <summary>Why it is withheld from those who do not supervise; null: it is not.</summary>
        public Restriction? Restriction { get; init; }

        /// <summary>Documents that its events name, in their order; null without any.</summary>
        public IReadOnlyList<NamedDocument>? Documents { get; init; }

        /// <summary>The enterprise behind the subject; null for an enterprise itself.</summary>
        [JsonIgnore]
        public GrainId? Enterprise =>
            Relations.FirstOrDefault(relation => string.Equals(relation.Type, Relation.EnterpriseType, StringComparison.Ordinal))?.To;
    }

    /// <summary>A policy or calendar: which content was adopted.</summary>
    public sealed record AdoptedRules : GrainState
    {
        /// <summary>The version adopted last.</summary>
        public required int Version { get; init; }

        /// <summary>SHA-256 of its content, in lower-case hex.</summary>
        public required string Hash { get; init; }
    }
}

/// <summary>That an entity is withheld from all who do not supervise (涉密).</summary>
/// <param name="On">Since when.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who restricted it (pseudonym).</param>
public sealed record Restriction(DateOnly On, string Reason, string By)
{
    /// <summary>The article behind it.</summary>
    public const string Article = "政府信息公开条例 第十四条";
}

/// <summary>A relation of a subject to another grain.</summary>
/// <param name="Type">For example <c>enterprise</c>.</param>
/// <param name="To">The grain related to.</param>
public sealed record Relation(string Type, GrainId To)
{
    /// <summary>Most relations of one entity, so that the event that holds them stays below the size of a leaf.</summary>
    public const int CountMax = 500;

    /// <summary>The legal person behind a subject.</summary>
    public const string EnterpriseType = "enterprise";

    /// <summary>生产企业: who makes a product.</summary>
    public const string ProducerType = "producer";

    /// <summary>园区企业: who belongs to a park.</summary>
    public const string MemberType = "member";

    /// <summary>供应商: who supplies a supply chain.</summary>
    public const string SupplierType = "supplier";

    /// <summary>Every type.</summary>
    public static IReadOnlyList<string> Types { get; } = [EnterpriseType, ProducerType, MemberType, SupplierType];
}
