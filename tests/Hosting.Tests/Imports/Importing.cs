using System.Text;

namespace Supervision.Hosting.Tests.Imports;

/// <summary>Importing files on a silo of a test.</summary>
internal static class Importing
{
    public const string NationalList = "national-list";

    public const string Register = "register";

    /// <summary>After every real list was published, and before miit-2016 is old enough to matter.</summary>
    public static readonly DateTimeOffset Now = new(2021, 3, 1, 1, 0, 0, TimeSpan.Zero);

    public static async Task<TestRegister> RegisterAsync()
    {
        var register = await TestRegister.CreateAsync();
        register.Time.MoveTo(Now);
        return register;
    }

    /// <summary>Imports a file to its end.</summary>
    public static async Task<ImportView> ImportAsync(this TestSilo silo, byte[] file, string format = Register, bool dryRun = false, Actor? actor = null, string? policy = null)
    {
        var request = new ImportRequest(Guid.NewGuid(), format, policy ?? (format == NationalList ? Given.Policy : null), dryRun, actor ?? Actor.System);
        var receipt = await silo.Imports.StartAsync(request, new MemoryStream(file), TestContext.Current.CancellationToken);
        Assert.True(receipt.IsSame);
        await silo.ImportRunner.RunAsync(request, TestContext.Current.CancellationToken);
        return (await silo.Imports.FindAsync(request.Id, TestContext.Current.CancellationToken))!;
    }

    public static Task<ImportView> ImportAsync(this TestSilo silo, string file, string format = Register, bool dryRun = false, Actor? actor = null, string? policy = null) =>
        silo.ImportAsync(Encoding.UTF8.GetBytes(file), format, dryRun, actor, policy);

    /// <summary>What is wrong with the rows of a job: row, place, column, code.</summary>
    public static async Task<IReadOnlyList<string>> ErrorsAsync(this TestSilo silo, ImportView job)
    {
        var page = await silo.Imports.ErrorsAsync(job.Id, default, 500, TestContext.Current.CancellationToken);
        Assert.All(page.Items, error => Assert.NotEmpty(error.Message));
        return [.. page.Items.Select(error => $"{error.Row} {error.Place} {error.Column ?? "-"} {error.Code}")];
    }

    /// <summary>The rejected rows of a job as the file that is given out.</summary>
    public static async Task<string> RejectedAsync(this TestSilo silo, ImportView job)
    {
        var to = new MemoryStream();
        await silo.Imports.WriteRejectedAsync(job.Id, to, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(to.ToArray());
    }

    public static async Task<string> ExportAsync(this TestSilo silo, EntityFilter? filter = null)
    {
        var to = new MemoryStream();
        await new Supervision.Hosting.Imports.RegisterExport().WriteCsvAsync(silo.Register, filter ?? new EntityFilter(), to, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(to.ToArray());
    }

    public static (ImportStatus Status, long Accepted, long Unchanged, long Rejected) Figures(this ImportView job) =>
        (job.Status, job.Accepted, job.Unchanged, job.Rejected);
}
