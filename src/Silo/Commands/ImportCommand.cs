using System.CommandLine;
using Spectre.Console;
using Supervision.Hosting.Rules;
using Supervision.Silo.Startup;

namespace Supervision.Silo.Commands;

/// <summary>Imports a file from the command line, beside a serving silo or without one.</summary>
internal static class ImportCommand
{
    private const int RowsRejected = 3;

    private const int ErrorsAtOnce = 500;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    public static Command Create(string[] settings)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV in UTF-8 or GB18030, or an xlsx workbook." };
        file.Validators.Add(given =>
        {
            if (given.GetValue(file) is { Exists: false } missing)
                given.AddError($"{missing} is not a file that can be read.");
        });
        var format = new Option<string>("--format") { Description = "Its format.", DefaultValueFactory = _ => "register" };
        format.AcceptOnlyFromAmong("national-list", "register", "vetoes", "inspectors");
        var policy = new Option<string?>("--policy") { Description = "The policy under which the titles of a national-list are; the rows of a register name their own." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything and write nothing." };
        var command = new Command("import", """
            Import a file of entities and titles, and name the rows that were rejected.
            A silo may go on serving. Exit code 0: every row is in the register; 3: some were rejected.

            Example: silo import data/green_products_national.csv --format national-list --policy miit-2016
            """) { file, format, policy, dryRun };
        command.SetAction((parsed, cancellationToken) => Failing.ReportAsync(() => ImportAsync(
            settings, parsed.GetRequiredValue(file),
            new ImportRequest(Guid.NewGuid(), parsed.GetRequiredValue(format), parsed.GetValue(policy), parsed.GetValue(dryRun), Actor.System), cancellationToken)));
        return command;
    }

    private static Task<int> ImportAsync(string[] arguments, FileInfo file, ImportRequest request, CancellationToken cancellationToken) =>
        CommandDatabase.UseAsync(arguments, async (settings, database, loggers) =>
        {
            await database.MigrateAsync(loggers, cancellationToken);
            var rules = RulesFiles.Read(Path.Combine(AppContext.BaseDirectory, "policies"), Path.Combine(AppContext.BaseDirectory, "data"));
            var builder = Host.CreateEmptyApplicationBuilder(settings: null);
            builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole();
            builder.Services.AddRegister(settings, database, rules, await Clocks.OfAsync(settings, database, cancellationToken));
            using var host = builder.Build();
            await host.StartAsync(cancellationToken);
            try
            {
                await host.Services.GetRequiredService<RulesRegistration>().RunAsync(cancellationToken);
                var imports = host.Services.GetRequiredService<IImports>();
                var job = await Failing.Bars().StartAsync(bars => RunAsync(imports, file, request, bars.AddTask("Importing"), cancellationToken));
                await CommandAudit.RecordAsync(database, "import", $"imports/{job.Id}");
                await ReportAsync(imports, job, cancellationToken);
                return job.Rejected == 0 ? 0 : RowsRejected;
            }
            finally
            {
                // Also when the file is refused: what runs in the background is ended, not cut off.
                await host.StopAsync(CancellationToken.None);
            }
        }, cancellationToken);

    private static async Task<ImportView> RunAsync(
        IImports imports, FileInfo file, ImportRequest request, ProgressTask bar, CancellationToken cancellationToken)
    {
        bar.IsIndeterminate = true;
        ImportView job;
        try
        {
            await using var content = file.OpenRead();
            job = (await imports.StartAsync(request, content, cancellationToken)).Job;
        }
        catch (ImportRefusedException refused)
        {
            throw new CommandFailedException($"{refused.Field}: {refused.Message}");
        }

        bar.IsIndeterminate = false;
        // A workbook's rows are not counted before they are read; a list's are its lines.
        bar.MaxValue = Math.Max(1, await LinesAsync(file, cancellationToken) - 1);
        using var timer = new PeriodicTimer(LookInterval);
        while (job.Status is ImportStatus.Received or ImportStatus.Running && await timer.WaitForNextTickAsync(cancellationToken))
        {
            job = (await imports.FindAsync(job.Id, cancellationToken))!;
            bar.Value = Math.Min(job.Rows, bar.MaxValue);
        }

        bar.Value = bar.MaxValue;
        return job.Error is { } error ? throw new CommandFailedException(error) : job;
    }

    private static async Task ReportAsync(IImports imports, ImportView job, CancellationToken cancellationToken)
    {
        var after = default(ImportPlace);
        Page<ImportError> page;
        do
        {
            page = await imports.ErrorsAsync(job.Id, after, ErrorsAtOnce, cancellationToken);
            foreach (var error in page.Items)
                await Console.Error.WriteLineAsync($"row {error.Row}{(error.Column is null ? "" : $", {error.Column}")}: {error.Code}: {error.Message}");
            if (page.Items is [.., var last])
                after = new ImportPlace(last.Row, last.Place);
        }
        while (page.HasMore);
        Console.WriteLine(
            $"{job.Rows} rows: {job.Accepted} {(job.DryRun ? "would change" : "changed")} the register, {job.Unchanged} were in it, {job.Rejected} rejected");
    }

    private static async Task<long> LinesAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await using var content = file.OpenRead();
        var buffer = new byte[1 << 16];
        var lines = 0L;
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            lines += buffer.AsSpan(0, count).Count((byte)'\n');
        return lines;
    }
}
