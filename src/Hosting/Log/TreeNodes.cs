using Supervision.Ledger.Merkle;

namespace Supervision.Hosting.Log;

/// <summary>The hash over 256^level events that an event completed.</summary>
/// <param name="Level">The level of tiles.</param>
/// <param name="Place">Its place on it, counted from 0.</param>
/// <param name="Hash">The hash.</param>
internal readonly record struct CompletedNode(int Level, long Place, byte[] Hash)
{
    /// <summary>The first event below it.</summary>
    public long FirstEvent => (Place << (TileAddress.Height * Level)) + 1;

    /// <summary>The last event below it.</summary>
    public long LastEvent => (Place + 1) << (TileAddress.Height * Level);
}

/// <summary>Recomputes the inner hashes of the log from the hashes of events, in the order in which events complete them.</summary>
internal sealed class TreeNodes
{
    private readonly List<(MerkleFrontier Open, long Place)> _levels = [(MerkleFrontier.Empty(), 0)];

    /// <summary>Takes the next event's hash in; the answer is what it completes, lower levels first.</summary>
    public IEnumerable<CompletedNode> Append(byte[] leafHash)
    {
        var hash = leafHash;
        for (var level = 0; ; level++)
        {
            var (open, place) = _levels[level];
            open.Append(hash);
            if (open.Size < TileAddress.WidthMax)
                yield break;
            hash = open.Root();
            yield return new CompletedNode(level + 1, place, hash);
            _levels[level] = (MerkleFrontier.Empty(), place + 1);
            if (_levels.Count == level + 1)
                _levels.Add((MerkleFrontier.Empty(), 0));
        }
    }
}
