using Npgsql;
using NpgsqlTypes;

namespace Supervision.Ledger.Webhooks;

/// <summary>A delivery that is due.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Subscription">The subscription.</param>
/// <param name="Seq">The event; null: a test.</param>
/// <param name="PreviousSeq">The event that was sent before it.</param>
/// <param name="Type">The type of the event.</param>
/// <param name="EventAt">When the event was recorded.</param>
/// <param name="Attempts">Attempts that were made.</param>
public sealed record DueDelivery(long Id, string Subscription, long? Seq, long? PreviousSeq, string Type, DateTimeOffset EventAt, int Attempts);

/// <summary>An event that is delivered once more.</summary>
/// <param name="Seq">The event.</param>
/// <param name="PreviousSeq">The one before it that the subscription asks for.</param>
/// <param name="Type">Its type.</param>
/// <param name="At">When it was recorded.</param>
public sealed record Replayed(long Seq, long? PreviousSeq, string Type, DateTimeOffset At);

/// <summary>Keeps deliveries that are to be attempted again, and what became of all.</summary>
public sealed class DeliveryStore(NpgsqlDataSource dataSource)
{
    private const string ViewColumns = """
        id, delivery.subscription, seq, previous_seq, type, event_at, status, attempts, attempted_at, next_attempt_at, outcome, response_status, response_bytes, duration_ms, excerpt
        """;

    // Of each subscription by itself, so that one with many does not hide those of another.
    private const string DueSql = """
        SELECT due.id, asked.subscription, due.seq, due.previous_seq, due.type, due.event_at, due.attempts
        FROM unnest($1::text[]) AS asked (subscription) CROSS JOIN LATERAL (
            SELECT id, seq, previous_seq, type, event_at, attempts FROM delivery
            WHERE delivery.subscription = asked.subscription AND status = 'pending' AND next_attempt_at <= $2
            ORDER BY seq NULLS FIRST, id LIMIT $3) AS due
        ORDER BY asked.subscription, due.seq NULLS FIRST, due.id
        """;

    private const string NextSql = """
        SELECT min(next_attempt_at) FROM delivery JOIN subscription ON subscription.id = subscription
        WHERE delivery.status = 'pending' AND next_attempt_at > $1 AND next_attempt_at <= $2 AND subscription.status = 'active'
        """;

    private const string ListSql = $"""
        SELECT {ViewColumns} FROM delivery
        WHERE subscription = $1 AND ($2::text IS NULL OR status = $2) AND ($3::bigint IS NULL OR id < $3) ORDER BY id DESC LIMIT $4
        """;

    private const string FindSql = $"""
        SELECT {ViewColumns} FROM delivery JOIN (SELECT id AS owned, owner FROM subscription) AS subscription ON owned = delivery.subscription
        WHERE id = $1 AND ($2::text IS NULL OR owner = $2)
        """;

    private const string TestSql = $"""
        INSERT INTO delivery (subscription, type, event_at, status, attempts, next_attempt_at)
        SELECT id, $2, $3, 'pending', 0, $3 FROM subscription WHERE id = $1 AND status = 'active'
        RETURNING {ViewColumns}
        """;

    private const string AgainSql = $"""
        UPDATE delivery SET status = 'pending', attempts = 0, next_attempt_at = $2
        FROM (SELECT id AS served FROM subscription WHERE status = 'active') AS active WHERE delivery.id = $1 AND served = delivery.subscription
        RETURNING {ViewColumns}
        """;

    // What was sent once names the event before it as it did then.
    private const string ReplaySql = """
        INSERT INTO delivery (subscription, seq, previous_seq, type, event_at, status, attempts, next_attempt_at)
        SELECT $1, seq, previous_seq, type, event_at, 'pending', 0, $6
        FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::timestamptz[]) AS event (seq, previous_seq, type, event_at)
        ON CONFLICT (subscription, seq) DO UPDATE SET status = 'pending', attempts = 0, next_attempt_at = excluded.next_attempt_at
        """;

    // The receiver answers again: what waits for its next attempt has waited long enough.
    private const string HastenSql = "UPDATE delivery SET next_attempt_at = $2 WHERE subscription = $1 AND status = 'pending' AND next_attempt_at > $2";

    private const string ForgetSql = "DELETE FROM delivery WHERE attempted_at < $1 AND status <> 'pending'";

    private const string ForgetNoticesSql = "DELETE FROM subscription_notice WHERE at < $1";

