using Supervision.Ledger.Merkle;

namespace Supervision.Ledger.Append;

/// <summary>The end of the ledger as a writer knows it.</summary>
/// <param name="Seq">The last seq, which is also the size of the tree.</param>
/// <param name="Frontier">The tree's right edge, as stored.</param>
internal readonly record struct Head(long Seq, byte[] Frontier)
{
    /// <summary>Whether it is the very end that another head tells of, not merely one of the same length.</summary>
    public bool Is(Head other) => Seq == other.Seq && Frontier.AsSpan().SequenceEqual(other.Frontier);

    public MerkleFrontier Tree() => MerkleFrontier.FromBytes(Seq, Frontier);
}
