using Supervision.Grains.Draws;
using Supervision.Grains.Inspectors;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Visits at the door of an enterprise: planned with the first of their checks, made with its result.</summary>
internal static class Visiting
{
    /// <summary>The enterprise behind what is checked, or, where that is the enterprise itself, what <see cref="Next"/> says.</summary>
    public static IEnumerable<GrainId?> Needs(GrainState.Subject? subject, GrainCommand.OrderCheck command) =>
        subject?.Enterprise is { } enterprise ? [enterprise] : Next(command, subject).Select(entity => (GrainId?)entity);

    /// <summary>Who comes is one thing for a visit, so that every entity visited is concerned where the order is the first to say it.</summary>
    public static IEnumerable<GrainId> Next(GrainCommand.OrderCheck command, GrainState? enterprise) =>
        command.Inspectors.Count > 0 && enterprise is GrainState.Subject { Visits: { } visits } && ToJoin(visits, command) is { Department: null, Inspectors.Count: 0 } visit
            ? visit.Checks.Select(visited => visited.Entity)
            : [];

    /// <summary>
    /// Puts a check that is ordered on its visit: the one named, that of its draw, or a new one where the policy keeps any. Who comes to a visit makes every check on it.
    /// </summary>
    public static Rejection? Plan(
        Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.OrderCheck command, string check, Policy policy, DecisionContext context, out VisitRef? visit,
        out IReadOnlyList<string> inspectors)
    {
        (visit, inspectors) = (null, command.Inspectors);
        var enterprise = Enterprises.Of(draft, others);
        if (enterprise.State is not GrainState.Subject { Visits: var visits })
            return command.Visit is { } unknown ? new Rejection.VisitNotFound(unknown) : null;
        if (enterprise != draft)
            Deadlines.Apply(enterprise, context.Now, context.Rules);
        var found = ToJoin(visits, command);
        if (command.Visit is { } named)
        {
            if (found is null)
                return new Rejection.VisitNotFound(named);
            if (found.Status != VisitStatus.Planned)
                return new Rejection.VisitNotPlanned(found.Id, found.Status);
        }
        else if (policy.Checks.Cap is not { } kept || context.Today < kept.From.Value)
        {
            return null;
        }

        if (found is { Status: VisitStatus.Planned })
        {
            if (Name(draft, others, enterprise, found, command, policy, context, ref inspectors) is { } refused)
                return refused;
            visit = Join(enterprise, found, [new VisitedCheck(draft.Id, check)], context);
            return null;
        }

        var cap = policy.Checks.Cap!;
        if (Drawable.FullYear(enterprise.Subject, cap, command.Basis, context.Today, command.DueBy) is { } year)
            return new Rejection.InspectionCapReached(cap.PerYear.Article, enterprise.Id, year, cap.PerYear.Value);
        visit = Plan(
            enterprise, command.Basis, command.Reason, command.Draw, command.DueBy, [new VisitedCheck(draft.Id, check)], command.Inspectors, unassigned: null, cap, context);
        return null;
    }

    public static VisitRef Plan(
        Draft enterprise, CheckBasis basis, string? reason, string? draw, DateOnly dueBy, IReadOnlyList<VisitedCheck> checks, IReadOnlyList<string> inspectors,
        string? unassigned, CapRules? cap, DecisionContext context)
    {
        var id = NextId(enterprise);
        var counts = cap is not null && context.Today >= cap.From.Value && cap.Counts.Of(basis);
        enterprise.Append(new GrainEvent.VisitPlanned(context.Today, id, basis, reason, draw, dueBy, checks, inspectors, unassigned, counts, dueBy.Year));
        return new VisitRef(enterprise.Id, id);
    }

    /// <summary>Those who come to a visit make the check that joins it, too; it says who comes where nobody did. Of another department's visit nobody is named here.</summary>
    private static Rejection? Name(
        Draft draft, Dictionary<GrainId, Draft> others, Draft enterprise, Visit visit, GrainCommand.OrderCheck command, Policy policy, DecisionContext context,
        ref IReadOnlyList<string> inspectors)
    {
        if (visit.Department is not null)
            return null;
        if (visit.Inspectors.Count == 0)
        {
            if (command.Inspectors.Count > 0)
                Assigning.Assign(draft, others, enterprise, visit, command.Inspectors, command.Reason ?? command.Draw!, recused: null, context);
            return null;
        }

        if (command.Inspectors.Except(visit.Inspectors, StringComparer.Ordinal).FirstOrDefault() is { } other)
            return new Rejection.InspectorNotNamed(visit.Id, other);
        inspectors = visit.Inspectors;
        return NamedInspectors.Refuse(draft, inspectors, policy, context.Today, context);
    }

    public static VisitRef Join(Draft enterprise, Visit visit, IReadOnlyList<VisitedCheck> checks, DecisionContext context)
    {
        enterprise.Append(new GrainEvent.VisitJoined(context.Today, visit.Id, checks));
        return new VisitRef(enterprise.Id, visit.Id);
    }

    /// <summary>The enterprise whose visit a result would make; null where it has been made by another check of the entity, or nobody was found.</summary>
    public static GrainId? ToBeMade(GrainState.Subject? subject, GrainCommand.RecordResult command)
    {
        if (command.Outcome == CheckOutcome.Unreachable || subject is null || Checking.Find(subject, command.Check) is not { Visit: { } visit })
            return null;
        foreach (var other in subject.Checks)
        {
            if (other.Visit == visit && WasMade(other))
                return null;
        }

        return visit.Enterprise;
    }

