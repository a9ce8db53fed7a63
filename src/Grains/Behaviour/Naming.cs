namespace Supervision.Grains.Behaviour;

/// <summary>Names beside the listed one. None is ever forgotten: people look for what they have on paper.</summary>
internal static class Naming
{
    public static Decision Rename(Draft draft, GrainCommand.Rename command, DecisionContext context)
    {
        command = command with { Name = command.Name.Trim() };
        if (Refuse(draft, command, context) is { } refused)
            return refused;
        if (string.Equals(draft.Subject.Name, command.Name, StringComparison.Ordinal))
            return new Rejection.CorrectionChangesNothing();
        if (!IsDone(draft.Subject, command, context))
            draft.Append(new GrainEvent.EntityRenamed(command.On, command.Name, IsListed(draft.Subject, context)));
        return Decision.Accepted;
    }

    /// <summary>Why an entity cannot be renamed.</summary>
    public static Rejection? Refuse(Draft draft, GrainCommand.Rename command, DecisionContext context) =>
        command.On > context.Today ? new Rejection.DateInFuture("on", command.On, context.Today)
        : draft.Subject.NamedSince is { } since && command.On < since ? new Rejection.DateTooEarly("on", command.On, since, "the first day of the listed name")
        : draft.Subject.Names is { Count: >= OtherName.CountMax } && !IsDone(draft.Subject, command, context) ? new Rejection.TooManyNames(OtherName.CountMax)
        : null;

    public static Decision Record(Draft draft, GrainCommand.RecordAlias command, DecisionContext context)
    {
        if (command.From > context.Today)
            return new Rejection.DateInFuture("from", command.From.Value, context.Today);
        if (command is { From: { } from, Until: { } until } && until < from)
            return new Rejection.DateTooEarly("until", until, from, "the first day of the name");
        if (IsKnown(draft.Subject, command.Name))
            return Decision.Accepted;
        if (draft.Subject.Names is { Count: >= OtherName.CountMax })
            return new Rejection.TooManyNames(OtherName.CountMax);
        draft.Append(new GrainEvent.AliasRecorded(context.Today, command.Name, command.Source, command.From, command.Until));
        return Decision.Accepted;
    }

    /// <summary>The name on the list is the official one until whoever publishes the list says otherwise; a holder only reports.</summary>
    private static bool IsListed(GrainState.Subject subject, DecisionContext context) =>
        !context.Actor.IsParty() && subject.Titles.Where(title => title.Supervised).All(title => context.Actor.Issues(title.Authority));

    private static bool IsDone(GrainState.Subject subject, GrainCommand.Rename command, DecisionContext context) =>
        string.Equals(subject.Name, command.Name, StringComparison.Ordinal)
        || (!IsListed(subject, context)
            && (subject.Names ?? []).Any(other => other.Status == NameStatus.Reported && string.Equals(other.Name, command.Name, StringComparison.Ordinal)));

    /// <summary>Whether an entity is found under a name already, in whichever spelling.</summary>
    public static bool IsKnown(GrainState.Subject subject, string name)
    {
        var normalised = EntityName.Normalise(name);
        return (subject.Names ?? []).Select(other => other.Name).Prepend(subject.Name)
            .Any(known => string.Equals(EntityName.Normalise(known), normalised, StringComparison.Ordinal));
    }
}
