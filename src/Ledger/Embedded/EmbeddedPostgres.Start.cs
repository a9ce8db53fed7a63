using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Supervision.Ledger.Embedded;

public sealed partial class EmbeddedPostgres
{
    private const int PortTriesMax = 5;

    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(50);

    // An owner that is just ending, or a guest that is just attaching, lets go within this time.
    private static readonly TimeSpan _lockPatience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Makes the server available: initialises the directory when it is new, starts the server or attaches to a
    /// running one, as <see cref="EmbeddedPostgresOptions.Role"/> says, and waits until it answers.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">
    /// No PostgreSQL is installed, the data are of another major version, another owner runs the server, the
    /// directory cannot be used, or the server did not come up in time. The message says which, and what to do.
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of range; the message lists all that are.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        options.Validate();
        try
        {
            var directory = new ServerDirectory(options.Directory);
            directory.CreateParents();
            return options.Role == EmbeddedPostgresRole.Owner
                ? await StartOwnerAsync(directory, options, logger, cancellationToken)
                : await StartGuestAsync(directory, options, logger, cancellationToken);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EmbeddedPostgresException($"The embedded PostgreSQL in {options.Directory} belongs to another user; run as that user. {e.Message}", e);
        }
    }

    /// <summary>Stops a server whose owner died without stopping it.</summary>
    /// <returns>Whether the directory is free: false when an owner lives, whose server is left alone.</returns>
    /// <exception cref="EmbeddedPostgresException">No PostgreSQL of the data's major version is installed.</exception>
    public static async Task<bool> StopAbandonedAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        options.Validate();
        var directory = new ServerDirectory(options.Directory);
        if (!File.Exists(directory.LockFile))
            return true;
        using var ownerLock = OwnerLock.TryTake(directory.LockFile);
        if (ownerLock is null)
            return false;
        if (PostmasterFile.ReadRunning(directory.Data) is null)
            return true;
        var account = await ServerAccount.ChooseAsync(cancellationToken);
        await StopAsync(new ServerControl(directory, account, FindInstallation(directory), options), logger, directory.Root);
        return PostmasterFile.ReadRunning(directory.Data) is null;
    }

    private static async Task<EmbeddedPostgres> StartOwnerAsync(
        ServerDirectory directory, EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        OwnerLock? ownerLock;
        while ((ownerLock = OwnerLock.TryTake(directory.LockFile)) is null)
        {
            if (waited.Elapsed > _lockPatience)
                throw new EmbeddedPostgresException($"Another process runs the embedded PostgreSQL in {directory.Root} (it holds {directory.LockFile}). Stop it first, or use another directory.");
            await Task.Delay(_pollInterval, cancellationToken);
        }

        return await RunAsync(ownerLock, directory, options, logger, cancellationToken);
    }

    private static async Task<EmbeddedPostgres> StartGuestAsync(
        ServerDirectory directory, EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            // Under the lock nobody else starts or stops the server.
            var ownerLock = OwnerLock.TryTake(directory.LockFile);
            if (ownerLock is not null && PostmasterFile.ReadRunning(directory.Data) is null)
                return await RunAsync(ownerLock, directory, options, logger, cancellationToken);

            using (ownerLock)
            {
                if (PostmasterFile.ReadRunning(directory.Data) is { IsReady: true } server)
                {
                    var endpoint = new ServerEndpoint(server.SocketDirectory, server.Port, directory.ReadPassword());
                    // The owner may still be making the database; without an owner it is ours to make.
                    if (ownerLock is not null)
                        await endpoint.EnsureDatabaseAsync(options.StartTimeout - waited.Elapsed, cancellationToken);
                    await using var answer = await endpoint.AwaitDatabaseAsync(ServerEndpoint.DatabaseName, options.StartTimeout - waited.Elapsed, cancellationToken);
                    LogAttached(logger, directory.Root, server.ProcessId);
                    return new EmbeddedPostgres(directory, FindInstallation(directory), endpoint, logger);
                }
            }

            if (waited.Elapsed > options.StartTimeout)
                throw new EmbeddedPostgresException($"Another process has been starting the embedded PostgreSQL in {directory.Root} for {waited.Elapsed.TotalSeconds:F0} s. See {directory.Log}.");
            await Task.Delay(_pollInterval, cancellationToken);
        }
    }

    // Takes over the lock, and lets go of it on failure.
    private static async Task<EmbeddedPostgres> RunAsync(
        OwnerLock ownerLock, ServerDirectory directory, EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        ServerControl? control = null;
        try
        {
            var installation = FindInstallation(directory);
            var account = await ServerAccount.ChooseAsync(cancellationToken);
            await directory.PrepareAsync(account, cancellationToken);
            if (!directory.HasData)
            {
                LogInitialising(logger, directory.Root, installation.Version);
                await ServerCluster.InitialiseAsync(directory, account, installation, options, cancellationToken);
            }

            control = new ServerControl(directory, account, installation, options);
            var endpoint = await FindAbandonedAsync(directory, options, logger, cancellationToken)
                ?? await StartServerAsync(control, directory, account, cancellationToken);
            await endpoint.EnsureDatabaseAsync(options.StartTimeout, cancellationToken);
            LogRunning(logger, installation.Version, directory.Root, endpoint.Port);
            return new EmbeddedPostgres(directory, installation, endpoint, logger, ownerLock, control);
        }
        catch
        {
            if (control is not null)
                await StopAsync(control, logger, directory.Root);
            ownerLock.Dispose();
            throw;
        }
    }

    /// <summary>Where the server of an owner that was killed listens, once it is up; null when none runs.</summary>
    private static async Task<ServerEndpoint?> FindAbandonedAsync(
        ServerDirectory directory, EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        // It may be on its way up, or on its way down.
        while (PostmasterFile.ReadRunning(directory.Data) is { } server)
        {
            if (server.IsReady)
            {
                LogTakenOver(logger, directory.Root, server.ProcessId);
                return new ServerEndpoint(server.SocketDirectory, server.Port, directory.ReadPassword());
            }

            if (waited.Elapsed > options.StartTimeout)
                throw new EmbeddedPostgresException($"The server found running in {directory.Root} (process {server.ProcessId}) takes no connections. See {directory.Log}.");
            await Task.Delay(_pollInterval, cancellationToken);
        }

        return null;
    }

    private static async Task<ServerEndpoint> StartServerAsync(
        ServerControl control, ServerDirectory directory, ServerAccount account, CancellationToken cancellationToken)
    {
        var password = directory.ReadPassword();
        var socketDirectory = await directory.ChooseSocketDirectoryAsync(account, cancellationToken);
        for (var tries = 1; ; tries++)
        {
            var endpoint = new ServerEndpoint(socketDirectory, LoopbackPort.Choose(), password);
            try
            {
                await control.StartAsync(endpoint, cancellationToken);
                return endpoint;
            }
            // Somebody was faster with the port: not a reason to give up.
            catch (EmbeddedPostgresException) when (tries < PortTriesMax && !LoopbackPort.IsFree(endpoint.Port))
            {
            }
            catch
            {
                endpoint.Remove(directory);
                throw;
            }
        }
    }

    private static PostgresInstallation FindInstallation(ServerDirectory directory) =>
        directory.ReadMajorVersion() is { } major ? PostgresInstallation.FindFor(directory.Data, major) : PostgresInstallation.Find();
}
