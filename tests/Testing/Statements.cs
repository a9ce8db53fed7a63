using System.Reflection;
using Npgsql;

namespace Supervision.Testing;

/// <summary>The SQL statements of an assembly: its constants whose names end with <c>Sql</c>.</summary>
public static class Statements
{
    /// <summary>
    /// Prepares every statement against a migrated schema and names those that it refuses. Statements that define
    /// something cannot be prepared and are left out; migrating runs them.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FailingAsync(Assembly assembly, NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        var failing = new List<string>();
        await using var connection = await dataSource.OpenConnectionAsync();
        var statements = Of(assembly).ToList();
        foreach (var (name, sql) in statements)
        {
            try
            {
                await using var command = new NpgsqlCommand($"PREPARE statement AS {sql}", connection);
                await command.ExecuteNonQueryAsync();
                command.CommandText = "DEALLOCATE statement";
                await command.ExecuteNonQueryAsync();
            }
            catch (PostgresException exception)
            {
                failing.Add($"{name}: {exception.MessageText}");
            }
        }

        return statements.Count == 0 ? throw new ArgumentException($"{assembly} has no statement.", nameof(assembly)) : failing;
    }

    private static IEnumerable<(string Name, string Sql)> Of(Assembly assembly) =>
        from type in assembly.GetTypes()
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where field is { IsLiteral: true } && field.FieldType == typeof(string) && field.Name.EndsWith("Sql", StringComparison.Ordinal)
        let sql = ((string)field.GetRawConstantValue()!).TrimStart()
        where !sql.StartsWith("CREATE", StringComparison.Ordinal) && !sql.StartsWith("DO ", StringComparison.Ordinal)
        select ($"{type.Name}.{field.Name}", sql);
}
