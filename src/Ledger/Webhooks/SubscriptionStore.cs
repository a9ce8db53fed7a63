using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Supervision.Ledger.Webhooks;

/// <summary>A subscription with what it is signed with, encrypted.</summary>
/// <param name="View">The subscription.</param>
/// <param name="Revision">Grows with every change.</param>
/// <param name="Secret">The secret.</param>
/// <param name="PreviousSecret">The one before the last rotation.</param>
/// <param name="HandshakeAt">When its receiver is to be asked whether it wants it; null: not now.</param>
public sealed record StoredSubscription(SubscriptionView View, long Revision, byte[] Secret, byte[]? PreviousSecret, DateTimeOffset? HandshakeAt);

/// <summary>Keeps subscriptions.</summary>
public sealed class SubscriptionStore(NpgsqlDataSource dataSource)
{
    private const int NoticesMax = 100;

    private const string Columns = """
        id, owner, url, types, filter, status, reason, position, sent_seq, failures, failing_since, succeeded_at, previous_until, created_at, changed_at, revision, secret,
        previous_secret, handshake_at
        """;

    private const string Rows = $"SELECT {Columns} FROM subscription JOIN subscription_progress ON subscription_progress.subscription = id";

    // Of one person's requests at once none slips by the bound: they wait for each other.
    private const string LockOwnerSql = "SELECT pg_advisory_xact_lock(hashtextextended('supervision.subscriptions.' || $1, 0))";

    private const string MadeSql = "SELECT id, request_hash = $2 FROM subscription WHERE command_id = $1";

    private const string CountSql = "SELECT count(*) FROM subscription WHERE owner = $1";

    private const string InsertSql = """
        WITH made AS (
            INSERT INTO subscription (id, owner, url, types, filter, status, handshake_at, secret, created_at, changed_at, command_id, request_hash)
            VALUES ($1, $2, $3, $4, $5, 'unconfirmed', $6, $7, $6, $6, $8, $9) RETURNING id)
        INSERT INTO subscription_progress (subscription, position) SELECT id, (SELECT seq FROM head) FROM made
        """;

    private const string FindSql = $"{Rows} WHERE id = $1 AND ($2::text IS NULL OR owner = $2)";

    private const string ListSql = $"{Rows} WHERE ($1::text IS NULL OR owner = $1) AND ($2::text IS NULL OR id > $2) ORDER BY id LIMIT $3";

    // Whoever has no key left is told nothing more.
    private const string ServedSql = """
        SELECT id, revision FROM subscription
        WHERE status IN ('unconfirmed', 'active') AND EXISTS (SELECT FROM api_key WHERE person_id = owner AND revoked_at IS NULL)
        """;

    private const string LoadSql = $"{Rows} WHERE id = ANY ($1)";

    // Another receiver has to say that it wants the deliveries; what is open is sent to it then.
    private const string ChangeSql = """
        UPDATE subscription SET
            url = $3, types = $4, filter = $5, changed_at = $6, revision = nextval('subscription_revision'),
            status = CASE WHEN url = $3 THEN status ELSE 'unconfirmed' END,
            reason = CASE WHEN url = $3 THEN reason END,
            handshake_at = CASE WHEN url = $3 THEN handshake_at ELSE $6 END
        WHERE id = $1 AND ($2::text IS NULL OR owner = $2)
        """;

    private const string DeleteSql = """
        WITH gone AS (DELETE FROM subscription WHERE id = $1 AND ($2::text IS NULL OR owner = $2) RETURNING id),
            progress AS (DELETE FROM subscription_progress USING gone WHERE subscription = gone.id),
            notices AS (DELETE FROM subscription_notice USING gone WHERE subscription = gone.id),
            deliveries AS (DELETE FROM delivery USING gone WHERE subscription = gone.id)
        SELECT count(*) FROM gone
        """;

    private const string StatusSql = """
        UPDATE subscription SET status = $3, reason = NULL, handshake_at = $4, changed_at = $5, revision = nextval('subscription_revision')
        WHERE id = $1 AND ($2::text IS NULL OR owner = $2) AND status = ANY ($6)
        """;

    private const string RotateSql = """
        UPDATE subscription SET previous_secret = secret, previous_until = $4, secret = $3, changed_at = $5, revision = nextval('subscription_revision')
        WHERE id = $1 AND ($2::text IS NULL OR owner = $2)
        """;

