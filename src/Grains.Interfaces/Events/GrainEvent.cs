using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>
/// What happened to a grain. Events hold computed facts, so that replaying them needs no rules. The name of each event
/// is part of the public contract (docs/events.md).
/// </summary>
/// <param name="EffectiveOn">The civil date on which it took effect, which may lie before the day of recording.</param>
public abstract partial record GrainEvent([property: JsonIgnore] DateOnly EffectiveOn)
{
    /// <summary>The stored name, <c>noun.past-participle</c>.</summary>
    [JsonIgnore]
    public abstract string Type { get; }

    /// <summary>Documents that bear out what happened, by their SHA-256; null without any.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<string>? Documents { get; init; }

    /// <summary>The entity was entered in the register.</summary>
    public sealed record EntityRegistered(
        DateOnly EffectiveOn, string Name, string? Region, string? Industry, string? RiskClass, IReadOnlyList<Relation> Relations) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "entity.registered";
    }

    /// <summary>What is registered of the entity was set right; the members are the values from now on.</summary>
    public sealed record EntityCorrected(
        DateOnly EffectiveOn, string Name, string? Region, string? Industry, string? RiskClass, IReadOnlyList<Relation> Relations) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "entity.corrected";
    }

    /// <summary>The entity has another name since the effective date; <c>listed</c>: it is the listed name now, otherwise it is reported.</summary>
    public sealed record EntityRenamed(DateOnly EffectiveOn, string Name, bool Listed) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "entity.renamed";
    }

    /// <summary>A name under which the entity is known elsewhere was recorded.</summary>
    public sealed record AliasRecorded(DateOnly EffectiveOn, string Name, string Source, DateOnly? From, DateOnly? Until) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "alias.recorded";
    }

    /// <summary>The entity was merged into another of its kind, which has what belonged to it from now on.</summary>
    public sealed record EntityMerged(DateOnly EffectiveOn, GrainId Into, string Source) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "entity.merged";
    }

    /// <summary>
    /// Another entity was merged into this one. The members are a part of what it takes over; a merge writes as many of
    /// these events as it takes to keep each of them small.
    /// </summary>
    public sealed record EntityAbsorbed(
        DateOnly EffectiveOn, GrainId From, string Source, IReadOnlyList<GrainId>? Absorbed, IReadOnlyList<OtherName>? Names, IReadOnlyList<Relation>? Relations,
        IReadOnlyList<Ban>? Bans, Title? Title, Check? Check, Case? Case, Rectification? Rectification, IReadOnlyList<NamedDocument>? Named = null,
        EnergyInspection? EnergyInspection = null, Veto? Veto = null, Incident? Incident = null, Declaration? Declaration = null,
        ReEvaluation? ReEvaluation = null, GoodPractice? GoodPractice = null, Change? Change = null, IReadOnlyList<EnterpriseSuccession>? Successors = null,
        IReadOnlyList<EnterpriseSuccession>? Predecessors = null, Visit? Visit = null, Adjustment? Adjustment = null, ProposedSuccessor? ProposedSuccessor = null)
        : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "entity.absorbed";
    }

    /// <summary>
    /// The entity is withheld from all who do not supervise; <c>absorbed</c>: so are the identities under which it was known before.
    /// </summary>
    public sealed record EntityRestricted(DateOnly EffectiveOn, string Reason, IReadOnlyList<GrainId>? Absorbed) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "entity.restricted";
    }

    /// <summary>The entity is shown to everyone again; reason <c>merged</c>: the one that it was merged into is restricted in its place.</summary>
    public sealed record EntityReleased(DateOnly EffectiveOn, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "entity.released";
    }

    /// <summary>A title was granted.</summary>
    public sealed record TitleGranted(
        DateOnly EffectiveOn, TitleRef Title, string Authority, string? Certificate, DateOnly GrantedOn, string? Evaluator, string? Batch, DateOnly SupervisedFrom)
        : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "title.granted";
    }

    /// <summary>A grant was set right; the members are the values from now on.</summary>
    public sealed record TitleCorrected(
        DateOnly EffectiveOn, TitleRef Title, DateOnly GrantedOn, string? Certificate, string? Evaluator, long Corrects, string Reason, string? Batch = null)
        : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "title.corrected";
    }

    /// <summary>A title was removed by decision.</summary>
    public sealed record TitleRemoved(
        DateOnly EffectiveOn, TitleRef Title, string Case, string Ground, string Article, string? Number, DateOnly? BanUntil, string? Ban,
        GrainId? Banned) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "title.removed";
    }

    /// <summary>A removal was quashed: the title is in force as if it had never been removed.</summary>
    public sealed record TitleReinstated(
        DateOnly EffectiveOn, TitleRef Title, string Case, string Reason, string? Number, TitleStatus Status, Exemption? Exemption,
        DateOnly? WithdrawBy = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "title.reinstated";
    }

    /// <summary>A title is supervised under another policy since the effective date; what belongs to it went along.</summary>
    public sealed record TitleTransferred(DateOnly EffectiveOn, TitleRef Title, TitleRef To) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "title.transferred";
    }

    /// <summary>A check was ordered.</summary>
    public sealed record CheckOrdered(
        DateOnly EffectiveOn, string Check, TitleRef Title, CheckBasis Basis, string? Reason, string? Draw, DateOnly DueBy,
        IReadOnlyList<string> Inspectors, IReadOnlyList<string> Items, CheckStatus Status, string? Declaration = null, VisitRef? Visit = null,
        string? ApprovedBy = null, EmergencyOrder? Emergency = null, bool? Remote = null, string? OnSite = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "check.ordered";
    }

    /// <summary>A planned check was approved by a second person.</summary>
    public sealed record CheckApproved(DateOnly EffectiveOn, string Check) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "check.approved";
    }

    /// <summary>The holder was told of the check.</summary>
    public sealed record CheckNotified(DateOnly EffectiveOn, string Check, string Method, ServedDocument? Notice = null, CheckNotice? Told = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "check.notified";
    }

    /// <summary>An inspector entered a result that waits for confirmation.</summary>
    public sealed record ResultRecorded(
        DateOnly EffectiveOn, string Check, CheckOutcome Outcome, IReadOnlyList<string> Inspectors, IReadOnlyList<Finding> Findings,
        IReadOnlyList<VerifiedIndicator>? Verified = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "result.recorded";
    }

    /// <summary>The result of a check stands. The stored name tells the outcome.</summary>
    public sealed record CheckConcluded(
        DateOnly EffectiveOn, string Check, CheckOutcome Outcome, IReadOnlyList<string> Inspectors, IReadOnlyList<Finding> Findings,
        DateOnly ConfirmedOn, bool? Counts, DateOnly? PublishBy = null, IReadOnlyList<VerifiedIndicator>? Verified = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => TypeOf(Outcome);

        /// <summary>The stored name for an outcome.</summary>
        public static string TypeOf(CheckOutcome outcome) => outcome switch
        {
            CheckOutcome.Clean => "check.passed",
            CheckOutcome.Minor => "check.remedied",
            CheckOutcome.Failed => "check.failed",
            CheckOutcome.Refused => "check.refused",
            _ => "check.missed",
        };
    }

    /// <summary>A check was called off.</summary>
    public sealed record CheckCancelled(DateOnly EffectiveOn, string Check, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "check.cancelled";
    }

    /// <summary>The last day of a check passed without a result: the authority's delay.</summary>
    public sealed record CheckOverdue(DateOnly EffectiveOn, string Check) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "check.overdue";
    }

    /// <summary>A confirmed result was set right; the members are the values from now on.</summary>
    public sealed record ResultCorrected(
        DateOnly EffectiveOn, string Check, CheckOutcome Outcome, DateOnly On, long Corrects, string Reason,
        IReadOnlyList<CountedCheck> Counted, DateOnly? WithdrawBy = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "result.corrected";
    }

    /// <summary>The title is exempt from random checks.</summary>
    public sealed record ExemptionGranted(DateOnly EffectiveOn, TitleRef Title, DateOnly Until, string Article) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "exemption.granted";
    }

    /// <summary>The exemption is over; <c>reason</c> is <c>expired</c>, <c>check</c>, <c>removal</c> or <c>correction</c>, when a result set right or entered late shows that it was never earned.</summary>
    public sealed record ExemptionEnded(DateOnly EffectiveOn, TitleRef Title, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "exemption.ended";
    }

    /// <summary>A failed check that ended an exemption had not failed: the exemption runs as if it had never ended.</summary>
    public sealed record ExemptionRestored(
        DateOnly EffectiveOn, TitleRef Title, Exemption Exemption, IReadOnlyList<CountedCheck> Counted, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "exemption.restored";
    }

    /// <summary>A case was opened.</summary>
    public sealed record CaseOpened(
        DateOnly EffectiveOn, string Case, TitleRef Title, string Ground, string Article, string? Evidence, bool Urgent, string? Check, string? Rectification,
        FactRef? Fact = null, IReadOnlyList<string>? FoundBy = null, string? Declaration = null, string? ReEvaluation = null, string? Joint = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "case.opened";
    }

    /// <summary>The notice of a case was served.</summary>
    public sealed record CaseServed(DateOnly EffectiveOn, string Case, string Method, DateOnly WindowEnds, ServedDocument? Notice = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "case.served";
    }

    /// <summary>The holder's statement came in.</summary>
    public sealed record StatementReceived(DateOnly EffectiveOn, string Case, PrivateText Text) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "statement.received";
    }

    /// <summary>The window for the statement passed; the decision is due.</summary>
    public sealed record WindowEnded(DateOnly EffectiveOn, string Case) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "window.ended";
    }

    /// <summary>A case was decided.</summary>
    public sealed record CaseDecided(
        DateOnly EffectiveOn, string Case, CaseOutcome Outcome, string Reason, string? Number, DateOnly? ServeBy = null, DateOnly? PublishBy = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "case.decided";
    }

    /// <summary>The finding behind an undecided case was corrected away, or its title was lost and granted anew.</summary>
    public sealed record CaseWithdrawn(DateOnly EffectiveOn, string Case, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "case.withdrawn";
    }

    /// <summary>Rectification was ordered; <c>dueBy</c> null: its time runs from service of the decision.</summary>
    public sealed record RectificationOrdered(DateOnly EffectiveOn, string Rectification, TitleRef Title, string Case, DateOnly? DueBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "rectification.ordered";
    }

    /// <summary>Rectification was done in time.</summary>
    public sealed record RectificationCompleted(DateOnly EffectiveOn, string Rectification, string Evidence) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "rectification.completed";
    }

    /// <summary>Rectification was not done in time.</summary>
    public sealed record RectificationOverdue(DateOnly EffectiveOn, string Rectification) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "rectification.overdue";
    }

    /// <summary>A rectification came to nothing, since the title that it belonged to was lost and granted anew.</summary>
    public sealed record RectificationCancelled(DateOnly EffectiveOn, string Rectification, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "rectification.cancelled";
    }

    /// <summary>The enterprise may not apply again for a time.</summary>
    public sealed record BanImposed(
        DateOnly EffectiveOn, string Ban, string Policy, string Article, GrainId Cause, string Case, DateOnly Until, GrainId? Of = null, DateOnly? OpenedOn = null)
        : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "ban.imposed";
    }

    /// <summary>The decision behind a ban was quashed.</summary>
    public sealed record BanLifted(DateOnly EffectiveOn, string Ban, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "ban.lifted";
    }

    /// <summary>The last day of a ban passed.</summary>
    public sealed record BanEnded(DateOnly EffectiveOn, string Ban) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "ban.ended";
    }

    /// <summary>A version of a policy or calendar was adopted.</summary>
    public sealed record RulesAdopted(DateOnly EffectiveOn, int Version, string Hash) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "rules.adopted";
    }
}
