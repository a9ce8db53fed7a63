using System.Text.Json;
using Npgsql;
using Supervision.Hosting.Jobs;

namespace Supervision.Hosting.Verification;

/// <summary>The recorded outcomes of commands and the private texts, against the events that they belong to.</summary>
internal static class OutcomeVerification
{
    private const string CountSql = "SELECT (SELECT count(*) FROM command) + (SELECT count(*) FROM private_member)";

    // An outcome stands at an event of its grain, and where the command itself brought events about, at the last of them.
    private const string OutcomesSql = """
        SELECT command.id::text, command.grain, command.version, command.seq, command.created, command.class, command.code, command.article, command.detail,
            reached.grain, reached.version, caused.last_seq, caused.acted, length(command.request_hash)
        FROM command
        LEFT JOIN ledger AS reached ON reached.seq = command.seq
        LEFT JOIN (
            SELECT command_id, grain, max(seq) AS last_seq, bool_or(actor <> $1) AS acted
            FROM ledger WHERE command_id IS NOT NULL GROUP BY command_id, grain
        ) AS caused ON caused.command_id = command.id AND caused.grain = command.grain
        ORDER BY command.seq, command.id
        """;

    private const string ForgottenSql = """
        SELECT seq, command_id::text FROM ledger
        WHERE command_id IS NOT NULL AND at >= $1 AND NOT EXISTS (SELECT FROM command WHERE command.id = ledger.command_id)
        ORDER BY seq LIMIT 1
        """;

    // The latest instant that the ledger's clock is known to have shown; outcomes are forgotten by that clock, too.
    private const string NowSql = """
        SELECT greatest(CASE WHEN EXISTS (SELECT FROM manual_clock) THEN (SELECT now FROM manual_clock) ELSE now() END, (SELECT max(at) FROM batch))
        """;

    private const string PrivateSql = """
        SELECT private_member.seq, private_member.member, private_member.salt, private_member.value, ledger.data
        FROM private_member LEFT JOIN ledger ON ledger.seq = private_member.seq
        ORDER BY private_member.seq, private_member.member
        """;

    // Clocks of silos may differ a little, and the newest instant recorded may lag behind them.
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    public static async Task<Difference?> RunAsync(
        VerificationSnapshot snapshot, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        var connection = await snapshot.OpenAsync(cancellationToken);
        await using var count = new NpgsqlCommand(CountSql, connection) { CommandTimeout = 0 };
        var total = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
        var counter = new VerificationCounter(progress, total, VerificationPhase.Outcomes);
        var first = await CompareOutcomesAsync(connection, counter, cancellationToken)
            ?? await FindForgottenAsync(connection, cancellationToken)
            ?? await ComparePrivateAsync(connection, counter, cancellationToken);
        counter.Tell();
        return first;
    }

    private static async Task<Difference?> CompareOutcomesAsync(NpgsqlConnection connection, VerificationCounter counter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(OutcomesSql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Actor.System.Id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (Compare(reader) is var (expected, found))
                return new Difference(DifferenceKind.Outcome, reader.GetInt64(3), reader.GetString(0), expected, found);
            counter.Count();
        }

        return null;
    }

    private static (string Expected, string Found)? Compare(NpgsqlDataReader reader)
    {
        var (grain, version, seq, created) = (reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetText(4));
        var (@class, code) = (reader.GetText(5), reader.GetText(6));
        var (causedSeq, acted) = (reader.GetLong(11), !reader.IsDBNull(12) && reader.GetBoolean(12));
        if (reader.GetInt32(13) != 32)
            return ("a SHA-256 of the request", $"{reader.GetInt32(13)} bytes");
        // A command on a grain without events can only have been refused.
        if (seq == 0 && (version != 0 || code is null))
            return ("a refusal at version 0", $"{code ?? "accepted"} at version {version}");
        if (seq > 0 && (reader.GetText(9), reader.GetLong(10)) is var (reachedGrain, reachedVersion) && (reachedGrain, reachedVersion) != (grain, version))
            return ($"{reachedGrain ?? "no event"} at version {reachedVersion ?? 0}", $"{grain} at version {version}");
        if (causedSeq is { } last && last != seq)
            return ($"event {last}", $"event {seq}");
        if ((@class is null, code is null, reader.IsDBNull(7), reader.IsDBNull(8)) is not ((true, true, true, true) or (false, false, false, false)))
            return ("a whole refusal or none", $"class {@class ?? "absent"}, code {code ?? "absent"}");
        if (@class is not null && !KebabCase<RejectionClass>.TryParse(@class, out _))
            return (string.Join(", ", KebabCase<RejectionClass>.Words), @class);
        // What a refused command finds due is the system's doing; everything else needs to have been accepted.
        if (code is not null && acted)
            return ("accepted", code);
        if (created is not null && (code is not null || causedSeq is null))
            return ("nothing created", created);
        return null;
    }

    private static async Task<Difference?> FindForgottenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var clock = new NpgsqlCommand(NowSql, connection) { CommandTimeout = 0 };
        var now = (DateTime)(await clock.ExecuteScalarAsync(cancellationToken))!;
        await using var command = new NpgsqlCommand(ForgottenSql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now - ForgetOutcomesJob.Kept + Tolerance });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Difference(DifferenceKind.Outcome, reader.GetInt64(0), reader.GetString(1), "an outcome", "none")
            : null;
    }

    private static async Task<Difference?> ComparePrivateAsync(NpgsqlConnection connection, VerificationCounter counter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PrivateSql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (seq, member) = (reader.GetInt64(0), reader.GetString(1));
            var expected = HashIn(reader.GetText(4), member);
            var found = PrivateText.HashOf(reader.GetString(3), reader.GetFieldValue<byte[]>(2));
            if (!string.Equals(expected, found, StringComparison.Ordinal))
                return new Difference(DifferenceKind.PrivateText, seq, member, expected ?? "no private text", found);
            counter.Count();
        }

        return null;
    }

    private static string? HashIn(string? data, string member)
    {
        if (data is null)
            return null;
        using var document = JsonDocument.Parse(data);
        return document.RootElement.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.Object
            && text.TryGetProperty("sha256", out var hash)
                ? hash.GetString()
                : null;
    }
}
