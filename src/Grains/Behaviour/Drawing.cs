using Supervision.Grains.Draws;

namespace Supervision.Grains.Behaviour;

/// <summary>A draw of spot checks from its announcement to the opening of its record (优化营商环境条例 第五十四条: 随机抽取).</summary>
internal static class Drawing
{
    public static bool Concerns(GrainCommand command) => command is GrainCommand.AnnounceDraw or GrainCommand.ApproveDraw or GrainCommand.ExecuteDraw
        or GrainCommand.SkipWinners or GrainCommand.CompleteDraw or GrainCommand.OpenDraw;

    public static Decision Decide(Draft draft, GrainCommand command, DecisionContext context)
    {
        if (draft.Id.Kind != GrainKind.Draw)
            return new Rejection.NotADraw(draft.Id);
        if (command is GrainCommand.AnnounceDraw announce)
            return Announce(draft, announce, context);
        if (draft.State is not GrainState.Draw draw)
            return new Rejection.DrawNotFound(draft.Id.Key);
        if (!context.Actor.Covers(draw.Announcement.Scope.Region))
            return new Rejection.OutOfScope(draw.Announcement.Scope.Region);
        return command switch
        {
            GrainCommand.ApproveDraw => Approve(draft, draw, context),
            GrainCommand.ExecuteDraw execute => Execute(draft, draw, execute, context),
            GrainCommand.SkipWinners skip => Skip(draft, draw, skip, context),
            GrainCommand.CompleteDraw complete => Complete(draft, draw, complete, context),
            _ => Open(draft, draw, context),
        };
    }

    private static Decision Announce(Draft draft, GrainCommand.AnnounceDraw command, DecisionContext context)
    {
        var announcement = command.Announcement;
        if (draft.State is not null)
            return new Rejection.DrawAlreadyAnnounced(draft.Id.Key);
        if (!context.Actor.Covers(announcement.Scope.Region))
            return new Rejection.OutOfScope(announcement.Scope.Region);
        if (announcement.NotBefore <= context.Now)
            return new Rejection.PublicValueTooEarly("notBefore", announcement.NotBefore, context.Now);
        if (announcement.PublicAt <= context.Now)
            return new Rejection.PublicValueTooEarly("publicAt", announcement.PublicAt, context.Now);
        if (announcement.NotBefore < announcement.PublicAt)
            return new Rejection.PublicValueTooEarly("notBefore", announcement.NotBefore, announcement.PublicAt);
        var firstDay = Calendars.CivilTime.DateAt(announcement.NotBefore);
        if (announcement.DueBy < firstDay)
            return new Rejection.DateTooEarly("dueBy", announcement.DueBy, firstDay, "the day of the draw");
        var eligible = announcement.Strata.Sum(stratum => stratum.Eligible);
        if (announcement.Size is { } size && size > eligible)
            return new Rejection.QuotaTooLarge(size, eligible);
        if (announcement.Strata.Sum(stratum => stratum.Quota) == 0)
            return new Rejection.RosterEmpty(announcement.Excluded.Sum(left => left.Count));
        var (items, policy) = (announcement.Items ?? [], context.Rules[announcement.Policy]);
        if (CheckItems.Find(items, policy, CheckedPlace.Of(announcement.Scope), context, out _) is { } unpublished)
            return unpublished;
        // What is drawn is visited: for items that papers suffice for, nobody has a reason to come.
        if (items.Count > 0 && CheckItems.RefuseWay(items, remote: false, onSite: null, policy, context) is { } fromAfar)
            return fromAfar;
        var approvalFrom = context.Rules[announcement.Policy].Checks.ApprovalFrom;
        draft.Append(new GrainEvent.DrawAnnounced(context.Today, announcement, approvalFrom?.Value <= context.Today));
        return Decision.Creating("");
    }

    private static Decision Approve(Draft draft, GrainState.Draw draw, DecisionContext context)
    {
        if (draw.Status != DrawStatus.Announced)
            return new Rejection.DrawAlreadyExecuted(draft.Id.Key);
        if (draw.ApprovedBy is not null)
            return new Rejection.DrawAlreadyApproved(draft.Id.Key);
        if (string.Equals(draw.AnnouncedBy, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("A draw is approved by another person than announced it.");
        draft.Append(new GrainEvent.DrawApproved(context.Today));
        return Decision.Accepted;
    }

    private static Decision Execute(Draft draft, GrainState.Draw draw, GrainCommand.ExecuteDraw command, DecisionContext context)
    {
        if (draw.Status != DrawStatus.Announced)
            return new Rejection.DrawAlreadyExecuted(draft.Id.Key);
        if (context.Now < draw.Announcement.NotBefore)
            return new Rejection.DrawTooEarly(draft.Id.Key, draw.Announcement.NotBefore);
        if (context.Today > draw.Announcement.DueBy)
            return new Rejection.DrawTooLate(draft.Id.Key, draw.Announcement.DueBy);
        if (draw is { ApprovalNeeded: true, ApprovedBy: null })
            return new Rejection.DrawNotApproved(draft.Id.Key);
        var secret = Convert.FromHexString(command.Secret);
        if (!string.Equals(DrawSeed.CommitmentTo(secret), draw.Announcement.Commitment, StringComparison.Ordinal))
            return new Rejection.SecretDiffers(draft.Id.Key);
        foreach (var chunk in command.SkippedInspectors.Chunk(SkipsOfAnEvent))
            draft.Append(new GrainEvent.DrawInspectorsSkipped(context.Today, chunk));
        var seed = DrawSeed.Of(secret, command.PublicValues, Convert.FromHexString(command.Root));
        draft.Append(new GrainEvent.DrawExecuted(
            context.Today,
            new DrawExecution(context.Now, command.Secret, command.PublicValues, command.TreeSize, command.Root, Convert.ToHexStringLower(seed))));
        return Decision.Accepted;
    }

    private static Decision Skip(Draft draft, GrainState.Draw draw, GrainCommand.SkipWinners command, DecisionContext context)
    {
        if (draw.Status != DrawStatus.Executed)
            return new Rejection.DrawNotThere(draft.Id.Key, draw.Status);
        // Whoever takes the draw up after an interruption finds the rounds recorded that were.
        if (command.Round != draw.Rounds + 1)
            return Decision.Accepted;
        foreach (var skipped in command.Skipped)
            draft.Append(new GrainEvent.DrawWinnerSkipped(context.Today, command.Round, GrainId.FromStored(skipped.Id), skipped.Reason));
        return Decision.Accepted;
    }

    private static Decision Complete(Draft draft, GrainState.Draw draw, GrainCommand.CompleteDraw command, DecisionContext context)
    {
        if (draw.Status is DrawStatus.Completed or DrawStatus.Opened)
            return Decision.Accepted;
        if (draw.Status != DrawStatus.Executed)
            return new Rejection.DrawNotThere(draft.Id.Key, draw.Status);
        draft.Append(new GrainEvent.DrawCompleted(context.Today, command.Completion));
        return Decision.Accepted;
    }

    private static Decision Open(Draft draft, GrainState.Draw draw, DecisionContext context)
    {
        if (draw.Status == DrawStatus.Opened)
            return Decision.Accepted;
        if (draw.Status != DrawStatus.Completed)
            return new Rejection.DrawNotThere(draft.Id.Key, draw.Status);
        draft.Append(new GrainEvent.DrawOpened(context.Today));
        return Decision.Accepted;
    }

    // So many keep an event below the size of a leaf.
    private const int SkipsOfAnEvent = 400;
}
