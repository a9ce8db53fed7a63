using Supervision.Ledger.Log;
using Supervision.Ledger.Merkle;

namespace Supervision.Hosting.Log;

/// <summary>Serves what was signed, and the hashes by which it is verified.</summary>
public sealed class TransparencyLog(LogFiles files, LogStore store, LogTree tree, CheckpointSigner signer) : ITransparencyLog
{
    /// <inheritdoc/>
    public string? Trouble => signer.Trouble;

    /// <inheritdoc/>
    public ValueTask<LogCheckpoint?> LatestAsync(CancellationToken cancellationToken)
    {
        // A few hundred bytes in the cache of the system; another silo may have written it a moment ago.
        if (files.ReadLast() is not { } note)
            return ValueTask.FromResult<LogCheckpoint?>(null);
        var checkpoint = Checkpoint.Parse(note.Text);
        return ValueTask.FromResult<LogCheckpoint?>(new LogCheckpoint(checkpoint.Origin, checkpoint.Size, Convert.ToHexStringLower(checkpoint.Root), note.ToString()));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> VerifierKeysAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. (files.Read().Signers ?? []).Select(key => key.Verifier.ToString())]);

    /// <inheritdoc/>
    public Task<byte[]?> TileAsync(TileAddress tile, CancellationToken cancellationToken) => tree.TileAsync(tile, cancellationToken);

    /// <inheritdoc/>
    public Task<long> SizeAsync(CancellationToken cancellationToken) => tree.ProvableAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<InclusionProof?> ProveInclusionAsync(long seq, long treeSize, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(seq, cancellationToken) is not var (@event, leafHash))
            return null;
        var ranges = MerkleProof.Inclusion(seq - 1, treeSize);
        var hashes = await tree.HashesAsync([new TreeRange(0, treeSize), .. ranges], cancellationToken);
        return new InclusionProof(seq, treeSize, Convert.ToHexStringLower(hashes[0]), Convert.ToHexStringLower(leafHash), Hex(hashes.Skip(1)), @event);
    }

    /// <inheritdoc/>
    public async Task<ConsistencyProof> ProveConsistencyAsync(long from, long to, CancellationToken cancellationToken)
    {
        var hashes = await tree.HashesAsync([new TreeRange(0, from), new TreeRange(0, to), .. MerkleProof.Consistency(from, to)], cancellationToken);
        return new ConsistencyProof(from, Convert.ToHexStringLower(hashes[0]), to, Convert.ToHexStringLower(hashes[1]), Hex(hashes.Skip(2)));
    }

    private static IReadOnlyList<string> Hex(IEnumerable<byte[]> hashes) => [.. hashes.Select(Convert.ToHexStringLower)];
}