    // As it was asked: a receiver that was changed meanwhile is asked anew. What waits for its next attempt has waited long enough.
    private const string ConfirmedSql = """
        WITH answered AS (
            UPDATE subscription SET
                status = CASE WHEN $3 THEN 'active' ELSE status END, reason = $4, handshake_at = NULL, revision = nextval('subscription_revision')
            WHERE id = $1 AND revision = $2 AND status = 'unconfirmed' RETURNING id),
        fresh AS (
            UPDATE subscription_progress SET failures = 0, failing_since = NULL FROM answered WHERE subscription = answered.id AND $3),
        waiting AS (
            UPDATE delivery SET next_attempt_at = $5 FROM answered WHERE subscription = answered.id AND $3 AND status = 'pending' AND next_attempt_at > $5)
        INSERT INTO subscription_notice (subscription, type, at, detail) SELECT id, 'subscription.not-confirmed', $5, $4 FROM answered WHERE NOT $3
        """;

    private const string DisableSql = """
        WITH disabled AS (
            UPDATE subscription SET status = 'disabled', reason = $2, revision = nextval('subscription_revision') WHERE id = $1 AND status = 'active' RETURNING id)
        INSERT INTO subscription_notice (subscription, type, at, detail) SELECT id, 'subscription.disabled', $3, $2 FROM disabled
        """;

    private const string NoticesSql = "SELECT type, at, detail FROM subscription_notice WHERE subscription = $1 ORDER BY id DESC LIMIT $2";

    private const string HasSecretsSql = "SELECT EXISTS (SELECT FROM subscription)";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Makes a subscription that begins at the end of the ledger and whose receiver is asked at once.</summary>
    /// <returns>The subscription that was made under that identity, with whether it was the same request; null: the person has as many as one may have.</returns>
    public async Task<(string Id, bool IsNew, bool IsSame)?> CreateAsync(
        string id, string owner, SubscriptionRequest request, byte[] secret, DateTimeOffset at, CommandIdentity? identity, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var ownerLock = new NpgsqlCommand(LockOwnerSql, connection))
        {
            Add(ownerLock, owner);
            await ownerLock.ExecuteNonQueryAsync(cancellationToken);
        }

        if (identity is not null)
        {
            await using var made = new NpgsqlCommand(MadeSql, connection);
            Add(made, identity.Id);
            Add(made, identity.RequestHash);
            await using var reader = await made.ExecuteReaderAsync(cancellationToken);
            if (await reader.ReadAsync(cancellationToken))
                return (reader.GetString(0), false, reader.GetBoolean(1));
        }

        await using (var count = new NpgsqlCommand(CountSql, connection))
        {
            Add(count, owner);
            if ((long)(await count.ExecuteScalarAsync(cancellationToken))! >= most)
                return null;
        }

