using System.Text;
using Npgsql;
using NpgsqlTypes;
using Supervision.Ledger.Query;

namespace Supervision.Ledger.Holds;

/// <summary>A hold as it is stored.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Operation">What was asked for.</param>
/// <param name="Request">The request with its actor, as JSON.</param>
/// <param name="Region">For whose regions it is; null: for all.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Titles">How many titles it would change.</param>
/// <param name="Existing">How many are held.</param>
/// <param name="AskedBy">Who asked for it.</param>
/// <param name="AskedAt">When.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Reason">Why.</param>
public sealed record StoredHold(
    long Id, string Operation, string Request, string? Region, HoldStatus Status, long Titles, long Existing, string AskedBy, DateTimeOffset AskedAt, string? DecidedBy,
    DateTimeOffset? DecidedAt, string? Reason);

/// <summary>Keeps bulk commands that were stopped, and counts what they would change.</summary>
public sealed class HoldStore(NpgsqlDataSource dataSource)
{
    private const string Columns = "id, operation, request, region, status, titles, existing, asked_by, asked_at, decided_by, decided_at, reason";

    private const string LastSql = $"SELECT {Columns} FROM hold WHERE hash = $1 ORDER BY id DESC LIMIT 1";

    private const string FindSql = $"SELECT {Columns} FROM hold WHERE id = $1";

    private const string ListSql = $"""
        SELECT {Columns} FROM hold WHERE ($1::text IS NULL OR status = $1) AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3
        """;

    // Asked twice at once, the first one stays.
    private const string KeepSql = """
        INSERT INTO hold (operation, hash, request, region, status, titles, existing, asked_by, asked_at)
        VALUES ($1, $2, $3, $4, 'waiting', $5, $6, $7, $8) ON CONFLICT (hash) WHERE status = 'waiting' DO NOTHING
        """;

    private const string DecideSql = """
        UPDATE hold SET status = $2, decided_by = $3, decided_at = $4, reason = $5 WHERE id = $1 AND status = 'waiting'
        """;

    private const string HeldSql = "SELECT count(*) FROM title WHERE status IN ('listed', 'rectifying', 'suspended')";

    /// <summary>The last hold of a request; null: it never was stopped.</summary>
    public async Task<StoredHold?> LastAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LastSql);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        return await ReadAsync(command, cancellationToken) is [var found, ..] ? found : null;
    }

    /// <summary>A hold by its number.</summary>
    public async Task<StoredHold?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FindSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        return await ReadAsync(command, cancellationToken) is [var found, ..] ? found : null;
    }

    /// <summary>Holds, newest first.</summary>
    public async Task<IReadOnlyList<StoredHold>> ListAsync(HoldStatus? status, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListSql);
        Add(command, status is { } word ? KebabCase<HoldStatus>.Word(word) : null, NpgsqlDbType.Text);
        Add(command, before, NpgsqlDbType.Bigint);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Keeps a request that was stopped; the one that waits already stays.</summary>
    public async Task KeepAsync(
        string operation, byte[] hash, string request, string? region, long titles, long existing, string askedBy, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(KeepSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = operation });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request });
        Add(command, region, NpgsqlDbType.Text);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = titles });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = existing });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = askedBy });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Decides a hold that waits; false: somebody else has.</summary>
    public async Task<bool> DecideAsync(long id, HoldStatus status, string by, DateTimeOffset at, string? reason, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DecideSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = KebabCase<HoldStatus>.Word(status) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        Add(command, reason, NpgsqlDbType.Text);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>How many titles are held.</summary>
    public async Task<long> HeldAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(HeldSql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>How many titles that are held a transfer names.</summary>
    public async Task<long> NamedAsync(TransferRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var command = dataSource.CreateCommand();
        var parameters = command.Parameters;
        var sql = new StringBuilder(HeldSql.Replace("FROM title", "FROM title JOIN entity AS register ON register.grain = title.grain", StringComparison.Ordinal))
            .Append(" AND policy = $").Append(WorkQuery.Add(parameters, request.From));
        if (request.Kind is { } kind)
            sql.Append(" AND kind = $").Append(WorkQuery.Add(parameters, kind));
        if (request.Level is { } level)
            sql.Append(" AND level = $").Append(WorkQuery.Add(parameters, KebabCase<Level>.Word(level)));
        if (request.Honour is { } honour)
            sql.Append(" AND honour = $").Append(WorkQuery.Add(parameters, honour));
        WorkQuery.AppendRegions(sql, request.Region is { } region ? [region] : [], parameters);
        command.CommandText = sql.ToString();
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static void Add(NpgsqlCommand command, object? value, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });

    private static async Task<IReadOnlyList<StoredHold>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var holds = new List<StoredHold>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            holds.Add(new StoredHold(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), Text(3), KebabCase<HoldStatus>.Parse(reader.GetString(4)), reader.GetInt64(5),
                reader.GetInt64(6), reader.GetString(7), reader.GetFieldValue<DateTimeOffset>(8), Text(9),
                reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10), Text(11)));
        }

        return holds;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
