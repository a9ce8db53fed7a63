using Microsoft.Extensions.Logging;

namespace Supervision.Ledger.Embedded;

/// <summary>
/// A PostgreSQL of our own in a directory: made on first use, started, kept running and stopped with the process. It
/// listens on a Unix socket in a closed directory and on a port of 127.0.0.1, both with a password.
/// </summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private readonly ServerDirectory _directory;
    private readonly ServerEndpoint _endpoint;
    private readonly ILogger _logger;
    private readonly ServerControl? _control;
    private readonly OwnerLock? _lock;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _watch;
    private int _ended;

    // A guest has neither the lock nor the control.
    private EmbeddedPostgres(
        ServerDirectory directory, PostgresInstallation installation, ServerEndpoint endpoint, ILogger logger, OwnerLock? ownerLock = null, ServerControl? control = null)
    {
        (_directory, _endpoint, _logger, _lock, _control) = (directory, endpoint, logger, ownerLock, control);
        BinDirectory = installation.BinDirectory;
        ConnectionString = endpoint.ConnectionString(ServerEndpoint.DatabaseName);
        _watch = control is null ? Task.CompletedTask : WatchAsync(control, _stopping.Token);
    }

    /// <summary>
    /// Connects to database <c>supervision</c> over the socket as its superuser, password included. It stays the same
    /// for this object's life, through restarts of the server.
    /// </summary>
    public string ConnectionString { get; }

    /// <summary>The directory of the server's programs; <c>pg_dump</c> and <c>pg_restore</c> are there too if installed.</summary>
    public string BinDirectory { get; }

    /// <summary>The TCP port on 127.0.0.1; the same through restarts of the server.</summary>
    public int Port => _endpoint.Port;

    /// <summary>PostgreSQL's data directory, inside <see cref="EmbeddedPostgresOptions.Directory"/>.</summary>
    public string DataDirectory => _directory.Data;

    /// <summary>Whether this object keeps the server running, and stops it when it is disposed.</summary>
    public bool IsOwner => _control is not null;

    /// <summary>The process id of the server; null while it is down.</summary>
    public int? PostmasterPid() => PostmasterFile.ReadRunning(_directory.Data)?.ProcessId;

    /// <summary>Stops the server if this object started it or took it over; otherwise leaves it running.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        await EndWatchAsync();
        if (_control is not null)
        {
            await StopAsync(_control, _logger, _directory.Root);
            _endpoint.Remove(_directory);
        }

        _lock?.Dispose();
    }

    /// <summary>Ends as a killed owner does: the server runs on without anyone who would stop it.</summary>
    internal async ValueTask AbandonAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        await EndWatchAsync();
        _lock?.Dispose();
    }

    private async Task EndWatchAsync()
    {
        await _stopping.CancelAsync();
        await _watch;
        _stopping.Dispose();
    }

    private static async Task StopAsync(ServerControl control, ILogger logger, string directory)
    {
        // Bounded by the options' stop timeout, not by the caller's patience: a server left behind would be worse.
        var result = await control.StopAsync(CancellationToken.None);
        if (result.Succeeded)
            LogStopped(logger, directory);
        else
            LogStopFailed(logger, directory, result.Text);
    }
}
