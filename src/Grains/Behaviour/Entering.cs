using Supervision.Grains.Calendars;

namespace Supervision.Grains.Behaviour;

/// <summary>Entry and exit as they are scanned at the door, once for all checks of a visit.</summary>
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
        if (Visiting.Of(draft, others, check, context) is not var (enterprise, visit))
            return new Rejection.NoVisit(check.Id);
        if (visit.Entries is [.., { ExitedAt: null }])
            return new Rejection.AlreadyEntered(visit.Id);
        var at = Whole(command.At ?? context.Now);
        var earliest = visit.Entries is [.., { ExitedAt: { } left }] ? left : CivilTime.StartOf(check.OrderedOn);
        if (at < earliest || at > context.Now)
            return new Rejection.InstantOutOfOrder(at, earliest, context.Now);
        enterprise.Append(new GrainEvent.VisitEntered(CivilTime.DateAt(at), visit.Id, at, inspector));
        return Decision.Accepted;
    }

    public static Decision Exit(Draft draft, Dictionary<GrainId, Draft> others, Check check, GrainCommand.RecordExit command, DecisionContext context)
    {
        if (Inspecting.RefuseStranger(check, context.Actor) is { } stranger)
            return stranger;
        if (Visiting.Of(draft, others, check, context) is not var (enterprise, visit))
            return new Rejection.NoVisit(check.Id);
        if (visit.Entries is not [.., { ExitedAt: null, EnteredAt: var entered }])
            return new Rejection.NotEntered(visit.Id);
        var at = Whole(command.At ?? context.Now);
        if (at < entered || at > context.Now)
            return new Rejection.InstantOutOfOrder(at, entered, context.Now);
        enterprise.Append(new GrainEvent.VisitExited(CivilTime.DateAt(at), visit.Id, at));
        return Decision.Accepted;
    }

    /// <summary>The ledger records whole milliseconds.</summary>
    private static DateTimeOffset Whole(DateTimeOffset at) => at.ToUniversalTime().AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
}
