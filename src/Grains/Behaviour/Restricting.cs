namespace Supervision.Grains.Behaviour;

/// <summary>Withholding entities from all who do not supervise, for example those that work for defence.</summary>
internal static class Restricting
{
    public static Decision Restrict(Draft draft, GrainCommand.Restrict command, DecisionContext context)
    {
        if (draft.Subject.Restriction is { } restriction)
            return new Rejection.AlreadyRestricted(restriction.On);
        draft.Append(new GrainEvent.EntityRestricted(context.Today, command.Reason, draft.Subject.Absorbed));
        return Decision.Accepted;
    }

    public static Decision Release(Draft draft, GrainCommand.Release command, DecisionContext context)
    {
        if (draft.Subject.Restriction is not { } restriction)
            return new Rejection.NotRestricted(draft.Id);
        // What was shown once stays known.
        if (string.Equals(restriction.By, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("A restriction is ended by another person than made it.");
        draft.Append(new GrainEvent.EntityReleased(context.Today, command.Reason));
        return Decision.Accepted;
    }
}
