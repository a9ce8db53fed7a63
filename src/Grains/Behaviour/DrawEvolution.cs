namespace Supervision.Grains.Behaviour;

/// <summary>What events do to a draw.</summary>
internal static class DrawEvolution
{
    public static GrainState.Draw Announce(GrainEvent.DrawAnnounced e, string actor) => new()
    {
        Announcement = e.Announcement,
        AnnouncedOn = e.EffectiveOn,
        AnnouncedBy = actor,
        ApprovalNeeded = e.ApprovalNeeded,
    };

    public static GrainState.Draw? Evolve(GrainState.Draw draw, GrainEvent @event, string actor) => @event switch
    {
        GrainEvent.DrawApproved => draw with { ApprovedBy = actor },
        GrainEvent.DrawExecuted e => draw with { Status = DrawStatus.Executed, Execution = e.Execution },
        GrainEvent.DrawInspectorsSkipped => draw,
        GrainEvent.DrawWinnerSkipped e => draw with { Rounds = e.Round },
        GrainEvent.DrawCompleted e => draw with { Status = DrawStatus.Completed, Completion = e.Completion },
        GrainEvent.DrawOpened e => draw with { Status = DrawStatus.Opened, OpenedOn = e.EffectiveOn },
        _ => null,
    };
}
