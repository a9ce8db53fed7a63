using Supervision.Ledger.Merkle;

namespace Supervision.Ledger.Append;

/// <summary>The end of the ledger as a writer knows it.</summary>
/// <param name="Seq">The last seq, which is also the size of the tree.</param>
/// <param name="Frontier">The tree's right edge, as stored.</param>
internal readonly record struct Head(long Seq, byte[] Frontier)
{
    public MerkleFrontier Tree() => MerkleFrontier.FromBytes(Seq, Frontier);
}
