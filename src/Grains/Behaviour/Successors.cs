namespace Supervision.Grains.Behaviour;

/// <summary>
/// In which enterprises an enterprise goes on, and that its bans follow it there: those in force, and those of cases that were
/// open when it came to be succeeded. A successor has a ban of its own for each, so that whoever asks it needs nobody else.
/// </summary>
internal static class Successors
{
    private static readonly ChangeKind[] Succeeding = [ChangeKind.Restructuring, ChangeKind.Merger, ChangeKind.Split];

    /// <summary>The enterprises in which an entity goes on.</summary>
    public static IEnumerable<GrainId?> Of(GrainState? state) =>
        (state as GrainState.Subject)?.Successors?.Select(succession => (GrainId?)succession.Enterprise) ?? [];

    /// <summary>The enterprises that wait to be recorded or dismissed.</summary>
    public static IEnumerable<GrainId?> ProposedTo(GrainState.Subject? subject) =>
        (subject?.ProposedSuccessors ?? []).Where(proposed => proposed.Status == ProposalStatus.Proposed).Select(proposed => (GrainId?)proposed.Enterprise);

    /// <summary>Whether a command can change what binds successors.</summary>
    public static bool Concerns(GrainCommand command) => command
        is GrainCommand.DecideCase { Outcome: CaseOutcome.Remove } or GrainCommand.ApplyJointCases or GrainCommand.Reinstate
            or GrainCommand.RecordSuccessor or GrainCommand.RetractSuccessor;

    public static Decision Record(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.RecordSuccessor command, DecisionContext context)
    {
        if (draft.Id.Kind != GrainKind.Enterprise)
            return new Rejection.NotAnEnterprise(draft.Id, draft.Subject.Enterprise);
        if (command.Successor.Kind != GrainKind.Enterprise)
            return new Rejection.NotAnEnterprise(command.Successor, Enterprise: null);
        if (!Succeeding.Contains(command.Change))
            return new Rejection.ChangeHasNoSuccessor(command.Change);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        var successor = Enterprises.Follow(draft, others, command.Successor);
        if (successor == draft)
            return new Rejection.SucceedsItself(draft.Id);
        if (successor.State is not GrainState.Subject)
            return new Rejection.EnterpriseNotRegistered(command.Successor);
        if (Find(draft, others, successor) is not null)
            return new Rejection.SuccessorAlreadyRecorded(successor.Id);
        Deadlines.Apply(successor, context.Now, context.Rules);
        string[] proposals =
        [
            .. (draft.Subject.ProposedSuccessors ?? []).Where(proposed => proposed.Status == ProposalStatus.Proposed && Enterprises.Follow(draft, others, proposed.Enterprise) == successor)
                .Select(proposed => proposed.Id),
        ];
        draft.Append(new GrainEvent.SuccessorRecorded(command.On, successor.Id, command.Change, command.Document, proposals.Length == 0 ? null : proposals));
        successor.Append(new GrainEvent.PredecessorRecorded(command.On, draft.Id, command.Change, command.Document));
        foreach (var ban in draft.Subject.Bans.Where(ban => Binds(ban, command.On)).ToList())
            Bind(draft, others, draft, ban, ban.OpenedOn ?? ban.From, context);
        return Decision.Accepted;
    }

    /// <summary>
    /// Proposes the enterprises that a change of one entity named. That entity may be one site of several, so whether the enterprise as a whole goes on in them, and its bans
    /// bind them, is for an officer to say.
    /// </summary>
    public static void Propose(Draft enterprise, IEnumerable<Draft> named, Change change, GrainId entity, DecisionContext context)
    {
        foreach (var successor in named)
        {
            if (successor == enterprise || (enterprise.Subject.Successors?.Any(recorded => recorded.Enterprise == successor.Id) ?? false)
                || (enterprise.Subject.ProposedSuccessors?.Any(proposed => proposed.Status == ProposalStatus.Proposed && proposed.Enterprise == successor.Id) ?? false))
            {
                continue;
            }

            enterprise.AppendDue(new GrainEvent.SuccessorProposed(
                context.Today, $"proposal-{(enterprise.Subject.ProposedSuccessors?.Count ?? 0) + 1}", successor.Id, change.Kind, entity, change.Id));
        }
    }

    public static Decision Dismiss(Draft draft, GrainCommand.DismissSuccessor command, DecisionContext context)
    {
        if (draft.Id.Kind != GrainKind.Enterprise)
            return new Rejection.NotAnEnterprise(draft.Id, draft.Subject.Enterprise);
        if (draft.Subject.ProposedSuccessors?.FirstOrDefault(proposed => string.Equals(proposed.Id, command.Proposal, StringComparison.Ordinal)) is not { } found)
            return new Rejection.SuccessorProposalNotFound(command.Proposal);
        if (found.Status != ProposalStatus.Proposed)
            return new Rejection.SuccessorProposalClosed(found.Id, found.Status);
        draft.Append(new GrainEvent.SuccessorDismissed(context.Today, found.Id, command.Reason));
        return Decision.Accepted;
    }

