using System.Diagnostics;

namespace Supervision.Grains.Behaviour;

/// <summary>Visits of other departments: recorded, so that a firm's whole frequency is known and a planned one can be joined.</summary>
internal static class DepartmentVisits
{
    public static Decision Decide(Draft enterprise, GrainCommand command, DecisionContext context) => command switch
    {
        GrainCommand.RecordVisit record => Record(enterprise, record, context),
        GrainCommand.CompleteVisit complete => Complete(enterprise, complete, context),
        GrainCommand.CallOffVisit callOff => CallOff(enterprise, callOff, context),
        _ => throw new UnreachableException($"{command.GetType().Name} was not decided."),
    };

    private static Decision Record(Draft enterprise, GrainCommand.RecordVisit command, DecisionContext context)
    {
        if (command.Basis == CheckBasis.Directed && string.IsNullOrWhiteSpace(command.Reason))
            return new Rejection.ReasonNeeded();
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On.Value, context.Today);
        if (command.On is null && (command.DueBy is not { } last || last < context.Today))
            return new Rejection.DateTooEarly("dueBy", command.DueBy ?? default, context.Today, "today");
        var dueBy = command.On ?? command.DueBy!.Value;
        var id = Visiting.NextId(enterprise);
        enterprise.Append(new GrainEvent.VisitRecorded(context.Today, id, command.Department, command.Basis, command.Reason, dueBy, command.On, dueBy.Year));
        return Decision.Creating($"visits/{id}");
    }

    private static Decision Complete(Draft enterprise, GrainCommand.CompleteVisit command, DecisionContext context)
    {
        if (Refuse(enterprise, command.Visit, out var visit) is { } refused)
            return refused;
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        enterprise.Append(new GrainEvent.VisitMade(command.On, visit.Id, command.On.Year));
        return Decision.Accepted;
    }

    private static Decision CallOff(Draft enterprise, GrainCommand.CallOffVisit command, DecisionContext context)
    {
        if (Refuse(enterprise, command.Visit, out var visit) is { } refused)
            return refused;
        enterprise.Append(new GrainEvent.VisitCalledOff(context.Today, visit.Id, command.Reason));
        return Decision.Accepted;
    }

    private static Rejection? Refuse(Draft enterprise, string id, out Visit visit)
    {
        visit = Visiting.Find(enterprise, id)!;
        return visit switch
        {
            null => new Rejection.VisitNotFound(id),
            { Department: null } => new Rejection.VisitIsOwn(id),
            { Status: not VisitStatus.Planned } => new Rejection.VisitNotPlanned(id, visit.Status),
            _ => null,
        };
    }
}
