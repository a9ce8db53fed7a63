using System.Diagnostics;
using Supervision.Grains.Behaviour;

namespace Supervision.Grains.Inspectors;

/// <summary>The register of inspectors: who may inspect, where, until when, and whom not.</summary>
internal static class InspectorCommands
{
    /// <summary>Most conflicts of one inspector, those that ended among them, so that its state stays small.</summary>
    public const int ConflictsMax = 500;

    /// <summary>Whether a command is for inspectors.</summary>
    public static bool Concerns(GrainCommand command) => command is GrainCommand.RegisterInspector or GrainCommand.ChangeInspector or GrainCommand.RetireInspector
        or GrainCommand.RecordConflict or GrainCommand.EndConflict or GrainCommand.FollowMerge;

    /// <summary>The enterprises of which a command needs the other identities.</summary>
    public static IEnumerable<GrainId> Needs(GrainCommand command) => command switch
    {
        GrainCommand.RegisterInspector register => register.Conflicts,
        GrainCommand.ChangeInspector { Conflicts: { } conflicts } => conflicts,
        GrainCommand.RecordConflict record => [record.Enterprise],
        _ => [],
    };

    public static Decision Decide(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand command, DecisionContext context) =>
        (draft.State, command) switch
        {
            _ when draft.Id.Kind != GrainKind.Inspector => new Rejection.NotAnInspector(draft.Id),
            _ when !Concerns(command) => new Rejection.NotASubject(draft.Id),
            (_, GrainCommand.RegisterInspector register) => Register(draft, others, register, context),
            (GrainState.Inspector inspector, GrainCommand.ChangeInspector change) => Change(draft, inspector, others, change, context),
            (GrainState.Inspector inspector, GrainCommand.RetireInspector retire) => Retire(draft, inspector, retire, context),
            (GrainState.Inspector inspector, GrainCommand.RecordConflict record) => Record(draft, inspector, others, record, context),
            (GrainState.Inspector inspector, GrainCommand.EndConflict end) => End(draft, inspector, end, context),
            (GrainState.Inspector inspector, GrainCommand.FollowMerge follow) => Follow(draft, inspector, follow, context),
            (null, _) => new Rejection.InspectorNotRegistered(draft.Id),
            _ => throw new UnreachableException($"{command.GetType().Name} was not decided for {draft.Id}."),
        };

    private static Decision Register(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.RegisterInspector command, DecisionContext context)
    {
        if (RefuseScope(command.Regions, context) is { } outOfScope)
            return outOfScope;
        if (draft.State is GrainState.Inspector { Retirement: null } inspector)
        {
            // The same once more changes nothing.
            return Same(inspector, command.Name, command.Regions, command.CertificateValidUntil, command.Fields) && command.Conflicts.All(enterprise => Stands(inspector, enterprise) is not null)
                ? Decision.Accepted
                : new Rejection.InspectorAlreadyRegistered(draft.Id);
        }

        if (draft.State is GrainState.Inspector retired && RefuseScope(retired.Regions, context) is { } before)
            return before;
        var alike = context.Inspectors.Keys.FirstOrDefault(other =>
            string.Equals(other, draft.Id.Key, StringComparison.OrdinalIgnoreCase) && !string.Equals(other, draft.Id.Key, StringComparison.Ordinal));
        if (alike is not null)
            return new Rejection.InspectorLooksAlike(draft.Id, alike);
        if (RefuseCount(draft, command.Conflicts) is { } tooMany)
            return tooMany;
        draft.Append(new GrainEvent.InspectorRegistered(context.Today, command.Name, command.Regions, command.CertificateValidUntil, command.Fields));
        Add(draft, others, command.Conflicts, context);
        return Decision.Creating("");
    }

    private static Decision Change(
        Draft draft, GrainState.Inspector inspector, Dictionary<GrainId, Draft> others, GrainCommand.ChangeInspector command, DecisionContext context)
    {
        if ((RefuseScope(inspector.Regions, context) ?? RefuseScope(command.Regions, context)) is { } outOfScope)
            return outOfScope;
        if (inspector.Retirement is { } retirement)
            return new Rejection.InspectorHasRetired(draft.Id, retirement.On);
        if (RefuseCount(draft, command.Conflicts ?? []) is { } tooMany)
            return tooMany;
        if (!Same(inspector, command.Name, command.Regions, command.CertificateValidUntil, command.Fields))
            draft.Append(new GrainEvent.InspectorChanged(context.Today, command.Name, command.Regions, command.CertificateValidUntil, command.Fields));
        Add(draft, others, command.Conflicts ?? [], context);
        return Decision.Accepted;
    }

    private static Decision Retire(Draft draft, GrainState.Inspector inspector, GrainCommand.RetireInspector command, DecisionContext context)
    {
        if (RefuseScope(inspector.Regions, context) is { } outOfScope)
            return outOfScope;
        if (inspector.Retirement is { } retirement)
            return new Rejection.InspectorHasRetired(draft.Id, retirement.On);
        draft.Append(new GrainEvent.InspectorRetired(context.Today, command.Reason));
        return Decision.Accepted;
    }

