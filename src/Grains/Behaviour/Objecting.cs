namespace Supervision.Grains.Behaviour;

/// <summary>A confirmed result is served, and the holder may object to it.</summary>
internal static class Objecting
{
    public static Decision Serve(Draft draft, Check check, GrainCommand.ServeResult command, DecisionContext context)
    {
        if (check is not { Status: CheckStatus.Confirmed, Result.ConfirmedOn: { } confirmedOn })
            return new Rejection.ResultNotConfirmed(check.Id);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if (command.On < confirmedOn)
            return new Rejection.DateTooEarly("on", command.On, confirmedOn, "the day on which the result was confirmed");
        if (check.ResultNotice is { } served)
            return new Rejection.ResultAlreadyServed(check.Id, served.ServedOn);
        var period = context.Rules[check.Title.Policy].Checks.Inspection?.Objection;
        draft.Append(new GrainEvent.ResultServed(
            command.On, check.Id, command.Method, Serving.DocumentOf(draft, check.Title, command.Number, context),
            period is null ? null : context.Rules.EndOf(period, command.On)));
        return Decision.Accepted;
    }

    /// <summary>Whoever was not served yet may object all the same: the time has not begun.</summary>
    public static Decision Object(Draft draft, Check check, GrainCommand.ObjectToResult command, DecisionContext context)
    {
        var policy = context.Rules[check.Title.Policy];
        if (check.Status != CheckStatus.Confirmed)
            return new Rejection.ResultNotConfirmed(check.Id);
        if (policy.Checks.Inspection is not { } rules)
            return new Rejection.ObjectionNotProvided(policy.Id);
        if (check.Objection is not null)
            return new Rejection.ObjectionAlreadyRaised(check.Id);
        if (check.ObjectBy is { } until && context.Today > context.Rules.Moved(draft.Subject.Region, until))
            return new Rejection.ObjectionTooLate(rules.Objection.Article, until);
        draft.Append(new GrainEvent.ObjectionRaised(context.Today, check.Id, command.Text));
        return Decision.Accepted;
    }

    public static Decision Decide(Draft draft, Check check, GrainCommand.DecideObjection command, DecisionContext context)
    {
        if (check.Objection is not { Upheld: null } || check.Result is not { } result)
            return new Rejection.ObjectionNotRaised(check.Id);
        if (CheckResults.IsBy(result, context.Actor) || result.Inspectors.Contains(context.Actor.Person, StringComparer.Ordinal))
            return new Rejection.SecondPersonNeeded("An objection is decided by another person than made the check, entered its result, confirmed or corrected it.");
        draft.Append(new GrainEvent.ObjectionDecided(context.Today, check.Id, command.Upheld, command.Reason));
        return Decision.Accepted;
    }
}
