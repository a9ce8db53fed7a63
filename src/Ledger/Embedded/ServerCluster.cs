namespace Supervision.Ledger.Embedded;

/// <summary>Makes a data directory, whole or not at all.</summary>
internal static class ServerCluster
{
    /// <summary>The superuser, who owns everything in the server.</summary>
    public const string RoleName = "supervision";

    /// <summary>Runs initdb in a draft directory and renames it. A draft left by a kill is thrown away.</summary>
    /// <exception cref="EmbeddedPostgresException">initdb failed, or something else is where the data should be.</exception>
    public static async Task InitialiseAsync(
        ServerDirectory directory, ServerAccount account, PostgresInstallation installation, EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        if (Directory.Exists(directory.Data))
        {
            // Without PG_VERSION it is no cluster; not ours to delete either, unless it is empty.
            if (Directory.EnumerateFileSystemEntries(directory.Data).Any())
                throw new EmbeddedPostgresException($"{directory.Data} holds files but no PostgreSQL data (PG_VERSION is missing). Move it away, or restore it.");
            Directory.Delete(directory.Data);
        }

        var password = directory.CreatePassword();
        // C.UTF-8 orders by code point, fast and the same everywhere. Systems without it have C, which orders likewise.
        var result = await RunAsync("C.UTF-8");
        if (!result.Succeeded)
            result = await RunAsync("C");
        if (!result.Succeeded)
            throw new EmbeddedPostgresException($"initdb could not make a data directory in {directory.Root}: {result.Text}");

        Directory.Move(Path.Combine(directory.Draft, "data"), directory.Data);
        if (options.IsDurable)
            UnixFiles.SyncDirectory(directory.Root);
        Directory.Delete(directory.Draft, recursive: true);

        async Task<ProgramResult> RunAsync(string locale)
        {
            if (Directory.Exists(directory.Draft))
                Directory.Delete(directory.Draft, recursive: true);
            UnixFiles.CreateDirectory(directory.Draft, UnixFiles.OwnerOnlyDirectory);
            var passwordFile = Path.Combine(directory.Draft, "password");
            UnixFiles.Write(passwordFile, password, UnixFiles.OwnerOnly);
            await account.TakeOverAsync(directory.Draft, cancellationToken);
            return await account.RunAsync(
                installation.Program("initdb"),
                [
                    "--pgdata", Path.Combine(directory.Draft, "data"), "--encoding", "UTF8", $"--locale={locale}",
                    "--username", RoleName, "--pwfile", passwordFile, "--auth", "scram-sha-256",
                    // A disk that corrupts the register must not go unnoticed for years.
                    "--data-checksums",
                    .. options.IsDurable ? Array.Empty<string>() : ["--no-sync"],
                ],
                directory.Root,
                cancellationToken);
        }
    }
}