    /// <summary>Deliveries that are due at an instant, at most so many of each subscription, in the order of their events.</summary>
    public async Task<IReadOnlyList<DueDelivery>> DueAsync(IReadOnlyCollection<string> subscriptions, DateTimeOffset at, int most, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DueSql);
        Add(command, subscriptions.ToArray());
        Add(command, at.UtcDateTime);
        Add(command, most);
        var due = new List<DueDelivery>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add(new DueDelivery(
                reader.GetInt64(0), reader.GetString(1), Number(reader, 2), Number(reader, 3), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5), reader.GetInt32(6)));
        }

        return due;
    }

    /// <summary>When the next delivery after an instant is due, up to another one; null: none is.</summary>
    public async Task<DateTimeOffset?> NextAsync(DateTimeOffset after, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(NextSql);
        Add(command, after.UtcDateTime);
        Add(command, to.UtcDateTime);
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    /// <summary>Deliveries of a subscription, newest first.</summary>
    public async Task<IReadOnlyList<DeliveryView>> ListAsync(string subscription, DeliveryStatus? status, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListSql);
        Add(command, subscription);
        Add(command, status is { } word ? KebabCase<DeliveryStatus>.Word(word) : null, NpgsqlDbType.Text);
        Add(command, before, NpgsqlDbType.Bigint);
        Add(command, limit);
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>A delivery; null: there is none of that number, or it is of somebody else's subscription.</summary>
    public async Task<DeliveryView?> FindAsync(long id, string? owner, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FindSql);
        Add(command, id);
        Add(command, owner, NpgsqlDbType.Text);
        return await ReadAsync(command, cancellationToken) is [var found, ..] ? found : null;
    }

    /// <summary>Enters a test; null: the subscription is not active.</summary>
    public async Task<DeliveryView?> TestAsync(string subscription, string type, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(TestSql);
        Add(command, subscription);
        Add(command, type);
        Add(command, at.UtcDateTime);
        return await ReadAsync(command, cancellationToken) is [var made, ..] ? made : null;
    }

    /// <summary>Makes a delivery due; null: its subscription is not active.</summary>
    public async Task<DeliveryView?> AgainAsync(long id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(AgainSql);
        Add(command, id);
        Add(command, at.UtcDateTime);
        return await ReadAsync(command, cancellationToken) is [var made, ..] ? made : null;
    }

    /// <summary>Makes events due once more.</summary>
    public async Task ReplayAsync(string subscription, IReadOnlyCollection<Replayed> events, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReplaySql);
        Add(command, subscription);
        Add<long[]>(command, [.. events.Select(replayed => replayed.Seq)]);
        Add<long?[]>(command, [.. events.Select(replayed => replayed.PreviousSeq)]);
        Add<string[]>(command, [.. events.Select(replayed => replayed.Type)]);
        Add<DateTime[]>(command, [.. events.Select(replayed => replayed.At.UtcDateTime)]);
        Add(command, at.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Makes everything that waits for its next attempt due.</summary>
    public async Task HastenAsync(string subscription, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(HastenSql);
        Add(command, subscription);
        Add(command, at.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Forgets what was over before an instant; how many deliveries that were.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var notices = dataSource.CreateCommand(ForgetNoticesSql);
        Add(notices, before.UtcDateTime);
        await notices.ExecuteNonQueryAsync(cancellationToken);
        await using var deliveries = dataSource.CreateCommand(ForgetSql);
        deliveries.CommandTimeout = 0;
        Add(deliveries, before.UtcDateTime);
        return await deliveries.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The identity under which every attempt of a delivery is sent.</summary>
    /// <remarks>The instant tells apart what two histories have at one seq: one that was told of, and another after an older backup was restored.</remarks>
    public static string MessageId(string subscription, long? seq, long delivery, DateTimeOffset at) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{subscription}.{(seq is { } place ? $"{place}" : $"test-{delivery}")}.{at.ToUnixTimeMilliseconds():x}");

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    private static void Add(NpgsqlCommand command, object? value, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });

    private static long? Number(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    private static async Task<IReadOnlyList<DeliveryView>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var deliveries = new List<DeliveryView>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (id, subscription, seq) = (reader.GetInt64(0), reader.GetString(1), Number(reader, 2));
            deliveries.Add(new DeliveryView(
                id, subscription, MessageId(subscription, seq, id, reader.GetFieldValue<DateTimeOffset>(5)), seq, Number(reader, 3), reader.GetString(4),
                KebabCase<DeliveryStatus>.Parse(reader.GetString(6)), reader.GetInt32(7), Instant(8), Instant(9),
                reader.IsDBNull(10)
                    ? null
                    : new ResponseSummary(
                        KebabCase<AttemptOutcome>.Parse(reader.GetString(10)), reader.IsDBNull(11) ? null : reader.GetInt32(11), reader.GetInt32(12), reader.GetInt32(13),
                        reader.IsDBNull(14) ? null : reader.GetString(14))));
        }

        return deliveries;

        DateTimeOffset? Instant(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
    }
}
