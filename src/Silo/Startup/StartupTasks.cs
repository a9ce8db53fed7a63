using Supervision.Hosting.Rules;
using Supervision.Ledger;
using Supervision.Ledger.Documents;
using Supervision.Ledger.Keys;
using Supervision.Silo.Configuration;

namespace Supervision.Silo.Startup;

/// <summary>What has to be done before a silo takes requests: rules registered, a key to begin with, the sample loaded.</summary>
internal sealed partial class StartupTasks(
    SiloSettings settings, RulesRegistration rules, RulesFiles files, KeyStore keys, DocumentFiles documents, IImports imports, IRegister register, LedgerPosition position,
    TimeProvider clock, ILogger<StartupTasks> logger) : IHostedService
{
    /// <summary>
    /// The files of the sample. Their jobs are always the same ones, so that a start after a kill takes them up instead of
    /// beginning others.
    /// </summary>
    private static readonly (Guid Job, string File)[] Sample =
    [
        (new Guid("6e6174f0-6c69-4373-8000-000000002121"), "green_entities_national.csv"),
        (new Guid("6e6174f0-6c69-4373-8000-000000002165"), "green_products_national.csv"),
    ];

    /// <summary>Whether the silo takes requests.</summary>
    public bool IsDone { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await rules.RunAsync(cancellationToken);
        var today = register.DateAt(clock.GetUtcNow());
        if (files.Book.Calendar.YearsWithoutData(today, today.AddYears(1)) is [_, ..] unknown)
            LogHolidaysUnknown(logger, string.Join(", ", unknown));
        var place = await AdminKey.EnsureAsync(settings, keys, cancellationToken);
        LogAdminKey(logger, place);
        // Files have the machine's time, whatever the silo's.
        documents.RemoveLeftovers(TimeProvider.System.GetUtcNow());
        if (settings.Sample.Load && (await IsBegunAsync(cancellationToken) || await IsEmptyAsync(cancellationToken)))
            await LoadSampleAsync(cancellationToken);
        IsDone = true;
        LogReady(logger, position.Seq);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        (await register.ListAsync(new EntityFilter(), after: null, limit: 1, cancellationToken)).Items.Count == 0;

    private async Task<bool> IsBegunAsync(CancellationToken cancellationToken) => await imports.FindAsync(Sample[0].Job, cancellationToken) is not null;

    private async Task LoadSampleAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, name) in Sample)
        {
            if (await imports.FindAsync(id, cancellationToken) is not { } job)
            {
                await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", name));
                job = (await imports.StartAsync(new ImportRequest(id, "national-list", "miit-2016", DryRun: false, Actor.System), file, cancellationToken)).Job;
            }
            else if (job.Status is ImportStatus.Done or ImportStatus.Failed)
            {
                continue;
            }

            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (job.Status is ImportStatus.Received or ImportStatus.Running && await timer.WaitForNextTickAsync(cancellationToken))
                job = (await imports.FindAsync(id, cancellationToken))!;
            LogSample(logger, name, job.Accepted, job.Rejected);
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "The first admin key: {Place}")]
    private static partial void LogAdminKey(ILogger logger, string place);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Information, Message = "Loaded {File}: {Accepted} entities, {Rejected} rows rejected")]
    private static partial void LogSample(ILogger logger, string file, long accepted, long rejected);

    [LoggerMessage(
        EventId = 4004, Level = LogLevel.Warning,
        Message = "The calendar has no holidays of {Years}: working days there leave out weekends alone, and may end too early. A new version of it in data/ mends that")]
    private static partial void LogHolidaysUnknown(ILogger logger, string years);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Information, Message = "Ready at seq {Seq}")]
    private static partial void LogReady(ILogger logger, long seq);
}
