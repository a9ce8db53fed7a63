namespace Supervision.Ledger.Append;

/// <summary>Appends that are committed together: no two touch a grain that one of them writes, as each rests on the versions from before the batch.</summary>
internal sealed class Batch
{
    private readonly List<PendingAppend> _appends = [];
    private readonly HashSet<GrainId> _written = [];
    private readonly HashSet<GrainId> _read = [];
    private readonly HashSet<Guid> _commands = [];

    /// <summary>Identity in the database, new for every attempt whose fate is known to be nothing.</summary>
    public Guid Id { get; private set; } = Guid.NewGuid();

    public IReadOnlyList<PendingAppend> Appends => _appends;

    /// <summary>Takes an append in, unless it rests on what another one in this batch changes.</summary>
    public bool TryAdd(PendingAppend append)
    {
        var request = append.Request;
        foreach (var grain in request.Grains)
        {
            if (_written.Contains(grain.Grain) || (grain.Events.Count > 0 && _read.Contains(grain.Grain)))
                return false;
        }

        if (request.Command is { } command && !_commands.Add(command.Identity.Id))
            return false;
        foreach (var grain in request.Grains)
            (grain.Events.Count > 0 ? _written : _read).Add(grain.Grain);

        _appends.Add(append);
        return true;
    }

    /// <summary>The appends that stay when some are taken out.</summary>
    public Batch Without(IReadOnlySet<int> places) => Of(_appends.Where((_, place) => !places.Contains(place)));

    /// <summary>The first and the second half, to find the one that the database refuses.</summary>
    public (Batch First, Batch Second) Halves() => (Of(_appends.Take(_appends.Count / 2)), Of(_appends.Skip(_appends.Count / 2)));

    public void RenewId() => Id = Guid.NewGuid();

    private static Batch Of(IEnumerable<PendingAppend> appends)
    {
        var batch = new Batch();
        foreach (var append in appends)
            batch.TryAdd(append);
        return batch;
    }
}
