namespace Supervision.Api.Tests;

/// <summary>One downtime, with one deadline that had passed.</summary>
internal sealed class StandInDowntimes : IDowntimes
{
    private static readonly DowntimeView Downtime = new("d-1", "430000", new DateOnly(2026, 6, 22), new DateOnly(2026, 6, 26), new DateOnly(2026, 6, 29), "down", new DateOnly(2026, 6, 20), null);

    public Task<DowntimeOutcome> DeclareAsync(string? id, GrainCommand.DeclareDowntime command, CommandContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new DowntimeOutcome(CommandStatus.Accepted, null, Downtime with { Id = id ?? "d-1", Region = command.Region, From = command.From, To = command.To }));

    public Task<DowntimeOutcome> ConfirmAsync(string id, CommandContext context, CancellationToken cancellationToken) => Task.FromResult(id == Downtime.Id
        ? new DowntimeOutcome(CommandStatus.Accepted, null, Downtime)
        : new DowntimeOutcome(CommandStatus.Rejected, new Rejection.DowntimeNotFound(id), null));

    public DowntimeView? Find(string id) => id == Downtime.Id ? Downtime : null;

    public IReadOnlyList<DowntimeView> List() => [Downtime];

    public Task<Page<PassedDeadline>?> PassedAsync(string id, long after, int limit, CancellationToken cancellationToken) => Task.FromResult(id != Downtime.Id
        ? null
        : after == 0
            ? new Page<PassedDeadline>([new PassedDeadline(7, Entities.Factory, "check.overdue", new DateOnly(2026, 6, 25), """{"check":"check-1"}""")], HasMore: true)
            : new Page<PassedDeadline>([], HasMore: false));
}

/// <summary>One row of coverage.</summary>
internal sealed class StandInDrawStatistics : IDrawStatistics
{
    public Task<IReadOnlyList<DrawCoverageRow>> CountAsync(DrawCoverageFilter filter, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DrawCoverageRow>>(
        [new DrawCoverageRow(filter.Policy ?? "miit-2016", DrawPurpose.SpotChecks, filter.Region, null, filter.Year ?? 2026, 1, 1, 1, 100, 5, 5, 4, 3, 2)]);
}
