using Npgsql;
using Supervision.Ledger.Log;
using Supervision.Ledger.Merkle;

namespace Supervision.Hosting.Verification;

/// <summary>
/// The events in their order: without gaps, each with its leaf, each batch with its root, the head at their end; among them what was signed, and
/// the hashes over them that the log keeps.
/// </summary>
internal static class TreeVerification
{
    private const string HeadSql = "SELECT seq, frontier FROM head";

    private const string LedgerSql = """
        SELECT seq, grain, version, type, at, effective_on, actor, command_id, data, leaf_hash FROM ledger ORDER BY seq
        """;

    // A batch without events ends before it begins, and so sorts behind the one that ends there.
    private const string BatchesSql = """
        SELECT id, first_seq, last_seq, root FROM batch WHERE last_seq IS NOT NULL ORDER BY last_seq, first_seq
        """;

    public static async Task<(MerkleFrontier Tree, long Seq, Difference? First)> RunAsync(
        VerificationSnapshot snapshot, Checkpoint? signed, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        var ledger = await snapshot.OpenAsync(cancellationToken);
        var (head, frontier) = await ReadHeadAsync(ledger, cancellationToken);
        var counter = new VerificationCounter(progress, head, VerificationPhase.Tree);
        var tree = MerkleFrontier.Empty();
        await using var batches = await Batches.OpenAsync(await snapshot.OpenAsync(cancellationToken), cancellationToken);
        await using var nodes = await LogNodes.OpenAsync(await snapshot.OpenAsync(cancellationToken), cancellationToken);
        var first = await batches.CompareAsync(tree, cancellationToken)
            ?? CompareSigned(tree, signed)
            ?? await CompareEventsAsync(ledger, tree, head, batches, nodes, signed, counter, cancellationToken)
            ?? (tree.Size < head ? new Difference(DifferenceKind.Sequence, tree.Size + 1, null, $"event {tree.Size + 1} of {head}", "none") : null)
            ?? batches.CompareEnd(head)
            ?? nodes.CompareEnd(head)
            ?? (tree.Size < signed?.Size
                ? new Difference(DifferenceKind.Checkpoint, tree.Size + 1, signed.Origin, $"event {tree.Size + 1} of {signed.Size} that were signed", "none")
                : null)
            ?? (frontier.AsSpan().SequenceEqual(tree.ToBytes())
                ? null
                : Difference.OfTexts(DifferenceKind.Head, head, null, Convert.ToHexStringLower(tree.ToBytes()), Convert.ToHexStringLower(frontier)));
        counter.Tell();
        return (tree, head, first);
    }

    private static async Task<Difference?> CompareEventsAsync(
        NpgsqlConnection connection, MerkleFrontier tree, long head, Batches batches, LogNodes nodes, Checkpoint? signed, VerificationCounter counter,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LedgerSql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var seq = reader.GetInt64(0);
            if (seq > head)
                return new Difference(DifferenceKind.Head, seq, null, $"no event after the head, {head}", $"event {seq}");
            if (seq != tree.Size + 1)
                return new Difference(DifferenceKind.Sequence, tree.Size + 1, null, $"event {tree.Size + 1}", $"event {seq}");
            if (CompareLeaf(reader, seq, out var hash) is { } difference)
                return difference;
            tree.Append(hash);
            if ((await batches.CompareAsync(tree, cancellationToken) ?? CompareSigned(tree, signed) ?? await nodes.CompareAsync(hash, cancellationToken)) is { } wrong)
                return wrong;
            counter.Count();
        }

        return null;
    }

    /// <summary>Compares what was signed when the tree has come to it.</summary>
    private static Difference? CompareSigned(MerkleFrontier tree, Checkpoint? signed) =>
        tree.Size == signed?.Size && tree.Root() is var root && !root.AsSpan().SequenceEqual(signed.Root)
            ? new Difference(DifferenceKind.Checkpoint, tree.Size, signed.Origin, Convert.ToHexStringLower(signed.Root), Convert.ToHexStringLower(root))
            : null;

    private static Difference? CompareLeaf(NpgsqlDataReader reader, long seq, out byte[] hash)
    {
        var (grain, at) = (reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(4));
        hash = [];
        if (!GrainId.TryParse(grain, out var id))
            return new Difference(DifferenceKind.Grain, seq, grain, "kind/key", grain);
        // The leaf has whole milliseconds; what it does not cover must not hold anything.
        if (at.Ticks % TimeSpan.TicksPerMillisecond != 0)
            return new Difference(DifferenceKind.Leaf, seq, grain, "whole milliseconds", $"{at:O}");
        var data = reader.GetFieldValue<byte[]>(8);
        if (data.Length > Leaf.LengthMax)
            return new Difference(DifferenceKind.Leaf, seq, grain, $"at most {Leaf.LengthMax} bytes", $"{data.Length} bytes");
        hash = Leaf.Hash(
            id, reader.GetInt64(2), reader.GetString(3), at, reader.GetFieldValue<DateOnly>(5), reader.GetString(6),
            reader.IsDBNull(7) ? null : reader.GetGuid(7), data);
        var stored = reader.GetFieldValue<byte[]>(9);
        return hash.AsSpan().SequenceEqual(stored)
            ? null
            : new Difference(DifferenceKind.Leaf, seq, grain, Convert.ToHexStringLower(hash), Convert.ToHexStringLower(stored));
    }

    private static async Task<(long Seq, byte[] Frontier)> ReadHeadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(HeadSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }

    /// <summary>The committed batches in their order, read alongside the events.</summary>
    private sealed class Batches(NpgsqlCommand command, NpgsqlDataReader reader) : IAsyncDisposable
    {
        private bool _hasCurrent;
        private long _last;

        public static async Task<Batches> OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        {
            var command = new NpgsqlCommand(BatchesSql, connection) { CommandTimeout = 0 };
            var reader = await command.ExecuteReaderAsync(cancellationToken);
            var batches = new Batches(command, reader);
            batches._hasCurrent = await reader.ReadAsync(cancellationToken);
            return batches;
        }

        /// <summary>Compares every batch that ends where the tree now does.</summary>
        public async Task<Difference?> CompareAsync(MerkleFrontier tree, CancellationToken cancellationToken)
        {
            while (_hasCurrent && reader.GetInt64(2) <= tree.Size)
            {
                var (id, first, last) = (reader.GetGuid(0).ToString(), reader.GetInt64(1), reader.GetInt64(2));
                if (first != _last + 1 || last < _last)
                    return new Difference(DifferenceKind.BatchRange, first, id, $"from {_last + 1}", $"{first} to {last}");
                var (root, stored) = (tree.Root(), reader.GetFieldValue<byte[]>(3));
                if (!root.AsSpan().SequenceEqual(stored))
                    return new Difference(DifferenceKind.BatchRoot, last, id, Convert.ToHexStringLower(root), Convert.ToHexStringLower(stored));
                _last = last;
                _hasCurrent = await reader.ReadAsync(cancellationToken);
            }

            return null;
        }

        /// <summary>Every batch has been met, and the last ended at the head.</summary>
        public Difference? CompareEnd(long head) =>
            _hasCurrent ? new Difference(DifferenceKind.BatchRange, reader.GetInt64(2), reader.GetGuid(0).ToString(), $"no batch after {head}", $"up to {reader.GetInt64(2)}")
            : _last == head ? null
            : new Difference(DifferenceKind.BatchRange, _last + 1, null, $"a batch from {_last + 1} to {head}", "none");

        public async ValueTask DisposeAsync()
        {
            await reader.DisposeAsync();
            await command.DisposeAsync();
        }
    }
}
