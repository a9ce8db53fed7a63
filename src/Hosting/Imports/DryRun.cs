using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Supervision.Grains.Behaviour;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Imports;

namespace Supervision.Hosting.Imports;

/// <summary>
/// Tries rows without writing them, each on the register as the rows before it would leave it. Of what they would leave only that is kept which another row names, as
/// text: a file has millions of rows.
/// </summary>
internal sealed class DryRun(GrainHost host)
{
    // Sixteen bytes for an identity.
    private readonly HashSet<UInt128> _entered = [];
    private readonly HashSet<UInt128> _enteredAgain = [];
    private readonly HashSet<UInt128> _named = [];

    private readonly ConcurrentDictionary<GrainId, StoredGrain> _left = new();

    /// <summary>Takes note of what a row names. Every row has to be known before the first is tried.</summary>
    public void Note(ListedRow row)
    {
        if (row.Command is null)
            return;
        if (!_entered.Add(DigestOf(row.Grain)))
            _enteredAgain.Add(DigestOf(row.Grain));
        foreach (var needed in GrainBehaviour.Needs(row.Grain, null, row.Command))
            _named.Add(DigestOf(needed));
        if (row.SameByName is { } byName)
            _named.Add(DigestOf(byName));
    }

    /// <summary>Whether a row rests on rows before it.</summary>
    public bool IsInOrder(ListedRow row) => row.InOrder || _enteredAgain.Contains(DigestOf(row.Grain));

    /// <summary>Whether rows before would have merged a grain into another.</summary>
    public bool IsMerged(GrainId grain) => LeftOf(grain)?.State is GrainState.Subject { MergedInto: not null };

    /// <summary>What would come of a command.</summary>
    public async Task<(Rejection? Rejection, bool Changed)> TryAsync(GrainId grain, GrainCommand command, Actor actor)
    {
        var turn = await host.TryAsync(grain, command, actor, LeftOf);
        if (turn.Rejection is not null)
            return (turn.Rejection, false);
        var changes = turn.Others.Prepend(turn.Target).Where(change => change.Events.Count > 0).ToList();
        foreach (var change in changes)
        {
            if (DigestOf(change.Grain) is var digest && (_named.Contains(digest) || _enteredAgain.Contains(digest)))
                _left[change.Grain] = new StoredGrain(change.After.Version, LedgerJson.Write(change.After.State!));
        }

        return (null, changes.Count > 0);
    }

    private KnownGrain? LeftOf(GrainId grain) =>
        _left.TryGetValue(grain, out var left) ? new KnownGrain(LedgerJson.ReadState(left.State), left.Version) : null;

    private static UInt128 DigestOf(GrainId grain) => BinaryPrimitives.ReadUInt128BigEndian(Sha256.HashData(Encoding.UTF8.GetBytes(grain.Value)));
}
