using System.Security.Cryptography;
using System.Text;
using Supervision.Ledger.Log;
using Supervision.Ledger.Merkle;

namespace Supervision.Hosting.Log;

/// <summary>What a verification of a log found.</summary>
/// <param name="Checkpoint">The checkpoint that was verified.</param>
/// <param name="Note">The same as it was signed.</param>
/// <param name="Fault">The first fault; null: everything is as it must be.</param>
public sealed record LogVerification(Checkpoint Checkpoint, SignedNote Note, LogFault? Fault);

/// <summary>Something that is not as it must be.</summary>
/// <param name="What">What it is.</param>
/// <param name="From">The first event that it may be about, counted from 1; 0: it is about none.</param>
/// <param name="To">The last event that it may be about.</param>
public sealed record LogFault(string What, long From, long To);

/// <summary>
/// Verifies a log by what it tells everyone: the signature, the root recomputed from the hashes of all events, the hashes in between,
/// and that what was seen before is still there.
/// </summary>
public sealed class LogVerifier(LogClient client)
{
    // Tiles on their way at once.
    private const int AheadMax = 8;

    /// <summary>Verifies the log as of its newest checkpoint.</summary>
    /// <param name="keys">The keys that may sign; one is enough.</param>
    /// <param name="seen">A checkpoint that was verified before; null: none.</param>
    /// <param name="seq">An event of which inclusion is verified as well; null: none.</param>
    /// <param name="progress">Told how many events were hashed, of how many.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    /// <exception cref="FormatException">What the log answers is not what a log answers.</exception>
    public async Task<LogVerification> VerifyAsync(
        IReadOnlyList<NoteVerifier> keys, Checkpoint? seen, long? seq, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken)
    {
        var note = SignedNote.Parse(await client.CheckpointAsync(cancellationToken));
        var checkpoint = Checkpoint.Parse(note.Text);
        var fault = CompareClaims(note, checkpoint, keys, seen)
            ?? await CompareTreeAsync(checkpoint, seen, progress, cancellationToken)
            ?? (seq is { } place ? await CompareEventAsync(checkpoint, place, cancellationToken) : null);
        return new LogVerification(checkpoint, note, fault);
    }

    private static LogFault? CompareClaims(SignedNote note, Checkpoint checkpoint, IReadOnlyList<NoteVerifier> keys, Checkpoint? seen)
    {
        if (!keys.Any(key => key.Name == checkpoint.Origin && note.IsSignedBy(key)))
            return new LogFault($"the checkpoint of {checkpoint.Origin} is not signed with {string.Join(" or ", keys)}", 0, 0);
        if (seen is not null && seen.Origin != checkpoint.Origin)
            return new LogFault($"the log is {checkpoint.Origin}, and was {seen.Origin}", 0, 0);
        return checkpoint.Size < seen?.Size
            ? new LogFault($"the checkpoint has {checkpoint.Size} events, and had {seen.Size}", checkpoint.Size + 1, seen.Size)
            : null;
    }

    private async Task<LogFault?> CompareTreeAsync(Checkpoint checkpoint, Checkpoint? seen, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken)
    {
        var (tree, nodes, upper) = (MerkleFrontier.Empty(), new TreeNodes(), new Dictionary<int, (TileAddress Tile, byte[]? Hashes)>());
        var ahead = new Queue<Task<byte[]?>>();
        using var waiting = TileAddress.Of(0, checkpoint.Size).GetEnumerator();
        foreach (var tile in TileAddress.Of(0, checkpoint.Size))
        {
            while (ahead.Count < AheadMax && waiting.MoveNext())
                ahead.Enqueue(client.TileAsync(waiting.Current, cancellationToken));
            if (await ahead.Dequeue() is not { } hashes)
                return await FindMissingAsync(tile, cancellationToken);
            foreach (var hash in hashes.Chunk(MerkleFrontier.HashLength))
            {
                tree.Append(hash);
                foreach (var node in nodes.Append(hash))
                {
                    if (await CompareNodeAsync(node, checkpoint.Size, upper, cancellationToken) is { } wrong)
                        return wrong;
                }

                if (tree.Size == seen?.Size && !tree.Root().AsSpan().SequenceEqual(seen.Root))
                    return new LogFault($"the first {seen.Size} events are not those of the checkpoint that was seen before", 1, seen.Size);
            }

            progress?.Report((tree.Size, checkpoint.Size));
        }

        // Every full tile has the hash that the tiles above say, so that what differs is behind the last one, or they are wrong with it.
        return tree.Root().AsSpan().SequenceEqual(checkpoint.Root)
            ? null
            : new LogFault("the hashes of the events do not have the root that was signed", 1, checkpoint.Size);
    }

    /// <summary>Compares the hash over full tiles with what the log says of it one level up.</summary>
    private async Task<LogFault?> CompareNodeAsync(
        CompletedNode node, long size, Dictionary<int, (TileAddress Tile, byte[]? Hashes)> upper, CancellationToken cancellationToken)
    {
        var index = node.Place >> TileAddress.Height;
        if (!upper.TryGetValue(node.Level, out var known) || known.Tile.Index != index)
        {
            var tile = TileAddress.Of(node.Level, size).Skip((int)index).First();
            upper[node.Level] = known = (tile, await client.TileAsync(tile, cancellationToken));
        }

        var at = (int)(node.Place % TileAddress.WidthMax) * MerkleFrontier.HashLength;
        return known.Hashes is { } hashes && hashes.AsSpan(at, MerkleFrontier.HashLength).SequenceEqual(node.Hash)
            ? null
            : new LogFault($"tile {known.Tile} does not have the hash of the events below", node.FirstEvent, node.LastEvent);
    }

    /// <summary>The first event of a tile that the log does not give out.</summary>
    private async Task<LogFault> FindMissingAsync(TileAddress tile, CancellationToken cancellationToken)
    {
        var (there, missing) = (0, tile.Width);
        while (missing - there > 1)
        {
            var width = (there + missing) / 2;
            if (await client.TileAsync(tile with { Width = width }, cancellationToken) is null)
                missing = width;
            else
                there = width;
        }

        return new LogFault("the log does not give out the hash of an event that was signed", tile.First + there + 1, tile.First + there + 1);
    }

    private async Task<LogFault?> CompareEventAsync(Checkpoint checkpoint, long seq, CancellationToken cancellationToken)
    {
        if (seq < 1 || seq > checkpoint.Size)
            return new LogFault($"there is no event {seq} among {checkpoint.Size}", seq, seq);
        var proof = await client.ProofAsync(seq, checkpoint.Size, cancellationToken);
        var leafHash = Convert.FromHexString(proof.LeafHash);
        if (MerkleProof.RootOf(leafHash, seq - 1, checkpoint.Size, [.. proof.Path.Select(Convert.FromHexString)]) is not { } root || !root.AsSpan().SequenceEqual(checkpoint.Root))
            return new LogFault("the proof does not lead to the root that was signed", seq, seq);
        return proof.Leaf is { } leaf && !SHA256.HashData([0, .. Encoding.UTF8.GetBytes(leaf)]).AsSpan().SequenceEqual(leafHash)
            ? new LogFault("the event is not the one whose hash was signed", seq, seq)
            : null;
    }
}
