using System.CommandLine;
using System.Text.Json;
using Npgsql;
using Spectre.Console;
using Supervision.Ledger.Documents;
using Supervision.Ledger.Schema;
using Supervision.Silo.Configuration;
using Supervision.Silo.Startup;

namespace Supervision.Silo.Commands;

/// <summary>Fills an empty database from a backup and verifies the ledger.</summary>
internal static class RestoreCommand
{
    private const string IsEmptySql = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";

    private const string RootSql = "SELECT count(*) FROM batch WHERE last_seq = $1 AND root = decode($2, 'hex')";

    public static Command Create(string[] settings)
    {
        var directory = new Argument<DirectoryInfo>("DIR") { Description = "What silo backup wrote." };
        var command = new Command("restore", """
            Fill an empty database from a backup, with its documents, and verify the ledger. Nothing is ever overwritten: stop the silo and give it
            an empty Data:Directory, or an empty database, first.
            """) { directory };
        command.SetAction((parsed, cancellationToken) => Failing.ReportAsync(() => RunAsync(settings, parsed.GetRequiredValue(directory), cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, DirectoryInfo directory, CancellationToken cancellationToken)
    {
        var manifest = await ManifestAsync(directory, cancellationToken);
        return await CommandDatabase.UseAsync(settings, async (known, database, loggers) =>
        {
            await Failing.Bars().StartAsync(async bars =>
            {
                var bar = bars.AddTask("Restoring").IsIndeterminate();
                await RefuseFilledAsync(database, cancellationToken);
                await PostgresTool.RunAsync(
                    database, "pg_restore",
                    ["--jobs=2", "--no-owner", "--exit-on-error", $"--dbname={new NpgsqlConnectionStringBuilder(database.ConnectionString).Database}", Path.Combine(directory.FullName, "database")],
                    cancellationToken);
                await database.MigrateAsync(loggers, cancellationToken);
                await DocumentCopies.CopyAsync(
                    database.Serving, new DocumentFiles(Path.Combine(directory.FullName, BackupManifest.Documents)), known.DocumentFiles(), cancellationToken);
                bar.IsIndeterminate(false).Value = 100;
            });
            await CheckManifestAsync(database, manifest, cancellationToken);
            Console.WriteLine(TellOfLog(known));
            if (!known.WebhookKey().IsThere)
                Console.WriteLine($"Nothing is delivered to subscribers, and status lists get a new key, before keys and webhooks.key are put back from where they were, to {known.Data.Directory}");
            return await VerifyLedgerCommand.VerifyAsync(known, database, cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Whether the log goes on from here; what was signed and is not in the backup shows as a difference.</summary>
    private static string TellOfLog(SiloSettings settings) => settings.LogFiles().Exist
        ? "The log goes on if the backup has everything that was signed"
        : $"The log is not signed from here on before its directory is put back from where it was, to {settings.LogFiles().Directory}, or taken up again (silo log-key take-up)";

    private static async Task<BackupManifest> ManifestAsync(DirectoryInfo directory, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory.FullName, BackupManifest.FileName);
        if (!File.Exists(path))
            throw new CommandFailedException($"{directory.FullName} is not a backup: it has no {BackupManifest.FileName}.");
        return JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllTextAsync(path, cancellationToken), JsonSerializerOptions.Web)
            ?? throw new CommandFailedException($"{path} is empty.");
    }

    private static async Task RefuseFilledAsync(Database database, CancellationToken cancellationToken)
    {
        await using var dataSource = NpgsqlDataSource.Create(database.ConnectionString);
        await using (var count = dataSource.CreateCommand(IsEmptySql))
        {
            if (await count.ExecuteScalarAsync(cancellationToken) is > 0L)
                throw new CommandFailedException("The database is not empty; a backup is restored into an empty one only.");
        }

        await using var role = dataSource.CreateCommand(Migrator.RoleSql);
        await role.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task CheckManifestAsync(Database database, BackupManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Seq == 0)
            return;
        await using var command = database.Serving.CreateCommand(RootSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = manifest.Seq });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = manifest.Root });
        if (await command.ExecuteScalarAsync(cancellationToken) is 0L)
            throw new CommandFailedException($"What was restored has not the root that the backup names for seq {manifest.Seq}: {manifest.Root}.");
        Console.WriteLine($"Restored, with the backup's root at seq {manifest.Seq}");
    }
}
