using Supervision.Hosting.Rules;
using Supervision.Ledger;
using Supervision.Ledger.Keys;
using Supervision.Silo.Configuration;

namespace Supervision.Silo.Startup;

/// <summary>What has to be done before a silo takes requests: rules registered, a key to begin with, the sample loaded.</summary>
internal sealed partial class StartupTasks(
    SiloSettings settings, RulesRegistration rules, KeyStore keys, IImports imports, IRegister register, LedgerPosition position, ILogger<StartupTasks> logger) : IHostedService
{
    private static readonly string SamplePath = Path.Combine(AppContext.BaseDirectory, "data", "green_entities_national.csv");

    /// <summary>The sample's job is always the same one, so that a start after a kill takes it up instead of beginning another.</summary>
    private static readonly Guid SampleJob = new("6e6174f0-6c69-4373-8000-000000002121");

    /// <summary>Whether the silo takes requests.</summary>
    public bool IsDone { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await rules.RunAsync(cancellationToken);
        var place = await AdminKey.EnsureAsync(settings, keys, cancellationToken);
        LogAdminKey(logger, place);
        if (settings.Sample.Load && (await register.ListAsync(new EntityFilter(), after: null, limit: 1, cancellationToken)).Items.Count == 0)
            await LoadSampleAsync(cancellationToken);
        IsDone = true;
        LogReady(logger, position.Seq);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task LoadSampleAsync(CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(SamplePath);
        var job = await imports.StartAsync(new ImportRequest(SampleJob, "national-list", "miit-2016", DryRun: false, Actor.System), file, cancellationToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (job.Status is ImportStatus.Received or ImportStatus.Running && await timer.WaitForNextTickAsync(cancellationToken))
            job = (await imports.FindAsync(job.Id, cancellationToken))!;
        LogSample(logger, job.Accepted, job.Rejected, job.Skipped);
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "The first admin key: {Place}")]
    private static partial void LogAdminKey(ILogger logger, string place);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Information, Message = "Loaded the sample register: {Accepted} entities, {Rejected} rows rejected, {Skipped} rows of other kinds")]
    private static partial void LogSample(ILogger logger, long accepted, long rejected, long skipped);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Information, Message = "Ready at seq {Seq}")]
    private static partial void LogReady(ILogger logger, long seq);
}
