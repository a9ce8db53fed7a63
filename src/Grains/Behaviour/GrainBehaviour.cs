using Supervision.Grains.Downtimes;
using Supervision.Grains.Inspectors;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>
/// The behaviour of every grain, as functions of state, command and context. Nothing here reads a clock, a database or
/// chance, so replaying the same commands at the same instants gives the same events.
/// </summary>
public static class GrainBehaviour
{
    /// <summary>The other grains whose facts a command needs or changes, given the state of its target.</summary>
    public static IReadOnlyList<GrainId> Needs(GrainId id, GrainState? state, GrainCommand command) => Asked(id, state, command);

    private static List<GrainId> Asked(GrainId id, GrainState? state, GrainCommand command)
    {
        var subject = state as GrainState.Subject;
        IEnumerable<GrainId?> needed = command switch
        {
            GrainCommand.Register register => Registration.Needs(id, subject, register),
            GrainCommand.ImportListing listing => Registration.Needs(id, subject, listing),
            GrainCommand.GrantTitle => [subject?.Enterprise, Producers.Of(id, subject)],
            GrainCommand.CorrectGrant or GrainCommand.OpenCase or GrainCommand.DecideAdjustment or GrainCommand.Publish => [subject?.Enterprise],
            GrainCommand.OrderCheck order => Visiting.Needs(subject, order),
            GrainCommand.RecordResult record => [Visiting.ToBeMade(subject, record)],
            GrainCommand.OrderDrawnVisit order => order.Titles.Select(drawn => (GrainId?)drawn.Entity),
            GrainCommand.SettleVisit settle => Visiting.Visited(id, subject, settle.Visit),
            _ when command is GrainCommand.NotifyCheck || Inspecting.Concerns(command) => Inspecting.Needs(subject, command),
            GrainCommand.ApplyFact apply => [apply.Fact.Entity, subject?.Enterprise],
            GrainCommand.TellRelated tell => [tell.Entity],
            GrainCommand.ApplyJointCases => [subject?.Enterprise, Producers.Of(id, subject), .. Successors.Of(subject)],
            GrainCommand.Merge merge => [merge.Into],
            GrainCommand.DecideCase { Outcome: CaseOutcome.Remove } => [subject?.Enterprise, Producers.Of(id, subject), .. Successors.Of(subject)],
            GrainCommand.FileChange file => [subject?.Enterprise, file.Enterprise, .. (file.Successors ?? []).Cast<GrainId?>()],
            GrainCommand.DecideChange or GrainCommand.DecideSuccession => [subject?.Enterprise, .. (subject?.Changes ?? []).SelectMany(change => change.Successors ?? []).Cast<GrainId?>()],
            // The enterprise may be another today than the one that was banned.
            GrainCommand.Reinstate => subject?.Titles.Select(title => title.Removal?.Banned).Append(Producers.Of(id, subject)).Concat(Successors.Of(subject)) ?? [],
            GrainCommand.RecordSuccessor record => [record.Successor, .. Successors.Of(subject), .. Successors.ProposedTo(subject)],
            GrainCommand.RetractSuccessor => Successors.Of(subject),
            GrainCommand.CorrectDetermination correct => Incidents.Needs(subject, correct),
            _ when InspectorCommands.Concerns(command) => InspectorCommands.Needs(command).Cast<GrainId?>(),
            _ => [],
        };
        // Few, as a rule; asked before every command.
        var others = new List<GrainId>();
        foreach (var other in needed)
            Add(others, id, other);
        return others;
    }

    private static void Add(List<GrainId> needed, GrainId id, GrainId? other)
    {
        if (other is { } grain && grain != id && !needed.Contains(grain))
            needed.Add(grain);
    }

    /// <summary>
    /// The same, given those that are known by now: an enterprise that was merged is followed to the one that took its
    /// place. Whoever gathers grains asks again until nothing new is asked for.
    /// </summary>
    public static IReadOnlyList<GrainId> Needs(GrainId id, GrainState? state, GrainCommand command, IReadOnlyDictionary<GrainId, KnownGrain> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var needed = Asked(id, state, command);
        for (var i = 0; i < needed.Count; i++)
        {
            if (!known.TryGetValue(needed[i], out var other))
                continue;
            Add(needed, id, (other.State as GrainState.Subject)?.MergedInto);
            Add(needed, id, Producers.Next(id, needed[i], other.State));
            foreach (var entity in Inspecting.Next(state as GrainState.Subject, command, needed[i], other.State))
                Add(needed, id, entity);
            if (Successors.Concerns(command))
            {
                foreach (var successor in Successors.Of(other.State))
                    Add(needed, id, successor);
            }
        }

        return needed;
    }