    public static Decision Retract(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.RetractSuccessor command, DecisionContext context)
    {
        if (draft.Id.Kind != GrainKind.Enterprise)
            return new Rejection.NotAnEnterprise(draft.Id, draft.Subject.Enterprise);
        var found = draft.Subject.Successors?.FirstOrDefault(recorded =>
            recorded.Enterprise == command.Successor || Enterprises.Follow(draft, others, recorded.Enterprise).Id == command.Successor);
        if (found is null)
            return new Rejection.SuccessorNotFound(command.Successor);
        if (string.Equals(found.By, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("A succession is taken back by another person than recorded it.");
        var successor = Enterprises.Follow(draft, others, found.Enterprise);
        Deadlines.Apply(successor, context.Now, context.Rules);
        draft.Append(new GrainEvent.SuccessorRetracted(context.Today, found.Enterprise, command.Reason));
        foreach (var named in successor.Subject.Predecessors?.Where(recorded => Is(draft, recorded.Enterprise)).ToList() ?? [])
            successor.Append(new GrainEvent.PredecessorRetracted(context.Today, named.Enterprise, command.Reason));
        foreach (var ban in successor.Subject.Bans.Where(ban => ban.Of is { } of && Is(draft, of)).ToList())
        {
            Lift(successor, ban, command.Reason);
            Release(draft, others, successor, ban, command.Reason, context);
        }

        return Decision.Accepted;
    }

    /// <summary>Lets a ban bind those in which an enterprise goes on, as far as its case was open, or it was in force, when they came to succeed.</summary>
    public static void Bind(Draft draft, Dictionary<GrainId, Draft> others, Draft enterprise, Ban ban, DateOnly openedOn, DecisionContext context)
    {
        if (!context.Rules.TryFind(ban.Policy, out var policy) || policy.Ban?.FollowsSuccessors.Value != true)
            return;
        foreach (var (predecessor, successor, on) in Reached(draft, others, enterprise, openedOn))
        {
            Deadlines.Apply(successor, context.Now, context.Rules);
            var subject = successor.Subject;
            if (on > ban.Until || subject.Bans.Any(known => known.Status != BanStatus.Lifted && Same(enterprise, known, ban)))
                continue;
            successor.Append(new GrainEvent.BanImposed(
                ban.From > on ? ban.From : on, $"ban-{subject.Bans.Count + 1}", ban.Policy, ban.Article, ban.Cause, ban.Case, ban.Until, predecessor.Id, openedOn));
            // One that ended before it was known here is over at once.
            Deadlines.Apply(successor, context.Now, context.Rules);
        }
    }

    /// <summary>Lifts a ban wherever it followed an enterprise.</summary>
    public static void Release(Draft draft, Dictionary<GrainId, Draft> others, Draft enterprise, Ban ban, string reason, DecisionContext context)
    {
        foreach (var (_, successor, _) in Reached(draft, others, enterprise, DateOnly.MinValue))
        {
            Deadlines.Apply(successor, context.Now, context.Rules);
            foreach (var known in successor.Subject.Bans.Where(known => known.Of is not null && Same(enterprise, known, ban)).ToList())
                Lift(successor, known, reason);
        }
    }

    private static void Lift(Draft enterprise, Ban ban, string reason)
    {
        if (ban.Status != BanStatus.Lifted)
            enterprise.Append(new GrainEvent.BanLifted(ban.From, ban.Id, reason));
    }

    /// <summary>Everyone in whom an enterprise goes on, by whatever way, each once; a later succession leads on, an earlier one does not.</summary>
    private static List<(Draft Predecessor, Draft Successor, DateOnly On)> Reached(Draft draft, Dictionary<GrainId, Draft> others, Draft enterprise, DateOnly since)
    {
        var reached = new List<(Draft Predecessor, Draft Successor, DateOnly On)> { (enterprise, enterprise, since) };
        for (var i = 0; i < reached.Count; i++)
        {
            var (_, from, after) = reached[i];
            foreach (var succession in from.Subject.Successors ?? [])
            {
                var successor = Enterprises.Follow(draft, others, succession.Enterprise);
                if (succession.On >= after && reached.TrueForAll(known => known.Successor != successor))
                    reached.Add((from, successor, succession.On));
            }
        }

        return reached[1..];
    }

    /// <summary>A ban binds who succeeds while it is in force, or while its case is open.</summary>
    private static bool Binds(Ban ban, DateOnly on) => ban.Status != BanStatus.Lifted && ban.Until >= on && (ban.OpenedOn ?? ban.From) <= on;

    /// <summary>Bans are numbered by each enterprise; what stays is which case on which entity they come from.</summary>
    private static bool Same(Draft enterprise, Ban known, Ban ban) =>
        string.Equals(known.Case, ban.Case, StringComparison.Ordinal) && (known.Cause == ban.Cause || (ban.Cause == enterprise.Id && Is(enterprise, known.Cause)));

    private static EnterpriseSuccession? Find(Draft draft, Dictionary<GrainId, Draft> others, Draft successor) =>
        draft.Subject.Successors?.FirstOrDefault(recorded => Enterprises.Follow(draft, others, recorded.Enterprise) == successor);

    private static bool Is(Draft draft, GrainId identity) => identity == draft.Id || (draft.Subject.Absorbed?.Contains(identity) ?? false);
}
