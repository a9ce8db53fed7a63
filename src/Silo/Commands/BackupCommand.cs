using System.CommandLine;
using System.Text.Json;
using Npgsql;
using Spectre.Console;
using Supervision.Ledger.Documents;

namespace Supervision.Silo.Commands;

/// <summary>What a backup says about itself.</summary>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="Seq">The ledger then; the dump has at least as much.</param>
/// <param name="Root">Root of the Merkle tree at that seq, in hex.</param>
internal sealed record BackupManifest(DateTimeOffset CreatedAt, long Seq, string Root)
{
    public const string FileName = "manifest.json";

    /// <summary>The directory of the documents' contents.</summary>
    public const string Documents = "documents";
}

/// <summary>Writes everything into a directory while the silo serves on.</summary>
internal static class BackupCommand
{
    private const string LastBatchSql = "SELECT last_seq, root FROM batch WHERE last_seq IS NOT NULL ORDER BY last_seq DESC LIMIT 1";

    public static Command Create(string[] settings)
    {
        var directory = new Argument<DirectoryInfo>("DIR") { Description = "A directory that does not exist yet, or is empty." };
        var command = new Command("backup", """
            Write a consistent copy of the database and of the documents into a directory. The silo may go on serving. The key and the last
            checkpoint of the log (the directory log) are not in it: set back with the database, they would let the log contradict itself. Keep
            a copy of them apart from backups. Nor are the other keys (the directory keys and the file webhooks.key), without which a restored silo
            issues status lists under a new key and delivers nothing to subscribers.

            Restore it with: silo restore DIR
            """) { directory };
        command.SetAction((parsed, cancellationToken) => Failing.ReportAsync(() => RunAsync(settings, parsed.GetRequiredValue(directory), cancellationToken)));
        return command;
    }

    private static Task<int> RunAsync(string[] settings, DirectoryInfo directory, CancellationToken cancellationToken)
    {
        if (directory.Exists && directory.EnumerateFileSystemInfos().Any())
            throw new CommandFailedException($"{directory.FullName} is not empty.");
        return CommandDatabase.UseExistingAsync(settings, (known, database, _) => Failing.Bars().StartAsync(async bars =>
        {
            var bar = bars.AddTask("Backing up").IsIndeterminate();
            directory.Create();
            var manifest = await ManifestAsync(database.Serving, cancellationToken);
            // Which silos run beside this database is not true of its copy, whose silos would look for them.
            await PostgresTool.RunAsync(
                database, "pg_dump",
                ["--format=directory", "--jobs=2", "--no-owner", "--exclude-table-data=orleans_cluster", "--exclude-table-data=orleans_silo",
                    $"--file={Path.Combine(directory.FullName, "database")}"],
                cancellationToken);
            // Contents are never changed or removed, so those that are there after the dump are all that it names.
            var documents = await DocumentCopies.CopyAsync(
                database.Serving, known.DocumentFiles(), new DocumentFiles(Path.Combine(directory.FullName, BackupManifest.Documents)), cancellationToken);
            // The manifest comes last: a directory without it is not a backup.
            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, BackupManifest.FileName), JsonSerializer.Serialize(manifest, JsonSerializerOptions.Web), cancellationToken);
            bar.IsIndeterminate(false).Value = 100;
            await CommandAudit.RecordAsync(database, "backup", subject: null);
            Console.WriteLine($"Backed up to {directory.FullName}, at least up to seq {manifest.Seq}, root {manifest.Root}, with {documents} documents");
            return 0;
        }), cancellationToken);
    }

    private static async Task<BackupManifest> ManifestAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LastBatchSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new BackupManifest(TimeProvider.System.GetUtcNow(), reader.GetInt64(0), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(1)))
            : new BackupManifest(TimeProvider.System.GetUtcNow(), 0, "");
    }
}
