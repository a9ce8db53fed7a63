namespace Supervision.Grains.Behaviour;

/// <summary>Setting a mistyped result right, with everything that followed from it.</summary>
internal static class ResultCorrection
{
    public static Decision Correct(Draft draft, GrainCommand.CorrectResult command, DecisionContext context)
    {
        if (draft.Subject.Checks.FirstOrDefault(candidate => candidate.Result?.Version == command.Version) is not { Result: { } result } check)
            return new Rejection.NothingToCorrect(command.Version, "result");
        if (context.Actor.Id is var person && (string.Equals(result.RecordedBy, person, StringComparison.Ordinal) || string.Equals(result.ConfirmedBy, person, StringComparison.Ordinal)))
            return new Rejection.SecondPersonNeeded("A result is corrected by another person than entered or confirmed it.");
        var (outcome, on) = (command.Outcome ?? result.Outcome, command.On ?? result.On);
        if (Checking.RefuseDate("result.on", on, check, context) is { } wrongDate)
            return wrongDate;
        if ((outcome, on) == (result.Outcome, result.On))
            return new Rejection.CorrectionChangesNothing();

        var policy = context.Rules[check.Title.Policy];
        var title = draft.Subject.Of(check.Title);
        var ground = CheckResults.GroundOf(outcome, policy);
        var opened = draft.Subject.Cases.LastOrDefault(opened => string.Equals(opened.Check, check.Id, StringComparison.Ordinal) && opened.Status != CaseStatus.Withdrawn);
        var sameGround = string.Equals(opened?.Ground, ground?.Name, StringComparison.Ordinal);
        if (opened is { Decision.Outcome: not CaseOutcome.Dismiss } && !sameGround)
            return new Rejection.ResultWasDecidedOn(opened.Id);

        var earned = title.Exemption is { } exemption && exemption.EarnedBy.Any(counted => string.Equals(counted.Check, check.Id, StringComparison.Ordinal));
        var before = earned ? title.Exemption!.EarnedBy : title.Counted;
        // A result that still waits for confirmation has had no consequences.
        var confirmed = check.Status == CheckStatus.Confirmed;
        IReadOnlyList<CountedCheck> counted = confirmed
            ? Recount(before, check.Id, on, CheckResults.Counts(check.Basis, outcome, policy, exempt: title.Exemption is not null && !earned))
            : before;
        draft.Append(new GrainEvent.ResultCorrected(context.Today, check.Id, outcome, on, command.Version, command.Reason, counted));
        if (!confirmed || !title.InForce)
            return Decision.Accepted;

        if (earned && counted.Reverse().TakeWhile(entry => entry.Clean).Count() < policy.Checks.Exemption!.CleanChecks.Value)
            draft.Append(new GrainEvent.ExemptionEnded(context.Today, title.Ref, "correction"));
        else if (outcome == CheckOutcome.Failed && title.Exemption is not null)
            draft.Append(new GrainEvent.ExemptionEnded(context.Today, title.Ref, "check"));
        CheckResults.Earn(draft, title.Ref, policy, context.Today);
        if (opened is not null && opened.IsOpen() && !sameGround)
            draft.Append(new GrainEvent.CaseWithdrawn(context.Today, opened.Id, command.Reason));
        if (ground is not null && !sameGround)
            Hearing.OpenFor(draft, title.Ref, ground, context.Today, check: check.Id);
        return Decision.Accepted;
    }

    private static List<CountedCheck> Recount(IReadOnlyList<CountedCheck> before, string check, DateOnly on, bool? counts)
    {
        var counted = before.Where(entry => !string.Equals(entry.Check, check, StringComparison.Ordinal)).ToList();
        return counts is { } clean ? Evolution.Count(counted, new CountedCheck(check, on, clean)) : counted;
    }
}
