using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Supervision.Ledger.Audit;

/// <summary>The table of the audit trail.</summary>
internal sealed class AuditStore(NpgsqlDataSource dataSource)
{
    private const string InsertSql = """
        INSERT INTO audit (at, outcome, key_id, person_id, method, route, subject, address, times)
        SELECT at, outcome, key_id, person_id, method, route, subject, address, times
        FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[])
            WITH ORDINALITY AS a (at, outcome, key_id, person_id, method, route, subject, address, times, place)
        ORDER BY place
        """;

    private const string ListSql = """
        SELECT audit.id, at, outcome, key_id, person, person_id, method, route, subject, address, times
        FROM audit LEFT JOIN person ON person.id = person_id WHERE true
        """;

    public async Task InsertAsync(IReadOnlyList<(AuditEntry Entry, long Times)> rows, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(InsertSql);
        Add(NpgsqlDbType.TimestampTz, row => row.Entry.At.UtcDateTime);
        Add(NpgsqlDbType.Text, row => KebabCase<AuditOutcome>.Word(row.Entry.Outcome));
        Add(NpgsqlDbType.Text, row => row.Entry.Key);
        Add(NpgsqlDbType.Text, row => row.Entry.PersonId);
        Add(NpgsqlDbType.Text, row => row.Entry.Method);
        Add(NpgsqlDbType.Text, row => row.Entry.Route);
        Add(NpgsqlDbType.Text, row => row.Entry.Subject);
        Add(NpgsqlDbType.Text, row => row.Entry.Address);
        Add(NpgsqlDbType.Bigint, row => row.Times);
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(NpgsqlDbType type, Func<(AuditEntry Entry, long Times), T> value) =>
            command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    /// <summary>Records before an id, newest first, one more than asked for where there are more.</summary>
    public async Task<List<AuditRecord>> ListAsync(AuditFilter filter, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand();
        // Only fixed text is put together here; every value goes through a parameter.
        var sql = new StringBuilder(ListSql);
        Where(" AND audit.id < ", before);
        Where(" AND outcome = ", filter.Outcome is { } outcome ? KebabCase<AuditOutcome>.Word(outcome) : null);
        Where(" AND key_id = ", filter.Key);
        Where(" AND person_id = (SELECT id FROM person WHERE person = ", filter.Person, ")");
        Where(" AND subject = ", filter.Subject);
        Where(" AND at >= ", filter.From?.UtcDateTime);
        Where(" AND at < ", filter.To?.UtcDateTime);
        sql.Append(" ORDER BY audit.id DESC LIMIT $").Append(Add(limit + 1));
        command.CommandText = sql.ToString();

        var records = new List<AuditRecord>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            records.Add(new AuditRecord(
                reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), KebabCase<AuditOutcome>.Parse(reader.GetString(2)), Text(3), Text(4), Text(5),
                reader.GetString(6), reader.GetString(7), Text(8), Text(9), reader.GetInt64(10)));
        }

        return records;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        void Where(string condition, object? value, string end = "")
        {
            if (value is not null)
                sql.Append(condition).Append('$').Append(Add(value)).Append(end);
        }

        int Add(object value)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
            return command.Parameters.Count;
        }
    }
}
