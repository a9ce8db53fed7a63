namespace Supervision.Grains.Behaviour;

/// <summary>
/// Two entities of the register that turn out to be one, for example an enterprise known by its name and the same one
/// known by its credit code. Somebody decides it; both grains change in one append.
/// </summary>
internal static class Merging
{
    // Each takes about 150 bytes, and an event no more than a leaf.
    private const int NamedTogetherMax = 200;

    public static Decision Merge(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.Merge command, DecisionContext context)
    {
        if (Refuse(draft, others, command, context) is { } rejection)
            return rejection;
        var target = others[command.Into];
        var given = draft.Subject;
        if (target.State is null)
            target.Append(new GrainEvent.EntityRegistered(context.Today, given.Name, given.Region, given.Industry, given.RiskClass, []));
        Deadlines.Apply(target, context.Now, context.Rules);
        draft.Append(new GrainEvent.EntityMerged(context.Today, target.Id, command.Source));
        if (given.Restriction is not null)
            draft.Append(new GrainEvent.EntityReleased(context.Today, "merged"));
        // What bears out the merge is kept where both are one.
        foreach (var part in PartsOf(draft.Id, given with { Documents = NullIfEmpty([.. given.Documents ?? [], .. draft.Subject.Documents ?? []]) }, target, command.Source, context))
            target.Append(part);
        // Either was withheld, so both are: under every identity.
        if ((target.Subject.Restriction ?? given.Restriction) is { } restriction)
            target.Append(new GrainEvent.EntityRestricted(context.Today, restriction.Reason, target.Subject.Absorbed));
        return Decision.Accepted;
    }

    private static Rejection? Refuse(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.Merge command, DecisionContext context)
    {
        if (command.Into == draft.Id)
            return new Rejection.MergeIntoItself(draft.Id);
        if (command.Into.Kind != draft.Id.Kind)
            return new Rejection.MergeAcrossKinds(draft.Id.Kind, command.Into);
        if (CreditCode.IsValid(draft.Id.Key) && draft.Id.Kind == GrainKind.Enterprise)
            return new Rejection.CreditCodeStays(draft.Id);
        var given = draft.Subject;
        if (given.Titles.FirstOrDefault(title => title.DerivedFrom is null && !context.Actor.Issues(title.Authority)) is { } title)
            return new Rejection.NotIssuingAuthority(title.Authority, context.Rules.ArticleOf(title.Ref));
        switch (others[command.Into].State)
        {
            // A credit code speaks for itself; anything else has to be in the register.
            case null:
                return command.Into.Kind == GrainKind.Enterprise && CreditCode.IsValid(command.Into.Key) ? null : new Rejection.NotRegistered(command.Into);
            case GrainState.Subject { MergedInto: { } into }:
                return new Rejection.Merged(command.Into, into);
            case GrainState.Subject taking:
                if (!context.Actor.Covers(taking.Region))
                    return new Rejection.OutOfScope(taking.Region);
                if (given.Titles.Count > 0 && taking.Titles.Count > 0)
                    return new Rejection.BothHoldTitles(draft.Id, command.Into);
                var relations = taking.Relations.Count + AddedRelations(given, taking).Length;
                return relations > Relation.CountMax ? new Rejection.TooManyRelations(relations, Relation.CountMax) : null;
            default:
                return new Rejection.NotASubject(command.Into);
        }
    }

