namespace Supervision.Grains.Behaviour;

/// <summary>Names beside the listed one. None is ever forgotten: people look for what they have on paper.</summary>
internal static class Naming
{
    public static Decision Rename(Draft draft, GrainCommand.Rename command, DecisionContext context)
    {
        var subject = draft.Subject;
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if (subject.NamedSince is { } since && command.On < since)
            return new Rejection.DateTooEarly("on", command.On, since, "the first day of the listed name");
        if (string.Equals(subject.Name, command.Name, StringComparison.Ordinal))
            return Decision.Accepted;
        var names = subject.Names ?? [];
        // The name on the list is the official one until whoever publishes the list says otherwise; a holder only reports.
        var listed = !context.Actor.IsParty() && subject.Titles.Where(title => title.InForce).All(title => context.Actor.Issues(title.Authority));
        if (!listed && names.Any(other => other.Status == NameStatus.Reported && string.Equals(other.Name, command.Name, StringComparison.Ordinal)))
            return Decision.Accepted;
        if (names.Count >= OtherName.CountMax)
            return new Rejection.TooManyNames(OtherName.CountMax);
        draft.Append(new GrainEvent.EntityRenamed(command.On, command.Name, listed));
        return Decision.Accepted;
    }

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

    /// <summary>Whether an entity is found under a name already, in whichever spelling.</summary>
    public static bool IsKnown(GrainState.Subject subject, string name)
    {
        var normalised = EntityName.Normalise(name);
        return (subject.Names ?? []).Select(other => other.Name).Prepend(subject.Name)
            .Any(known => string.Equals(EntityName.Normalise(known), normalised, StringComparison.Ordinal));
    }
}
