namespace Supervision.Api.Tests;

/// <summary>One hold, number 3, at which transfers stop if the test says so.</summary>
internal sealed class StandInHolds : IHolds
{
    public static HoldView Three { get; } = new(
        3, "title-transfer", HoldStatus.Waiting, 600, 6000, new HeldTransfer("miit-2016", "miit-2024", new DateOnly(2026, 5, 1), "factory", null, null, null), "p-Officer",
        Entities.Now, null, null, null);

    public bool Stops { get; set; }

    public List<TransferRequest> Asked { get; } = [];

    public List<(HoldStatus Status, string? Reason, Actor Actor)> Decided { get; } = [];

    public Rejection? Refusal { get; set; }

    public (HoldStatus? Status, long? Before) Listed { get; private set; }

    public Task<HoldView?> StopAsync(TransferRequest request, CancellationToken cancellationToken)
    {
        Asked.Add(request);
        return Task.FromResult(Stops ? Three : null);
    }

    public Task<Page<HoldView>> ListAsync(HoldStatus? status, long? before, int limit, CancellationToken cancellationToken)
    {
        Listed = (status, before);
        return Task.FromResult(new Page<HoldView>([Three], HasMore: before is null));
    }

    public Task<HoldView?> FindAsync(long id, CancellationToken cancellationToken) => Task.FromResult(id == 3 ? Three : null);

    public Task<TransferPage?> WouldDoAsync(long id, GrainId? after, int limit, CancellationToken cancellationToken) => Task.FromResult<TransferPage?>(new TransferPage(
        [new TransferOutcome(Entities.Factory, "北京第一工厂", "green-factory", Level.National, TransferStatus.Transferred, null, null, null)], after is null ? Entities.Factory : null));

    public Task<HoldDecision> DecideAsync(long id, HoldStatus release, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        Decided.Add((release, reason, actor));
        return Task.FromResult(new HoldDecision(id == 3 ? Three with { Status = release } : null, Refusal));
    }
}