    /// <summary>What is taken over. Titles and checks come in the order in which they were recorded, which corrections rely on.</summary>
    private static IEnumerable<GrainEvent> PartsOf(GrainId from, GrainState.Subject given, Draft target, string source, DecisionContext context)
    {
        var part = new GrainEvent.EntityAbsorbed(
            context.Today, from, source, Absorbed: null, Names: null, Relations: null, Bans: null, Title: null, Check: null, Case: null, Rectification: null);
        var taking = target.Subject;
        var bans = given.Bans.Select((ban, place) => (Old: ban.Id, New: ban with
        {
            Id = $"ban-{taking.Bans.Count + place + 1}",
            Cause = ban.Cause == from ? target.Id : ban.Cause,
        })).ToList();
        yield return part with
        {
            Absorbed = given.Absorbed,
            Names = NullIfEmpty(AddedNames(given, taking, source, context.Actor.Id)),
            Relations = NullIfEmpty(AddedRelations(given, taking)),
            Successors = given.Successors,
            Predecessors = given.Predecessors,
            Bans = NullIfEmpty(bans.Select(ban => ban.New).ToArray()),
        };
        var recorded = given.Titles
            .Select(title => (title.GrantVersion, Part: part with { Title = title with { Removal = Renumber(title.Removal) } }))
            .Concat(given.Checks.Select(check => (check.Result?.Version ?? long.MaxValue, Part: part with { Check = check })));
        foreach (var (_, taken) in recorded.OrderBy(entry => entry.Item1))
            yield return taken;
        var joint = taking.Cases.Count(found => found.Joint is not null);
        foreach (var found in given.Cases)
            yield return part with { Case = found.Joint is not null && from.Kind == GrainKind.Enterprise ? found with { Id = $"joint-case-{++joint}" } : found };
        foreach (var rectification in given.Rectifications)
            yield return part with { Rectification = rectification };
        foreach (var named in (given.Documents ?? []).Chunk(NamedTogetherMax))
            yield return part with { Named = named };
        foreach (var fact in FactsOf(from, given, target, part))
            yield return fact;
        foreach (var declaration in given.Declarations ?? [])
            yield return part with { Declaration = declaration };
        foreach (var evaluated in given.ReEvaluations ?? [])
            yield return part with { ReEvaluation = evaluated };
        foreach (var practice in given.GoodPractices ?? [])
            yield return part with { GoodPractice = practice };
        foreach (var change in given.Changes ?? [])
            yield return part with { Change = change };
        foreach (var proposed in given.Adjustments ?? [])
            yield return part with { Adjustment = proposed };
        foreach (var (place, proposed) in (given.ProposedSuccessors ?? []).Index())
            yield return part with { ProposedSuccessor = proposed with { Id = $"proposal-{(taking.ProposedSuccessors?.Count ?? 0) + place + 1}" } };
        foreach (var told in given.Affected ?? [])
            yield return new GrainEvent.RelationAffected(told.On, told.Relation, told.Entity, told.Title, told.Status);
        foreach (var expected in given.Expected ?? [])
            yield return new GrainEvent.DeclarationExpected(context.Today, expected.Policy, expected.Round, expected.Year, expected.Opens, expected.Due);

        Removal? Renumber(Removal? removal) => removal?.Banned == from && removal.Ban is { } old
            ? removal with { Banned = target.Id, Ban = bans.First(ban => string.Equals(ban.Old, old, StringComparison.Ordinal)).New.Id }
            : removal;
    }

    /// <summary>Facts get numbers of the enterprise that takes them over, and remember under which they were known.</summary>
    private static IEnumerable<GrainEvent> FactsOf(GrainId from, GrainState.Subject given, Draft target, GrainEvent.EntityAbsorbed part)
    {
        var taking = target.Subject;
        var (entries, vetoes, incidents) = (taking.EnergyInspections?.Count ?? 0, taking.Vetoes?.Count ?? 0, taking.Incidents?.Count ?? 0);
        var renamed = (given.EnergyInspections ?? []).Select((entry, place) => (Old: entry.Id, New: $"energy-inspection-{entries + place + 1}")).ToDictionary(pair => pair.Old, pair => pair.New);
        foreach (var entry in given.EnergyInspections ?? [])
        {
            yield return part with
            {
                EnergyInspection = entry with
                {
                    Id = renamed[entry.Id],
                    Follows = entry.Follows is { } follows ? renamed[follows] : null,
                    Cause = entry.Cause == from ? target.Id : entry.Cause,
                    Origins = OriginsOf(entry.Origins, entry.Id),
                },
            };
        }

        foreach (var (place, veto) in (given.Vetoes ?? []).Index())
            yield return part with { Veto = veto with { Id = $"veto-{vetoes + place + 1}", Origins = OriginsOf(veto.Origins, veto.Id) } };
        foreach (var (place, visit) in (given.Visits ?? []).Index())
        {
            yield return part with
            {
                Visit = visit with { Id = $"visit-{(taking.Visits?.Count ?? 0) + place + 1}", Origins = [.. visit.Origins ?? [], new VisitRef(from, visit.Id)] },
            };
        }

        foreach (var (place, incident) in (given.Incidents ?? []).Index())
            yield return part with { Incident = incident with { Id = $"incident-{incidents + place + 1}", Origins = OriginsOf(incident.Origins, incident.Id) } };

        IReadOnlyList<FactRef> OriginsOf(IReadOnlyList<FactRef>? before, string id) => [.. before ?? [], new FactRef(from, id)];
    }

    private static OtherName[] AddedNames(GrainState.Subject given, GrainState.Subject taking, string source, string by) =>
    [
        .. (given.Names ?? []).Prepend(new OtherName(given.Name, NameStatus.Alias, given.NamedSince, Until: null, source, by))
            .Where(name => !Naming.IsKnown(taking, name.Name)),
    ];

    private static Relation[] AddedRelations(GrainState.Subject given, GrainState.Subject taking) =>
        [.. given.Relations.Where(relation => !string.Equals(relation.Type, Relation.EnterpriseType, StringComparison.Ordinal)).Except(taking.Relations)];

    private static T[]? NullIfEmpty<T>(T[] items) => items.Length == 0 ? null : items;
}