    /// <summary>The first result makes the visit; the enterprise was not asked for where it is made already.</summary>
    public static void Make(Draft draft, Dictionary<GrainId, Draft> others, Check check, GrainCommand.RecordResult command, DecisionContext context)
    {
        if (command.Outcome != CheckOutcome.Unreachable && Of(draft, others, check, context) is ({ } enterprise, { Status: VisitStatus.Planned } planned))
            enterprise.Append(new GrainEvent.VisitMade(command.On, planned.Id, command.On.Year));
    }

    /// <summary>Whatever became of its checks: one that was made makes the visit, and when each has come to nothing so has the visit.</summary>
    public static Decision Settle(Draft enterprise, Dictionary<GrainId, Draft> others, GrainCommand.SettleVisit command, DecisionContext context)
    {
        if (Find(enterprise, command.Visit) is not { Status: not VisitStatus.Made, Department: null } visit)
            return Decision.Accepted;
        var checks = ChecksOf(enterprise, others, enterprise, visit).Select(found => found.Check).ToList();
        if (checks.Where(WasMade).MinBy(check => check.Result!.On) is { Result.On: var on })
            enterprise.Append(new GrainEvent.VisitMade(on, visit.Id, on.Year));
        else if (visit.Status == VisitStatus.Planned && checks.All(check => !check.IsOpen()) && !EnergyDrawing.Awaits(enterprise, visit))
            enterprise.Append(new GrainEvent.VisitCalledOff(context.Today, visit.Id));
        return Decision.Accepted;
    }

    /// <summary>The entities that are visited.</summary>
    public static IEnumerable<GrainId?> Visited(GrainId id, GrainState.Subject? enterprise, VisitRef visit) =>
        enterprise is null ? [] : (Find(id, enterprise, visit)?.Checks ?? []).Select(visited => (GrainId?)visited.Entity);

    /// <summary>The visit of a check and the enterprise that keeps it by now, up to date; null where none is kept, or the enterprise was not asked for.</summary>
    public static (Draft Enterprise, Visit Visit)? Of(Draft draft, Dictionary<GrainId, Draft> others, Check check, DecisionContext context)
    {
        if (check.Visit is not { } reference || (reference.Enterprise != draft.Id && !others.ContainsKey(reference.Enterprise)))
            return null;
        var enterprise = Enterprises.Follow(draft, others, reference.Enterprise);
        if (enterprise.State is not GrainState.Subject)
            return null;
        if (enterprise != draft)
            Deadlines.Apply(enterprise, context.Now, context.Rules);
        return Find(enterprise, reference) is { } visit ? (enterprise, visit) : null;
    }

    /// <summary>The checks of a visit, each with the entity on which it is.</summary>
    public static IEnumerable<(Draft Entity, Check Check)> ChecksOf(Draft enterprise, Dictionary<GrainId, Draft> others, Draft target, Visit visit)
    {
        foreach (var visited in visit.Checks)
        {
            var entity = visited.Entity == enterprise.Id ? enterprise : Enterprises.Follow(target, others, visited.Entity);
            if (entity.State is GrainState.Subject subject && Checking.Find(subject, visited.Check) is { } check)
                yield return (entity, check);
        }
    }

    /// <summary>How often the enterprise was visited in a year, by whichever department, besides the visit that is told of.</summary>
    public static int MadeIn(GrainState.Subject enterprise, int year, Visit? besides) =>
        (enterprise.Visits ?? []).Count(visit => visit != besides && visit.Status == VisitStatus.Made && visit.Year == year);

    public static Visit? Find(Draft enterprise, string id) =>
        enterprise.Subject.Visits?.FirstOrDefault(visit => string.Equals(visit.Id, id, StringComparison.Ordinal));

    public static Visit? Find(Draft enterprise, VisitRef visit) => Find(enterprise.Id, enterprise.Subject, visit);

    /// <summary>The visit that an order names, or that of its draw.</summary>
    private static Visit? ToJoin(IReadOnlyList<Visit>? visits, GrainCommand.OrderCheck command) =>
        command.Visit is { } named ? visits?.FirstOrDefault(visit => string.Equals(visit.Id, named, StringComparison.Ordinal))
        : command.Draw is { } draw ? OfDraw(visits, draw)
        : null;

    /// <summary>The visit of a draw that is not called off.</summary>
    public static Visit? OfDraw(IReadOnlyList<Visit>? visits, string draw) => visits?.LastOrDefault(visit =>
        visit.Status != VisitStatus.CalledOff && visit.Department is null && string.Equals(visit.Draw, draw, StringComparison.Ordinal));

    public static string NextId(Draft enterprise) => $"visit-{(enterprise.Subject.Visits?.Count ?? 0) + 1}";

    /// <summary>The visit of that name, wherever merges have taken it.</summary>
    public static Visit? Find(GrainId id, GrainState.Subject enterprise, VisitRef named) => enterprise.Visits?.FirstOrDefault(visit =>
        (named.Enterprise == id && string.Equals(visit.Id, named.Id, StringComparison.Ordinal)) || visit.Origins?.Contains(named) == true);

    /// <summary>Whether the inspectors were there: also where the holder refused, or nothing was produced that day.</summary>
    private static bool WasMade(Check check) => check.Result is { Outcome: not CheckOutcome.Unreachable };
}
