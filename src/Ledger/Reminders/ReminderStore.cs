using System.Text;
using Npgsql;
using Supervision.Ledger.Query;

namespace Supervision.Ledger.Reminders;

/// <summary>A reminder that is due.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="DaysBefore">The mark that is reached.</param>
/// <param name="Deadline">The deadline.</param>
public sealed record DueReminder(GrainId Entity, int DaysBefore, Deadline Deadline);

/// <summary>Keeps what holders were reminded of, each deadline once at each mark.</summary>
public sealed class ReminderStore(NpgsqlDataSource dataSource) : IReminders
{
    private const string RemindSql = """
        INSERT INTO reminder (grain, kind, part, due_on, days, policy, honour, level, article, at)
        SELECT grain, kind, part, due_on, days, policy, honour, level, article, $10
        FROM unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::integer[], $6::text[], $7::text[], $8::text[], $9::text[])
            AS due (grain, kind, part, due_on, days, policy, honour, level, article)
        ON CONFLICT ON CONSTRAINT reminder_once_key DO NOTHING
        """;

    /// <summary>Keeps reminders; how many had not been made before.</summary>
    public async Task<int> RemindAsync(IReadOnlyCollection<DueReminder> due, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (due.Count == 0)
            return 0;
        await using var command = dataSource.CreateCommand(RemindSql);
        Add(reminder => reminder.Entity.Value);
        Add(reminder => KebabCase<DeadlineKind>.Word(reminder.Deadline.Kind));
        Add(reminder => reminder.Deadline.Id);
        Add(reminder => reminder.Deadline.DueOn);
        Add(reminder => reminder.DaysBefore);
        Add(reminder => reminder.Deadline.Policy);
        Add(reminder => reminder.Deadline.Honour);
        Add(reminder => reminder.Deadline.Level is { } level ? KebabCase<Level>.Word(level) : null);
        Add(reminder => reminder.Deadline.Article);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        return await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(Func<DueReminder, T> column) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. due.Select(column)] });
    }

    /// <inheritdoc/>
    public async Task<Page<ReminderView>> ListAsync(ReminderFilter filter, long? before, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var command = dataSource.CreateCommand();
        var parameters = command.Parameters;
        var sql = new StringBuilder("""
            SELECT reminder.id, reminder.grain, register.name, register.region, days, due_on, reminder.kind, part, policy, honour, level, article, at
            FROM reminder JOIN entity AS register ON register.grain = reminder.grain WHERE true
            """);
        if (before is { } place)
            sql.Append(" AND reminder.id < $").Append(WorkQuery.Add(parameters, place));
        if (filter.DueFrom is { } dueFrom)
            sql.Append(" AND due_on >= $").Append(WorkQuery.Add(parameters, dueFrom));
        WorkQuery.AppendRegions(sql, filter.Regions, parameters);
        if (filter.Own is { } own)
        {
            var identities = WorkQuery.Add<string[]>(parameters, [.. own.Select(identity => identity.Value)]);
            sql.Append(" AND (register.enterprise = ANY ($").Append(identities).Append(") OR register.grain = ANY ($").Append(identities).Append("))");
        }

        if (filter.Unrestricted)
            sql.Append(EntityConditions.Unrestricted);
        command.CommandText = sql.Append(" ORDER BY reminder.id DESC LIMIT $").Append(WorkQuery.Add(parameters, limit + 1)).ToString();
        var reminders = new List<ReminderView>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            reminders.Add(new ReminderView(
                reader.GetInt64(0), GrainId.FromStored(reader.GetString(1)), reader.GetString(2), Text(reader, 3), reader.GetInt32(4),
                new Deadline(
                    reader.GetFieldValue<DateOnly>(5), KebabCase<DeadlineKind>.Parse(reader.GetString(6)), reader.GetString(7), DeadlineOwner.Holder, reader.GetString(8),
                    Text(reader, 9), Text(reader, 10) is { } level ? KebabCase<Level>.Parse(level) : null, reader.GetString(11)),
                reader.GetFieldValue<DateTimeOffset>(12)));
        }

        return new Page<ReminderView>([.. reminders.Take(limit)], reminders.Count > limit);
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
