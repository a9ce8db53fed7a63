using System.IO.Compression;

namespace Supervision.Api.Tests;

/// <summary>One draw, which stands wherever a test puts it.</summary>
internal sealed class StandInDraws : IDraws
{
    private static readonly DateTimeOffset At = new(2026, 6, 20, 2, 0, 0, TimeSpan.Zero);

    public DrawStatus Status { get; set; }

    private DrawView Draw => new(
        "d-1", Status,
        new DrawAnnouncement
        {
            Rule = DrawAnnouncement.RuleV1, Policy = "miit-2016", Scope = new DrawScope(null, Level.National, null), Strata = [new DrawStratum(null, 0.05m, 100, 5)], Excluded = [],
            RosterSize = 100, RosterRoot = "", PoolSize = 2, PoolRoot = "", Commitment = "", PublicSource = "x", PublicAt = At, NotBefore = At, InspectorsPerVisit = 2,
            DueBy = new DateOnly(2026, 9, 1),
        },
        new DateOnly(2026, 6, 1), ApprovalNeeded: true, Approved: false, null, null, null, 1);

    public Task<DrawOutcome> AnnounceAsync(DrawRequest request, CommandContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new DrawOutcome(CommandStatus.Accepted, null, Draw with { Id = request.Id ?? "d-1" }));

    public Task<DrawOutcome> ApproveAsync(string draw, CommandContext context, CancellationToken cancellationToken) => AnswerAsync(draw);

    public Task<DrawOutcome> ExecuteAsync(string draw, IReadOnlyList<string> publicValues, CommandContext context, CancellationToken cancellationToken) => AnswerAsync(draw);

    public Task<DrawView?> FindAsync(string draw, CancellationToken cancellationToken) => Task.FromResult(draw == "d-1" ? Draw : null);

    public Task<IReadOnlyList<DrawView>> ListAsync(DrawFilter filter, string? after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DrawView>>(after is null && filter.Holds(Draw) ? [Draw] : []);

    public Task<Stream?> RecordAsync(string draw, bool whole, CancellationToken cancellationToken)
    {
        if (draw != "d-1" || (whole ? Status < DrawStatus.Completed : Status != DrawStatus.Opened))
            return Task.FromResult<Stream?>(null);
        var content = new MemoryStream();
        using (var compressed = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
            compressed.Write(whole ? """{"whole":true}"""u8 : """{"whole":false}"""u8);
        content.Position = 0;
        return Task.FromResult<Stream?>(content);
    }

    private Task<DrawOutcome> AnswerAsync(string draw) => Task.FromResult(draw == "d-1"
        ? new DrawOutcome(CommandStatus.Accepted, null, Draw)
        : new DrawOutcome(CommandStatus.Rejected, new Rejection.DrawNotFound(draw), null));
}