    /// <summary>Decides a command: first whatever is due at the context's now, then the command itself.</summary>
    /// <param name="id">The grain addressed.</param>
    /// <param name="known">The grain as it is known.</param>
    /// <param name="command">The command.</param>
    /// <param name="expectedVersion">The version for which the command was sent; null: whichever is current.</param>
    /// <param name="context">Everything else the decision depends on.</param>
    public static Turn Decide(GrainId id, KnownGrain known, GrainCommand command, long? expectedVersion, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(context);
        var target = new Draft(id, known, context.Actor.Id, command.Documents);
        var others = context.Others.ToDictionary(pair => pair.Key, pair => new Draft(pair.Key, pair.Value, context.Actor.Id));
        Deadlines.Apply(target, context.Now, context.Rules);
        var decision = expectedVersion is { } expected && expected != target.Version
            ? new Rejection.StaleVersion(expected, target.Version)
            : Enterprises.RefuseUnfollowed(target, others) ?? Decide(target, others, command, context);
        if (decision.Rejection is null)
        {
            foreach (var draft in others.Values.Prepend(target))
                TitleConsequences.Follow(draft, draft.Before.State, context.Today, context.Rules);
        }

        return new Turn(
            target.ToChange(),
            [.. others.Values.Select(other => other.ToChange())],
            decision.Rejection,
            decision.Created);
    }

    /// <summary>The state with everything taken in that is due at an instant, and the version it then has.</summary>
    public static KnownGrain At(GrainId id, KnownGrain known, DateTimeOffset now, RuleBook rules)
    {
        var draft = new Draft(id, known, Actor.System.Id);
        Deadlines.Apply(draft, now, rules);
        return new KnownGrain(draft.State, draft.Version);
    }

    /// <summary>The instant at which the grain has to be woken; null when nothing is pending.</summary>
    public static DateTimeOffset? NextWakeUp(GrainState? state) => Deadlines.Next(state);

    /// <summary>
    /// Every deadline that is pending on a grain, in no order; the earliest is that of its next wake-up, unless it falls into a downtime, with which it moves.
    /// </summary>
    public static IEnumerable<Deadline> DeadlinesOf(GrainState? state, RuleBook rules) =>
        state is GrainState.Subject subject ? ComingDeadlines.Of(subject, rules).Select(deadline => DeadlineMoving.Foreseen(deadline, subject.Region, rules)) : [];

    /// <summary>The state after an event that happened.</summary>
    /// <param name="state">The state before; null before the first event.</param>
    /// <param name="event">The event.</param>
    /// <param name="version">Its version in the grain, from 1.</param>
    /// <param name="actor">Who brought it about.</param>
    public static GrainState Evolve(GrainState? state, GrainEvent @event, long version, string actor) =>
        Evolution.Evolve(state, @event, version, actor);

