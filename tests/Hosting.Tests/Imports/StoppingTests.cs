using System.Text;

namespace Supervision.Hosting.Tests.Imports;

/// <summary>An import on a silo that stops while its ledger takes nothing.</summary>
public sealed class StoppingTests
{
    [Fact]
    public async Task A_job_that_waits_for_the_ledger_ends_with_its_silo_and_goes_on_elsewhere()
    {
        const string File = "entity_id,kind,level,batch,published,region,name,industry\nN-F-0001,factory,national,1,2017-08-23,湖南,某某有限公司,机械\n";
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await silo.ImportAsync(File, Importing.NationalList);
        var stopping = await register.StartSiloAsync();
        await stopping.Writer.StopAsync(TestContext.Current.CancellationToken);
        var job = new ImportRequest(Guid.NewGuid(), Importing.NationalList, Given.Policy, DryRun: false, Actor.System);
        await stopping.Imports.StartAsync(job, new MemoryStream(Encoding.UTF8.GetBytes(File)), TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();

        var running = stopping.ImportRunner.RunAsync(job, stop.Token);
        // The row is known, so its grain is asked, which cannot write.
        await Eventually.TrueAsync(() => stopping.Activations.TryGet(Given.Factory("N-F-0001"), out _), "the row was sent to its grain");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await silo.ImportRunner.RunAsync(job, TestContext.Current.CancellationToken);
        Assert.Equal((ImportStatus.Done, 0, 1, 0), (await silo.Imports.FindAsync(job.Id, TestContext.Current.CancellationToken))!.Figures());
    }
}
