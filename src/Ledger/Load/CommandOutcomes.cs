using Npgsql;
using Supervision.Ledger.Append;

namespace Supervision.Ledger.Load;

/// <summary>Reads the outcomes of commands that were sent before, and the events that they are shown with.</summary>
public sealed class CommandOutcomes(NpgsqlDataSource dataSource)
{
    private const string FindSql = """
        SELECT request_hash, grain, version, seq, created, class, code, article, detail, field FROM command WHERE id = $1
        """;

    private const string ForgetSql = "DELETE FROM command WHERE at < $1";

    /// <summary>The outcome recorded for a command; null when there is none.</summary>
    public async Task<CommandRecord?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FindSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var rejection = Text(reader, 5) is { } @class && KebabCase<RejectionClass>.TryParse(@class, out var parsed)
            ? new Rejection.Recorded(parsed, reader.GetString(6), reader.GetString(7), reader.GetString(8), Text(reader, 9))
            : null;
        return new CommandRecord(
            new CommandIdentity(id, reader.GetFieldValue<byte[]>(0)), GrainId.FromStored(reader.GetString(1)), reader.GetInt64(2),
            Text(reader, 4), rejection, reader.GetInt64(3));
    }

    /// <summary>Forgets the outcomes recorded before an instant.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ForgetSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = before.UtcDateTime });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
