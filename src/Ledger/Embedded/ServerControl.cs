namespace Supervision.Ledger.Embedded;

/// <summary>Starts and stops the server of a directory with pg_ctl.</summary>
internal sealed class ServerControl(ServerDirectory directory, ServerAccount account, PostgresInstallation installation, EmbeddedPostgresOptions options)
{
    private const int LogLinesMax = 15;

    // Backends outlive a killed server until they look up from their work, and bar the way for a new one.
    private const string KillOrphansScript = """
        for process in /proc/[0-9]*; do
            [ "$(readlink "$process/cwd" 2>/dev/null)" = "$1" ] && [ "$(cat "$process/comm" 2>/dev/null)" = postgres ] && kill -9 "${process#/proc/}"
        done
        true
        """;

    private string StartLog => Path.Combine(directory.Log, "start.log");

    /// <summary>Starts the server and waits until it takes connections.</summary>
    /// <exception cref="EmbeddedPostgresException">It did not start; the message ends with the server's last words.</exception>
    public async Task StartAsync(ServerEndpoint endpoint, CancellationToken cancellationToken)
    {
        await ClearAwayDeadServerAsync(cancellationToken);
        if (options.HugePages)
            HugePages.Allow(ServerSettings.SharedBuffers(options));
        var settings = ServerSettings.Write(options, directory, endpoint);
        UnixFiles.Write(directory.Access, ServerSettings.Access, UnixFiles.WorldReadable);
        UnixFiles.Write(directory.Settings, settings, UnixFiles.WorldReadable);

        File.Delete(StartLog);
        UnixFiles.KeepDescriptors();
        var result = await RunAsync(
            ["start", "-l", StartLog, "-t", Seconds(options.StartTimeout), "-o", $"-c config_file={Programs.ShellQuote(directory.Settings)}"],
            cancellationToken);
        if (!result.Succeeded)
            throw new EmbeddedPostgresException($"PostgreSQL {installation.Version} did not start in {directory.Root}: {result.Text}{LastWords()}");
    }

    /// <summary>Stops the server: cleanly, or at once when that takes too long.</summary>
    public async Task<ProgramResult> StopAsync(CancellationToken cancellationToken)
    {
        if (PostmasterFile.ReadRunning(directory.Data) is null)
            return new ProgramResult(0, "", "");
        var result = await RunAsync(["stop", "-m", "fast", "-t", Seconds(options.StopTimeout)], cancellationToken);
        return result.Succeeded || PostmasterFile.ReadRunning(directory.Data) is null
            ? result
            : await RunAsync(["stop", "-m", "immediate", "-t", Seconds(options.StopTimeout)], cancellationToken);
    }

    private async Task ClearAwayDeadServerAsync(CancellationToken cancellationToken)
    {
        // A file of a server that is not gone stays: PostgreSQL itself then refuses to start, and says so.
        if (PostmasterFile.Read(directory.Data) is not { } dead || dead.StateIn(directory.Data) != PostmasterState.Gone)
            return;
        if (OperatingSystem.IsLinux())
            await account.RunAsync("sh", ["-c", KillOrphansScript, "sh", directory.Data], directory.Root, cancellationToken);
        // PostgreSQL would do this, were the id not that of a zombie or of another program by now.
        File.Delete(PostmasterFile.PathIn(directory.Data));
        File.Delete(Path.Combine(dead.SocketDirectory, $".s.PGSQL.{dead.Port}.lock"));
    }

    private Task<ProgramResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        account.RunAsync(installation.Program("pg_ctl"), ["-D", directory.Data, .. arguments], directory.Root, cancellationToken);

    // The collector takes over from the first log while the server starts: either may hold the reason.
    private string LastWords()
    {
        var lines = new DirectoryInfo(directory.Log).EnumerateFiles("*.log")
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .Take(2)
            .Reverse()
            .SelectMany(file => File.ReadLines(file.FullName).TakeLast(LogLinesMax));
        return $"{Environment.NewLine}{string.Join(Environment.NewLine, lines)}";
    }

    private static string Seconds(TimeSpan time) => ((int)Math.Ceiling(time.TotalSeconds)).ToString();
}