    private static Decision Decide(Draft target, Dictionary<GrainId, Draft> others, GrainCommand command, DecisionContext context) =>
        (target.State, command) switch
        {
            (_, GrainCommand.WakeUp) => Decision.Accepted,
            (_, GrainCommand.AdoptRules adopt) => RulesAdoption.Adopt(target, adopt, context),
            (GrainState.AdoptedRules, _) => new Rejection.NotASubject(target.Id),
            _ when target.Id.Kind == GrainKind.Downtime || DowntimeCommands.Concerns(command) => DowntimeCommands.Decide(target, command, context),
            _ when Drawing.Concerns(command) => Drawing.Decide(target, command, context),
            (GrainState.Draw, _) => new Rejection.NotASubject(target.Id),
            _ when target.Id.Kind == GrainKind.Inspector || InspectorCommands.Concerns(command) => InspectorCommands.Decide(target, others, command, context),
            (GrainState.Subject { MergedInto: not null }, GrainCommand.ImportListing listing) => Registration.ImportMerged(target, others, listing, context),
            (GrainState.Subject { MergedInto: { } into }, _) => new Rejection.Merged(target.Id, into),
            (_, GrainCommand.Register register) => Registration.Register(target, others, register, context),
            (_, GrainCommand.ImportListing listing) => Registration.Import(target, others, listing, context),
            (null, _) => new Rejection.NotRegistered(target.Id),
            (GrainState.Subject subject, _) when context.Actor.IsParty() && !context.Actor.Owns(target.Id, subject) =>
                Certifying.Concerns(command) && context.Actor.Role != Role.Enterprise ? new Rejection.NotYourCertificate(target.Id) : new Rejection.NotYourEntity(target.Id),
            // Who verifies and decides changes follows from the policy; after a relocation the authority before has titles to decide about.
            (_, GrainCommand.VerifyChange verify) => ChangeDeciding.Verify(target, verify, context),
            (_, GrainCommand.DecideChange decide) => ChangeDeciding.Decide(target, others, decide, context),
            (_, GrainCommand.DecideSuccession decide) => Successions.Decide(target, others, decide, context),
            // A city or province acts in its own regions only; who may decide is asked where it matters.
            (GrainState.Subject { Region: var region } subject, _) when !context.Actor.Covers(region) && !JointCases.IsOf(subject, command, context.Actor) => new Rejection.OutOfScope(region),
            (_, GrainCommand.GrantTitle grant) => Granting.Grant(target, others, grant, context),
            (_, GrainCommand.CorrectGrant correct) => Granting.Correct(target, others, correct, context),
            (_, GrainCommand.RecogniseTitles) => DerivedTitles.Recognise(target, context),
            (_, GrainCommand.DecideAdjustment decide) => Adjustments.Decide(target, others, decide, context),
            (_, GrainCommand.TransferTitle transfer) => Transfers.Transfer(target, transfer, context),
            (_, GrainCommand.Rename rename) => Naming.Rename(target, rename, context),
            (_, GrainCommand.RecordAlias alias) => Naming.Record(target, alias, context),
            (_, GrainCommand.Merge merge) => Merging.Merge(target, others, merge, context),
            (_, GrainCommand.Restrict restrict) => Restricting.Restrict(target, restrict, context),
            (_, GrainCommand.Release release) => Restricting.Release(target, release, context),
            (_, GrainCommand.OrderCheck order) => Checking.Order(target, others, order, context),
            (_, GrainCommand.ApproveCheck approve) => Checking.Approve(target, approve, context),
            (_, GrainCommand.NotifyCheck notify) => Checking.Notify(target, others, notify, context),
            (_, GrainCommand.CancelCheck cancel) => Checking.Cancel(target, cancel, context),
            (_, GrainCommand.RecordResult record) => CheckResults.Record(target, others, record, context),
            (_, GrainCommand.ConfirmResult confirm) => CheckResults.Confirm(target, confirm, context),
            (_, GrainCommand.CorrectResult correct) => ResultCorrection.Correct(target, correct, context),
            (_, GrainCommand.OpenCase open) => Hearing.Open(target, others, open, context),
            (_, GrainCommand.ServeCase serve) => Hearing.Serve(target, serve, context),
            (_, GrainCommand.RecordStatement statement) => Hearing.Receive(target, statement, context),
            (_, GrainCommand.DecideCase decide) => CaseDeciding.Decide(target, others, decide, context),
            (_, GrainCommand.CompleteRectification complete) => CaseDeciding.Complete(target, complete, context),
            (_, GrainCommand.FileDeclaration file) => Declaring.File(target, file, context),
            (_, GrainCommand.ReturnDeclaration @return) => Declaring.Return(target, @return, context),
            (_, GrainCommand.AcceptDeclaration accept) => Declaring.Accept(target, accept, context),
            (_, GrainCommand.DemandDeclaration demand) => Declaring.Demand(target, demand, context),
            (_, GrainCommand.GradeTitle grade) => Grading.Grade(target, grade, context),
            (_, GrainCommand.ScheduleDuties) => Duties.Decide(target, context),
            (_, GrainCommand.AnnounceReEvaluation announce) => ReEvaluating.Announce(target, announce, context),
            (_, GrainCommand.TriggerReEvaluation trigger) => ReEvaluating.Trigger(target, trigger, context),
            (_, GrainCommand.ReportReEvaluation report) => ReEvaluating.Report(target, report, context),
            (_, GrainCommand.ConcludeReEvaluation conclude) => ReEvaluating.Conclude(target, conclude, context),
            (_, GrainCommand.NoteChange note) => ChangeFiling.Note(target, note, context),
            (_, GrainCommand.FileChange file) => ChangeFiling.File(target, others, file, context),
            (_, GrainCommand.FileGoodPractice file) => GoodPractices.File(target, file, context),
            (_, GrainCommand.ApproveGoodPractice approve) => GoodPractices.Approve(target, approve, context),
            (_, GrainCommand.DeclineGoodPractice decline) => GoodPractices.Decline(target, decline, context),
            (_, GrainCommand.Reinstate reinstate) => CaseDeciding.Reinstate(target, others, reinstate, context),
            (_, GrainCommand.ServeDecision serve) => Serving.ServeDecision(target, serve, context),
            (_, GrainCommand.Publish publish) => Publishing.Publish(target, others, publish, context),
            (_, GrainCommand.WithdrawPublication withdraw) => Publishing.Withdraw(target, withdraw, context),
            (_, GrainCommand.TellRelated tell) => Relatives.Tell(target, others, tell, context),
            (_, GrainCommand.ApplyJointCases apply) => JointCases.Apply(target, others, apply, context),
            (_, GrainCommand.ApplyFact apply) => Facts.Apply(target, others, apply, context),
            (_, GrainCommand.WithdrawTitle withdraw) => Withdrawing.Withdraw(target, withdraw, context),
            (_, GrainCommand.RecordSuccessor record) => Successors.Record(target, others, record, context),
            (_, GrainCommand.DismissSuccessor dismiss) => Successors.Dismiss(target, dismiss, context),
            (_, GrainCommand.RetractSuccessor retract) => Successors.Retract(target, others, retract, context),
            (_, GrainCommand.OrderDrawnVisit order) => DrawnVisits.Order(target, others, order, context),
            (_, GrainCommand.SettleVisit settle) => Visiting.Settle(target, others, settle, context),
            _ when Inspecting.Concerns(command) => Inspecting.Decide(target, others, command, context),
            _ when Certifying.Concerns(command) => Certifying.Decide(target, command, context),
            _ => EnterpriseCommands.Decide(target, others, command, context),
        };
}
