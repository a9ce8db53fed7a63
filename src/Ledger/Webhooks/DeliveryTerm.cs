using Npgsql;
using NpgsqlTypes;

namespace Supervision.Ledger.Webhooks;

/// <summary>What came of an attempt, as it is kept.</summary>
/// <param name="Delivery">The number of the delivery; null: it is the first attempt of an event.</param>
/// <param name="Subscription">The subscription.</param>
/// <param name="Seq">The event; null: a test.</param>
/// <param name="PreviousSeq">The event that was sent before it.</param>
/// <param name="Type">The type of the event.</param>
/// <param name="EventAt">When the event was recorded.</param>
/// <param name="Status">Where the delivery stands now.</param>
/// <param name="Attempts">Attempts that were made.</param>
/// <param name="At">When this one was.</param>
/// <param name="NextAttemptAt">When the next one is.</param>
/// <param name="Response">How it ended; null: none was made, since the event is withheld.</param>
public sealed record Attempt(
    long? Delivery, string Subscription, long? Seq, long? PreviousSeq, string Type, DateTimeOffset EventAt, DeliveryStatus Status, int Attempts, DateTimeOffset At,
    DateTimeOffset? NextAttemptAt, ResponseSummary? Response);

/// <summary>How far a subscription is, and how its receiver answers.</summary>
/// <param name="Subscription">The subscription.</param>
/// <param name="Position">Every event up to this seq that it asks for was sent for the first time.</param>
/// <param name="SentSeq">The last event that was.</param>
/// <param name="Failures">Attempts that failed since the last one that did not.</param>
/// <param name="FailingSince">Since when.</param>
/// <param name="SucceededAt">The last one that did not.</param>
public sealed record Progress(string Subscription, long Position, long? SentSeq, int Failures, DateTimeOffset? FailingSince, DateTimeOffset? SucceededAt);

/// <summary>
/// The right to deliver, which one silo has at a time. It has to be prolonged; the time is the database's, so that clocks of silos do not matter. Everything that is
/// written names the term and is refused when another one has begun.
/// </summary>
public sealed class DeliveryTerm(NpgsqlDataSource dataSource)
{
    /// <summary>How long a term lasts without being prolonged.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    private const string BeginSql = "UPDATE delivery_term SET term = term + 1, until = clock_timestamp() + $1 WHERE until < clock_timestamp() RETURNING term";

    private const string ProlongSql = "UPDATE delivery_term SET until = clock_timestamp() + $2 WHERE term = $1 RETURNING term";

    private const string EndSql = "UPDATE delivery_term SET until = '-infinity' WHERE term = $1";

    // The lock keeps another term from beginning between the check and the commit.
    private const string KeepSql = """
        WITH mine AS MATERIALIZED (SELECT term FROM delivery_term WHERE term = $1 FOR SHARE),
        again AS (
            UPDATE delivery SET
                status = made.status, attempts = made.attempts, attempted_at = made.at, next_attempt_at = made.next_at, outcome = made.outcome,
                response_status = made.response_status, response_bytes = made.bytes, duration_ms = made.duration_ms, excerpt = made.excerpt
            FROM unnest($2::bigint[], $8::text[], $9::integer[], $10::timestamptz[], $11::timestamptz[], $12::text[], $13::integer[], $14::integer[], $15::integer[], $16::text[])
                AS made (id, status, attempts, at, next_at, outcome, response_status, bytes, duration_ms, excerpt)
            WHERE delivery.id = made.id AND EXISTS (SELECT FROM mine)),
        first AS (
            INSERT INTO delivery (
                subscription, seq, previous_seq, type, event_at, status, attempts, attempted_at, next_attempt_at, outcome, response_status, response_bytes, duration_ms, excerpt)
            SELECT made.subscription, seq, previous_seq, type, event_at, made.status, attempts, at, next_at, outcome, response_status, bytes, duration_ms, excerpt
            FROM unnest(
                $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::timestamptz[], $8::text[], $9::integer[], $10::timestamptz[], $11::timestamptz[], $12::text[],
                $13::integer[], $14::integer[], $15::integer[], $16::text[])
                AS made (id, subscription, seq, previous_seq, type, event_at, status, attempts, at, next_at, outcome, response_status, bytes, duration_ms, excerpt)
                JOIN subscription ON subscription.id = made.subscription
            WHERE made.id IS NULL AND EXISTS (SELECT FROM mine)
            ON CONFLICT (subscription, seq) DO UPDATE SET
                status = excluded.status, attempts = excluded.attempts, attempted_at = excluded.attempted_at, next_attempt_at = excluded.next_attempt_at, outcome = excluded.outcome,
                response_status = excluded.response_status, response_bytes = excluded.response_bytes, duration_ms = excluded.duration_ms, excerpt = excluded.excerpt),
        exhausted AS (
            INSERT INTO subscription_notice (subscription, type, at, detail)
            SELECT made.subscription, 'delivery.exhausted', at, 'Every attempt to deliver event ' || seq || ' has failed; ask for it by redelivery or replay.'
            FROM unnest($3::text[], $4::bigint[], $8::text[], $10::timestamptz[]) AS made (subscription, seq, status, at) JOIN subscription ON subscription.id = made.subscription
            WHERE made.status = 'failed' AND seq IS NOT NULL AND EXISTS (SELECT FROM mine)),
        progress AS (
            UPDATE subscription_progress SET
                position = greatest(subscription_progress.position, made.position), sent_seq = greatest(subscription_progress.sent_seq, made.sent_seq), failures = made.failures,
                failing_since = made.failing_since, succeeded_at = coalesce(made.succeeded_at, subscription_progress.succeeded_at)
            FROM unnest($17::text[], $18::bigint[], $19::bigint[], $20::integer[], $21::timestamptz[], $22::timestamptz[])
                AS made (subscription, position, sent_seq, failures, failing_since, succeeded_at)
            WHERE subscription_progress.subscription = made.subscription AND EXISTS (SELECT FROM mine))
        SELECT count(*) FROM mine
        """;

