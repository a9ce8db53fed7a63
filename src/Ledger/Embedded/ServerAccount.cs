using System.Diagnostics;

namespace Supervision.Ledger.Embedded;

/// <summary>What a finished program left behind.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    public string Text => $"{Output}{Error}".Trim();
}

/// <summary>
/// The operating system's account that the server runs as: our own, or <c>postgres</c> when we are root, because
/// PostgreSQL refuses to run as root.
/// </summary>
internal sealed class ServerAccount
{
    private const string UserName = "postgres";

    // The server inherits nothing else: our environment may hold keys and connection strings.
    private static readonly string[] _keptVariables = ["PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

    private const string LargeAllocationBytes = "16777216";

    private const string KeptFreeBytes = "33554432";

    private readonly Func<string, IEnumerable<string>, List<string>> _wrap;
    private readonly string? _owner;

    private ServerAccount(Func<string, IEnumerable<string>, List<string>> wrap, string? owner) => (_wrap, _owner) = (wrap, owner);

    /// <summary>The account's name when it is not our own.</summary>
    public string? OtherUser => _owner is null ? null : UserName;

    public static async Task<ServerAccount> ChooseAsync(CancellationToken cancellationToken)
    {
        // A session of its own: Ctrl-C in the terminal is for us, and we stop the server when we are ready to.
        var session = Programs.Find("setsid") is { } setsid ? new[] { setsid } : [];
        if (!Environment.IsPrivilegedProcess)
            return new ServerAccount((program, arguments) => [.. session, program, .. arguments], owner: null);

        var (user, group) = (await IdAsync("-u", cancellationToken), await IdAsync("-g", cancellationToken));
        var failures = new List<string>();
        foreach (var wrap in WaysToBecome(user, group))
        {
            var account = new ServerAccount((program, arguments) => [.. session, .. wrap(program, arguments)], $"{user}:{group}");
            var trial = await account.RunAsync("true", [], "/", cancellationToken);
            if (trial.Succeeded)
                return account;
            failures.Add(trial.Text);
        }

        throw new EmbeddedPostgresException(
            $"PostgreSQL does not run as root, and user {UserName} cannot be assumed (setpriv, runuser and su were tried). {string.Join(' ', failures)}");
    }

    /// <summary>Runs a program under this account and waits for its end.</summary>
    public Task<ProgramResult> RunAsync(string program, IEnumerable<string> arguments, string workingDirectory, CancellationToken cancellationToken) =>
        RunAsync(_wrap(program, arguments), workingDirectory, cancellationToken);

    /// <summary>Gives a directory of ours, and what is in it, to this account.</summary>
    public async Task TakeOverAsync(string path, CancellationToken cancellationToken)
    {
        if (_owner is null)
            return;
        var result = await RunAsync(["chown", "-R", _owner, path], "/", cancellationToken);
        if (!result.Succeeded)
            throw new EmbeddedPostgresException($"{path} cannot be given to user {UserName}: {result.Text}");
    }

    private static IEnumerable<Func<string, IEnumerable<string>, List<string>>> WaysToBecome(string user, string group)
    {
        if (Programs.Find("setpriv") is { } setpriv)
            yield return (program, arguments) => [setpriv, $"--reuid={user}", $"--regid={group}", "--init-groups", "--", program, .. arguments];
        if (Programs.Find("runuser") is { } runuser)
            yield return (program, arguments) => [runuser, "-u", UserName, "--", program, .. arguments];
        if (Programs.Find("su") is { } su)
            yield return (program, arguments) => [su, "-s", "/bin/sh", UserName, "-c", $"exec {string.Join(' ', arguments.Prepend(program).Select(Programs.ShellQuote))}"];
    }

    private static async Task<string> IdAsync(string which, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["id", which, UserName], "/", cancellationToken);
        return result.Succeeded
            ? result.Output.Trim()
            : throw new EmbeddedPostgresException(
                $"PostgreSQL does not run as root, and there is no user {UserName} to run it as. Create one (useradd --system {UserName}; the packages of PostgreSQL do), or do not run as root.");
    }

    private static async Task<ProgramResult> RunAsync(List<string> command, string workingDirectory, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var name in _keptVariables)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }

        start.Environment["LC_ALL"] = "C";
        // A batch is a few arrays of hundreds of kilobytes: glibc would get pages for each from the system, and give them back behind it.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = LargeAllocationBytes;
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = KeptFreeBytes;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return new ProgramResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
