namespace Supervision;

/// <summary>
/// The ledger as a public, tamper-evident log: one RFC 6962 Merkle tree over all events, whose size and root are signed again and
/// again. Whoever keeps one checkpoint notices whatever is changed, left out or taken back later. Hashes are 64 characters of lower-case hex.
/// </summary>
public interface ITransparencyLog
{
    /// <summary>Why nothing is signed at the moment; null: checkpoints are signed as events come.</summary>
    string? Trouble { get; }

    /// <summary>The newest signed checkpoint; null: there is none here.</summary>
    ValueTask<LogCheckpoint?> LatestAsync(CancellationToken cancellationToken);

    /// <summary>The keys by which checkpoints are verified, as signed notes write them (<c>name+id+key</c>); none where there is no key.</summary>
    ValueTask<IReadOnlyList<string>> VerifierKeysAsync(CancellationToken cancellationToken);

    /// <summary>The hashes of a tile, 32 bytes each; null: the ledger does not have all of them yet.</summary>
    /// <exception cref="LogDamagedException">The ledger should have them and does not.</exception>
    Task<byte[]?> TileAsync(TileAddress tile, CancellationToken cancellationToken);

    /// <summary>How many events can be proven by now.</summary>
    Task<long> SizeAsync(CancellationToken cancellationToken);

    /// <summary>The event at a place and the proof that a tree contains it; null: there is none.</summary>
    /// <param name="seq">The event, from 1 to <paramref name="treeSize"/>.</param>
    /// <param name="treeSize">The size of the tree, up to <see cref="SizeAsync"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LogDamagedException">The ledger lacks something that the proof is made of.</exception>
    Task<InclusionProof?> ProveInclusionAsync(long seq, long treeSize, CancellationToken cancellationToken);

    /// <summary>The proof that a tree is an earlier state of another.</summary>
    /// <param name="from">The size of the earlier tree.</param>
    /// <param name="to">The size of the later one, up to <see cref="SizeAsync"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LogDamagedException">The ledger lacks something that the proof is made of.</exception>
    Task<ConsistencyProof> ProveConsistencyAsync(long from, long to, CancellationToken cancellationToken);
}

/// <summary>The size and root of the tree at a moment, signed.</summary>
/// <param name="Origin">The name of the log.</param>
/// <param name="TreeSize">The number of events.</param>
/// <param name="Root">The root of the tree over them.</param>
/// <param name="Note">The whole signed note (C2SP tlog-checkpoint).</param>
public sealed record LogCheckpoint(string Origin, long TreeSize, string Root, string Note);

/// <summary>Shows that an event is in a tree.</summary>
/// <param name="Seq">The event; its place in the tree, counted from 1.</param>
/// <param name="TreeSize">The size of the tree.</param>
/// <param name="Root">The root of the tree.</param>
/// <param name="LeafHash">The hash of the event's leaf.</param>
/// <param name="Path">The hashes by which the leaf's leads to the root, from the leaf up.</param>
/// <param name="Event">The event itself. Not everyone may be shown it.</param>
public sealed record InclusionProof(long Seq, long TreeSize, string Root, string LeafHash, IReadOnlyList<string> Path, LoggedEvent Event);

/// <summary>An event as it stands in the tree.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Version">Its version in the grain.</param>
/// <param name="Type">The stored name.</param>
/// <param name="Leaf">The leaf; its bytes in UTF-8 are hashed.</param>
public sealed record LoggedEvent(GrainId Grain, long Version, string Type, string Leaf);

/// <summary>Shows that a tree is an earlier state of another.</summary>
/// <param name="From">The size of the earlier tree.</param>
/// <param name="FromRoot">Its root.</param>
/// <param name="To">The size of the later one.</param>
/// <param name="ToRoot">Its root.</param>
/// <param name="Path">The hashes of the proof.</param>
public sealed record ConsistencyProof(long From, string FromRoot, long To, string ToRoot, IReadOnlyList<string> Path);

/// <summary>The ledger lacks an event or a hash that it should have.</summary>
public sealed class LogDamagedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public LogDamagedException()
    {
    }

    /// <summary>Creates the exception with what is missing.</summary>
    public LogDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what is missing and its cause.</summary>
    public LogDamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
