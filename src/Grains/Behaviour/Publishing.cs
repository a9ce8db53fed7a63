using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Publishing results and removals, and withdrawing from publication what turned out not to hold.</summary>
internal static class Publishing
{
    /// <summary>The last day for publishing what stands from today; null where the policy sets none, or nothing of the entity is published.</summary>
    public static DateOnly? PublishBy(Draft draft, Policy policy, DecisionContext context) =>
        draft.Subject.Restriction is null && policy.Notices is { } rules ? context.Rules.EndOf(rules.ResultPublished, context.Today) : null;

    /// <summary>The last day for withdrawing what does not hold from today on; null where it is not public.</summary>
    public static DateOnly? WithdrawBy(Publication? publication, Policy policy, DecisionContext context) =>
        publication is { On: not null, WithdrawnOn: null, WithdrawBy: null } && policy.Notices is { } rules ? context.Rules.EndOf(rules.QuashedWithdrawn, context.Today) : null;

    public static Decision Publish(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.Publish command, DecisionContext context)
    {
        var (check, decided) = Find(draft, command.Of);
        if ((check?.Publication ?? decided?.Publication) is not { } publication)
            return new Rejection.NothingToPublish(command.Of);
        if (draft.Subject.Restriction is not null)
            return new Rejection.RestrictedNotPublished(draft.Id);
        if (Enterprises.Of(draft, others) is { Subject.Restriction: not null } enterprise)
            return new Rejection.RestrictedNotPublished(enterprise.Id);
        if (publication.WithdrawnOn is { } withdrawnOn)
            return new Rejection.PublicationClosed(command.Of, withdrawnOn);
        if (publication.On is { } publishedOn)
            return new Rejection.AlreadyPublished(command.Of, publishedOn);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if ((check?.Result?.ConfirmedOn ?? decided?.Decision?.On) is { } since && command.On < since)
            return new Rejection.DateTooEarly("on", command.On, since, "the day from which it stands");
        draft.Append(new GrainEvent.ResultPublished(command.On, check?.Id, decided?.Id, command.Place));
        return Decision.Accepted;
    }

    public static Decision Withdraw(Draft draft, GrainCommand.WithdrawPublication command, DecisionContext context)
    {
        var (check, decided) = Find(draft, command.Of);
        if ((check?.Publication ?? decided?.Publication) is not { } publication)
            return new Rejection.NothingToPublish(command.Of);
        if (publication.WithdrawnOn is { } withdrawnOn)
            return new Rejection.PublicationClosed(command.Of, withdrawnOn);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if ((publication.On ?? check?.Result?.ConfirmedOn ?? decided?.Decision?.On) is { } since && command.On < since)
            return new Rejection.DateTooEarly("on", command.On, since, publication.On is null ? "the day from which it stands" : "the day on which it was published");
        // A result that was set right stands, so it is published again; a quashed decision is not.
        var again = check is not null && publication.WithdrawBy is not null ? PublishBy(draft, context.Rules[check.Title.Policy], context) : null;
        draft.Append(new GrainEvent.PublicationWithdrawn(command.On, check?.Id, decided?.Id, publication.Version, command.Reason, again));
        return Decision.Accepted;
    }

    public static bool IsPending(Publication? publication) => publication is { Overdue: false } && publication.NextBy() is not null;

    private static (Check? Check, Case? Case) Find(Draft draft, string of) => (Checking.Find(draft, of), Hearing.Find(draft, of));
}
