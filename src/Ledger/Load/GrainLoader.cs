using System.Threading.Channels;
using Npgsql;

namespace Supervision.Ledger.Load;

/// <summary>A grain as it was read from the database.</summary>
/// <param name="State">The stored state in UTF-8; null: the grain has no events.</param>
/// <param name="Version">The version.</param>
/// <param name="LastSeq">The seq of its last event.</param>
/// <param name="Seq">The ledger as of which it was read.</param>
public sealed record LoadedGrain(byte[]? State, long Version, long LastSeq, long Seq);

/// <summary>Reads states of grains. Whatever is asked for while a read is under way is read together next.</summary>
public sealed class GrainLoader(NpgsqlDataSource dataSource)
{
    private const string LoadSql = """
        SELECT entity.grain, entity.state, entity.version, entity.last_seq, head.seq
        FROM head LEFT JOIN entity ON entity.grain = ANY ($1)
        """;

    private const int GrainsMax = 1000;

    // Reads under way at once; more would only queue up in the database.
    private const int ReadsMax = 2;

    private readonly Channel<(GrainId Grain, TaskCompletionSource<LoadedGrain> Completion)> _queue =
        Channel.CreateUnbounded<(GrainId, TaskCompletionSource<LoadedGrain>)>();

    private int _readers;

    /// <summary>Reads one grain.</summary>
    public Task<LoadedGrain> LoadAsync(GrainId grain)
    {
        var completion = new TaskCompletionSource<LoadedGrain>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Writer.TryWrite((grain, completion));
        StartReader();
        return completion.Task;
    }

    /// <summary>Reads many grains at once; those without events are absent from the answer.</summary>
    public async Task<Dictionary<GrainId, LoadedGrain>> LoadAsync(IReadOnlyCollection<GrainId> grains, CancellationToken cancellationToken)
    {
        var loaded = new Dictionary<GrainId, LoadedGrain>(grains.Count);
        await using var command = dataSource.CreateCommand(LoadSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. grains.Select(grain => grain.Value)] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!await reader.IsDBNullAsync(0, cancellationToken))
                loaded[GrainId.FromStored(reader.GetString(0))] = new LoadedGrain(reader.GetFieldValue<byte[]>(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
            else
                loaded[default] = new LoadedGrain(null, 0, 0, reader.GetInt64(4));
        }

        return loaded;
    }

    private async Task DrainAsync()
    {
        var batch = new List<(GrainId Grain, TaskCompletionSource<LoadedGrain> Completion)>();
        while (_queue.Reader.TryRead(out var first))
        {
            batch.Add(first);
            while (batch.Count < GrainsMax && _queue.Reader.TryRead(out var next))
                batch.Add(next);
            await LoadAsync(batch);
            batch.Clear();
        }

        Interlocked.Decrement(ref _readers);
        // Something may have been queued after the last look, when this reader still counted as one.
        if (_queue.Reader.TryPeek(out _))
            StartReader();
    }

    private void StartReader()
    {
        // Never counts more readers than there are: one that ends would take a count about to be given back for a reader.
        while (Volatile.Read(ref _readers) is var readers && readers < ReadsMax)
        {
            if (Interlocked.CompareExchange(ref _readers, readers + 1, readers) == readers)
            {
                _ = Task.Run(DrainAsync);
                return;
            }
        }
    }

    private async Task LoadAsync(List<(GrainId Grain, TaskCompletionSource<LoadedGrain> Completion)> batch)
    {
        try
        {
            var loaded = await LoadAsync([.. batch.Select(entry => entry.Grain).Distinct()], CancellationToken.None);
            var seq = loaded.Values.Select(grain => grain.Seq).DefaultIfEmpty(0).First();
            foreach (var (grain, completion) in batch)
                completion.TrySetResult(loaded.TryGetValue(grain, out var found) ? found : new LoadedGrain(null, 0, 0, seq));
        }
        catch (Exception exception)
        {
            var unavailable = exception is NpgsqlException
                ? new LedgerUnavailableException("The database does not answer.", exception)
                : exception;
            foreach (var (_, completion) in batch)
                completion.TrySetException(unavailable);
        }
    }
}
