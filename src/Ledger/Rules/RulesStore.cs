using Npgsql;

namespace Supervision.Ledger.Rules;

/// <summary>Policies and calendars as they are registered, by version and content.</summary>
public sealed class RulesStore(NpgsqlDataSource dataSource)
{
    private const string RegisterSql = """
        INSERT INTO rules (grain, version, hash, content) VALUES ($1, $2, $3, $4) ON CONFLICT (grain, version) DO NOTHING
        """;

    private const string HashSql = "SELECT hash FROM rules WHERE grain = $1 AND version = $2";

    /// <summary>Registers a version, unless it is; the answer is the hash under which it is registered, which may be another.</summary>
    public async Task<string> RegisterAsync(GrainId grain, int version, string hash, byte[] content, CancellationToken cancellationToken)
    {
        await using var register = dataSource.CreateCommand(RegisterSql);
        register.Parameters.Add(new NpgsqlParameter<string> { TypedValue = grain.Value });
        register.Parameters.Add(new NpgsqlParameter<int> { TypedValue = version });
        register.Parameters.Add(new NpgsqlParameter<string> { TypedValue = hash });
        register.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = content });
        await register.ExecuteNonQueryAsync(cancellationToken);
        await using var read = dataSource.CreateCommand(HashSql);
        read.Parameters.Add(new NpgsqlParameter<string> { TypedValue = grain.Value });
        read.Parameters.Add(new NpgsqlParameter<int> { TypedValue = version });
        return (string)(await read.ExecuteScalarAsync(cancellationToken))!;
    }
}
