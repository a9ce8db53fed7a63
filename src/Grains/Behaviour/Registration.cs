using Supervision.Grains.Kinds;

namespace Supervision.Grains.Behaviour;

/// <summary>Entering entities in the register, by hand and from published lists.</summary>
internal static class Registration
{
    /// <summary>What is cited as the source of a name that came with a list.</summary>
    private const string ImportSource = "import";

    /// <summary>The grains whose facts a registration needs: the enterprise, the one before it, and what new relations lead to.</summary>
    public static IEnumerable<GrainId?> Needs(GrainId id, GrainState.Subject? subject, GrainCommand.Register command) =>
        (command.Relations ?? []).Except(subject?.Relations ?? []).Take(Relation.CountMax).Select(relation => (GrainId?)relation.To)
            .Prepend(subject?.Enterprise).Prepend(EnterpriseFor(id, subject, command));

    /// <summary>The grains whose facts a row of a list needs.</summary>
    public static IEnumerable<GrainId?> Needs(GrainId id, GrainState.Subject? subject, GrainCommand.ImportListing command) => subject switch
    {
        { MergedInto: { } into } => [into],
        null => Needs(id, subject, command.Entity),
        _ => AddedRelations(id.Kind, subject, command).Take(Relation.CountMax).Select(relation => (GrainId?)relation.To).Prepend(EnterpriseFor(id, subject, command)).Append(Producers.Of(id, subject)),
    };

    public static Decision Register(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.Register command, DecisionContext context) =>
        Refuse(draft, others, command, context) ?? Enter(draft, others, command, context);

    /// <summary>A listed entity is registered and granted its title once; what an officer changed since then stays.</summary>
    public static Decision Import(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.ImportListing command, DecisionContext context)
    {
        // A list is the issuing authority's own publication, so whoever may import may enter what it grants.
        var importing = context with { Actor = context.Actor with { AnyAuthority = context.Actor.AnyAuthority || context.Actor.Role == Role.Admin } };
        var subject = draft.State as GrainState.Subject;
        if ((RefuseAliases(subject, command) ?? (subject is null ? Refuse(draft, others, command.Entity, importing) : RefuseAdded(draft.Id.Kind, subject, others, command, importing)))
            is { } refused)
        {
            return refused;
        }

        TitleRef? granted = null;
        if (command.Grant is { } grant)
        {
            var title = Granting.Resolve(draft.Id.Kind, grant, importing);
            if (title.Rejection is { } unknown)
                return unknown;
            // A list of the rules in force also names what was granted before them.
            var origin = importing.Rules.OriginOf(title.Ref!, grant.GrantedOn);
            if (subject is null || !subject.Titles.Any(held => held.Is(title.Ref!) || held.Is(origin)))
            {
                var enterprise = EnterpriseFor(draft.Id, subject, command) is { } id ? Enterprises.Follow(draft, others, id) : draft;
                if (Granting.Refuse(origin, subject, command.Entity.Region, enterprise, grant, importing, listed: true) is { } rejection)
                    return rejection;
                granted = origin;
            }
        }

        if (subject is null)
            Enter(draft, others, command.Entity, importing);
        else if (AddedRelations(draft.Id.Kind, subject, command) is { Count: > 0 } added)
            draft.Append(new GrainEvent.EntityCorrected(importing.Today, subject.Name, subject.Region, subject.Industry, subject.RiskClass, [.. subject.Relations, .. added]));
        foreach (var alias in command.Aliases ?? [])
        {
            if (!Naming.IsKnown(draft.Subject, alias))
                draft.Append(new GrainEvent.AliasRecorded(importing.Today, alias, ImportSource, From: null, Until: null));
        }

        if (granted is not null)
            Granting.Enter(draft, others, granted, command.Grant!, importing);
        return Decision.Accepted;
    }

    /// <summary>What an entity that is registered lacks of a row's relations. Where it can have only one, the one it has stays.</summary>
    private static List<Relation> AddedRelations(GrainKind kind, GrainState.Subject subject, GrainCommand.ImportListing command) =>
    [
        .. (command.Entity.Relations ?? []).Except(subject.Relations).Where(relation =>
            !EntityKind.Of(kind).Relations.Any(rule => rule.Single && string.Equals(rule.Type, relation.Type, StringComparison.Ordinal)
                && subject.Relations.Any(held => string.Equals(held.Type, rule.Type, StringComparison.Ordinal)))),
    ];