    /// <summary>Begins a term; null: another silo has one.</summary>
    public async Task<long?> BeginAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(BeginSql);
        Add(command, Length);
        return await command.ExecuteScalarAsync(cancellationToken) is long term ? term : null;
    }

    /// <summary>Prolongs a term; false: another one has begun.</summary>
    public async Task<bool> ProlongAsync(long term, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ProlongSql);
        Add(command, term);
        Add(command, Length);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    /// <summary>Ends a term, so that another silo need not wait.</summary>
    public async Task EndAsync(long term, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(EndSql);
        Add(command, term);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps what came of attempts, and how far subscriptions are; false: another term has begun, and nothing was kept.</summary>
    public async Task<bool> KeepAsync(long term, IReadOnlyCollection<Attempt> attempts, IReadOnlyCollection<Progress> progress, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(KeepSql);
        Add(command, term);
        AddColumn(attempt => attempt.Delivery);
        AddColumn(attempt => attempt.Subscription);
        AddColumn(attempt => attempt.Seq);
        AddColumn(attempt => attempt.PreviousSeq);
        AddColumn(attempt => attempt.Type);
        AddColumn(attempt => attempt.EventAt.UtcDateTime);
        AddColumn(attempt => KebabCase<DeliveryStatus>.Word(attempt.Status));
        AddColumn(attempt => attempt.Attempts);
        AddColumn(attempt => attempt.At.UtcDateTime);
        AddInstants(attempts.Select(attempt => attempt.NextAttemptAt));
        AddColumn(attempt => attempt.Response is { } response ? KebabCase<AttemptOutcome>.Word(response.Outcome) : null);
        AddColumn(attempt => attempt.Response?.Status);
        AddColumn(attempt => attempt.Response?.Bytes ?? 0);
        AddColumn(attempt => attempt.Response?.DurationMilliseconds ?? 0);
        AddColumn(attempt => attempt.Response?.Excerpt);
        Add<string[]>(command, [.. progress.Select(entry => entry.Subscription)]);
        Add<long[]>(command, [.. progress.Select(entry => entry.Position)]);
        Add<long?[]>(command, [.. progress.Select(entry => entry.SentSeq)]);
        Add<int[]>(command, [.. progress.Select(entry => entry.Failures)]);
        AddInstants(progress.Select(entry => entry.FailingSince));
        AddInstants(progress.Select(entry => entry.SucceededAt));
        return await command.ExecuteScalarAsync(cancellationToken) is 1L;

        void AddColumn<T>(Func<Attempt, T> column) => Add<T[]>(command, [.. attempts.Select(column)]);

        void AddInstants(IEnumerable<DateTimeOffset?> instants) => command.Parameters.Add(new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
            Value = instants.Select(instant => instant?.UtcDateTime).ToArray(),
        });
    }

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
}