    private static Decision Record(
        Draft draft, GrainState.Inspector inspector, Dictionary<GrainId, Draft> others, GrainCommand.RecordConflict command, DecisionContext context)
    {
        // Whoever answers for the enterprise may keep an inspector of others away from it.
        var of = Identity(draft, others, command.Enterprise);
        if (RefuseScope(inspector.Regions, context) is { } outOfScope && !(of.State is GrainState.Subject { Region: { } region } && context.Actor.Covers(region)))
            return outOfScope;
        if (Stands(inspector, command.Enterprise) is { } standing)
            return new Rejection.ConflictAlreadyRecorded(standing.Id, command.Enterprise);
        if (RefuseCount(draft, [command.Enterprise]) is { } tooMany)
            return tooMany;
        var id = Append(draft, others, command.Enterprise, command.Reason, context);
        return Decision.Creating($"conflicts/{id}");
    }

    private static Decision End(Draft draft, GrainState.Inspector inspector, GrainCommand.EndConflict command, DecisionContext context)
    {
        if (RefuseScope(inspector.Regions, context) is { } outOfScope)
            return outOfScope;
        if (inspector.Conflicts.FirstOrDefault(found => string.Equals(found.Id, command.Conflict, StringComparison.Ordinal)) is not { } conflict)
            return new Rejection.ConflictNotFound(command.Conflict);
        if (conflict.EndedOn is { } endedOn)
            return new Rejection.ConflictEnded(conflict.Id, endedOn);
        if (string.Equals(conflict.By, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("A conflict is ended by another person than recorded it.");
        draft.Append(new GrainEvent.InspectorConflictEnded(context.Today, conflict.Id, command.Reason));
        return Decision.Accepted;
    }

    private static Decision Follow(Draft draft, GrainState.Inspector inspector, GrainCommand.FollowMerge command, DecisionContext context)
    {
        foreach (var conflict in inspector.OpenConflicts.Where(conflict => conflict.IsWith(command.Merged) && !conflict.IsWith(command.Into)))
            draft.Append(new GrainEvent.InspectorConflictFollowed(context.Today, conflict.Id, command.Into));
        return Decision.Accepted;
    }

    private static void Add(Draft draft, Dictionary<GrainId, Draft> others, IReadOnlyList<GrainId> enterprises, DecisionContext context)
    {
        foreach (var enterprise in enterprises)
        {
            if (Stands((GrainState.Inspector)draft.State!, enterprise) is null)
                Append(draft, others, enterprise, reason: null, context);
        }
    }

    /// <summary>Records a conflict with the enterprise that stays, under every identity that it has had.</summary>
    private static string Append(Draft draft, Dictionary<GrainId, Draft> others, GrainId named, string? reason, DecisionContext context)
    {
        var id = $"conflict-{((GrainState.Inspector)draft.State!).Conflicts.Count + 1}";
        var enterprise = Identity(draft, others, named);
        var identities = (enterprise.State is GrainState.Subject { Absorbed: { } absorbed } ? absorbed : []).Append(named).Where(other => other != enterprise.Id).Distinct().ToList();
        draft.Append(new GrainEvent.InspectorConflictRecorded(
            context.Today, id, enterprise.Id, identities.Count == 0 ? null : identities, reason, InspectorConflict.Article));
        return id;
    }

    private static Draft Identity(Draft draft, Dictionary<GrainId, Draft> others, GrainId enterprise) => Enterprises.Follow(draft, others, enterprise);

    private static InspectorConflict? Stands(GrainState.Inspector inspector, GrainId enterprise) =>
        inspector.OpenConflicts.FirstOrDefault(conflict => conflict.IsWith(enterprise));

    private static bool Same(GrainState.Inspector inspector, PrivateText name, IReadOnlyList<string> regions, DateOnly validUntil, IReadOnlyList<string> fields) =>
        string.Equals(inspector.Name.Sha256, name.Sha256, StringComparison.Ordinal) && inspector.CertificateValidUntil == validUntil
        && inspector.Regions.SequenceEqual(regions) && inspector.Fields.SequenceEqual(fields);

    private static Rejection.TooManyConflicts? RefuseCount(Draft draft, IReadOnlyList<GrainId> added)
    {
        var count = ((draft.State as GrainState.Inspector)?.Conflicts.Count ?? 0) + added.Count;
        return count > ConflictsMax ? new Rejection.TooManyConflicts(count, ConflictsMax) : null;
    }

    /// <summary>An inspector is registered by who answers for all of its regions; one without regions by the national authority.</summary>
    private static Rejection.InspectorOutOfScope? RefuseScope(IReadOnlyList<string> regions, DecisionContext context)
    {
        if (regions.Count == 0)
            return context.Actor.Covers(null) ? null : new Rejection.InspectorOutOfScope(null);
        return regions.FirstOrDefault(region => !context.Actor.Covers(region)) is { } outside ? new Rejection.InspectorOutOfScope(outside) : null;
    }
}
