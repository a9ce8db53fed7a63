using Supervision.Grains.Draws;
using Supervision.Grains.Inspectors;

namespace Supervision.Grains.Behaviour;

/// <summary>What draws bring about in energy-conservation inspection: enterprises on the list of a year, and visits to some of those.</summary>
internal static class EnergyDrawing
{
    public static Decision List(Draft enterprise, GrainCommand.ListDrawnEnterprise command, DecisionContext context)
    {
        if (!context.Rules.TryFind(command.Policy, out var policy))
            return new Rejection.UnknownPolicy(command.Policy);
        if (enterprise.Subject.EnergyInspections?.Any(entry => string.Equals(entry.Draw, command.Draw, StringComparison.Ordinal)) == true)
            return Decision.Accepted;
        if (EnergyDrawable.OfList(enterprise.Subject, command.Year) is { } reason)
            return new Rejection.DrawnTitleRefused(enterprise.Id, reason);
        var entry = EnergyListing.ListDrawn(enterprise, policy, command.Year, command.Draw, context);
        return Decision.Creating($"energy-inspections/{entry}");
    }

    public static Decision Order(Draft enterprise, GrainCommand.OrderDrawnInspection command, DecisionContext context)
    {
        if (!context.Rules.TryFind(command.Policy, out var policy))
            return new Rejection.UnknownPolicy(command.Policy);
        if (enterprise.Subject.EnergyInspections?.Any(entry => string.Equals(entry.OnSite?.Draw, command.Draw, StringComparison.Ordinal)) == true)
            return Decision.Accepted;
        if (EnergyDrawable.OfVisits(enterprise.Subject, policy, command.Year, context.Today, command.DueBy) is { } reason)
            return new Rejection.DrawnTitleRefused(enterprise.Id, reason);
        if (command.Inspectors.Count > 0 && NamedInspectors.Refuse(enterprise, command.Inspectors, policy, context.Today, context) is { } unfit)
            return unfit;
        var visit = Visiting.Plan(
            enterprise, CheckBasis.Random, reason: null, command.Draw, command.DueBy, checks: [], command.Inspectors, command.Unassigned, policy.Checks.Cap, context);
        var entry = EnergyDrawable.EntryOf(enterprise.Subject, policy.Id, command.Year)!;
        enterprise.Append(new GrainEvent.EnergyVisitOrdered(context.Today, entry.Id, command.Draw, visit, command.DueBy, command.ApprovedBy));
        return Decision.Creating($"visits/{visit.Id}");
    }

    public static Decision Assign(Draft enterprise, GrainCommand.AssignEnergyInspectors command, DecisionContext context)
    {
        if (EnergyListing.Find(enterprise, command.Inspection) is not { } entry)
            return new Rejection.EnergyInspectionNotFound(command.Inspection);
        if (!IsPending(entry) || VisitOf(enterprise, entry) is not { Status: VisitStatus.Planned } visit)
            return new Rejection.EnergyVisitNotDrawn(entry.Id);
        // Who comes is one thing for a visit, and is assigned on the checks where it has some.
        if (visit.Checks.Count > 0)
            return new Rejection.VisitHasChecks(visit.Id);
        if ((RefuseUnfit(enterprise, visit, command.Inspectors, context) ?? VisitRecusing.RefuseRecused(visit, command.Inspectors)) is { } unfit)
            return unfit;
        if (!visit.Inspectors.SequenceEqual(command.Inspectors, StringComparer.Ordinal))
            enterprise.Append(new GrainEvent.VisitAssigned(context.Today, visit.Id, command.Inspectors, command.Reason));
        return Decision.Accepted;
    }

    /// <summary>Refuses to make in writing what was drawn for a visit.</summary>
    public static Rejection? RefuseMethod(EnergyInspection entry, EnergyMethod method) =>
        entry.OnSite is { } drawn && method != EnergyMethod.OnSite ? new Rejection.EnergyVisitDrawn(entry.Id, drawn.Draw) : null;

    /// <summary>Refuses whoever was not drawn for the visit, nor assigned to it since with a reason: nobody chooses who makes it.</summary>
    public static Rejection.InspectorNotNamed? RefuseOthers(Draft enterprise, EnergyInspection entry, IReadOnlyList<string> inspectors) =>
        VisitOf(enterprise, entry) is { Inspectors.Count: > 0 } visit && inspectors.Except(visit.Inspectors, StringComparer.Ordinal).FirstOrDefault() is { } other
            ? new Rejection.InspectorNotNamed(visit.Id, other)
            : null;

