using System.Diagnostics;
using Npgsql;
using Supervision.Ledger.Embedded;
using Supervision.Silo.Startup;

namespace Supervision.Silo.Commands;

/// <summary>Runs a program of PostgreSQL against a database.</summary>
internal static class PostgresTool
{
    private static readonly Dictionary<SslMode, string> SslModes = new()
    {
        [SslMode.Disable] = "disable", [SslMode.Allow] = "allow", [SslMode.Prefer] = "prefer", [SslMode.Require] = "require",
        [SslMode.VerifyCA] = "verify-ca", [SslMode.VerifyFull] = "verify-full",
    };

    public static async Task RunAsync(Database database, string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo(PostgresInstallation.Find().Program(program)) { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // Through the environment, so that a password never shows in the list of processes.
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGPORT"] = connection.Port.ToString();
        start.Environment["PGUSER"] = connection.Username;
        start.Environment["PGPASSWORD"] = connection.Password;
        start.Environment["PGDATABASE"] = connection.Database;
        start.Environment["PGSSLMODE"] = SslModes[connection.SslMode];
        if (connection.RootCertificate is { } authorities)
            start.Environment["PGSSLROOTCERT"] = authorities;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // It must not go on writing behind a command that says it was stopped.
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
            throw new CommandFailedException($"{program} failed: {(await errors).Trim()}");
    }
}
