namespace Supervision.Grains.Behaviour;

/// <summary>Entering entities in the register, by hand and from published lists.</summary>
internal static class Registration
{
    /// <summary>The enterprise behind an entity: the one named, the one recorded, or the one of the same name.</summary>
    public static GrainId? EnterpriseFor(GrainId id, GrainState.Subject? subject, GrainCommand.Register command) =>
        id.Kind == GrainKind.Enterprise ? null : command.Enterprise ?? subject?.Enterprise ?? EntityName.EnterpriseOf(command.Name);

    /// <summary>The enterprise behind a listed entity: a list does not move one that is registered to another enterprise.</summary>
    public static GrainId? EnterpriseFor(GrainId id, GrainState.Subject? subject, GrainCommand.ImportListing command) =>
        subject?.Enterprise ?? EnterpriseFor(id, subject, command.Entity);

    public static Decision Register(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.Register command, DecisionContext context) =>
        Refuse(draft, command, context) ?? Enter(draft, others, command, context);

    /// <summary>A listed entity is registered and granted its title once; what an officer changed since then stays.</summary>
    public static Decision Import(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.ImportListing command, DecisionContext context)
    {
        // A list is the issuing authority's own publication, so whoever may import may enter what it grants.
        var importing = context with { Actor = context.Actor with { AnyAuthority = context.Actor.AnyAuthority || context.Actor.Role == Role.Admin } };
        if (draft.State is null && Refuse(draft, command.Entity, importing) is { } refused)
            return refused;
        var title = Granting.Resolve(draft.Id.Kind, command.Grant, importing);
        if (title.Rejection is { } unknown)
            return unknown;
        if (draft.State is GrainState.Subject held && held.Titles.Any(candidate => candidate.Ref == title.Ref))
            return Decision.Accepted;
        if (Granting.Refuse(title.Ref!, draft.State as GrainState.Subject, command.Entity.Region, EnterpriseOf(draft, others, command), command.Grant, importing, listed: true) is { } rejection)
            return rejection;
        if (draft.State is null && Enter(draft, others, command.Entity, importing) is { Rejection: { } notEntered })
            return notEntered;
        Granting.Enter(draft, title.Ref!, command.Grant, importing);
        return Decision.Accepted;
    }

    private static Draft? EnterpriseOf(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.ImportListing command) =>
        EnterpriseFor(draft.Id, draft.State as GrainState.Subject, command) is { } id ? others[id] : draft;

    private static Rejection? Refuse(Draft draft, GrainCommand.Register command, DecisionContext context)
    {
        if (!context.Actor.Covers(command.Region))
            return new Rejection.OutOfScope(command.Region);
        if (draft.State is GrainState.Subject subject)
            return context.Actor.Covers(subject.Region) ? null : new Rejection.OutOfScope(subject.Region);
        if (draft.Id.Kind == GrainKind.Enterprise && draft.Id.Key.StartsWith("u-", StringComparison.Ordinal)
            && EntityName.EnterpriseOf(command.Name) is var named && named != draft.Id)
        {
            return new Rejection.KeyNotOfName(named.Key);
        }

        return null;
    }

    private static Decision Enter(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.Register command, DecisionContext context)
    {
        var subject = draft.State as GrainState.Subject;
        List<Relation> relations = [.. subject?.Relations ?? []];
        if (EnterpriseFor(draft.Id, subject, command) is { } enterprise)
        {
            if (others[enterprise].State is null)
            {
                // An enterprise named by its key must be there; one that follows from the name comes with its first subject.
                if (enterprise != EntityName.EnterpriseOf(command.Name))
                    return new Rejection.EnterpriseNotRegistered(enterprise);
                others[enterprise].Append(new GrainEvent.EntityRegistered(context.Today, command.Name, command.Region, null, null, []));
            }

            relations.RemoveAll(relation => string.Equals(relation.Type, Relation.EnterpriseType, StringComparison.Ordinal));
            relations.Insert(0, new Relation(Relation.EnterpriseType, enterprise));
        }

        if (subject is null)
        {
            draft.Append(new GrainEvent.EntityRegistered(context.Today, command.Name, command.Region, command.Industry, command.RiskClass, relations));
            return Decision.Creating("");
        }

        if (!Same(subject, command, relations))
            draft.Append(new GrainEvent.EntityCorrected(context.Today, command.Name, command.Region, command.Industry, command.RiskClass, relations));
        return Decision.Accepted;
    }

    private static bool Same(GrainState.Subject subject, GrainCommand.Register command, List<Relation> relations) =>
        (subject.Name, subject.Region, subject.Industry, subject.RiskClass) == (command.Name, command.Region, command.Industry, command.RiskClass)
        && subject.Relations.SequenceEqual(relations);
}
