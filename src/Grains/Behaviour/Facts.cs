using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>
/// What a fact about an enterprise means for the titles of the entities behind which it stands. Both grains change in one
/// append; a fact opens a case on a title once, however often it is applied.
/// </summary>
internal static class Facts
{
    private const string NotStanding = "fact-withdrawn";

    public static Decision Apply(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.ApplyFact command, DecisionContext context)
    {
        var enterprise = Enterprises.Follow(draft, others, command.Fact.Entity);
        // Who stands behind an entity by now answers for it, and nobody else.
        if (enterprise.State is not GrainState.Subject || Enterprises.Of(draft, others) != enterprise)
            return Decision.Accepted;
        if (enterprise != draft)
            Deadlines.Apply(enterprise, context.Now, context.Rules);
        if (Find(enterprise, command.Fact) is not { } fact)
            return Decision.Accepted;
        Withdraw(draft, enterprise, fact, command.On, context);
        if (fact.Stands)
            Open(draft, enterprise, fact, command.On, context.Rules);
        return Decision.Accepted;
    }

    /// <summary>A case that was decided on an incident and would not follow from it any more; a dismissed one stands for itself, and so does a quashed removal.</summary>
    public static Rejection.DeterminationWasDecidedOn? DecidedOtherwise(
        Draft enterprise, Dictionary<GrainId, Draft> others, Incident before, Incident after, RuleBook rules)
    {
        var (known, corrected) = (Fact.Of(enterprise.Id, before), Fact.Of(enterprise.Id, after));
        foreach (var entity in (before.Applied ?? []).Select(applied => Enterprises.Follow(enterprise, others, applied.Entity)).Prepend(enterprise).Distinct())
        {
            if (entity.State is not GrainState.Subject subject)
                continue;
            var decided = subject.Cases.FirstOrDefault(found => known.Is(found.Fact) && Stands(subject, found) && !Follows(corrected, found, found.OpenedOn, rules));
            if (decided is not null)
                return new Rejection.DeterminationWasDecidedOn(entity.Id, decided.Id);
        }

        return null;
    }

    private static bool Stands(GrainState.Subject subject, Case decided) => decided.Decision?.Outcome switch
    {
        null or CaseOutcome.Dismiss => false,
        CaseOutcome.Remove => subject.Titles.FirstOrDefault(title => title.Ref == decided.Title) is not { } title
            || string.Equals(title.Removal?.Case, decided.Id, StringComparison.Ordinal),
        _ => true,
    };

    /// <summary>Whether a case on its ground follows from a fact.</summary>
    private static bool Follows(Fact fact, Case found, DateOnly on, RuleBook rules) =>
        fact.Stands && string.Equals(fact.GroundUnder(rules[found.Title.Policy], on)?.Ground, found.Ground, StringComparison.Ordinal);

    private static void Open(Draft draft, Draft enterprise, Fact fact, DateOnly on, RuleBook rules)
    {
        var opened = new List<string>();
        foreach (var title in draft.Subject.Titles.Where(title => title.Supervised && title.SupervisedFrom <= on))
        {
            if (fact.GroundUnder(rules[title.Ref.Policy], on) is not var (name, article))
                continue;
            // Once for each title, unless what was established was set right meanwhile; and a case on the same ground is open already.
            if (draft.Subject.Cases.Any(found => found.Title == title.Ref
                && ((fact.Is(found.Fact) && !string.Equals(found.WithdrawnFor, NotStanding, StringComparison.Ordinal)) || (found.IsOpen() && string.Equals(found.Ground, name, StringComparison.Ordinal)))))
            {
                continue;
            }

            var ground = rules[title.Ref.Policy].Cases.Grounds.First(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));
            var opening = new GrainEvent.CaseOpened(
                on, Hearing.NextId(draft), title.Ref, ground.Name, article ?? ground.Article, fact.Evidence, ground.Urgent, Check: null, Rectification: null,
                new FactRef(enterprise.Id, fact.Id), fact.FoundBy);
            if (ground.EnterpriseWide && enterprise != draft)
                opening = Join(enterprise, title, opening, fact);
            draft.Append(opening);
            opened.Add(opening.Case);
        }

