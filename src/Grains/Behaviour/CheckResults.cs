using Supervision.Grains.Inspectors;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>What a check found and what follows from it.</summary>
internal static class CheckResults
{
    public static Decision Record(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.RecordResult command, DecisionContext context)
    {
        if (Checking.Find(draft, command.Check) is not { } check)
            return new Rejection.CheckNotFound(command.Check);
        var inspector = context.Actor.Role == Role.Inspector;
        if (inspector && !(check.Inspectors.Count > 0 ? check.Inspectors : command.Inspectors).Contains(context.Actor.Person, StringComparer.Ordinal))
            return new Rejection.NotYourCheck(check.Id);
        if (Checking.RefuseDate("on", command.On, check, context) is { } wrongDate)
            return wrongDate;
        if (NamedInspectors.Refuse(draft, command.Inspectors, context.Rules[check.Title.Policy], command.On, context) is { } unfit)
            return unfit;
        switch (check.Status)
        {
            case CheckStatus.Planned when check.Emergency is null:
                return new Rejection.CheckNotApproved(check.Id);
            case CheckStatus.Recorded or CheckStatus.Confirmed:
                return new Rejection.ResultAlreadyRecorded(check.Id);
            case CheckStatus.Cancelled:
                return new Rejection.CheckClosed(check.Id, check.Status);
        }

        if ((Assigning.RefuseRecused(check, command.Inspectors)
            ?? Assigning.RefuseOthers(check, command.Inspectors)
            ?? Inspecting.RefuseSteps(draft, others, check, command.Outcome, context)) is { } missing)
            return missing;
        var (verified, wrong) = DeclaredIndicators.Verify(draft, check, command.Verified);
        if (wrong is not null)
            return wrong;
        if (inspector)
            draft.Append(new GrainEvent.ResultRecorded(command.On, check.Id, command.Outcome, command.Inspectors, command.Findings, verified));
        else
            Conclude(draft, check, command.Outcome, command.On, command.Inspectors, command.Findings, verified, context);
        Visiting.Make(draft, others, check, command, context);
        return Decision.Accepted;
    }

    /// <summary>Whether a result is what a person made of it: entered, confirmed or last corrected.</summary>
    public static bool IsBy(CheckResult result, Actor actor) =>
        string.Equals(result.RecordedBy, actor.Id, StringComparison.Ordinal) || string.Equals(result.ConfirmedBy, actor.Id, StringComparison.Ordinal)
        || string.Equals(result.CorrectedBy, actor.Id, StringComparison.Ordinal);

    public static Decision Confirm(Draft draft, GrainCommand.ConfirmResult command, DecisionContext context)
    {
        if (Checking.Find(draft, command.Check) is not { } check)
            return new Rejection.CheckNotFound(command.Check);
        if (check is not { Status: CheckStatus.Recorded, Result: { } result })
            return new Rejection.ResultNotRecorded(check.Id);
        if (string.Equals(result.RecordedBy, context.Actor.Id, StringComparison.Ordinal) || result.Inspectors.Contains(context.Actor.Person, StringComparer.Ordinal))
            return new Rejection.SecondPersonNeeded("A result is confirmed by another person than made the check or entered it.");
        Conclude(draft, check, result.Outcome, result.On, result.Inspectors, result.Findings, result.Verified, context);
        return Decision.Accepted;
    }

    /// <summary>The result stands: it counts, may earn or end the exemption, and may open a case.</summary>
    private static void Conclude(
        Draft draft, Check check, CheckOutcome outcome, DateOnly on, IReadOnlyList<string> inspectors, IReadOnlyList<Finding> findings,
        IReadOnlyList<VerifiedIndicator>? verified, DecisionContext context)
    {
        var policy = context.Rules[check.Title.Policy];
        var title = draft.Subject.Of(check.Title);
        var counts = title.InForce ? Counts(check.Basis, outcome, policy, exempt: title.Exemption is not null) : null;
        draft.Append(new GrainEvent.CheckConcluded(
            on, check.Id, outcome, inspectors, findings, ConfirmedOn: context.Today, counts, Publishing.PublishBy(draft, policy, context), verified));
        if (title.InForce)
        {
            Exemptions.Earn(draft, check.Title, policy, context.Today);
            if (title.Exemption is { } exemption && Exemptions.EndedBy(exemption, check.Id, on, outcome, policy) is { } reason)
                draft.Append(new GrainEvent.ExemptionEnded(context.Today, check.Title, reason));
        }

        // A suspended title comes back, so what was found meanwhile is a finding all the same.
        if (title.Held && GroundOf(outcome, policy) is { } ground)
            Hearing.OpenFor(draft, title.Ref, ground, context.Today, check: check.Id);
    }

    /// <summary>Whether an outcome counts as clean (true), sets the count back (false), or neither (null).</summary>
    public static bool? Counts(CheckBasis basis, CheckOutcome outcome, Policy policy, bool exempt) =>
        policy.Checks.Resets.Contains(outcome) ? false
        : outcome == CheckOutcome.Clean && basis == CheckBasis.Random && !exempt ? true
        : null;

    /// <summary>The ground of the case that an outcome opens by itself.</summary>
    public static Ground? GroundOf(CheckOutcome outcome, Policy policy) =>
        policy.Checks.Opens.FirstOrDefault(opening => opening.Outcome == outcome) is { } opening
            ? policy.Cases.Grounds.First(ground => string.Equals(ground.Name, opening.Ground, StringComparison.Ordinal))
            : null;
}
