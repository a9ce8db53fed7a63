using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Supervision.Grains.Policies;
using Supervision.Ledger.Imports;

namespace Supervision.Hosting.Imports;

/// <summary>Receives files and works through them one after the other, on one silo at a time, also after a restart.</summary>
public sealed partial class ImportService(
    ImportStore store, ImportRunner runner, NpgsqlDataSource dataSource, RuleBook rules, TimeProvider clock, ILogger<ImportService> logger)
    : BackgroundService, IImports
{
    private const string LockSql = "SELECT pg_try_advisory_lock(hashtext('supervision.imports'))";

    private const string UnlockSql = "SELECT pg_advisory_unlock(hashtext('supervision.imports'))";

    // How soon a job is taken over that another silo received or left behind.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> _received = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <inheritdoc/>
    public async Task<ImportReceipt> StartAsync(ImportRequest request, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        RefusePolicy(request);
        await using var upload = await Upload.ReceiveAsync(content, cancellationToken);
        var header = await upload.HeaderAsync(cancellationToken);
        ImportFormats.ReaderOf(request.Format, request.Policy, ListHeader.Parse(header));
        if (await store.ReceiveAsync(request, header, upload.Hash, clock.GetUtcNow(), upload.PartsAsync(cancellationToken), cancellationToken))
            _received.Writer.TryWrite(true);
        var job = (await store.FindAsync(request.Id, cancellationToken))!;
        var isSame = (job.Format, job.Policy, job.DryRun) == (request.Format, request.Policy, request.DryRun)
            && (await store.HashAsync(request.Id, cancellationToken) is not { } hash || hash.AsSpan().SequenceEqual(upload.Hash));
        return new ImportReceipt(job, isSame);
    }

    /// <inheritdoc/>
    public Task<ImportView?> FindAsync(Guid id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<ImportError>> ErrorsAsync(Guid id, ImportPlace after, int limit, CancellationToken cancellationToken) =>
        store.ErrorsAsync(id, after, limit, cancellationToken);

    /// <inheritdoc/>
    public async Task WriteRejectedAsync(Guid id, Stream to, CancellationToken cancellationToken)
    {
        if (await store.HeaderAsync(id, cancellationToken) is not var (format, line))
            return;
        var header = ListHeader.Parse(line);
        var givesKeys = ImportFormats.GivesKeys(format, header);
        await RejectedFile.WriteAsync(header, givesKeys, store.RejectedAsync(id, cancellationToken), to);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunUnfinishedAsync(stoppingToken);
                using var look = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                look.CancelAfter(LookInterval);
                await _received.Reader.ReadAsync(look.Token);
            }
            catch (OperationCanceledException)
            {
                // Time to look again, or to stop.
            }
            catch (Exception exception) when (exception is NpgsqlException or LedgerUnavailableException or IOException or TimeoutException)
            {
                LogInterrupted(logger, exception.Message);
                await Task.Delay(LookInterval, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunUnfinishedAsync(CancellationToken cancellationToken)
    {
        if ((await store.UnfinishedAsync(cancellationToken)).Count == 0)
            return;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var take = new NpgsqlCommand(LockSql, connection);
        if (await take.ExecuteScalarAsync(cancellationToken) is not true)
            return;
        try
        {
            foreach (var job in await store.UnfinishedAsync(cancellationToken))
                await runner.RunAsync(job, cancellationToken);
        }
        finally
        {
            await using var release = new NpgsqlCommand(UnlockSql, connection);
            await release.ExecuteScalarAsync(CancellationToken.None);
        }
    }

    private void RefusePolicy(ImportRequest request)
    {
        if (request.Format == ImportFormats.Register && request.Policy is not null)
            throw new ImportRefusedException("Every row of the format register names its own policy; leave it out.") { Field = "policy" };
        if (request.Format == ImportFormats.Vetoes && request.Policy is not null)
            throw new ImportRefusedException("Vetoes are about enterprises, whatever the policy; leave it out.") { Field = "policy" };
        if (request.Format == ImportFormats.Inspectors && request.Policy is not null)
            throw new ImportRefusedException("Inspectors are registered whatever the policy; leave it out.") { Field = "policy" };
        if (request.Format == ImportFormats.NationalList && request.Policy is null)
            throw new ImportRefusedException($"A {ImportFormats.NationalList} needs the policy under which its titles are.") { Field = "policy" };
        if (request.Policy is { } policy && !rules.TryFind(policy, out _))
            throw new ImportRefusedException($"'{policy}' is not the id of a policy.") { Field = "policy" };
    }

    [LoggerMessage(EventId = 3211, Level = LogLevel.Warning, Message = "An import was interrupted and will be taken up again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string reason);
}
