namespace Supervision;

/// <summary>Draws of spot checks: announced before anybody can know who wins, made with a public value, on record for everyone.</summary>
public interface IDraws
{
    /// <summary>Announces a draw.</summary>
    /// <param name="request">What is drawn.</param>
    /// <param name="context">Who announces it, and how it may be sent again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LedgerUnavailableException">The ledger cannot take commands now.</exception>
    Task<DrawOutcome> AnnounceAsync(DrawRequest request, CommandContext context, CancellationToken cancellationToken);

    /// <summary>Approves, as a second person, that a draw is made.</summary>
    Task<DrawOutcome> ApproveAsync(string draw, CommandContext context, CancellationToken cancellationToken);

    /// <summary>Makes a draw; its visits are ordered in the background.</summary>
    /// <param name="draw">The key of the draw.</param>
    /// <param name="publicValues">The public values, in order.</param>
    /// <param name="context">Who makes it, and how it may be sent again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<DrawOutcome> ExecuteAsync(string draw, IReadOnlyList<string> publicValues, CommandContext context, CancellationToken cancellationToken);

    /// <summary>A draw; null: there is none of that key.</summary>
    Task<DrawView?> FindAsync(string draw, CancellationToken cancellationToken);

    /// <summary>Those draws of a filter after one, in the order of their keys.</summary>
    Task<IReadOnlyList<DrawView>> ListAsync(DrawFilter filter, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>The record of a draw, compressed (gzip); null: there is none to be shown yet.</summary>
    /// <param name="draw">The key of the draw.</param>
    /// <param name="whole">Whether it is asked for by somebody who may see all of it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<Stream?> RecordAsync(string draw, bool whole, CancellationToken cancellationToken);
}

/// <summary>Which draws are listed; an absent member does not restrict.</summary>
/// <param name="WaitsFor">Those that wait for this.</param>
/// <param name="Policy">Those under this policy.</param>
/// <param name="Region">Those whose scope lies in this region, a six-digit code.</param>
public sealed record DrawFilter(DrawStep? WaitsFor = null, string? Policy = null, string? Region = null)
{
    /// <summary>Whether a draw is one of them.</summary>
    public bool Holds(DrawView draw)
    {
        ArgumentNullException.ThrowIfNull(draw);
        return (WaitsFor is null || draw.WaitsFor == WaitsFor)
            && (Policy is null || string.Equals(draw.Announcement.Policy, Policy, StringComparison.Ordinal))
            && (Region is null || (draw.Announcement.Scope.Region is { } within && Supervision.Region.Covers(Region, within)));
    }
}

/// <summary>What is to be drawn.</summary>
/// <param name="Id">The key of the draw; null: one is made of the policy, the day and a number.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Scope">Whose titles.</param>
/// <param name="Rate">The share that is drawn of every risk class; null: the policy's, or a size.</param>
/// <param name="Size">How many are drawn in all; null: by rate.</param>
/// <param name="PublicSource">Where the public values come from; null: from where the policy says.</param>
/// <param name="PublicAt">When they come to be known; null: at <paramref name="NotBefore"/>.</param>
/// <param name="NotBefore">When the draw may be made at the earliest.</param>
/// <param name="DueBy">Last day of the visits; null: as the policy says.</param>
/// <param name="InspectorsPerVisit">How many make a visit; null: as few as the policy allows.</param>
/// <param name="Items">The items to be checked; null: those that the policy has.</param>
/// <param name="Plan">The plan of the policy that asks for it; null: an officer does.</param>
/// <param name="Purpose">What is drawn.</param>
public sealed record DrawRequest(
    string? Id, string Policy, DrawScope Scope, decimal? Rate, int? Size, string? PublicSource, DateTimeOffset? PublicAt, DateTimeOffset NotBefore, DateOnly? DueBy,
    int? InspectorsPerVisit, IReadOnlyList<string>? Items, string? Plan = null, DrawPurpose Purpose = DrawPurpose.SpotChecks);

/// <summary>What became of a command to a draw.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Rejection">Why it was refused.</param>
/// <param name="Draw">The draw afterwards; null where it was refused.</param>
public sealed record DrawOutcome(CommandStatus Status, Rejection? Rejection, DrawView? Draw);

/// <summary>A draw as those see it who supervise; to others how the seed came about is told with the record and not before, because it tells who wins.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Announcement">What was announced.</param>
/// <param name="AnnouncedOn">The civil date of the announcement.</param>
/// <param name="ApprovalNeeded">Whether a second person has to approve it before it is made.</param>
/// <param name="Approved">Whether that was done.</param>
/// <param name="Execution">How the seed came about; null before.</param>
/// <param name="Completion">What came of it; null before every visit is ordered.</param>
/// <param name="OpenedOn">Since when the record is open to everyone.</param>
/// <param name="Version">The version of its grain.</param>
public sealed record DrawView(
    string Id, DrawStatus Status, DrawAnnouncement Announcement, DateOnly AnnouncedOn, bool ApprovalNeeded, bool Approved, DrawExecution? Execution,
    DrawCompletion? Completion, DateOnly? OpenedOn, long Version)
{
    /// <summary>What it waits for; null: nothing any more.</summary>
    public DrawStep? WaitsFor => Status switch
    {
        DrawStatus.Announced => ApprovalNeeded && !Approved ? DrawStep.Approval : DrawStep.Execution,
        DrawStatus.Executed => DrawStep.Orders,
        DrawStatus.Completed => DrawStep.Opening,
        _ => null,
    };
}
