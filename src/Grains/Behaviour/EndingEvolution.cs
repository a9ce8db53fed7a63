namespace Supervision.Grains.Behaviour;

/// <summary>What withdrawals and successions do to the state.</summary>
internal static class EndingEvolution
{
    /// <summary>The state after the event; null: it is another kind of event.</summary>
    public static GrainState.Subject? Evolve(GrainState.Subject subject, GrainEvent @event, string actor) => @event switch
    {
        GrainEvent.TitleWithdrawn e => DutyEvolution.WithoutIdle(subject.WithTitle(e.Title, title => title with
        {
            Status = TitleStatus.Withdrawn,
            Since = e.EffectiveOn,
            Withdrawal = new Withdrawal(e.EffectiveOn, e.Letter, e.Article, e.Pending),
        })),
        GrainEvent.SuccessorRecorded e => ProposalEvolution.Settle(
            subject, e.Proposals, proposed => proposed with { Status = ProposalStatus.Recorded, DecidedOn = e.EffectiveOn }) with
        {
            Successors = [.. subject.Successors ?? [], new EnterpriseSuccession(e.Successor, e.Change, e.EffectiveOn, e.Document, actor)],
        },
        GrainEvent.PredecessorRecorded e => subject with
        {
            Predecessors = [.. subject.Predecessors ?? [], new EnterpriseSuccession(e.Predecessor, e.Change, e.EffectiveOn, e.Document, actor)],
        },
        GrainEvent.SuccessorRetracted e => subject with { Successors = Without(subject.Successors, e.Successor) },
        GrainEvent.PredecessorRetracted e => subject with { Predecessors = Without(subject.Predecessors, e.Predecessor) },
        _ => null,
    };

    private static EnterpriseSuccession[]? Without(IReadOnlyList<EnterpriseSuccession>? successions, GrainId enterprise)
    {
        EnterpriseSuccession[] left = [.. (successions ?? []).Where(succession => succession.Enterprise != enterprise)];
        return left.Length == 0 ? null : left;
    }
}