        if (opened.Count > 0)
            enterprise.Append(new GrainEvent.FactApplied(on, fact.Id, draft.Id, opened));
    }

    /// <summary>The first of the titles brings about the case over all of them; what comes after its decision stands alone.</summary>
    private static GrainEvent.CaseOpened Join(Draft enterprise, Title title, GrainEvent.CaseOpened opening, Fact fact)
    {
        var joint = JointCases.Of(enterprise.Subject, title.Ref.Policy, opening.Ground, title.Authority, fact.Is);
        if (joint?.IsOpen() == false)
            return opening;
        if (joint is null)
            enterprise.Append(opening with { Case = JointCases.NextId(enterprise.Subject), Joint = title.Authority });
        return opening with { Joint = title.Authority };
    }

    /// <summary>Whether two references are to one fact of an enterprise, under whichever identity it was known.</summary>
    public static bool IsSame(Draft enterprise, FactRef? one, FactRef? other) =>
        one is not null && other is not null && (one == other || (Find(enterprise, one) is { } fact && fact.Is(other)));

    /// <summary>Withdraws what is undecided and follows from the fact no longer: it does not stand, or was set right and is another ground now.</summary>
    private static void Withdraw(Draft draft, Draft enterprise, Fact fact, DateOnly on, DecisionContext context)
    {
        var withdrawn = draft.Subject.Cases.Where(found => found.IsOpen() && fact.Is(found.Fact) && !Remains(found)).Select(found => found.Id).ToList();
        foreach (var id in withdrawn)
            draft.Append(new GrainEvent.CaseWithdrawn(context.Today, id, NotStanding));
        if (withdrawn.Count > 0)
            enterprise.Append(new GrainEvent.FactWithdrawn(context.Today, fact.Id, draft.Id, withdrawn));

        bool Remains(Case found) => fact.Stands && (!fact.Corrected || Follows(fact, found, on, context.Rules));
    }

    private static Fact? Find(Draft enterprise, FactRef fact)
    {
        var subject = enterprise.Subject;
        return subject.Incidents?.FirstOrDefault(incident => Names(incident.Id, incident.Origins)) is { } incident ? Fact.Of(enterprise.Id, incident)
            : subject.EnergyInspections?.FirstOrDefault(entry => Names(entry.Id, entry.Origins)) is { } entry ? Fact.Of(enterprise.Id, entry)
            : subject.Vetoes?.FirstOrDefault(veto => Names(veto.Id, veto.Origins)) is { } veto ? Fact.Of(enterprise.Id, veto)
            : null;

        bool Names(string id, IReadOnlyList<FactRef>? origins) =>
            (fact.Entity == enterprise.Id && string.Equals(fact.Id, id, StringComparison.Ordinal)) || (origins?.Contains(fact) ?? false);
    }

    /// <summary>A fact, whatever it is.</summary>
    private sealed record Fact(
        GrainId Enterprise, string Id, IReadOnlyList<FactRef>? Origins, bool Stands, string? Evidence, IReadOnlyList<string>? FoundBy,
        Func<Policy, DateOnly, (string Ground, string? Article)?> GroundUnder)
    {
        /// <summary>Whether it was set right, so that it may be another ground by now than it was.</summary>
        public bool Corrected { get; private init; }

        public bool Is(FactRef? fact) =>
            fact is not null && ((fact.Entity == Enterprise && string.Equals(fact.Id, Id, StringComparison.Ordinal)) || (Origins?.Contains(fact) ?? false));

        public static Fact Of(GrainId enterprise, Incident incident) => new(
            enterprise, incident.Id, incident.Origins, incident is { Status: IncidentStatus.Determined, Determination.Attributed: true },
            incident.Determination is { } determined ? $"{determined.Department} {determined.Document}" : null,
            incident.Determination is null ? null : Incidents.FoundBy(incident),
            (policy, _) => EnterpriseFacts.IncidentGround(incident, policy) is { } rule ? (rule.Ground, rule.Article) : null)
        {
            Corrected = incident.Determination?.Corrected == true,
        };

        public static Fact Of(GrainId enterprise, EnergyInspection entry) => new(
            enterprise, entry.Id, entry.Origins, entry.MissedOn is not null, Evidence: null, entry.FoundBy,
            (policy, _) => policy.EnergyInspection is { } rules ? (rules.MissedGround, null) : null);

        public static Fact Of(GrainId enterprise, Veto veto) => new(
            enterprise, veto.Id, veto.Origins, veto.Status != VetoStatus.Rejected, veto.Reference is null ? veto.Source : $"{veto.Source} {veto.Reference}", Vetoes.FoundBy(veto),
            (policy, on) => veto.CheckedUnder?.Contains(policy.Id) == true && Vetoes.YearlyRule(policy, veto.Kind) is { } rule && EnterpriseFacts.Counts(rule, veto, on)
                ? (rule.Ground!, rule.Article)
                : null);
    }
}
