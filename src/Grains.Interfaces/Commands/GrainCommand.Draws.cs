namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>Announces a draw.</summary>
    /// <param name="Announcement">Everything about it.</param>
    public sealed record AnnounceDraw(DrawAnnouncement Announcement) : GrainCommand;

    /// <summary>Approves, as a second person, that an announced draw is made.</summary>
    public sealed record ApproveDraw : GrainCommand;

    /// <summary>Makes a draw.</summary>
    /// <param name="Secret">The secret that the announcement commits to, in lower-case hex.</param>
    /// <param name="PublicValues">The public values, in order.</param>
    /// <param name="TreeSize">The number of events of the ledger up to the batch of the announcement.</param>
    /// <param name="Root">The root of the ledger at that size, in lower-case hex.</param>
    /// <param name="SkippedInspectors">Inspectors of the pool who may inspect no longer.</param>
    public sealed record ExecuteDraw(
        string Secret, IReadOnlyList<string> PublicValues, long TreeSize, string Root, IReadOnlyList<DrawSkip> SkippedInspectors) : GrainCommand;

    /// <summary>Records who of a round is skipped.</summary>
    /// <param name="Round">The round, from 1.</param>
    /// <param name="Skipped">The winners that are not checked.</param>
    public sealed record SkipWinners(int Round, IReadOnlyList<DrawSkip> Skipped) : GrainCommand;

    /// <summary>Records that every visit of a draw is ordered.</summary>
    /// <param name="Completion">What came of it.</param>
    public sealed record CompleteDraw(DrawCompletion Completion) : GrainCommand;

    /// <summary>Opens the record of a draw to everyone.</summary>
    public sealed record OpenDraw : GrainCommand;
}