    /// <summary>Whether the inspectors were there, as scanned at the door.</summary>
    public static bool IsEntered(Draft enterprise, EnergyInspection entry) => VisitOf(enterprise, entry)?.Entries is { Count: > 0 };

    /// <summary>Refuses whoever was recused from the visit.</summary>
    public static Rejection.InspectorRecused? RefuseRecused(Draft enterprise, EnergyInspection entry, IReadOnlyList<string> inspectors) =>
        VisitOf(enterprise, entry) is { } visit ? VisitRecusing.RefuseRecused(visit, inspectors) : null;

    /// <summary>An inspector acts on the own visits only.</summary>
    public static Rejection.InspectorNotNamed? RefuseStranger(Draft enterprise, EnergyInspection entry, Actor actor) =>
        actor.Role == Role.Inspector && VisitOf(enterprise, entry)?.Inspectors.Contains(actor.Person, StringComparer.Ordinal) != true
            ? new Rejection.InspectorNotNamed(entry.Id, actor.Person)
            : null;

    /// <summary>What the notice of a visit tells: how often the enterprise was visited this year, who comes, and its right to another inspector.</summary>
    public static CheckNotice? Tell(Draft enterprise, EnergyInspection entry, DateOnly on, DecisionContext context) =>
        VisitOf(enterprise, entry) is { Status: VisitStatus.Planned } visit
            ? new CheckNotice(
                on.Year, Visiting.MadeIn(enterprise.Subject, on.Year, visit), context.Rules[entry.Policy].Checks.Cap?.PerYear.Value, Items: [], visit.Inspectors, Recusal.Article)
            : null;

    /// <summary>The notice of the inspection is that of the visit.</summary>
    public static void Notify(Draft enterprise, EnergyInspection entry, DateOnly on)
    {
        if (VisitOf(enterprise, entry) is { Status: VisitStatus.Planned, NotifiedOn: null } visit)
            enterprise.Append(new GrainEvent.VisitNotified(on, visit.Id));
    }

    /// <summary>The inspection makes the visit for which it was drawn; one on site that was not is a visit, too, and as one that an authority decided on does not count against the cap.</summary>
    public static void Make(Draft enterprise, EnergyInspection entry, GrainCommand.RecordEnergyResult command, DecisionContext context)
    {
        if (VisitOf(enterprise, entry) is { } drawn)
        {
            if (drawn.Status == VisitStatus.Planned)
                enterprise.Append(new GrainEvent.VisitMade(command.On, drawn.Id, command.On.Year));
        }
        else if (command.Method == EnergyMethod.OnSite && context.Rules[entry.Policy].Checks.Cap is { } cap && context.Today >= cap.From.Value)
        {
            var visit = Visiting.Plan(
                enterprise, CheckBasis.Directed, reason: entry.Id, draw: null, command.On, checks: [], command.Inspectors, unassigned: null, cap, context);
            enterprise.Append(new GrainEvent.VisitMade(command.On, visit.Id, command.On.Year));
        }
    }

    /// <summary>What is not inspected any more is not visited, unless checks are made on the same visit.</summary>
    public static void CallOff(Draft enterprise, EnergyInspection entry, string reason, DecisionContext context)
    {
        if (VisitOf(enterprise, entry) is { Status: VisitStatus.Planned, Checks.Count: 0 } visit)
            enterprise.Append(new GrainEvent.VisitCalledOff(context.Today, visit.Id, reason));
    }

    /// <summary>Whether an inspection that is still to be made is to be made on a visit.</summary>
    public static bool Awaits(Draft enterprise, Visit visit) => EntryOf(enterprise, visit) is not null;

    /// <summary>Refuses whoever may not make the visit, by the rules of the inspection that is made on it.</summary>
    public static Rejection? RefuseUnfit(Draft enterprise, Visit visit, IReadOnlyList<string> inspectors, DecisionContext context) =>
        EntryOf(enterprise, visit) is { } entry ? NamedInspectors.Refuse(enterprise, inspectors, context.Rules[entry.Policy], context.Today, context) : null;

    private static EnergyInspection? EntryOf(Draft enterprise, Visit visit) =>
        enterprise.Subject.EnergyInspections?.FirstOrDefault(entry => IsPending(entry) && VisitOf(enterprise, entry)?.Id == visit.Id);

    private static bool IsPending(EnergyInspection entry) => entry.Status is EnergyStatus.Listed or EnergyStatus.Notified;

    private static Visit? VisitOf(Draft enterprise, EnergyInspection entry) => entry.OnSite is { } drawn ? Visiting.Find(enterprise, drawn.Visit) : null;
}
