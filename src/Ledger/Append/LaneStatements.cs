using Npgsql;

namespace Supervision.Ledger.Append;

/// <summary>The functions of the database through which a batch is committed. Prepared by the data source's automatic preparation after their first uses.</summary>
internal sealed class LaneStatements(int timeoutSeconds)
{
    private static readonly string PrepareSql = $"SELECT prepare_batch({Places(55)})";
    private static readonly string PlaceSql = $"SELECT place_batch({Places(4)})";
    public static readonly string FinishSql = $"SELECT status, seq, frontier FROM finish_batch({Places(48)})";

    private static readonly string ConflictsSql = $"SELECT stale, duplicate FROM batch_conflicts({Places(5)})";

    public void Prepare(NpgsqlConnection connection, BatchArrays arrays)
    {
        using var command = Command(connection, PrepareSql, arrays.Preparation());
        command.ExecuteNonQuery();
    }

    public void Place(NpgsqlConnection connection, BatchArrays arrays)
    {
        using var command = Command(connection, PlaceSql, arrays.Placement());
        command.ExecuteNonQuery();
    }

    /// <summary>Where the ledger ends, when that is elsewhere than the batch was built for; it stays there until the transaction ends. Null: entered.</summary>
    public Head? Finish(NpgsqlConnection connection, BatchArrays arrays)
    {
        using var command = Command(connection, FinishSql, arrays.Finish());
        using var reader = command.ExecuteReader();
        reader.Read();
        return reader.GetInt16(0) == 0 ? null : new Head(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
    }

    public (int[] Stale, int[] Duplicate) Conflicts(NpgsqlConnection connection, BatchArrays arrays)
    {
        using var command = Command(connection, ConflictsSql, arrays.Claims());
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetFieldValue<int[]>(0), reader.GetFieldValue<int[]>(1));
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = timeoutSeconds };
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    private static string Places(int count) => string.Join(", ", Enumerable.Range(1, count).Select(place => $"${place}"));
}
