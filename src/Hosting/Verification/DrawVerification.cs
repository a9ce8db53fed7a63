using System.IO.Compression;
using System.Security.Cryptography;
using Npgsql;
using Supervision.Ledger.Draws;

namespace Supervision.Hosting.Verification;

/// <summary>Every draw was made with the root that the ledger had, and its stored record is the one whose hash stands in the ledger.</summary>
internal static class DrawVerification
{
    // Batches without events end where the one before does, with its root.
    private const string DrawsSql = """
        SELECT grain, last_seq, state, (SELECT root FROM batch WHERE last_seq = (state::jsonb -> 'execution' ->> 'treeSize')::bigint LIMIT 1)
        FROM entity WHERE grain >= 'draw/' AND grain < 'draw0' ORDER BY grain
        """;

    public static async Task<Difference?> RunAsync(
        VerificationSnapshot snapshot, DrawStore store, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        var draws = await DrawsAsync(await snapshot.OpenAsync(cancellationToken), cancellationToken);
        var counter = new VerificationCounter(progress, draws.Count, VerificationPhase.Draws);
        foreach (var (draw, seq, state, root) in draws)
        {
            if (state.Execution is { } made && root != made.Root)
                return new Difference(DifferenceKind.Draw, seq, draw.Value, root ?? $"a batch that ends at {made.TreeSize}", made.Root);
            if (state.Completion is { } completion && await HashAsync(store, draw, cancellationToken) is var found && found != completion.Record)
                return new Difference(DifferenceKind.Draw, seq, draw.Value, completion.Record, found ?? "no record");
            counter.Count();
        }

        counter.Tell();
        return null;
    }

    private static async Task<List<(GrainId Draw, long Seq, GrainState.Draw State, string? Root)>> DrawsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(DrawsSql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var draws = new List<(GrainId, long, GrainState.Draw, string?)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            draws.Add((
                GrainId.FromStored(reader.GetString(0)), reader.GetInt64(1), (GrainState.Draw)LedgerJson.ReadState(reader.GetFieldValue<byte[]>(2)),
                await reader.IsDBNullAsync(3, cancellationToken) ? null : Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(3))));
        }

        return draws;
    }

    /// <summary>The hash of a stored record; null where none is stored, or what is stored cannot be unfolded.</summary>
    private static async Task<string?> HashAsync(DrawStore store, GrainId draw, CancellationToken cancellationToken)
    {
        await using var content = await store.ReadAsync(draw, DrawFile.Record, cancellationToken);
        if (content is null)
            return null;
        try
        {
            await using var plain = new GZipStream(content, CompressionMode.Decompress);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(plain, cancellationToken));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
