using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Serving documents: what identifies them, and what runs from their service.</summary>
internal static class Serving
{
    /// <summary>A document about a title, in the name of the authority that serves it.</summary>
    public static ServedDocument DocumentOf(Draft draft, TitleRef title, string? number, DecisionContext context) =>
        new(number, AuthorityOf(context.Actor, draft.Subject.Of(title).Authority));

    /// <summary>A document of a case, in the name of the authority that serves it.</summary>
    public static ServedDocument DocumentOf(Draft draft, Case found, string? number, DecisionContext context) =>
        new(number, AuthorityOf(context.Actor, found.Joint ?? draft.Subject.Of(found.Title).Authority));

    /// <summary>A document about an enterprise, in the name of the authority that serves it.</summary>
    public static ServedDocument DocumentOf(string? number, DecisionContext context) => new(number, AuthorityOf(context.Actor, "national"));

    /// <summary>Serves the decision of a case.</summary>
    public static Decision ServeDecision(Draft draft, GrainCommand.ServeDecision command, DecisionContext context)
    {
        if (Hearing.Find(draft, command.Case) is not { } found)
            return new Rejection.CaseNotFound(command.Case);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if (found.Decision is not { } decision)
            return new Rejection.CaseNotDecided(found.Id);
        if (command.On < decision.On)
            return new Rejection.DateTooEarly("on", command.On, decision.On, "the day of the decision");
        if (found.DecisionNotice is { } served)
            return new Rejection.DecisionAlreadyServed(found.Id, served.ServedOn);

        var policy = context.Rules[found.Title.Policy];
        OpenRemedy[] remedies = decision.Outcome == CaseOutcome.Dismiss
            ? []
            : [.. (policy.Notices?.Remedies ?? []).Select(remedy => new OpenRemedy(remedy.Name, context.Rules.EndOf(remedy, command.On), remedy.Article))];
        var awaiting = draft.Subject.Rectifications.FirstOrDefault(ordered =>
            ordered is { Status: RectificationStatus.Ordered, DueBy: null } && string.Equals(ordered.Case, found.Id, StringComparison.Ordinal));
        draft.Append(new GrainEvent.DecisionServed(
            command.On, found.Id, command.Method,
            DocumentOf(draft, found, command.Number ?? decision.Number, context) with { Remedies = remedies.Length == 0 ? null : remedies },
            awaiting?.Id, awaiting is null ? null : context.Rules.EndOf(policy.Rectification!, command.On)));
        // What is recorded late may be over already.
        Deadlines.Apply(draft, context.Now, context.Rules);
        return Decision.Accepted;
    }

    /// <summary>The last day for serving a decision that burdens the holder; null where the policy sets none.</summary>
    public static DateOnly? ServeBy(Policy policy, CaseOutcome outcome, DecisionContext context) =>
        outcome != CaseOutcome.Dismiss && policy.Notices is { } rules ? context.Rules.EndOf(rules.DecisionServed, context.Today) : null;

    /// <summary>When a rectification ordered today is due: where its order has to be served, only its service tells.</summary>
    public static DateOnly? RectifyBy(Policy policy, DecisionContext context) =>
        policy.Notices is null ? context.Rules.EndOf(policy.Rectification!, context.Today) : null;

    public static bool IsUnserved(Case decided) => decided is { ServeBy: not null, ServiceOverdue: false, DecisionNotice: null };

    /// <summary>The authority in whose name somebody serves; who acts for any serves for the one given.</summary>
    private static string AuthorityOf(Actor actor, string other) =>
        actor.AnyAuthority ? other
        : actor.Authority.Level == Level.National ? "national"
        : $"{KebabCase<Level>.Word(actor.Authority.Level)}/{actor.Authority.Regions[0]}";
}
