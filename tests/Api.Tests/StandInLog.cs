namespace Supervision.Api.Tests;

/// <summary>A log of ten events, of which event 1 is a title of the factory that is there, event 2 a case on it, event 3 rules, and event 5 the service of the case.</summary>
internal sealed class StandInLog : ITransparencyLog
{
    public const string Note = "log.example\n10\nAAAA\n\n— log.example AAAA\n";

    public static string LeafOf(int seq) => $"{{\"type\":\"{seq}\",\"data\":{(seq == 5 ? Served : "{}")}}}";

    /// <summary>The data of event 5.</summary>
    public const string Served = """{"case":"case-1","notice":{"number":"N-1"}}""";

    public bool IsSigned { get; set; } = true;

    public string? Trouble => null;

    public ValueTask<LogCheckpoint?> LatestAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(IsSigned ? new LogCheckpoint("log.example", 10, "aa", Note) : null);

    public ValueTask<IReadOnlyList<string>> VerifierKeysAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(IsSigned ? ["log.example+00000000+AQ=="] : []);

    public Task<byte[]?> TileAsync(TileAddress tile, CancellationToken cancellationToken) => tile switch
    {
        { Level: 0, Index: 0 } => Task.FromResult<byte[]?>(new byte[32 * tile.Width]),
        { Level: 0, Index: 1 } => throw new LogDamagedException("event 257"),
        _ => Task.FromResult<byte[]?>(null),
    };

    public Task<long> SizeAsync(CancellationToken cancellationToken) => Task.FromResult(12L);

    public Task<InclusionProof?> ProveInclusionAsync(long seq, long treeSize, CancellationToken cancellationToken)
    {
        var @event = seq switch
        {
            1 => new LoggedEvent(Entities.Factory, 1, "title.granted", LeafOf(1)),
            2 => new LoggedEvent(Entities.Factory, 2, "case.opened", LeafOf(2)),
            3 => new LoggedEvent(GrainId.Of(GrainKind.Policy, "miit-2016"), 1, "rules.adopted", LeafOf(3)),
            5 => new LoggedEvent(Entities.Factory, 3, "case.served", LeafOf(5)),
            _ => new LoggedEvent(GrainId.Of(GrainKind.Inspector, "I-1"), 1, "inspector.registered", LeafOf(4)),
        };
        return Task.FromResult<InclusionProof?>(new InclusionProof(seq, treeSize, "aa", "bb", ["cc"], @event));
    }

    public Task<ConsistencyProof> ProveConsistencyAsync(long from, long to, CancellationToken cancellationToken) =>
        Task.FromResult(new ConsistencyProof(from, "aa", to, "bb", ["cc"]));
}
