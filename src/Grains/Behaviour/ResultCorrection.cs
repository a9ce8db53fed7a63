using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Setting a mistyped result right, with everything that followed from it.</summary>
internal static class ResultCorrection
{
    public static Decision Correct(Draft draft, GrainCommand.CorrectResult command, DecisionContext context)
    {
        if (draft.Subject.Checks.FirstOrDefault(candidate => candidate.Result?.Version == command.Version) is not { Result: { } result } check)
            return new Rejection.NothingToCorrect(command.Version, "result");
        if (CheckResults.IsBy(result, context.Actor))
            return new Rejection.SecondPersonNeeded("A result is corrected by another person than entered, confirmed or last corrected it.");
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
        if (opened is { Decision: not null } && Stands(opened, title, result) && !sameGround)
            return new Rejection.ResultWasDecidedOn(opened.Id);

        // A result that still waits for confirmation has had no consequences, and one from before the title was granted
        // anew has none any more.
        var counts = check.Status == CheckStatus.Confirmed && result.Version > title.GrantVersion;
        if (counts && !title.Held && outcome != result.Outcome)
            return Titles.NotInForce(title, context.Rules);

        var earned = title.Exemption is { } held && Has(held.EarnedBy, check.Id);
        var before = earned ? title.Exemption!.EarnedBy : title.Counted;
        var counted = counts ? Recount(title, before, check, outcome, on, policy) : before;
        draft.Append(new GrainEvent.ResultCorrected(context.Today, check.Id, outcome, on, command.Version, command.Reason, counted, Publishing.WithdrawBy(check.Publication, policy, context)));
        if (!counts || !title.Held)
            return Decision.Accepted;

        if (title.Exemption is { } exemption
            && (earned ? Exemptions.IsEarned(counted, policy) ? null : Exemptions.NeverEarned : Exemptions.EndedBy(exemption, check.Id, on, outcome, policy)) is { } reason)
            draft.Append(new GrainEvent.ExemptionEnded(context.Today, title.Ref, reason));
        Exemptions.Restore(draft, title.Ref, policy, command.Reason);
        Exemptions.Earn(draft, title.Ref, policy, context.Today);
        if (opened is not null && opened.IsOpen() && !sameGround)
            draft.Append(new GrainEvent.CaseWithdrawn(context.Today, opened.Id, command.Reason));
        if (ground is not null && !sameGround)
            Hearing.OpenFor(draft, title.Ref, ground, context.Today, check: check.Id);
        // What an exemption given back has outlived since then is over at once.
        Deadlines.Apply(draft, context.Now, context.Rules);
        return Decision.Accepted;
    }

    /// <summary>Whether what was decided still holds: a removal may have been quashed.</summary>
    private static bool Stands(Case decided, Title title, CheckResult result) => decided.Decision!.Outcome switch
    {
        CaseOutcome.Dismiss => false,
        CaseOutcome.Remove => string.Equals(title.Removal?.Case, decided.Id, StringComparison.Ordinal) || result.Version < title.GrantVersion,
        _ => true,
    };

    private static IReadOnlyList<CountedCheck> Recount(
        Title title, IReadOnlyList<CountedCheck> before, Check check, CheckOutcome outcome, DateOnly on, Policy policy)
    {
        var wasCounted = Has(before, check.Id);
        var others = before.Where(entry => !string.Equals(entry.Check, check.Id, StringComparison.Ordinal)).ToList();
        return CheckResults.Counts(check.Basis, outcome, policy, exempt: title.Exemption is not null && !wasCounted) switch
        {
            null => others,
            // A clean check that an exemption has used up does not count again because its date was mistyped.
            true when !wasCounted && (outcome == check.Result!.Outcome || on <= title.UsedUpTo) => others,
            var clean => Evolution.Count(others, new CountedCheck(check.Id, on, clean.Value)),
        };
    }

    private static bool Has(IReadOnlyList<CountedCheck> counted, string check) =>
        counted.Any(entry => string.Equals(entry.Check, check, StringComparison.Ordinal));
}