        await using var insert = new NpgsqlCommand(InsertSql, connection);
        Add(insert, id);
        Add(insert, owner);
        Add(insert, request.Url);
        Add<string[]>(insert, [.. request.Types!]);
        Add(insert, JsonSerializer.Serialize(request.Filter, Json));
        Add(insert, at.UtcDateTime);
        Add(insert, secret);
        Add(insert, identity?.Id, NpgsqlDbType.Uuid);
        Add(insert, identity?.RequestHash, NpgsqlDbType.Bytea);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (id, true, true);
    }

    /// <summary>A subscription; null: there is none.</summary>
    public async Task<SubscriptionView?> FindAsync(string id, string? owner, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FindSql);
        Add(command, id);
        Add(command, owner, NpgsqlDbType.Text);
        return await ReadAsync(command, cancellationToken) is [var found, ..] ? found.View : null;
    }

    /// <summary>Subscriptions after one, in the order of their identities.</summary>
    public async Task<IReadOnlyList<SubscriptionView>> ListAsync(string? owner, string? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListSql);
        Add(command, owner, NpgsqlDbType.Text);
        Add(command, after, NpgsqlDbType.Text);
        Add(command, limit);
        return [.. (await ReadAsync(command, cancellationToken)).Select(stored => stored.View)];
    }

    /// <summary>Those that are delivered to or whose receiver is asked, with their revisions.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ServedAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ServedSql);
        var served = new Dictionary<string, long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            served.Add(reader.GetString(0), reader.GetInt64(1));
        return served;
    }

    /// <summary>Some subscriptions, whole.</summary>
    public async Task<IReadOnlyList<StoredSubscription>> LoadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LoadSql);
        Add(command, ids.ToArray());
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Changes what is asked for; false: there is no such subscription.</summary>
    public async Task<bool> ChangeAsync(string id, string? owner, SubscriptionRequest request, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var command = dataSource.CreateCommand(ChangeSql);
        Add(command, id);
        Add(command, owner, NpgsqlDbType.Text);
        Add(command, request.Url);
        Add<string[]>(command, [.. request.Types!]);
        Add(command, JsonSerializer.Serialize(request.Filter, Json));
        Add(command, at.UtcDateTime);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Deletes a subscription with everything about it; false: there is none.</summary>
    public async Task<bool> DeleteAsync(string id, string? owner, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DeleteSql);
        Add(command, id);
        Add(command, owner, NpgsqlDbType.Text);
        return await command.ExecuteScalarAsync(cancellationToken) is 1L;
    }

    /// <summary>Puts a subscription somewhere else; false: it is not there, or not where it can be put so.</summary>
    public async Task<bool> SetStatusAsync(
        string id, string? owner, SubscriptionStatus status, DateTimeOffset? handshakeAt, DateTimeOffset at, IReadOnlyList<SubscriptionStatus> from, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(StatusSql);
        Add(command, id);
        Add(command, owner, NpgsqlDbType.Text);
        Add(command, KebabCase<SubscriptionStatus>.Word(status));
        Add(command, handshakeAt?.UtcDateTime, NpgsqlDbType.TimestampTz);
        Add(command, at.UtcDateTime);
        Add<string[]>(command, [.. from.Select(KebabCase<SubscriptionStatus>.Word)]);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Puts a secret in the place of the one that is there, which stays valid for a while; false: there is no such subscription.</summary>
    public async Task<bool> RotateAsync(string id, string? owner, byte[] secret, DateTimeOffset previousUntil, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(RotateSql);
        Add(command, id);
        Add(command, owner, NpgsqlDbType.Text);
        Add(command, secret);
        Add(command, previousUntil.UtcDateTime);
        Add(command, at.UtcDateTime);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Keeps what a receiver said to whether it wants the deliveries.</summary>
    /// <param name="id">The subscription.</param>
    /// <param name="revision">The revision as of which it was asked.</param>
    /// <param name="reason">Why it is not confirmed; null: it is.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task ConfirmedAsync(string id, long revision, string? reason, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ConfirmedSql);
        Add(command, id);
        Add(command, revision);
        Add(command, reason is null);
        Add(command, reason, NpgsqlDbType.Text);
        Add(command, at.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Disables a subscription and tells its owner.</summary>
    public async Task DisableAsync(string id, string reason, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DisableSql);
        Add(command, id);
        Add(command, reason);
        Add(command, at.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What the owner was told, newest first.</summary>
    public async Task<IReadOnlyList<SubscriptionNotice>> NoticesAsync(string id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(NoticesSql);
        Add(command, id);
        Add(command, NoticesMax);
        var notices = new List<SubscriptionNotice>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            notices.Add(new SubscriptionNotice(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2)));
        return notices;
    }

    /// <summary>Whether anything is encrypted that its key is needed for.</summary>
    public async Task<bool> HasSecretsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(HasSecretsSql);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    private static void Add(NpgsqlCommand command, object? value, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });

    private static async Task<IReadOnlyList<StoredSubscription>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var subscriptions = new List<StoredSubscription>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            subscriptions.Add(new StoredSubscription(
                new SubscriptionView(
                    reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<string[]>(3),
                    JsonSerializer.Deserialize<SubscriptionFilter>(reader.GetString(4), Json)!, KebabCase<SubscriptionStatus>.Parse(reader.GetString(5)),
                    reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetInt64(7), reader.IsDBNull(8) ? null : reader.GetInt64(8), reader.GetInt32(9), Instant(10), Instant(11),
                    Instant(12), reader.GetFieldValue<DateTimeOffset>(13), reader.GetFieldValue<DateTimeOffset>(14)),
                reader.GetInt64(15), reader.GetFieldValue<byte[]>(16), reader.IsDBNull(17) ? null : reader.GetFieldValue<byte[]>(17), Instant(18)));
        }

        return subscriptions;

        DateTimeOffset? Instant(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
    }
}
