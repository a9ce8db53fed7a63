using System.Text;
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
    public async Task<ImportView> StartAsync(ImportRequest request, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Format != NationalList.Format)
            throw new ImportRefusedException($"'{request.Format}' is not a format; there is {NationalList.Format}.") { Field = "format" };
        if (!rules.TryFind(request.Policy, out _))
            throw new ImportRefusedException($"'{request.Policy}' is not the id of a policy.") { Field = "policy" };
        if (await store.FindAsync(request.Id, cancellationToken) is { } known)
            return known;
        await store.ReceiveAsync(request, clock.GetUtcNow(), CheckedAsync(request, content, cancellationToken), cancellationToken);
        _received.Writer.TryWrite(true);
        return (await store.FindAsync(request.Id, cancellationToken))!;
    }

    /// <inheritdoc/>
    public Task<ImportView?> FindAsync(Guid id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<ImportError>> ErrorsAsync(Guid id, ImportPlace after, int limit, CancellationToken cancellationToken) =>
        store.ErrorsAsync(id, after, limit, cancellationToken);

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
            catch (Exception exception) when (exception is NpgsqlException or LedgerUnavailableException)
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

    /// <summary>The parts of a file, whose header is looked at before anything is stored.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> CheckedAsync(
        ImportRequest request, Stream content, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isFirst = true;
        await foreach (var part in ImportFile.PartsAsync(content, cancellationToken))
        {
            if (isFirst)
                NationalList.Of(FirstLine(part.Span), request.Policy);
            isFirst = false;
            yield return part;
        }

        if (isFirst)
            throw new ImportRefusedException("The file is empty.");
    }

    private static string FirstLine(ReadOnlySpan<byte> part)
    {
        var end = part.IndexOf((byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? part : part[..end]).TrimStart('\uFEFF').TrimEnd('\r');
    }

    [LoggerMessage(EventId = 3211, Level = LogLevel.Warning, Message = "An import was interrupted and will be taken up again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string reason);
}