    private static Rejection? RefuseAdded(
        GrainKind kind, GrainState.Subject subject, Dictionary<GrainId, Draft> others, GrainCommand.ImportListing command, DecisionContext context)
    {
        var relations = AddedRelations(kind, subject, command);
        if (!context.Actor.Covers(subject.Region) && (relations.Count > 0 || (command.Aliases ?? []).Any(alias => !Naming.IsKnown(subject, alias))))
            return new Rejection.OutOfScope(subject.Region);
        return relations.Count == 0
            ? null
            : EntityKind.Of(kind).Refuse([.. subject.Relations.Where(relation => !IsEnterprise(relation)), .. relations]) ?? RefuseRelated(relations, subject, others);
    }

    private static Rejection.TooManyNames? RefuseAliases(GrainState.Subject? subject, GrainCommand.ImportListing command) =>
        (subject?.Names?.Count ?? 0) + (command.Aliases ?? []).Count(alias => subject is null || !Naming.IsKnown(subject, alias)) > OtherName.CountMax
            ? new Rejection.TooManyNames(OtherName.CountMax, "aliases")
            : null;

    /// <summary>
    /// A row of an entity that was merged changes nothing if what took it in has all that the row says, its title included. Nothing is granted or added unasked.
    /// </summary>
    public static Decision ImportMerged(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.ImportListing command, DecisionContext context)
    {
        var into = Enterprises.Follow(draft, others, draft.Id);
        var taking = into.Subject;
        if (command.Grant is { } grant)
        {
            var title = Granting.Resolve(draft.Id.Kind, grant, context);
            if (title.Rejection is { } unknown)
                return unknown;
            var origin = context.Rules.OriginOf(title.Ref!, grant.GrantedOn);
            if (!taking.Titles.Any(held => held.Is(title.Ref!) || held.Is(origin)))
                return new Rejection.Merged(draft.Id, into.Id);
        }

        // What related it to that one went with the merge.
        return (command.Aliases ?? []).All(alias => Naming.IsKnown(taking, alias)) && AddedRelations(draft.Id.Kind, taking, command).All(relation => relation.To == into.Id)
            ? Decision.Accepted
            : new Rejection.Merged(draft.Id, into.Id);
    }

    /// <summary>The enterprise behind an entity: the one named, the one recorded, or the one of the same name.</summary>
    private static GrainId? EnterpriseFor(GrainId id, GrainState.Subject? subject, GrainCommand.Register command)
    {
        if (id.Kind == GrainKind.Enterprise || !id.Kind.IsSubject)
            return null;
        if ((command.Enterprise ?? (command.EnterpriseName is { } named ? EntityName.EnterpriseOf(named) : subject?.Enterprise)) is { } known)
            return known;
        return EntityKind.Of(id.Kind).NamedAfterEnterprise ? EntityName.EnterpriseOf(command.Name) : null;
    }

    /// <summary>The enterprise behind a listed entity: a list does not move one that is registered to another enterprise.</summary>
    private static GrainId? EnterpriseFor(GrainId id, GrainState.Subject? subject, GrainCommand.ImportListing command) =>
        subject?.Enterprise ?? EnterpriseFor(id, subject, command.Entity);

