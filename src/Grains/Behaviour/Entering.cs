using Supervision.Grains.Calendars;

namespace Supervision.Grains.Behaviour;

/// <summary>Entry and exit as they are scanned at the door, once for whatever is inspected on a visit.</summary>
internal static class Entering
{
    public static Decision Enter(Draft draft, Dictionary<GrainId, Draft> others, Check check, GrainCommand.RecordEntry command, DecisionContext context)
    {
        if (Inspecting.RefuseOpen(check) is { } closed)
            return closed;
        if (Inspecting.RefuseStranger(check, context.Actor) is { } stranger)
            return stranger;
        var inspector = command.Inspector ?? context.Actor.Person;
        if (!check.Inspectors.Contains(inspector, StringComparer.Ordinal))
            return new Rejection.InspectorNotNamed(check.Id, inspector);
        return Visiting.Of(draft, others, check, context) is var (enterprise, visit)
            ? Enter(enterprise, visit, check.OrderedOn, command.At, inspector, context)
            : new Rejection.NoVisit(check.Id);
    }

    public static Decision Exit(Draft draft, Dictionary<GrainId, Draft> others, Check check, GrainCommand.RecordExit command, DecisionContext context)
    {
        if (Inspecting.RefuseStranger(check, context.Actor) is { } stranger)
            return stranger;
        return Visiting.Of(draft, others, check, context) is var (enterprise, visit) ? Exit(enterprise, visit, command.At, context) : new Rejection.NoVisit(check.Id);
    }

    public static Decision Enter(Draft enterprise, GrainCommand.EnterVisit command, DecisionContext context)
    {
        if (Visiting.Find(enterprise, command.Visit) is not { } visit)
            return new Rejection.VisitNotFound(command.Visit);
        if (visit.Status != VisitStatus.Planned)
            return new Rejection.VisitNotPlanned(visit.Id, visit.Status);
        var inspector = command.Inspector ?? context.Actor.Person;
        return (RefuseStranger(visit, context.Actor) ?? RefuseStranger(visit, inspector)) is { } stranger
            ? stranger
            : Enter(enterprise, visit, visit.PlannedOn, command.At, inspector, context);
    }

    public static Decision Exit(Draft enterprise, GrainCommand.ExitVisit command, DecisionContext context) =>
        Visiting.Find(enterprise, command.Visit) is not { } visit ? new Rejection.VisitNotFound(command.Visit)
        : RefuseStranger(visit, context.Actor) is { } stranger ? stranger
        : Exit(enterprise, visit, command.At, context);

    private static Decision Enter(Draft enterprise, Visit visit, DateOnly since, DateTimeOffset? when, string inspector, DecisionContext context)
    {
        if (visit.Entries is [.., { ExitedAt: null }])
            return new Rejection.AlreadyEntered(visit.Id);
        var at = Whole(when ?? context.Now);
        var earliest = visit.Entries is [.., { ExitedAt: { } left }] ? left : CivilTime.StartOf(since);
        if (at < earliest || at > context.Now)
            return new Rejection.InstantOutOfOrder(at, earliest, context.Now);
        enterprise.Append(new GrainEvent.VisitEntered(CivilTime.DateAt(at), visit.Id, at, inspector));
        return Decision.Accepted;
    }

    private static Decision Exit(Draft enterprise, Visit visit, DateTimeOffset? when, DecisionContext context)
    {
        if (visit.Entries is not [.., { ExitedAt: null, EnteredAt: var entered }])
            return new Rejection.NotEntered(visit.Id);
        var at = Whole(when ?? context.Now);
        if (at < entered || at > context.Now)
            return new Rejection.InstantOutOfOrder(at, entered, context.Now);
        enterprise.Append(new GrainEvent.VisitExited(CivilTime.DateAt(at), visit.Id, at));
        return Decision.Accepted;
    }

    /// <summary>An inspector acts on the own visits only.</summary>
    private static Rejection.InspectorNotNamed? RefuseStranger(Visit visit, Actor actor) => actor.Role == Role.Inspector ? RefuseStranger(visit, actor.Person) : null;

    private static Rejection.InspectorNotNamed? RefuseStranger(Visit visit, string inspector) =>
        visit.Inspectors.Contains(inspector, StringComparer.Ordinal) ? null : new Rejection.InspectorNotNamed(visit.Id, inspector);

    /// <summary>The ledger records whole milliseconds.</summary>
    private static DateTimeOffset Whole(DateTimeOffset at) => at.ToUniversalTime().AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
}
