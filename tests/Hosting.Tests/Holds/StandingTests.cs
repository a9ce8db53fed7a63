using System.Text;
using Supervision.Hosting.Tests.Imports;

namespace Supervision.Hosting.Tests.Holds;

/// <summary>Why imports and draws need no brake: whatever comes in or is drawn, no title that is there has another status or stands under other rules.</summary>
public sealed class StandingTests
{
    private static readonly GrainId Coded = GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43");

    private const string Titles = "SELECT string_agg(concat_ws(' ', grain, policy, honour, level, status, authority, granted_on), E'\n' ORDER BY grain, policy, honour, level) FROM title";

    [Fact]
    public async Task No_import_and_no_draw_changes_the_status_of_a_title_that_is_there_or_the_rules_that_it_stands_under()
    {
        await using var register = await TestRegister.CreateAsync();
        register.Time.MoveTo(new DateTimeOffset(2024, 3, 1, 1, 0, 0, TimeSpan.Zero));
        var silo = await register.StartSiloAsync();
        await silo.ImportAsync(await PartAsync(120), Importing.NationalList);
        await silo.DueTransfers.RunAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken);
        await Given.AcceptAsync(silo, Coded, Given.Register("北京京东方显示技术有限公司"));
        await Given.AcceptAsync(silo, EntityName.EnterpriseOf("北京京东方显示技术有限公司"), new GrainCommand.Merge(Coded, "certificate"));
        var before = await register.QueryAsync<string>(Titles);
        Assert.Contains("miit-2024", before, StringComparison.Ordinal);

        // The same list again, its rows under other names, regions and dates, and as an export with credit codes that names them as lost.
        await silo.ImportAsync(await PartAsync(120), Importing.NationalList);
        var changed = Encoding.UTF8.GetString(await PartAsync(120)).Replace("公司", "集团公司", StringComparison.Ordinal).Replace("2017", "2018", StringComparison.Ordinal);
        await silo.ImportAsync(changed, Importing.NationalList);
        var export = await silo.ExportAsync();
        Assert.Contains(",listed", export, StringComparison.Ordinal);
        await silo.ImportAsync(export.Replace(",listed", ",removed", StringComparison.Ordinal));
        await silo.ImportAsync(export.Replace("miit-2024", "miit-2016", StringComparison.Ordinal));
        // A list of vetoes makes matches, which wait for another person.
        Assert.Equal(1, (await silo.ImportAsync($"credit_code,kind,on,source,reference\n{Coded.Key},deregistered,2024-02-01,信用中国,1\n", "vetoes")).Accepted);
        AssertKept(await register.QueryAsync<string>(Titles));

        foreach (var purpose in new[] { DrawPurpose.SpotChecks, DrawPurpose.EnergyList })
        {
            var notBefore = register.Time.GetUtcNow().AddDays(1);
            var request = new DrawRequest(
                $"d-{purpose}", "miit-2024", new DrawScope(null, Level.National, null), Rate: 0.5m, Size: null, "双色球", notBefore, notBefore, DueBy: null, InspectorsPerVisit: null, Items: null,
                Purpose: purpose);
            Assert.Null((await silo.Draws.AnnounceAsync(request, new CommandContext(Given.Officer), TestContext.Current.CancellationToken)).Rejection);
            register.Time.MoveTo(notBefore);
            Assert.Null((await silo.Draws.ExecuteAsync(request.Id!, ["1"], new CommandContext(Given.Officer), TestContext.Current.CancellationToken)).Rejection);
            await silo.DrawRunner.RunAsync(GrainId.Of(GrainKind.Draw, request.Id!), TestContext.Current.CancellationToken);
        }

        Assert.True(await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.ordered'") > 50);
        AssertKept(await register.QueryAsync<string>(Titles));
        await register.AssertVerifiedAsync();

        // Titles may be added; of those that were there every line is there still.
        void AssertKept(string after) => Assert.Empty(before.Split('\n').Except(after.Split('\n')));
    }

    private static async Task<byte[]> PartAsync(int rows) =>
        Encoding.UTF8.GetBytes(string.Join('\n', (await File.ReadAllLinesAsync(RepositoryFolder.PathOf(Path.Combine("data", "green_entities_national.csv")), TestContext.Current.CancellationToken)).Take(rows + 1)) + "\n");
}
