using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>
/// A deadline that would pass within a downtime gets another last day instead, as a fact in the state. It is looked for when what is due is applied,
/// so that nothing has to be sent round when a downtime is confirmed, and what falls due later moves as well.
/// </summary>
internal static class DeadlineMoving
{
    /// <summary>Moves the deadlines of a last day that has passed, where it fell into a downtime.</summary>
    /// <returns>Whether there were any.</returns>
    public static bool Apply(Draft draft, DateOnly lastDay, RuleBook rules)
    {
        if (rules.DowntimeOf(draft.Subject.Region, lastDay) is not { } downtime)
            return false;
        var moved = ComingDeadlines.Of(draft.Subject, rules).Where(deadline => deadline.DueOn == lastDay && IsMoved(deadline))
            .Select(deadline => new MovedDeadline(deadline.Kind, deadline.Id)).ToList();
        if (moved.Count > 0)
            draft.AppendDue(new GrainEvent.DeadlinesMoved(lastDay, downtime.Id, downtime.MovedTo, moved));
        return moved.Count > 0;
    }

    /// <summary>The deadline as it will be when its last day has passed.</summary>
    public static Deadline Foreseen(Deadline deadline, string? region, RuleBook rules) =>
        rules.Downtimes.Count > 0 && IsMoved(deadline) ? deadline with { DueOn = rules.Moved(region, deadline.DueOn) } : deadline;

    /// <summary>The state with deadlines moved.</summary>
    public static GrainState.Subject Evolve(GrainState.Subject subject, GrainEvent.DeadlinesMoved e) =>
        e.Moved.Aggregate(subject, (state, moved) => Move(state, moved.Kind, moved.Id, e.EffectiveOn, e.MovedTo));

    /// <summary>Whether downtimes move a deadline: an authority or a holder has to act by it, and it is not the end of what a certificate says.</summary>
    private static bool IsMoved(Deadline deadline) =>
        deadline.Owner is DeadlineOwner.Authority or DeadlineOwner.Holder && deadline.Kind != DeadlineKind.CertificateValidity;

    private static GrainState.Subject Move(GrainState.Subject subject, DeadlineKind kind, string id, DateOnly from, DateOnly to) => kind switch
    {
        DeadlineKind.Check => subject.WithCheck(id, check => check with { DueBy = to }),
        DeadlineKind.Approval => subject.WithCheck(id, check => check with { Emergency = check.Emergency! with { ApproveBy = to } }),
        DeadlineKind.StatementWindow => subject.WithCase(id, found => found with { WindowEnds = to }),
        DeadlineKind.Service => subject.WithCase(id, found => found with { ServeBy = to }),
        DeadlineKind.Rectification => subject.WithRectification(id, found => found with { DueBy = to }),
        DeadlineKind.EnergyInspection => EnergyEvolution.Change(
            subject, id, entry => entry with { DueBy = to, RectifyBy = entry.Status == EnergyStatus.Rectifying ? to : entry.RectifyBy }),
        DeadlineKind.Declaration => subject with
        {
            Expected = [.. (subject.Expected ?? []).Select(expected => $"{expected.Policy}/{expected.Round}/{expected.Year}" == id ? expected with { Due = to } : expected)],
        },
        DeadlineKind.DeclarationRefiling => subject.WithDeclaration(id, found => found with { RefileBy = to }),
        DeadlineKind.DeclarationDemand => subject.WithDeclaration(id, found => found with { Demand = found.Demand! with { DueBy = to } }),
        DeadlineKind.ReEvaluationAnnouncement => subject with
        {
            Titles = [.. subject.Titles.Select(title => title.Ref.ToPath() == id ? title with { ReEvaluation = title.ReEvaluation! with { AnnounceBy = to } } : title)],
        },
        DeadlineKind.ReEvaluationReport => subject.WithReEvaluation(id, open => open with { ReportBy = to }),
        DeadlineKind.ReEvaluation => subject.WithReEvaluation(id, open => open with { EvaluateBy = to }),
        DeadlineKind.ChangeFiling => subject.WithChange(id, change =>
        {
            ChangeConcern[] concerns = [.. change.Concerns.Select(concern => concern.DueBy == from ? concern with { DueBy = to } : concern)];
            return change with { Concerns = concerns, DueBy = concerns.Min(concern => concern.DueBy) };
        }),
        DeadlineKind.Publication => WithPublication(subject, id, published => published with { DueBy = to }),
        DeadlineKind.Withdrawal => WithPublication(subject, id, published => published with { WithdrawBy = to }),
        _ => throw new System.Diagnostics.UnreachableException($"No downtime moves a deadline of kind {kind}."),
    };

    private static GrainState.Subject WithPublication(GrainState.Subject subject, string of, Func<Publication, Publication> change) =>
        subject.Checks.Any(check => string.Equals(check.Id, of, StringComparison.Ordinal))
            ? subject.WithCheck(of, check => check with { Publication = change(check.Publication!) })
            : subject.WithCase(of, found => found with { Publication = change(found.Publication!) });

}