    private static Rejection? Refuse(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.Register command, DecisionContext context)
    {
        var subject = draft.State as GrainState.Subject;
        if (!context.Actor.Covers(command.Region))
            return new Rejection.OutOfScope(command.Region);
        if (subject is not null && !context.Actor.Covers(subject.Region))
            return new Rejection.OutOfScope(subject.Region);
        if (subject is null && draft.Id.Kind == GrainKind.Enterprise && !CreditCode.IsValid(draft.Id.Key)
            && EntityName.EnterpriseOf(command.Name) is var ofName && ofName != draft.Id)
        {
            return new Rejection.KeyNotOfName(ofName.Key);
        }

        // The listed name is the list's: who does not publish it reports a renaming instead.
        if (subject is not null && !string.Equals(subject.Name, command.Name, StringComparison.Ordinal)
            && subject.Titles.FirstOrDefault(title => title.Supervised && !context.Actor.Issues(title.Authority)) is { } listed)
        {
            return new Rejection.NotIssuingAuthority(listed.Authority, context.Rules.ArticleOf(listed.Ref));
        }

        var kind = EntityKind.Of(draft.Id.Kind);
        if (command.Relations is { } relations && (kind.Refuse(relations) ?? RefuseRelated(relations, subject, others)) is { } wrongRelation)
            return wrongRelation;
        return draft.Id.Kind == GrainKind.Enterprise ? null : RefuseEnterprise(draft, subject, others, command, context);
    }

    private static Rejection.RelatedNotRegistered? RefuseRelated(
        IReadOnlyList<Relation> relations, GrainState.Subject? subject, Dictionary<GrainId, Draft> others) =>
        relations.Except(subject?.Relations ?? []).FirstOrDefault(relation => others[relation.To].State is null) is { } missing
            ? new Rejection.RelatedNotRegistered(missing.Type, missing.To)
            : null;

    private static Rejection? RefuseEnterprise(
        Draft draft, GrainState.Subject? subject, Dictionary<GrainId, Draft> others, GrainCommand.Register command, DecisionContext context)
    {
        if (EnterpriseFor(draft.Id, subject, command) is not { } named)
            return new Rejection.EnterpriseNeeded(draft.Id.Kind);
        var enterprise = Enterprises.Follow(draft, others, named);
        // An enterprise is entered with its first subject when its name is known and its key fits the name or is a credit code.
        if (enterprise.State is null && NameOf(draft.Id.Kind, command) is var name
            && (name is null || named != EntityName.EnterpriseOf(name)) && (command.EnterpriseName is null || !CreditCode.IsValid(named.Key)))
        {
            return new Rejection.EnterpriseNotRegistered(named);
        }

        return subject?.Enterprise is { } recorded && Enterprises.Follow(draft, others, recorded) is var before && before.Id != enterprise.Id
            && Enterprises.BanOn(before, context.Today) is { } ban
            ? new Rejection.EnterpriseBanned(ban.Article, before.Id, ban.Until)
            : null;
    }

    /// <summary>The name of the enterprise, as far as the registration tells it.</summary>
    private static string? NameOf(GrainKind kind, GrainCommand.Register command) =>
        command.EnterpriseName ?? (EntityKind.Of(kind).NamedAfterEnterprise ? command.Name : null);

    private static Decision Enter(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.Register command, DecisionContext context)
    {
        var subject = draft.State as GrainState.Subject;
        var relations = new List<Relation>(command.Relations ?? subject?.Relations.Where(relation => !IsEnterprise(relation)) ?? []);
        if (EnterpriseFor(draft.Id, subject, command) is { } named)
        {
            var enterprise = Enterprises.Follow(draft, others, named);
            if (enterprise.State is null)
                enterprise.Append(new GrainEvent.EntityRegistered(context.Today, NameOf(draft.Id.Kind, command)!, command.Region, null, null, []));
            if (EntityKind.Of(draft.Id.Kind).DefaultsToEnterprise is { } type)
            {
                // Nobody else was named, or only the enterprise before.
                relations.RemoveAll(relation => command.Relations is null && string.Equals(relation.Type, type, StringComparison.Ordinal) && relation.To == subject?.Enterprise);
                if (!relations.Any(relation => string.Equals(relation.Type, type, StringComparison.Ordinal)))
                    relations.Insert(0, new Relation(type, enterprise.Id));
            }

            relations.Insert(0, new Relation(Relation.EnterpriseType, enterprise.Id));
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

    private static bool IsEnterprise(Relation relation) => string.Equals(relation.Type, Relation.EnterpriseType, StringComparison.Ordinal);

    private static bool Same(GrainState.Subject subject, GrainCommand.Register command, List<Relation> relations) =>
        (subject.Name, subject.Region, subject.Industry, subject.RiskClass) == (command.Name, command.Region, command.Industry, command.RiskClass)
        && subject.Relations.SequenceEqual(relations);
}
