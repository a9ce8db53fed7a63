using System.Buffers.Text;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Supervision.Ledger.Keys;

/// <summary>
/// Keys in the database, of which only the SHA-256 is kept, and in memory, at most a second old: a key revoked on one
/// silo stops working on every other within that time.
/// </summary>
public sealed partial class KeyStore(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<KeyStore> logger) : BackgroundService, IKeys
{
    private const string SecretPrefix = "sk_";

    private const int SecretBytes = 32;

    private const string ListSql = """
        SELECT api_key.id, name, person.person, person_id, role, level, regions, bootstrap, created_at, revoked_at, hash, enterprise, body
        FROM api_key JOIN person ON person.id = person_id
        ORDER BY created_at, api_key.id
        """;

    private const string PersonSql = """
        WITH added AS (INSERT INTO person (id, person) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING RETURNING id)
        SELECT id FROM added UNION ALL SELECT id FROM person WHERE person = $2 LIMIT 1
        """;

    private const string InsertSql = """
        INSERT INTO api_key (id, hash, name, person_id, role, level, regions, bootstrap, created_at, created_by, command_id, request_hash, enterprise, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT DO NOTHING
        """;

    private const string MadeSql = "SELECT id, request_hash = $2 FROM api_key WHERE command_id = $1";

    private const string RevokeSql = "UPDATE api_key SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING id";

    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);

    private FrozenDictionary<SecretHash, KeyHolder> _holders = FrozenDictionary<SecretHash, KeyHolder>.Empty;

    /// <inheritdoc/>
    public KeyHolder? Find(ReadOnlySpan<char> secret)
    {
        // A secret has 46 characters; whatever is much longer was never given out.
        Span<byte> utf8 = stackalloc byte[256];
        if (!Encoding.UTF8.TryGetBytes(secret, utf8, out var length))
            return null;
        return _holders.TryGetValue(SecretHash.Of(utf8[..length]), out var holder) ? holder : null;
    }

    /// <inheritdoc/>
    public async Task<NewKey?> CreateAsync(KeyRequest request, string createdBy, CommandIdentity? identity, CancellationToken cancellationToken)
    {
        var secret = SecretPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        if (await InsertAsync(request, secret, createdBy, identity, cancellationToken) is { } id)
            return new NewKey(id, secret);
        await using var command = dataSource.CreateCommand(MadeSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = identity!.Id });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = identity.RequestHash });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetBoolean(1) ? new NewKey(reader.GetString(0), Key: null) : null;
    }

    /// <summary>Enters a key whose secret is given; nothing happens when it is there already.</summary>
    public Task EnterAsync(KeyRequest request, string secret, string createdBy, CancellationToken cancellationToken) =>
        InsertAsync(request, secret, createdBy, identity: null, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<KeyView>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(cancellationToken)).Select(row => row.Key)];

    /// <inheritdoc/>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(RevokeSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime });
        var revoked = await command.ExecuteScalarAsync(cancellationToken) is not null;
        await RefreshAfterAsync();
        return revoked;
    }

    /// <summary>Reads the keys anew behind a change that is committed: whatever becomes of the reading, which is repeated soon, or of who asked, the change was made.</summary>
    private async Task RefreshAfterAsync()
    {
        try
        {
            await RefreshAsync(CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            LogNotRefreshed(logger, exception.Message);
        }
    }

    /// <summary>Reads the keys anew.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken) =>
        _holders = (await ReadAsync(cancellationToken))
            .ToFrozenDictionary(row => row.Hash, row => new KeyHolder(row.Key.Id, ActorOf(row.Key), Revoked: row.Key.RevokedAt is not null));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RefreshInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Also what a newer silo entered that this one does not know, such as a role: those that are known go on.
                LogNotRefreshed(logger, exception.Message);
            }
        }
    }

    private static Actor ActorOf(KeyView key) =>
        new(key.PersonId, key.Person, key.Role, new Authority(key.Level, key.Regions), key.Bootstrap) { Enterprise = key.Enterprise, Body = key.Body };

    /// <summary>Enters a key; null when its secret or its identity is there already.</summary>
    private async Task<string?> InsertAsync(KeyRequest request, string secret, string createdBy, CommandIdentity? identity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = "key-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        await using var command = dataSource.CreateCommand(InsertSql);
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = SHA256.HashData(Encoding.UTF8.GetBytes(secret)) });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Name });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = await PersonAsync(request.Person, cancellationToken) });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = KebabCase<Role>.Word(request.Role) });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = KebabCase<Level>.Word(request.Level) });
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. request.Regions] });
        parameters.Add(new NpgsqlParameter<bool> { TypedValue = request.Bootstrap });
        parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = createdBy });
        parameters.Add(new NpgsqlParameter { Value = (object?)identity?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        parameters.Add(new NpgsqlParameter { Value = (object?)identity?.RequestHash ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        parameters.Add(new NpgsqlParameter { Value = (object?)request.Enterprise?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        parameters.Add(new NpgsqlParameter { Value = (object?)request.Body ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        var made = await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        await RefreshAfterAsync();
        return made ? id : null;
    }

    private async Task<string> PersonAsync(string person, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PersonSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "p-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = person });
        string? id;
        // Nothing is found when somebody else adds the person at this moment: the statement waits for it and does not see it.
        while ((id = (string?)await command.ExecuteScalarAsync(cancellationToken)) is null)
        {
        }

        return id;
    }

    private async Task<List<(KeyView Key, SecretHash Hash)>> ReadAsync(CancellationToken cancellationToken)
    {
        var keys = new List<(KeyView, SecretHash)>();
        await using var command = dataSource.CreateCommand(ListSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = new KeyView(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), KebabCase<Role>.Parse(reader.GetString(4)),
                KebabCase<Level>.Parse(reader.GetString(5)), reader.GetFieldValue<string[]>(6),
                reader.GetBoolean(7), reader.GetFieldValue<DateTimeOffset>(8),
                await reader.IsDBNullAsync(9, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(9),
                await reader.IsDBNullAsync(11, cancellationToken) ? null : GrainId.FromStored(reader.GetString(11)),
                await reader.IsDBNullAsync(12, cancellationToken) ? null : reader.GetString(12));
            keys.Add((key, MemoryMarshal.Read<SecretHash>(reader.GetFieldValue<byte[]>(10))));
        }

        return keys;
    }

    [LoggerMessage(EventId = 2401, Level = LogLevel.Warning, Message = "The keys could not be read anew: {Reason}")]
    private static partial void LogNotRefreshed(ILogger logger, string reason);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct SecretHash(long A, long B, long C, long D)
    {
        public static SecretHash Of(ReadOnlySpan<byte> secret)
        {
            Span<byte> hash = stackalloc byte[32];
            SHA256.HashData(secret, hash);
            return MemoryMarshal.Read<SecretHash>(hash);
        }
    }
}
