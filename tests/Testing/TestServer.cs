using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Supervision.Ledger.Embedded;

namespace Supervision.Testing;

/// <summary>
/// The PostgreSQL that all tests of this process share: started when the first test asks for it, stopped when the
/// process exits. What a killed test run left behind is cleared away by the next one.
/// </summary>
public static partial class TestServer
{
    private const string ParentDirectory = "/tmp";
    private const string Prefix = "supervision-test-";

    private static readonly Lazy<Task<EmbeddedPostgres>> _server = new(StartAsync);

    /// <summary>The server. It does not sync to disk; a test about durability starts an <see cref="EmbeddedPostgres"/> of its own.</summary>
    /// <exception cref="EmbeddedPostgresException">
    /// It cannot be started, for example because no PostgreSQL is installed; every test that asks then fails, none skips.
    /// </exception>
    public static Task<EmbeddedPostgres> GetAsync(CancellationToken cancellationToken) => _server.Value.WaitAsync(cancellationToken);

    // Not cancellable: a test that gives up must not take the server away from the others.
    private static async Task<EmbeddedPostgres> StartAsync()
    {
        await RemoveLeftoversAsync();
        var directory = Path.Combine(ParentDirectory, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
        var server = await EmbeddedPostgres.StartAsync(Options(directory), NullLogger.Instance, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Directory.Delete(directory, recursive: true);
        };
        return server;
    }

    private static async Task RemoveLeftoversAsync()
    {
        foreach (var directory in Directory.EnumerateDirectories(ParentDirectory, $"{Prefix}*"))
        {
            if (ProcessIdIn().Match(directory) is not { Success: true } match || IsRunning(int.Parse(match.Groups["id"].Value)))
                continue;
            try
            {
                if (await EmbeddedPostgres.StopAbandonedAsync(Options(directory), NullLogger.Instance, CancellationToken.None))
                    Directory.Delete(directory, recursive: true);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException or EmbeddedPostgresException)
            {
                // Another user's, or another test process is at it too: they are leftovers, not our business.
            }
        }
    }

    private static EmbeddedPostgresOptions Options(string directory) => new()
    {
        Directory = Path.Combine(directory, "pg"),
        SharedBuffersMegabytes = 128,
        MaxConnections = 300,
        IsDurable = false,
        StopTimeout = TimeSpan.FromSeconds(20),
    };

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex($"{Prefix}(?<id>[0-9]+)-[0-9a-f]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProcessIdIn();
}
