using Supervision.Grains.Behaviour;

namespace Supervision.Grains.Downtimes;

/// <summary>Downtimes from their declaration to their confirmation; what they do to deadlines is <see cref="DeadlineMoving"/>.</summary>
internal static class DowntimeCommands
{
    /// <summary>Most days of a downtime, and between its end and the day to which deadlines are moved: what lasts longer is for whoever made the rules.</summary>
    private const int DaysMax = 60;

    public static bool Concerns(GrainCommand command) => command is GrainCommand.DeclareDowntime or GrainCommand.ConfirmDowntime;

    public static Decision Decide(Draft draft, GrainCommand command, DecisionContext context)
    {
        if (draft.Id.Kind != GrainKind.Downtime)
            return new Rejection.DowntimeNotFound(draft.Id.Key);
        if (command is GrainCommand.DeclareDowntime declare)
            return Declare(draft, declare, context);
        if (draft.State is not GrainState.Downtime downtime)
            return new Rejection.DowntimeNotFound(draft.Id.Key);
        return command is GrainCommand.ConfirmDowntime ? Confirm(draft, downtime, context) : new Rejection.NotASubject(draft.Id);
    }

    public static GrainState.Downtime? Evolve(GrainState? state, GrainEvent @event, string actor) => (state, @event) switch
    {
        (null, GrainEvent.DowntimeDeclared e) => new GrainState.Downtime
        {
            Region = e.Region, From = e.From, To = e.To, MovedTo = e.MovedTo, Reason = e.Reason, DeclaredOn = e.EffectiveOn, DeclaredBy = actor,
        },
        (GrainState.Downtime downtime, GrainEvent.DowntimeConfirmed e) => downtime with { ConfirmedAt = e.At, ConfirmedBy = actor },
        _ => null,
    };

    private static Decision Declare(Draft draft, GrainCommand.DeclareDowntime command, DecisionContext context)
    {
        if (draft.State is not null)
            return new Rejection.DowntimeAlreadyDeclared(draft.Id.Key);
        if (!context.Actor.Covers(command.Region))
            return new Rejection.OutOfScope(command.Region);
        if (command.To < command.From)
            return new Rejection.DateTooEarly("to", command.To, command.From, "the first day of the downtime");
        if (command.To > command.From.AddDays(DaysMax))
            return new Rejection.DowntimeTooLong("to", DaysMax);
        var movedTo = command.MovedTo ?? context.Rules.Calendar.AddWorkingDays(command.To, 1);
        if (movedTo <= command.To)
            return new Rejection.DateTooEarly("movedTo", movedTo, command.To.AddDays(1), "the day after the downtime");
        if (movedTo > command.To.AddDays(DaysMax))
            return new Rejection.DowntimeTooLong("movedTo", DaysMax);
        draft.Append(new GrainEvent.DowntimeDeclared(context.Today, command.Region, command.From, command.To, movedTo, command.Reason));
        return Decision.Creating("");
    }

    private static Decision Confirm(Draft draft, GrainState.Downtime downtime, DecisionContext context)
    {
        if (!context.Actor.Covers(downtime.Region))
            return new Rejection.OutOfScope(downtime.Region);
        if (downtime.ConfirmedAt is not null)
            return Decision.Accepted;
        if (string.Equals(downtime.DeclaredBy, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("A downtime is confirmed by another person than declared it.");
        draft.Append(new GrainEvent.DowntimeConfirmed(context.Today, context.Now));
        return Decision.Accepted;
    }
}
