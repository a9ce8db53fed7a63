using Npgsql;
using Supervision.Hosting.Log;

namespace Supervision.Hosting.Verification;

/// <summary>The hashes over several events that the log keeps, read alongside the events. They may lag behind them, but not lie beyond.</summary>
internal sealed class LogNodes(NpgsqlCommand command, NpgsqlDataReader reader) : IAsyncDisposable
{
    // In the order in which events complete them.
    private const string NodesSql = "SELECT level, place, hash FROM log_node ORDER BY (place + 1) << (8 * level), level";

    private readonly TreeNodes _nodes = new();
    private bool _hasCurrent;

    public static async Task<LogNodes> OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(NodesSql, connection) { CommandTimeout = 0 };
        var reader = await command.ExecuteReaderAsync(cancellationToken);
        var nodes = new LogNodes(command, reader);
        nodes._hasCurrent = await reader.ReadAsync(cancellationToken);
        return nodes;
    }

    /// <summary>Compares what the next event completes.</summary>
    public async Task<Difference?> CompareAsync(byte[] leafHash, CancellationToken cancellationToken)
    {
        foreach (var node in _nodes.Append(leafHash))
        {
            if (!_hasCurrent || reader.GetInt16(0) != node.Level || reader.GetInt64(1) != node.Place)
                continue;
            var stored = reader.GetFieldValue<byte[]>(2);
            if (!stored.AsSpan().SequenceEqual(node.Hash))
            {
                return new Difference(
                    DifferenceKind.LogNode, node.FirstEvent, $"level {node.Level}, place {node.Place}", Convert.ToHexStringLower(node.Hash), Convert.ToHexStringLower(stored));
            }

            _hasCurrent = await reader.ReadAsync(cancellationToken);
        }

        return null;
    }

    /// <summary>There is none beyond the events.</summary>
    public Difference? CompareEnd(long head) => _hasCurrent
        ? new Difference(DifferenceKind.LogNode, head, $"level {reader.GetInt16(0)}, place {reader.GetInt64(1)}", $"none beyond event {head}", "a hash")
        : null;

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await command.DisposeAsync();
    }
}
