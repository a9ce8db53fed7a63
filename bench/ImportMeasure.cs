using System.Diagnostics;
using System.Text;
using Supervision.Hosting.Verification;
using Supervision.Ledger.Documents;

namespace Supervision.Bench;

/// <summary>A list imported into an empty register: how long it takes, and the most memory that the silo has meanwhile.</summary>
internal static class ImportMeasure
{
    /// <summary>Companies for each hundred rows, as in the real lists: 2,876 in 4,647.</summary>
    private const int CompaniesPerHundred = 62;

    private const string Header = "entity_id,kind,level,batch,published,region,name,industry,evaluator";

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(int rows, CancellationToken cancellationToken)
    {
        var directory = BenchSilo.NewDirectory();
        var file = directory + ".csv";
        await WriteAsync(file, rows);
        await using (var silo = await BenchSilo.StartAsync(directory, "default", cancellationToken))
        {
            var (allocated, paused) = (GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration());
            var (watch, silos, servers) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, ServerProcessor.Used());
            var job = await ImportAsync(silo.Get<IImports>(), file, cancellationToken);
            var (elapsed, used, usedByServer) = (watch.Elapsed, Environment.CpuUsage.TotalTime - silos, ServerProcessor.Used() - servers);
            (allocated, paused) = (GC.GetTotalAllocatedBytes() - allocated, GC.GetTotalPauseDuration() - paused);
            if (job.Accepted != rows)
                throw new InvalidOperationException($"{job.Accepted} of {rows} rows entered: {job}");
            using var process = Process.GetCurrentProcess();
            Console.WriteLine($"{$"importing {rows:N0} rows",-52}{rows / elapsed.TotalSeconds,12:N0}/s   {elapsed.TotalSeconds:N1} s   cpu {used.TotalMicroseconds / rows:N0} us a row, of PostgreSQL {usedByServer.TotalMicroseconds / rows:N0}   most memory {process.PeakWorkingSet64 >> 20:N0} MB");
            Console.WriteLine($"{"",-52}{allocated / rows,12:N0} bytes of new objects a row, {paused.TotalMicroseconds / rows:N0} us of pauses");
            if ((await new LedgerVerifier(silo.Database.Serving, silo.Get<DocumentFiles>()).VerifyAsync(null, cancellationToken)).First is { } difference)
                throw new InvalidOperationException($"The ledger differs: {difference}");
        }

        Directory.Delete(directory, recursive: true);
        File.Delete(file);
    }

    public static async Task<ImportView> ImportAsync(IImports imports, string file, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        var request = new ImportRequest(Guid.NewGuid(), "national-list", "miit-2016", DryRun: false, Actor.System);
        var job = (await imports.StartAsync(request, content, cancellationToken)).Job;
        using var timer = new PeriodicTimer(LookInterval);
        while (job.Status is ImportStatus.Received or ImportStatus.Running && await timer.WaitForNextTickAsync(cancellationToken))
            job = (await imports.FindAsync(job.Id, cancellationToken))!;
        return job;
    }

    public static async Task WriteAsync(string file, int rows)
    {
        await using var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write });
        await writer.WriteLineAsync(Header);
        for (var row = 0; row < rows; row++)
        {
            var company = (long)row * CompaniesPerHundred / 100;
            await writer.WriteLineAsync($"I-1-F-{row:D7},factory,national,1,2017-08-23,湖南,湖南第{company:D7}机械制造有限公司,机械,基准评价中心");
        }
    }
}
