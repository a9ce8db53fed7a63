namespace Supervision.Grains.Behaviour;

/// <summary>What derived titles and proposals do to the state.</summary>
internal static class ProposalEvolution
{
    /// <summary>The state after the event; null: it is another kind of event.</summary>
    public static GrainState.Subject? Evolve(GrainState.Subject subject, GrainEvent @event, long version, string actor) => @event switch
    {
        GrainEvent.TitleDerived e => subject with
        {
            Titles =
            [
                .. subject.Titles.Where(title => title.Ref != e.Title),
                new Title
                {
                    Ref = e.Title, DerivedFrom = new Derivation(e.DerivedFrom, e.Article), Authority = e.Authority, GrantedOn = e.GrantedOn, SupervisedFrom = e.SupervisedFrom,
                    GrantedBy = actor, GrantVersion = version, Since = e.Since,
                },
            ],
        },
        GrainEvent.TitleFallen e => subject.WithTitle(e.Title, title => title with { Status = e.Status, Since = e.EffectiveOn }),
        GrainEvent.AdjustmentProposed e => subject with
        {
            Adjustments =
            [
                .. subject.Adjustments ?? [],
                new Adjustment(e.Adjustment, e.Title, e.Lost, e.EffectiveOn, e.Status, e.Ground, e.Case, AdjustmentStatus.Proposed),
            ],
        },
        GrainEvent.AdjustmentAccepted e => Change(subject, e.Adjustment, proposed => proposed with
        {
            Status = AdjustmentStatus.Accepted,
            DecidedOn = e.EffectiveOn,
            DecidedBy = actor,
            Opened = e.Case,
        }),
        GrainEvent.AdjustmentDismissed e => Change(subject, e.Adjustment, proposed => proposed with
        {
            Status = AdjustmentStatus.Dismissed,
            DecidedOn = e.EffectiveOn,
            DecidedBy = actor,
            Reason = e.Reason,
        }),
        GrainEvent.AdjustmentWithdrawn e => Change(subject, e.Adjustment, proposed => proposed with
        {
            Status = AdjustmentStatus.Withdrawn,
            DecidedOn = e.EffectiveOn,
            Reason = e.Reason,
        }),
        GrainEvent.SuccessorProposed e => subject with
        {
            ProposedSuccessors =
            [
                .. subject.ProposedSuccessors ?? [],
                new ProposedSuccessor(e.Proposal, e.Successor, e.Kind, e.Entity, e.EntityChange, e.EffectiveOn, ProposalStatus.Proposed),
            ],
        },
        GrainEvent.SuccessorDismissed e => Settle(
            subject, [e.Proposal], proposed => proposed with { Status = ProposalStatus.Dismissed, DecidedOn = e.EffectiveOn, Reason = e.Reason }),
        _ => null,
    };

    /// <summary>Brings proposals of successors to where they stand.</summary>
    public static GrainState.Subject Settle(GrainState.Subject subject, IReadOnlyList<string>? settled, Func<ProposedSuccessor, ProposedSuccessor> change) => settled is null
        ? subject
        : subject with { ProposedSuccessors = [.. (subject.ProposedSuccessors ?? []).Select(proposed => settled.Contains(proposed.Id, StringComparer.Ordinal) ? change(proposed) : proposed)] };

    private static GrainState.Subject Change(GrainState.Subject subject, string id, Func<Adjustment, Adjustment> change) =>
        subject with { Adjustments = SubjectChanges.Replace(subject.Adjustments ?? [], proposed => string.Equals(proposed.Id, id, StringComparison.Ordinal), change) };
}
