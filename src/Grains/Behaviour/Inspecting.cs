using System.Diagnostics;

namespace Supervision.Grains.Behaviour;

/// <summary>What the law asks of an inspection between its order and its end: who comes, when they came, what was signed, what the holder says.</summary>
internal static class Inspecting
{
    /// <summary>Whether a command is about the course of an inspection, or about a visit as such.</summary>
    public static bool Concerns(GrainCommand command) => CheckOf(command) is not null || IsOfVisit(command);

    /// <summary>The enterprise whose visit is concerned.</summary>
    public static IEnumerable<GrainId?> Needs(GrainState.Subject? subject, GrainCommand command) => command switch
    {
        GrainCommand.NotifyCheck => [subject?.Enterprise, .. VisitsOf(subject, command)],
        GrainCommand.AssignInspectors or GrainCommand.DecideRecusal or GrainCommand.RecordEntry or GrainCommand.RecordExit => VisitsOf(subject, command),
        _ => [],
    };

    /// <summary>Who comes is one thing for a visit, so that every entity visited is concerned.</summary>
    public static IEnumerable<GrainId> Next(GrainState.Subject? subject, GrainCommand command, GrainId known, GrainState? state) =>
        command is GrainCommand.OrderCheck order ? Visiting.Next(order, state)
        : command is GrainCommand.AssignInspectors or GrainCommand.DecideRecusal { Accepted: true } && state is GrainState.Subject enterprise
            && Find(subject, command)?.Visit is { } visit ? Visiting.Visited(known, enterprise, visit).OfType<GrainId>()
        : [];

    public static Decision Decide(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand command, DecisionContext context)
    {
        if (IsOfVisit(command))
        {
            return draft.Id.Kind != GrainKind.Enterprise ? new Rejection.NotAnEnterprise(draft.Id, draft.Subject.Enterprise) : command switch
            {
                GrainCommand.EnterVisit enter => Entering.Enter(draft, enter, context),
                GrainCommand.ExitVisit exit => Entering.Exit(draft, exit, context),
                GrainCommand.AskVisitRecusal ask => VisitRecusing.Ask(draft, ask, context),
                GrainCommand.DecideVisitRecusal decide => VisitRecusing.Decide(draft, decide, context),
                _ => DepartmentVisits.Decide(draft, command, context),
            };
        }

        // A holder is not shown a check that it was not told of.
        if (Find(draft.Subject, command) is not { } check || (context.Actor.IsParty() && !check.IsAnnounced()))
            return new Rejection.CheckNotFound(CheckOf(command)!);
        return command switch
        {
            GrainCommand.AssignInspectors assign => Assigning.Assign(draft, others, check, assign, context),
            GrainCommand.AskRecusal ask => Assigning.Ask(draft, check, ask, context),
            GrainCommand.DecideRecusal decide => Assigning.Decide(draft, others, check, decide, context),
            GrainCommand.RecordEntry enter => Entering.Enter(draft, others, check, enter, context),
            GrainCommand.RecordExit exit => Entering.Exit(draft, others, check, exit, context),
            GrainCommand.SignRecord sign => Sign(draft, check, sign, context),
            GrainCommand.ServeResult serve => Objecting.Serve(draft, check, serve, context),
            GrainCommand.ObjectToResult @object => Objecting.Object(draft, check, @object, context),
            GrainCommand.DecideObjection decide => Objecting.Decide(draft, check, decide, context),
            _ => throw new UnreachableException($"{command.GetType().Name} was not decided."),
        };
    }

    /// <summary>Why a check is not made now: it is over, has its result, or waits for an approval that had to come first.</summary>
    public static Rejection? RefuseOpen(Check check) => check.Status switch
    {
        CheckStatus.Planned when check.Emergency is null => new Rejection.CheckNotApproved(check.Id),
        CheckStatus.Recorded or CheckStatus.Confirmed => new Rejection.ResultAlreadyRecorded(check.Id),
        CheckStatus.Cancelled => new Rejection.CheckClosed(check.Id, check.Status),
        _ => null,
    };

    /// <summary>The step that a policy asks for before a result, and that is missing; where nobody was found there was none to be had.</summary>
    public static Rejection? RefuseSteps(Draft draft, Dictionary<GrainId, Draft> others, Check check, CheckOutcome outcome, DecisionContext context)
    {
        if (context.Rules[check.Title.Policy].Checks.Inspection is not { } inspection || check.OrderedOn < inspection.From.Value || outcome == CheckOutcome.Unreachable)
            return null;
        foreach (var step in inspection.Steps)
        {
            var missing = step switch
            {
                InspectionStep.Notice => check.NotifiedOn is null,
                // The enterprise was asked for unless another check of the visit came this far.
                InspectionStep.Entry => outcome != CheckOutcome.Refused && Visiting.Of(draft, others, check, context)?.Visit is { Entries: null },
                _ => outcome != CheckOutcome.Refused && check.Record is null,
            };
            if (missing)
                return new Rejection.InspectionStepMissing(inspection.StepsArticle, check.Id, step);
        }

        return null;
    }

    /// <summary>An inspector acts on the own checks only.</summary>
    public static Rejection.NotYourCheck? RefuseStranger(Check check, Actor actor) =>
        actor.Role == Role.Inspector && !check.Inspectors.Contains(actor.Person, StringComparer.Ordinal) ? new Rejection.NotYourCheck(check.Id) : null;

    private static Decision Sign(Draft draft, Check check, GrainCommand.SignRecord command, DecisionContext context)
    {
        if (RefuseStranger(check, context.Actor) is { } stranger)
            return stranger;
        if (Checking.RefuseDate("on", command.On, check, context) is { } wrongDate)
            return wrongDate;
        if (check.Status != CheckStatus.Recorded && RefuseOpen(check) is { } over)
            return over;
        if (check.Record is { } made)
            return new Rejection.RecordAlreadySigned(check.Id, made.On);
        if (!command.HolderSigned && string.IsNullOrWhiteSpace(command.Reason))
            return new Rejection.ReasonNeeded();
        draft.Append(new GrainEvent.RecordSigned(command.On, check.Id, command.HolderSigned, command.Reason));
        return Decision.Accepted;
    }

    private static bool IsOfVisit(GrainCommand command) =>
        command is GrainCommand.EnterVisit or GrainCommand.ExitVisit or GrainCommand.AskVisitRecusal or GrainCommand.DecideVisitRecusal or GrainCommand.RecordVisit
            or GrainCommand.CompleteVisit or GrainCommand.CallOffVisit;

    private static IEnumerable<GrainId?> VisitsOf(GrainState.Subject? subject, GrainCommand command) => [Find(subject, command)?.Visit?.Enterprise];

    private static Check? Find(GrainState.Subject? subject, GrainCommand command) =>
        subject is not null && (CheckOf(command) ?? (command as GrainCommand.NotifyCheck)?.Check) is { } id ? Checking.Find(subject, id) : null;

    private static string? CheckOf(GrainCommand command) => command switch
    {
        GrainCommand.AssignInspectors assign => assign.Check,
        GrainCommand.AskRecusal ask => ask.Check,
        GrainCommand.DecideRecusal decide => decide.Check,
        GrainCommand.RecordEntry enter => enter.Check,
        GrainCommand.RecordExit exit => exit.Check,
        GrainCommand.SignRecord sign => sign.Check,
        GrainCommand.ServeResult serve => serve.Check,
        GrainCommand.ObjectToResult @object => @object.Check,
        GrainCommand.DecideObjection decide => decide.Check,
        _ => null,
    };
}
